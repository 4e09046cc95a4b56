"""A plan for reach in two steps: who passes on counts, what it rests on is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mawj.cli.door import Door
from mawj.cli.plan_shown import show_plan
from mawj.flow import plan_spread
from mawj.flow.brief_file import brief_file
from mawj.flow.passing import passing_chances
from mawj.flow.plan_spread_said import second_step
from mawj.flow.plan_words import rounded
from mawj.flow.planning import PlanAsked, plan
from mawj.flow.sentences import say
from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetAsked, vet
from mawj.lake.lake import Lake
from mawj.plan.asking.brief import checked
from mawj.plan.passing.passing_counts import PASSING
from mawj.plan.passing.two_step_spread import TwoStepLimits
from mawj.reports.plan_html import plan_html
from mawj.tables.errors import SettingsError
from tests.flow.test_planning import NOW, PLAIN

if TYPE_CHECKING:
    from mawj.flow.planned import Plan
    from mawj.flow.vetting import Vetted

SETTINGS = {**settings_in_force(), "TwoStepLimits": TwoStepLimits(runs=2_000, slack=0.05)}
TWO = replace(PLAIN, reach="two_steps", least_credibility=None)


@pytest.fixture(scope="module")
def lake(built_lake: Path) -> Lake:
    return Lake.open(built_lake)


@pytest.fixture(scope="module")
def vetted(lake: Lake) -> Vetted:
    from mawj.flow.plan_candidates import sought  # noqa: PLC0415

    found = sought(lake, TWO, SETTINGS["ShortlistLimits"])  # type: ignore[arg-type]
    accounts = (*found.shortlist.chosen, *found.celebrities)
    return vet(lake, VetAsked(sorted(one.account_id for one in accounts), SETTINGS))


@pytest.fixture(scope="module")
def planned(lake: Lake, vetted: Vetted) -> Plan:
    return plan(lake, PlanAsked(TWO, SETTINGS, NOW, vetted=vetted))


def test_two_steps_reach_no_fewer_than_the_first_within_the_budget(planned: Plan) -> None:
    told, result = planned.spread, planned.result
    assert told is not None
    assert result is not None
    assert result.objective == "spread"
    assert sum(p.offer.price_minor or 0 for p in planned.picks) <= TWO.budget_minor
    assert told.reach == told.direct + told.second >= told.direct > 0
    assert told.second_low <= told.second_high
    assert result.value == pytest.approx(told.reach)
    assert 0.5 < told.certain_share <= 1.0
    assert told.n_passers > 0
    assert {"degree", "reverse_pagerank"} <= set(told.beside)
    assert "direct_only" not in planned.notes


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_door_tells_one_figure_of_what_is_reached(
    planned: Plan, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told, result = planned.spread, planned.result
    assert told is not None
    assert result is not None
    own = {one.name: one.value for one in planned.scenarios}["plan"]
    same = [point.value for point in planned.curve if point.budget_minor == TWO.budget_minor]
    for value in (result.value, own, *same):
        assert value == pytest.approx(told.reach)
    assert same
    for pick in planned.picks:
        assert pick.unit_minor == pytest.approx((pick.offer.price_minor or 0) / pick.gain)
    assert result.unit_minor == pytest.approx(result.spent_minor / told.reach)
    figure = rounded(told.reach, language)
    show_plan(planned, Door("", language, "table", Path()))
    shown = capsys.readouterr().out
    what = say(language, "plan", "objective_spread")
    assert f"{what}: {figure}" in shown
    assert figure in second_step(planned, language)[0]
    page = plan_html(planned, language)
    assert page.count(figure) >= 2


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_page_says_it_in_each_language(planned: Plan, language: str) -> None:
    lines = second_step(planned, language)
    assert len(lines) == 4
    assert "seen_share" in lines[1]
    page = plan_html(planned, language)
    assert 'id="second"' in page
    assert "direct reach" not in lines[0]


@pytest.mark.parametrize("left", ["likes", "nothing"])
def test_without_reposts_direct_reach_counts_and_the_plan_says_so(
    lake: Lake, vetted: Vetted, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    read = Lake.read

    def without(self: Lake, name: str, **more: Any) -> Any:
        table = read(self, name, **more)
        if name == "acts":
            return table.filter(~table.kind.isin(PASSING))
        return table.limit(0) if name == "post_counts" and left == "nothing" else table

    def chances(*asked: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(Lake, "read", without)
            return passing_chances(*asked)

    monkeypatch.setattr(plan_spread, "passing_chances", chances)
    found = plan(lake, PlanAsked(TWO, SETTINGS, NOW, vetted=vetted))
    assert found.result is not None
    assert found.result.objective == "reach"
    assert found.spread is None
    assert "direct_only" in found.notes
    assert 'id="second"' not in plan_html(found)


def test_conversation_counts_two_steps_and_others_direct_reach_unless_told() -> None:
    assert replace(PLAIN, goal="conversation").is_two_step
    assert not replace(PLAIN, goal="conversation", reach="direct").is_two_step
    assert not PLAIN.is_two_step


def test_a_brief_that_says_it_wrong_is_refused_with_line_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "b.toml"
    text = 'name = "a"\ngoal = "{}"\nreach = "{}"\nbudget = 1\ncurrency = "SAR"\n'
    days = "from = 2027-01-01\nuntil = 2027-02-01\n"
    file.write_text(text.format("conversation", "three") + days, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 3: `reach` = «three».*direct, two_steps"):
        brief_file(file)
    file.write_text(text.format("sales_online", "two_steps") + days, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 3: `reach`.*does not go with this goal"):
        brief_file(file)
    file.write_text(text.format("conversation", "خطوتان") + days, encoding="utf-8")
    assert brief_file(file).reach == "two_steps"
    with pytest.raises(SettingsError, match="direct or two_steps"):
        checked(replace(PLAIN, reach="three"))
