"""Briefs that hold, to be changed in one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mawj.plan.asking.brief import Brief


def brief(**changed: Any) -> Brief:
    """A plain brief, with some of its fields changed."""
    plain = Brief(
        "Coffee", "awareness_market", 6_000_000, "SAR", date(2027, 1, 10), date(2027, 2, 20)
    )
    return replace(plain, **changed)
