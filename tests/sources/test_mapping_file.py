"""Mapping files: what they may say, and that writing and reading one gives it back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.sources.mapping import TARGETS, Field, Mapping, Target, usual_kind
from mawj.sources.mapping_file import as_content, as_json, as_toml, mapping_from, read_mapping
from mawj.tables.declared import TABLES
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

FULL = Mapping(
    (
        Target(
            "accounts",
            (
                Field("account_id", template="instagram:{اسم المستخدم}"),
                Field("name", heading='the "name"'),
                Field("country", constant="SA"),
            ),
        ),
        Target(
            "account_snapshots",
            (
                Field("account_id", heading="اسم المستخدم"),
                Field("followers", heading="Fans", times=1e6),
                Field("taken_at", heading="on", calendar="jalali", day_first=False),
                Field("given_engagement_share", heading="ER", kind="percent"),
            ),
        ),
    ),
    "an agency's list", "instagram", taken_at=datetime(2024, 5, 1, tzinfo=UTC),
    source="agency", basis="typed_in", records="data.items",
)  # fmt: skip


def test_a_mapping_comes_back_from_toml_and_json(make: Make) -> None:
    assert read_mapping(make("m.toml", as_toml(FULL, ("a note\nof two lines",)))) == FULL
    assert read_mapping(make("m.json", as_json(FULL))) == FULL


def test_a_heading_is_written_short(make: Make) -> None:
    path = make("m.toml", 'platform = "x"\n[accounts]\naccount_id = "Handle"\n')
    assert read_mapping(path).targets == (Target("accounts", (Field("account_id", "Handle"),)),)


@pytest.mark.parametrize("written", ["2024-05-01", '"1403/02/12"', "2024-05-01T00:00:00Z"])
def test_the_moment_of_counts_may_be_written_in_several_ways(make: Make, written: str) -> None:
    path = make("m.toml", f'taken_at = {written}\n[accounts]\naccount_id = "h"\n')
    assert read_mapping(path).taken_at == datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({}, "feeds no table"),
        ([], "named parts"),
        ({"people": {}}, "'people' is neither a setting"),
        ({"accounts": {"age": "x"}}, "accounts has no column 'age'"),
        ({"accounts": {"source": "x"}}, "accounts has no column 'source'"),
        ({"accounts": {"name": 3}}, "accounts.name is 3"),
        ({"accounts": {"name": {"heading": "x"}}}, "write a heading, or some of"),
        ({"accounts": {"name": {"from": "x", "constant": "y"}}}, "exactly one of"),
        ({"accounts": {"name": {"kind": "text"}}}, "exactly one of"),
        ({"accounts": {"name": {"from": "x", "kind": "poem"}}}, "no kind 'poem'"),
        ({"accounts": "name"}, "must list its columns"),
        ({"platform": "myspace", "accounts": {"name": "x"}}, "no platform is called 'myspace'"),
        ({"basis": "guess", "accounts": {"name": "x"}}, "basis is 'guess'"),
        ({"taken_at": "soon", "accounts": {"name": "x"}}, "taken_at"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(content: Any, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        mapping_from(content)


def test_an_unreadable_mapping_file_is_refused(make: Make, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"m\.toml: cannot be read"):
        read_mapping(make("m.toml", "= = ="))
    with pytest.raises(SettingsError, match="cannot be read"):
        read_mapping(tmp_path / "absent.json")


def test_content_is_plain_json() -> None:
    assert json.loads(as_json(FULL)) == as_content(FULL)


def test_every_column_of_every_table_has_a_usual_kind() -> None:
    kinds = {(t, c.name): usual_kind(c) for t in TARGETS for c in TABLES[t]}
    assert kinds["accounts", "handle"] == "handle"
    assert kinds["posts", "kind"] == "form"
    assert kinds["interactions", "kind"] == "act"
    assert kinds["posts", "reply_to_post_id"] == kinds["comments", "comment_id"] == "native"
    assert kinds["posts", "reply_to_account_id"] == kinds["follows", "follower_id"] == "account"
    assert kinds["posts", "duration_s"] == "duration"
    assert kinds["audiences", "share"] == "share"
    assert kinds["account_snapshots", "followers"] == "count"
