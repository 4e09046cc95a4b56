"""Vettings on a screen: one account in full, a list as a table, findings as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, bar, say_line, show
from mawj.flow.brand_check import claim_lines
from mawj.flow.sentences import (
    isolated,
    moment,
    name_of,
    number,
    percent,
    say,
    signed,
    to_load,
)
from mawj.flow.vet_beside import brand_cells, trait_name, trait_value
from mawj.flow.vet_words import quoted, shows, sure_lines, told, verdict_line
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mawj.cli.door import Door
    from mawj.flow.vet_beside import Beside
    from mawj.flow.vet_report import VetAccount, VetEvidence, VetReason, VetReport, VetScore
    from mawj.flow.vetting import Vetted

SCREEN_QUOTE = 110


def show_csv(vetted: Vetted, score: str = "") -> None:
    """Every finding, or those of one score, as CSV with the columns of `vet_findings`."""
    headings = [Heading(name, name) for name in TABLES["vet_findings"].names]
    rows = [row for row in vetted.findings.to_pylist() if score in ("", row["score"])]
    show("csv", headings, rows, language="en")


def show_list(answer: VetReport, door: Door) -> None:
    """A table of accounts and scores with what weighs most."""
    language = door.cells
    if door.form == "csv":
        show("csv", _csv_headings(answer), [_csv_row(line) for line in answer.lines],
             language="en")  # fmt: skip
        return
    n = number(len(answer.lines), language, 0)
    say_line(say(language, "vet", "list_title", n=n), style="bold")
    headings = [
        Heading("account", say(language, "vet", "account")),
        *(
            Heading(s, say(language, "vet", s), is_number=True, is_wide=True)
            for s in answer.scores
        ),
        Heading("strongest", say(language, "vet", "strongest"), is_wide=True),
    ]
    show("table", headings, [_line(line, language) for line in answer.lines], language=language)
    _say_end(answer, language)


def show_accounts(answer: VetReport, language: str) -> None:
    """Each account in full: its scores, what was found, what is clear, what is not known."""
    for account in answer.accounts:
        name = isolated(account.name or account.account_id)
        title = say(language, "vet", "title", name=name)
        if answer.brand:
            title += " " + say(language, "vet", "for_brand", brand=isolated(answer.brand))
        say_line(f"{title}  ({isolated(account.account_id)})", style="bold")
        for score in account.scores:
            say_line()
            _show_score(score, language)
        _show_beside(account.beside, language)
        say_line()
    _show_contradictions(answer, language)
    _say_end(answer, language)


def _show_score(score: VetScore, language: str) -> None:
    say_line(verdict_line(score, language), style="bold")
    say_line(" ".join(sure_lines(score, language)))
    added = score.added
    points = [reason.contribution for reason in added] or [0.0]
    least, most = min(0.0, *points), max(0.0, *points)
    headings = [
        Heading("finding", say(language, "why", "contribution"), is_wide=True),
        Heading("points", say(language, "why", "points"), is_number=True),
        Heading("bar", ""),
        Heading("sentence", say(language, "why", "observed"), is_wide=True),
    ]
    rows = [
        {
            "finding": name_of(reason.finding, language, reason.about),
            "points": signed(reason.contribution, language),
            "bar": bar(reason.contribution, least=least, most=most, width=12),
            "sentence": "\n".join(told(reason, language)),
        }
        for reason in added
    ]
    total = sum(reason.contribution for reason in added)
    rows.append({"finding": say(language, "vet", "total"), "points": number(total, language)})
    show("table", headings, rows, language=language)
    _show_evidence(added, language)
    _show_rest(score, language)


def _show_evidence(reasons: Iterable[VetReason], language: str) -> None:
    for reason in reasons:
        if not reason.evidence:
            continue
        name = name_of(reason.finding, language, reason.about)
        say_line(f"{say(language, 'vet', 'evidence')} · {name}:")
        for one in reason.evidence:
            say_line(f"  {_evidence_line(one, reason.finding, language)}")


def _evidence_line(one: VetEvidence, finding: str, language: str) -> str:
    kind = say(language, "vet", {"account": "person"}.get(one.kind, one.kind))
    day = one.at.date().isoformat() if one.at else ""
    said = quoted(one, finding, language)[:SCREEN_QUOTE]
    quote = f"«{isolated(said)}»" if said else ""
    where = isolated(one.url or one.evidence_id)
    return "  ".join(
        part for part in (kind, day, quote, shows(one, finding, language), where) if part
    )


def _show_rest(score: VetScore, language: str) -> None:
    comma = ", " if language == "en" else "، "
    clear = [name_of(r.finding, language, r.about) for r in score.of_status("clear")]
    if clear:
        say_line(f"{say(language, 'vet', 'clear')}: {comma.join(clear)}")
    silent = score.of_status("not_assessed")
    if silent:
        say_line(f"{say(language, 'vet', 'not_assessed')}:")
        for reason in silent:
            name = name_of(reason.finding, language, reason.about)
            say_line(f"  {name} – {to_load(reason.missing, language)}")


def _show_beside(beside: Beside, language: str) -> None:
    """Its brands with dates, and how it writes in one line."""
    say_line()
    say_line(say(language, "beside", "brands"), style="bold")
    names = ("brand", "dates", "posts", "paid", "disclosed")
    headings = [
        Heading(name, say(language, "beside", name), is_number=name in names[2:])
        for name in names
    ]
    if beside.brands:
        rows = [brand_cells(one, language) for one in beside.brands]
        show("table", headings, rows, language=language)
    else:
        say_line(say(language, "beside", "no_brands"))
    if beside.n_brands > len(beside.brands):
        say_line(say(language, "beside", "brands_more", n=number(beside.n_brands, language, 0)))
    if beside.style:
        told = [f"{trait_name(t, language)} {trait_value(t, language)}" for t in beside.style]
        say_line(f"{say(language, 'beside', 'style')}: {' · '.join(told)}")


def _show_contradictions(answer: VetReport, language: str) -> None:
    lines = list(claim_lines(answer.contradictions, language))
    if lines:
        say_line(say(language, "beside", "contradictions"), style="bold")
    for line in lines:
        say_line(f"  {line}")


def _say_end(answer: VetReport, language: str) -> None:
    say_line(say(language, "vet", "fairness"), style="italic")
    rules = sorted(
        {s.rule_version for a in answer.lines for s in a.scores}
        | {r.rule_version for a in answer.accounts for s in a.scores for r in s.added}
    )
    say_line(
        say(language, "vet", "provenance", run_id=isolated(answer.run_id),
            as_of=isolated(moment(answer.as_of, language)),
            rules=isolated(", ".join(rules))),
        style="dim",
    )  # fmt: skip
    if answer.vetting_id:
        say_line(say(language, "vet", "kept", vetting_id=isolated(answer.vetting_id)))


def _line(line: VetAccount, language: str) -> dict[str, str]:
    scores = {score.score: _score_cell(score, language) for score in line.scores}
    reasons = [
        f"{name_of(r.finding, language, r.about)} {isolated(signed(r.contribution, language))}"
        for r in line.strongest
    ]
    name = [isolated(line.name)] if line.name else []
    return {
        "account": "\n".join([line.account_id, *name, ""]),
        **scores,
        "strongest": "\n".join(reasons) or say(language, "vet", "nothing_raised"),
    }


def _score_cell(score: VetScore, language: str) -> str:
    value = number(score.value, language, 0)
    share = percent(score.coverage, language, 0)
    return f"{value if score.is_scored else f'({value})'}\n{share}"


def _csv_headings(answer: VetReport) -> list[Heading]:
    names = ["account_id", "name", "platform"]
    for score in answer.scores:
        names += [score, f"{score}_low", f"{score}_high", f"{score}_coverage",
                  f"{score}_verdict"]  # fmt: skip
    return [Heading(name, name) for name in [*names, "strongest"]]


def _csv_row(line: VetAccount) -> dict[str, Any]:
    row: dict[str, Any] = {
        "account_id": line.account_id,
        "name": line.name,
        "platform": line.platform,
    }
    for score in line.scores:
        row |= {
            score.score: score.value,
            f"{score.score}_low": score.value_low,
            f"{score.score}_high": score.value_high,
            f"{score.score}_coverage": score.coverage,
            f"{score.score}_verdict": score.verdict,
        }
    row["strongest"] = "; ".join(
        f"{r.finding}{f' ({r.about})' if r.about else ''} {r.contribution:+.2f}"
        for r in line.strongest
    )
    return row
