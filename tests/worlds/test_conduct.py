"""Planted conduct shows its pattern, in three languages, and leaves everybody else alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mawj.worlds.cast import CONDUCT, GROUPS
from mawj.worlds.lexicon import lexicon
from mawj.worlds.size import WorldSize
from mawj.worlds.world import World, made_up_world

if TYPE_CHECKING:
    import pandas as pd

N_EACH = 9
SIZE = WorldSize(
    n_creators=300, n_members=200, n_bots=20, n_posts=30_000, n_comments=12_000,
    n_follows=9_000, n_bodies=30, group_share=0.01, n_conduct_each=N_EACH,
)  # fmt: skip
KINDS = tuple(GROUPS[group] for group in CONDUCT)


@pytest.fixture(scope="module")
def made() -> World:
    return made_up_world(seed=1, size=SIZE)


@pytest.fixture(scope="module")
def own(made: World) -> pd.DataFrame:
    """Own posts of the planted, with what is true of them and of their authors."""
    posts = made.tables["posts"].to_pandas().merge(made.truth["posts"].to_pandas(), "left")
    told = made.truth["posts"].to_pandas()[["post_id", "planted"]]
    posts = posts.drop(columns="planted").merge(told, on="post_id")
    posts = posts.merge(
        made.truth["planted"].to_pandas()[["account_id", "planted"]],
        on="account_id", how="left", suffixes=("", "_of"),
    )  # fmt: skip
    answers = ["reply_to_post_id", "repost_of_post_id", "quote_of_post_id"]
    return posts[posts[answers].isna().all(axis=1)]


def of_kind(own: pd.DataFrame, kind: str) -> pd.DataFrame:
    return own[own.planted_of == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_there_in_more_than_one_language_and_is_not_clean(
    made: World, kind: str
) -> None:
    people = made.truth["accounts"].to_pandas().query("planted == @kind")
    assert made.truth["planted"].to_pandas().planted.eq(kind).sum() == N_EACH
    assert people.language.nunique() >= 2
    assert not people.is_clean.any()


def test_nobody_else_says_anything_else_or_at_another_time(made: World) -> None:
    plain = made_up_world(seed=1, size=replace(SIZE, n_conduct_each=0))
    known = made.truth["accounts"].to_pandas()
    clean = known[known.is_clean].account_id
    one, other = (world.tables["posts"].to_pandas() for world in (made, plain))
    assert len(one) == len(other)
    copied = made.truth["posts"].to_pandas().query("planted == 'original'").post_id
    told, plainly = (
        set(
            posts[posts.account_id.isin(clean) & posts.repost_of_post_id.isna()][
                ["account_id", "published_at", "text"]
            ].itertuples(index=False, name=None)
        )
        for posts in (one[~one.post_id.isin(copied)], other)
    )
    # Answers fall on other posts where the order of posts moved; nearly all stays as it is.
    assert len(told & plainly) > 0.97 * len(told)
    own = one[one.reply_to_post_id.isna() & one.quote_of_post_id.isna()]
    kept = own[own.account_id.isin(clean) & own.repost_of_post_id.isna()]
    kept = kept[~kept.post_id.isin(copied)][["account_id", "published_at", "text"]]
    assert set(kept.itertuples(index=False, name=None)) <= plainly


def test_a_paid_advocate_spoke_against_before_it_was_paid(own: pd.DataFrame) -> None:
    posts = of_kind(own, "paid_advocate")
    assert posts.account_id.nunique() == N_EACH
    for _, mine in posts.groupby("account_id"):
        before, after = (mine[mine.planted == sort] for sort in ("reversal", "advocacy"))
        assert len(after) >= 5
        assert after.is_paid.all()
        assert not before.is_paid.any()
        assert before.empty or before.published_at.max() < after.published_at.min()


def test_the_one_sided_speak_of_politics_all_year(own: pd.DataFrame) -> None:
    share = of_kind(own, "one_sided").groupby("account_id").planted.agg(
        lambda sorts: (sorts == "one_sided").mean()
    )  # fmt: skip
    assert len(share) == N_EACH
    assert share.min() > 0.15


def test_a_copy_says_what_another_person_said_before(own: pd.DataFrame) -> None:
    originals = own[own.planted == "original"]
    copies = own[own.planted == "copy"]
    assert copies.account_id.nunique() == N_EACH
    verbatim = copies.merge(originals, on="text", suffixes=("", "_first"))
    assert len(verbatim) > 0.4 * len(copies)
    assert (verbatim.published_at > verbatim.published_at_first).all()
    assert (verbatim.account_id != verbatim.account_id_first).all()


def test_a_machine_keeps_a_minute_or_a_gap_or_no_hours_of_sleep(
    made: World, own: pd.DataFrame
) -> None:
    at = of_kind(own, "machine_rhythm").sort_values("published_at")
    by_account = at.groupby("account_id").published_at
    minute = by_account.agg(lambda t: t.dt.minute.value_counts(normalize=True).iloc[0])
    gap = by_account.agg(
        lambda t: t.diff().dt.total_seconds().div(60).round().value_counts(normalize=True).max()
    )
    assert (minute > 0.6).sum() == 2 * N_EACH // 3
    assert ((gap > 0.5) & (minute > 0.6)).sum() == N_EACH // 3
    rest = at[at.account_id.isin(minute[minute < 0.3].index)]
    assert at_night(made, rest) > 3 * at_night(made, own[own.planted_of.isna()])


def at_night(made: World, posts: pd.DataFrame) -> float:
    """Share of the posts from two to six on the clock of their authors."""
    home = made.truth["accounts"].to_pandas().set_index("account_id").country
    offset = {country.code: country.offset_h for country in lexicon().countries}
    hour = posts.published_at.dt.hour + posts.account_id.map(home).map(offset)
    return float((hour % 24).between(2, 5.9).mean())


def test_under_an_exchange_of_follows_many_comments_offer_one(made: World) -> None:
    comments = made.tables["comments"].to_pandas().merge(made.truth["comments"].to_pandas())
    posts = made.tables["posts"].to_pandas()[["post_id", "account_id"]]
    comments = comments.merge(posts, on="post_id", suffixes=("", "_of"))
    kind = made.truth["planted"].to_pandas().set_index("account_id").planted
    comments["kind"] = comments.account_id_of.map(kind)
    offers = comments.assign(is_offer=comments.tone == "exchange")
    share = offers.groupby(offers.kind == "follow_exchange").is_offer.mean()
    assert 0.12 < share[True] < 0.28
    assert share[False] == 0.0


def test_adverts_off_topic_are_for_brands_of_another_field(
    made: World, own: pd.DataFrame
) -> None:
    field = {b["id"]: b["subjects"][0].split(".")[0] for b in lexicon().brands["brand"]}
    about = made.truth["accounts"].to_pandas().set_index("account_id").topic_id
    adverts = own[own.planted == "off_topic_ad"]
    assert adverts.account_id.nunique() == N_EACH
    assert adverts.is_disclosed.all()
    for advert in adverts.itertuples():
        assert field[advert.brand_id] != about[advert.account_id].split(".")[0]


def test_a_value_is_stated_in_the_bio_or_early_and_broken_later(
    made: World, own: pd.DataFrame
) -> None:
    said = [text for value in lexicon().conduct["value"] for own in value["said"].values()
            for text in own]  # fmt: skip
    bios = made.tables["accounts"].to_pandas().set_index("account_id").bio
    drifting = of_kind(own, "values_drift")
    assert drifting.account_id.nunique() == N_EACH
    for account, mine in drifting.groupby("account_id"):
        in_bio = any(text in (bios[account] or "") for text in said)
        assert in_bio or (mine.planted == "value").any()
        assert (mine.planted == "value_broken").any()


def test_a_posing_buyer_is_paid_by_the_same_brand(own: pd.DataFrame) -> None:
    posing = of_kind(own, "posing_buyer")
    assert posing.account_id.nunique() == N_EACH
    for _, mine in posing.groupby("account_id"):
        posed = mine[mine.planted == "buyer"]
        assert len(posed)
        assert posed.is_paid.all()
        assert not posed.is_disclosed.any()
        assert set(posed.brand_id) == set(mine[mine.planted == "open_ad"].brand_id)
