"""How accounts present themselves: handles, names, bios and links; the accounts table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.worlds.cast import (
    BLUESKY,
    BOT,
    CELEBRITY,
    CREATOR,
    INSTAGRAM,
    PLATFORMS,
    YOUTUBE,
    Cast,
    X,
)
from mawj.worlds.lexicon import FLAVOURS, LANGUAGES, SCRIPTS, lexicon
from mawj.worlds.phrases import contracted, number
from mawj.worlds.rows import declared, flags, micros, names, times
from mawj.worlds.size import N_DAYS

if TYPE_CHECKING:
    from mawj.worlds.dice import Dice, Words
    from mawj.worlds.ground import Ground

PAGES = (
    "instagram.com/", "x.com/", "tiktok.com/@", "youtube.com/@", "t.me/", "bsky.app/profile/",
)  # fmt: skip


@dataclass(frozen=True)
class Faces:
    """What everybody sees of an account; one entry an account.

    Attributes:
        handle: in lower case; id: `platform:handle`.
        name, bio, place: as written; None where the account says nothing.
    """

    handle: Words
    id: pa.Array[Any]
    name: Words
    bio: Words
    place: Words


def make_faces(dice: Dice, cast: Cast) -> Faces:
    """Faces of the whole cast."""
    stream = dice.stream("faces")
    firsts = _first_names(stream, cast)
    handles = _handles(cast, firsts)
    display, bios, places = [], [], []
    for row in range(len(cast)):
        first = firsts[row]
        place = _city(stream, cast, row)
        display.append(_display(stream, cast, row, first[0]) or handles[row])
        bios.append(_bio(stream, cast, row, place))
        places.append(place if cast.role[row] != BOT and stream.random() < 0.55 else None)
    _link_both_ways(cast, handles, bios)
    ids = names(cast.platform, [f"{platform}:" for platform in PLATFORMS])
    return Faces(
        np.array(handles, object),
        pa.array(
            [f"{head}{handle}" for head, handle in zip(ids.to_pylist(), handles, strict=True)]
        ),
        np.array(display, object),
        np.array(bios, object),
        np.array(places, object),
    )


def _first_names(stream: np.random.Generator, cast: Cast) -> list[tuple[str, str]]:
    """(as written, in Latin letters) for each account; one name a person."""
    lists = [lexicon().people["names"][language] for language in LANGUAGES]
    draws = stream.random(int(cast.person.max()) + 1)
    return [
        tuple(lists[language][int(draws[person] * len(lists[language]))])
        for language, person in zip(cast.language, cast.person, strict=True)
    ]


def _handles(cast: Cast, firsts: list[tuple[str, str]]) -> list[str]:
    """Handles that no two persons share; the number in them is the person's."""
    subjects = [subject.topic_id.split(".")[-1] for subject in lexicon().subjects]
    handles = []
    for row, (_, latin) in enumerate(firsts):
        person, role = int(cast.person[row]), cast.role[row]
        if cast.group[row] == CELEBRITY:
            handle = f"{latin}_official{person}"
        elif role == CREATOR:
            handle = f"{latin}_{subjects[cast.subject[row]]}{person}"
        elif role == BOT:
            handle = f"{latin}{person * 7_919 % 90_000_000 + 10_000_000}"
        else:
            handle = f"{latin}{person}"
        handles.append(f"{handle}.bsky.social" if cast.platform[row] == BLUESKY else handle)
    return handles


def _one(stream: np.random.Generator, values: Any) -> Any:
    return values[int(stream.integers(len(values)))]


def _city(stream: np.random.Generator, cast: Cast, row: int) -> str:
    return str(_one(stream, lexicon().countries[cast.country[row]].cities))


def _display(stream: np.random.Generator, cast: Cast, row: int, first: str) -> str | None:
    if cast.role[row] == BOT:
        return None
    if cast.role[row] != CREATOR or cast.group[row] == CELEBRITY:
        return first
    language = LANGUAGES[cast.language[row]]
    subject = lexicon().subjects[cast.subject[row]].name[language]
    return str(_one(stream, lexicon().people["display"][language])).format(
        name=first, subject=subject
    )


def _bio(stream: np.random.Generator, cast: Cast, row: int, city: str) -> str | None:
    people = lexicon().people
    language = LANGUAGES[cast.language[row]]
    if cast.role[row] == CREATOR and cast.group[row] != CELEBRITY:
        template = _one(stream, people["bio"][FLAVOURS[cast.flavour[row]]])
        subject = lexicon().subjects[cast.subject[row]].name[language]
        years = number(stream, SCRIPTS[cast.flavour[row]])
        return contracted(str(template.format(subject=subject, city=city, n=years)))
    if cast.role[row] == BOT or stream.random() < 0.4:
        return None
    return str(_one(stream, people["member_bio"][language])).format(city=city)


def _link_both_ways(cast: Cast, handles: list[str], bios: list[str | None]) -> None:
    """Each account of a person names the person's others."""
    shared = np.flatnonzero(np.bincount(cast.person)[cast.person] > 1)
    pages = {row: PAGES[cast.platform[row]] + handles[row] for row in shared.tolist()}
    by_person: dict[int, list[int]] = {}
    for row in pages:
        by_person.setdefault(int(cast.person[row]), []).append(row)
    for row, own in pages.items():
        others = [
            pages[other] for other in by_person[int(cast.person[row])] if pages[other] != own
        ]
        bios[row] = " ".join([bios[row] or "", *others])


def accounts(ground: Ground) -> pa.Table:
    """The accounts table: one row an account."""
    stream, cast, faces, words = (
        ground.dice.stream("accounts"),
        ground.cast,
        ground.faces,
        ground.words,
    )
    n = len(cast)
    is_person = cast.role != BOT
    says_language = np.isin(cast.platform, (X, YOUTUBE)) & (stream.random(n) < 0.7)
    says_country = is_person & (stream.random(n) < 0.5)
    says_category = (
        (cast.platform == INSTAGRAM) & (cast.role == CREATOR) & (stream.random(n) < 0.6)
    )
    verified = (cast.group == CELEBRITY) | (
        (cast.followers > 150_000) & (stream.random(n) < 0.5)
    )
    pages = [f"https://{PAGES[p]}{h}" for p, h in zip(cast.platform, faces.handle, strict=True)]
    columns = {
        "account_id": faces.id,
        "platform": names(cast.platform, PLATFORMS),
        "handle": faces.handle,
        "name": faces.name,
        "bio": faces.bio,
        "url": pages,
        "language": names(np.where(says_language, cast.language, -1), LANGUAGES),
        "country": names(
            np.where(says_country, cast.country, -1), [c.code for c in words.countries]
        ),
        "place": faces.place,
        "category": names(
            np.where(says_category, cast.subject, -1), [s.name["en"] for s in words.subjects]
        ),
        "created_at": times(micros(np.floor(N_DAYS - cast.age_days) + stream.random(n) * 0.9)),
        "is_verified": flags(verified & is_person),
        "is_private": flags(cast.is_private, cast.platform < 3),
        "has_picture": flags(is_person & (stream.random(n) < 0.97)),
    }
    return declared("accounts", ground.dice.seed, columns)
