"""Brands advertised, with dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from mawj.vet.brand_history import brand_history
from tests.vet.advertising import posts_of, sponsored_of

if TYPE_CHECKING:
    from collections.abc import Callable

OUD = "Use code SARA15 https://oud-lane.example/sara"
COLUMNS = ("brand", "first_at", "last_at", "n_posts", "n_paid", "disclosed_share")


def history(*posts: Any, platform: str = "x") -> Any:
    return brand_history(ibis.memtable(sponsored_of(posts_of(*posts, platform=platform))))


def test_a_brand_has_its_first_and_last_day_and_the_share_disclosed(
    rows_of: Callable[..., list[str]],
) -> None:
    made = history(OUD, "a quiet day", f"#ad {OUD}", "Use code SARA15 https://lumo.example")
    assert rows_of("brand_history", made, *COLUMNS) == [
        "lumo | 2024-01-04 | 2024-01-04 | 1 | 1 | 0",
        "oud-lane | 2024-01-01 | 2024-01-03 | 2 | 2 | 0.5",
    ]


def test_what_is_not_known_to_be_disclosed_is_left_out_of_the_share(
    rows_of: Callable[..., list[str]],
) -> None:
    made = history(OUD, f"#ad {OUD}", platform="instagram")
    assert rows_of("brand_history", made, "n_paid", "disclosed_share") == ["2 | 1"]
