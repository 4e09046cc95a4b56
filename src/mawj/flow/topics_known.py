"""The topics in force, how many accounts speak of each, and the terms that keep company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import Readable, rows
from mawj.tables.errors import NotFound
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Mapping


def topics(lake: Readable, words: str = "", *, language: str = "en") -> list[dict[str, Any]]:
    """Topics whose id or name in any language holds `words`, with the accounts on each.

    Returns:
        topic_id, name, level, n_accounts; in the order of the taxonomy's ids.
    """
    counted = lake.read("account_topics").group_by("topic_id").agg(n_accounts=_.count())
    counts = {row["topic_id"]: row["n_accounts"] for row in rows(counted)}
    sought = search_form(words)
    found = sorted(rows(lake.read("topics")), key=lambda row: str(row["topic_id"]))
    return [
        {
            "topic_id": row["topic_id"],
            "name": row[f"name_{language}"],
            "level": row["level"],
            "n_accounts": counts.get(row["topic_id"], 0),
        }
        for row in found
        if _named(row, sought)
    ]


def terms_of(lake: Readable, topic_id: str, top: int = 40) -> list[dict[str, Any]]:
    """Terms that keep company with a topic in the loaded posts, the strongest first.

    Raises:
        NotFound: for an unknown topic.
    """
    known = lake.read("topics")
    if not rows(known.filter(known.topic_id == topic_id).limit(1)):
        raise NotFound(f"no topic is called {topic_id!r}; `mawj topics` lists them")
    terms = lake.read("topic_terms").filter(_.topic_id == topic_id)
    return rows(terms.order_by([_.score.desc(), _.term]).limit(top))


def _named(row: Mapping[str, Any], sought: str) -> bool:
    texts = (row["topic_id"], row["name_en"], row["name_ar"], row["name_fa"])
    return any(sought in search_form(text) for text in texts)
