"""Keys of sources: sealed at rest, told to nobody, lost when their secret is lost."""

from __future__ import annotations

import base64
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.core import serializers

from mawj.crm.members.models import TrailEntry
from mawj.crm.sources import access, sealing
from mawj.crm.sources.models import SourceAccess
from mawj.server import keeping
from mawj.server.doctor import looked_over
from mawj.tables.errors import ActionRefused, NotFound, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.people import House

SECRET = "abcd-efgh-ijkl-mnop"
TOLD = {"address": "https://bsky.example", "handle": "us.test", "password": SECRET}


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Any) -> Path:
    settings.SOURCE_KEY, settings.SOURCE_KEY_FILE = "", tmp_path / "source-key"
    return tmp_path / "source-key"


def connected(house: House) -> SourceAccess:
    return access.connect(house.workspace, house.users["owner"], "bluesky", TOLD)


def test_keys_are_sealed_and_come_back(house: House, key_file: Path) -> None:
    kept = connected(house)
    stored = serializers.serialize("json", [SourceAccess.objects.get()])
    assert SECRET not in stored
    assert (kept.key_names, kept.addresses["handle"]) == (["password"], "us.test")
    assert key_file.stat().st_mode & 0o077 == 0
    found = access.workspace_access(house.workspace, "bluesky")
    assert {name: found[name] for name in TOLD} == TOLD
    assert found["begins"] == "now", "what was not said is as usual"
    assert SECRET not in repr(found)


def test_what_is_for_the_operator_to_say_no_workspace_says(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"address": "http://10.0.0.1", "inside": "10.0.0.0/8", "permitted": "example.social"}
    kept = access.connect(house.workspace, house.users["owner"], "mastodon", told)
    assert kept.addresses == {"address": "http://10.0.0.1"}
    assert access.workspace_access(house.workspace, "mastodon")["inside"] == ""
    monkeypatch.setenv("MAWJ_MASTODON_INSIDE", "10.0.0.0/8")
    assert access.workspace_access(house.workspace, "mastodon")["inside"] == "10.0.0.0/8"


def test_the_same_key_is_never_sealed_the_same_and_opens_nowhere_else(house: House) -> None:
    first, second = (sealing.seal({"password": SECRET}, "1/bluesky") for _ in range(2))
    assert first != second
    assert sealing.unseal(first, "1/bluesky") == {"password": SECRET}
    with pytest.raises(SettingsError, match="cannot be opened"):
        sealing.unseal(first, "2/bluesky")


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_byte_opens_nothing(house: House, place: int) -> None:
    raw = bytearray(base64.b64decode(sealing.seal({"password": SECRET}, "1/x")))
    raw[place] ^= 1
    with pytest.raises(SettingsError):
        sealing.unseal(base64.b64encode(bytes(raw)).decode(), "1/x")


def test_the_trail_and_the_log_name_the_fields_and_not_what_is_in_them(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        connected(house)
        access.disconnect(house.workspace, house.users["owner"], "bluesky")
    assert SECRET not in caplog.text
    trail = list(TrailEntry.objects.filter(about="bluesky").values("did", "by", "details"))
    assert [one["did"] for one in trail] == ["disconnected source", "connected source"]
    assert trail[1]["details"]["fields"] == ["address", "handle", "password"]
    assert SECRET not in json.dumps(trail)
    assert not SourceAccess.objects.exists()


def test_a_key_of_the_operator_goes_to_no_address_of_a_workspace(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAWJ_BLUESKY_PASSWORD", "the-operators")
    assert access.workspace_access(house.workspace, "bluesky")["password"] == "the-operators"
    owner = house.users["owner"]
    access.connect(house.workspace, owner, "bluesky", {"address": "https://theirs.example"})
    found = access.workspace_access(house.workspace, "bluesky")
    assert (found["address"], found["password"]) == ("https://theirs.example", "")
    access.disconnect(house.workspace, owner, "bluesky")
    assert access.workspace_access(house.workspace, "bluesky")["password"] == "the-operators"


def test_a_key_goes_to_no_other_address_than_it_was_given_for(house: House) -> None:
    connected(house)
    owner = house.users["owner"]
    access.connect(house.workspace, owner, "bluesky", {"address": "https://other.example"})
    assert access.workspace_access(house.workspace, "bluesky")["password"] == ""


def test_what_no_source_has_is_refused(house: House) -> None:
    with pytest.raises(NotFound, match="bluesky"):
        access.connect(house.workspace, house.users["owner"], "myspace", {})
    with pytest.raises(ActionRefused, match="at most"):
        access.connect(house.workspace, house.users["owner"], "bluesky", {"handle": "x" * 5000})


def test_with_another_secret_doctor_says_what_cannot_be_opened(
    house: House, settings: Any, key_file: Path
) -> None:
    connected(house)
    assert [one.state for one in looked_over() if one.about == "keys"] == ["well"]
    key_file.unlink()
    [looked] = [one for one in looked_over() if one.about == "keys"]
    assert looked.state == "ill"
    assert "bluesky of Qahwa" in looked.said
    with pytest.raises(SettingsError, match="connect the source again"):
        access.workspace_access(house.workspace, "bluesky")
    settings.SOURCE_KEY = "too short"
    with pytest.raises(SettingsError, match="at least 32"):
        connected(house)


def test_a_key_file_that_others_can_read_is_ill(house: House, key_file: Path) -> None:
    connected(house)
    key_file.chmod(0o644)
    assert [one.state for one in looked_over() if one.about == "keys"] == ["ill", "well"]


def test_renewing_leaves_one_new_secret_that_opens_all(
    house: House, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connected(house)
    before = key_file.read_text()
    keeping.renew_key([])
    assert "1" in capsys.readouterr().out
    assert len(key_file.read_text().split()) == 1
    assert key_file.read_text() != before
    assert access.workspace_access(house.workspace, "bluesky")["password"] == SECRET
    key_file.write_text(before)
    assert access.unreadable() == ["bluesky of Qahwa"]


def test_a_renewal_that_was_cut_off_loses_nothing(house: House, key_file: Path) -> None:
    connected(house)
    sealing.new_key_first()
    assert access.workspace_access(house.workspace, "bluesky")["password"] == SECRET
    keeping.renew_key([])
    assert len(key_file.read_text().split()) == 1
    assert access.unreadable() == []


def test_a_renewal_changes_nothing_where_a_key_cannot_be_opened(
    house: House, key_file: Path
) -> None:
    connected(house)
    key_file.write_text("x" * 40)
    sealed = SourceAccess.objects.get().sealed
    with pytest.raises(SettingsError, match="cannot be opened"):
        keeping.renew_key([])
    assert SourceAccess.objects.get().sealed == sealed
    assert "x" * 40 in key_file.read_text()


def test_a_secret_in_the_environment_is_renewed_by_the_operator(
    house: House, settings: Any
) -> None:
    old, new = "o" * 40, "n" * 40
    settings.SOURCE_KEY = old
    connected(house)
    settings.SOURCE_KEY = f"{new} {old}"
    keeping.renew_key([])
    settings.SOURCE_KEY = new
    assert access.workspace_access(house.workspace, "bluesky")["password"] == SECRET
