"""The name of a load follows from content, mapping and options."""

from __future__ import annotations

import io

from mawj.sources.digest import load_id_of


def test_the_same_load_has_the_same_name() -> None:
    names = {
        load_id_of(io.BytesIO(b"a" * 3_000_000), "{}", {"b": 1, "a": 2}),
        load_id_of(io.BytesIO(b"a" * 3_000_000), "{}", {"a": 2, "b": 1}),
    }
    assert len(names) == 1


def test_content_mapping_and_options_each_change_the_name() -> None:
    names = {
        load_id_of(io.BytesIO(content), mapping, {"at": at})
        for content in (b"a", b"b")
        for mapping in ("{}", "[]")
        for at in ("", "x")
    }
    assert len(names) == 8
