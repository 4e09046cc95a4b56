"""How near passages and claims are in meaning, in one language or across three."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from mawj.text.embedding import embedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mawj.text.embedding import Embedder

LONGEST = 280
"""Characters of a passage that are embedded: a claim is one sentence. Our judgement."""


@cache
def meaning_model() -> Embedder | None:
    """The embedder of the `semantic` extra; None where it is not installed."""
    try:
        return embedder()
    except ImportError:
        return None


def centred(
    model: Embedder, texts: Sequence[str], languages: Sequence[str]
) -> NDArray[np.float32]:
    """Unit vectors of the texts, seen from the middle of everyday sentences of their language.

    Raw cosines of E5 all lie between 0.7 and 1 (Wang et al. 2024, notes on the model's card),
    and texts of one language lie nearer; from the middle of each language, sentences that have
    nothing in common lie near 0, and a translation near its original.

    Args:
        model: what turns texts into vectors.
        texts: passages and claims alike.
        languages: of each text: en, ar or fa; any other is seen from the middle of all.
    """
    middles = _middles(model.name)
    seen_from = np.stack([middles.get(one[:2], middles[""]) for one in languages])
    vectors = model.passages([text[:LONGEST] for text in texts]) - seen_from
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    made: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-6)).astype(np.float32)
    return made


@cache
def _middles(_name: str) -> dict[str, NDArray[np.float32]]:
    model = meaning_model()
    assert model is not None
    text = resources.files("mawj.vet.claims").joinpath("ordinary.toml").read_text("utf-8")
    told = tomllib.loads(text)
    made = {name: model.passages(told[name]).mean(axis=0) for name in ("en", "ar", "fa")}
    return made | {"": np.mean(list(made.values()), axis=0)}
