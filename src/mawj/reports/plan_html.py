"""The report of a plan as one HTML file: offline, on a phone, on paper, right to left."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from mawj.flow import plan_sentences, plan_words, price_words, sentences
from mawj.flow.plan_dispute_said import dispute
from mawj.flow.plan_spread_said import second_step
from mawj.reports.pages import filled, page_file
from mawj.reports.plan_charts import Span, budget_curve, network, spans, ticks

if TYPE_CHECKING:
    from mawj.flow.planned import LeftOut, Pick, Plan

MOST_LEFT_OUT = 12
"""Offers named that fit but are not in; the rest is counted. Our judgement."""

MEASURES = ("views", "reach", "engagements", "clicks", "conversions")
UNITS = ("cpm", "cpr", "cpe", "cpc", "cpa")


def plan_html(plan: Plan, language: str = "en") -> str:
    """The report in one language as a whole HTML page.

    Raises:
        NotFound: for a language that Mawj does not speak.
    """
    sentences.words(language)
    figures = [sentences.number(i, language, 0) for i, _ in enumerate(plan.picks, start=1)]
    return filled(
        "plan.html.j2",
        plan=plan,
        brief=plan.brief,
        language=language,
        direction="rtl" if language in sentences.RIGHT_TO_LEFT else "ltr",
        title=plan.brief.name,
        style=page_file("report.css") + page_file("plan.css"),
        page_numbers=_page_numbers(language),
        curve=budget_curve(plan.curve, plan.brief.budget_minor),
        network=network(plan, figures),
        timeline=timeline(plan),
        measures=measures_of(plan),
        units=[u for u in units_of(plan) if any(_has_unit(p, u) for p in plan.picks)],
        left_near=[one for one in plan.left_out if one.stage == "portfolio"][:MOST_LEFT_OUT],
        left_counts=left_counts(plan),
        fans=fans(plan),
        second_step=second_step(plan, language),
        dispute=dispute(plan, language),
        isolated=sentences.isolated,
        shares=shares(plan),
        **_words(plan, language),
    )


def measures_of(plan: Plan) -> list[str]:
    """The measures that the picks have; orders only where sales are what is wanted."""
    wanted = MEASURES if plan.brief.goal.startswith("sales") else MEASURES[:-1]
    return [m for m in wanted if any(_has_measure(pick, m) for pick in plan.picks)]


def units_of(plan: Plan) -> tuple[str, ...]:
    """The units of the trade; the price of an order only where sales are what is wanted."""
    return UNITS if plan.brief.goal.startswith("sales") else UNITS[:-1]


def fans(plan: Plan) -> dict[str, tuple[list[Span | None], list[float]]]:
    """For each measure where the picks' intervals stand on one scale, and its two ends."""
    found = {}
    for measure in MEASURES:
        told = [pick.offer.of(measure) for pick in plan.picks]
        values = [(one.middle, one.low, one.high) if one else (None, None, None)
                  for one in told]  # fmt: skip
        if any(one is not None and one.middle is not None for one in told):
            found[measure] = (spans(values), ticks(values))
    return found


def shares(plan: Plan) -> list[list[float | None]]:
    """Row by row, which part of a pick's audience also follows each other pick."""
    known = {(one.left, one.right): one.share_left for one in plan.shared}
    known |= {(one.right, one.left): one.share_right for one in plan.shared}
    ids = [pick.offer.account_id for pick in plan.picks]
    return [[1.0 if a == b else known.get((a, b)) for b in ids] for a in ids]


def timeline(plan: Plan) -> list[dict[str, Any]]:
    """Bars of the campaign and of each occasion on one scale of days, in per cent."""
    brief = plan.brief
    # What began long before would squeeze the campaign: bars are cut at the edges.
    room = max(brief.n_days * 0.35, 10.0)
    first = brief.starts_on.toordinal() - room
    last = brief.ends_on.toordinal() + room

    def bar(start: float, end: float) -> dict[str, float]:
        low, high = max(start, first), min(end + 1, last + 1)
        width = last + 1 - first
        return {"start": 100 * (low - first) / width, "length": 100 * (high - low) / width}

    rows: list[dict[str, Any]] = [{"happening": None, "lead": None,
             "bar": bar(brief.starts_on.toordinal(), brief.ends_on.toordinal())}]  # fmt: skip
    for one in plan.occasions:
        lead = bar(one.lead_on.toordinal(), one.starts_on.toordinal() - 1)
        main = bar(one.starts_on.toordinal(), one.ends_on.toordinal())
        rows.append({"happening": one, "lead": lead if lead["length"] > 0 else None,
                     "bar": main if main["length"] > 0 else None})  # fmt: skip
    return rows


