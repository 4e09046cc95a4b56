"""Which accounts belong to one person, by what their own descriptions link to."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mawj.tables.declared import TABLES
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HOSTS = {
    "instagram.com": "instagram", "instagr.am": "instagram", "tiktok.com": "tiktok",
    "youtube.com": "youtube", "x.com": "x", "twitter.com": "x", "bsky.app": "bluesky",
    "t.me": "telegram", "telegram.me": "telegram", "facebook.com": "facebook",
    "fb.com": "facebook",
    "snapchat.com": "snapchat", "threads.net": "threads", "threads.com": "threads",
    "twitch.tv": "twitch", "linkedin.com": "linkedin", "pinterest.com": "pinterest",
    "aparat.com": "aparat", "rubika.ir": "rubika", "eitaa.com": "eitaa",
}  # fmt: skip
_NAMED = {
    "instagram": "instagram", "insta": "instagram",
    "ig": "instagram", "انستا": "instagram",
    "انستغرام": "instagram", "انستقرام": "instagram", "اینستا": "instagram",
    "اینستاگرام": "instagram",
    "tiktok": "tiktok", "تيك توك": "tiktok", "تیک تاک": "tiktok", "twitter": "x", "x": "x",
    "تويتر": "x", "توییتر": "x", "youtube": "youtube", "yt": "youtube", "يوتيوب": "youtube",
    "یوتیوب": "youtube", "telegram": "telegram", "تلگرام": "telegram", "تليجرام": "telegram",
    "snap": "snapchat", "snapchat": "snapchat", "سناب": "snapchat", "اسنپ چت": "snapchat",
    "aparat": "aparat", "آپارات": "aparat",
}  # fmt: skip
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?((?:[\w-]+\.)+[a-z]{2,})(/[^\s|,،؛;)\]]*)?", re.I
)
_PREFIX = re.compile(r"^/(?:@|add/|profile/|c/|user/|in/|s/)?@?([^/?#]+)")
_SAID = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, _NAMED), key=len, reverse=True)) + r")"
    r"\s*[:：\-|=]*\s*@([\w.]+)", re.I,
)  # fmt: skip


@dataclass(frozen=True)
class PeopleSettings:
    """When two accounts are taken for one person's.

    Attributes:
        least_name_likeness: likeness of two names in search form from which a shared link
            counts (share of matching letters, Ratcliff & Obershelp 1988). Our judgement.
        most_sharing: accounts that may share one address; above it is an agency's or a shop's,
            not a person's. Our judgement.
    """

    least_name_likeness: float = 0.8
    most_sharing: int = 8


class Face(NamedTuple):
    """What one account says of itself, and what it links to."""

    account_id: str
    platform: str
    handle: str
    name: str
    accounts: frozenset[tuple[str, str]]
    addresses: frozenset[str]


def people(accounts: pa.Table, *, people_settings: PeopleSettings) -> pa.Table:
    """The person that each account belongs to: one row per account.

    Reads:
        accounts: platform, handle, name, bio, url.

    Returns:
        person_id, the smallest account id of the person; n_accounts; linked_by:
        `link_both_ways`, where two accounts on different platforms name each other in bio or
        url; `link_and_name`, where accounts on different platforms give the same address of
        their own and have like names; else `alone`. A link one way only is no proof: anyone
        can link to anyone.
    """
    faces = [_face(row) for row in accounts.sort_by("account_id").to_pylist()]
    both_ways = set(_both_ways(faces))
    by_name = set(_same_address(faces, people_settings))
    person = _joined(len(faces), both_ways | by_name)
    linked = {i for pair in by_name for i in pair}
    mutual = {i for pair in both_ways for i in pair}
    sizes = np.bincount(person, minlength=1)
    first: dict[int, str] = {}
    for place, face in enumerate(faces):
        first.setdefault(int(person[place]), face.account_id)
    rows = [
        {
            "account_id": face.account_id,
            "person_id": first[int(person[i])],
            "n_accounts": int(sizes[person[i]]),
            "linked_by": _why(i in mutual, i in linked),
        }
        for i, face in enumerate(faces)
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["people"].schema)


def _why(is_mutual: bool, is_named: bool) -> str:
    if is_mutual:
        return "link_both_ways"
    return "link_and_name" if is_named else "alone"


def _joined(n: int, pairs: set[tuple[int, int]]) -> np.ndarray:
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    labels: np.ndarray = connected_components(graph, directed=False)[1]
    return labels


def _face(row: Mapping[str, str | None]) -> Face:
    said = f"{row['bio'] or ''} {row['url'] or ''}"
    accounts, addresses = set(), set()
    for host, path in _ADDRESS.findall(said):
        found = _account(host.lower(), path)
        if found:
            accounts.add(found)
        elif host.lower() not in _HOSTS:
            addresses.add(f"{host.lower()}{path.rstrip('/').lower()}")
    for word, handle in _SAID.findall(said):
        accounts.add((_NAMED[word.lower()], handle.lower().rstrip(".")))
    return Face(
        str(row["account_id"]),
        str(row["platform"]),
        (row["handle"] or "").lower(),
        search_form(row["name"] or ""),
        frozenset(accounts),
        frozenset(addresses),
    )


def _account(host: str, path: str) -> tuple[str, str] | None:
    """The account that an address on a known platform is the page of."""
    named = _PREFIX.match(path)
    if host not in _HOSTS or named is None:
        return None
    return _HOSTS[host], named.group(1).lower()


def _both_ways(faces: list[Face]) -> Iterator[tuple[int, int]]:
    place = {(face.platform, face.handle): i for i, face in enumerate(faces) if face.handle}
    for i, face in enumerate(faces):
        for named in face.accounts:
            j = place.get(named, -1)
            is_other = j > i and faces[j].platform != face.platform
            if is_other and (face.platform, face.handle) in faces[j].accounts:
                yield i, j


def _same_address(faces: list[Face], settings: PeopleSettings) -> Iterator[tuple[int, int]]:
    sharing: dict[str, list[int]] = defaultdict(list)
    for i, face in enumerate(faces):
        for address in face.addresses:
            sharing[address].append(i)
    for group in sharing.values():
        if len(group) > settings.most_sharing:
            continue
        for i, j in combinations(group, 2):
            if faces[i].platform != faces[j].platform and _alike(faces[i], faces[j], settings):
                yield i, j


def _alike(left: Face, right: Face, settings: PeopleSettings) -> bool:
    likeness = difflib.SequenceMatcher(None, left.name, right.name).ratio()
    return bool(left.name) and likeness >= settings.least_name_likeness
