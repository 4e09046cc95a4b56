"""first-hour as a person types it, in three languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.lake.lake import Lake
from tests.sources.live.loopback import Loopback
from tests.sources.live.small_bluesky import SmallBluesky

if TYPE_CHECKING:
    from pathlib import Path


def asked(lake: Path, *words: str) -> str:
    account = Lake.open(lake).read("accounts").limit(1).to_pyarrow().to_pylist()[0]
    pasted = f"{account['account_id']}\ninstagram @nobody.here\n"
    command = ["first-hour", "-", "--lake", str(lake), *words]
    found = CliRunner().invoke(mawj, command, input=pasted, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.mark.parametrize(("language", "words", "state"), [
    ("en", "The first hour", "not loaded"), ("ar", "الساعة الأولى", "غير محمَّل"),
    ("fa", "ساعت نخست", "بارگذاری نشده"),
])  # fmt: skip
def test_it_is_told_in_three_languages(
    built_lake: Path, language: str, words: str, state: str
) -> None:
    told = asked(built_lake, "--lang", language)
    assert words in told
    assert state in told


def test_it_is_told_as_json_and_csv(built_lake: Path) -> None:
    found = json.loads(asked(built_lake, "--format", "json"))
    assert [one["state"] for one in found["lines"]] == ["known", "absent"]
    assert len(asked(built_lake, "--format", "csv").splitlines()) == 3


PASTED = "bluesky layla.test\nhttps://bsky.app/profile/omid.test\ninstagram @nobody.here\n"


def test_fetching_brings_those_that_are_not_loaded_and_computes(tmp_path: Path) -> None:
    pytest.importorskip("atproto", reason="needs the connectors extra: atproto")
    with Loopback(SmallBluesky()) as server:
        command = ["first-hour", "-", "--lake", str(tmp_path / "lake"), "--format", "json"]
        environment = {"MAWJ_BLUESKY_ADDRESS": server.address}
        found = CliRunner().invoke(
            mawj, [*command, "--fetch"], input=PASTED, env=environment, catch_exceptions=False
        )
        assert found.exit_code == 0, found.output
        n_asked = len(server.asked)
        again = CliRunner().invoke(
            mawj, [*command, "--fetch"], input=PASTED, env=environment, catch_exceptions=False
        )
        assert len(server.asked) == n_asked, "who is loaded is not fetched again"
    told = json.loads(found.stdout)
    assert [one["state"] for one in told["lines"]] == ["known", "known", "absent"]
    assert all(one["influence"] is not None for one in told["lines"][:2])
    assert [one["account_id"] for one in told["shortlist"]["found"]]
    assert "instagram" in found.stderr
    assert json.loads(again.stdout)["lines"] == told["lines"]


@pytest.mark.parametrize(("language", "words"), [
    ("en", "add --fetch"), ("ar", "أضف --fetch"), ("fa", "--fetch را بیفزایید"),
])  # fmt: skip
def test_without_fetching_it_says_what_could_be_fetched(
    built_lake: Path, language: str, words: str
) -> None:
    command = ["first-hour", "-", "--lake", str(built_lake), "--lang", language]
    found = CliRunner().invoke(mawj, command, input=PASTED, catch_exceptions=False)
    assert words in found.stdout
