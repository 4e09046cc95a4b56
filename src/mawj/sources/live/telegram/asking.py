"""Telegram's network through `telethon`: three questions, and its errors in our words.

It is reached as a person's account does (MTProto), by a session that was made once elsewhere.
This file alone touches the network, and was not tried against the real one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from mawj.sources.live.libraries import needed
from mawj.tables.errors import (
    SourceError,
    SourceGone,
    SourceLimited,
    SourceRefused,
    SourceUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from mawj.sources.live.live import Access

GONE = (
    "UsernameNotOccupiedError", "UsernameInvalidError", "ChannelInvalidError",
    "ChannelPrivateError", "ChannelPublicGroupNaError", "InviteHashExpiredError",
)  # fmt: skip
KEYS = ("ApiIdInvalidError", "ApiIdPublishedFloodError", "AuthKeyDuplicatedError")
PASSING = ("ServerError", "TimedOutError", "RpcCallFailError", "RpcMcgetFailError")


class TelegramClient(Protocol):
    """What is asked of Telegram; answers are objects of `telethon.tl.types`.

    Each method raises what the library raises; `in_our_words` tells what that means.
    """

    def full_channel(self, username: str) -> Any:
        """`messages.ChatFull` of a channel."""

    def history(self, channel: Any, *, offset_id: int, min_id: int, limit: int) -> Any:
        """`messages.ChannelMessages` below `offset_id` (0: the newest) and above `min_id`."""

    def close(self) -> None:
        """Let go of the connection."""


class TelethonClient:
    """`TelegramClient` over the network; connects at the first question."""

    def __init__(self, access: Access, timeout_s: float) -> None:
        telethon, sessions = needed("telethon"), needed("telethon.sessions")
        asyncio = needed("asyncio")
        self._functions = needed("telethon.tl.functions")
        try:
            session, number = sessions.StringSession(access["session"]), int(access["api_id"])
        except (ValueError, TypeError):
            raise SourceRefused(
                "telegram needs the number MAWJ_TELEGRAM_API_ID and the text of a session "
                "MAWJ_TELEGRAM_SESSION"
            ) from None
        self._loop = asyncio.new_event_loop()
        self._library = telethon.TelegramClient(
            session, number, access["api_hash"], loop=self._loop, receive_updates=False,
            flood_sleep_threshold=0, request_retries=1, connection_retries=1,
            timeout=timeout_s,
        )  # fmt: skip

    def full_channel(self, username: str) -> Any:
        """`messages.ChatFull` of a channel."""
        return self._run(
            self._library(self._functions.channels.GetFullChannelRequest(username))
        )

    def history(self, channel: Any, *, offset_id: int, min_id: int, limit: int) -> Any:
        """A page of messages, the newest first."""
        asked = self._functions.messages.GetHistoryRequest(
            peer=channel, offset_id=offset_id, offset_date=None, add_offset=0, limit=limit,
            max_id=0, min_id=min_id, hash=0,
        )  # fmt: skip
        return self._run(self._library(asked))

    def close(self) -> None:
        """Let go of the connection."""
        if self._library.is_connected():
            self._loop.run_until_complete(self._library.disconnect())
        self._loop.close()

    def _run(self, question: Coroutine[Any, Any, Any]) -> Any:
        if not self._library.is_connected():
            self._loop.run_until_complete(self._library.connect())
        return self._loop.run_until_complete(question)


def in_our_words(error: Exception, about: str) -> SourceError:
    """What an error of the library, or of the line, means.

    Args:
        error: as it was raised.
        about: what was asked for.
    """
    seconds = getattr(error, "seconds", None)
    if seconds is not None:
        return SourceLimited(
            f"{about}: too many requests; ask in {seconds} s", retry_after_s=float(seconds)
        )
    names = {one.__name__ for one in type(error).__mro__}
    said = f"{about}: {type(error).__name__}"
    if names & {*PASSING, "OSError", "TimeoutError"}:
        return SourceUnreachable(f"{said}; no answer, or a fault of the source's own")
    if names & {*GONE}:
        return SourceGone(f"{said}; there is no such channel, or it is closed to us")
    if names & {"UnauthorizedError", "AuthKeyError", *KEYS}:
        return SourceRefused(
            f"{said}; the session is missing, wrong or was taken back: connect the source again"
        )
    return SourceRefused(f"{said}; the source does not take the request")


def is_of_the_library(error: Exception) -> bool:
    """Whether an error is the library's or the line's, not a fault of this program."""
    errors = needed("telethon.errors")
    return isinstance(error, (errors.RPCError, OSError, errors.AuthKeyNotFound))
