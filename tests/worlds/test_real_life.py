"""The world looks like real life: tails, rhythm, growth, communities, hidden counts."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from mawj.worlds.lexicon import lexicon
from mawj.worlds.rhythm import NOWRUZ, RAMADAN

Frames = dict[str, pd.DataFrame]
OFFSET = {home.code: home.offset_h for home in lexicon().countries}


def hill(values: pd.Series, share: float = 0.05) -> float:
    """Hill's estimate (1975) of the exponent of the upper tail."""
    top = np.sort(values.dropna().to_numpy())[::-1][: max(int(len(values) * share), 10) + 1]
    return float(1.0 / np.mean(np.log(top[:-1] / top[-1])))


@pytest.fixture(scope="module")
def local(own: pd.DataFrame) -> pd.DataFrame:
    """Own posts of creators in whom nothing is planted, with the time on the author's clock."""
    posts = own[own.is_clean].copy()
    hours = posts.country.map(OFFSET)
    posts["clock"] = posts.published_at.dt.tz_localize(None) + pd.to_timedelta(hours, unit="h")
    return posts


def test_views_have_a_heavy_tail(frames: Frames) -> None:
    assert 0.5 < hill(frames["post_snapshots"].views) < 2.0


def test_followers_have_a_heavy_tail(frames: Frames) -> None:
    last = frames["account_snapshots"].groupby("account_id").followers.last()
    assert 0.4 < hill(last[last > 100], 0.1) < 2.5


def test_evenings_are_busier_than_dawn(local: pd.DataFrame) -> None:
    hour = local.clock.dt.hour
    assert hour.between(20, 22).sum() > 4 * hour.between(3, 5).sum()


def test_nights_of_ramadan_are_awake(local: pd.DataFrame) -> None:
    fasting = local.clock.dt.date.map(lambda day: RAMADAN[0] <= day <= RAMADAN[1])
    arab = local.country.isin(["SA", "EG", "KW", "JO", "MA"])
    night = local.clock.dt.hour.isin([0, 1, 2])
    assert night[fasting & arab].mean() > 2 * night[~fasting & arab].mean()


def test_nowruz_is_the_busiest_week_of_iran(local: pd.DataFrame) -> None:
    iran = local[local.country == "IR"]
    days = iran.clock.dt.date
    festive = days.map(lambda day: NOWRUZ[0] <= day <= NOWRUZ[1])
    before = days.map(lambda day: -30 <= (day - NOWRUZ[0]).days < 0)
    assert festive.sum() / 8 > 1.2 * before.sum() / 30


def test_more_is_posted_at_the_end_of_the_year_than_at_its_start(local: pd.DataFrame) -> None:
    month = local.clock.dt.to_period("M").value_counts().sort_index()
    assert month.iloc[-3:].sum() > 1.05 * month.iloc[1:4].sum()


def test_clean_accounts_grow_without_jumps(frames: Frames) -> None:
    clean = frames["true_accounts"].query("is_clean").account_id
    looks = frames["account_snapshots"].sort_values("taken_at")
    counts = looks[looks.account_id.isin(clean)]
    steps = counts.groupby("account_id").followers.apply(lambda s: (s / s.shift()).max())
    growth = counts.groupby("account_id").followers.apply(lambda s: s.iloc[-1] / s.iloc[0])
    assert steps.max() < 1.12
    assert growth.median() > 1.1


def test_engagement_falls_with_size(frames: Frames) -> None:
    creators = frames["true_accounts"].query("role == 'creator'")
    platform = creators.account_id.str.split(":").str[0]
    relative = np.log(creators.engagement_share) - np.log(
        creators.engagement_share.groupby(platform).transform("median")
    )
    assert np.corrcoef(relative, np.log(creators.real_followers))[0, 1] < -0.2


def test_readers_follow_their_language_and_subject_above_chance(frames: Frames) -> None:
    truth = frames["true_accounts"].set_index("account_id")
    members = truth[truth.role == "member"].index
    pairs = frames["follows"][frames["follows"].follower_id.isin(members)]
    who, whom = truth.loc[pairs.follower_id], truth.loc[pairs.followed_id]
    shuffled = whom.sample(frac=1.0, random_state=1)
    for column, least in (("language", 1.5), ("topic_id", 1.3), ("country", 1.3)):
        inside = (who[column].to_numpy() == whom[column].to_numpy()).mean()
        chance = (who[column].to_numpy() == shuffled[column].to_numpy()).mean()
        assert inside > least * chance, column


