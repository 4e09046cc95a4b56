"""The strongest change of style of each account, and the traits of its style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.own_texts import own_texts
from mawj.vet.style import TRAITS, function_words_of, traits_of
from mawj.vet.style_breaks import Break, style_break

if TYPE_CHECKING:
    from mawj.vet.own_texts import OwnTexts


@dataclass(frozen=True)
class StyleReading:
    """How much is read to find a change of style.

    Attributes:
        most_posts: latest posts read of an account; our judgement.
        least_side: posts that must stand on either side of a change; our judgement.
        n_shuffles: shuffled rows that chance is taken from; 199 tell 1 in 200.
    """

    most_posts: int = 600
    least_side: int = 15
    n_shuffles: int = 199


def style_changes(vet_posts: pa.Table, *, style_reading: StyleReading, seed: int) -> pa.Table:
    """Where each account's style changes most: one row per account with posts enough.

    Reads:
        vet_posts: text, published_at; answers to others are left out.

    Returns:
        The declared columns, whether the change is more than chance or not.
    """
    rows = [
        _change(own, found)
        for own in own_texts(vet_posts, style_reading.most_posts)
        if (found := _break(own, style_reading, seed)) is not None
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["style_changes"].schema)


def _break(own: OwnTexts, limits: StyleReading, seed: int) -> Break | None:
    if len(own.texts) < 2 * limits.least_side:
        return None
    traits = np.hstack([traits_of(own.texts), function_words_of(own.texts)])
    return style_break(traits, least=limits.least_side, n_shuffles=limits.n_shuffles, seed=seed)


def _change(own: OwnTexts, found: Break) -> dict[str, Any]:
    return {
        "account_id": own.account_id, "n_posts": len(own.texts), "n_before": found.at,
        "first_post_id": own.post_ids[found.at], "last_post_id": own.post_ids[found.at - 1],
        "changed_at": own.moments[found.at], "from_at": own.moments[0],
        "to_at": own.moments[-1], "size": found.size, "p_chance": found.p_chance,
        "suddenness": found.suddenness,
    }  # fmt: skip


def writing_style(
    vet_posts: pa.Table, style_changes: pa.Table, *, style_reading: StyleReading
) -> pa.Table:
    """How each vetted account writes, trait by trait: one row per account and trait.

    Reads:
        vet_posts: text. style_changes: where the strongest change is, to show both sides.

    Returns:
        The declared columns, for reports.
    """
    at = dict(
        zip(style_changes["account_id"].to_pylist(), style_changes["n_before"].to_pylist(),
            strict=True)
    )  # fmt: skip
    rows = [
        row
        for own in own_texts(vet_posts, style_reading.most_posts)
        for row in _traits(own, at.get(own.account_id))
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["writing_style"].schema)


def _traits(own: OwnTexts, at: int | None) -> list[dict[str, Any]]:
    traits = traits_of(own.texts)
    average, spread = traits.mean(axis=0), traits.std(axis=0)
    rows: list[dict[str, Any]] = [
        {"account_id": own.account_id, "trait": trait, "n_posts": len(traits), "average": value}
        for trait, value in zip(TRAITS, average.tolist(), strict=True)
    ]
    if at is not None:
        before, after = traits[:at].mean(axis=0), traits[at:].mean(axis=0)
        gaps = np.where(spread > 1e-9, (after - before) / np.maximum(spread, 1e-9), 0.0)
        for place, row in enumerate(rows):
            row |= {
                "before": float(before[place]), "after": float(after[place]),
                "difference": float(gaps[place]),
            }  # fmt: skip
    return rows
