"""Vets some accounts: cuts the tables down to them, makes every check, adds the scores up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
import pyarrow.compute
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.runner import Judgement, StepDone, called, run_steps
from mawj.flow.vet_steps import VET_STEPS, part_of
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData
from mawj.tables.shaped import shaped
from mawj.vet.check_rows import finding_rows
from mawj.vet.checks import CHECKS
from mawj.vet.vet_scores import VetScale, base_findings, held_findings, vet_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.flow.runner import Shelf
    from mawj.lake.lake import Lake

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

EVIDENCE_KEYS: tuple[tuple[str, Literal["ascending", "descending"]], ...] = (
    ("account_id", "ascending"), ("about", "ascending"),
    ("amount", "descending"), ("evidence_id", "ascending"),
)  # fmt: skip
MOST_EVIDENCE = 10
"""Rows of evidence kept for one finding: enough to judge by, few enough to read; ours."""

NEWEST = ("fact_checks",)
"""Loaded tables that no step of a run reads: what came in since the run counts here."""


@dataclass(frozen=True)
class VetAsked:
    """Whom to vet and by what.

    Attributes:
        accounts: their ids.
        settings: settings objects by class name; see `mawj.flow.settings`.
        given: reference tables by name that checks read and no step makes, such as what a
            brand wrote down.
    """

    accounts: Sequence[str]
    settings: Mapping[str, object]
    given: Mapping[str, pa.Table]


@dataclass(frozen=True)
class Vetted:
    """The tables that vetting makes, as declared: findings, evidence and scores."""

    findings: pa.Table
    evidence: pa.Table
    scores: pa.Table
    as_of: datetime


class VetShelf:
    """Tables of one vetting: made ones in scratch, others from the current run."""

    def __init__(self, lake: Lake, run_id: str, given: Mapping[str, pa.Table]) -> None:
        self._lake, self._run_id = lake, run_id
        self._made: dict[str, Any] = {}
        for name, table in given.items():
            self.write(name, table)

    def read(self, name: str) -> Any:
        """A table made here, else as the current run pinned or made it."""
        if name in self._made:
            return self._made[name]
        run_id = None if name in NEWEST else self._run_id
        return self._lake.read(name, run_id=run_id)

    def write(self, name: str, table: Any, *, sort_by: Sequence[str] = ()) -> int:  # noqa: ARG002 (the runner's shelf)
        """Keep `table` whole under `name`; 0, since nobody counts here."""
        schema = TABLES[name].schema if name in TABLES else None
        self._made[name] = self._lake.shelve(table, schema)
        return 0

    def keep(self, table: Any) -> Any:
        """`table`, computed and cut from its history."""
        return self._lake.keep(table)


def vet(
    lake: Lake, asked: VetAsked, *, done: Callable[[StepDone], None] = lambda _: None
) -> Vetted:
    """Make every check of the accounts on the tables of the current run.

    Raises:
        NotEnoughData: when nothing has been run, or no account is asked for.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    if not asked.accounts:
        raise NotEnoughData("no account to vet was given", has=0, needs=1)
    shelf = VetShelf(lake, record.run_id, asked.given)
    subjects = vet_subjects(shelf, asked.accounts)
    shelf.write("vet_subjects", subjects)
    judgement = Judgement(record.as_of, record.seed, asked.settings)
    run_steps(shelf, VET_STEPS, judgement, given=frozenset(TABLES), done=done)
    return checked(shelf, judgement, subjects, done=done)


def vet_subjects(shelf: Shelf, accounts: Sequence[str]) -> pa.Table:
    """Who is vetted: one row per account, in the declared shape.

    Raises:
        NotEnoughData: when an account is not among the loaded ones.
    """
    known = shelf.read("accounts").filter(_.account_id.isin(list(accounts)))
    made: pa.Table = shaped(with_language(known, shelf), "vet_subjects").to_pyarrow()
    lacking = set(accounts) - set(made["account_id"].to_pylist())
    if lacking:
        raise NotEnoughData(
            f"not loaded: {', '.join(sorted(lacking)[:5])}; `mawj load` brings accounts in",
            has=made.num_rows, needs=len(set(accounts)),
        )  # fmt: skip
    return made.cast(TABLES["vet_subjects"].schema)


