"""Labelled rows of followers, as a person brings them: what headings mean, and the faces."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa

from mawj.sources.reading import open_file
from mawj.tables.errors import SettingsError, SourceRefused
from mawj.text.numbers import count_of, known
from mawj.vet.follower_faces import of_words
from mawj.vet.follower_signs import FACE_FIELDS
from mawj.vet.follower_words import faces_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from mawj.lake.lake import Lake
    from mawj.sources.raw import RawFile
    from mawj.vet.follower_signs import Floats

WORDS = ("handle", "name", "bio", "place")
"""Columns of words, which the product turns into numbers as it does those of accounts."""

LABEL = "is_fake"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    LABEL: ("is fake", "fake", "label", "class", "bot", "is bot", "spam", "وهمي", "جعلی"),
    "followers": ("followers", "follower count", "followers count", "user follower count",
                  "المتابعين", "المتابعون", "دنبال کننده", "فالوور"),
    "following": ("following", "follows", "friends", "friends count", "following count",
                  "user following count", "يتابع", "دنبال شونده", "فالووینگ"),
    "posts": ("posts", "post count", "statuses", "statuses count", "media count", "tweets",
              "user media count", "المنشورات", "پست", "پست ها"),
    "likes_given": ("likes given", "favourites count", "favorites count", "favourites",
                    "digg count"),
    "lists": ("lists", "listed count", "listed"),
    "handle": ("handle", "username", "user name", "screen name", "اسم المستخدم", "نام کاربری"),
    "name": ("name", "full name", "display name", "fullname", "الاسم", "نام"),
    "bio": ("bio", "biography", "description", "النبذة", "بیو", "معرفی"),
    "place": ("place", "location", "الموقع", "مکان"),
    "bio_length": ("bio length", "description length", "user biography length"),
    "name_words": ("name words", "fullname words"),
    "handle_digit_share": ("handle digit share", "nums length username"),
    "handle_consonant_run": ("handle consonant run",),
    "is_name_handle": ("is name handle", "name username"),
    "has_picture": ("has picture", "profile pic", "user has profil pic", "has profile picture"),
    "is_private": ("is private", "private", "protected", "user is private"),
    "has_link": ("has link", "external url", "has url"),
    "has_banner": ("has banner", "has profile banner"),
    "has_place": ("has place", "has location"),
    "age_days": ("age days", "account age days", "age"),
    "silent_days": ("silent days",),
}  # fmt: skip
"""Headings that are understood without a mapping; letter case and signs do not matter."""

FAKE = frozenset({
    "1", "1.0", "true", "yes", "fake", "bot", "spam", "نعم", "وهمي", "بله", "جعلی",
})  # fmt: skip
GENUINE = frozenset({
    "0", "0.0", "false", "no", "genuine", "real", "human", "لا", "حقيقي", "خیر", "واقعی",
})  # fmt: skip
_YES = frozenset({"true", "yes", "نعم", "بله"})
_NO = frozenset({"false", "no", "لا", "خیر"})
_SIGNS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class LabelledFaces:
    """Faces with their labels, one entry a row.

    Attributes:
        faces: fields of faces that the file knows.
        is_fake: the label.
        headings: field by the heading that it was read from.
        n_left_out: rows whose label says neither.
    """

    faces: Mapping[str, Floats]
    is_fake: npt.NDArray[np.bool_]
    headings: Mapping[str, str]
    n_left_out: int


def labelled_faces(lake: Lake, path: Path, mapping: Path | None = None) -> LabelledFaces:
    """The labelled faces of a file of any form that `mawj load` reads.

    Args:
        lake: whose engine turns handles, names and bios into numbers, as for accounts.
        path: the file; one row an account.
        mapping: TOML that names the heading of each field, `followers = "Followers #"`, and
            what labels mean, `fake = ["sold"]`, `genuine = ["kept"]`; what it leaves out is
            told from the headings.

    Raises:
        SourceRefused: when the file cannot be read, or no heading is a label or a field.
        SettingsError: when the mapping cannot be read or names what does not exist.
    """
    told = _mapping(mapping)
    with open_file(path) as raw:
        fields = _fields(raw, told)
        rows = [batch for batch in raw.batches() if len(batch)]
        columns = {
            field: [value for batch in rows for value in batch.column(heading).to_pylist()]
            for field, heading in fields.items()
        }
    labels = [
        _label(value, told.get("fake", ()), told.get("genuine", ())) for value in columns[LABEL]
    ]
    kept = [place for place, label in enumerate(labels) if label is not None]
    if not kept:
        said = sorted({str(value) for value in columns[LABEL]})[:8]
        raise SourceRefused(
            f"{path}: no label says fake or genuine, but {', '.join(said)}; "
            "say in a mapping which mean what: fake = [...], genuine = [...]"
        )
    few = {name: [values[place] for place in kept] for name, values in columns.items()}
    return LabelledFaces(
        _faces(lake, few),
        np.array([labels[place] for place in kept], np.bool_),
        fields,
        len(labels) - len(kept),
    )


def _mapping(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as a mapping ({error})") from error
    unknown = sorted(set(told) - {*HEADINGS, "fake", "genuine"})
    if unknown:
        raise SettingsError(
            f"{path}: {unknown[0]!r} is no field of a follower; they are {', '.join(HEADINGS)}"
        )
    return told


def _fields(raw: RawFile, told: Mapping[str, Any]) -> dict[str, str]:
    """The heading of each field that the file has."""
    by_plain = {_plain(heading): heading for heading in reversed(raw.headings)}
    fields = {
        field: next((by_plain[name] for name in names if name in by_plain), "")
        for field, names in HEADINGS.items()
    } | {field: str(heading) for field, heading in told.items() if field in HEADINGS}
    absent = [heading for heading in fields.values() if heading and heading not in raw.headings]
    if absent:
        raise SettingsError(f"{raw.name}: has no heading {absent[0]!r}, but {raw.headings}")
    found = {field: heading for field, heading in fields.items() if heading}
    if LABEL not in found or len(found) < 2:
        lacking = "label (is_fake)" if LABEL not in found else "field of an account"
        raise SourceRefused(
            f"{raw.name}: no heading is a {lacking}; headings are {', '.join(raw.headings)}; "
            "name it with --mapping"
        )
    return found


def _plain(heading: str) -> str:
    return _SIGNS.sub(" ", _CAMEL.sub(" ", heading)).strip().casefold()


def _label(value: str | None, fake: Sequence[str], genuine: Sequence[str]) -> bool | None:
    said = (value or "").strip().casefold()
    if said in {str(one).casefold() for one in fake} or (not fake and said in FAKE):
        return True
    is_genuine = said in {str(one).casefold() for one in genuine} or (
        not genuine and said in GENUINE
    )
    return False if is_genuine else None


def _faces(lake: Lake, columns: Mapping[str, list[str | None]]) -> dict[str, Floats]:
    """The fields as numbers; words go the way of the words of accounts."""
    n = len(columns[LABEL])
    numbers = {
        field: np.array([_number(value) for value in columns[field]])
        for field in FACE_FIELDS
        if field in columns
    }
    words: dict[str, Any] = {
        name: pa.array(columns.get(name, [None] * n), pa.string()) for name in WORDS
    }
    for flag in ("is_private", "has_picture", "has_banner"):
        words[flag] = pa.nulls(n, pa.bool_())
    words["row"] = pa.array(range(n), pa.int64())
    table = ibis.memtable(pa.table(words))
    made = lake.keep(table.select("row", **of_words(table))).to_pyarrow().sort_by("row")
    of_text = {
        field: values for field, values in faces_of(made).items() if np.isfinite(values).any()
    }
    return {**of_text, **numbers}


def _number(value: str | None) -> float:
    """A count, or a yes or no; NaN where there is none."""
    said = (known(value) or "").strip().casefold()
    if said in _YES or said in _NO:
        return float(said in _YES)
    try:
        return count_of(said) if said else float("nan")
    except ValueError:
        return float("nan")