def test_follows_stay_on_one_platform_and_some_are_returned(frames: Frames) -> None:
    pairs = frames["follows"]
    platforms = [pairs[name].str.split(":").str[0] for name in ("follower_id", "followed_id")]
    assert (platforms[0] == platforms[1]).all()
    known = set(zip(pairs.follower_id, pairs.followed_id, strict=True))
    returned = sum((b, a) in known for a, b in known) / len(known)
    # In a small world chance alone returns many.
    assert 0.05 < returned < 0.65


def test_the_larger_draw_more_follows(frames: Frames) -> None:
    creators = frames["true_accounts"].query("role == 'creator'").set_index("account_id")
    drawn = frames["follows"].followed_id.value_counts().reindex(creators.index).fillna(0)
    assert np.corrcoef(np.log1p(drawn), np.log(creators.real_followers))[0, 1] > 0.4


def test_quality_drives_who_is_named_and_passed_on(frames: Frames) -> None:
    creators = frames["true_accounts"].query("role == 'creator'").set_index("account_id")
    posts = frames["posts"].explode("mentions").mentions.dropna()
    handles = frames["accounts"].set_index("account_id").handle
    named = posts.value_counts().reindex(handles[creators.index]).fillna(0).to_numpy()
    rank = [pd.Series(values).rank() for values in (named, creators.quality)]
    assert np.corrcoef(*rank)[0, 1] > 0.25


def test_hidden_likes_are_null_and_never_zero(frames: Frames) -> None:
    counts = frames["post_snapshots"].merge(
        frames["posts"][["post_id", "account_id", "platform"]]
    )
    known = counts.groupby("account_id").likes.agg(lambda s: s.notna().mean())
    assert set(known.unique()) == {0.0, 1.0}
    hiding = counts[counts.account_id.isin(known[known == 0.0].index)]
    assert len(hiding) > 0
    assert (hiding.platform == "instagram").all()
    assert hiding.comments.notna().all()


def test_photos_on_instagram_have_no_known_views(frames: Frames) -> None:
    counts = frames["post_snapshots"].merge(frames["posts"][["post_id", "kind", "platform"]])
    instagram = counts[counts.platform == "instagram"]
    assert instagram[instagram.kind.isin(["photo", "carousel"])].views.isna().all()
    assert instagram[instagram.kind == "short_video"].views.notna().all()


def test_counts_grow_from_one_look_to_the_next(frames: Frames) -> None:
    looks = frames["post_snapshots"].sort_values("taken_at").groupby("post_id").comments
    twice = [group.to_numpy() for _, group in looks if len(group) > 1]
    assert twice
    assert all(later >= earlier for group in twice for earlier, later in pairwise(group))


def test_private_accounts_and_most_members_publish_nothing(frames: Frames) -> None:
    authors = set(frames["posts"].account_id)
    private = set(frames["accounts"].query("is_private == True").account_id)
    assert private
    assert not private & authors
    members = frames["true_accounts"].query("role == 'member'").account_id
    assert members.isin(authors).mean() < 0.6


def test_accounts_of_one_person_name_each_other(frames: Frames) -> None:
    faces = frames["accounts"].set_index("account_id")
    people = frames["true_accounts"].query("role == 'creator'").groupby("person_id").account_id
    several = [list(group) for _, group in people if len(group) > 1]
    assert several
    for accounts in several:
        for account in accounts:
            others = [other for other in accounts if other != account]
            assert all(faces.handle[other] in faces.bio[account] for other in others)


def test_nothing_happens_before_an_account_is_opened_or_after_the_end(frames: Frames) -> None:
    opened = frames["accounts"].set_index("account_id").created_at
    posts, comments = frames["posts"], frames["comments"]
    assert (posts.published_at >= posts.account_id.map(opened)).all()
    assert (comments.published_at >= comments.account_id.map(opened)).all()
    end = pd.Timestamp("2026-10-31", tz="UTC")
    for name, column in (
        ("posts", "published_at"),
        ("comments", "published_at"),
        ("follows", "since"),
    ):
        assert frames[name][column].max() <= end, name


def test_answers_come_after_what_they_answer(frames: Frames) -> None:
    at = frames["posts"].set_index("post_id").published_at
    for column in ("repost_of_post_id", "reply_to_post_id", "quote_of_post_id"):
        answers = frames["posts"].dropna(subset=column)
        assert (answers.published_at > answers[column].map(at)).all(), column
    comments = frames["comments"]
    assert (comments.published_at > comments.post_id.map(at)).all()
