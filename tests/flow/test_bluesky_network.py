"""Bluesky against a real network on loopback: what is written there is read back exactly."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("atproto", reason="needs the connectors extra: atproto")

from mawj.flow.source_states import ask_for
from mawj.lake.lake import Lake
from tests.sources.live.real_network import RealNetwork, is_installed
from tests.sources.live.relays import CutLine, SmallJetstream
from tests.sources.live.sync_process import synced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not is_installed(),
    reason="needs a network on loopback: python -m tests.sources.live.real_network",
)

TEXTS = {
    "en": "A long walk along the river, then breakfast at the market #weekend",
    "ar": "رحلة طويلة على ضفاف النهر ثم فطور في السوق #نهاية_الأسبوع",
    "fa": "پیاده‌روی کنار رودخانه و بعد صبحانه در بازار #آخر_هفته",
}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def network() -> Iterator[RealNetwork]:
    with RealNetwork() as network:
        yield network


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


class Neighbours:
    """Three accounts that follow, like and pass on; names of their own for each test."""

    def __init__(self, network: RealNetwork) -> None:
        self.network = network
        mark = f"{random.SystemRandom().getrandbits(32):x}"
        self.names = [f"{name}{mark}" for name in ("layla", "omid", "sara")]
        for name in self.names:
            network.join(name)
            network.describe(name, displayName=name.title(), description="يكتب عن المدينة")
        layla, omid, sara = self.names
        self.posts = {
            key: network.post(name, text, langs=[key])
            for name, (key, text) in zip(self.names, TEXTS.items(), strict=True)
        }
        self.follows = [network.follow(omid, layla), network.follow(sara, layla)]
        self.like = network.act(omid, "like", self.posts["en"])
        self.repost = network.act(sara, "repost", self.posts["en"])
        parent = {"uri": self.posts["en"]["uri"], "cid": self.posts["en"]["cid"]}
        self.reply = network.post(
            omid, "چه جای قشنگی", reply={"root": parent, "parent": parent}
        )

    @property
    def handles(self) -> list[str]:
        return [f"{name}.test" for name in self.names]

    def id(self, n: int) -> str:
        return f"bluesky:{self.network.did(self.names[n])}"


@pytest.fixture
def neighbours(network: RealNetwork) -> Neighbours:
    return Neighbours(network)


def rows(lake: Lake, table: str, *names: str) -> set[tuple[Any, ...]]:
    found = lake.read(table).select(*names).to_pyarrow().to_pylist()
    return {tuple(row.values()) for row in found}


def check_all_is_there(lake: Lake, people: Neighbours) -> None:
    told = {(f"bluesky:{post['uri']}", TEXTS[key]) for key, post in people.posts.items()}
    told.add((f"bluesky:{people.reply['uri']}", "چه جای قشنگی"))
    assert rows(lake, "posts", "post_id", "text") == told
    assert rows(lake, "follows", "follower_id", "followed_id", "record_id") == {
        (people.id(1), people.id(0), f"bluesky:{people.follows[0]}"),
        (people.id(2), people.id(0), f"bluesky:{people.follows[1]}"),
    }
    liked = f"bluesky:{people.posts['en']['uri']}"
    assert rows(lake, "interactions", "kind", "actor_id", "target_id", "post_id") == {
        ("like", people.id(1), people.id(0), liked),
        ("repost", people.id(2), people.id(0), liked),
    }
    assert {row[0] for row in rows(lake, "posts", "language")} == {"en", "ar", "fa"}
    assert (people.id(0), people.names[0].title(), "يكتب عن المدينة") in rows(
        lake, "accounts", "account_id", "name", "bio"
    )


def test_repositories_are_read_back_exactly(
    lake: Lake, network: RealNetwork, neighbours: Neighbours
) -> None:
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    done = synced(lake, network.host)
    assert done.faults == {}
    check_all_is_there(lake, neighbours)
    handles = {row[0] for row in rows(lake, "accounts", "handle")}
    assert handles >= set(neighbours.handles)
    assert rows(lake, "rejected", "reason") == set()


@pytest.mark.parametrize("kind", ["stream", "jetstream"])
def test_the_stream_tells_the_same_of_whom_it_is_asked_for(
    lake: Lake, network: RealNetwork, neighbours: Neighbours, kind: str
) -> None:
    Neighbours(network)  # others, who must not come
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    ask_for(lake, "bluesky", [], [kind], NOW)
    with SmallJetstream(network.host) as relay:
        done = synced(lake, network.host, 3, (kind,), jetstream=relay.address)
    assert done.faults == {}
    check_all_is_there(lake, neighbours)


def test_a_stream_is_listened_to_at_every_sync(
    lake: Lake, network: RealNetwork, neighbours: Neighbours
) -> None:
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    ask_for(lake, "bluesky", [], ["stream"], NOW)
    synced(lake, network.host)
    late = network.post(neighbours.names[0], "بعد قليل")
    done = synced(lake, network.host, is_all=False)
    # Repositories are fresh; the stream is not asked whether it is.
    assert done.n_asked == 1
    assert f"bluesky:{late['uri']}" in {row[0] for row in rows(lake, "posts", "post_id")}


def test_what_is_taken_back_goes_from_tables_and_raw_rows(
    lake: Lake, network: RealNetwork, neighbours: Neighbours
) -> None:
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    ask_for(lake, "bluesky", [], ["stream"], NOW)
    synced(lake, network.host)
    check_all_is_there(lake, neighbours)
    layla, omid, sara = neighbours.names
    network.take_back(omid, neighbours.like)
    network.take_back(sara, neighbours.follows[1])
    network.take_back(layla, neighbours.posts["en"]["uri"])
    done = synced(lake, network.host)
    assert done.n_taken_back >= 3
    gone = f"bluesky:{neighbours.posts['en']['uri']}"
    assert gone not in {row[0] for row in rows(lake, "posts", "post_id")}
    assert rows(lake, "follows", "follower_id") == {(neighbours.id(1),)}
    # Whoever passed it on passed on what is not there any more.
    assert rows(lake, "interactions", "kind") == set()
    for load in rows(lake, "loads", "load_id"):
        raw = lake.read_raw(load[0]).to_pyarrow().to_pylist()
        assert not [row for row in raw if TEXTS["en"] in row["record"]]
        assert gone not in {row["record_id"] for row in raw}


def test_without_the_stream_a_new_look_at_the_repository_tells_what_went(
    lake: Lake, network: RealNetwork, neighbours: Neighbours
) -> None:
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    synced(lake, network.host)
    network.take_back(neighbours.names[1], neighbours.like)
    network.take_back(neighbours.names[1], neighbours.posts["ar"]["uri"])
    time.sleep(0.1)
    synced(lake, network.host)
    assert f"bluesky:{neighbours.posts['ar']['uri']}" not in {
        row[0] for row in rows(lake, "posts", "post_id")
    }
    assert rows(lake, "interactions", "kind") == {("repost",)}
    # Nothing has changed since: nothing is fetched, nothing is taken out.
    again = synced(lake, network.host)
    assert (again.n_items, again.n_taken_back) == (0, 0)


def test_an_account_that_is_switched_off_goes_whole(
    lake: Lake, network: RealNetwork, neighbours: Neighbours
) -> None:
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    ask_for(lake, "bluesky", [], ["stream"], NOW)
    synced(lake, network.host)
    network.leave(neighbours.names[1])
    synced(lake, network.host)
    ids = {row[0] for row in rows(lake, "posts", "account_id")}
    assert ids == {neighbours.id(0), neighbours.id(2)}
    assert neighbours.id(1) not in {row[0] for row in rows(lake, "follows", "follower_id")}


def test_a_line_that_is_cut_again_and_again_loses_nothing(
    lake: Lake, network: RealNetwork, neighbours: Neighbours
) -> None:
    ask_for(lake, "bluesky", [], ["stream"], NOW)
    ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
    for n in range(40):
        network.post(neighbours.names[0], f"{n} {TEXTS['fa']}")
    with CutLine(network.host, 9_000) as line:
        done = synced(lake, network.host, kinds=("stream",), stream=line.address)
    assert done.faults == {}
    assert line.n_cut >= 3
    texts = sorted(row[0] for row in rows(lake, "posts", "text") if row[0][0].isdigit())
    assert texts == sorted(f"{n} {TEXTS['fa']}" for n in range(40))
    assert lake.read("posts").count().execute() == 44


def test_killed_at_random_points_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, network: RealNetwork, neighbours: Neighbours
) -> None:
    for n in range(120):
        network.post(neighbours.names[2], f"{n} {TEXTS['ar']}")
    folder = tmp_path / "lake"
    with Lake.open(folder) as lake:
        ask_for(lake, "bluesky", neighbours.handles, ["repository"], NOW)
        ask_for(lake, "bluesky", [], ["stream"], NOW)
    command = [sys.executable, "-m", "tests.sources.live.sync_process", str(folder),
               network.host, "15"]  # fmt: skip
    chance = random.Random(7)
    for _ in range(4):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.5, 4.0))
            child.kill()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    with Lake.open(folder) as lake:
        found = lake.read("posts").select("post_id", "text").to_pyarrow().to_pylist()
        written = [row["text"] for row in found if row["text"][0].isdigit()]
        assert sorted(written) == sorted(f"{n} {TEXTS['ar']}" for n in range(120))
        assert len({row["post_id"] for row in found}) == len(found) == 124
