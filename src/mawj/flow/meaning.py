"""Finding by meaning: a sentence in one language finds accounts that write in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.flow.finding import Shortlist, Wanted, find, shortlist_of
from mawj.tables.errors import NotFound
from mawj.text.embedding import embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mawj.flow.accounts import Readable

NEAREST = 500
"""Accounts nearest in meaning that are then ordered by influence too. Our judgement."""


def find_anyhow(lake: Readable, wanted: Wanted, *, by_meaning: bool) -> Shortlist:
    """By words and topics, or by meaning where that is asked for."""
    return find_by_meaning(lake, wanted) if by_meaning else find(lake, wanted)


def find_by_meaning(lake: Readable, wanted: Wanted) -> Shortlist:
    """The accounts whose documents are nearest in meaning to `wanted.subject`, best first.

    Relevance is the centred cosine between the least (0) and the nearest (1) of the accounts
    taken. Vectors are centred first: all of them lie in a narrow cone, and a raw cosine tells
    little (E5's own documentation says to rank by it, not to cut at a value).

    Raises:
        NotFound: when the current run has no vectors; the message says how to make them.
        ImportError: without the semantic extra.
    """
    table = lake.read("account_vectors").select("account_id", "vector").to_pyarrow()
    if table.num_rows == 0:
        raise NotFound("this run has no vectors; `mawj run --meaning` makes them")
    nearness = _nearness(table, embedder().query(wanted.subject))
    place = np.argsort(-nearness, kind="stable")[:NEAREST]
    low, high = float(nearness[place[-1]]), float(nearness[place[0]])
    relevance = (nearness[place] - low) / ((high - low) or 1.0)
    ids = table.column("account_id").take(pa.array(place))
    near = pa.table({"account_id": ids, "relevance": pa.array(relevance)})
    return shortlist_of(lake, wanted, near)


def _nearness(table: pa.Table, query: NDArray[np.float32]) -> NDArray[np.float64]:
    lists: Any = table.column("vector").combine_chunks()
    vectors = lists.flatten().to_numpy().reshape(table.num_rows, -1).astype(np.float64)
    centre = vectors.mean(axis=0)
    centred = vectors - centre
    lengths = np.linalg.norm(centred, axis=1)
    sought = query.astype(np.float64) - centre
    scale = lengths * np.linalg.norm(sought)
    near: NDArray[np.float64] = np.zeros(len(lengths))
    np.divide(centred @ sought, scale, out=near, where=scale > 0)
    return near
