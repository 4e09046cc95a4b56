"""Channels of Telegram, as Telegram Desktop exports them (`result.json`).

Names: a chat has `id`, `name`, `type` and `messages`; a message `id`, `date_unixtime`, `text`
(a text, or pieces with `type`, `text` and `href`), `media_type`, `forwarded_from_id` and
`reactions`. The live source writes what it fetches in the same shape, with what an export
lacks: `username`, `about`, `members`, and of a message `views`, `forwards` and `replies`.
Of persons nothing is kept: neither who wrote privately, nor who reacted, nor whose words were
passed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, flag, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

CHANNELS = ("public_channel", "private_channel")
_CHATS = (
    "personal_chat", "bot_chat", "saved_messages", "private_group", "private_supergroup",
    "public_supergroup", "replies", "verification_codes",
)  # fmt: skip
_KINDS = {
    "video_file": "video", "video_message": "video", "animation": "video",
    "voice_message": "audio", "audio_file": "audio",
}  # fmt: skip
_OF_CHAT = ("id", "name", "type", "username", "about", "members", "is_verified", "created_at")
_OF_MESSAGE = (
    "id", "type", "date", "date_unixtime", "edited_unixtime", "text", "links", "media_type",
    "mime_type", "duration_seconds", "reply_to_message_id", "author", "views", "forwards",
    "replies",
)  # fmt: skip
_FROM_CHANNEL = "channel"


def detect(raw: RawFile) -> bool:
    """The export of a chat, or of a whole account."""
    return any(_is_chat(one) or _is_account(one) for one in records_of(raw))


def _is_chat(one: Any) -> bool:
    has_messages = isinstance(member(one, "messages"), list)
    return has_messages and text(one, "type") in (*CHANNELS, *_CHATS)


def _is_account(one: Any) -> bool:
    return isinstance(member(one, "chats", "list"), list)


def mapping(raw: RawFile) -> RecordMapping:
    """How a channel's export is read.

    Raises:
        SourceRefused: it is that of a person's chats.
    """
    for one in records_of(raw):
        if _is_account(one):
            raise SourceRefused(
                f"{raw.name} holds all chats of an account, private ones among them: export "
                "one channel alone (its menu, Export chat history, JSON)"
            )
        if text(one, "type") not in CHANNELS:
            raise SourceRefused(
                f"{raw.name} is no channel but a {text(one, 'type')}: what people write to "
                "each other is not read"
            )
    return MAPPING


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of a channel and its messages."""
    native, kind = text(record, "id"), text(record, "type")
    if native is None or kind not in CHANNELS:
        yield Fault("type", f"{kind or 'this'} is no channel of Telegram")
        return
    yield from _account(record, f"telegram:{native}", taken_at)
    for message in members(record, "messages"):
        yield from _message(message, record, taken_at)


def kept(record: Record) -> Record:
    """A record without anything of persons."""
    chat = {name: record[name] for name in _OF_CHAT if name in record}
    return chat | {"messages": [_kept_message(one) for one in members(record, "messages")]}


def _kept_message(message: Record) -> Record:
    found = {name: message[name] for name in _OF_MESSAGE if name in message}
    if isinstance(found.get("text"), list):
        found["text"] = [_kept_piece(piece) for piece in found["text"]]
    if "photo" in message:
        found["photo"] = True
    whose = text(message, "forwarded_from_id") or ""
    if whose.startswith(_FROM_CHANNEL):
        passed_on = ("forwarded_from", "forwarded_from_id", "forwarded_message_id")
        found |= {name: message[name] for name in passed_on if name in message}
    reactions = [
        {name: one[name] for name in ("type", "count", "emoji") if name in one}
        for one in members(message, "reactions")
    ]
    return found | ({"reactions": reactions} if reactions else {})


def _kept_piece(piece: Any) -> Any:
    if not isinstance(piece, dict):
        return piece
    return {name: piece[name] for name in ("type", "text", "href") if name in piece}


def _account(chat: Record, account_id: str, taken_at: datetime) -> Iterator[Made]:
    username = text(chat, "username")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "telegram",
            "handle": username.lower() if username else None,
            "name": text(chat, "name"), "bio": text(chat, "about"),
            "url": f"https://t.me/{username}" if username else None,
            "created_at": moment(chat, "created_at"),
            "is_verified": flag(chat, "is_verified"),
            "is_private": text(chat, "type") == "private_channel",
        },
    )  # fmt: skip
    members_told = count(chat, "members")
    if members_told is not None:
        row = {"account_id": account_id, "taken_at": taken_at, "followers": members_told}
        yield Made("account_snapshots", row)


def _message(message: Record, chat: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    if text(message, "type") == "service":
        return
    native, channel = text(message, "id"), text(chat, "id")
    if native is None:
        yield Fault("messages.id", "a message has no id")
        return
    post_id, account_id = f"telegram:{channel}/{native}", f"telegram:{channel}"
    username, answered = text(chat, "username"), text(message, "reply_to_message_id")
    yield Made(
        "posts",
        {
            "post_id": post_id, "account_id": account_id, "platform": "telegram",
            "published_at": moment(message, "date_unixtime") or moment(message, "date"),
            "kind": _kind(message), "text": _words(message),
            "url": f"https://t.me/{username}/{native}" if username else None,
            "reply_to_post_id": f"telegram:{channel}/{answered}" if answered else None,
            "reply_to_account_id": account_id if answered else None,
            **_passed_on(message), "duration_s": count(message, "duration_seconds"),
            "links": _links(message),
        },
    )  # fmt: skip
    reactions = [count(one, "count") for one in members(message, "reactions")]
    yield Made(
        "post_snapshots",
        {
            "post_id": post_id, "taken_at": taken_at, "views": count(message, "views"),
            "likes": sum(filter(None, reactions)) if "reactions" in message else None,
            "reposts": count(message, "forwards"), "comments": count(message, "replies"),
        },
    )  # fmt: skip


def _passed_on(message: Record) -> dict[str, str | None]:
    """Whose post it passes on, where that is a channel's."""
    whose = text(message, "forwarded_from_id") or ""
    if not whose.startswith(_FROM_CHANNEL):
        return {}
    channel, native = whose.removeprefix(_FROM_CHANNEL), text(message, "forwarded_message_id")
    return {
        "repost_of_account_id": own_id("telegram", channel),
        "repost_of_post_id": f"telegram:{channel}/{native}" if native else None,
    }


def _kind(message: Record) -> str:
    if "photo" in message:
        return "photo"
    return _KINDS.get(text(message, "media_type") or "", "text")


def _words(message: Record) -> str | None:
    """The text, whole or in pieces."""
    found = member(message, "text")
    if isinstance(found, list):
        pieces = (piece if isinstance(piece, str) else piece.get("text") for piece in found
                  if isinstance(piece, (str, dict)))  # fmt: skip
        found = "".join(piece for piece in pieces if isinstance(piece, str))
    return (found.strip() or None) if isinstance(found, str) else None


def _links(message: Record) -> list[str]:
    """Addresses that stand behind other words."""
    told = [text(piece, "href") for piece in members(message, "text")]
    told += [one for one in member(message, "links") or [] if isinstance(one, str)]
    return [one for one in told if one]


MAPPING = RecordMapping("telegram", make, "telegram", keep=kept)
READY = Ready(
    "telegram",
    "Telegram Desktop: the exported history of one channel (result.json)",
    detect,
    mapping,
)
