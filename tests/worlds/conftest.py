"""One small world for all tests of this folder."""

import pandas as pd
import pytest

from mawj.worlds.world import World, small_world


@pytest.fixture(scope="session")
def world() -> World:
    return small_world()


@pytest.fixture(scope="session")
def frames(world: World) -> dict[str, pd.DataFrame]:
    """The observed tables as data frames; those of the truth begin with `true_`."""
    observed = {name: table.to_pandas() for name, table in world.tables.items()}
    return observed | {f"true_{name}": table.to_pandas() for name, table in world.truth.items()}


@pytest.fixture(scope="session")
def own(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Own posts of the creators, with what is true of them and of their authors."""
    posts = frames["posts"].merge(frames["true_posts"], on="post_id", suffixes=("", "_true"))
    posts = posts.merge(frames["true_accounts"], on="account_id", suffixes=("", "_of_author"))
    answers = ["reply_to_post_id", "repost_of_post_id", "quote_of_post_id"]
    return posts[(posts.role == "creator") & posts[answers].isna().all(axis=1)]
