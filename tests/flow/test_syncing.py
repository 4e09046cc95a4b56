"""Live sources: what is asked for is stored page by page, and the cursor after its page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("atproto", reason="needs the connectors extra: atproto")

from mawj.flow.source_states import ask_for, states, stop_asking
from mawj.flow.syncing import Asking, SyncSettings, sync
from mawj.lake.erase import erase
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from mawj.tables.errors import NotFound, SourceRefused
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import START, Clock
from tests.sources.live.small_bluesky import SmallBluesky

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world() -> SmallBluesky:
    return SmallBluesky()


@pytest.fixture
def server(world: SmallBluesky) -> Iterator[Loopback]:
    with Loopback(world) as server:
        yield server


def asking(lake: Lake, server: Loopback, clock: Clock, load_items: int = 4) -> Asking:
    manners = Manners(timeout_s=2.0, tries=3)
    polite = Polite(manners, clock.seconds, clock.sleep, lambda: 0.5)
    access = Access({"address": server.address})
    connection = SOURCES["bluesky"].connect(access, polite)
    return Asking(lake, connection, polite, clock.now, SyncSettings(load_items))


def count(lake: Lake, table: str) -> int:
    return int(lake.read(table).count().execute())


def ids(lake: Lake, table: str, column: str) -> list[str]:
    return sorted(lake.read(table).select(column).to_pyarrow()[column].to_pylist())


def test_accounts_and_posts_are_stored_with_source_time_and_basis(
    lake: Lake, server: Loopback
) -> None:
    ask_for(lake, "bluesky", ["layla.test", "@Omid.test"], [], START)
    done = sync(asking(lake, server, Clock()), "bluesky")
    assert (done.n_asked, done.n_finished, done.faults) == (4, 4, {})
    assert count(lake, "posts") == 14
    assert count(lake, "account_snapshots") >= 2
    row = lake.read("posts").to_pyarrow().to_pylist()[0]
    assert (row["source"], row["basis"]) == ("bluesky", "public")
    assert row["fetched_at"] > START
    assert set(ids(lake, "posts", "language")) == {"en", "ar", "fa"}


def test_two_accounts_are_asked_for_in_one_request(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "bluesky", ["layla.test", "omid.test"], ["accounts"], START)
    sync(asking(lake, server, Clock()), "bluesky")
    assert [params["actors"] for _, params in server.asked] == [["layla.test", "omid.test"]]


def test_what_is_fresh_is_not_asked_for_again(lake: Lake, server: Loopback) -> None:
    ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
    clock = Clock()
    sync(asking(lake, server, clock), "bluesky")
    n = len(server.asked)
    assert sync(asking(lake, server, clock), "bluesky").n_asked == 0
    clock.at += timedelta(hours=7)
    assert sync(asking(lake, server, clock), "bluesky").n_asked == 1
    assert len(server.asked) > n


def test_later_only_what_is_new_is_fetched(
    lake: Lake, server: Loopback, world: SmallBluesky
) -> None:
    world.n_posts = 40
    ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
    clock = Clock()
    sync(asking(lake, server, clock), "bluesky")
    n_first = len(server.asked)
    world.n_posts = 42
    done = sync(asking(lake, server, clock), "bluesky", is_all=True)
    assert count(lake, "posts") == 42
    # Two new ones and the week before the newest, three a page.
    assert len(server.asked) - n_first <= 4
    assert done.n_new >= 2


def test_raw_items_are_kept_as_they_came(
    lake: Lake, server: Loopback, world: SmallBluesky
) -> None:
    ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
    sync(asking(lake, server, Clock()), "bluesky")
    load_ids = ids(lake, "loads", "load_id")
    raw = [row for one in load_ids for row in lake.read_raw(one).to_pyarrow().to_pylist()]
    assert sorted(row["record_id"] for row in raw) == ids(lake, "posts", "post_id")
    assert any('"text":"قهوة الصباح في جدة #قهوة"' in row["record"] for row in raw)


class Killed(BaseException):
    """Stands for the process that ends at this point."""


@pytest.mark.parametrize("n", range(1, 17))
def test_killed_after_any_commit_nothing_is_lost_and_nothing_doubled(
    lake: Lake, server: Loopback, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
    clock = Clock()
    commits = 0
    for name in ("upsert", "keep_raw"):
        own: Callable[..., Any] = getattr(lake, name)

        def counted(*args: Any, own: Callable[..., Any] = own) -> Any:
            nonlocal commits
            result = own(*args)
            commits += 1
            if commits == n:
                raise Killed
            return result

        monkeypatch.setattr(lake, name, counted)
    try:
        sync(asking(lake, server, clock), "bluesky")
    except Killed:
        sync(asking(lake, server, clock), "bluesky")
    assert ids(lake, "posts", "post_id") == [
        f"bluesky:at://did:plc:layla/app.bsky.feed.post/{k:04}" for k in range(7)
    ]
    [state] = states(lake, "bluesky")
    assert state.finished_at == state.stored_at


def test_an_account_that_is_not_there_stops_nobody_else(
    lake: Lake, world: SmallBluesky
) -> None:
    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        if params.get("actor") == ["gone.test"]:
            said = {"error": "InvalidRequest", "message": "Profile not found"}
            return Answer(said, 400)
        return world(path, params)

    with Loopback(answer) as server:
        ask_for(lake, "bluesky", ["gone.test", "layla.test"], ["posts"], START)
        done = sync(asking(lake, server, Clock()), "bluesky")
    assert list(done.faults) == ["gone.test"]
    assert count(lake, "posts") == 7
    assert not done.stopped_by
    gone = next(one for one in states(lake) if one.subject == "gone.test")
    assert gone.error is not None
    assert gone.error.startswith("SourceGone")


def test_one_who_is_erased_while_asked_for_stops_nothing(tmp_path: Path) -> None:
    key = b"k" * 32
    settings = LakeSettings(suppression_key=key)

    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        with Lake.open(tmp_path / "lake", settings=settings) as other:
            erase(other, [], key=key, reason="asked", handles=["bluesky:layla.test"])
        return Answer({"error": "InvalidRequest", "message": "Profile not found"}, 400)

    with Lake.open(tmp_path / "lake", settings=settings) as lake, Loopback(answer) as server:
        ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
        slow = asking(lake, server, Clock())
        slow.connection.close()
        manners = Manners(timeout_s=20.0, tries=1)
        polite = Polite(manners, slow.polite.now, slow.polite.sleep, lambda: 0.5)
        connection = SOURCES["bluesky"].connect(Access({"address": server.address}), polite)
        done = sync(Asking(lake, connection, polite, slow.now), "bluesky")
        assert list(done.faults) == ["layla.test"]
        assert states(lake) == []


def test_what_is_stopped_is_not_asked_for(lake: Lake, server: Loopback) -> None:
    stop_asking(lake, ask_for(lake, "bluesky", ["layla.test"], ["posts"], START))
    assert sync(asking(lake, server, Clock()), "bluesky", is_all=True).n_asked == 0
    ask_for(lake, "bluesky", ["layla.test"], ["posts"], START)
    assert sync(asking(lake, server, Clock()), "bluesky").n_asked == 1


def test_an_account_asked_for_is_known_by_its_handle_or_its_id(lake: Lake) -> None:
    ask_for(lake, "bluesky", ["layla.test", "did:plc:omid"], ["posts"], START)
    ask_for(lake, "bluesky", ["ramadan recipes"], ["search"], START)
    assert {(one.subject, one.handle, one.account_id) for one in states(lake)} == {
        ("layla.test", "layla.test", None),
        ("did:plc:omid", None, "bluesky:did:plc:omid"),
        ("ramadan recipes", None, None),
    }


def test_unknown_names_are_refused_with_what_there_is(lake: Lake) -> None:
    with pytest.raises(NotFound, match="bluesky"):
        ask_for(lake, "myspace", ["x"], [], START)
    with pytest.raises(NotFound, match="posts"):
        ask_for(lake, "bluesky", ["x.test"], ["stories"], START)
    with pytest.raises(SourceRefused, match="handle or DID"):
        ask_for(lake, "bluesky", ["nobody"], [], START)
