"""What is stale is shown as stale, in three languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string

from mawj.flow.freshness_seen import Seen
from mawj.web.reader import USUAL, reader_in, set_reader

SEEN = (
    Seen("counts", datetime(2026, 1, 1, tzinfo=UTC), 90, 30),
    Seen("audience", datetime(2026, 3, 1, tzinfo=UTC), 31, 90),
)


@pytest.mark.parametrize(("language", "stale", "fresh"), [
    ("en", "Stale: 90 days old, holds 30", "Fresh"), ("ar", "قديم: عمره", "حديث"),
    ("fa", "کهنه:", "تازه"),
])  # fmt: skip
def test_each_kind_is_told_with_its_day(language: str, stale: str, fresh: str) -> None:
    told: dict[str, Any] = {"seen": SEEN, "is_any_stale": True}
    set_reader(reader_in(language))
    page = render_to_string("creator/seen.html", told)
    set_reader(USUAL)
    assert page.count("<tr>") == 2
    assert stale in page
    assert fresh in page
    assert "open" in page


def test_a_run_without_freshness_shows_nothing() -> None:
    assert render_to_string("creator/seen.html", {"seen": ()}).strip() == ""
