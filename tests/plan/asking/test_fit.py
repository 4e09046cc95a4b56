"""Whether a brief suits: yes, with care or don't, and why."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.plan.asking.brief import Audience, Sales
from mawj.plan.asking.fit import ANSWERS, QUESTIONS, Fit, fit, fit_sentences
from mawj.plan.asking.fit_evidence import FitEvidence, FitLimits
from tests.plan.briefs import brief

CARE = "with_care"
SAUDI = Audience(countries=("SA",))
GOOD = FitEvidence(
    on=date(2026, 11, 26), n_matching=200, n_vetted=50, n_credible=40, n_offers=40,
    cheapest_minor=500_000, red_lines={}, n_contradictions=0, paid_cpm_minor=2_000,
    ad_cpm_minor=1_500, margin_high_minor=9_000_000,
)  # fmt: skip


def asked(evidence: FitEvidence = GOOD, limits: FitLimits | None = None, **changed: Any) -> Fit:
    wanted = {"sector": "food_drink", "audience": SAUDI, **changed}
    return fit(brief(**wanted), evidence, fit_limits=limits or FitLimits())


def raised(answer: Fit) -> set[str]:
    return {one.finding for one in answer.raised}


def test_a_good_brief_suits() -> None:
    answer = asked()
    assert (answer.answer, answer.points) == ("yes", 100.0)
    assert raised(answer) == set()


def test_the_points_are_the_sum_of_the_findings() -> None:
    answer = asked(replace(GOOD, n_matching=2, n_contradictions=1), sector="business")
    total = FitLimits().base + sum(one.contribution for one in answer.findings)
    assert answer.points == pytest.approx(total)


@pytest.mark.parametrize(
    ("changed", "evidence", "finding", "verdict"),
    [
        ({"sector": "alcohol"}, {}, "sector_rules", "dont"),
        ({"sector": "investments"}, {}, "sector_rules", CARE),
        ({"sector": "business"}, {}, "sector_suits", CARE),
        ({"sector": "gambling", "audience": Audience(countries=("GB",))},
         {"red_lines": {"gambling": 1.0}}, "against_own_lines", "dont"),
        ({"goal": "credibility"}, {"n_contradictions": 1}, "own_contradictions", CARE),
        ({}, {"on": date(2027, 3, 1)}, "dates_ahead", "dont"),
        ({}, {"on": date(2027, 1, 5)}, "dates_ahead", CARE),
        ({"goal": "credibility", "ends_on": date(2027, 1, 20)}, {}, "time_for_goal", CARE),
        ({"goal": "sales_online", "ends_on": date(2027, 1, 12)}, {}, "time_for_goal", CARE),
        ({"audience": Audience(countries=("IR",)), "starts_on": date(2027, 6, 1),
          "ends_on": date(2027, 6, 30)}, {}, "mourning_days", CARE),
        ({}, {"n_matching": 0}, "audience_here", "dont"),
        ({"least_creators": 5}, {"n_matching": 7}, "audience_here", CARE),
        ({"least_credibility": 60.0}, {"n_credible": 0}, "bar_passed", "dont"),
        ({"least_credibility": 60.0}, {"n_credible": 5}, "bar_passed", CARE),
        ({}, {"cheapest_minor": 7_000_000}, "budget_suffices", "dont"),
        ({"goal": "credibility", "kinds": ("celebrity",)}, {}, "kind_for_function", CARE),
        ({"tiers": ("nano",)}, {}, "kind_for_function", "yes"),
        ({}, {"paid_cpm_minor": 9_000}, "cheaper_elsewhere", CARE),
        ({"goal": "sales_online"}, {"margin_high_minor": 1_000}, "sales_pay", "dont"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_brief_is_found(
    changed: dict[str, Any], evidence: dict[str, Any], finding: str, verdict: str
) -> None:
    answer = asked(replace(GOOD, **evidence), **changed)
    assert finding in raised(answer)
    assert answer.answer == verdict


def test_what_is_not_known_takes_nothing() -> None:
    answer = fit(brief(), FitEvidence(on=date(2026, 11, 26)), fit_limits=FitLimits())
    unknown = [one for one in answer.findings if one.status == "not_assessed"]
    assert answer.points == 100.0
    assert {"sector_rules", "audience_here", "budget_suffices"} <= {u.finding for u in unknown}
    assert all(one.missing for one in unknown)


def test_a_price_of_ads_does_not_decide_where_trust_is_bought() -> None:
    dear = replace(GOOD, paid_cpm_minor=90_000)
    assert "cheaper_elsewhere" not in raised(asked(dear, goal="credibility"))


def test_points_never_fall_below_nothing_and_the_clamp_is_a_row() -> None:
    worst = replace(GOOD, n_matching=0, cheapest_minor=10**9, red_lines={"alcohol": 1.0})
    answer = asked(worst, sector="alcohol")
    assert answer.points == 0.0
    assert answer.findings[-1].finding == "clamp"
    assert 100 + sum(one.contribution for one in answer.findings) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("changed", "dollars", "advice"),
    [
        ({"goal": "credibility"}, 0.0, "specialists"),
        ({}, 100_000.0, "many_small"),
        ({}, 9_000_000.0, "mixed"),
        ({"sector": "electronics"}, 9_000_000.0, "many_small"),
        ({"buys": "content"}, 0.0, "content"),
    ],
)
def test_whom_to_look_for_follows_from_goal_function_and_budget(
    changed: dict[str, Any], dollars: float, advice: str
) -> None:
    answer = asked(replace(GOOD, budget_minor_usd=dollars), **changed)
    (whom,) = [one for one in answer.findings if one.finding == "whom"]
    assert whom.advice == advice


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(1.5, 3.0, "small"), (0.2, 0.7, "large"), (0.8, 1.4, "open"), (None, None, "unknown")],
)
def test_the_users_own_data_speak_beside_the_advice(
    low: float | None, high: float | None, says: str
) -> None:
    answer = asked(replace(GOOD, small_ratio=1.0, small_ratio_low=low, small_ratio_high=high))
    (whom,) = [one for one in answer.findings if one.finding == "whom"]
    assert whom.about == says


CASES: list[tuple[str, dict[str, Any], dict[str, Any], Any]] = [
    ("base", {}, {}, 90.0),
    ("dont_below", {"sector": "business"}, {}, 81.0),
    ("care_below", {"sector": "business"}, {}, 70.0),
    ("forbidden", {}, {"n_matching": 0}, 30.0),
    ("care", {"sector": "investments"}, {}, 5.0),
    ("weak_sector", {"sector": "business"}, {}, 5.0),
    ("contradiction", {}, {"n_contradictions": 2}, 5.0),
    ("line_from", {"sector": "gambling"}, {"red_lines": {"gambling": 0.5}}, 0.4),
    ("lead_days", {}, {"on": date(2027, 1, 5)}, 3),
    ("too_soon", {}, {"on": date(2027, 1, 5)}, 3.0),
    ("trust_days", {"goal": "credibility"}, {}, 99),
    ("sales_days", {"goal": "sales_online"}, {}, 99),
    ("too_short", {"goal": "credibility", "ends_on": date(2027, 1, 12)}, {}, 3.0),
    (
        "mourning",
        {
            "audience": Audience(countries=("IR",)),
            "starts_on": date(2027, 6, 1),
            "ends_on": date(2027, 6, 30),
        },
        {},
        3.0,
    ),
    ("few_share", {"least_creators": 5}, {"n_matching": 9}, 1.0),
    ("few", {"least_creators": 5}, {"n_matching": 9}, 3.0),
    ("bar_share", {"least_credibility": 60.0}, {}, 0.9),
    ("thin_bar", {"least_credibility": 60.0}, {"n_credible": 5}, 3.0),
    ("celebrity_for_trust", {"goal": "credibility", "kinds": ("celebrity",)}, {}, 3.0),
    ("nano_for_reach", {"tiers": ("nano",)}, {}, 3.0),
    ("dearer_times", {}, {}, 1.1),
    ("dearer", {}, {"paid_cpm_minor": 90_000}, 3.0),
    ("sales_loss", {"goal": "sales_online"}, {"margin_high_minor": 1_000}, 3.0),
    ("large_minor_usd", {}, {"budget_minor_usd": 9.0}, 5.0),
]


@pytest.mark.parametrize(("field", "changed", "evidence", "value"), CASES)
def test_every_setting_changes_some_answer(
    field: str, changed: dict[str, Any], evidence: dict[str, Any], value: Any
) -> None:
    before = asked(replace(GOOD, **evidence), **changed)
    after = asked(replace(GOOD, **evidence), replace(FitLimits(), **{field: value}), **changed)
    assert before != after


def test_no_setting_is_left_out_of_that() -> None:
    assert {field for field, *_ in CASES} == {f.name for f in fields(FitLimits)}


def test_lines_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        FitLimits(dont_below=90.0)


@given(st.integers(0, 40), st.integers(0, 40))
def test_more_accounts_never_speak_against_a_brief(few: int, more: int) -> None:
    less, bigger = sorted((few, more))
    points = [
        asked(replace(GOOD, n_matching=n), least_creators=5).points for n in (less, bigger)
    ]
    assert points[0] <= points[1]


def test_every_finding_has_its_sentences_in_three_languages() -> None:
    told = fit_sentences()
    assert {question.__name__ for question in QUESTIONS} <= set(told)
    for finding, cases in told.items():
        for case, texts in cases.items():
            assert set(texts) == {"en", "ar", "fa"}, (finding, case)
            holes = {c: set(re.findall(r"{(\w+)}", text)) for c, text in texts.items()}
            assert holes["en"] == holes["ar"] == holes["fa"], (finding, case)
            assert not re.search("[یکپچژگ]", texts["ar"]), (finding, case)
            assert not re.search("[يكةى]", texts["fa"]), (finding, case)


def test_every_answer_has_a_sentence() -> None:
    every = [asked(replace(GOOD, **e), **c) for _, c, e, _ in CASES]
    every.append(asked(sales=Sales(), goal="sales_shops"))
    for answer in every:
        assert answer.answer in ANSWERS
        assert answer.findings
        for one in answer.findings:
            if one.status != "not_assessed":
                case = one.advice if one.advice in fit_sentences()[one.finding] else one.status
                assert case in fit_sentences()[one.finding], one