def with_language(accounts: ir.Table, shelf: Shelf) -> ir.Table:
    """`accounts` with the language that most of their posts are in, else the stated one."""
    written = shelf.read("account_languages")
    most = written.group_by("account_id").agg(written_most=_.language.argmax(_.n_posts))
    joined = accounts.left_join(most, "account_id").drop("account_id_right")
    return joined.mutate(language=_.written_most.coalesce(_.language))


def checked(
    shelf: Shelf,
    judgement: Judgement,
    subjects: pa.Table,
    *,
    done: Callable[[StepDone], None] = lambda _: None,
) -> Vetted:
    """Every check on the tables of `shelf`, its evidence, and the scores."""
    scale = judgement.settings["VetScale"]
    assert isinstance(scale, VetScale)
    found, shown = [], [TABLES["vet_evidence"].schema.empty_table()]
    for place, check in enumerate(CHECKS, start=1):
        rows_of_check = as_arrow(called(check, shelf, judgement))
        fixed = part_of(check, "CHECK")
        found.append(finding_rows(rows_of_check, fixed, subjects))
        evidence = part_of(check, "evidence")
        if evidence:
            made = as_arrow(called(evidence, shelf, judgement))
            shown.append(evidence_rows(made, fixed.finding))
        done(StepDone(check.__name__, place, len(CHECKS), rows_of_check.num_rows, 0.0))
    scores = tuple(dict.fromkeys(part_of(check, "CHECK").score for check in CHECKS))
    findings = pa.concat_tables([base_findings(subjects, scale, scores), *found])
    findings = pa.concat_tables([findings, held_findings(findings)])
    return Vetted(
        findings, pa.concat_tables(shown), vet_scores(findings, vet_scale=scale),
        judgement.as_of,
    )  # fmt: skip


def as_arrow(made: Any) -> pa.Table:
    """What a check gives, lazy or not, as an Arrow table."""
    return made if isinstance(made, pa.Table) else made.to_pyarrow()


def evidence_rows(made: pa.Table, finding: str) -> pa.Table:
    """Evidence of one check in its declared shape, the strongest first, few of each finding.

    Reads:
        made: account_id, kind, evidence_id and amount; about, at and quote where there are.
    """
    schema = TABLES["vet_evidence"].schema
    names = made.column_names
    if "about" not in names:
        made = made.append_column("about", pa.array([""] * made.num_rows, pa.string()))
    made = made.sort_by(list(EVIDENCE_KEYS))
    place = places(made)
    few = pc.less_equal(place, MOST_EVIDENCE)
    n = made.num_rows
    columns = {
        "finding": pa.array([finding] * n, pa.string()),
        "place": place,
        "quote": shortened(made["quote"]) if "quote" in names else pa.nulls(n, pa.string()),
    }
    made_columns = [
        columns[field.name]
        if field.name in columns
        else made[field.name].cast(field.type)
        if field.name in made.column_names
        else pa.nulls(n, field.type)
        for field in schema
    ]
    return pa.table(made_columns, schema=schema).filter(few)


def places(sorted_rows: pa.Table) -> Any:
    """1, 2, 3… within each run of one account and one `about`."""
    counted: dict[tuple[Any, Any], int] = {}
    made = []
    for key in zip(
        sorted_rows["account_id"].to_pylist(), sorted_rows["about"].to_pylist(), strict=True
    ):
        counted[key] = counted.get(key, 0) + 1
        made.append(counted[key])
    return pa.array(made, pa.int64())


def shortened(quotes: Any, most: int = 200) -> Any:
    """Quotes cut to `most` characters, on one line."""
    flat = pc.replace_substring_regex(quotes.cast(pa.string()), r"\s+", " ")
    cut = pc.utf8_slice_codeunits(flat, 0, most - 1)
    return pc.if_else(
        pc.greater(pc.utf8_length(flat), most), pc.binary_join_element_wise(cut, "…", ""), flat
    )


def accounts_with_posts(lake: Lake, most: int) -> list[str]:
    """The accounts with most posts loaded: those that vetting can say something of."""
    counted = lake.read("cadence").order_by(_.n_posts.desc(), "account_id").limit(most)
    return [str(row["account_id"]) for row in rows(counted.select("account_id"))]
