"""Instagram Graph answers: records in the provider's shape, invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]


COUNTS = ("followers", "following", "posts")


def media(code: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"179{code}", "caption": "قهوة #قهوة", "like_count": 30, "comments_count": 4,
        "media_type": "IMAGE", "media_product_type": "FEED",
        "timestamp": "2024-05-01T10:00:00+0000",
        "permalink": f"https://www.instagram.com/p/{code}/",
    } | more  # fmt: skip


DISCOVERED = {
    "business_discovery": {
        "id": "17841", "username": "Noura.Cooks", "name": "نورة", "biography": "وصفات",
        "followers_count": 900, "follows_count": 20, "media_count": 2,
        "profile_picture_url": "https://example.org/p.jpg",
        "media": {
            "data": [
                media("Ca"),
                media("Cb", media_type="VIDEO", media_product_type="REELS", view_count=700),
                media("Cc", media_type="CAROUSEL_ALBUM", like_count=None),
            ],
            "paging": {"cursors": {}},
        },
    },
    "id": "17999",
}  # fmt: skip


def test_business_discovery_gives_the_account_and_its_posts(make: Make, read: Any) -> None:
    got = read(make("d.json", json.dumps(DISCOVERED)))
    assert got.only("accounts", "account_id", "handle", "has_picture") == [
        ("instagram:noura.cooks", "noura.cooks", True)
    ]
    assert got.only("account_snapshots", *COUNTS) == [(900.0, 20.0, 2.0)]
    assert got.only("posts", "post_id", "kind") == [
        ("instagram:Ca", "photo"),
        ("instagram:Cb", "short_video"),
        ("instagram:Cc", "carousel"),
    ]  # fmt: skip
    assert got.only("posts", "published_at")[0] == datetime(2024, 5, 1, 10, tzinfo=UTC)


def test_hidden_likes_are_not_known(make: Make, read: Any) -> None:
    got = read(make("d.json", json.dumps(DISCOVERED)))
    assert got.only("post_snapshots", "likes", "comments", "views") == [
        (30.0, 4.0, None), (30.0, 4.0, 700.0), (None, 4.0, None),
    ]  # fmt: skip


def test_media_alone_needs_to_say_whose_it_is(make: Make, read: Any) -> None:
    lines = [media("Ca", username="Noura"), media("Cb")]
    got = read(make("m.jsonl", "\n".join(map(json.dumps, lines))))
    assert got.only("posts", "account_id") == ["instagram:noura"]
    assert [(row, field) for row, field, _ in got.reasons()] == [(2, "username")]


def test_an_error_among_the_answers_is_told(make: Make, read: Any) -> None:
    failed = {"error": {"message": "Application request limit reached"}}
    got = read(make("m.jsonl", "\n".join(map(json.dumps, [DISCOVERED, failed]))))
    assert "request limit reached" in got.reasons()[0][2]
