"""Feeds of blogs and podcasts: what is kept of them, and what a hostile one cannot do."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("feedparser", reason="needs the connectors extra: feedparser")

from mawj.flow.source_states import ask_for, states
from mawj.flow.syncing import Asking, Synced, sync
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES, documents
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from mawj.tables.errors import SourceRefused
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import START, Clock
from tests.sources.live.small_feed import SmallFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CLOCK = Clock()
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>یادداشت‌ها</title>
<link href="https://blog.example/"/><id>urn:feed</id>
<entry><id>urn:1</id><title type="html">چای &amp;amp; قهوه</title>
<link href="https://blog.example/1"/><updated>2026-01-05T15:30:00+03:30</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>بند یک</p><p>بند دو</p></div>
</content></entry></feed>"""


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "lake") as lake:
        yield lake


@pytest.fixture
def world() -> SmallFeed:
    return SmallFeed()


def synced(lake: Lake, address: str, name: str = "blog", inside: str = "127.0.0.0/8") -> Synced:
    ask_for(lake, name, [address], [], START)
    polite = Polite(Manners(2.0, 2), CLOCK.seconds, CLOCK.sleep, lambda: 0.5)
    connection = SOURCES[name].connect(Access({"inside": inside}), polite)
    try:
        return sync(Asking(lake, connection, polite, CLOCK.now), name, is_all=True)
    finally:
        connection.close()


def saying(content: bytes | str, **headings: str) -> Callable[..., Answer]:
    said = content.encode() if isinstance(content, str) else content
    return lambda *_: Answer(said, headings=headings)


def rows(lake: Lake, table: str) -> list[dict[str, Any]]:
    return lake.read(table).to_pyarrow().to_pylist()


def test_a_feed_is_an_account_and_its_entries_are_posts(lake: Lake, world: SmallFeed) -> None:
    world.more = "<category>Food</category><slash:comments>4</slash:comments>"
    with Loopback(world) as server:
        assert synced(lake, f"{server.address}/feed/").faults == {}
        key = f"{server.address.removeprefix('http://')}/feed"
    [account] = rows(lake, "accounts")
    assert (account["account_id"], account["platform"]) == (f"blog:{key}", "blog")
    assert (account["name"], account["bio"]) == ("Layla writes", "Coffee and towns")
    assert (account["url"], account["language"]) == ("https://blog.example", "en")
    posts = {row["post_id"].rpartition("#")[2]: row for row in rows(lake, "posts")}
    first, second, third = (posts[f"entry-{n}"] for n in range(3))
    assert first["text"] == "Entry & 0\n\nCoffee in the old town\n\nBeans"
    assert first["links"] == ["https://shop.example/x?code=layla"]
    assert first["hashtags"] == ["food"]
    assert (first["kind"], first["url"]) == ("article", "https://blog.example/0")
    assert str(first["published_at"]) == "2026-01-05 12:00:00+00:00"
    assert second["text"] == "Entry & 1\n\nقهوة الصباح\nفي جدة"
    assert "alert" not in third["text"]
    assert {row["comments"] for row in rows(lake, "post_snapshots")} == {4.0}


def test_a_podcast_has_length_and_sound(lake: Lake, world: SmallFeed) -> None:
    world.about = (
        '<itunes:category text="Society"/><itunes:image href="https://blog.example/i.png"/>'
    )
    world.more = (
        '<enclosure url="https://blog.example/1.mp3" type="audio/mpeg" length="9"/>'
        "<itunes:duration>1:02:03</itunes:duration>"
    )
    with Loopback(world) as server:
        assert synced(lake, f"{server.address}/feed", "podcast").faults == {}
    [account] = rows(lake, "accounts")
    assert (account["platform"], account["category"]) == ("podcast", "Society")
    assert account["has_picture"]
    assert {(row["kind"], row["duration_s"]) for row in rows(lake, "posts")} == {
        ("audio", 3723.0)
    }


def test_atom_is_read_too(lake: Lake) -> None:
    with Loopback(saying(ATOM)) as server:
        assert synced(lake, f"{server.address}/atom.xml").faults == {}
    [post] = rows(lake, "posts")
    assert post["text"] == "چای & قهوه\n\nبند یک\n\nبند دو"
    assert post["language"] == "fa"
    assert str(post["published_at"]) == "2026-01-05 12:00:00+00:00"


