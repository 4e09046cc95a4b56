"""A lake of any size for the speed of vetting: the demo world, copied under other names.

Every account, post and comment of the demo world stands there several times, told apart by a
number at the end of its ids; the tables that a run makes are copied likewise, so that nothing
has to be run again. Only what vetting reads is copied. Comments are copied more often, until
there are as many as asked for.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from mawj import __version__
from mawj.flow.runner import reads
from mawj.flow.vet_steps import VET_STEPS, part_of
from mawj.lake.duckdb_lake import Layout, literal, quoted
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.lake.staging import FILE_ROWS, stored_schema
from mawj.tables.column import Table
from mawj.tables.declared import TABLES
from mawj.vet.checks import CHECKS

NOT_COPIED = ("load_id", "topic_id", "parent_id", "run_id", "community_id", "brand_id")
OF_POSTS = ("posts", "post_snapshots", "post_counts")
ALWAYS = ("accounts", "posts", "comments", "account_languages", "standing")


@dataclass(frozen=True)
class Size:
    """How large a lake is made."""

    n_accounts: int
    n_comments: int


def tables_read() -> list[str]:
    """The tables of a lake that vetting reads, those it makes itself left out."""
    evidence = [found for check in CHECKS if (found := part_of(check, "evidence"))]
    made = {step.__name__ for step in VET_STEPS} | {"vet_subjects"}
    read = [name for step in (*VET_STEPS, *CHECKS, *evidence) for name in reads(step)]
    return [name for name in dict.fromkeys([*ALWAYS, *read]) if name not in made]


def made_lake(small: Path, creators: list[str], size: Size, folder: Path) -> list[str]:
    """A lake of `size` in `folder` from the demo lake at `small`; the accounts to vet."""
    n_copies = math.ceil(size.n_accounts / len(creators))
    whom = [name for k in range(n_copies) for name in copied(creators, k)][: size.n_accounts]
    with Lake.open(folder, settings=LakeSettings(memory_mb=2000)) as lake:
        Copier(lake, small, n_copies, whom, size).run()
    return whom


def copied(ids: list[str], k: int) -> list[str]:
    """Ids of the k-th copy."""
    return ids if k == 0 else [f"{one}~{k}" for one in ids]


class Copier:
    """Writes the copied tables of one lake."""

    def __init__(
        self, lake: Lake, small: Path, n_copies: int, whom: list[str], size: Size
    ) -> None:
        self.lake, self.duck, self.size, self.n_copies = lake, lake.duck, size, n_copies
        self.small = Lake.open(small)
        self.record = self.small.current_run()
        names = pa.table({"account_id": whom})
        self.duck.connection.con.register("whom", names)
        self.duck.run("CREATE TABLE wanted AS SELECT account_id FROM whom")

    def run(self) -> None:
        """Observed tables first, then one finished run of the tables that runs make."""
        assert self.record is not None
        names = tables_read()
        for name in names:
            if TABLES[name].kind == "observed":
                self._observed(TABLES[name])
        made = self.lake.begin_run(
            settings={}, as_of=self.record.as_of, seed=1, code_version=__version__
        )
        for name in names:
            # What a vetting is given, such as a brand's file, is stored in no run.
            if TABLES[name].kind in ("derived", "reference") and self._files(name):
                made.write(name, self.duck.table(self._sql(TABLES[name])))
        made.finish()
        self.small.close()

    def _observed(self, table: Table) -> None:
        files = self._files(table.name)
        if not files:
            return
        schema = stored_schema(table)
        extra = ", NULL AS _filled" if "_filled" in schema.names else ""
        sql = f"SELECT *{extra} FROM ({self._sql(table)})"
        layout = Layout(sort_by=table.key, file_rows=FILE_ROWS)
        folder = self.lake.observed_folder(table.name)
        with self.duck.passing():
            written = self.duck.write_sql(sql, schema, layout)
            folder.create(schema, [folder.take_in(file) for file in written])

    def _sql(self, table: Table) -> str:
        names = ", ".join(map(quoted, table.names))
        files = ", ".join(map(literal, self._files(table.name)))
        source = f"SELECT {names} FROM read_parquet([{files}])"
        items = ", ".join(self._item(table, name) for name in table.names)
        sql = f"SELECT {items} FROM ({source}) t, range({self._copies(table)}) r(k)"
        return f"SELECT * FROM ({sql}) WHERE {self._is_wanted(table)}"

    def _copies(self, table: Table) -> int:
        if table.kind == "reference":
            return 1
        return self.n_copies * (self._a_post if table.name == "comments" else 1)

    @property
    def _a_post(self) -> int:
        """How many copies of a comment one copy of its post gets."""
        posts, comments = (
            ", ".join(map(literal, self._files(name))) for name in ("posts", "comments")
        )
        found = self.duck.row(
            f"SELECT count(*) AS n FROM read_parquet([{comments}]) c "
            f"JOIN (SELECT post_id, account_id AS owner FROM read_parquet([{posts}])) p "
            "USING (post_id) JOIN (SELECT regexp_replace(account_id, '~.*', '') AS owner, "
            "count(*) AS n_copies FROM wanted GROUP BY 1) w USING (owner), range(w.n_copies)"
        )
        return max(1, round(self.size.n_comments / max(1, found["n"])))

    def _item(self, table: Table, name: str) -> str:
        cell = f"t.{quoted(name)}"
        is_id = name.endswith("_id") and name not in NOT_COPIED
        if name not in table.by_name or table.by_name[name].type != "string" or not is_id:
            return cell
        k = f"r.k % {self.n_copies}" if table.name == "comments" else "r.k"
        suffix = f"CASE WHEN {k} = 0 THEN '' ELSE '~' || ({k}) END"
        if table.name == "comments" and name == "comment_id":
            suffix = "'~' || r.k"
        return f"{cell} || {suffix} AS {quoted(name)}"

    def _is_wanted(self, table: Table) -> str:
        """Posts of whom nobody vets, and what hangs on them, are left out."""
        if self.size.n_accounts >= 3_000 or table.name not in (*OF_POSTS, "comments"):
            return "true"
        files = ", ".join(map(literal, self._files("posts")))
        return (
            f"post_id IN (SELECT post_id FROM read_parquet([{files}]) "
            "WHERE account_id IN (SELECT account_id FROM wanted))"
        )

    def _files(self, name: str) -> list[str]:
        return list(_files_of(self.small, name))


def _files_of(lake: Lake, name: str) -> Iterator[str]:
    record = lake.current_run()
    assert record is not None
    is_observed = TABLES[name].kind == "observed"
    folder = lake.observed_folder(name) if is_observed else lake.run_folder(record.run_id, name)
    snapshot = folder.snapshot()
    if snapshot is not None:
        yield from folder.addresses(snapshot)
