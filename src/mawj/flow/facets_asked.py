"""What a search may ask of trust, audience and fees: said once for every door.

The command line makes its options of these fields and the tools for assistants their
arguments; the schema of the API is held to them by a test.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from typing import Any

NOT_ASSESSED = "not_assessed"
VERDICTS = ("calm", "caution", "serious", "unknown", NOT_ASSESSED)
"""What credibility can be asked for: the last vetting's verdict, or that there is none."""
KNOWN, NOT_KNOWN = "known", "not_known"
AUDIENCE_SHARE = 0.2
"""An audience is in a place, or of a language, from this share on (our judgement)."""


def _asked(usual: str | float, says: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=usual, metadata={"says": says, "choices": choices})


@dataclass(frozen=True)
class FacetsAsked:
    """Filters on data that few accounts have; an empty field, or 0, asks for nothing.

    Attributes:
        trust: one of VERDICTS.
        audience_country: ISO 3166-1 alpha-2.
        audience_language: BCP-47 code.
        price: known or not_known.
        fee_at_most: in units of `fee_currency`.
        fee_currency: ISO 4217 code of `fee_at_most`. No rate of exchange is assumed.
    """

    trust: str = _asked(
        "", "Verdict of the last vetting on credibility; not_assessed: never vetted.", VERDICTS
    )
    audience_country: str = _asked(
        "", "Two letters: at least a fifth of the audience is there, where it was loaded."
    )
    audience_language: str = _asked(
        "", "BCP-47: at least a fifth of the audience speaks it, where it was loaded."
    )
    price: str = _asked("", "Whether a fee of theirs is loaded.", (KNOWN, NOT_KNOWN))
    fee_at_most: float = _asked(
        0.0, "Their last fee for something they deliver is no more than this."
    )
    fee_currency: str = _asked("USD", "Currency of the fee, as ISO 4217.")


FACETS: tuple[Field[Any], ...] = fields(FacetsAsked)
"""Each facet: its name, its usual value, and in `metadata` what it says and its choices."""
