"""The meaning of a text as columns of a text model: what carries across languages."""

from collections.abc import Sequence

import numpy as np

from mawj.text.embedding import Embedder
from mawj.text.text_model import Extras, Floats

SIZE = 2.0
"""How much longer than 1 a text's vector is made, so that it weighs beside n-grams; ours."""


def meaning_columns(embedder: Embedder) -> Extras:
    """One column a dimension of `embedder`; slow (about 80 short texts a second with E5)."""
    n = embedder.passages(["."]).shape[1]

    def columns(texts: Sequence[str], _: Sequence[str]) -> Floats:
        vectors = embedder.passages(list(texts)) if texts else np.zeros((0, n))
        return np.asarray(vectors, np.float64) * SIZE

    return Extras(embedder.name, tuple(f"meaning_{i}" for i in range(n)), columns)
