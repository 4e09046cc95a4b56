"""The reference tables that a run is told: topics, their seeds, the lines of tier schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.identify.seeds import topic_seed_rows
from mawj.identify.taxonomy.pages import topics_page
from mawj.identify.taxonomy.tier_schemes import tier_bounds, tier_schemes
from mawj.identify.taxonomy.topic_tree import topic_tree, topics_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def reference_tables(
    topic_files: Sequence[Path] = (), tier_files: Sequence[Path] = ()
) -> dict[str, pa.Table]:
    """topics, topic_seeds and tier_bounds, the user's own topics and schemes laid over ours.

    Raises:
        SettingsError: when a file of the user's does not hold; it names file and topic.
    """
    tree = topic_tree(topic_files)
    bounds = [tier_bounds(scheme) for scheme in tier_schemes(tier_files).values()]
    return {
        "topics": topics_table(tree),
        "topic_seeds": topic_seed_rows(tree),
        "tier_bounds": pa.concat_tables(bounds),
    }


def topics_page_text() -> str:
    """docs/topics.md."""
    return topics_page(topic_tree())
