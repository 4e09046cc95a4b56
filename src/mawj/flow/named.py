"""Names and scores of accounts that are known by their ids: for lists of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import Readable, rows
from mawj.tables.errors import RunNotFound

if TYPE_CHECKING:
    from collections.abc import Sequence


def names_of(lake: Readable, ids: Sequence[str]) -> dict[str, str]:
    """Id to name, or to the handle of one who gives none, in the order asked for."""
    table = lake.read("accounts").filter(_.account_id.isin(list(ids) or [""]))
    found = {
        row["account_id"]: row["name"] or row["handle"] or row["account_id"]
        for row in rows(table.select("account_id", "name", "handle"))
    }
    return {one: str(found.get(one, one)) for one in ids}


def scores_of(lake: Readable, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Overall influence with its interval, and followers, by account in the current run."""
    try:
        influence = lake.read("influence").filter(
            _.topic_id == "", _.account_id.isin(list(ids) or [""])
        )
        standing = lake.read("standing").select("account_id", "followers")
        joined = influence.left_join(standing, "account_id").drop("account_id_right")
        wanted = ("account_id", "influence", "influence_low", "influence_high", "followers")
        return {row["account_id"]: row for row in rows(joined.select(*wanted))}
    except RunNotFound:
        return {}
