"""A plan from end to end on the small world: wishes kept, money counted, reasons told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.forecast_book import kept_rows
from mawj.flow.opened import OpenLake
from mawj.flow.plan_candidates import Sought, sought
from mawj.flow.plan_conflicts import without
from mawj.flow.planning import PlanAsked, plan
from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetAsked, vet
from mawj.lake.lake import Lake
from mawj.plan.asking.brief import Audience, Brief, Sales, Wish
from mawj.plan.asking.shortlisting import ShortlistLimits
from mawj.reports.plan_html import plan_html
from mawj.tables.errors import NotEnoughData, SettingsError
from tests.reports.one_language import foreign

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.flow.planned import Plan
    from mawj.flow.vetting import Vetted

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SETTINGS = settings_in_force()
PLAIN = Brief(
    "Coffee", "awareness_market", 300_000, "SAR", date(2027, 1, 10), date(2027, 2, 20),
    subject="coffee", sector="food_drink", least_creators=3, most_creators=6,
    least_credibility=60.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def lake(built_lake: Path) -> Lake:
    return Lake.open(built_lake)


@pytest.fixture(scope="module")
def vetted(lake: Lake) -> Vetted:
    """Everybody whom these briefs may put on a shortlist, vetted once."""
    found = [
        sought(lake, brief, SETTINGS["ShortlistLimits"])  # type: ignore[arg-type]
        for brief in (PLAIN, replace(PLAIN, subject=""))
    ]
    ids = {
        one.account_id for s in found for one in (*s.candidates, *s.celebrities)
        if one.followers and one.followers >= 1_000
    }  # fmt: skip
    return vet(lake, VetAsked(sorted(ids), SETTINGS))


@pytest.fixture(scope="module")
def planned(lake: Lake, vetted: Vetted) -> Plan:
    return made(lake, vetted, PLAIN)


def made(lake: Lake, vetted: Vetted, brief: Brief) -> Plan:
    return plan(lake, PlanAsked(brief, SETTINGS, NOW, vetted=vetted))


def ids(found: Plan) -> list[str]:
    return [pick.offer.account_id for pick in found.picks]


def spent(found: Plan) -> int:
    return sum(pick.offer.price_minor or 0 for pick in found.picks)


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_its_report_has_no_sentence_in_another_language(planned: Plan, language: str) -> None:
    picks = [pick.offer for pick in planned.picks]
    names = {*planned.sources, *(ad.source for ad in planned.ads), planned.brief.name}
    names |= {offer.name for offer in picks} | {one.name for one in planned.left_out}
    cited = {part for name in names for part in name.split("; ")}
    assert foreign(plan_html(planned, language), cited) == []


def test_a_plan_keeps_the_budget_and_its_sums_are_equal(planned: Plan) -> None:
    assert planned.result is not None
    assert planned.result.spent_minor == spent(planned) <= PLAIN.budget_minor
    for pick in planned.picks:
        lines = [line.amount_minor or 0 for line in pick.offer.receipt]
        assert sum(lines) == pick.offer.price_minor


def test_a_plan_picks_as_many_persons_as_wanted_each_once(planned: Plan) -> None:
    persons = [pick.offer.person_id for pick in planned.picks]
    assert PLAIN.least_creators <= len(set(persons)) == len(persons) <= PLAIN.most_creators


def test_every_pick_is_credible_priced_and_forecast(planned: Plan) -> None:
    assert planned.picks
    for pick in planned.picks:
        assert (pick.offer.credibility or 0) >= 60.0
        assert (
            pick.offer.price_low_minor <= pick.offer.price_minor <= pick.offer.price_high_minor
        )  # type: ignore[operator]
        told = pick.offer.of("engagements")
        assert told is not None
        assert told.low <= told.middle <= told.high  # type: ignore[operator]


def test_totals_are_the_sums_of_the_picks(planned: Plan) -> None:
    assert planned.totals
    for total in planned.totals:
        known = [pick.offer.of(total.measure) for pick in planned.picks]
        middles = [one.middle for one in known if one is not None and one.middle is not None]
        assert total.middle == pytest.approx(sum(middles))
        assert total.n_known == len(middles)
        assert total.low is not None
        assert total.low < total.middle < total.high  # type: ignore[operator]


def test_everybody_found_is_in_or_out_with_a_reason(lake: Lake, planned: Plan) -> None:
    out = {one.account_id for one in planned.left_out}
    shown = {*ids(planned), *out}
    assert not set(ids(planned)) & out
    assert len(shown) >= planned.counts["found"] - len(planned.picks)
    assert all(one.why for one in planned.left_out)


def test_what_a_kept_plan_expects_is_frozen_in_the_forecast_book(
    built_lake: Path, vetted: Vetted, planned: Plan, tmp_path: Path
) -> None:
    shutil.copytree(built_lake, tmp_path / "lake")
    with Lake.open(tmp_path / "lake") as own:
        again = plan(own, PlanAsked(PLAIN, SETTINGS, NOW, is_kept=True, vetted=vetted))
        frozen = {
            (row["account_id"], row["deliverable"], row["on"]): row["forecast"]
            for row in kept_rows(own, again.book_id)
            if row["measure"] == "views"
        }
    assert planned.book_id == ""
    assert ids(again) == ids(planned)
    assert frozen == {
        (o.account_id, o.deliverable, o.publish_on): o.of("views").middle  # type: ignore[union-attr]
        for o in (pick.offer for pick in again.picks)
    }


def test_posts_are_published_within_the_campaign(planned: Plan) -> None:
    assert planned.picks
    for pick in planned.picks:
        assert PLAIN.starts_on <= pick.offer.publish_on <= PLAIN.ends_on


def test_beside_the_plan_stand_other_ways_and_what_they_would_bring(planned: Plan) -> None:
    assert planned.result is not None
    told = {one.name: one for one in planned.scenarios}
    assert told["plan"].value == pytest.approx(planned.result.value)
    values = [p.value for p in planned.curve if p.value is not None]
    assert values == sorted(values)
    here = next(p for p in planned.curve if p.budget_minor == PLAIN.budget_minor)
    assert here.value == pytest.approx(planned.result.middle, rel=0.1)
    for alternative in planned.alternatives:
        assert alternative.spent_minor <= PLAIN.budget_minor
        assert set(alternative.account_ids) != set(ids(planned))
    assert all(pick.decline is not None for pick in planned.picks)


def test_what_the_money_buys_as_ads_stands_beside(planned: Plan) -> None:
    assert {"meta", "youtube"} <= {one.channel for one in planned.ads}
    assert all(one.bought_low <= one.bought <= one.bought_high for one in planned.ads)  # type: ignore[operator]


def test_must_haves_are_in_and_nevers_are_out(
    lake: Lake, vetted: Vetted, planned: Plan
) -> None:
    near = [one for one in planned.left_out if one.stage == "portfolio" and one.price_minor]
    cheap = min(near, key=lambda one: one.price_minor or 0)
    must, never = cheap.account_id, ids(planned)[0]
    found = made(lake, vetted, replace(PLAIN, must_have=(must,), never=(never,)))
    assert must in ids(found)
    assert never not in ids(found)
    assert any(one.account_id == never and one.why == "never" for one in found.left_out)


def test_wishes_for_diversity_are_kept(lake: Lake, vetted: Vetted) -> None:
    wishes = (Wish("language", "fa", at_least=2), Wish("platform", most_share=0.6))
    found = made(lake, vetted, replace(PLAIN, diversity=wishes))
    assert sum("fa" in pick.offer.languages for pick in found.picks) >= 2
    for platform in {pick.offer.platform for pick in found.picks}:
        mine = [p.offer.price_minor or 0 for p in found.picks if p.offer.platform == platform]
        assert sum(mine) <= 0.6 * PLAIN.budget_minor


def test_only_the_deliverables_wanted_are_offered(lake: Lake, vetted: Vetted) -> None:
    wanted = replace(PLAIN, deliverables=("instagram:story",), least_creators=1)
    found = made(lake, vetted, wanted)
    assert {pick.offer.deliverable for pick in found.picks} == {"instagram:story"}


def test_a_budget_that_is_too_small_is_named_with_the_nearest_that_is_enough(
    lake: Lake, vetted: Vetted
) -> None:
    poor = replace(PLAIN, budget_minor=100)
    found = made(lake, vetted, poor)
    assert not found.is_possible
    assert found.fit.answer == "dont"
    core = {one.wish for one in found.conflicts if one.way == 0}
    assert core == {"budget", "picks"}
    (way,) = [one for one in found.conflicts if one.way and one.wish == "budget"]
    assert way.is_money
    enough = made(lake, vetted, replace(poor, budget_minor=int(way.nearest or 0)))
    assert enough.is_possible
    assert spent(enough) <= int(way.nearest or 0)


def test_a_wish_that_nobody_fits_is_named_and_giving_it_up_is_enough(
    lake: Lake, vetted: Vetted
) -> None:
    narrow = replace(PLAIN, audience=Audience(languages=("tr",)))
    found = made(lake, vetted, narrow)
    assert not found.is_possible
    assert {one.wish for one in found.conflicts if one.way == 0} == {"picks", "languages"}
    ways = {one.wish for one in found.conflicts if one.way}
    assert ways == {"languages"}
    assert made(lake, vetted, without(narrow, "languages")).is_possible


def test_two_wishes_that_only_together_open_a_way_are_given_up_together(
    lake: Lake, vetted: Vetted
) -> None:
    narrow = replace(PLAIN, audience=Audience(languages=("tr",)), tiers=("giga",))
    with pytest.raises(SettingsError, match="giga"):
        made(lake, vetted, narrow)
    narrow = replace(PLAIN, audience=Audience(languages=("tr",)), kinds=("both",))
    found = made(lake, vetted, narrow)
    ways = [one for one in found.conflicts if one.way == 1]
    assert {one.wish for one in ways} == {"languages", "kinds"}
    assert ways[0].n_creators >= PLAIN.least_creators  # type: ignore[operator]


def test_a_bar_that_too_few_pass_is_named_with_the_nearest(lake: Lake, vetted: Vetted) -> None:
    listed = sought(lake, PLAIN, SETTINGS["ShortlistLimits"]).shortlist.chosen  # type: ignore[arg-type]
    n = len({one.person_id for one in listed})
    strict = replace(PLAIN, least_credibility=100.0, least_creators=n, most_creators=n)
    found = made(lake, vetted, strict)
    assert not found.is_possible
    (way,) = [one for one in found.conflicts if one.way and one.wish == "least_credibility"]
    assert way.nearest is not None
    assert way.nearest < 100.0


def test_a_trade_that_is_unlawful_is_not_advised(lake: Lake, vetted: Vetted) -> None:
    unlawful = replace(PLAIN, sector="alcohol", audience=Audience(countries=("IR",)))
    found = made(lake, vetted, replace(unlawful, least_creators=1))
    assert found.fit.answer == "dont"
    assert found.fit.raised[0].about == "alcohol_forbidden"


def test_a_subject_of_which_nobody_speaks_is_no_plan(lake: Lake, vetted: Vetted) -> None:
    found = made(lake, vetted, replace(PLAIN, subject="zzzzqqq"))
    assert not found.is_possible
    assert found.fit.answer == "dont"
    assert found.counts["found"] == 0


def test_awareness_among_creators_counts_creators_only(
    lake: Lake, vetted: Vetted, planned: Plan
) -> None:
    found = made(lake, vetted, replace(PLAIN, goal="awareness_creators"))
    assert found.result is not None
    assert found.result.objective == "unique"
    followers = sum(pick.offer.followers or 0 for pick in found.picks)
    assert 0 < found.result.value < 0.8 * followers


def test_a_goal_of_sales_counts_orders_by_the_brands_own_share(
    lake: Lake, vetted: Vetted
) -> None:
    shop = replace(PLAIN, goal="sales_online", sales=Sales(12_000, 0.4, 0.05))
    found = made(lake, vetted, shop)
    assert found.result is not None
    assert found.result.objective == "conversions"
    for pick in found.picks:
        clicks, orders = pick.offer.of("clicks"), pick.offer.of("conversions")
        assert orders.middle == pytest.approx(0.05 * clicks.middle)  # type: ignore[union-attr, operator]
    assert any(one.finding == "sales_pay" and one.observed for one in found.fit.findings)


def listed(lake: Lake, brief: Brief, **limits: Any) -> Sought:
    return sought(lake, brief, replace(ShortlistLimits(), **limits))


def test_a_subject_that_few_speak_of_is_widened_step_by_step(lake: Lake) -> None:
    narrow = replace(PLAIN, subject="specialty coffee", least_creators=6)
    wide = listed(lake, narrow, widen_below=4.0)
    assert wide.subjects == ("food.coffee.specialty", "food.coffee")
    assert listed(lake, narrow, widen_below=1.0).subjects == ("food.coffee.specialty",)


def test_the_pool_bounds_whom_the_search_looks_at(lake: Lake) -> None:
    narrow = replace(PLAIN, least_creators=1)
    assert len(listed(lake, narrow, pool=5, most=5).candidates) == 5
    assert len(listed(lake, narrow).candidates) > 5


def test_celebrities_stand_beside_the_shortlist(lake: Lake, planned: Plan) -> None:
    found = listed(lake, PLAIN)
    stars = {one.account_id for one in found.celebrities}
    assert stars
    assert not stars & {one.account_id for one in found.shortlist.chosen}
    assert not stars & set(ids(planned))
    assert listed(lake, PLAIN, celebrities=0).celebrities == ()


def test_a_must_have_may_be_named_by_its_handle(lake: Lake, planned: Plan) -> None:
    offer = planned.picks[-1].offer
    found = listed(lake, replace(PLAIN, must_have=(f"{offer.platform}:{offer.handle}",)))
    assert found.shortlist.chosen[0].account_id == offer.account_id


def test_a_must_have_that_is_not_there_is_told(lake: Lake, vetted: Vetted) -> None:
    with pytest.raises(SettingsError, match="nobody_of_this_name"):
        made(lake, vetted, replace(PLAIN, must_have=("@nobody_of_this_name",)))


def test_without_a_run_there_is_no_plan(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "empty") as empty, pytest.raises(NotEnoughData, match="mawj run"):
        plan(empty, PlanAsked(PLAIN, SETTINGS, NOW))


def test_python_asks_for_a_plan_by_file_or_by_brief(built_lake: Path, tmp_path: Path) -> None:
    opened = OpenLake(Lake.open(built_lake))
    nobody = replace(PLAIN, subject="zzzzqqq")
    assert not opened.plan(nobody).is_possible
    (tmp_path / "b.toml").write_text("name = 1", encoding="utf-8")
    with pytest.raises(SettingsError, match="name"):
        opened.plan(str(tmp_path / "b.toml"))
