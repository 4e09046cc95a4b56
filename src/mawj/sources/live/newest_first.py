"""One pass over what an account published, the newest first: later only what is new.

The last days are read again, for counts and for what was deleted.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mawj.sources.live.live import Page, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mawj.sources.live.live import Item

REVISIT_DAYS = 7
"""Days for which a post is looked at again. Our judgement: most acts upon it come by then."""


class NewestFirst:
    """Where a pass stands.

    The cursor holds the next page (`page`) within a pass; the id and moment after which this
    pass reads (`since_id`, `since_at`); and those after which the next one will, the first
    that is older than the days that are looked at again.

    Args:
        account_id: whose posts they are.
        cursor: that of the last stored page.
    """

    def __init__(self, account_id: str, cursor: str) -> None:
        self._account_id = account_id
        self._at: dict[str, str] = json.loads(cursor or "{}")
        # A pass that was broken off and goes on has not seen its beginning.
        self._seen: set[str] | None = None if self._at.get("page") else set()

    @property
    def page(self) -> str:
        """Where the next page begins; "" at the newest."""
        return self._at.get("page", "")

    @property
    def since_id(self) -> str:
        """Only what is newer than this is asked for; "" for all there is."""
        return self._at.get("since_id", "")

    def page_of(
        self, items: tuple[Item, ...], listed: Iterable[tuple[str, str]], next_page: str
    ) -> Page:
        """The page to be stored.

        Args:
            items: what is kept of the answer.
            listed: id and moment (ISO 8601) of everything in the answer, the newest first.
            next_page: where the next one begins; "" where this is the last.
        """
        for native, when in listed:
            self._look_at(native, when)
        if self._seen is not None:
            self._seen |= {item.record_id for item in items if item.record_id}
        if next_page:
            self._at["page"] = next_page
            return Page(items, json.dumps(self._at))
        return Page(items, json.dumps(self._done()), is_last=True, whole=self._whole())

    def _look_at(self, native: str, when: str) -> None:
        self._at.setdefault("newest", when)
        if "next_id" not in self._at and _is_old(when, self._at["newest"]):
            self._at |= {"next_id": native, "next_at": when}

    def _done(self) -> dict[str, str]:
        own, later = ("since_id", "since_at"), ("next_id", "next_at")
        kept = later if later[0] in self._at else own
        return {n: self._at[one] for n, one in zip(own, kept, strict=True) if one in self._at}

    def _whole(self) -> Whole | None:
        """What the account holds since where this pass began, if it saw all of it."""
        if self._seen is None:
            return None
        told = self._at.get("since_at")
        since = datetime.fromisoformat(told) if told else None
        return Whole(self._account_id, frozenset(self._seen), since)


def _is_old(when: str, newest: str) -> bool:
    try:
        moments = [datetime.fromisoformat(one) for one in (when, newest)]
        return moments[0] < moments[1] - timedelta(days=REVISIT_DAYS)
    except (ValueError, TypeError):
        return False
