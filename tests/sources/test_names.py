"""Handles, account ids and post ids from what people paste."""

from __future__ import annotations

import pytest

from mawj.sources.names import (
    account_id_of,
    handle_of,
    lost_letters,
    name_and_handle,
    native_id_of,
    platform_of_url,
)


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("@Nour.Cooks", "nour.cooks"),
        (" nour_cooks ", "nour_cooks"),
        ("https://www.instagram.com/Nour.Cooks/", "nour.cooks"),
        ("instagram.com/nour.cooks?igsh=1", "nour.cooks"),
        ("https://www.tiktok.com/@nour/video/12", "nour"),
        ("https://x.com/Nour/status/1785", "nour"),
        ("https://www.youtube.com/@NourTV", "nourtv"),
        ("https://t.me/nour_channel", "nour_channel"),
        (".dotted.", ".dotted."),
        ("نورة", "نورة"),
        ("nour@mastodon.example", "nour@mastodon.example"),
        ("did:plc:abc123", "did:plc:abc123"),
        ("Nour The Cook", None),
        ("https://www.instagram.com/p/Cabc/", None),
        ("", None),
    ],
)
def test_a_handle_is_found_in_whatever_is_pasted(written: str, handle: str | None) -> None:
    assert handle_of(written) == handle


@pytest.mark.parametrize(
    ("written", "platform", "account_id"),
    [
        ("@Nour", "x", "x:nour"),
        ("tiktok:Nour", "x", "tiktok:nour"),
        ("https://bsky.app/profile/nour.example", None, "bluesky:nour.example"),
        ("UCabcdefghijklmnopqrstuv", "youtube", "youtube:UCabcdefghijklmnopqrstuv"),
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            None,
            "youtube:UCabcdefghijklmnopqrstuv",
        ),
        ("Nour  The Cook", "youtube", "youtube:nour the cook"),
        ("12345", "x", "x:12345"),
        ("nour", None, None),
    ],
)
def test_an_account_id_is_platform_and_native_id(
    written: str, platform: str | None, account_id: str | None
) -> None:
    assert account_id_of(written, platform) == account_id


@pytest.mark.parametrize(
    ("written", "post_id"),
    [
        ("https://www.instagram.com/p/Cabc123/", "instagram:Cabc123"),
        ("https://www.instagram.com/nour/reel/Cabc123/?x=1", "instagram:Cabc123"),
        ("https://x.com/nour/status/1785", "x:1785"),
        ("https://www.youtube.com/watch?v=AbC_1-2&t=3", "youtube:AbC_1-2"),
        ("https://youtu.be/AbC_1-2", "youtube:AbC_1-2"),
        ("https://www.tiktok.com/@nour/video/73", "tiktok:73"),
        ("1785", "threads:1785"),
        ("x:1785", "x:1785"),
    ],
)
def test_a_post_id_is_read_from_its_address(written: str, post_id: str) -> None:
    assert native_id_of(written, "threads") == post_id


def test_a_broken_address_is_no_platform() -> None:
    assert platform_of_url("http://[broken") is None
    assert platform_of_url("https://notx.com/nour") is None


def test_a_name_before_its_handle_is_taken_apart() -> None:
    assert name_and_handle("Nour The Cook @nour.cooks") == ("Nour The Cook", "nour.cooks")
    assert name_and_handle("نورة (@noura)") == ("نورة", "noura")
    assert name_and_handle("no handle") is None


def test_letters_lost_to_question_marks_are_seen() -> None:
    assert lost_letters("????? ????")
    assert lost_letters("TA????")
    assert not lost_letters("Who am I?")
    assert not lost_letters("?")
