"""Accounts that were pasted and are not loaded: which connected source can bring them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.flow.first_hour import MOST, told_in
from mawj.flow.source_access import missing_fields
from mawj.flow.source_states import ask_for
from mawj.flow.syncing import Asking, Synced, sync
from mawj.flow.told_accounts import meant
from mawj.sources.live import SOURCES
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mawj.flow.accounts import Readable
    from mawj.flow.told_accounts import Told
    from mawj.lake.lake import Lake
    from mawj.sources.live.live import LiveSource


@dataclass(frozen=True)
class Absent:
    """Accounts of one platform that are not loaded.

    Attributes:
        platform: where they are.
        said: as they were pasted.
        source: the connected source that brings them; "" where none does.
        subjects: how it names them; those that it cannot name are left out.
        to_connect: the source that would bring them if it were connected; "" where there is
            none, or it is.
    """

    platform: str
    said: tuple[str, ...]
    source: str = ""
    subjects: tuple[str, ...] = ()
    to_connect: str = ""


def absent_of(lake: Readable, pasted: str, connected: Sequence[str]) -> tuple[Absent, ...]:
    """The pasted accounts that are not loaded, by platform, those of many first.

    Args:
        lake: what is loaded, computed or not.
        pasted: handles and links, as `told_in` reads them.
        connected: the live sources that can be asked.
    """
    told = told_in(pasted)[:MOST]
    by_platform: dict[str, list[Told]] = {}
    for one, ids in zip(told, meant(lake, told), strict=True):
        if not ids and one.where:
            by_platform.setdefault(one.where, []).append(one)
    by_many = sorted(by_platform.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_absent(platform, each, connected) for platform, each in by_many)


def connected_by(environment: Mapping[str, str]) -> list[str]:
    """The live sources that lack nothing they need, by what the environment says."""
    return [name for name, source in SOURCES.items() if not missing_fields(source, environment)]


def fetched(
    lake: Lake, absent: Sequence[Absent], opened: Callable[[str], Asking]
) -> list[Synced]:
    """Ask for what connected sources can bring, and fetch it.

    Args:
        lake: where it goes.
        absent: what is not loaded.
        opened: opens a source by its name.
    """
    done = []
    for one in absent:
        if one.subjects:
            asking = opened(one.source)
            try:
                ask_for(lake, one.source, one.subjects, [], asking.now())
                done.append(sync(asking, one.source, only=one.subjects))
            finally:
                asking.connection.close()
    return done


def _absent(platform: str, told: Sequence[Told], connected: Sequence[str]) -> Absent:
    said = tuple(one.text for one in told)
    bringing = [source for source in SOURCES.values() if brings_accounts(source)]
    names = [source.name for source in bringing if source.platform == platform]
    able = [name for name in names if name in connected]
    if not able:
        return Absent(platform, said, to_connect=names[0] if names else "")
    source = SOURCES[able[0]]
    subjects = [found for one in told if (found := subject_of(source, one))]
    return Absent(platform, said, source.name, tuple(dict.fromkeys(subjects)))


def brings_accounts(source: LiveSource) -> bool:
    """Whether a source can be asked for any account that somebody names."""
    return source.kinds[source.usual[0]].subject == "account"


def subject_of(source: LiveSource, told: Told) -> str:
    """How a source names an account that somebody wrote; "" where it cannot be told."""
    for text in (told.text, told.handle or ""):
        try:
            return source.subject_of(source.usual[0], text)
        except SourceRefused:
            continue
    return ""
