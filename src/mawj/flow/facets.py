"""Filters of a search that rest on data which few accounts have: trust, audience and fees.

Each is a set of accounts that is read once from its tables and kept until they change, so that
a search pays for holding the accounts of a list against it and no more.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.facets_asked import (
    AUDIENCE_SHARE,
    KNOWN,
    NOT_ASSESSED,
    NOT_KNOWN,
    VERDICTS,
)
from mawj.flow.told_accounts import Told, meant
from mawj.flow.vet_kept import verdicts_kept
from mawj.lake.lake import Lake
from mawj.plan.pricing.money import is_counted, minor_of
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from mawj.flow.accounts import Readable
    from mawj.flow.finding import Wanted

Made = TypeVar("Made")

MOST_SETS = 64
"""Sets of accounts that a process keeps; one of 100,000 accounts is some MB (our judgement)."""
FEE_TABLES = ("quotes", "campaign_results")

_sets: OrderedDict[Hashable, Any] = OrderedDict()
_turns: dict[Hashable, Lock] = {}
_lock = Lock()


@dataclass(frozen=True)
class Facet:
    """The only accounts that are wanted, or those that are not.

    Attributes:
        accounts: account ids.
        leaves_out: these are the accounts that are not wanted.
    """

    accounts: pa.Array[Any]
    leaves_out: bool = False


@dataclass(frozen=True)
class FacetsKnown:
    """Of how many accounts each is known.

    Attributes:
        trust: accounts by the verdict on their credibility in their last vetting.
        n_audience: accounts of whose audience a place or language is loaded.
        n_fees: accounts of which a fee is loaded.
    """

    trust: Mapping[str, int]
    n_audience: int
    n_fees: int

    @property
    def n_trust(self) -> int:
        """Accounts that were vetted."""
        return sum(self.trust.values())


def facets_of(lake: Readable, wanted: Wanted) -> list[Facet]:
    """The sets of accounts that `wanted` names, none where it names none.

    Raises:
        NotFound: for an unknown verdict, state of fees or currency.
    """
    asked = (
        (wanted.trust, _trusted),
        (wanted.audience_country, _audience_in),
        (wanted.audience_language, _audience_speaks),
        (wanted.price, _priced),
        (wanted.fee_at_most > 0, _affordable),
    )  # fmt: skip
    return [facet(lake, wanted) for is_asked, facet in asked if is_asked]


def facets_known(lake: Readable) -> FacetsKnown:
    """Of how many accounts trust, audience and fees are known."""
    verdicts = verdicts_of(lake)
    audience = _once(lake, ("audiences",), "n", _n_audience) if lake.has("audiences") else 0
    return FacetsKnown(Counter(verdicts.values()), audience, len(_fees(lake)))


def _trusted(lake: Readable, wanted: Wanted) -> Facet:
    verdicts = verdicts_of(lake)
    if wanted.trust == NOT_ASSESSED:
        return Facet(_ids(verdicts), leaves_out=True)
    if wanted.trust not in VERDICTS:
        raise NotFound(f"no trust is called {wanted.trust!r}; there are {', '.join(VERDICTS)}")
    return Facet(_ids(one for one, verdict in verdicts.items() if verdict == wanted.trust))


def verdicts_of(lake: Readable) -> Mapping[str, str]:
    """The last vetting's verdict on the credibility of each account that was vetted."""
    tables = ("vettings", "kept_scores")
    return _once(lake, tables, "credibility", lambda at: verdicts_kept(at, "credibility"))


def _audience_in(lake: Readable, wanted: Wanted) -> Facet:
    return _audience(lake, "country", wanted.audience_country.upper())


def _audience_speaks(lake: Readable, wanted: Wanted) -> Facet:
    return _audience(lake, "language", wanted.audience_language.lower())


