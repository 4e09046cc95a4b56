"""The page `docs/topics.md`, made from the topics so that it cannot go stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.identify.taxonomy.written import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.identify.taxonomy.topic import Topic

_HEAD = """# Topics

Mawj knows {n_topics} topics in three levels, {n_first} of them at the top, each named in
English, Arabic and Persian. A topic has seeds: phrases that posts on it hold ({n_seeds} in
all). A seed tells what a post is about, never who its author is. What speaks for a topic speaks
for the wider topics above it as well.

This page is made from the topics; change those, not this page.

## Your own topics

Write a TOML file of the same form as ours. Adding a topic, adding seeds, renaming and dropping
(with all that lies under it) look like this:

```toml
[topics."food.coffee.decaf"]
names = {{ en = "Decaf", ar = "قهوة منزوعة الكافيين", fa = "قهوهٔ بدون کافئین" }}
seeds.en = ["decaf coffee", "swiss water process"]
seeds.ar = ["قهوة بدون كافيين", "قهوة منزوعة الكافيين"]
seeds.fa = ["قهوه بدون کافئین", "دی‌کف"]

[topics."food.coffee"]
seeds.ar = ["قهوة الموكا"]

[topics."games.sandbox"]
drop = true
```

Write seeds as people write them, without `#`; spelling variants (`ی` and `ي`, `ة` and `ه`, with
and without half-space) are folded when they are compared. Choose phrases that mean one thing
only: `curly hair` rather than `curls`.
"""
_COLUMNS = """
| id | English | العربية | فارسی | seeds en / ar / fa |
| --- | --- | --- | --- | --- |
"""


def topics_page(tree: Sequence[Topic]) -> str:
    """The page in Markdown: how to extend the topics, then one table a top-level topic."""
    first = [topic for topic in tree if topic.level == 1]
    head = _HEAD.format(
        n_topics=len(tree),
        n_first=len(first),
        n_seeds=sum(len(seeds) for topic in tree for seeds in topic.seeds.values()),
    )
    return head + "".join(_branch(topic, tree) for topic in first)


def _branch(top: Topic, tree: Sequence[Topic]) -> str:
    under = [top, *(topic for topic in tree if topic.topic_id.startswith(f"{top.topic_id}."))]
    return f"\n## {top.names['en']}\n{_COLUMNS}" + "".join(_row(topic) for topic in under)


def _row(topic: Topic) -> str:
    counts = " / ".join(str(len(topic.seeds[language])) for language in LANGUAGES)
    names = " | ".join(topic.names[language] for language in LANGUAGES)
    return f"| `{topic.topic_id}` | {names} | {counts} |\n"
