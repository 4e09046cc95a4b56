"""Celebrities against small accounts, as a plan tells it at every door."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mawj.cli.door import Door
from mawj.cli.plan_shown import show_plan
from mawj.crm.plans.told import told as kept
from mawj.flow.plan_candidates import sought
from mawj.flow.plan_dispute_said import dispute
from mawj.flow.planned import Compared
from mawj.flow.planning import PlanAsked, plan
from mawj.flow.sentences import LANGUAGES, say
from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetAsked, vet
from mawj.lake.lake import Lake
from mawj.plan.choosing.asked import PortfolioSettings
from mawj.reports.plan_html import plan_html
from mawj.tables.derived_plan_scenarios import CHECKS, VERDICTS
from tests.flow.test_planning import NOW, PLAIN
from tests.reports.planned import plan as made_up

if TYPE_CHECKING:
    from mawj.flow.planned import Plan

RICH = replace(PLAIN, least_credibility=None, budget_minor=2_000_000, subject="")
FEW = PortfolioSettings(alternatives=0, next_best=5)
PURE = Compared("celebrity", "micro_group", 0.1, -500.0, -900.0, -100.0, "clear")


def checks(**changed: float) -> tuple[Compared, ...]:
    """All checks as the pure answer, but for the chances said."""
    return tuple(
        replace(PURE, check=name, p_more=changed.get(name, 0.08),
                verdict="open" if name in changed else "clear")
        for name in CHECKS
    )  # fmt: skip


@pytest.fixture(scope="module")
def planned(built_lake: Path) -> Plan:
    settings = {**settings_in_force(), "PortfolioSettings": FEW}
    with Lake.open(built_lake) as lake:
        found = sought(lake, RICH, settings["ShortlistLimits"])  # type: ignore[arg-type]
        accounts = (*found.shortlist.chosen, *found.celebrities)
        asked = VetAsked(sorted(one.account_id for one in accounts), settings)
        return plan(lake, PlanAsked(RICH, settings, NOW, vetted=vet(lake, asked)))


def test_a_plan_holds_every_pair_and_every_check(planned: Plan) -> None:
    pairs = [(one.one, one.other) for one in planned.compared if not one.check]
    assert pairs == [
        ("celebrity", "micro_group"), ("celebrity", "mixed"), ("micro_group", "mixed"),
    ]  # fmt: skip
    assert tuple(one.check for one in planned.compared if one.check) == CHECKS
    assert {one.verdict for one in planned.compared} <= set(VERDICTS)
    beats = next(one for one in planned.scenarios if one.name == "celebrity").beats
    pure = planned.compared[0]
    assert pure.p_more == pytest.approx(beats["micro_group"], abs=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_door_tells_it_in_every_language(
    planned: Plan, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = dispute(planned, language)
    assert len(lines) == 4
    show_plan(planned, Door("", language, "table", Path()))
    shown = re.sub(r"\s", "", capsys.readouterr().out)
    page = plan_html(planned, language)
    for line in lines:
        assert re.sub(r"\s", "", line) in shown
        assert line in page
    assert kept(planned, {})["dispute"][language] == lines
    assert "{" not in "".join(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_winner_is_named_first_whichever_side_it_is(language: str) -> None:
    found = made_up(compared=(PURE,))
    (line,) = dispute(found, language)
    small, large = (
        say(language, "plan", f"scenario_{w}") for w in ("micro_group", "celebrity")
    )
    assert line.index(small) < line.index(large)
    assert "-" not in line
    (turned,) = dispute(made_up(compared=(replace(PURE, p_more=0.9, more=500.0, more_low=100.0,
                                                  more_high=900.0),)), language)  # fmt: skip
    assert turned.index(large) < turned.index(small)


def test_only_what_changes_the_answer_is_what_it_depends_on() -> None:
    depends = dispute(made_up(compared=(PURE, *checks(half_budget=0.6))), "en")[-1]
    assert depends.startswith("What the answer depends on: with half the money")
    assert "twice" not in depends
    holds = dispute(made_up(compared=(PURE, *checks())), "en")[-1]
    assert holds.startswith("The answer stays the same")
    for name in CHECKS:
        assert say("en", "plan_dispute", name) in holds


def test_no_chance_is_called_certain_and_nobody_is_compared_with_nobody() -> None:
    sure = replace(PURE, p_more=0.0)
    assert "99%" in dispute(made_up(compared=(sure,)), "en")[0]
    nobody = Compared("celebrity", "micro_group", None, None, None, None, "not_known")
    assert dispute(made_up(compared=(nobody,)), "en") == []
