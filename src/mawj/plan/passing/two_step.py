"""How far messages come in two steps: before whom they come, and whom these bring them to.

The first step is the audience of the accounts; the second the audiences of those who pass on
(Katz & Lazarsfeld, Personal Influence, 1955). It is the independent cascade of Kempe, Kleinberg
& Tardos (2003) held to two steps, with chances that are not known but distributed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.plan.passing.audience_members import Audiences

DRAWS = 400
LEVEL = 0.8


@dataclass(frozen=True)
class PassingArcs:
    """Who may pass on whose messages, as arcs for kernels of spread.

    Attributes:
        ids: the account of each number.
        source, target: int32; whose message, and who passes it on.
        chance: float32; mean chance for one message.
        weight: float32; how many messages the chance is worth: it is Beta distributed with
            chance × weight and (1 - chance) × weight.
    """

    ids: tuple[str, ...]
    source: np.ndarray
    target: np.ndarray
    chance: np.ndarray
    weight: np.ndarray


def passing_arcs(passes: pa.Table, members: pa.Table) -> PassingArcs:
    """An arc to everybody who passed on a message, and to each silent member of the audience.

    Args:
        passes: as declared, of the sources.
        members: account_id and member_id, their audiences; those without a row of their own
            have the chance of the silent.
    """
    columns = ("account_id", "passer_id", "passing_share", "worth")
    told = zip(*(passes[name].to_pylist() for name in columns), strict=True)
    rows = {(source, passer): (share, worth) for source, passer, share, worth in told}
    audience = (members[name].to_pylist() for name in ("account_id", "member_id"))
    for source, member in zip(*audience, strict=True):
        if (source, member) not in rows and (source, "") in rows:
            rows[source, member] = rows[source, ""]
    arcs = sorted((source, passer, *what) for (source, passer), what in rows.items() if passer)
    ids = tuple(sorted({name for arc in arcs for name in arc[:2]}))
    number = {name: at for at, name in enumerate(ids)}
    return PassingArcs(
        ids,
        np.array([number[arc[0]] for arc in arcs], np.int32),
        np.array([number[arc[1]] for arc in arcs], np.int32),
        np.array([arc[2] for arc in arcs], np.float32),
        np.array([arc[3] for arc in arcs], np.float32),
    )


def two_step_reach(
    audiences: Audiences,
    arcs: PassingArcs,
    account_ids: Sequence[str],
    *,
    n_posts: int = 1,
    followers: Mapping[str, float] | None = None,
    passes_loaded_share: float | None = None,
    with_silent: bool = True,
    seed: int = 1,
) -> pa.Table:
    """Direct and second-step reach of messages of some accounts: one row.

    Args:
        audiences: of the accounts and of those who may pass on, whole, account by account.
        arcs: chances; those of other sources are left out.
        account_ids: the set.
        n_posts: messages of each of them.
        followers: public counts of those who may pass on, for `second_stated`.
        passes_loaded_share: what part of the passing on is loaded.
        with_silent: what `arcs` hold.
        seed: of the draws.

    Returns:
        The declared columns. Chances are drawn from their distributions, who passes on from the
        chances, `DRAWS` times; the interval holds both. It speaks of audiences that are loaded:
        whom a passer brings in without loaded followers is not in `second`, but is in
        `second_stated`.

    Raises:
        NotEnoughData: for no account, or audiences that are samples.
    """
    if not account_ids or not audiences.sets.are_whole:
        raise NotEnoughData("two steps need accounts and whole audiences", has=0, needs=1)
    place = {one: at for at, one in enumerate(audiences.account_ids)}
    sets = audiences.sets
    direct = np.zeros(sets.unit.size, bool)
    for one in account_ids:
        direct[sets.row(place[one])] = True
    n_direct = int(direct.sum())
    members = np.array(audiences.member_ids.to_pylist(), dtype=object)
    direct |= np.isin(members, list(account_ids))
    passers, silence = _passers(arcs, account_ids)
    names = [arcs.ids[one] for one in passers]
    rows = [sets.row(place[one]) if one in place else sets.member[:0] for one in names]
    behind = [row[~direct[row]] for row in rows]
    random = np.random.default_rng(seed)
    stated = np.array([(followers or {}).get(one, np.nan) for one in names])
    drawn = [
        _draw(behind, stated, direct.size, silence(random, n_posts), random)
        for _ in range(DRAWS)
    ]
    second, n_passers, brought = (np.array(c, float) for c in zip(*drawn, strict=True))
    low, middle, high = np.quantile(second, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    told = float(brought.mean()) if followers is not None else None
    row = {
        "accounts": sorted(account_ids), "n_posts": n_posts, "direct": n_direct,
        "second": middle, "second_mean": second.mean(), "second_low": low, "second_high": high,
        "n_passers": n_passers.mean(), "second_stated": told,
        "passes_loaded_share": passes_loaded_share, "with_silent": with_silent,
    }  # fmt: skip
    return pa.Table.from_pylist([row], TABLES["two_step_reach"].schema)


def _passers(arcs: PassingArcs, account_ids: Sequence[str]) -> tuple[np.ndarray, _Silence]:
    """Everybody with an arc from the set, and how the chance that they do nothing is drawn."""
    number = {name: at for at, name in enumerate(arcs.ids)}
    wanted = [number[one] for one in account_ids if one in number]
    at = np.flatnonzero(np.isin(arcs.source, wanted) & ~np.isin(arcs.target, wanted))
    passers, which = np.unique(arcs.target[at], return_inverse=True)
    chance = np.clip(arcs.chance[at].astype(np.float64), 1e-12, 1 - 1e-12)
    weight = arcs.weight[at].astype(np.float64)
    a, b = chance * weight, (1 - chance) * weight
    return passers, _Silence(a, b, which.ravel(), passers.size)


@dataclass(frozen=True)
class _Silence:
    """Draws of the chance that each passer passes on nothing of the set's messages."""

    a: np.ndarray
    b: np.ndarray
    which: np.ndarray
    n: int

    def __call__(self, random: np.random.Generator, n_posts: int) -> np.ndarray:
        chance = np.minimum(random.beta(self.a, self.b), 1 - 1e-12)
        return np.exp(np.bincount(self.which, n_posts * np.log1p(-chance), self.n))


def _draw(
    behind: list[np.ndarray],
    stated: np.ndarray,
    n_members: int,
    silence: np.ndarray,
    random: np.random.Generator,
) -> tuple[int, int, float]:
    """Who passes on, once: members behind them, how many they are, and their public counts."""
    acting = np.flatnonzero(random.random(silence.size) >= silence)
    reached = np.zeros(n_members, bool)
    for one in acting:
        reached[behind[one]] = True
    return int(reached.sum()), int(acting.size), float(np.nansum(stated[acting]))
