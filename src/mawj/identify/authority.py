"""Authority: attention, counted by the authority of those who give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from mawj.graph.rank import RankSettings, pagerank
from mawj.identify.graph_arrays import attention_graph, numbers
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from mawj.graph.adjacency import Adjacency
    from mawj.identify.graph_arrays import AttentionGraph

Floats = npt.NDArray[np.float64]

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


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
    overall = _ranked(attention.graph, trust, trust, settings)
    everyone = np.arange(len(attention.ids))
    parts = [_rows(attention.ids, everyone, "", overall, n_sources)]
    for topic_id, place, share in _topics(account_topics, attention, authority_settings):
        start = np.zeros(len(attention.ids))
        start[place] = share * trust[place]
        if start.sum() > 0:
            values = _ranked(attention.graph, start, trust, settings)
            parts.append(_rows(attention.ids, place, topic_id, values, n_sources))
    return pa.concat_tables(parts).cast(schema)


def _trust(doubt: pa.Table, attention: AttentionGraph) -> Floats:
    """1 - doubt of each account; where doubt is not known, 1."""
    place = numbers(doubt["account_id"], attention.ids)
    known = (place >= 0) & pc.is_valid(doubt["doubt"]).to_numpy()
    trust = np.ones(len(attention.ids))
    trust[place[known]] = 1.0 - pc.fill_null(doubt["doubt"], 0.0).to_numpy()[known]
    return trust


def _ranked(graph: Adjacency, start: Floats, trust: Floats, settings: RankSettings) -> Floats:
    """PageRank as multiples of the mean."""
    if start.sum() <= 0:
        start = np.ones_like(start)
    ranked = pagerank(graph, settings=settings, teleport=start, trust=trust)
    return ranked.values.astype(np.float64) * graph.n_nodes


def _sources(attention: AttentionGraph) -> npt.NDArray[np.int64]:
    """Accounts that point at each account directly, by the account's number."""
    in_new = np.diff(attention.graph.in_ptr)
    counts: npt.NDArray[np.int64] = in_new[attention.graph.rank_of].astype(np.int64)
    return counts


def _topics(
    account_topics: pa.Table, attention: AttentionGraph, settings: AuthoritySettings
) -> list[tuple[str, npt.NDArray[np.int32], Floats]]:
    """Each topic with enough accounts: its id, their places and their shares."""
    real = account_topics.filter(
        pc.greater_equal(account_topics["topic_share"], settings.least_topic_share)
    ).sort_by([("topic_id", "ascending"), ("account_id", "ascending")])
    place = numbers(real["account_id"], attention.ids)
    share = real["topic_share"].to_numpy()
    topic = np.asarray(real["topic_id"].to_pylist(), dtype=object)
    chosen = []
    for topic_id in dict.fromkeys(topic.tolist()):
        of_topic = (topic == topic_id) & (place >= 0)
        if of_topic.sum() >= settings.least_topic_accounts:
            chosen.append((str(topic_id), place[of_topic], share[of_topic]))
    return chosen


def _rows(
    ids: Any,
    place: npt.NDArray[Any],
    topic_id: str,
    values: Floats,
    n_sources: npt.NDArray[np.int64],
) -> pa.Table:
    columns: dict[str, Any] = {
        "account_id": ids.take(pa.array(place)),
        "topic_id": pa.array([topic_id] * place.size, pa.string()),
        "authority": values[place],
        "n_sources": n_sources[place],
    }
    return pa.table(columns)
