"""Every kind of cell with the function that reads a column of it."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources import coercion, names, vocabulary
from mawj.sources.arrow import NO_TEXT, Column, pc, plain, where
from mawj.sources.coercion import Coerced, by_distinct, nothing_to_null, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mawj.sources.mapping import Field

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.\d+)?")
_ISO_DURATION = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE
)
_PLAIN_HANDLE = r"^@?[A-Za-z0-9_.][A-Za-z0-9_.\-]{0,59}$"
_PLAIN_ID = r"^[A-Za-z0-9_\-]{1,60}$"
_BETWEEN = re.compile(r"[\s,،;؛|]+")


def read_column(kind: str, texts: Column, field: Field, platforms: Column) -> Coerced:
    """A column of text read as `kind`; `platforms` holds the platform of each row."""
    if kind in _IDS:
        return _with_platform(_IDS[kind], plain_text(texts), platforms)
    return _READERS[kind](texts, field)


def duration_of(text: str) -> float:
    """Seconds in "95", "1:35", "1:02:03" or "PT1M35S".

    Raises:
        ValueError: when it is none of these.
    """
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return 3600 * hours + 60 * minutes + seconds
    if text[:1] in "Pp" and (match := _ISO_DURATION.fullmatch(text)):
        days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return 86_400 * days + 3600 * hours + 60 * minutes + seconds
    try:
        seconds = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a duration such as 95, 1:35 or PT1M35S") from None
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"{text!r} is not a duration")
    return seconds


def strings_of(text: str) -> list[str]:
    """The members of a list in a cell: a JSON array, or words between blanks or commas."""
    if text.startswith("["):
        try:
            listed = json.loads(text.replace("'", '"'))
        except ValueError:
            listed = text.strip("[]").split(",")
        return [str(one).strip(" '\"").lstrip("#@") for one in listed if str(one).strip(" '\"")]
    return [one.lstrip("#@") for one in _BETWEEN.split(text) if one.lstrip("#@")]


def _texts(texts: Column, _: Field) -> Coerced:
    return Coerced(plain_text(texts))


def _names(texts: Column, _: Field) -> Coerced:
    return by_distinct(nothing_to_null(texts), _each(_name_or_nothing), pa.string())


def _name_or_nothing(text: str) -> str | None:
    # Letters lost to question marks are not a name; the row as it came keeps them.
    return None if names.lost_letters(text) else text


def _name_before_handle(text: str) -> str | None:
    parts = names.name_and_handle(text)
    return _name_or_nothing(parts[0]) or None if parts else text


def _handle_within(text: str) -> str | None:
    parts = names.name_and_handle(text)
    return parts[1] if parts else names.handle_of(text)


def _of(
    read: Callable[[str], Any], kind: pa.DataType, wanted: str = ""
) -> Callable[[Column, Field], Coerced]:
    """A column reader from a reader of one cell that gives None where it cannot."""

    def read_all(texts: Column, _: Field) -> Coerced:
        return by_distinct(plain_text(texts), _each(read, wanted), kind)

    return read_all


def _each(read: Callable[[str], Any], wanted: str = "") -> Any:
    def read_each(
        texts: Sequence[str | None],
    ) -> tuple[list[Any], list[str | None]]:
        values = [None if text is None else read(text) for text in texts]
        reasons = [
            f"{text!r} is not {wanted}"
            if wanted and text is not None and value is None
            else None
            for text, value in zip(texts, values, strict=True)
        ]
        return values, reasons

    return read_each


def _with_platform(
    read: Callable[[str, str | None], str | None],
    texts: Column,
    platforms: Column,
) -> Coerced:
    """Ids of a column whose rows may be of several platforms: one pass a platform."""
    found: Any = pa.nulls(len(texts), pa.string())
    for platform in pc.unique(platforms).to_pylist():
        same = pc.is_null(platforms) if platform is None else pc.equal(platforms, platform)
        here = pc.if_else(pc.fill_null(same, False), texts, NO_TEXT)
        if platform is not None:
            quick = _quick_ids(here, read, platform)
            found = pc.coalesce(found, quick)
            here = pc.if_else(pc.is_valid(quick), NO_TEXT, here)
        if here.null_count < len(here):
            ids = by_distinct(here, _each(partial(_swapped, read, platform)), pa.string())
            found = pc.coalesce(found, ids.values)
    reason = "the platform is not known; say it in the mapping or with --platform"
    nameless = where(pc.and_(pc.is_valid(texts), pc.is_null(found)))
    return Coerced(found, tuple((i, reason) for i in nameless))


def _quick_ids(
    texts: Column, read: Callable[[str, str | None], str | None], platform: str
) -> Column:
    """Ids of plain handles and native ids by the whole column; NULL for all others."""
    pattern = _PLAIN_HANDLE if read is names.account_id_of else _PLAIN_ID
    plain_one = pc.match_substring_regex(texts, pattern)
    if platform == "youtube":
        plain_one = pc.and_(plain_one, pc.invert(pc.match_substring_regex(texts, "^UC")))
    texts = pc.if_else(plain_one, texts, NO_TEXT)
    if read is names.account_id_of:
        texts = pc.ascii_lower(pc.ascii_ltrim(texts, "@"))
    elif read is not names.native_id_of:
        return plain(pc.if_else(pc.is_valid(texts), NO_TEXT, NO_TEXT))
    return plain(pc.binary_join_element_wise(platform, texts, ":"))


def _swapped(
    read: Callable[[str, str | None], str | None], platform: str | None, text: str
) -> str | None:
    return read(text, platform)


def _handles(wanted: str) -> Callable[[Column, Field], Coerced]:
    """A reader of handles: plain ones by the whole column, others one by one."""
    careful = _of(names.handle_of, pa.string(), wanted)

    def read_all(texts: Column, field: Field) -> Coerced:
        texts = plain_text(texts)
        simple = pc.match_substring_regex(texts, _PLAIN_HANDLE)
        quick = pc.ascii_lower(pc.ascii_ltrim(pc.if_else(simple, texts, NO_TEXT), "@"))
        if quick.null_count == texts.null_count:
            return Coerced(quick)
        rest = careful(pc.if_else(simple, NO_TEXT, texts), field)
        return Coerced(pc.coalesce(quick, rest.values), rest.problems)

    return read_all


def _durations(texts: Column, _: Field) -> Coerced:
    read = coercion.reader_of(duration_of)
    return by_distinct(nothing_to_null(texts), read, pa.float64())


_IDS: dict[str, Callable[[str, str | None], str | None]] = {
    "account": names.account_id_of,
    "account_within": lambda text, platform: names.account_id_of(
        _handle_within(text) or text, platform
    ),
    "native": names.native_id_of,
}

_READERS: dict[str, Callable[[Column, Field], Coerced]] = {
    "text": _texts,
    "name": _names,
    "count": coercion.counts,
    "share": coercion.shares,
    "percent": coercion.percents,
    "moment": coercion.moments,
    "duration": _durations,
    "handle": _handles("a handle"),
    "maybe_handle": _handles(""),
    "handle_within": _of(_handle_within, pa.string(), "a name with a handle"),
    "name_before_handle": _of(_name_before_handle, pa.string()),
    "url": _texts,
    "flag": _of(vocabulary.flag_of, pa.bool_(), "yes or no"),
    "country": _of(vocabulary.country_of, pa.string(), "a country known by that name"),
    "language": _of(vocabulary.language_of, pa.string()),
    "platform": _of(vocabulary.platform_of, pa.string(), "a platform known by that name"),
    "form": _of(vocabulary.form_of, pa.string(), "a form of post known by that name"),
    "act": _of(vocabulary.act_of, pa.string(), "an act such as mention, reply, repost, like"),
    "strings": _of(strings_of, pa.list_(pa.string())),
}
