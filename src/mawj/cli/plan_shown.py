"""A plan in the terminal, as CSV or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow import plan_sentences, plan_words
from mawj.flow.plan_dispute_said import dispute
from mawj.flow.plan_spread_said import second_step
from mawj.flow.sentences import isolated, number, percent, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.cli.door import Door
    from mawj.flow.planned import Pick, Plan

MEASURES = ("views", "reach", "engagements", "clicks", "conversions")


def show_plan(plan: Plan, door: Door) -> None:
    """The plan in the form asked for."""
    if door.form == "json":
        show_json(plan)
    elif door.form == "csv":
        rows = [_csv_row(place, pick) for place, pick in enumerate(plan.picks, start=1)]
        show("csv", [Heading(name, name) for name in CSV], rows, language="en")
    else:
        _show_table(plan, door.language)


def show_listed(rows: Sequence[tuple[str, str, str]], language: str) -> None:
    """Rows of a key, a name and what else is known."""
    headings = [Heading("key", ""), Heading("name", ""), Heading("more", "", is_wide=True)]
    told = [dict(zip(("key", "name", "more"), row, strict=True)) for row in rows]
    show("table", headings, told, language=language)


CSV = (
    "place", "account_id", "name", "platform", "deliverable", "publish_on", "price_minor",
    "price_low_minor", "price_high_minor", "price_basis",
    *(f"{m}{end}" for m in MEASURES for end in ("", "_low", "_high")),
    "gain", "overlap_share", "credibility", "coverage", "why", "other",
)  # fmt: skip


def _csv_row(place: int, pick: Pick) -> dict[str, Any]:
    offer = pick.offer
    row = {name: getattr(offer, name) for name in CSV if hasattr(offer, name)}
    row |= {name: getattr(pick, name) for name in ("gain", "overlap_share", "why", "other")}
    for measure in MEASURES:
        one = offer.of(measure)
        if one is not None:
            row |= {measure: one.middle, f"{measure}_low": one.low, f"{measure}_high": one.high}
    return row | {"place": place}


def _show_table(plan: Plan, language: str) -> None:
    told = plan_sentences
    say_line(say(language, "plan", "for_brief", name=isolated(plan.brief.name)), style="bold")
    points = isolated(number(plan.fit.points, language, 0))
    verdict = say(language, "plan", f"answer_{plan.fit.answer}")
    say_line(f"{verdict} · {say(language, 'plan', 'fit_points', points=points)}", style="bold")
    for one in plan.fit.raised:
        name = plan_words.fit_name(one, language)
        said = plan_words.fit_said(one, plan.brief.currency, language)
        say_line(f"  {number(one.contribution, language, 0)}  {name}: {said}")
    for one in plan.fit.findings:
        if one.finding == "whom":
            say_line(f"  {plan_words.fit_said(one, plan.brief.currency, language)}")
    for line in (told.widened(plan, language), *_conflict_lines(plan, language)):
        if line:
            say_line(line)
    if plan.result:
        _show_picks(plan, language)
    _show_out(plan, language)
    _show_kept(plan, language)


def _show_kept(plan: Plan, language: str) -> None:
    if plan.vetting_id:
        kept = {"vetting_id": plan.vetting_id}
        lines = (say(language, "plan", key, **kept) for key in ("kept_as", "plan_again"))
        say_line(" ".join(lines))
    if plan.book_id:
        say_line(say(language, "plan", "in_book", book_id=plan.book_id))


def _conflict_lines(plan: Plan, language: str) -> list[str]:
    if not plan.conflicts:
        return []
    lines = [say(language, "plan", "conflict_title"), say(language, "plan", "conflict_core")]
    lines += [f"  - {line}" for line in plan_sentences.conflict_core(plan, language)]
    ways = plan_sentences.conflict_ways(plan, language)
    lines.append(say(language, "plan", "conflict_ways" if ways else "no_way"))
    return [*lines, *(f"  - {line}" for line in ways)]


def _show_picks(plan: Plan, language: str) -> None:
    headings = [
        Heading("place", say(language, "plan", "place"), is_number=True),
        Heading("account", say(language, "plan", "account"), is_wide=True),
        Heading("price", say(language, "plan", "price"), is_number=True),
        Heading("expected", say(language, "plan", "result"), is_number=True),
        Heading("adds", say(language, "plan", "adds"), is_number=True),
        Heading("why", say(language, "plan", "why"), is_wide=True),
    ]
    rows = [_pick_row(place, pick, plan, language) for place, pick in enumerate(plan.picks, 1)]
    show("table", headings, rows, language=language)
    result, currency = plan.result, plan.brief.currency
    if result is None:
        return
    value = plan_words.rounded(
        result.value if result.middle is None else result.middle, language
    )
    what = say(language, "plan", f"objective_{result.objective}")
    ends = plan_words.span(result.low, result.high, language)
    spent = plan_words.money(result.spent_minor, currency, language)
    budget = plan_words.money(plan.brief.budget_minor, currency, language)
    say_line(f"{what}: {value} {f'({ends})' if ends else ''}", style="bold")
    of_budget = say(language, "plan", "of_budget", budget=budget)
    say_line(f"{say(language, 'plan', 'spent')}: {spent} {of_budget}")
    for line in second_step(plan, language):
        say_line(line)
    for note in plan.notes:
        say_line(f"! {say(language, 'plan_notes', note)}")
    _show_scenarios(plan, language)


def _pick_row(place: int, pick: Pick, plan: Plan, language: str) -> dict[str, str]:
    offer, currency = pick.offer, plan.brief.currency
    objective = plan.result.objective if plan.result else "views"
    one = offer.of(objective) or offer.of("engagements")
    day = plan_words.day(offer.publish_on, language)
    what = plan_words.deliverable_name(offer.deliverable, language)
    lines = [isolated(offer.called), offer.account_id, f"{what} · {day}", ""]
    ends = (offer.price_low_minor, offer.price_high_minor)
    low, high = (plan_words.money(end, currency, language) for end in ends)
    brings = plan_words.rounded(one.middle, language) if one else "–"
    between = plan_words.span(one.low, one.high, language) if one else ""
    return {
        "place": number(place, language, 0),
        "account": "\n".join(lines),
        "price": f"{plan_words.money(offer.price_minor, currency, language)}\n{low} – {high}",
        "expected": f"{brings}\n{between}",
        "adds": plan_words.rounded(pick.gain, language),
        "why": plan_sentences.why_in(pick, plan, language),
    }


def _show_scenarios(plan: Plan, language: str) -> None:
    told = [one for one in plan.scenarios if one.value is not None]
    if len(told) > 1:
        say_line(say(language, "plan", "scenarios_title"), style="bold")
    for one in told if len(told) > 1 else ():
        name = say(language, "plan", f"scenario_{one.name}")
        value = plan_words.rounded(one.value if one.middle is None else one.middle, language)
        ends = plan_words.span(one.low, one.high, language)
        chance = percent(one.p_best, language, 0)
        best = say(language, "plan", "p_best")
        say_line(f"  {name}: {value} {f'({ends})' if ends else ''} · {best}: {chance}")
    for line in dispute(plan, language):
        say_line(f"  {line}")


_OF_ONE = ("least_credibility", "limit", "overlap")
"""Reasons whose sentence about one account names a number or others."""


def _show_out(plan: Plan, language: str) -> None:
    counts: dict[tuple[str, str], int] = {}
    for one in plan.left_out:
        counts[one.stage, one.why] = counts.get((one.stage, one.why), 0) + 1
    if counts:
        say_line(say(language, "plan", "out_title"), style="bold")
    for (stage, why), n in sorted(counts.items(), key=lambda item: (item[0][0], -item[1])):
        n_said = say(language, "plan", "n_accounts", n=number(n, language, 0))
        reason = say(language, "plan", f"outs_{why}" if why in _OF_ONE else f"out_{why}")
        say_line(f"  {say(language, 'plan', f'stage_{stage}')}: {n_said} – {reason}")