def _audience(lake: Readable, dimension: str, value: str) -> Facet:
    def made(at: Readable) -> pa.Array[Any]:
        told = at.read("audiences").filter(_.dimension == dimension)
        is_it = (told.value == value) & (told.share >= AUDIENCE_SHARE)
        held = told.filter(is_it).select("account_id", "slice", "as_of")
        # Of several tellings of one slice the newest counts.
        last = told.semi_join(held, ["account_id", "slice"]).group_by("account_id", "slice")
        newest = held.semi_join(last.agg(as_of=_.as_of.max()), ["account_id", "slice", "as_of"])
        ids: pa.Table = newest.select("account_id").distinct().to_pyarrow()
        return ids["account_id"].combine_chunks()

    return Facet(_once(lake, ("audiences",), (dimension, value), made))


def _n_audience(lake: Readable) -> int:
    told = lake.read("audiences").filter(_.dimension.isin(("country", "language")))
    return int(told.account_id.nunique().to_pyarrow().as_py())


def _priced(lake: Readable, wanted: Wanted) -> Facet:
    if wanted.price not in (KNOWN, NOT_KNOWN):
        raise NotFound(f"price is {KNOWN} or {NOT_KNOWN}, not {wanted.price!r}")
    return Facet(_ids(_fees(lake)), leaves_out=wanted.price == NOT_KNOWN)


def _affordable(lake: Readable, wanted: Wanted) -> Facet:
    """Those whose last fee for anything they deliver is within what may be paid."""
    currency = wanted.fee_currency.upper()
    most = minor_of(wanted.fee_at_most, currency)
    return Facet(
        _ids(one for one, fees in _fees(lake).items() if fees.get(currency, most + 1) <= most)
    )


def _fees(lake: Readable) -> Mapping[str, Mapping[str, int]]:
    """By account and currency the least of its last fees, in smallest units."""
    return _once(lake, (*FEE_TABLES, "accounts"), "fees", _fees_read)


def _fees_read(lake: Readable) -> dict[str, dict[str, int]]:
    last: dict[tuple[str, str, str], tuple[date, int]] = {}
    for told in _told_fees(lake):
        key = (told["account_id"], told["currency"], told["deliverable"] or "")
        last[key] = max(last.get(key, (told["day"], told["amount_minor"])),
                        (told["day"], told["amount_minor"]))  # fmt: skip
    whose = _whose(lake, sorted({account for account, _c, _d in last}))
    found: dict[str, dict[str, int]] = {}
    for (account, currency, _deliverable), (_day, amount) in last.items():
        if account in whose:
            mine = found.setdefault(whose[account], {})
            mine[currency] = min(mine.get(currency, amount), amount)
    return found


def _told_fees(lake: Readable) -> list[dict[str, Any]]:
    """Fees asked and paid; what results tell was paid."""
    columns = ("account_id", "deliverable", "currency", "amount_minor")
    asked = lake.read("quotes").select(*columns, day="quoted_on")
    paid = lake.read("campaign_results").select(*columns, day="published_on")
    told = [*rows(asked), *rows(paid)]
    return [
        one for one in told
        if one["amount_minor"] and one["day"] and is_counted(one["currency"] or "")
    ]  # fmt: skip


def _whose(lake: Readable, named: Sequence[str]) -> dict[str, str]:
    """The account that each name of a file of fees means: its id, or platform:handle."""
    found = meant(lake, [Told(one) for one in named]) if named else []
    return {name: ids[0] for name, ids in zip(named, found, strict=True) if len(ids) == 1}


def _ids(accounts: Iterable[str]) -> pa.Array[Any]:
    return pa.array(sorted(accounts), pa.string())


def _once(
    lake: Readable, tables: Sequence[str], asked: Hashable, made: Callable[[Readable], Made]
) -> Made:
    """What `made` reads of `tables`, as it was read before where none of them has changed.

    Of several who ask at once for what was not read yet one reads, and the others wait for it.
    """
    sight: Any = lake.sight() if isinstance(lake, Lake) else lake
    key = (tuple(sight.version_of(name) for name in tables), asked)
    with _lock:
        turn = _turns.setdefault(key, Lock())
    with turn:
        with _lock:
            if key in _sets:
                _sets.move_to_end(key)
                return cast("Made", _sets[key])
        found = made(sight)
        with _lock:
            _sets[key] = found
            while len(_sets) > MOST_SETS:
                _turns.pop(_sets.popitem(last=False)[0], None)
    return found
