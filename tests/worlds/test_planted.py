"""What is planted shows its pattern; the clean half shows none of it."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

Frames = dict[str, pd.DataFrame]
GROUPS = (
    "specialist", "celebrity", "bought_growth", "comment_ring", "undisclosed_ads",
    "disclosed_ads", "promoter", "detractor", "giveaway", "bot",
)  # fmt: skip


def labelled(posts: pd.DataFrame) -> pd.Series:
    return posts.is_labelled_ad.map(lambda label: label is True)


def accounts_of(frames: Frames, group: str) -> pd.DataFrame:
    return frames["true_planted"].query("planted == @group")


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_is_there(frames: Frames, group: str) -> None:
    assert len(accounts_of(frames, group)) >= 3


def test_at_least_half_of_the_creators_are_clean(frames: Frames) -> None:
    people = frames["true_accounts"].query("role == 'creator'").drop_duplicates("person_id")
    assert people.is_clean.mean() >= 0.5


def test_specialists_speak_of_one_topic_and_celebrities_of_many(
    frames: Frames, own: pd.DataFrame
) -> None:
    shares = own.groupby("account_id").topic_id.agg(
        lambda s: s.value_counts(normalize=True).max()
    )
    specialists = shares.reindex(accounts_of(frames, "specialist").account_id)
    celebrities = shares.reindex(accounts_of(frames, "celebrity").account_id)
    assert specialists.min() > 0.75
    assert celebrities.max() < 0.5


def test_celebrities_came_with_their_followers(frames: Frames) -> None:
    stars = accounts_of(frames, "celebrity").account_id
    faces = frames["accounts"].set_index("account_id").loc[stars]
    assert faces.is_verified.all()
    first = frames["account_snapshots"].sort_values("taken_at").groupby("account_id").first()
    age = first.taken_at[stars] - faces.created_at
    assert (age.dt.days < 10).all()
    assert (first.followers[stars] > 100_000).all()


def test_bots_have_bare_faces_follow_thousands_and_are_followed_by_nobody(
    frames: Frames,
) -> None:
    bots = accounts_of(frames, "bot").account_id
    faces = frames["accounts"].set_index("account_id").loc[bots]
    assert faces.bio.isna().all()
    assert not faces.has_picture.any()
    assert (faces.name == faces.handle).all()
    last = frames["account_snapshots"].groupby("account_id").last().loc[bots]
    assert last.following.min() > 1_500
    assert last.followers.max() < 20


def test_bought_followers_are_bots_that_come_within_days(frames: Frames) -> None:
    follows = frames["follows"]
    by_bots = follows[follows.follower_id.isin(accounts_of(frames, "bot").account_id)]
    for _, row in accounts_of(frames, "bought_growth").iterrows():
        came = by_bots[by_bots.followed_id == row.account_id]
        wave = (came.since - row.began_at).dt.total_seconds() / 86_400
        in_wave = wave.between(0, 3)
        assert in_wave.mean() > 0.5
        assert in_wave.sum() >= 3


@pytest.mark.parametrize("group", ["bought_growth", "giveaway"])
def test_followers_jump_and_then_leak_away(frames: Frames, group: str) -> None:
    series = frames["account_snapshots"].sort_values("taken_at").groupby("account_id")
    for _, row in accounts_of(frames, group).iterrows():
        looks = series.get_group(row.account_id).set_index("taken_at").followers
        before = looks[: row.began_at].iloc[-1]
        height = looks[row.began_at :].iloc[1]
        later = looks[row.began_at + pd.Timedelta(days=45) :].iloc[0]
        assert height > 1.15 * before
        assert later < height
        assert abs((height - before) / row.gained - 1) < 0.25


def test_guests_of_a_giveaway_come_within_days_and_half_leave(frames: Frames) -> None:
    shares = []
    for _, row in accounts_of(frames, "giveaway").iterrows():
        came = frames["follows"].query("followed_id == @row.account_id")
        guests = came[(came.since - row.began_at).dt.total_seconds().between(0, 3 * 86_400)]
        shares.extend(guests.ended_at.notna())
    assert len(shares) >= 5
    assert 0.15 < np.mean(shares) < 0.9


def test_a_ring_comments_within_minutes_in_one_order_with_nothing_to_say(
    frames: Frames,
) -> None:
    comments = frames["comments"].merge(frames["true_comments"], on="comment_id")
    ring = comments.dropna(subset="ring").merge(
        frames["posts"][["post_id", "account_id", "published_at"]],
        on="post_id", suffixes=("", "_of_post"),
    )  # fmt: skip
    assert len(ring) > 200
    members = set(accounts_of(frames, "comment_ring").account_id)
    assert set(ring.account_id) | set(ring.account_id_of_post) <= members
    delay = (ring.published_at - ring.published_at_of_post).dt.total_seconds() / 60
    assert delay.max() < 20
    assert (ring.tone == "generic").all()
    order = {
        account: place
        for place, account in enumerate(ring.account_id.drop_duplicates().sort_values())
    }
    places = ring.sort_values("published_at").groupby("post_id").account_id
    first_of = {tuple(group[group.isin(order)]) for _, group in places}
    together = [(a, b) for row in first_of for a, b in pairwise(row)]
    assert not {(b, a) for a, b in together} & set(together)


def test_undisclosed_ads_sell_without_saying_so(own: pd.DataFrame) -> None:
    paid = own[own.is_paid & ~own.is_disclosed]
    assert len(paid) >= 20
    assert set(paid.planted_of_author) == {"undisclosed_ads"}
    assert (paid.links.map(len) == 1).all()
    assert paid.brand_id.notna().all()
    assert not labelled(paid).any()
    words = "إعلان|اعلان|تعاون|شراكة|تبلیغ|همکاری|#ad|ponsor|Paid|#paid"
    assert not paid.text.str.contains(words).any()


def test_disclosed_ads_say_so_by_label_or_word(own: pd.DataFrame) -> None:
    paid = own[own.is_paid & own.is_disclosed]
    assert len(paid) >= 20
    words = "إعلان|اعلان|تعاون|شراكة|تبلیغ|همکاری|#ad|ponsor|Paid|#paid"
    said = paid.text.str.contains(words) | labelled(paid)
    assert said.all()


def test_promoters_and_detractors_name_the_same_brand(own: pd.DataFrame) -> None:
    for group in ("promoter", "detractor"):
        posts = own[own.planted == group]
        assert len(posts) >= 10
        assert set(posts.brand_id) == {"dune-roasters"}
        assert (
            posts.text.str.contains(
                "Dune Roasters|بُنّ الوادي|قهوه‌ی کوچه|قهوهی کوچه|كوچه|قهوه ی کوچه"
            ).mean()
            > 0.8
        )


def test_the_clean_half_shows_none_of_it(frames: Frames, own: pd.DataFrame) -> None:
    clean = own[own.is_clean]
    assert not clean.is_paid.any()
    assert not clean.planted.isin(["promoter", "detractor", "giveaway", "spam"]).any()
    assert clean.brand_id.isna().all()
    assert (clean.links.map(len) == 0).all()
    assert not labelled(clean).any()
    accounts = set(frames["true_accounts"].query("is_clean").account_id)
    ring = frames["comments"].merge(
        frames["true_comments"].dropna(subset="ring"), on="comment_id"
    )
    assert not accounts & set(ring.account_id)


def test_bought_accounts_hear_little_but_noise(frames: Frames) -> None:
    comments = frames["comments"].merge(frames["true_comments"], on="comment_id")
    author = comments.post_id.map(frames["posts"].set_index("post_id").account_id)
    noise = comments.tone.isin(["generic", "spam"])
    bought = author.isin(accounts_of(frames, "bought_growth").account_id)
    specialist = author.isin(accounts_of(frames, "specialist").account_id)
    assert noise[bought].mean() > 2 * noise[specialist].mean()


def test_true_shares_of_topics_sum_to_one_and_match_what_is_posted(
    frames: Frames, own: pd.DataFrame
) -> None:
    shares = frames["true_topics"]
    assert np.allclose(shares.groupby("account_id").share.sum(), 1.0)
    clean = own[own.is_clean]
    counted = clean.groupby(["account_id", "topic_id"]).size().rename("n").reset_index()
    counted["posted"] = counted.n / counted.groupby("account_id").n.transform("sum")
    both = counted.merge(shares, on=["account_id", "topic_id"])
    busy = both[both.groupby("account_id").n.transform("sum") > 60]
    assert (busy.posted - busy.share).abs().mean() < 0.05
