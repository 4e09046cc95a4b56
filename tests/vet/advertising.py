"""Tables of advertising for tests: a few posts as text, and the small world with its truth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from mawj.flow.runner import Judgement, called, run_steps
from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetShelf, as_arrow, vet_subjects
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES
from mawj.vet.ad_counts import ad_counts
from mawj.vet.brand_history import brand_history
from mawj.vet.paid_counts import paid_counts
from mawj.vet.sponsored_posts import PaymentSigns, sponsored_posts
from mawj.vet.vet_posts import vet_posts
from mawj.worlds.world import small_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STEPS = (vet_posts, sponsored_posts, ad_counts, brand_history, paid_counts)
FIRST_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
SUBJECT = {"account_id": "a", "platform": "x", "language": "en", "country": None, "bio": None}


def posts_of(*texts: str | dict[str, Any], account: str = "a", platform: str = "x") -> pa.Table:
    """`vet_posts` of one account, from texts or from columns; one post a day."""
    rows = []
    for number, told in enumerate(texts):
        row = {"text": told} if isinstance(told, str) else told
        at = FIRST_DAY + timedelta(days=number)
        fixed = {"post_id": f"{account}{number:03}", "account_id": account}
        rows.append({**fixed, "platform": platform, "published_at": at, **row})
    return pa.Table.from_pylist(rows, schema=nullable("vet_posts"))


def nullable(name: str) -> pa.Schema:
    """The schema of a declared table, as the engine hands it on: every column nullable."""
    return pa.schema([field.with_nullable(True) for field in TABLES[name].schema])


def subjects_of(*rows: dict[str, Any]) -> pa.Table:
    """`vet_subjects` with what is not said as in SUBJECT."""
    every = [{**SUBJECT, **row} for row in rows or ({},)]
    return pa.Table.from_pylist(every, schema=nullable("vet_subjects"))


def sponsored_of(
    posts: pa.Table, subjects: pa.Table | None = None, **settings: Any
) -> pa.Table:
    """`sponsored_posts` of some posts."""
    weights = PaymentSigns(**settings)
    made = sponsored_posts(subjects or subjects_of(), posts.to_reader(), payment_signs=weights)
    return pa.Table.from_batches(made, schema=TABLES["sponsored_posts"].schema)


def counts_of(posts: pa.Table) -> Any:
    """`ad_counts` of some posts, lazily."""
    return ad_counts(ibis.memtable(posts), ibis.memtable(sponsored_of(posts)))


def found(check: Callable[..., Any], *tables: Any, **settings: Any) -> list[dict[str, Any]]:
    """The rows of a check on these tables."""
    lazy = [ibis.memtable(t) if isinstance(t, pa.Table) else t for t in tables]
    return as_arrow(check(*lazy, **settings)).to_pylist()


@cache
def truth() -> dict[str, pa.Table]:
    """What is true in the small world."""
    return dict(small_world(1).truth)


@cache
def small_shelf(folder: Path) -> tuple[VetShelf, Judgement]:
    """The creators of the small world with the tables of advertising made; once for all."""
    lake = Lake.open(folder)
    record = lake.current_run()
    assert record is not None
    shelf = VetShelf(lake, record.run_id, {})
    accounts = truth()["accounts"].to_pylist()
    creators = [row["account_id"] for row in accounts if row["role"] == "creator"]
    shelf.write("vet_subjects", vet_subjects(shelf, creators))
    judgement = Judgement(record.as_of, record.seed, settings_in_force())
    run_steps(shelf, STEPS, judgement, given=frozenset(TABLES))
    return shelf, judgement


def in_small_world(check: Callable[..., Any], folder: Path) -> list[dict[str, Any]]:
    """The rows of a check on the small world's creators."""
    shelf, judgement = small_shelf(folder)
    return as_arrow(called(check, shelf, judgement)).to_pylist()


def clean_creators() -> set[str]:
    """Creators of the small world in whom nothing is planted."""
    return {row["account_id"] for row in truth()["accounts"].to_pylist() if row["is_clean"]}
