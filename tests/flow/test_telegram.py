"""Telegram: pages of objects as its library builds them; the network itself is not tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("telethon", reason="needs the connectors extra: telethon")

from telethon import errors
from telethon.tl import types

from mawj.flow.source_states import ask_for
from mawj.flow.syncing import Asking, Synced, SyncSettings, sync
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from mawj.sources.live.telegram import source as telegram
from mawj.sources.live.telegram.asking import TelethonClient, in_our_words, is_of_the_library
from mawj.sources.live.telegram.source import Telegram
from mawj.tables.errors import (
    SourceGone,
    SourceLimited,
    SourceRefused,
    SourceUnreachable,
)
from tests.sources.live.rehearsals import SECRET, START, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLOCK = Clock()
BEGAN = datetime(2026, 1, 5, 12, tzinfo=UTC)
NOBODY = types.PeerNotifySettings()


class SmallTelegram:
    """A channel of `n` messages, a day between two; fails as it is told to."""

    def __init__(self, n: int = 7) -> None:
        self.n, self.is_group = n, False
        self.gone: set[int] = set()
        self.faults: list[Exception | None] = []
        self.asked: list[tuple[int, int]] = []
        self.is_closed = False

    def full_channel(self, username: str) -> Any:
        self._fail()
        channel = types.Channel(
            77, "قهوة", types.ChatPhotoEmpty(), BEGAN, broadcast=not self.is_group,
            megagroup=self.is_group, username="Coffee", verified=True,
        )  # fmt: skip
        full = types.ChannelFull(
            77, f"about {username}", 0, 0, 0, types.PhotoEmpty(0), NOBODY, [], 0,
            participants_count=900,
        )  # fmt: skip
        return types.messages.ChatFull(full, [channel], [])

    def history(self, channel: Any, *, offset_id: int, min_id: int, limit: int) -> Any:
        self._fail()
        self.asked.append((offset_id, min_id))
        below = offset_id or self.n + 1
        numbers = [n for n in range(below - 1, min_id, -1) if n not in self.gone][:limit]
        found = [message(n) for n in numbers]
        return types.messages.ChannelMessages(0, self.n, found, [], [channel], [])

    def close(self) -> None:
        self.is_closed = True

    def _fail(self) -> None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault


def message(n: int) -> Any:
    peer, at = types.PeerChannel(77), BEGAN + timedelta(days=n)
    if n == 1:
        return types.MessageService(1, peer, at, types.MessageActionChannelCreate("قهوة"))
    person, other = types.PeerUser(9), types.PeerChannel(88)
    return types.Message(
        n, peer, at, f"قهوة {n} #قهوة", post=True, views=100 * n, forwards=n,
        entities=[types.MessageEntityTextUrl(0, 4, "https://shop.example/a")],
        replies=types.MessageReplies(3, 0, comments=True, recent_repliers=[person]),
        reactions=types.MessageReactions(
            [types.ReactionCount(types.ReactionEmoji("❤"), 5),
             types.ReactionCount(types.ReactionCustomEmoji(1), 2)],
            recent_reactions=[
                types.MessagePeerReaction(person, at, types.ReactionEmoji("❤"))
            ],
        ),
        fwd_from={
            3: types.MessageFwdHeader(at, from_id=other, channel_post=12),
            4: types.MessageFwdHeader(at, from_id=person, from_name="A Person"),
        }.get(n),
        reply_to=types.MessageReplyHeader(reply_to_msg_id=2) if n == 3 else None,
        media=video() if n == 5 else None,
    )  # fmt: skip


def video() -> Any:
    shape = types.DocumentAttributeVideo(61.5, 10, 10)
    document = types.Document(1, 2, b"", BEGAN, "video/mp4", 9, 1, [shape])
    return types.MessageMediaDocument(document=document)


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> SmallTelegram:
    monkeypatch.setattr(telegram, "AT_ONCE", 3)
    return SmallTelegram()


def synced(lake: Lake, world: SmallTelegram, kind: str = "posts") -> Synced:
    ask_for(lake, "telegram", ["@Coffee"], [kind], START)
    polite = Polite(Manners(tries=3), CLOCK.seconds, CLOCK.sleep, lambda: 0.5)
    connection = Telegram(Access(), polite, lambda *_: world)
    try:
        asking = Asking(lake, connection, polite, CLOCK.now, SyncSettings(load_items=3))
        return sync(asking, "telegram", kinds=[kind], is_all=True)
    finally:
        connection.close()
        assert world.is_closed


def rows(lake: Lake, table: str) -> list[dict[str, Any]]:
    return lake.read(table).to_pyarrow().to_pylist()


def post_ids(lake: Lake) -> list[str]:
    return sorted(row["post_id"] for row in rows(lake, "posts"))


def test_a_channel_is_an_account_with_its_members(lake: Lake, world: SmallTelegram) -> None:
    assert synced(lake, world, "accounts").faults == {}
    [account] = rows(lake, "accounts")
    assert (account["account_id"], account["handle"]) == ("telegram:77", "coffee")
    assert (account["bio"], account["is_verified"]) == ("about coffee", True)
    assert account["is_private"] is False
    assert [row["followers"] for row in rows(lake, "account_snapshots")] == [900.0]


def test_messages_are_posts_with_their_counts(lake: Lake, world: SmallTelegram) -> None:
    assert synced(lake, world).faults == {}
    assert post_ids(lake) == [f"telegram:77/{n}" for n in range(2, 8)]
    found = {row["post_id"]: row for row in rows(lake, "posts")}
    counts = {row["post_id"]: row for row in rows(lake, "post_snapshots")}
    two, three, four, five = (found[f"telegram:77/{n}"] for n in (2, 3, 4, 5))
    assert (two["text"], two["url"]) == ("قهوة 2 #قهوة", "https://t.me/Coffee/2")
    assert two["published_at"] == BEGAN + timedelta(days=2)
    assert two["links"] == ["https://shop.example/a"]
    assert (three["repost_of_post_id"], three["reply_to_post_id"]) == (
        "telegram:88/12", "telegram:77/2",
    )  # fmt: skip
    assert four["repost_of_account_id"] is None
    assert (five["kind"], five["duration_s"]) == ("video", 61.5)
    told = counts["telegram:77/2"]
    assert [told[name] for name in ("views", "reposts", "likes", "comments")] == [200, 2, 7, 3]


def test_nothing_of_persons_is_kept(lake: Lake, world: SmallTelegram) -> None:
    synced(lake, world)
    ids = [row["load_id"] for row in rows(lake, "loads")]
    raw = [row for one in ids for row in lake.read_raw(one).to_pyarrow().to_pylist()]
    assert len(raw) == 6
    assert not any("A Person" in row["record"] or '"recent' in row["record"] for row in raw)


def test_later_only_what_is_new_is_read_and_what_was_deleted_is_taken_back(
    lake: Lake, world: SmallTelegram
) -> None:
    world.n = 20
    synced(lake, world)
    n_first = len(world.asked)
    world.n, world.gone = 21, {3, 18}
    assert synced(lake, world).n_taken_back == 1
    assert {since for _, since in world.asked[n_first:]} == {12}
    assert "telegram:77/21" in post_ids(lake)
    assert "telegram:77/18" not in post_ids(lake)
    # What is older than a week is not looked at again.
    assert "telegram:77/3" in post_ids(lake)


FAULTS = {
    "a short wait": errors.FloodWaitError(None, capture=7),
    "a fault of its own": errors.ServerError(None, "INTERNAL", 500),
    "a dead line": ConnectionError("reset"),
    "no answer in time": TimeoutError(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_is_waited_out(
    lake: Lake, world: SmallTelegram, fault: str
) -> None:
    world.faults = [None, None, FAULTS[fault]]
    assert synced(lake, world).faults == {}
    assert len(post_ids(lake)) == 6
    assert (CLOCK.slept[-1] >= 7) == (fault == "a short wait")


def test_a_fault_that_stays_ends_with_a_word_and_the_rest_comes_later(
    lake: Lake, world: SmallTelegram
) -> None:
    world.faults = [None, None, *[ConnectionError("reset")] * 3]
    assert synced(lake, world).stopped_by.startswith("SourceUnreachable")
    assert post_ids(lake) == ["telegram:77/5", "telegram:77/6", "telegram:77/7"]
    n_asked = len(world.asked)
    assert synced(lake, world).faults == {}
    assert world.asked[n_asked:] == [(5, 0), (2, 0)]
    assert len(post_ids(lake)) == 6


def test_a_long_wait_is_told_and_not_made_in_line(lake: Lake, world: SmallTelegram) -> None:
    world.faults = [errors.FloodWaitError(None, capture=3_600)]
    n_slept = len(CLOCK.slept)
    done = synced(lake, world)
    assert done.stopped_by.startswith("SourceLimited")
    assert (done.retry_after_s, len(CLOCK.slept)) == (3_600, n_slept)


def test_a_session_that_was_taken_back_stops_the_source(
    lake: Lake, world: SmallTelegram
) -> None:
    world.faults = [errors.AuthKeyUnregisteredError(None)]
    done = synced(lake, world)
    assert done.stopped_by.startswith("SourceRefused")
    assert "connect the source again" in done.stopped_by


def test_a_group_is_not_read(lake: Lake, world: SmallTelegram) -> None:
    world.is_group = True
    assert "is a group, no channel" in synced(lake, world).faults["coffee"]
    assert world.asked == []


@pytest.mark.parametrize("name", ["full_channel", "history"])
def test_an_answer_of_another_shape_stores_nothing(
    lake: Lake, world: SmallTelegram, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(world, name, lambda *_, **__: types.messages.MessagesNotModified(0))
    assert "SourceChanged" in synced(lake, world).faults["coffee"]
    assert rows(lake, "posts") == []


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (errors.FloodWaitError(None, capture=5), SourceLimited),
        (errors.UsernameNotOccupiedError(None), SourceGone),
        (errors.ChannelPrivateError(None), SourceGone),
        (errors.SessionRevokedError(None), SourceRefused),
        (errors.UserDeactivatedError(None), SourceRefused),
        (errors.ApiIdInvalidError(None), SourceRefused),
        (errors.TimedOutError(None, "x"), SourceUnreachable),
        (errors.ChatAdminRequiredError(None), SourceRefused),
        (OSError("no route"), SourceUnreachable),
    ],
)
def test_what_an_error_of_the_library_means(error: Exception, meant: type[Exception]) -> None:
    assert is_of_the_library(error)
    assert type(in_our_words(error, "coffee")) is meant


def test_a_fault_of_ours_is_not_taken_for_one_of_the_network(
    lake: Lake, world: SmallTelegram
) -> None:
    world.faults = [KeyError("ours")]
    with pytest.raises(KeyError):
        synced(lake, world)


@pytest.mark.parametrize("told", [{}, {"api_id": "12", "session": "no session"}])
def test_a_session_that_cannot_be_read_is_refused_without_telling_it(
    told: dict[str, str],
) -> None:
    with pytest.raises(SourceRefused, match="MAWJ_TELEGRAM_SESSION") as caught:
        TelethonClient(Access({"api_hash": SECRET, **told}), 1.0)
    assert SECRET not in str(caught.value)


def test_a_missing_key_is_a_fault_of_the_source_and_ends_nothing_else(lake: Lake) -> None:
    ask_for(lake, "telegram", ["@Coffee"], ["posts"], START)
    polite = Polite(Manners(), CLOCK.seconds, CLOCK.sleep, lambda: 0.5)
    connection = SOURCES["telegram"].connect(Access(), polite)
    done = sync(Asking(lake, connection, polite, CLOCK.now), "telegram")
    connection.close()
    assert "MAWJ_TELEGRAM_API_ID" in done.stopped_by


def test_a_client_of_the_library_is_made_and_closed_without_a_network() -> None:
    client = TelethonClient(Access({"api_id": "12", "api_hash": SECRET, "session": ""}), 1.0)
    client.close()


@pytest.mark.parametrize(
    "typed", ["@Coffee", "https://t.me/coffee", "t.me/s/coffee/12", "telegram:coffee"]
)
def test_what_a_person_pastes_is_understood(typed: str) -> None:
    assert SOURCES["telegram"].subject_of("posts", typed) == "coffee"


@pytest.mark.parametrize("typed", ["", "ab", "https://t.me/+abcdef", "+966500000000", "قهوة"])
def test_what_is_no_public_channel_is_refused(typed: str) -> None:
    with pytest.raises(SourceRefused, match="no public channel"):
        SOURCES["telegram"].subject_of("posts", typed)
