"""What choosing makes: the lines of a portfolio with reasons, and what else would nearly do."""

from __future__ import annotations

from mawj.tables.column import Column, Table

WHY_IN = ("must", "needed", "worth")
"""Why a pick is in: wished by name, needed for a lower bound, or for what it adds."""
WHY_OUT = (
    "never", "no_price", "no_value", "creator_taken", "limit", "overlap", "money", "less_worth",
)  # fmt: skip
"""Why a candidate is out: excluded by name; price or value not known; another offer of the
creator is in; a limit is used up (`other` says which); most of its audience is reached already;
it costs more than is left; others add more for the money."""

WISHES = ("budget", "picks", "creator", "group", "group_share", "must")
"""Kinds of wishes."""

_ACCOUNT = Column("account_id", "string", "the account")
_DELIVERABLE = Column("deliverable", "string", "what it would deliver")
_CURRENCY = Column("currency", "string", "ISO 4217")
_RULE = Column("rule_version", "string", "version of the rule that made the row")
_NOT_LOOKED_AT = "not looked at"


def _money(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "int64", meaning, "minor units", null_means, least=0)


def _units(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, "units of the objective", null_means)


def _n(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "int64", meaning, "picks", null_means, least=0)


def _share(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, "share", null_means, least=0, most=1)


PLAN_LINES = Table(
    "plan_lines", "one candidate that is picked, nearly was, or cannot be",
    ("account_id", "deliverable"),
    (
        _ACCOUNT, _DELIVERABLE,
        Column("person_id", "string", "the person", null_means="not known"),
        Column("is_in", "boolean", "picked"),
        Column("place", "int64", "among the picks by what would be lost without, among the others by what they would add", "place", "not looked at", least=1),
        _money("price_minor", "price", "not known"), _CURRENCY,
        _units("value", "forecast as given", "not known, or not asked for"),
        _units("value_corrected", "forecast with luck taken out", "not known, or not asked for"),
        _units("gain", "lost without it (picked), or added by it to the picks", _NOT_LOOKED_AT),
        _units("alone", "what it brings if it is the only one", _NOT_LOOKED_AT),
        _share("overlap_share", "1 - gain / alone: what others of the portfolio reach too", "not looked at, or it brings nothing"),
        Column("unit_minor", "float64", "price / gain", "minor units", "not looked at, or it adds nothing", least=0),
        Column("why", "string", "why it is in or out", one_of=(*WHY_IN, *WHY_OUT)),
        Column("other", "string", "the limit, or the account that it overlaps with most", null_means="none"),
        _units("result_if_taken", "the best result that was found with it", "it is in, or not looked at"),
        _RULE,
    ),
    kind="planned",
)  # fmt: skip

PLAN_RESULTS = Table(
    "plan_results", "one portfolio", ("objective",),
    (
        Column("objective", "string", "what was wished for most of"),
        _units("value", "the result at the corrected values"),
        _units("result", "median of the outcomes drawn", "no interval of a forecast is known"),
        _units("result_low", "nine in ten outcomes lie above", "no interval of a forecast is known"),
        _units("result_high", "nine in ten outcomes lie below", "no interval of a forecast is known"),
        _units("value_as_forecast", "the result at the values as given: what it would be said to be without correction"),
        _units("bound", "no portfolio under the wishes can be worth more than this at the corrected values"),
        _share("of_best_share", "value / bound: at least this share of the best possible"),
        _share("guarantee_share", "what the method reaches whatever the data", "none is known under these limits"),
        Column("how", "string", "proved best, or searched and bounded", one_of=("proved", "bounded")),
        _n("n_picks", "picks"), _n("n_candidates", "candidates that could be picked"),
        _money("spent_minor", "price of the picks"), _money("budget_minor", "the budget"), _CURRENCY,
        Column("unit_minor", "float64", "spent / value", "minor units", "the value is 0", least=0),
        _units("goal", "the result wished for", "none was given"),
        Column("p_goal", "float64", "share of the outcomes drawn that reach the goal", "probability", "no goal, or no interval of a forecast is known", least=0, most=1),
        _RULE,
    ),
    kind="planned",
)  # fmt: skip

