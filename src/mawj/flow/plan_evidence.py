"""What the stages of a plan found, as the question whether the brief suits asks for it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.planned import AdBuy
from mawj.plan.asking.fit_evidence import FitEvidence
from mawj.plan.pricing.ad_buys import ad_buys
from mawj.plan.pricing.money import conversion
from mawj.tables.errors import ActionRefused
from mawj.vet.brand_contradictions import brand_contradictions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.flow.brand_file import BrandFile
    from mawj.flow.plan_chosen import Chosen
    from mawj.flow.plan_stages import Stages
    from mawj.lake.lake import Lake
    from mawj.plan.asking.brief import Brief
    from mawj.plan.pricing.money import CurrencyRates

SMALL, LARGE = "micro", ("macro", "mega")
"""The tiers of the articles' dispute; the first large one with enough accounts is taken."""

BY = "by_followers"


def evidence_of(lake: Lake, stages: Stages, ads: Sequence[AdBuy]) -> FitEvidence:
    """What is known for judging the brief; what a stage did not come to is not known."""
    brief, trust, chosen = stages.sought.brief, stages.trust, stages.chosen
    brand = trust.brand if trust else None
    # Celebrities are vetted for the scenarios only and say nothing of the shortlist.
    listed = [one.account_id for one in stages.sought.shortlist.chosen]
    effect = _effect(lake, brief.scheme)
    rates = rates_in_force(stages.asked.settings)
    dollars = conversion(brief.currency, "USD", rates)
    return FitEvidence(
        on=stages.asked.made_at.date(),
        n_matching=stages.sought.shortlist.n_fitting,
        n_vetted=len(listed) if trust else None,
        n_credible=sum(one in trust.credible for one in listed) if trust else None,
        n_offers=len(stages.offers) or None,
        cheapest_minor=chosen.cheapest_minor,
        red_lines=_red_lines(brand),
        n_contradictions=_contradictions(brand, stages),
        small_ratio=effect.get("ratio"),
        small_ratio_low=effect.get("ratio_low"),
        small_ratio_high=effect.get("ratio_high"),
        paid_cpm_minor=paid_cpm(chosen),
        ad_cpm_minor=ad_cpm(ads, chosen),
        margin_high_minor=margin_high(brief, chosen),
        budget_minor_usd=brief.budget_minor * dollars.factor if dollars else None,
    )


def ads_for(brief: Brief, budget_minor: int, settings: Mapping[str, Any]) -> tuple[AdBuy, ...]:
    """What a budget buys on ad platforms; nothing where no rate to the dollar is known."""
    market = brief.asked_terms.market
    try:
        made = ad_buys(
            budget_minor, brief.currency, market, currency_rates=rates_in_force(settings)
        )
    except ActionRefused:
        return ()
    names = AdBuy.__dataclass_fields__
    return tuple(
        AdBuy(**{name: row[name] for name in names})
        for row in made.to_pylist()
        if row["bought"] is not None
    )


def rates_in_force(settings: Mapping[str, Any]) -> CurrencyRates:
    """The user's rates of exchange, beside the fixed ones."""
    found: CurrencyRates = settings["CurrencyRates"]
    return found


def paid_cpm(chosen: Chosen) -> float | None:
    """What a thousand views of the portfolio cost, of the picks whose views are known."""
    price, views = 0, 0.0
    for pick in chosen.picks:
        seen = pick.offer.of("views")
        if seen is not None and seen.middle is not None and pick.offer.price_minor is not None:
            price, views = price + pick.offer.price_minor, views + seen.middle
    return 1000.0 * price / views if views > 0 else None


def ad_cpm(ads: Sequence[AdBuy], chosen: Chosen) -> float | None:
    """What a thousand impressions cost as ads: the middle of the channels."""
    spent = chosen.result.spent_minor if chosen.result else 0
    costs = [1000.0 * spent / one.bought for one in ads
             if one.measure == "impressions" and one.bought]  # fmt: skip
    return median(costs) if costs and spent else None


def margin_high(brief: Brief, chosen: Chosen) -> float | None:
    """High end of what the expected orders leave of their value."""
    orders = next((t for t in chosen.totals if t.measure == "conversions"), None)
    sales = brief.sales
    if orders is None or orders.high is None or orders.n_known < orders.n_picks:
        return None
    if sales.order_minor is None or sales.margin_share is None:
        return None
    return orders.high * sales.order_minor * sales.margin_share


def _effect(lake: Lake, scheme: str) -> Mapping[str, Any]:
    """Engagement of small against large accounts on the loaded data."""
    table = lake.read("tier_effects").filter(_.scheme == scheme, _.measure == BY)
    found = {(row["group_l"], row["group_r"]): row for row in rows(table)}
    for large in LARGE:
        row = found.get((SMALL, large), {})
        if row.get("ratio") is not None:
            return row
    return {}


def _red_lines(brand: BrandFile | None) -> dict[str, float] | None:
    if brand is None:
        return None
    lines = brand.tables["brand_red_lines"].to_pylist()
    return {row["subject"]: row["severity"] for row in lines}


def _contradictions(brand: BrandFile | None, stages: Stages) -> int | None:
    if brand is None:
        return None
    held = brand_contradictions(
        brand.tables["brand_claims"], brand.tables["brand_facts"],
        as_of=stages.asked.made_at,
    )  # fmt: skip
    return [row["status"] for row in held.to_pylist()].count("contradicted")
