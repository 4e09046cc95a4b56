"""A vetting with every check in force: raised, clear or not assessed, with evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from mawj.flow.vet_beside import Beside, BrandSeen, TraitSeen
from mawj.flow.vet_report import VetAccount, VetEvidence, VetReason, VetReport, VetScore
from mawj.flow.vet_steps import part_of
from mawj.vet.checks import CHECKS

MADE_AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
QUOTES = (
    "كود خصم ١٠٪ على المنتج، اطلبوه من الرابط في البايو قبل نهاية الأسبوع!",
    "این پست تبلیغ نیست، فقط تجربهٔ خودم را می‌نویسم 😍",
    "Loved it!! use code WAVE10 – لینک در بیو",
    "<script>alert('x')</script> & \"quotes\"",
    "z̀́̂algo",
    "Sixth, folded away.",
)


BESIDE = Beside(
    (
        BrandSeen("dune-roasters", MADE_AT, MADE_AT, 4, 3, 0.5),
        BrandSeen("<b>no-date</b>", None, None, 1, 0, None),
    ),
    9,
    (
        TraitSeen("words", "words", 12.0, 9.0, 17.0),
        TraitSeen("emoji", "in_ten", 0.7, None, None),
    ),
)  # fmt: skip
CONTRADICTED = (
    {
        "status": "contradicted", "says": "We pay women and men alike",
        "condition": "women_pay at_least men_pay", "observed": "88", "expected": "100",
        "missing": "",
    },
)  # fmt: skip


def evidence() -> tuple[VetEvidence, ...]:
    at = datetime(2026, 10, 3, 18, 30, tzinfo=UTC)
    return tuple(
        VetEvidence(
            "comment" if place % 2 else "post", f"x:17{place}", 1.0, at, quote,
            f"https://x.com/wave/status/17{place}" if place else "javascript:alert(1)",
        )
        for place, quote in enumerate(QUOTES)
    )  # fmt: skip


def reason(finding: str, **told: object) -> VetReason:
    plain = VetReason(
        finding=finding, about="", status="clear", contribution=0.0, observed=0.004,
        expected=0.013, observed_low=0.002, observed_high=0.007, unit="share of followers",
        sample_size=40.0, basis="events", compared_with="instagram 10k-100k (212)",
        missing="", weight=10.0, from_date=date(2026, 8, 1), to_date=date(2026, 10, 31),
        rule_version=f"{finding}-1",
    )  # fmt: skip
    return replace(plain, **told)  # type: ignore[arg-type]


def score(name: str) -> VetScore:
    start = 0.0 if name == "risk" else 100.0
    base = reason("base", status="counted", contribution=start, observed=None, expected=None)
    made = [base]
    mine = [part_of(check, "CHECK") for check in CHECKS]
    for place, fixed in enumerate(one for one in mine if one.score == name):
        points = fixed.weight * (0.6 if name == "risk" else -0.6)
        told: dict[str, object] = {"unit": fixed.unit, "weight": fixed.weight}
        if place % 3 == 0:
            told |= {"status": "raised", "contribution": points, "evidence": evidence()}
        elif place % 3 == 1:
            told |= {"status": "not_assessed", "missing": fixed.missing, "observed": None}
        made.append(reason(fixed.finding, **told))
    value = sum(one.contribution for one in made)
    low, high = sorted((value, min(max(value + (20 if name == "risk" else -20), 0), 100)))
    return VetScore(
        name, value, low, high, 0.72, True, "caution", 1, 1, 1, "vetting-1", tuple(made)
    )


def account(account_id: str, name: str) -> VetAccount:
    names = dict.fromkeys(part_of(check, "CHECK").score for check in CHECKS)
    scores = tuple(score(one) for one in names)
    raised = [one for made in scores for one in made.of_status("raised")]
    return VetAccount(
        account_id, name, "wave", "instagram", "https://instagram.com/wave", "ar", "SA",
        48_200.0, scores, tuple(raised[:3]), BESIDE,
    )  # fmt: skip


def report(n: int = 1) -> VetReport:
    faces = ("موج القهوة", "شیدا قهوه‌چی", "Coffee Wave")
    lines = tuple(account(f"instagram:wave_{i}", faces[i % 3]) for i in range(n))
    return VetReport(
        "20261125T120000-0011aabb", "20261125T110000-ccdd2233", MADE_AT, MADE_AT, "Nakhla",
        lines, lines[:2], CONTRADICTED,
    )  # fmt: skip
