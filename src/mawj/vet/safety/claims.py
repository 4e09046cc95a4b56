"""What must hold for a brand's claim about itself to be true."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Condition:
    """One comparison that a claim rests on.

    Attributes:
        fact: the fact looked at.
        must: at_least, at_most, is, or after (a date that has not passed).
        other: the fact it is held against; empty for none.
        value: number or yes/no it is held against; None for none.
        by: share of what is asked for that may be lacking.
    """

    fact: str
    must: str
    other: str = ""
    value: float | bool | None = None
    by: float = 0.0


def _kinds() -> dict[str, tuple[Condition, ...]]:
    text = (resources.files(__package__) / "claims.toml").read_text(encoding="utf-8")
    return {
        kind: tuple(Condition(**condition) for condition in told["conditions"])
        for kind, told in tomllib.loads(text).items()
    }


CLAIM_KINDS = _kinds()
"""Conditions of each kind of claim that is known."""
