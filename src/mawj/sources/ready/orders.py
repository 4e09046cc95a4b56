"""What exports of orders have in common: money, states, tags of links; nothing of the buyer."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mawj.sources.quote_words import money_of
from mawj.sources.ready.reading_json import count, text
from mawj.sources.ready.ready import Fault, Made
from mawj.text.dates import moment_of
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
_BETWEEN = re.compile(r"[,;|]\s*|\s{2,}")


@dataclass(frozen=True)
class OrderSaid:
    """One order as its source says it: texts, read here.

    Attributes:
        order_id: shop:native id.
        at: when it was placed; without a zone it is in `zone`.
        state: the source's word for what became of it.
        total, currency: what it came to; the amount may carry its currency.
        discount, refunded: amounts in the same currency; "" where they are not said.
        codes: discount codes.
        landing: address that the buyer came in by, whose tags are read.
        referrer: address that the buyer came from.
        utm: tags of the link where the source says them one by one.
        zone: IANA name of the shop's time zone.
    """

    order_id: str
    at: str
    state: str
    total: str
    currency: str
    discount: str = ""
    refunded: str = ""
    codes: tuple[str, ...] = ()
    landing: str = ""
    referrer: str = ""
    utm: tuple[tuple[str, str | None], ...] = ()
    zone: str = "UTC"


@cache
def _states() -> Mapping[str, str]:
    said = (resources.files("mawj.sources") / "orders.toml").read_text(encoding="utf-8")
    states = tomllib.loads(said)["states"]
    return {folded(word): state for state, words in states.items() for word in words}


@cache
def headings() -> Mapping[str, str]:
    """What each known heading of a table of orders means, folded."""
    said = (resources.files("mawj.sources") / "orders.toml").read_text(encoding="utf-8")
    told = tomllib.loads(said)["headings"]
    return {folded(word): name for name, words in told.items() for word in words}


def folded(said: str) -> str:
    """A heading or word in search form, joiners as blanks."""
    return " ".join(re.sub(r"[_\-()/:]+", " ", search_form(said)).split())


def state_of(said: str) -> str | None:
    """What became of an order, from the word of a shop; None where the word is not known."""
    return _states().get(folded(said))


def order_made(said: OrderSaid) -> Iterator[Made | Fault]:
    """The row of one order; a part that cannot be read is told and left open."""
    state = state_of(said.state)
    try:
        at = moment_in(said.at, said.zone)
        total, currency = money_of(said.total, said.currency or None)
    except ValueError as error:
        yield Fault("", f"{said.order_id}: {error}")
        return
    if state is None:
        yield Fault("state", f"{said.state!r} is no state of an order known here")
        return
    row: dict[str, Any] = {
        "order_id": said.order_id, "shop": said.order_id.partition(":")[0], "ordered_at": at,
        "state": state, "total_minor": total, "currency": currency,
        "codes": codes_of(said.codes) or None, "referrer": host_of(said.referrer),
        **tags_of(said.landing), **{name: value for name, value in said.utm if value},
    }  # fmt: skip
    for column, amount in (
        ("discount_minor", said.discount),
        ("refunded_minor", said.refunded),
    ):
        try:
            row[column] = money_of(amount.lstrip("-"), currency)[0] if amount else None
        except ValueError as error:
            yield Fault(column, str(error))
    yield Made("orders", row)


def moment_in(said: str, zone: str) -> datetime:
    """A moment in UTC; without a zone of its own it is the clock of `zone`.

    Raises:
        ValueError: when it is no moment, or the zone is not known.
    """
    found = moment_of(said)
    if re.search(r"(?:[zZ]|UTC|GMT|[+-]\d{2}:?\d{2})\s*$", said) or zone == "UTC":
        return found
    try:
        return found.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{zone!r} is no time zone") from error


def codes_of(said: Iterable[str]) -> list[str]:
    """Discount codes, in capitals, each once; several may stand in one cell."""
    parts = (part.strip().upper() for one in said for part in _BETWEEN.split(one))
    return list(dict.fromkeys(part for part in parts if part))


def tags_of(landing: str) -> dict[str, str]:
    """The tags in the address of a link; none where it cannot be read."""
    try:
        asked = parse_qs(urlsplit(landing).query)
    except ValueError:
        return {}
    return {name: asked[name][0] for name in UTM if name in asked}


def host_of(address: str) -> str | None:
    """The host of an address without www; of it nothing else is kept."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def only(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """The named fields of a record: what may be kept of an order."""
    return {name: record[name] for name in names if isinstance(record, dict) and name in record}


def size_of(record: Any, *path: str) -> float:
    """An amount without its sign; 0 where there is none. What was taken off may be negative."""
    return count({"size": said_text(record, *path).lstrip("-")}, "size") or 0.0


def said_text(record: Any, *path: str) -> str:
    """The text at a path, figures with decimals too; "" where there is none."""
    found = text(record, *path)
    if found is not None:
        return found
    for step in path:
        record = record.get(step) if isinstance(record, dict) else None
    return repr(record) if isinstance(record, float) else ""
