"""Exports of Telegram Desktop: channels are read, what people write to each other is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.sources.reading import open_file
from mawj.sources.ready import ready_mapping
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

MESSAGES = [
    {"id": 1, "type": "service", "action": "create_channel", "text": ""},
    {
        "id": 2, "type": "message", "date": "2026-01-05T15:00:00",
        "date_unixtime": "1767614400", "from": "قهوة", "from_id": "channel77",
        "text": ["اشتروا ", {"type": "text_link", "text": "هنا", "href": "https://shop.example/a"},
                 " #قهوة ", {"type": "mention_name", "text": "Sami", "user_id": 5}],
        "reactions": [
            {"type": "emoji", "count": 7, "emoji": "❤",
             "recent": [{"from": "A Person", "from_id": "user9"}]},
            {"type": "emoji", "count": 2, "emoji": "👍"},
        ],
    },
    {
        "id": 3, "type": "message", "date_unixtime": "1767700800", "text": "از کانالی دیگر",
        "photo": "photos/1.jpg", "forwarded_from": "Tea", "forwarded_from_id": "channel88",
        "reply_to_message_id": 2,
    },
    {
        "id": 4, "type": "message", "date_unixtime": "1767787200", "text": "A talk",
        "media_type": "video_file", "duration_seconds": 61, "forwarded_from": "A Person",
        "forwarded_from_id": "user9", "edited_unixtime": "1767787300",
    },
]  # fmt: skip


def export(kind: str = "public_channel", **more: Any) -> str:
    chat = {"name": "قهوة", "type": kind, "id": 77, "messages": MESSAGES} | more
    return json.dumps(chat, ensure_ascii=False, indent=1)


def test_a_channel_is_an_account_and_its_messages_are_posts(make: Make, read: Any) -> None:
    got = read(make("result.json", export()))
    assert got.only("accounts", "account_id", "name", "is_private") == [
        ("telegram:77", "قهوة", False)
    ]
    assert got.only("posts", "post_id", "kind") == [
        ("telegram:77/2", "text"), ("telegram:77/3", "photo"), ("telegram:77/4", "video"),
    ]  # fmt: skip
    assert got.only("posts", "text") == ["اشتروا هنا #قهوة Sami", "از کانالی دیگر", "A talk"]
    assert got.only("posts", "published_at")[0] == datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert got.only("posts", "links") == [["https://shop.example/a"], [], []]
    assert got.only("posts", "duration_s") == [None, None, 61.0]
    assert got.rejected == []


def test_reactions_are_counted_and_views_are_not_known(make: Make, read: Any) -> None:
    got = read(make("result.json", export()))
    assert got.only("post_snapshots", "likes", "views", "reposts") == [(9.0, None, None)]


def test_answers_and_what_was_passed_on_are_told(make: Make, read: Any) -> None:
    got = read(make("result.json", export()))
    assert got.only("posts", "reply_to_post_id") == [None, "telegram:77/2", None]
    # Whose words a person's are is not told.
    assert got.only("posts", "repost_of_account_id") == [None, "telegram:88", None]


def test_nothing_of_persons_is_kept(make: Make, read: Any) -> None:
    got = read(make("result.json", export()))
    said = json.dumps([row["record"] for row in got.raw], ensure_ascii=False)
    assert "قهوة" in said
    for sign in ("A Person", "user9", "user_id", 'from_id\\": \\"user'):
        assert sign not in said


def test_a_private_channel_is_marked(make: Make, read: Any) -> None:
    got = read(make("result.json", export("private_channel")))
    assert got.only("accounts", "is_private") == [True]


@pytest.mark.parametrize(
    "kind",
    ["personal_chat", "private_group", "private_supergroup", "public_supergroup", "bot_chat",
     "saved_messages"],
)  # fmt: skip
def test_what_people_write_to_each_other_is_refused(make: Make, kind: str) -> None:
    with (
        open_file(make("result.json", export(kind))) as raw,
        pytest.raises(SourceRefused, match=f"no channel but a {kind}"),
    ):
        ready_mapping(raw)


def test_the_export_of_a_whole_account_is_refused(make: Make) -> None:
    whole = {"about": "…", "chats": {"list": [json.loads(export())]}}
    with (
        open_file(make("result.json", json.dumps(whole))) as raw,
        pytest.raises(SourceRefused, match="private ones among them"),
    ):
        ready_mapping(raw)


@pytest.mark.parametrize(
    "message",
    [{}, {"id": None}, {"type": "message"}, {"id": 9, "text": 5, "reactions": 3},
     {"id": 9, "text": [None, 5, {"text": 4}], "date_unixtime": "never", "media_type": []}],
)  # fmt: skip
def test_an_odd_message_does_not_stop_the_others(make: Make, read: Any, message: Any) -> None:
    got = read(make("result.json", export(messages=[message, MESSAGES[2]])))
    assert "telegram:77/3" in got.only("posts", "post_id")
