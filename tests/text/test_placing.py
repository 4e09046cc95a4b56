"""The quick way from a search form back to the text gives what the careful one gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.text.normalise import folded, search_form
from mawj.text.placing import placed

LETTERS = "aBé أإةىیک ـءـ\u200c\u064e'’_\N{GRINNING FACE}\U0001f3fd\ufe0fﷺ½æﻻ１۲  mmmااا"
SIGNS = st.text(st.sampled_from(LETTERS), max_size=30)


@given(st.one_of(SIGNS, st.text(max_size=30)))
def test_the_quick_way_is_the_careful_one(text: str) -> None:
    assert placed(text, search_form(text)) == folded(text)


@pytest.mark.parametrize("text", ["", "ﷺ", "ء æ", "كتااااب", "می شود", "a  b"])
def test_what_is_cut_or_spread_is_placed_with_care(text: str) -> None:
    assert placed(text, search_form(text)) == folded(text)