PLAN_REASONS = Table(
    "plan_reasons", "one reason why a candidate is in or out, with its number",
    ("account_id", "deliverable", "reason"),
    (
        _ACCOUNT, _DELIVERABLE,
        Column("reason", "string", "which", one_of=("adds", "alone", "overlaps_with", "unit_cost", "why", "money_left", "result_if_taken", "luck")),
        Column("observed", "float64", "its number", null_means="it has none"),
        Column("expected", "float64", "what it is held against", null_means="nothing"),
        Column("other", "string", "the other account, or the limit", null_means="none"),
        _RULE,
    ),
    kind="planned",
)  # fmt: skip

PLAN_ALTERNATIVES = Table(
    "plan_alternatives", "one pick of one alternative portfolio",
    ("alternative", "account_id", "deliverable"),
    (
        Column("alternative", "int64", "which", "place", least=1), _ACCOUNT, _DELIVERABLE,
        Column("is_new", "boolean", "its creator is not in the portfolio"),
        _units("value", "of the alternative"), _share("of_best_share", "value / value of the portfolio"),
        _money("spent_minor", "price of the alternative"), _CURRENCY, _RULE,
    ),
    kind="planned",
)  # fmt: skip

PLAN_CURVE = Table(
    "plan_curve", "the best portfolio found for one budget", ("budget_minor",),
    (
        _money("budget_minor", "the budget"),
        _units("value", "its result", "the wishes cannot be met with it"),
        _money("spent_minor", "price of the picks", "the wishes cannot be met with it"),
        _n("n_picks", "picks", "the wishes cannot be met with it"),
        Column("account_ids", "strings", "whose offers are picked", null_means="the wishes cannot be met with it"),
        Column("more_unit_minor", "float64", "price of one unit more than under the budget before", "minor units", "the first, or nothing more", least=0),
        _CURRENCY, _RULE,
    ),
    kind="planned",
)  # fmt: skip

PLAN_DECLINES = Table(
    "plan_declines", "what is left if the creator of one pick declines", ("account_id", "deliverable"),
    (
        _ACCOUNT, _DELIVERABLE,
        _units("value", "the best result found without", "the wishes cannot be met without"),
        _share("lost_share", "of the result", "the wishes cannot be met without"),
        Column("replaced_by", "strings", "accounts that come in", null_means="the wishes cannot be met without"),
        Column("also_out", "strings", "other accounts that go out", null_means="the wishes cannot be met without"),
        _money("spent_minor", "price then", "the wishes cannot be met without"), _CURRENCY, _RULE,
    ),
    kind="planned",
)  # fmt: skip

PLAN_CONFLICTS = Table(
    "plan_conflicts", "one wish that must give way, in one way out", ("way", "wish", "name", "side"),
    (
        Column("way", "int64", "which way out; 0: the wishes that exclude each other", "place", least=0),
        Column("wish", "string", "which kind of wish", one_of=WISHES),
        Column("name", "string", "of which group or account; empty for budget and picks"),
        Column("side", "string", "which bound", one_of=("most", "least", "most_minor", "least_minor")),
        Column("wished", "int64", "the bound wished for", "picks or minor units"),
        Column("nearest", "int64", "the nearest that can be met", "picks or minor units", "a row of way 0"),
        _units("value", "the best result found in this way", "a row of way 0"),
        _money("spent_minor", "what that costs", "a row of way 0"), _CURRENCY, _RULE,
    ),
    kind="planned",
)  # fmt: skip

PORTFOLIO = (
    PLAN_LINES, PLAN_RESULTS, PLAN_REASONS, PLAN_ALTERNATIVES, PLAN_CURVE, PLAN_DECLINES,
    PLAN_CONFLICTS,
)  # fmt: skip
