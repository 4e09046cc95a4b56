"""What can be agreed with a creator, by platform, and how a brand may stand in it.

`deliverables.toml` is the list; everything that plans, prices or measures speaks of its keys.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

MEASURES = ("views", "reach", "engagements", "clicks", "conversions")
"""What may be expected of a deliverable; conversions are counted by the brand alone."""


@dataclass(frozen=True)
class Deliverable:
    """One thing that a creator publishes for somebody.

    Attributes:
        key: platform:what, for example instagram:reel.
        platform: the platform.
        kinds: forms of post that show how it does; see `posts.kind`.
        measures: what the platform counts of it, of `MEASURES`.
        clicks: how a link is followed from it: link, bio or spoken.
        names: its name by language (en, ar, fa).
        within: key of the deliverable that it is a part of; empty for a whole.
        hours: how long it can be seen; None where it stays.
    """

    key: str
    platform: str
    kinds: tuple[str, ...]
    measures: tuple[str, ...]
    clicks: str
    names: Mapping[str, str]
    within: str = ""
    hours: float | None = None

    @property
    def whole(self) -> str:
        """The key whose posts show how it does: its own, or that of what it is a part of."""
        return self.within or self.key


@dataclass(frozen=True)
class Placement:
    """How a brand stands in what is published.

    Attributes:
        key: for example integration.
        is_paid: paid in money or goods; else earned.
        at: where in the content: whole, opening, middle, closing or anywhere.
        names: its name by language.
    """

    key: str
    is_paid: bool
    at: str
    names: Mapping[str, str]


@cache
def deliverables() -> Mapping[str, Deliverable]:
    """Every deliverable by its key, in the order of the file."""
    return MappingProxyType({row["key"]: _deliverable(row) for row in _file()["deliverable"]})


@cache
def placements() -> Mapping[str, Placement]:
    """Every way for a brand to stand in a deliverable, by its key."""
    return MappingProxyType(
        {
            row["key"]: Placement(row["key"], row["paid"], row["at"], row["name"])
            for row in _file()["placement"]
        }
    )


def deliverable(key: str) -> Deliverable:
    """The deliverable called `key`.

    Raises:
        NotFound: when there is none; names the nearest ones.
    """
    known = deliverables()
    if key in known:
        return known[key]
    platform = key.partition(":")[0]
    near = [k for k in known if known[k].platform == platform]
    near = near or get_close_matches(key, known, n=3, cutoff=0.4) or list(known)
    raise NotFound(f"no deliverable is called {key!r}; there are {', '.join(near)}")


def deliverable_of(platform: str, kind: str | None) -> str | None:
    """The key that a post of this form belongs to; None where its form is not known."""
    return _by_form().get((platform, kind or ""))


@cache
def _by_form() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for one in deliverables().values():
        for kind in () if one.within else one.kinds:
            found.setdefault((one.platform, kind), one.key)
    return MappingProxyType(found)


@cache
def _file() -> dict[str, Any]:
    text = (resources.files(__package__) / "deliverables.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _deliverable(row: dict[str, Any]) -> Deliverable:
    return Deliverable(
        key=row["key"],
        platform=row["key"].partition(":")[0],
        kinds=tuple(row["kinds"]),
        measures=tuple(row["measures"]),
        clicks=row["clicks"],
        names=row["name"],
        within=row.get("within", ""),
        hours=row.get("hours"),
    )
