"""What the comparison of celebrities with small accounts makes."""

from __future__ import annotations

from mawj.tables.column import Column, Table

WAYS = ("celebrity", "micro_group", "mixed")
VERDICTS = ("clear", "leans", "open", "not_known")
"""From which chance on: nine in ten, seven in ten, less; one of the two has nobody to pick."""
CHECKS = (
    "half_budget", "double_budget", "celebrity_cheaper", "micro_group_cheaper",
    "forecasts_doubted",
)  # fmt: skip
"""What is changed: the budget; prices of one side by a fifth; forecasts drawn towards what
prices suggest."""

_NOBODY = "nobody can be picked"
_RULE = Column("rule_version", "string", "version of the rule that made the row")


def _units(name: str, meaning: str, null_means: str = _NOBODY) -> Column:
    return Column(name, "float64", meaning, "units of the objective", null_means)


_COMPARED = (
    Column("p_more", "float64", "chance that the first brings more, ties half", "probability", _NOBODY, least=0, most=1),
    _units("more", "first less second: median of paired outcomes"),
    _units("more_low", "nine in ten lie above"), _units("more_high", "nine in ten lie below"),
    Column("verdict", "string", "how sure that is", one_of=VERDICTS), _RULE,
)  # fmt: skip

SCENARIOS = (
    Table(
        "plan_scenarios", "one way to spend the budget", ("scenario",),
        (
            Column("scenario", "string", "which", one_of=WAYS),
            _units("value", "its result at the corrected values"),
            _units("result", "median of the outcomes drawn", "nobody can be picked, or no interval is known"),
            _units("result_low", "nine in ten outcomes lie above", "nobody can be picked, or no interval is known"),
            _units("result_high", "nine in ten outcomes lie below", "nobody can be picked, or no interval is known"),
            Column("of_best_share", "float64", "at least this share of the best possible in this way", "share", _NOBODY, least=0, most=1),
            Column("n_picks", "int64", "picks", "picks", _NOBODY, least=0),
            Column("spent_minor", "int64", "price of the picks", "minor units", _NOBODY, least=0),
            Column("unit_minor", "float64", "spent / value", "minor units", "nobody can be picked, or the value is 0", least=0),
            Column("currency", "string", "ISO 4217"), _RULE,
        ),
        kind="planned",
    ),
    Table(
        "plan_scenario_pairs", "two ways compared", ("scenario", "other"),
        (
            Column("scenario", "string", "the first", one_of=WAYS),
            Column("other", "string", "the second", one_of=WAYS), *_COMPARED,
        ),
        kind="planned",
    ),
    Table(
        "plan_scenario_checks", "celebrities against small accounts with one thing changed", ("check",),
        (Column("check", "string", "what is changed", one_of=CHECKS), *_COMPARED),
        kind="planned",
    ),
)  # fmt: skip
