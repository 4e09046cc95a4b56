"""A made-up plan for the report's tests: two picks, one left out, one scenario of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mawj.flow.planned import (
    Alternative,
    Conflict,
    CurvePoint,
    Decline,
    LeftOut,
    Pick,
    Plan,
    Result,
    Scenario,
    Shared,
    Total,
)  # fmt: skip
from mawj.flow.planned_offers import Expected, Offer, ReceiptLine, UnitCost
from mawj.plan.asking.brief import Audience, Brief
from mawj.plan.asking.fit import fit
from mawj.plan.asking.fit_evidence import FitEvidence, FitLimits
from mawj.plan.asking.occasions import occasions_between

BRIEF = Brief(
    "رمضان & <coffee>", "awareness_market", 500_000, "SAR", date(2027, 2, 1), date(2027, 2, 20),
    sector="food_drink", audience=Audience(countries=("SA",), languages=("ar",)),
    least_creators=2, most_creators=4,
)  # fmt: skip


def offer(name: str, price: int) -> Offer:
    line = ReceiptLine("views", price, price // 2, price * 2, "views_times_cpm", 9_000.0, 12.0,
                       "A card", date(2025, 1, 1), "day", None)  # fmt: skip
    return Offer(
        f"tiktok:{name}", f"tiktok:{name}", "tiktok", name, f"اسم {name}", "SA", ("ar",),
        "micro", "specialist", "1", 42_000.0, "tiktok:video", date(2027, 2, 5), price,
        price // 2, price * 2, "rate_card", "",
        (Expected("views", 9_000.0, 3_000.0, 27_000.0, 0.8, 40, 9, "own"),
         Expected("reach", 7_200.0, 2_400.0, 21_600.0, 0.8, 0, 9, "rate")),
        (line,), (UnitCost("cpm", 12.3, 5.0, 40.0),), 88.0, 0.9,
    )  # fmt: skip


def plan(**changed: Any) -> Plan:
    picks = (
        Pick(offer("sara", 120_000), 7_000.0, 7_200.0, 0.03, 17.0, "worth", "tiktok:omar",
             Decline(0.4, ("tiktok:lina",), 200_000)),
        Pick(offer("omar", 90_000), 5_000.0, 7_200.0, 0.3, 18.0, "must", None, Decline(None)),
    )  # fmt: skip
    evidence = FitEvidence(on=date(2026, 12, 1), n_matching=3, cheapest_minor=100_000)
    made = Plan(
        brief=BRIEF, fit=fit(BRIEF, evidence, fit_limits=FitLimits()),
        occasions=occasions_between(BRIEF.starts_on, BRIEF.ends_on, ["SA"]),
        picks=picks,
        result=Result("reach", 12_000.0, 13_000.0, 6_000.0, 25_000.0, 13_500.0, 0.97, "bounded",
                      210_000, 105_000, 420_000, 17.5),
        totals=(Total("views", 18_000.0, 8_000.0, 40_000.0, 2, 2),),
        conflicts=(),
        left_out=(LeftOut("tiktok:lina", "لينا", "portfolio", "overlap", "tiktok:video", 80_000,
                          900.0, "tiktok:sara"),
                  LeftOut("x:far", "Far", "brief", "countries"),
                  LeftOut("x:low", "Low", "vetting", "least_credibility", observed=40.0)),
        alternatives=(Alternative(("tiktok:sara", "tiktok:lina"), ("tiktok:lina",), 11_000.0,
                                  0.92, 200_000),),
        curve=(CurvePoint(100_000, None, None, None), CurvePoint(250_000, 9_000.0, 210_000, 1),
               CurvePoint(500_000, 12_000.0, 210_000, 2)),
        scenarios=(Scenario("celebrity", missing="nobody"),
                   Scenario("plan", ("tiktok:sara",), 12_000.0, 13_000.0, 6_000.0, 25_000.0,
                            210_000, 0.8, {"micro_group": 0.8})),
        shared=(Shared("tiktok:omar", "tiktok:sara", 0.3, 0.2),),
        loaded_share=0.05, ads=(), subjects=("food.coffee.specialty", "food.coffee"),
        topic_names={"food.coffee": {"en": "Coffee", "ar": "القهوة", "fa": "قهوه"}},
        counts={"found": 9, "fitting": 4, "shortlisted": 4, "credible": 3, "offers": 3,
                "picks": 2},
        notes=("small_sample",), run_id="run-1", as_of=datetime(2026, 11, 1, tzinfo=UTC),
        made_at=datetime(2026, 12, 1, tzinfo=UTC), sources=("A card",),
    )  # fmt: skip
    return replace(made, **changed)


def unmeetable() -> Plan:
    conflicts = (
        Conflict(0, "budget", side="most_minor", wished=500_000, is_money=True),
        Conflict(0, "picks", side="least", wished=2),
        Conflict(1, "budget", "", "most_minor", 500_000, 700_000, True, spent_minor=700_000),
        Conflict(2, "countries", n_creators=7),
    )
    nothing: Any = ()
    return plan(picks=nothing, result=None, totals=nothing, conflicts=conflicts, curve=nothing,
                scenarios=nothing, shared=nothing, alternatives=nothing)  # fmt: skip
