"""The loading guide: its mapping reads its file, and its tables name every kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawj.sources.guessing import SURE
from mawj.sources.mapping import KINDS
from mawj.sources.mapping_file import read_mapping

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Path]

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "loading.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_guides_mapping_reads_the_guides_file(make: Make, read: Any) -> None:
    mapping = read_mapping(make("agency.toml", block("toml")))
    got = read(make("agency.csv", block("csv")), mapping)
    assert got.only("accounts", "account_id", "name", "country", "source", "basis") == [
        ("instagram:noura.cooks", "نورة", "SA", "agency list, May", "typed_in"),
        ("instagram:salem_fit", "سالم", "SA", "agency list, May", "typed_in"),
        ("instagram:hind.reads", "هند", "SA", "agency list, May", "typed_in"),
    ]
    columns = ("followers", "average_likes", "given_engagement_share")
    assert got.only("account_snapshots", *columns) == [
        (6.2e6, 54_000.0, 0.024), (820e3, 12_000.0, 0.012), (None, 900.0, 0.03),
    ]  # fmt: skip
    assert got.reasons() == [(3, "followers", "'many' is not a number")]
    assert str(got.tables["account_snapshots"][0]["taken_at"]).startswith("2024-05-01")


def test_the_guide_names_every_kind_and_the_certainty_in_force() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in GUIDE] == []
    assert f"at least {SURE:.2f} sure" in GUIDE
