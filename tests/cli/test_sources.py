"""connect, sync and sources as a person types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

pytest.importorskip("atproto", reason="needs the connectors extra: atproto")

from mawj.cli.main import mawj
from mawj.tables.errors import NotFound
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import SECRET
from tests.sources.live.small_bluesky import SmallBluesky

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


class Home:
    """A lake and a server, and the command line between them."""

    def __init__(self, lake: Path, address: str) -> None:
        self.lake, self.environment = lake, {"MAWJ_BLUESKY_ADDRESS": address}

    def call(self, *words: str) -> Result:
        words = (*words, "--lake", str(self.lake))
        return CliRunner().invoke(mawj, words, env=self.environment, catch_exceptions=False)

    def told(self, *words: str) -> Any:
        done = self.call(*words, "--format", "json")
        assert done.exit_code == 0, done.output
        return json.loads(done.output)


def signing_in(path: str, params: dict[str, list[str]]) -> Answer:
    if path.endswith("createSession"):
        said = json.loads(params["body"][0])
        right = said == {"identifier": "us.test", "password": SECRET}
        return Answer({"accessJwt": "token-1"}) if right else Answer({}, 401)
    return SmallBluesky()(path, params)


def test_connected_synced_and_told(tmp_path: Path) -> None:
    with Loopback(SmallBluesky()) as server:
        home = Home(tmp_path / "lake", server.address)
        asked = home.told(
            "connect", "bluesky", "layla.test", "https://bsky.app/profile/omid.test"
        )
        assert {(one["kind"], one["subject"]) for one in asked} == {
            (kind, who) for kind in ("accounts", "posts") for who in ("layla.test", "omid.test")
        }
        before = home.told("sources")[0]
        assert {one["freshness"] for one in before["asked"]} == {"never"}
        [done] = home.told("sync")
        assert (done["n_asked"], done["n_finished"], done["faults"]) == (4, 4, {})
        after = home.told("sources")[0]
        assert (after["n_asked"], after["n_fresh"], after["n_failed"]) == (4, 4, 0)
        assert home.told("sync")[0]["n_asked"] == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("fresh", "state")), ("ar", ("حديث", "الحالة")), ("fa", ("تازه", "وضعیت"))],
)
def test_what_a_person_reads_is_in_their_language(
    tmp_path: Path, language: str, words: tuple[str, str]
) -> None:
    with Loopback(SmallBluesky()) as server:
        home = Home(tmp_path / "lake", server.address)
        home.call("connect", "bluesky", "layla.test", "--kind", "posts", "--lang", language)
        synced = home.call("sync", "--lang", language)
        told = home.call("sources", "--lang", language)
    assert synced.exit_code == told.exit_code == 0
    assert "bluesky" in synced.output
    assert all(word in told.output for word in words)


def test_a_password_is_used_and_told_to_nobody(tmp_path: Path) -> None:
    with Loopback(signing_in) as server:
        home = Home(tmp_path / "lake", server.address)
        key = tmp_path / "key"
        key.write_text(f"{SECRET}\n")
        home.environment |= {
            "MAWJ_BLUESKY_HANDLE": "us.test", "MAWJ_BLUESKY_PASSWORD_FILE": str(key),
        }  # fmt: skip
        home.call("connect", "bluesky", "layla.test", "--kind", "posts")
        [done] = home.told("sync")
        assert done["faults"] == {}
        assert server.headings[-1]["authorization"] == "Bearer token-1"
        key.write_text("something else")
        failed = home.call("sync", "--all")
    assert failed.exit_code == 2
    for output in (failed.output, home.call("sources").output):
        assert "something else" not in output
        assert SECRET not in output
    kept = b"".join(p.read_bytes() for p in (tmp_path / "lake").rglob("*") if p.is_file())
    assert SECRET.encode() not in kept


def test_what_is_stopped_stays_stopped(tmp_path: Path) -> None:
    with Loopback(SmallBluesky()) as server:
        home = Home(tmp_path / "lake", server.address)
        home.call("connect", "bluesky", "layla.test")
        home.call("connect", "bluesky", "layla.test", "--stop")
        assert home.told("sync")[0]["n_asked"] == 0
        assert {one["freshness"] for one in home.told("sources")[0]["asked"]} == {"stopped"}


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path / "lake", "")
    with pytest.raises(NotFound, match="bluesky"):
        home.call("connect", "myspace", "somebody")
    with pytest.raises(NotFound, match="name what"):
        home.call("connect", "bluesky")
