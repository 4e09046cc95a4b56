"""What Telegram's network gives, written as an export of Telegram Desktop holds it.

Names: TL schema of Telegram (core.telegram.org/schema), as `telethon.tl.types` gives it:
channel, channelFull, message, messageFwdHeader, messageReactions, messageReplies.
"""

from __future__ import annotations

from typing import Any

_MEDIA = {
    "DocumentAttributeVideo": "video_file",
    "DocumentAttributeAnimated": "animation",
    "DocumentAttributeAudio": "audio_file",
}


def named_chat(channel: Any) -> dict[str, Any]:
    """A channel by its id, username and kind: what stands beside each of its messages."""
    username = channel.username or next(
        (one.username for one in channel.usernames or () if one.active), None
    )
    kind = "public_channel" if username else "private_channel"
    told = {"id": channel.id, "type": kind, "name": channel.title, "username": username}
    return {name: value for name, value in told.items() if value is not None}


def chat(channel: Any, full: Any) -> dict[str, Any]:
    """A channel with what it says of itself, and no messages."""
    members = full.participants_count or channel.participants_count
    told = {
        "about": full.about or None, "members": members,
        "is_verified": bool(channel.verified), "created_at": _moment(channel.date),
    }  # fmt: skip
    kept = {name: value for name, value in told.items() if value is not None}
    return named_chat(channel) | kept | {"messages": []}


def message(found: Any) -> dict[str, Any]:
    """A message of a channel, its counts among it."""
    told = {
        "id": found.id, "type": "message", "date_unixtime": _seconds(found.date),
        "edited_unixtime": _seconds(found.edit_date), "text": found.message or "",
        "links": _links(found), "reply_to_message_id": _answered(found),
        "author": found.post_author, "views": found.views, "forwards": found.forwards,
        "replies": found.replies.replies if found.replies else None,
        "reactions": _reactions(found),
    }  # fmt: skip
    told |= _media(found.media) | _passed_on(found.fwd_from)
    return {name: value for name, value in told.items() if value is not None}


def is_service(found: Any) -> bool:
    """Whether it tells of the channel (a new name, a pinned message), or is empty."""
    return type(found).__name__ != "Message"


def moment_of(found: Any) -> str:
    """When a message was published, as ISO 8601."""
    return _moment(getattr(found, "date", None)) or ""


def _moment(when: Any) -> str | None:
    return when.isoformat() if when is not None else None


def _seconds(when: Any) -> str | None:
    return str(int(when.timestamp())) if when is not None else None


def _links(found: Any) -> list[str] | None:
    told = [getattr(one, "url", None) for one in found.entities or ()]
    return [one for one in told if one] or None


def _answered(found: Any) -> int | None:
    native = getattr(found.reply_to, "reply_to_msg_id", None)
    return int(native) if native is not None else None


def _reactions(found: Any) -> list[dict[str, Any]] | None:
    if found.reactions is None:
        return None
    return [
        {"type": "emoji", "count": one.count, "emoji": getattr(one.reaction, "emoticon", "")}
        for one in found.reactions.results
    ]


def _media(media: Any) -> dict[str, Any]:
    if type(media).__name__ == "MessageMediaPhoto":
        return {"photo": True}
    document = getattr(media, "document", None)
    attributes = {type(one).__name__: one for one in getattr(document, "attributes", ())}
    kinds = (kind for name, kind in _MEDIA.items() if name in attributes)
    lengths = (getattr(one, "duration", None) for one in attributes.values())
    return {
        "media_type": next(kinds, None),
        "duration_seconds": next((one for one in lengths if one is not None), None),
    }


def _passed_on(forwarded: Any) -> dict[str, Any]:
    """The channel whose message this passes on; of persons nothing is told."""
    channel = getattr(getattr(forwarded, "from_id", None), "channel_id", None)
    if channel is None:
        return {}
    return {
        "forwarded_from_id": f"channel{channel}",
        "forwarded_message_id": forwarded.channel_post,
    }
