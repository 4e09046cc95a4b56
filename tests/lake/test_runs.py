from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pytest

from mawj.tables.errors import ActionRefused, DuplicateKey, OutOfRange, TableError
from tests.lake.rows import START, accounts, people, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.lake.lake import Lake
    from mawj.lake.runs import Run


def begin(lake: Lake, **settings: Any) -> Run:
    return lake.begin_run(settings=settings, as_of=START, seed=7, code_version="1.0")


def ids(lake: Lake, **where: Any) -> list[str]:
    return sorted(lake.read("people", **where).to_pyarrow()["account_id"].to_pylist())


def test_a_run_is_current_only_when_it_has_finished(lake: Lake):
    run = begin(lake)
    run.write("people", people("a"))
    assert lake.current_run() is None
    assert ids(lake) == []

    run.finish()

    assert lake.current_run().run_id == run.run_id
    assert ids(lake) == ["x:a"]


def test_the_run_itself_reads_what_it_has_written(lake: Lake):
    run = begin(lake)
    run.write("people", people("a"))

    assert run.read("people").to_pyarrow()["account_id"].to_pylist() == ["x:a"]


def test_the_next_run_takes_the_place_of_the_one_before_which_stays_readable(lake: Lake):
    first, second = begin(lake), begin(lake)
    first.write("people", people("a"))
    first.finish()
    second.write("people", people("b"))
    second.finish()

    assert ids(lake) == ["x:b"]
    assert ids(lake, run_id=first.run_id) == ["x:a"]


def test_of_two_runs_the_one_that_finished_last_is_current_though_it_began_first(lake: Lake):
    first, second = begin(lake), begin(lake)
    second.finish()
    first.finish()

    assert lake.current_run().run_id == first.run_id


def test_a_load_during_a_run_changes_nothing_in_it(lake: Lake):
    lake.upsert("accounts", accounts("a"))
    run = begin(lake)
    lake.upsert("accounts", accounts("a", "b", bio="new", load_id="l2"))

    found = run.read("accounts").to_pyarrow()

    assert found["account_id"].to_pylist() == ["x:a"]
    assert found["bio"].to_pylist() == [None]


def test_a_table_first_loaded_during_a_run_is_empty_in_it(lake: Lake):
    run = begin(lake)
    lake.upsert("accounts", accounts("a"))

    assert run.read("accounts").to_pyarrow().num_rows == 0


def test_a_failed_run_stays_invisible_and_says_why(lake: Lake):
    run = begin(lake)
    run.write("people", people("a"))
    record = run.fail("out of coffee")

    assert (record.state, record.note) == ("failed", "out of coffee")
    assert lake.current_run() is None
    assert ids(lake) == []


def test_a_run_remembers_what_it_was_made_with_and_what_it_made(lake: Lake):
    lake.upsert("accounts", accounts("a"))
    run = begin(lake, reach={"window_days": 90})
    run.write("people", people("a"))
    run.finish()

    record = lake.runs()[0]

    assert (record.as_of, record.seed, record.code_version) == (START, 7, "1.0")
    assert record.settings == {"reach": {"window_days": 90}}
    assert record.pins == {"accounts": 1}
    assert record.row_counts == {"people": 1}
    assert record.seconds["people"] > 0


def test_a_lazy_table_is_written(lake: Lake):
    lake.upsert("accounts", accounts("a", "b"))
    run = begin(lake)
    made = run.read("accounts").select(
        "account_id", person_id="account_id", n_accounts=ibis.literal(1, "int64"),
        linked_by=ibis.literal("alone"),
    )  # fmt: skip

    assert run.write("people", made) == 2


def test_a_sum_of_whole_numbers_stays_whole(lake: Lake):
    lake.upsert("accounts", accounts("a", "b"))
    run = begin(lake)
    rows = run.read("accounts").mutate(one=ibis.literal(1, "int64"))
    made = rows.group_by("platform").agg(
        n=lambda t: t.one.sum(), first=lambda t: t.account_id.min()
    )
    made = made.select(account_id="first", person_id="first", n_accounts="n",
                       linked_by=ibis.literal("alone"))  # fmt: skip
    run.write("people", made)

    found = run.read("people").to_pyarrow()

    assert found["n_accounts"].type == pa.int64()
    assert found["n_accounts"].to_pylist() == [2]


def test_batches_are_written_as_a_stream(lake: Lake):
    run = begin(lake)

    assert run.write("people", iter(people("a", "b").to_batches())) == 2


def test_rows_are_sorted_in_small_groups_when_asked(lake: Lake):
    run = begin(lake)
    rows = table("search_terms", *(
        {"term": f"t{(n * 7) % 5000:04d}", "account_id": "x:a", "weight": 1.0, "n_posts": 1,
         "in_name": False, "in_bio": False}
        for n in range(5000)
    ))  # fmt: skip
    run.write("search_terms", rows, sort_by=("term",), row_group_rows=2048)

    folder = lake.run_folder(run.run_id, "search_terms")
    metadata = pa.parquet.read_metadata(folder.addresses(folder.snapshot())[0])
    spans = [
        (
            metadata.row_group(n).column(0).statistics.min,
            metadata.row_group(n).column(0).statistics.max,
        )
        for n in range(metadata.num_row_groups)
    ]
    assert [span[0] for span in spans] == ["t0000", "t2048", "t4096"]
    assert spans[0][1] < spans[1][0]


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        (lambda t: t.set_column(2, "n_accounts", pa.array([-1])), OutOfRange, "n_accounts"),
        (lambda t: pa.concat_tables([t, t]), DuplicateKey, "x:a"),
        (lambda t: t.select(list(reversed(t.column_names))), TableError, "another order"),
    ],
)
def test_a_table_that_breaks_its_declaration_is_not_written(
    lake: Lake, change: Callable[[pa.Table], pa.Table], kind: type[TableError], said: str
):
    run = begin(lake)

    with pytest.raises(kind, match=said):
        run.write("people", change(people("a")))

    assert run.read("people").to_pyarrow().num_rows == 0
    assert run.write("people", people("a")) == 1


def test_a_lazy_column_of_another_kind_is_refused(lake: Lake):
    lake.upsert("accounts", accounts("a"))
    run = begin(lake)
    made = run.read("accounts").select(
        "account_id", person_id="account_id", n_accounts="account_id",
        linked_by=ibis.literal("alone"),
    )  # fmt: skip

    with pytest.raises(TableError, match="'n_accounts' of table 'people' must be int64"):
        run.write("people", made)


def test_a_table_is_written_once_a_run(lake: Lake):
    run = begin(lake)
    run.write("people", people("a"))

    with pytest.raises(ActionRefused, match="already"):
        run.write("people", people("b"))


def test_an_observed_table_is_not_for_runs_to_write(lake: Lake):
    with pytest.raises(ActionRefused, match="upsert"):
        begin(lake).write("accounts", accounts("a"))


def test_nothing_is_written_after_the_end(lake: Lake):
    run = begin(lake)
    run.finish()

    with pytest.raises(ActionRefused, match="has ended"):
        run.write("people", people("a"))
    with pytest.raises(ActionRefused, match="has ended"):
        run.finish()
