"""Who is in the audiences of some accounts, as rows and as sets that can be held together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from mawj.graph.audiences import Sets, bottom
from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import ibis.expr.types as ir

ENGAGING = ("like", "repost", "quote", "reply", "mention")
DIGITS = 16
"""Hexadecimal digits of the MD5 digest that orders members: the same on every engine."""


@dataclass(frozen=True)
class AudienceLimits:
    """How audiences are held, and how sure an estimate has to be.

    Attributes:
        exact_members: memberships up to which audiences are held whole and counted; about 60
            bytes each while they are read (our judgement: 600 MB).
        sketch_members: members kept of each larger audience; the standard error of a shared
            share p is sqrt(p (1 - p) / sketch_members) or less (our judgement: below 1 %).
        level: probability that an interval holds the true value (our judgement).
    """

    exact_members: int = 10_000_000
    sketch_members: int = 4096
    level: float = 0.9

    def __post_init__(self) -> None:
        """Refuse what no method can work with."""
        if self.exact_members < 0 or self.sketch_members < 2 or not 0 < self.level < 1:
            raise ValueError(
                "exact_members is at least 0, sketch_members at least 2, level inside (0, 1)"
            )


@dataclass(frozen=True)
class Audiences:
    """The audiences of some accounts as sets over numbered members.

    Attributes:
        account_ids: the accounts; one without any member has an empty set.
        sets: their audiences, in the same order.
        member_ids: the id of each member number.
    """

    account_ids: tuple[str, ...]
    sets: Sets
    member_ids: Any

    def places(self, account_ids: Sequence[str]) -> np.ndarray:
        """Where accounts stand among the sets."""
        place_of = {one: place for place, one in enumerate(self.account_ids)}
        return np.array([place_of[one] for one in account_ids], np.int64)


def audience_members(
    chosen: ir.Table, follows: ir.Table, acts: ir.Table, people: ir.Table, *, as_of: datetime
) -> ir.Table:
    """Who follows, engages with and comments on the chosen accounts: one row per member.

    Reads:
        chosen: account_id of the accounts asked about.
        follows: those that had not ended by `as_of`.
        acts: likes, reposts, quotes, replies and mentions (`engages`), comments (`comments`).
        people: the accounts of one person count as one member.

    Returns:
        The declared columns. `member_id` is the person: the smallest account id where several
        accounts belong to one. Nobody is in the audience of an account of their own.
    """
    now = follows.filter(follows.ended_at.isnull() | (follows.ended_at > as_of))
    told = [
        now.select(
            account_id="followed_id", member="follower_id", kind=ibis.literal("follows")
        ),
        _acting(acts, ENGAGING, "engages"),
        _acting(acts, ("comment",), "comments"),
    ]
    persons = people.select("account_id", "person_id")
    rows = ibis.union(*told).semi_join(chosen, "account_id")
    named = rows.left_join(persons, rows.member == persons.account_id).select(
        "account_id", "kind", member_id=ibis.coalesce(_.person_id, _.member)
    )
    owners = persons.select("account_id", owner="person_id")
    owned = named.left_join(owners, "account_id").mutate(
        owner=ibis.coalesce(_.owner, _.account_id)
    )
    others = owned.filter(owned.member_id != owned.owner)
    return shaped(others.distinct(on=["account_id", "kind", "member_id"]), "audience_members")


def audience_sizes(audience_members: ir.Table, standing: ir.Table) -> ir.Table:
    """How much of each audience is loaded: one row per account and kind that has any.

    Reads:
        audience_members: counted.
        standing: followers by the latest count.

    Returns:
        The declared columns. `n_stated` and `loaded_share` are of followers only: nobody
        publishes how many distinct accounts engage.
    """
    counted = audience_members.group_by("account_id", "kind").agg(n_loaded=_.count())
    known = counted.left_join(standing.select("account_id", "followers"), "account_id")
    is_known = (known.kind == "follows") & known.followers.notnull()
    stated = ibis.ifelse(is_known, ibis.greatest(known.followers, known.n_loaded), None)
    sized = known.mutate(n_stated=stated).mutate(loaded_share=ratio(_.n_loaded, _.n_stated))
    return shaped(sized, "audience_sizes")


def audience_sample(audience_members: ir.Table, *, audience_limits: AudienceLimits) -> ir.Table:
    """The members of least digest of each audience, with the digest.

    Returns:
        account_id, kind, member_id, digest (hexadecimal): at most `sketch_members` rows an
        account and kind.
    """
    digest = audience_members.member_id.hexdigest("md5").substr(0, DIGITS)
    rows = audience_members.mutate(digest=digest)
    window = ibis.window(group_by=["account_id", "kind"], order_by=["digest", "member_id"])
    placed = rows.mutate(place=ibis.row_number().over(window))
    return placed.filter(placed.place < audience_limits.sketch_members).drop("place")


def audiences(
    members: pa.Table,
    account_ids: Sequence[str],
    *,
    sizes: dict[str, int] | None = None,
    audience_limits: AudienceLimits | None = None,
) -> Audiences:
    """Sets of members from rows of one kind of audience.

    Args:
        members: account_id and member_id, each pair once; with `digest` where they are samples.
        account_ids: the accounts; rows of others are left out.
        sizes: true sizes by account, for samples; without them the audiences are whole.
        audience_limits: how samples were cut.

    The order of the rows makes no difference.
    """
    limits = audience_limits or AudienceLimits()
    order = {one: place for place, one in enumerate(dict.fromkeys(account_ids))}
    owner = _numbers(members["account_id"], order)
    members, owner = members.filter(pa.array(owner >= 0)), owner[owner >= 0]
    number, ids, unit = _numbered(members)
    at = np.lexsort((number, owner))
    owner, number = owner[at], number[at].astype(np.int32)
    ptr = np.searchsorted(owner, np.arange(len(order) + 1)).astype(np.int64)
    size = np.diff(ptr)
    theta = np.ones(size.size)
    if sizes is not None:
        size = np.array([sizes.get(one, 0) for one in order], np.int64)
        ptr, number, theta = _cut(ptr, number, unit, size, limits.sketch_members)
    return Audiences(tuple(order), Sets(ptr, number, unit, size, theta), ids)


def _acting(acts: ir.Table, kinds: tuple[str, ...], kind: str) -> ir.Table:
    done = acts.filter(acts.kind.isin(kinds))
    return done.select(account_id="target_id", member="actor_id", kind=ibis.literal(kind))


def _numbers(column: Any, order: dict[str, int]) -> np.ndarray:
    coded = column.combine_chunks().dictionary_encode()
    place = np.array([order.get(one, -1) for one in coded.dictionary.to_pylist()], np.int64)
    return place[coded.indices.to_numpy(zero_copy_only=False)] if place.size else place


def _numbered(members: Any) -> tuple[np.ndarray, Any, np.ndarray]:
    """A number for each row's member, the ids by number, and their digests as fractions.

    Whole audiences need no digest: their members are numbered by id and spread evenly.
    """
    coded = members["member_id"].combine_chunks().dictionary_encode()
    index = coded.indices.to_numpy(zero_copy_only=False)
    keys = coded.dictionary
    if "digest" in members.column_names:
        of_key = np.zeros(len(keys), np.int64)
        of_key[index] = np.arange(index.size)
        digests = members["digest"].take(pa.array(of_key)).to_pylist()
        bits = np.frombuffer(bytes.fromhex("".join(digests)), ">u8").astype(np.float64)
        unit = bits / 2.0**64
        by_id = np.argsort(np.array(keys.to_pylist(), dtype=object), kind="stable")
        order = by_id[np.argsort(unit[by_id], kind="stable")]
        unit = unit[order]
    else:
        order = np.asarray(pa.compute.sort_indices(keys))
        unit = np.arange(order.size) / max(order.size, 1)
    number = np.empty(order.size, np.int64)
    number[order] = np.arange(order.size)
    return number[index], keys.take(pa.array(order)), unit


def _cut(
    ptr: np.ndarray, number: np.ndarray, unit: np.ndarray, size: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each set cut to the members that a bottom-k sketch of its size keeps."""
    theta, is_kept = np.ones(size.size), np.ones(number.size, bool)
    for place in range(size.size):
        row = number[ptr[place] : ptr[place + 1]]
        kept, theta[place] = bottom(unit[row], int(size[place]), min(k, row.size))
        is_kept[ptr[place] + kept : ptr[place + 1]] = False
    ends = np.concatenate([[0], np.cumsum(is_kept)])[ptr]
    return ends.astype(np.int64), number[is_kept], theta
