"""What was planted in the made-up world is found, and nothing is found where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from scipy.stats import spearmanr

from mawj.worlds.world import small_world

if TYPE_CHECKING:
    import pandas as pd

    from mawj.flow.opened import OpenLake


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return small_world(1).truth["accounts"].to_pandas().set_index("account_id")


def found(opened: OpenLake, table: str, **where: object) -> pd.DataFrame:
    return getattr(opened, table)(**where).to_pandas().set_index("account_id")


def test_the_subject_of_a_creator_is_among_its_first_topics(
    opened: OpenLake, truth: pd.DataFrame
) -> None:
    topics = opened.account_topics().to_pandas().sort_values("topic_share", ascending=False)
    first = topics.groupby("account_id")["topic_id"].apply(lambda ids: set(ids.head(4)))
    creators = truth[truth["role"] == "creator"].index.intersection(first.index)
    hits = [truth.loc[a, "topic_id"] in first[a] for a in creators]
    assert len(hits) > 50
    assert sum(hits) / len(hits) >= 0.8


def test_bots_are_doubted_and_clean_creators_are_not(
    opened: OpenLake, truth: pd.DataFrame
) -> None:
    doubt = found(opened, "doubt")["doubt"].dropna()
    is_bot = truth["role"].reindex(doubt.index) == "bot"
    is_clean = truth["is_clean"].reindex(doubt.index).fillna(value=False).astype(bool)
    assert is_bot.sum() > 10
    assert doubt[is_bot].median() > doubt[~is_bot].quantile(0.9)
    wronged = (doubt[is_clean & ~is_bot] >= 0.5).mean()
    assert wronged <= 0.02


def test_influence_follows_the_quality_that_drives_it(
    opened: OpenLake, truth: pd.DataFrame
) -> None:
    influence = found(opened, "influence", topic_id="")["influence"]
    creators = truth[truth["quality"].notna()].index.intersection(influence.index)
    assert len(creators) > 50
    followers = found(opened, "standing").loc[creators, "followers"].fillna(0)
    assert spearmanr(influence[creators], truth.loc[creators, "real_followers"])[0] > 0.7
    assert spearmanr(influence[creators], followers)[0] > 0.6


def test_only_accounts_of_one_person_are_joined(opened: OpenLake, truth: pd.DataFrame) -> None:
    people = found(opened, "people")
    joined = people[people["n_accounts"] > 1]
    assert len(joined) > 20
    real = truth.loc[joined.index, "person_id"]
    assert real.groupby(joined["person_id"]).nunique().max() == 1


def test_the_measured_engagement_is_the_true_one(opened: OpenLake, truth: pd.DataFrame) -> None:
    measured = found(opened, "engagement", variant="by_followers")
    many = measured[measured["n_posts"] >= 20]["engagement_share"]
    real = truth["engagement_share"].reindex(many.index).dropna()
    assert len(real) > 30
    assert spearmanr(many[real.index], real)[0] > 0.8
