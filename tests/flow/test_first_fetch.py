"""Pasted accounts that are not loaded: which connected source is asked for which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.flow.first_fetch import absent_of, connected_by
from mawj.sources.live import SOURCES

if TYPE_CHECKING:
    from mawj.flow.opened import OpenLake


def test_each_platform_is_asked_of_its_source_if_one_is_connected(opened: OpenLake) -> None:
    pasted = """bluesky @Layla.test, https://bsky.app/profile/omid.test
    bluesky omid.test
    instagram @nobody.here
    snapchat nobody
    onlyaname"""
    found = {one.platform: one for one in absent_of(opened.lake, pasted, ["bluesky"])}
    assert next(iter(found)) == "bluesky", "that of most accounts first"
    assert found["bluesky"].source == "bluesky"
    assert set(found["bluesky"].subjects) == {"layla.test", "omid.test"}
    assert (found["snapchat"].source, found["snapchat"].to_connect) == ("", "")
    assert found["instagram"].subjects == ()


def test_a_source_that_is_not_connected_is_named_to_be(opened: OpenLake) -> None:
    [one] = absent_of(opened.lake, "bluesky layla.test", [])
    assert (one.source, one.subjects, one.to_connect) == ("", (), "bluesky")


def test_who_is_loaded_is_not_fetched(opened: OpenLake) -> None:
    row = opened.lake.read("accounts").limit(1).to_pyarrow().to_pylist()[0]
    assert absent_of(opened.lake, row["account_id"], list(SOURCES)) == ()


def test_what_a_source_cannot_name_is_not_asked_of_it(opened: OpenLake) -> None:
    [one] = absent_of(opened.lake, "bluesky nodots", ["bluesky"])
    assert (one.said, one.source, one.subjects) == (("nodots",), "bluesky", ())


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_source_is_connected_when_it_lacks_nothing_it_needs(name: str) -> None:
    needed = [one.name for one in SOURCES[name].fields if one.is_needed]
    assert (name in connected_by({})) == (not needed)
    given = {f"MAWJ_{name}_{field}".upper(): "x" for field in needed}
    assert name in connected_by(given)
