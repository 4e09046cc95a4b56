"""Authority: attention, counted by the authority of those who give it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from mawj.graph.rank import RankSettings, pagerank
from mawj.graph.topics import topic_ranks
from mawj.identify.graph_arrays import attention_graph, numbers
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.identify.graph_arrays import AttentionGraph

Floats = npt.NDArray[Any]
Ints = npt.NDArray[Any]

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

WIDTH = 16
"""Topics ranked in one sweep over the edges."""


@dataclass(frozen=True)
class AuthoritySettings:
    """How authority is ranked.

    Attributes:
        damping: chance that attention is passed on rather than starting anew; 0.85, Brin & Page
            1998.
        tolerance: change in sum at which rounds end. Our judgement.
        rounds: most rounds. Our judgement.
        least_topic_share: share of a topic from which an account counts for the topic's ranking
            and is given a rank on it. Our judgement.
        least_topic_accounts: accounts that a topic needs to be ranked. Our judgement.
    """

    damping: float = 0.85
    tolerance: float = 1e-7
    rounds: int = 100
    least_topic_share: float = 0.1
    least_topic_accounts: int = 30


def authority(
    edges: pa.Table,
    doubt: pa.Table,
    account_topics: pa.Table,
    *,
    authority_settings: AuthoritySettings,
) -> pa.Table:
    """PageRank in the graph of attention, overall and by topic: one row per account and topic.

    Reads:
        edges: who gives attention to whom, with weight; doubt: 0..1; account_topics: shares.

    Returns:
        authority, PageRank times the number of accounts of the graph (1 is the mean), for each
        account with an edge; on a topic for the accounts with a real share in it. n_sources:
        accounts whose attention reaches it directly.

    Doubt:
        Attention starts anew at accounts in proportion to 1 - doubt, and a doubtful account
        passes on only that share of what reaches it; so a crowd of doubtful accounts has
        little to give, whether it points at others or at itself. Where doubt is not known it
        counts as none.

    Source:
        Brin & Page 1998; topic-sensitive PageRank, Haveliwala, WWW 2002 (the start weighted by
        the accounts' share of the topic); trust in the spirit of Gyongyi et al., VLDB 2004.
    """
    schema = TABLES["authority"].schema
    if edges.num_rows == 0:
        return schema.empty_table()
    attention = attention_graph(edges)
    trust = _trust(doubt, attention)
    n_sources = _sources(attention)
    settings = RankSettings(
        damping=authority_settings.damping,
        rounds=authority_settings.rounds,
        tolerance=authority_settings.tolerance,
    )
    everyone = np.arange(len(attention.ids))
    start = trust if trust.any() else np.ones_like(trust)
    overall = pagerank(attention.graph, settings=settings, teleport=start, trust=trust).values
    parts = [_rows(attention.ids, everyone, "", overall, n_sources)]
    topics = _topics(account_topics, attention, trust, authority_settings)
    for first in range(0, len(topics), WIDTH):
        swept = topics[first : first + WIDTH]
        starts = np.zeros((len(attention.ids), len(swept)))
        for i, topic in enumerate(swept):
            starts[topic.place, i] = topic.start
        values = topic_ranks(attention.graph, starts, settings=settings, trust=trust).values
        parts += [
            _rows(attention.ids, topic.place, topic.topic_id, values[:, i], n_sources)
            for i, topic in enumerate(swept)
        ]
    return pa.concat_tables(parts).cast(schema)


class Topic(NamedTuple):
    """A topic with enough accounts: their places, and how much attention starts at each."""

    topic_id: str
    place: Ints
    start: Floats


def _trust(doubt: pa.Table, attention: AttentionGraph) -> Floats:
    """1 - doubt of each account; where doubt is not known, 1."""
    place = numbers(doubt["account_id"], attention.ids)
    known = (place >= 0) & pc.is_valid(doubt["doubt"]).to_numpy()
    trust = np.ones(len(attention.ids))
    trust[place[known]] = 1.0 - pc.fill_null(doubt["doubt"], 0.0).to_numpy()[known]
    return trust


def _sources(attention: AttentionGraph) -> Ints:
    """Accounts that point at each account directly, by the account's number."""
    in_new = np.diff(attention.graph.in_ptr)
    counts: Ints = in_new[attention.graph.rank_of].astype(np.int64)
    return counts


def _topics(
    account_topics: pa.Table,
    attention: AttentionGraph,
    trust: Floats,
    settings: AuthoritySettings,
) -> list[Topic]:
    """Each topic with enough accounts of a real share in the graph, by name."""
    columns = account_topics.select(["account_id", "topic_id", "topic_share"])
    real = columns.filter(pc.greater_equal(columns["topic_share"], settings.least_topic_share))
    real = real.append_column("place", pa.array(numbers(real["account_id"], attention.ids)))
    real = real.filter(pc.greater_equal(real["place"], 0))
    real = real.sort_by([("topic_id", "ascending"), ("place", "ascending")])
    named, first = np.unique(real["topic_id"].to_numpy(), return_index=True)
    cuts = [*first.tolist(), real.num_rows]
    found = []
    for topic_id, (begin, end) in zip(named.tolist(), pairwise(cuts), strict=True):
        part = real.slice(begin, end - begin)
        place = part["place"].to_numpy()
        start = part["topic_share"].to_numpy() * trust[place]
        if part.num_rows >= settings.least_topic_accounts and start.any():
            found.append(Topic(str(topic_id), place, start))
    return found


def _rows(ids: Any, place: Ints, topic_id: str, values: Floats, n_sources: Ints) -> pa.Table:
    """The rows of one ranking, as multiples of the mean."""
    columns: dict[str, Any] = {
        "account_id": ids.take(pa.array(place)),
        "topic_id": pa.array([topic_id] * place.size, pa.string()),
        "authority": values[place].astype(np.float64) * len(ids),
        "n_sources": n_sources[place],
    }
    return pa.table(columns)