def test_a_podcast_that_wants_no_directory_is_left_out(lake: Lake, world: SmallFeed) -> None:
    world.about = "<itunes:block>Yes</itunes:block>"
    with Loopback(world) as server:
        done = synced(lake, f"{server.address}/feed", "podcast")
    assert "itunes:block" in next(iter(done.faults.values()))
    assert rows(lake, "posts") == []


def test_what_has_not_changed_is_not_sent_again(lake: Lake, world: SmallFeed) -> None:
    world.etag, changed = '"one"', "Mon, 05 Jan 2026 12:00:00 GMT"
    asked: list[dict[str, str]] = []

    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        asked.append(server.headings[-1])
        if asked[-1].get("if-none-match") == world.etag:
            return Answer(b"", 304)
        found = world(path, params)
        return replace(found, headings=found.headings | {"Last-Modified": changed})

    with Loopback(answer) as server:
        address = f"{server.address}/feed"
        synced(lake, address)
        n_first = len(asked)
        assert synced(lake, address).n_items == 0
        assert len(asked) - n_first == 1
        assert asked[-1]["if-modified-since"] == changed
        # With one entry more, only the first page is read again.
        world.etag, world.n_entries = '"two"', 8
        assert synced(lake, address).faults == {}
        assert len(asked) - n_first == 2
    assert len(rows(lake, "posts")) == 8


def test_pages_that_lead_round_in_a_circle_end(lake: Lake) -> None:
    content = ATOM.replace("<id>urn:feed</id>", '<link rel="next" href="/atom.xml"/>')
    with Loopback(saying(content)) as server:
        assert synced(lake, f"{server.address}/atom.xml").faults == {}
        assert len(server.asked) == 1


def test_a_redirect_is_followed_and_looked_at(lake: Lake, world: SmallFeed) -> None:
    world.page = 10

    def answer(path: str, params: dict[str, list[str]]) -> Answer:
        return Answer({}, 301, {"Location": "/feed"}) if path == "/" else world(path, params)

    with Loopback(answer) as server:
        assert synced(lake, server.address).faults == {}
        assert len(rows(lake, "posts")) == 7
    for there in ("file:///etc/passwd", "ftp://127.0.0.1/", "/round"):
        with Loopback(lambda *_, to=there: Answer({}, 302, {"Location": to})) as server:
            address = f"{server.address}/feed"
            assert address in synced(lake, address).faults


def test_no_address_inside_our_network_is_asked(lake: Lake, world: SmallFeed) -> None:
    with Loopback(world) as server:
        port = server.address.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost.localdomain", "2130706433.", "0.0.0.0"):
            address = f"http://{host}:{port}/feed"
            said = synced(lake, address, inside="").faults[address]
            assert "SourceRefused" in said or "no answer" in said
        assert (
            "is not a public address"
            in synced(lake, server.address, inside="10.0.0.0/8").faults[server.address]
        )
        assert server.asked == []
    assert rows(lake, "posts") == []


