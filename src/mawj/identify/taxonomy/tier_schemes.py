"""Published ways to sort accounts by size, as data: any can be applied, none is the truth.

Sources differ on every line (10,000, 30,000, 100,000, hundreds of thousands, millions), so a
scheme is named in each result. Their lines, publishers and dates are in `tiers.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.identify.taxonomy.written import (
    count_of,
    names_of,
    need_all_names,
    only_keys,
    read_toml,
    text_of,
    texts_of,
    wrong,
)
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TEXTS = ("publisher", "title", "published", "seen", "note")


@dataclass(frozen=True)
class Tier:
    """One size class of one scheme.

    Attributes:
        tier: short id, told apart within its scheme.
        names: language (en, ar, fa) to the name that a reader sees.
        followers_from: lower line in followers, included.
        followers_below: upper line in followers, not included; None for no upper line.
    """

    tier: str
    names: Mapping[str, str]
    followers_from: int
    followers_below: int | None

    def holds(self, followers: float) -> bool:
        """Whether an account of that many followers is of this tier."""
        below = self.followers_below
        return self.followers_from <= followers and (below is None or followers < below)


@dataclass(frozen=True)
class TierScheme:
    """One published scheme.

    Attributes:
        scheme: short id.
        names: language (en, ar, fa) to the name that a reader sees.
        publisher: who drew the lines.
        title: of the page, report or article.
        published: its date, or "not stated".
        seen: when its lines were read.
        platforms: those that it speaks of; empty when it does not limit itself.
        note: what to know before it is used.
        tiers: from the smallest to the largest; they never overlap, but may leave gaps.
    """

    scheme: str
    names: Mapping[str, str]
    publisher: str
    title: str
    published: str
    seen: str
    platforms: tuple[str, ...]
    note: str
    tiers: tuple[Tier, ...]


def tier_schemes(extra_files: Sequence[Path] = ()) -> dict[str, TierScheme]:
    """Every scheme by id: those that ship, and those of the user's own files in the same form.

    A user's scheme with the id of a shipped one takes its place.

    Raises:
        SettingsError: a file does not hold; names the file, scheme, tier and what to do.
    """
    shipped = resources.files(__package__).joinpath("tiers.toml")
    return {
        scheme: _scheme(scheme, written, f"{file}: scheme {scheme!r}")
        for file in (shipped, *extra_files)
        for scheme, written in read_toml(file, "schemes").items()
    }


def tier_bounds(scheme: TierScheme) -> pa.Table:
    """The declared table `tier_bounds` for one scheme: one row a tier, the smallest first.

    Returns:
        scheme; tier; n_order (1 is the smallest); followers_from (included); followers_below
        (not included; NULL for no upper line).
    """
    rows = [
        {
            "scheme": scheme.scheme,
            "tier": tier.tier,
            "n_order": place,
            "followers_from": tier.followers_from,
            "followers_below": tier.followers_below,
        }
        for place, tier in enumerate(scheme.tiers, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["tier_bounds"].schema)


def tier_of(followers: float | None, scheme: TierScheme) -> str | None:
    """The tier of an account with so many followers.

    Returns:
        The tier's id; None when followers are not known, or lie below the first line or in a
        gap of the scheme. The nearest tier is never guessed.
    """
    if followers is None:
        return None
    return next((tier.tier for tier in scheme.tiers if tier.holds(followers)), None)


def _scheme(scheme: str, written: Any, where: str) -> TierScheme:
    if not isinstance(written, dict):
        raise wrong(where, f"must be a table with names, a source and tiers, not {written!r}")
    only_keys(written, ("names", *_TEXTS, "platforms", "tiers"), where)
    names = names_of(written, where)
    need_all_names(names, where)
    publisher, title, published, seen, note = (text_of(written, key, where) for key in _TEXTS)
    return TierScheme(
        scheme=scheme,
        names=MappingProxyType(names),
        publisher=publisher,
        title=title,
        published=published,
        seen=seen,
        platforms=texts_of(written, "platforms", where),
        note=note,
        tiers=_tiers(written.get("tiers"), where),
    )


def _tiers(written: Any, where: str) -> tuple[Tier, ...]:
    if not isinstance(written, list) or not written:
        raise wrong(where, "tiers must be a list of tiers, the smallest first, and not empty")
    tiers = tuple(
        _tier(entry, f"{where}: tier {n}") for n, entry in enumerate(written, start=1)
    )
    if len({tier.tier for tier in tiers}) < len(tiers):
        raise wrong(where, "two tiers have one id; give each its own")
    for smaller, larger in pairwise(tiers):
        if smaller.followers_below is None or smaller.followers_below > larger.followers_from:
            raise wrong(
                where,
                f"tiers {smaller.tier!r} and {larger.tier!r} overlap or are not in order; "
                "list them from the smallest, each ending where the next begins or before",
            )
    return tiers


def _tier(written: Any, where: str) -> Tier:
    if not isinstance(written, dict):
        raise wrong(where, f"must be a table with tier, names, from and below, not {written!r}")
    only_keys(written, ("tier", "names", "from", "below"), where)
    names = names_of(written, where)
    need_all_names(names, where)
    start, below = count_of(written, "from", where), count_of(written, "below", where)
    if start is None:
        raise wrong(where, "has no lower line; add from = 0 or the number it begins at")
    if below is not None and below <= start:
        raise wrong(where, f"ends at {below:,} before it begins at {start:,}; swap the lines")
    return Tier(text_of(written, "tier", where), MappingProxyType(names), start, below)
