"""What came of placements, in a table of any headings known in three languages."""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mawj.sources.names import account_id_of, is_url, platform_of_url
from mawj.sources.quote_words import (
    deliverable_key,
    is_paid,
    meaning_of,
    money_of,
    platform_within,
)
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.vocabulary import platform_of
from mawj.text.dates import moment_of
from mawj.text.normalise import search_form
from mawj.text.numbers import count_of, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

MEASURES = ("views", "reach", "engagements", "clicks", "conversions")
PARTS = ("likes", "comments", "shares", "saves")
"""What is added up to engagements where they are not given as such."""


@cache
def _headings() -> Mapping[str, str]:
    text = (resources.files("mawj.sources") / "results.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["headings"]
    return {_folded(word): name for name, words in told.items() for word in words}


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[_\-()]+", " ", search_form(text)).split())


def meanings(headings: Iterable[str]) -> dict[str, str]:
    """The first heading of each meaning: those of results, then those of fees."""
    found: dict[str, str] = {}
    for heading in headings:
        meaning = _headings().get(_folded(heading)) or meaning_of(heading)
        if meaning:
            found.setdefault(meaning, heading)
    return found


def detect(raw: RawFile) -> bool:
    """The headings name an account, what it published, and at least one result."""
    found = set(meanings(raw.headings))
    return {"account", "deliverable"} <= found and bool({*MEASURES, *PARTS} & found)


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One result a record; a count that cannot be read is told and left open."""
    said = {
        meaning: known(str(record[heading])) if record[heading] is not None else None
        for meaning, heading in meanings(record).items()
    }
    try:
        row = _placement(said)
    except ValueError as error:
        yield Fault("", str(error))
        return
    for name in (*MEASURES, *PARTS):
        try:
            row[name] = None if said.get(name) is None else count_of(str(said[name]))
        except ValueError as error:
            row[name] = None
            yield Fault(name, str(error))
    try:
        row |= _fee(said)
    except ValueError as error:
        yield Fault("amount", str(error))
    parts = [row.pop(name) for name in PARTS]
    if row["engagements"] is None and any(one is not None for one in parts):
        row["engagements"] = sum(one for one in parts if one is not None)
    if all(row[name] is None for name in MEASURES):
        yield Fault("", "none of views, reach, engagements, clicks and orders is said")
        return
    yield Made("campaign_results", row | {"result_id": _digest(row, "result")})
    if row.get("amount_minor") is not None:
        yield Made("quotes", _quote(row))


def _placement(said: Mapping[str, str | None]) -> dict[str, Any]:
    """Who, what and when: without these there is no result.

    Raises:
        ValueError: where one of them cannot be told.
    """
    account, what = said.get("account"), said.get("deliverable")
    on = said.get("published_on") or said.get("quoted_on")
    if account is None or what is None or on is None:
        raise ValueError("a result needs an account, a deliverable and a day of publication")
    named = what.partition(":")[0].strip().lower() if ":" in what else platform_within(what)[0]
    platform = _platform(account, said.get("platform") or named or "")
    account_id = account_id_of(account, platform)
    if account_id is None:
        raise ValueError(f"{account!r}: the platform is not known; add a column of platforms")
    return {
        "account_id": account_id,
        "deliverable": deliverable_key(what, account_id.partition(":")[0]),
        "published_on": moment_of(on).date(),
        "post": said.get("post"),
        "is_paid": is_paid(said.get("is_paid")),
    }


def _fee(said: Mapping[str, str | None]) -> dict[str, Any]:
    minor, amount, currency = (said.get(n) for n in ("amount_minor", "amount", "currency"))
    if minor is not None and currency is not None:
        return {
            "amount_minor": round(count_of(minor)), "currency": money_of("0", currency)[1],
        }  # fmt: skip
    if amount is None:
        return {}
    found, code = money_of(amount, currency)
    return {"amount_minor": found, "currency": code}


def _quote(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fee as a paid quote, so that prices learn from it too."""
    kept = ("account_id", "deliverable", "amount_minor", "currency")
    made = {name: row[name] for name in kept}
    made |= {name: row[name] for name in ("views", "engagements", "clicks", "conversions")}
    made |= {"quoted_on": row["published_on"], "is_paid": True}
    return made | {"quote_id": _digest(row, "quote")}


def _platform(account: str, said: str) -> str | None:
    if is_url(account):
        return platform_of_url(account)
    return platform_of(said) if said else None


def _digest(row: Mapping[str, Any], kind: str) -> str:
    parts = (row[name] for name in ("account_id", "deliverable", "published_on", "post"))
    told = "\x1f".join(str(part) for part in parts)
    return f"{kind}:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:24]}"


READY = Ready(
    "results",
    "what came of placements: an account, a deliverable, the day of publication and views, "
    "reach, engagements, clicks or orders, and as far as known the post and the fee with its "
    "currency; only with `mawj results`",
    detect,
    lambda _: RecordMapping("results", make, "", basis="first_party"),
)