def test_a_redirect_into_our_network_is_not_followed(lake: Lake, world: SmallFeed) -> None:
    with Loopback(world) as inner:
        # The first may be asked, where it leads may not.
        there = {"Location": inner.address.replace("127.0.0.1", "127.0.0.2")}
        with Loopback(lambda *_: Answer({}, 302, there)) as outer:
            said = synced(lake, outer.address, inside="127.0.0.1").faults[outer.address]
        assert inner.asked == []
    assert "127.0.0.2 is not a public address" in said


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = {
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "a file": '<!DOCTYPE rss [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE rss [<!ENTITY l11 SYSTEM "{address}/secret">]>',
    "a declaration elsewhere": '<!DOCTYPE rss SYSTEM "{address}/secret">',
    "a parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "{address}/secret"> %p;]>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("attack", ENTITIES)
def test_entities_are_not_expanded_and_nothing_is_fetched_for_them(
    lake: Lake, attack: str, encoding: str
) -> None:
    def answer(path: str, _params: dict[str, list[str]]) -> Answer:
        if path == "/secret":
            return Answer(b"root:x:0:0")
        declared = ENTITIES[attack].replace("{address}", server.address)
        content = (
            f'<?xml version="1.0" encoding="{encoding}"?>{declared}<rss version="2.0">'
            "<channel><title>t</title><item><guid>1</guid><title>See &l11;</title></item>"
            "</channel></rss>"
        )
        return Answer(content.encode(encoding))

    with Loopback(answer) as server:
        synced(lake, f"{server.address}/feed")
        assert {path for path, _ in server.asked} == {"/feed"}
    for row in rows(lake, "posts"):
        assert len(row["text"]) < 20
        assert "root:" not in row["text"]


def test_a_document_that_is_too_large_or_unpacks_to_it_is_refused(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_BYTES", 100_000)
    packed = gzip.compress(ATOM.replace("urn:1", "u" * 10**7).encode())
    assert len(packed) < 100_000
    for content, headings in (
        (ATOM.replace("urn:1", "u" * 200_000), {}),
        (packed, {"Content-Encoding": "gzip"}),
    ):
        with Loopback(saying(content, **headings)) as server:
            address = f"{server.address}/feed"
            assert "is larger than 100,000 bytes" in synced(lake, address).faults[address]
    assert rows(lake, "posts") == []


def test_comments_after_a_feed_that_breaks_off_are_looked_at_in_a_moment(lake: Lake) -> None:
    began = time.process_time()
    with Loopback(saying("<rss></rss>" + "<!---->" * 400 + "x")) as server:
        address = f"{server.address}/feed"
        assert "breaks off" in synced(lake, address).faults[address]
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("content", "n_posts"),
    [
        (ATOM.replace("&amp;amp;", "&nbsp; & <b>"), 1),
        (ATOM.replace("urn:1", "\x0b"), 1),
        (ATOM.encode("utf-8").replace("چای".encode(), b"\xff\xfe\xfa"), 1),
        (ATOM.replace("2026-01-05T15:30:00+03:30", "yesterday"), 1),
        (ATOM.replace("<id>urn:1</id>", ""), 1),
        (ATOM.split("<entry>", maxsplit=1)[0] + "</feed>", 0),
    ],
)
def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes(
    lake: Lake, content: str | bytes, n_posts: int
) -> None:
    with Loopback(saying(content)) as server:
        done = synced(lake, f"{server.address}/feed")
    assert (done.faults, done.n_rejected) == ({}, 0)
    assert len(rows(lake, "posts")) == n_posts


def test_a_page_that_is_no_feed_tells_which_is(lake: Lake) -> None:
    page = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        "</head><body>Hi</body></html>"
    )
    with Loopback(saying(page)) as server:
        address = f"{server.address}/"
        told = synced(lake, address).faults[server.address + "/"]
        assert "SourceChanged" in told
        assert f"its feed is {server.address}/feed.xml" in told


def test_one_feed_that_fails_stops_no_other(lake: Lake, world: SmallFeed) -> None:
    with Loopback(world) as good, Loopback(lambda *_: Answer({}, 403)) as bad:
        ask_for(lake, "blog", [f"{bad.address}/a", f"{bad.address}/b"], [], START)
        done = synced(lake, f"{good.address}/feed")
        # Who refuses one refuses the other: it is asked once.
        assert len(bad.asked) == 1
    assert len(done.faults) == 1
    assert not done.stopped_by
    assert len(rows(lake, "posts")) == 7
    assert {one.error is None for one in states(lake, "blog")} == {True, False}


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("https://Blog.example/feed#top", "https://blog.example/feed"),
        ("blog.example/feed", "https://blog.example/feed"),
        ("feed://blog.example/rss", "https://blog.example/rss"),
        ("feed:https://blog.example/rss", "https://blog.example/rss"),
        ("http://blog.example/?feed=rss2", "http://blog.example/?feed=rss2"),
    ],
)
def test_what_a_person_pastes_is_understood(typed: str, subject: str) -> None:
    assert SOURCES["blog"].subject_of("entries", typed) == subject


@pytest.mark.parametrize(
    "typed", ["", "layla", "file:///etc/passwd", "https://me:secret@blog.example/", "http://["]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(SourceRefused):
        SOURCES["blog"].subject_of("entries", typed)
