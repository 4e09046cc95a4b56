"""Vets some accounts: cuts the tables down to them, makes every check, adds the scores up."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.runner import Judgement, StepDone, called, run_steps
from mawj.flow.vet_beside import BESIDE
from mawj.flow.vet_evidence import evidence_rows
from mawj.flow.vet_shelf import BatchShelf, VetShelf, once_and_each
from mawj.flow.vet_steps import VET_STEPS, WHOLE_STEPS, part_of
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData
from mawj.tables.shaped import shaped
from mawj.vet.check_rows import finding_rows
from mawj.vet.checks import CHECKS
from mawj.vet.vet_scores import VetScale, base_findings, held_findings, vet_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    import ibis.expr.types as ir

    from mawj.flow.runner import Shelf
    from mawj.lake.lake import Lake

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

BATCH = 1_000
"""Accounts vetted at a time: memory follows this number, not the length of the list; ours."""


@dataclass(frozen=True)
class VetAsked:
    """Whom to vet and by what.

    Attributes:
        accounts: their ids.
        settings: settings objects by class name; see `mawj.flow.settings`.
        given: reference tables by name that checks read and no step makes, such as what a
            brand wrote down.
        brand: name of the brand whose values are in `given`; empty for none.
    """

    accounts: Sequence[str]
    settings: Mapping[str, object]
    given: Mapping[str, pa.Table] = field(default_factory=dict)
    brand: str = ""


@dataclass(frozen=True)
class Vetted:
    """The tables that vetting makes, as declared: findings, evidence and scores.

    Attributes:
        findings, evidence, scores: the tables.
        beside: the tables of `vet_beside.BESIDE`, by name.
        accounts: whom, in the order asked for.
        run_id, as_of: the run whose tables were read, and where its windows end.
        brand: the brand whose values were asked for; empty for none.
        vetting_id: its name where it is kept; empty where it is not.
    """

    findings: pa.Table
    evidence: pa.Table
    scores: pa.Table
    accounts: tuple[str, ...]
    run_id: str
    as_of: datetime
    brand: str = ""
    vetting_id: str = ""
    beside: Mapping[str, pa.Table] = field(default_factory=dict)


def vet(
    lake: Lake, asked: VetAsked, *, done: Callable[[StepDone], None] = lambda _: None
) -> Vetted:
    """Make every check of the accounts on the tables of the current run.

    Raises:
        NotEnoughData: when nothing has been run, or no account is asked for or loaded.
    """
    record = lake.current_run()
    if record is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    ids = tuple(dict.fromkeys(asked.accounts))
    if not ids:
        raise NotEnoughData("no account to vet was given", has=0, needs=1)
    judgement = Judgement(record.as_of, record.seed, asked.settings)
    with lake.passing():
        is_long = len(ids) > BATCH
        whole = VetShelf(lake, record.run_id, asked.given, by_account=is_long)
        made = _vet_all(lake, whole, judgement, sorted(ids), done)
    findings, evidence, scores, *shown = (
        pa.concat_tables(tables) for tables in zip(*made, strict=True)
    )
    beside = dict(zip(BESIDE, shown, strict=True))
    # The brand's claims are the same in every batch.
    beside["brand_contradictions"] = made[0][-1]
    return Vetted(
        findings, evidence, scores, ids, record.run_id, record.as_of, asked.brand, beside=beside
    )


def split_on(settings: Mapping[str, object], day: date) -> dict[str, object]:
    """The settings with `day` as the date before and after which politics is compared."""
    split: Any = settings["PoliticalSplit"]
    return {**settings, "PoliticalSplit": replace(split, split_on=day.isoformat())}


def _vet_all(
    lake: Lake,
    whole: VetShelf,
    judgement: Judgement,
    ids: Sequence[str],
    done: Callable[[StepDone], None],
) -> list[tuple[pa.Table, ...]]:
    """What is cut out once, then batch by batch: memory follows the batch, not the list."""
    once, each = once_and_each((*WHOLE_STEPS, *VET_STEPS))
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    n_steps, n_done = len(once) + len(batches) * (len(each) + len(CHECKS)), 0

    def counted(step: StepDone) -> None:
        nonlocal n_done
        n_done += 1
        done(replace(step, place=n_done, n_steps=n_steps))

    subjects = vet_subjects(whole, ids)
    whole.write("vet_subjects", subjects)
    given = frozenset(TABLES)
    run_steps(whole, once, judgement, given=given, done=counted)
    made: list[tuple[pa.Table, ...]] = []
    for batch in batches:
        with lake.passing():
            shelf = BatchShelf(lake, whole, batch)
            mine = subjects.filter(pc.is_in(subjects["account_id"], pa.array(batch)))
            shelf.write("vet_subjects", mine)
            run_steps(shelf, each, judgement, given=given, done=counted)
            parts = checked(shelf, judgement, mine, done=counted)
            made.append((*parts, *(as_arrow(shelf.read(name)) for name in BESIDE)))
    return made


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
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Every check on the tables of `shelf`: findings, evidence and scores."""
    scale = judgement.settings["VetScale"]
    assert isinstance(scale, VetScale)
    found, shown = [], [TABLES["vet_evidence"].schema.empty_table()]
    for place, check in enumerate(CHECKS, start=1):
        began = time.perf_counter()
        rows_of_check = as_arrow(called(check, shelf, judgement))
        fixed = part_of(check, "CHECK")
        found.append(finding_rows(rows_of_check, fixed, subjects))
        evidence = part_of(check, "evidence")
        if evidence:
            made = as_arrow(called(evidence, shelf, judgement))
            shown.append(evidence_rows(made, fixed.finding))
        spent = time.perf_counter() - began
        done(StepDone(check.__name__, place, len(CHECKS), rows_of_check.num_rows, spent))
    scores = tuple(dict.fromkeys(part_of(check, "CHECK").score for check in CHECKS))
    findings = pa.concat_tables([base_findings(subjects, scale, scores), *found])
    findings = pa.concat_tables([findings, held_findings(findings)])
    return findings, pa.concat_tables(shown), vet_scores(findings, vet_scale=scale)


def as_arrow(made: Any) -> pa.Table:
    """What a check gives, lazy or not, as an Arrow table."""
    return made if isinstance(made, pa.Table) else made.to_pyarrow()


def accounts_with_posts(lake: Lake, most: int) -> list[str]:
    """The accounts with most posts loaded: those that vetting can say something of."""
    counted = lake.read("cadence").order_by(_.n_posts.desc(), "account_id").limit(most)
    return [str(row["account_id"]) for row in rows(counted.select("account_id"))]
