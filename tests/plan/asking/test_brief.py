"""A brief holds, or each field that does not is named with what to write."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mawj.plan.asking.brief import Audience, Sales, Wish, brief_problems, checked
from mawj.plan.pricing.terms import Terms
from mawj.tables.errors import SettingsError
from tests.plan.briefs import brief


def test_a_plain_brief_holds() -> None:
    assert brief_problems(brief()) == ()
    assert checked(brief()) == brief()


def test_what_a_brief_buys_follows_from_its_goal_unless_it_says_so() -> None:
    assert brief(goal="credibility").function == "trust"
    assert brief(goal="credibility", buys="content").function == "content"


def test_both_ends_of_the_dates_count() -> None:
    day = date(2027, 1, 10)
    assert brief(starts_on=day, ends_on=day).n_days == 1


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"name": " "}, "name", "empty"),
        ({"goal": "fame"}, "goal", "credibility"),
        ({"buys": "likes"}, "buys", "reach, content or trust"),
        ({"subject": "coffee", "topic": "food.coffee"}, "topic", "keep one"),
        ({"budget_minor": 0}, "budget", "above zero"),
        ({"currency": "riyal"}, "currency", "SAR"),
        ({"ends_on": date(2027, 1, 1)}, "until", "swap"),
        ({"ends_on": date(2031, 1, 1)}, "until", "at most 730"),
        ({"audience": Audience(countries=("KSA",))}, "audience.countries", "two letters"),
        ({"audience": Audience(languages=("Arabic",))}, "audience.languages", "ar, fa, en"),
        ({"audience": Audience(ages=("young",))}, "audience.ages", "18-24"),
        ({"audience": Audience(ages=("34-25",))}, "audience.ages", "18-24"),
        ({"deliverables": ("instagram:tweet",)}, "deliverables", "instagram:reel"),
        ({"platforms": ("myspace",)}, "creators.platforms", "instagram"),
        ({"platforms": ("x",), "deliverables": ("tiktok:live",)}, "creators.platforms", "none"),
        ({"kinds": ("star",)}, "creators.kinds", "celebrity"),
        ({"least_creators": 9, "most_creators": 3}, "creators.at_least", "do not go together"),
        ({"least_creators": 0}, "creators.at_least", "between 1 and 500"),
        ({"least_credibility": 101.0}, "creators.least_credibility", "0 to 100"),
        ({"must_have": ("x:a",), "never": ("x:a",)}, "creators.never", "take it out of one"),
        ({"must_have": ("a", "b"), "most_creators": 1}, "creators.must_have", "names 2"),
        ({"diversity": (Wish("colour", at_most=1),)}, "diversity 1", "platform"),
        ({"diversity": (Wish("language", "fa"),)}, "diversity 1", "no limit"),
        ({"diversity": (Wish("language", at_least=1),)}, "diversity 1", "without a value"),
        ({"diversity": (Wish("tier", most_share=1.2),)}, "diversity 1", "between 0 and 1"),
        ({"diversity": (Wish("tier", "nano", 3, 2),)}, "diversity 1", "do not go together"),
        (
            {"diversity": (Wish("tier", "a", 3), Wish("tier", "b", 3)), "most_creators": 5},
            "diversity", "wants 6 creators by tier",
        ),
        ({"terms": Terms(boost_minor=9_000_000)}, "terms.boost", "more than the budget"),
        ({"placement": "tattoo"}, "placement", "pre_roll"),
        ({"sales": Sales(order_minor=0)}, "sales.order", "leave it out"),
        ({"sales": Sales(margin_share=0.0)}, "sales.margin", "between 0 and 1"),
        ({"sales": Sales(conversion_share=2.0)}, "sales.conversion", "between 0 and 1"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_hold_is_named(
    changed: dict[str, Any], field: str, says: str
) -> None:
    (problem,) = brief_problems(brief(**changed))
    assert problem.field == field
    assert says in problem.says


def test_terms_are_in_the_currency_of_the_budget_and_the_market_of_the_audience() -> None:
    made = brief(audience=Audience(countries=("AE", "SA")), terms=Terms(usage_days=30))
    asked = made.asked_terms
    assert (asked.currency, asked.market, asked.usage_days) == ("SAR", "AE", 30)
    assert brief(terms=Terms(market="GB")).asked_terms.market == "GB"


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(SettingsError, match=r"(?s)`goal`.*`budget`.*`until`"):
        checked(brief(goal="x", budget_minor=-1, ends_on=date(2020, 1, 1)))
