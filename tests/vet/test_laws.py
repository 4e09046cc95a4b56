"""What holds for every check, whichever are in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pytest

from mawj.flow.settings import settings_in_force, settings_rows
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES
from mawj.vet.vet_scores import NO_CHECK, VetScale
from tests.vet.shelved import as_rows, changed, tables_read, vetted_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

N_VETTED = 24
SCALE = VetScale()


class Small:
    """The tables of the small world that vetting reads, and whom to vet."""

    def __init__(self, folder: Path) -> None:
        with Lake.open(folder) as lake:
            record = lake.current_run()
            assert record is not None
            self.as_of = record.as_of
            self.tables = {
                name: lake.read(name, run_id=record.run_id)
                .to_pyarrow()
                .cast(TABLES[name].schema)
                for name in tables_read()
            }
            cadence = lake.read("cadence").order_by(["n_posts", "account_id"]).to_pyarrow()
        posted = cadence["account_id"].to_pylist()
        silent = sorted({*self.tables["accounts"]["account_id"].to_pylist()} - {*posted})
        # The busiest, the most silent that post, and some that never do.
        self.ids = sorted([*posted[-N_VETTED:], *posted[:3], *silent[:3]])


@pytest.fixture(scope="module")
def small(built_lake: Path) -> Small:
    return Small(built_lake)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    with Lake.open(tmp_path_factory.mktemp("laws") / "lake") as opened:
        yield opened


@pytest.fixture(scope="module")
def vetted(lake: Lake, small: Small) -> tuple[pa.Table, pa.Table, pa.Table]:
    return vetted_of(lake, small.tables, small.ids, small.as_of)


def test_scores_are_the_sum_of_their_findings(
    vetted: tuple[pa.Table, pa.Table, pa.Table], small: Small
) -> None:
    findings, _, scores = vetted
    sums: dict[tuple[str, str], float] = {}
    for row in findings.to_pylist():
        key = (row["subject_id"], row["score"])
        sums[key] = sums.get(key, 0.0) + row["contribution"]
    assert {one for one, _ in sums} == {*small.ids}
    for row in scores.to_pylist():
        total = sums.pop((row["account_id"], row["score"]))
        assert row["value"] == pytest.approx(total, abs=1e-9)
        assert 0 <= row["coverage"] <= 1
    assert sums == {}


def test_no_check_moves_more_than_its_weight_or_the_wrong_way(
    vetted: tuple[pa.Table, pa.Table, pa.Table],
) -> None:
    sums: dict[tuple[str, str], tuple[float, float]] = {}
    for row in vetted[0].to_pylist():
        if row["finding"] in NO_CHECK:
            continue
        worse = 1 if SCALE.base(row["score"]) == 0 else -1
        assert row["contribution"] * worse >= 0, row
        key = (row["subject_id"], row["finding"])
        points, _ = sums.get(key, (0.0, 0.0))
        sums[key] = (points + abs(row["contribution"]), row["weight"])
    assert sums
    for key, (points, weight) in sums.items():
        assert points <= weight + 1e-9, key


def test_a_finding_is_assessed_or_says_what_is_missing(
    vetted: tuple[pa.Table, pa.Table, pa.Table],
) -> None:
    for row in vetted[0].to_pylist():
        is_silent = row["status"] == "not_assessed"
        assert bool(row["missing"]) == is_silent, row
        if is_silent:
            assert row["contribution"] == 0, row
        low, value, high = (row[n] for n in ("observed_low", "observed", "observed_high"))
        if None not in (low, value, high):
            assert low - 1e-9 <= value <= high + 1e-9, row
        for name in ("observed", "expected", "contribution", "sample_size"):
            assert row[name] is None or np.isfinite(row[name]), row


def test_evidence_belongs_to_a_finding_and_fits_a_page(
    vetted: tuple[pa.Table, pa.Table, pa.Table],
) -> None:
    findings, evidence, _ = vetted
    known = {(r["subject_id"], r["finding"], r["about"]) for r in findings.to_pylist()}
    for row in evidence.to_pylist():
        assert (row["account_id"], row["finding"], row["about"]) in known, row
        assert row["quote"] is None or len(row["quote"]) <= 200


def test_one_alone_gets_what_it_gets_within_a_list(
    lake: Lake, small: Small, vetted: tuple[pa.Table, pa.Table, pa.Table]
) -> None:
    whole = as_rows(vetted[0])
    alone = small.ids[-1]
    findings, evidence, _ = vetted_of(lake, small.tables, [alone], small.as_of)
    assert as_rows(findings) == {key: row for key, row in whole.items() if key[0] == alone}
    mine = vetted[1].filter(pc.equal(vetted[1]["account_id"], alone))
    assert sorted(map(str, evidence.to_pylist())) == sorted(map(str, mine.to_pylist()))


def test_the_order_of_rows_does_not_matter(
    lake: Lake, small: Small, vetted: tuple[pa.Table, pa.Table, pa.Table]
) -> None:
    stream = np.random.default_rng(7)
    mixed = {
        name: table.take(pa.array(stream.permutation(table.num_rows)))
        for name, table in small.tables.items()
    }
    findings, _, _ = vetted_of(lake, mixed, small.ids, small.as_of)
    assert as_rows(findings) == as_rows(vetted[0])


def test_the_names_of_accounts_do_not_matter(
    lake: Lake, small: Small, vetted: tuple[pa.Table, pa.Table, pa.Table]
) -> None:
    """Ids trade places within their platform; handles, which people read, stay.

    The law holds where every sample is whole, as in this world: a sample that is cut short is
    drawn by digests of ids, and other ids are another draw. Handles are evidence of their own:
    the naming detector reads them.
    """
    renamed = traded(small.tables["accounts"])
    tables = {
        name: changed(table, lambda column, cells: _renamed(column, cells, renamed))
        for name, table in small.tables.items()
    }
    ids = sorted(renamed[one] for one in small.ids)
    findings, _, scores = vetted_of(lake, tables, ids, small.as_of)
    expected = {
        (renamed[key[0]], *key[1:]): row for key, row in as_rows(vetted[0], digits=6).items()
    }
    assert as_rows(findings, digits=6) == expected
    values = {(r["account_id"], r["score"]): r["value"] for r in scores.to_pylist()}
    for row in vetted[2].to_pylist():
        key = (renamed[row["account_id"]], row["score"])
        assert values[key] == pytest.approx(row["value"], abs=1e-6)


def traded(accounts: pa.Table) -> dict[str, str]:
    """For each account the id of another of its platform: their order is turned round."""
    by_platform: dict[str, list[str]] = {}
    for account_id in sorted(accounts["account_id"].to_pylist()):
        by_platform.setdefault(account_id.partition(":")[0], []).append(account_id)
    return {
        old: new
        for ids in by_platform.values()
        for old, new in zip(ids, ids[::-1], strict=True)
    }


def _renamed(column: str, cells: Any, renamed: dict[str, str]) -> Any:
    ends = ("follower_id", "followed_id", "actor_id", "target_id", "owner_id")
    if not (column.endswith("account_id") or column in ends):
        return cells
    new = [renamed.get(one, one) for one in cells.to_pylist()]
    return pa.chunked_array([pa.array(new, cells.type)])


def test_an_account_of_another_peer_group_changes_nothing(
    lake: Lake, small: Small, vetted: tuple[pa.Table, pa.Table, pa.Table]
) -> None:
    tables = dict(small.tables)
    stranger = {"account_id": "rubika:stranger", "platform": "rubika", "handle": "stranger"}
    tables["accounts"] = _with(tables["accounts"], stranger)
    tables["standing"] = _with(tables["standing"], {"account_id": "rubika:stranger"})
    tables["posts"] = _with(
        tables["posts"],
        *(
            {
                "post_id": f"rubika:{n}", "account_id": "rubika:stranger",
                "platform": "rubika", "text": f"a post of nobody's peer, number {n}",
                "published_at": small.as_of, "language": "en",
            }
            for n in range(30)
        ),
    )  # fmt: skip
    findings, _, _ = vetted_of(lake, tables, small.ids, small.as_of)
    assert as_rows(findings) == as_rows(vetted[0])


def _with(table: pa.Table, *rows: dict[str, Any]) -> pa.Table:
    """`table` and further rows; what a row leaves open is as in the first row of the table."""
    plain = {**table.slice(0, 1).to_pylist()[0]}
    named = ("_id", "text", "handle", "name", "bio", "url")
    blank = {
        name: None if table.schema.field(name).nullable and name.endswith(named) else value
        for name, value in plain.items()
    }
    more = [blank | row for row in rows]
    return pa.concat_tables([table, pa.Table.from_pylist(more, schema=table.schema)])


def test_where_nothing_is_known_nothing_is_raised(lake: Lake, small: Small) -> None:
    blank = {
        name: changed(table, lambda name, column, of=TABLES[name]: _blank(of, name, column))
        for name, table in small.tables.items()
        if TABLES[name].kind == "observed"
    }
    findings, _, scores = vetted_of(lake, blank, small.ids, small.as_of)
    raised = [row for row in findings.to_pylist() if row["status"] == "raised"]
    assert [(row["finding"], row["about"], row["observed"]) for row in raised] == []
    assert scores.num_rows > 0


def _blank(table: Any, name: str, column: Any) -> Any:
    """NULL wherever the declaration lets it be."""
    if table.by_name[name].null_means is None:
        return column
    return pa.nulls(len(column), column.type)


def test_an_account_of_which_only_the_name_is_loaded_is_not_assessed(
    lake: Lake, small: Small
) -> None:
    only = {"accounts": small.tables["accounts"]}
    findings, evidence, scores = vetted_of(lake, only, small.ids[:3], small.as_of)
    checks = [row for row in findings.to_pylist() if row["finding"] not in NO_CHECK]
    assert {row["status"] for row in checks} <= {"not_assessed", "clear"}
    assert evidence.num_rows == 0
    assert not any(row["is_scored"] for row in scores.to_pylist())


HOSTILE = (
    "a" * 10_000_000,
    "قهوة" * 100_000,
    "\u202e\u2066evil\u2069\u202c \u200f\u200e",
    "\x00\x01\x1b[31m\x7f\ufeff",
    "z" + "\u0300" * 5_000,
    "Смешанный текст 混合 テキスト عربی فارسی 🏳️‍🌈" * 50,
    "",
    " \n\t ",
    "=cmd|' /C calc'!A0",
    "{observed} %s \\u0000 '\"; DROP TABLE posts; --",
)


def test_hostile_texts_are_vetted_like_any_other(lake: Lake, small: Small) -> None:
    def spoilt(name: str, column: Any) -> Any:
        if name not in ("text", "bio", "name", "handle"):
            return column
        n = len(column)
        return pa.chunked_array(
            [pa.array([HOSTILE[i % len(HOSTILE)] if i < 40 or i % len(HOSTILE) > 1 else "x"
                       for i in range(n)], pa.string())]
        )  # fmt: skip

    tables = dict(small.tables)
    ids = small.ids[-4:]
    for name in ("accounts", "posts", "comments"):
        tables[name] = changed(_of(small, name, ids), spoilt)
    findings, evidence, scores = vetted_of(lake, tables, ids, small.as_of)
    assert {row["account_id"] for row in scores.to_pylist()} == {*ids}
    assert findings.num_rows > 0
    for quote in evidence["quote"].to_pylist():
        assert quote is None or not {*quote} & {"\u202e", "\x1b", "\x00", "\u2066"}


def _of(small: Small, name: str, ids: list[str]) -> pa.Table:
    """The rows that are about the accounts vetted, so that megabytes stay few."""
    table = small.tables[name]
    if name == "comments":
        posts = _of(small, "posts", ids)["post_id"].combine_chunks()
        return table.filter(pc.is_in(table["post_id"], posts)).slice(0, 400)
    return table.filter(pc.is_in(table["account_id"], pa.array(ids)))


def test_every_setting_of_a_check_is_explained() -> None:

    assert [
        (r.section, r.name) for r in settings_rows(settings_in_force()) if not r.meaning
    ] == []