def left_counts(plan: Plan) -> list[tuple[str, str, int, LeftOut]]:
    """How many stayed out at each stage and for which reason, with one of them."""
    counted = Counter((one.stage, one.why) for one in plan.left_out)
    first = {(one.stage, one.why): one for one in reversed(plan.left_out)}
    stages = {"brief": 0, "vetting": 1, "portfolio": 2}
    order = sorted(counted, key=lambda key: (stages.get(key[0], 9), -counted[key], key))
    return [(*key, counted[key], first[key]) for key in order]


def _has_measure(pick: Pick, measure: str) -> bool:
    found = pick.offer.of(measure)
    return found is not None and found.middle is not None


def _has_unit(pick: Pick, unit: str) -> bool:
    found = pick.offer.unit(unit)
    return found is not None and found.cost is not None


def _source(whose: str | None, language: str) -> str:
    """Whose figure it is, every source by name; the creator's own in words."""
    is_own = whose in ("own_quote", "own_fees")
    return price_words.source_text(whose, language) if is_own else whose or "–"


def _words(plan: Plan, language: str) -> dict[str, Any]:
    """The functions that a template calls without saying the language each time."""
    said, told, of_plan = sentences, plan_words, plan_sentences
    currency = plan.brief.currency
    return {
        "say": partial(said.say, language),
        "t": partial(said.say, language, "plan"),
        "number": lambda value, places=1: said.number(value, language, places),
        "percent": lambda value, places=0: said.percent(value, language, places),
        "compact": lambda value: said.compact(value, language),
        "signed": lambda value, places=0: said.signed(value, language, places),
        "moment": lambda value: said.moment(value, language),
        "money": lambda value: told.money(value, currency, language),
        "cost": lambda value: told.cost(value, currency, language),
        "span": lambda low, high: told.span(low, high, language),
        "rounded": lambda value: told.rounded(value, language),
        "day": lambda value: told.day(value, language),
        "read_on": lambda one: price_words.day_text(one.dated_on, one.date_basis, language),
        "source": lambda whose: _source(whose, language),
        "in_three": lambda value: told.day_in_three(value, language),
        "deliverable_name": lambda key: told.deliverable_name(key, language),
        "sector_name": lambda key: told.sector_name(key, language),
        "countries": lambda codes: told.countries(codes, language),
        "languages": lambda codes: told.languages(codes, language),
        "platform_name": lambda key: told.platform_name(key, language),
        "fit_name": lambda finding: told.fit_name(finding, language),
        "fit_said": lambda finding: told.fit_said(finding, currency, language),
        "finding_name": lambda reason: said.name_of(reason.finding, language, reason.about),
        "based_on": lambda one: of_plan.based_on(one, language),
        "why_in": lambda pick: of_plan.why_in(pick, plan, language),
        "declined": lambda pick: of_plan.declined(pick, plan, language),
        "why_out": lambda one: of_plan.why_out(one, plan, language),
        "wish_lines": lambda: of_plan.wish_lines(plan.brief, language),
        "conflict_core": lambda: of_plan.conflict_core(plan, language),
        "conflict_ways": lambda: of_plan.conflict_ways(plan, language),
        "alternative_said": lambda one: of_plan.alternative_said(one, plan, language),
        "called": lambda account_id: of_plan.called(account_id, plan),
        "listed": lambda names: of_plan.listed(names, language),
        "subject_said": lambda: of_plan.subject_said(plan, language),
        "widened": lambda: of_plan.widened(plan, language),
    }


def _page_numbers(language: str) -> str:
    digits = ", persian" if language == "fa" else ""
    count = f"counter(page{digits}) ' / ' counter(pages{digits})"
    return f"@page{{@bottom-center{{content:{count};font-size:8pt;color:#616e7c}}}}"
