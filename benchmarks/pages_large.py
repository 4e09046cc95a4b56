"""A lake as large as asked for, for `benchmarks.pages`: the rows of a run, over and over.

Every repetition has ids of its own, so that tables, row groups and joins are as large as those
of so many accounts; scores, texts and topics are those of the lake that is repeated. Only what
the measured pages read is written: no posts, acts or followers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from mawj.flow.runner import SORTED_BY
from mawj.flow.running import GROUP_ROWS
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir

IDS = ("account_id", "subject_id", "person_id", "post_id", "evidence_id")
LEFT_OUT = ("acts",)
EVERY_NTH_FEE = 10
"""One account in so many has a fee, for the filters that rest on fees."""
REFERENCE = ("topics", "topic_seeds", "tier_bounds", "assessed")


def repeated(source: Path, target: Path, n_accounts: int) -> int:
    """Fill the empty lake `target` with the accounts of `source` until there are `n_accounts`.

    Returns:
        Accounts written.
    """
    settings = LakeSettings(memory_mb=3000)
    with Lake.open(source) as small, Lake.open(target, settings=settings) as large:
        times = ceil(n_accounts / int(small.read("accounts").count().execute()))
        current = small.current_run()
        assert current is not None, f"{source} has no finished run"
        accounts = _times(large, small, "accounts", times)
        large.upsert("accounts", large.duck.stream(accounts))
        large.upsert("audiences", large.duck.stream(_times(large, small, "audiences", times)))
        large.upsert("quotes", _fees(large))
        run = large.begin_run(
            settings=current.settings, as_of=current.as_of, seed=1, code_version="repeated"
        )
        for name in sorted(set(SORTED_BY) - set(LEFT_OUT)):
            rows = _times(large, small, name, times)
            groups = GROUP_ROWS.get(name)
            n = run.write(name, rows, sort_by=SORTED_BY[name], row_group_rows=groups)
            print(f"{name}: {n:,} rows", flush=True)
        for name in REFERENCE:
            run.write(name, _times(large, small, name, 1))
        run.finish()
        return int(large.read("accounts").count().execute())


def _fees(large: Lake) -> pa.Table:
    """A made-up fee of every `EVERY_NTH_FEE`th account, from 100 to 9,900 riyals."""
    ids = sorted(large.read("accounts").account_id.to_pyarrow().to_pylist())[::EVERY_NTH_FEE]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    usual = {
        "deliverable": "instagram:reel", "currency": "SAR", "quoted_on": at.date(),
        "is_paid": False, "fetched_at": at,
        "source": "made up", "basis": "typed_in", "load_id": "repeated",
    }  # fmt: skip
    rows = [
        {"quote_id": str(n), "account_id": one, "amount_minor": 10_000 * (1 + n % 99), **usual}
        for n, one in enumerate(ids)
    ]
    return pa.Table.from_pylist(rows, TABLES["quotes"].schema)


def _times(large: Lake, small: Lake, name: str, times: int) -> ir.Table:
    """The rows of a table of `small`, for the engine of `large`, `times` over."""
    lasting = TABLES[name].is_lasting
    run = small.current_run()
    assert run is not None
    folder = small.observed_folder(name) if lasting else small.run_folder(run.run_id, name)
    snapshot = folder.snapshot()
    assert snapshot is not None, name
    rows = large.duck.scan(folder.addresses(snapshot))
    again = ibis.range(0, times).unnest().name("again").as_table()
    both = rows.cross_join(again)
    return both.select(
        **{
            column: _other(both, column, both.again) if column in IDS else both[column]
            for column in TABLES[name].names
        }
    )


def _other(rows: ir.Table, column: str, again: Any) -> Any:
    """The id in one repetition; the first keeps it."""
    return ibis.ifelse(again == 0, rows[column], rows[column] + "~" + again.cast("string"))
