"""Telegram: public channels, through the client library `telethon` and a session of one's own.

Only channels (broadcasts) are read: no groups, no chats, nothing of persons. What makes pages
is here; the network stands behind `telegram_asking.TelegramClient`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from mawj.sources.live.live import AccessField, Item, Kind, LiveSource, Page
from mawj.sources.live.newest_first import NewestFirst
from mawj.sources.live.telegram import shapes
from mawj.sources.live.telegram.asking import TelethonClient, in_our_words, is_of_the_library
from mawj.sources.ready.telegram import MAPPING
from mawj.tables.errors import SourceChanged, SourceGone, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.sources.live.live import Access, Wanted
    from mawj.sources.live.polite import Polite
    from mawj.sources.live.telegram.asking import TelegramClient

KINDS = {
    "accounts": Kind("name, description and members of a channel", "account", 24),
    "posts": Kind("messages with views, forwards, reactions and replies", "account", 6),
}
AT_ONCE = 100
"""Most messages of a page that the network gives."""

_USERNAME = re.compile(r"[a-z][a-z0-9_]{3,31}")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?([^/?#]+).*", re.I)


class Telegram:
    """Telegram, opened; connects at the first question.

    Args:
        access: the session and its keys.
        polite: how it is asked.
        opened: makes the client.
    """

    mapping = MAPPING

    def __init__(
        self,
        access: Access,
        polite: Polite,
        opened: Callable[[Access, float], TelegramClient] = TelethonClient,
    ) -> None:
        self._polite = polite
        self._opened = partial(opened, access, polite.manners.timeout_s)
        self._known: TelegramClient | None = None

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        username = wanted.subjects[0]
        channel, full = self._channel(username)
        if wanted.kind == "accounts":
            yield Page((Item(shapes.chat(channel, full)),), "", is_last=True)
            return
        run = NewestFirst(f"telegram:{channel.id}", wanted.cursor)
        while True:
            found = self._history(username, channel, run)
            kept = [one for one in found if not shapes.is_service(one)]
            listed = [(str(one.id), shapes.moment_of(one)) for one in kept]
            older = str(found[-1].id) if len(found) == AT_ONCE else ""
            items = tuple(_item(channel, one) for one in kept)
            page = run.page_of(items, listed, older)
            yield page
            if page.is_last:
                return

    def close(self) -> None:
        """Let go of the connection."""
        if self._known is not None:
            self._known.close()

    @property
    def _client(self) -> TelegramClient:
        """Made at the first question, so that a missing key is a fault of this source alone."""
        self._known = self._known or self._opened()
        return self._known

    def _channel(self, username: str) -> tuple[Any, Any]:
        """The channel and what it says of itself.

        Raises:
            SourceGone: there is none, or it is a group: what people say there is not read.
        """
        answer = self._ask(lambda: self._client.full_channel(username), username)
        full = getattr(answer, "full_chat", None)
        found = (
            one for one in getattr(answer, "chats", ()) if one.id == getattr(full, "id", 0)
        )
        channel = next(found, None)
        if channel is None:
            raise SourceChanged(f"{username}: the answer holds no channel", field="chats")
        if not getattr(channel, "broadcast", False):
            raise SourceGone(f"{username} is a group, no channel: what people say is not read")
        return channel, full

    def _history(self, username: str, channel: Any, run: NewestFirst) -> list[Any]:
        answer = self._ask(
            lambda: self._client.history(
                channel, offset_id=int(run.page or 0), min_id=int(run.since_id or 0),
                limit=AT_ONCE,
            ),
            username,
        )  # fmt: skip
        found = getattr(answer, "messages", None)
        if not isinstance(found, list):
            raise SourceChanged(f"{username}: the answer holds no messages", field="messages")
        return found

    def _ask(self, question: Callable[[], Any], about: str) -> Any:
        def asked() -> Any:
            try:
                return question()
            except Exception as error:
                if not is_of_the_library(error):
                    raise
                raise in_our_words(error, about) from None

        return self._polite.ask(asked)


def _item(channel: Any, found: Any) -> Item:
    record = shapes.named_chat(channel) | {"messages": [shapes.message(found)]}
    return Item(record, f"telegram:{channel.id}/{found.id}")


def subject_of(_kind: str, typed: str) -> str:
    """The username of a channel, from what a person typed or pasted.

    Raises:
        SourceRefused: it is none; links by invitation lead to what is not public.
    """
    name = typed.strip().removeprefix("telegram:")
    address = _ADDRESS.fullmatch(name)
    name = (address[1] if address else name).removeprefix("@").lower()
    if not _USERNAME.fullmatch(name):
        raise SourceRefused(
            f"{typed!r} is no public channel of Telegram: give its @name or t.me address"
        )
    return name


SOURCE = LiveSource(
    name="telegram",
    platform="telegram",
    basis="public channels, read by your own session; Telegram's terms forbid collecting at "
    "scale: have the owner's leave",
    kinds=KINDS,
    usual=("accounts", "posts"),
    fields=(
        AccessField("api_id", "number of your app at my.telegram.org", is_needed=True),
        AccessField("api_hash", "hash of that app", is_secret=True, is_needed=True),
        AccessField(
            "session", "text of a session of your account (StringSession of telethon)",
            is_secret=True, is_needed=True,
        ),
    ),
    subject_of=subject_of,
    connect=Telegram,
)  # fmt: skip
