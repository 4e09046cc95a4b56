"""What the rules say of a text, as columns that a trained text model reads beside n-grams."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mawj.text.text_model import Extras, Known
from mawj.vet.safety.rules import MEANT, Spoken, either, subject_scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.text.text_model import Floats

FAMILIES = {"offence": ("offence", "hate"), "hate": ("hate", "offence")}
"""Subjects whose lists speak of one another; any other subject has its own list alone."""

COLUMNS = ("rules_any", "rules_strength", "rules_plain", "rules_told_of", "rules_nearest")
WORTH = (0.5, 2.0, 0.5, 0.5, 1.0)
"""How large each column is made; a column made larger is trusted sooner; our judgement."""


KNOWN = (
    ((1.0, 1.0, 1.0, 0.0, 1.0), True, 1.0),
    ((1.0, 0.8, 1.0, 0.0, 0.8), True, 1.0),
    ((1.0, 0.55, 1.0, 0.0, 0.55), True, 1.0),
    ((1.0, 0.3, 0.0, 0.0, 0.3), True, 0.5),
    ((1.0, 0.0, 0.0, 0.8, 0.0), False, 0.5),
)
"""What the rules mean before anything is labelled: what they find is so, the plainer the surer,
and what is told of is not. Our judgement; without it, rows whose labels go against the rules
(sect against sect, each called calm) taught a model to trust no rule at all."""


def rule_columns(subject: str) -> Extras:
    """The columns for one subject, in the order of COLUMNS.

    `rules_any` and `rules_plain` are 0 or 1 (a sign was found; it is plain), `rules_strength`
    is 0 to 1 over the subject's family, `rules_told_of` is the strength of what is quoted,
    reported or condemned, and `rules_nearest` the strength of the first list alone. A subject
    without lists gives zeros.
    """
    known = tuple(
        Known(tuple(v * worth for v, worth in zip(values, WORTH, strict=True)), is_yes, weight)
        for values, is_yes, weight in KNOWN
    )
    return Extras(f"safety rules: {subject}", COLUMNS, partial(_columns, subject), known)


def _columns(subject: str, texts: Sequence[str], languages: Sequence[str]) -> Floats:
    found = subject_scores(texts, [language or None for language in languages])
    return columns_of(found, subject)


def columns_of(found: Sequence[Sequence[Spoken]], subject: str) -> Floats:
    """The columns of texts whose subjects were already found."""
    family = FAMILIES.get(subject, (subject,))
    made = [_row(every, family) if every else (0.0,) * len(COLUMNS) for every in found]
    return np.array(made, np.float64).reshape(len(found), len(COLUMNS)) * WORTH


def _row(every: Sequence[Spoken], family: tuple[str, ...]) -> tuple[float, ...]:
    mine = [spoken for spoken in every if spoken.subject in family]
    meant = either(spoken.strength for spoken in mine if not spoken.is_about)
    told = either(spoken.strength for spoken in mine if spoken.is_about)
    first = either(
        spoken.strength
        for spoken in mine
        if spoken.subject == family[0] and not spoken.is_about
    )
    return (float(bool(mine)), meant, float(meant >= MEANT), told, first)
