from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.vet.shares import wilson


def test_the_interval_is_that_of_the_paper() -> None:
    # Newcombe 1998, table I: 81 of 263 at 95 % gives 0.2553 to 0.3662; at 90 % it is narrower.
    low, high = wilson([81], [263])
    assert low[0] == pytest.approx(0.2632, abs=2e-4)
    assert high[0] == pytest.approx(0.3566, abs=2e-4)


def test_nothing_looked_at_leaves_all_open() -> None:
    low, high = wilson([0], [0])
    assert (low[0], high[0]) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_within(part: int, whole: int) -> None:
    part = min(part, whole)
    low, high = wilson([part], [whole])
    assert 0.0 <= low[0] <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high[0] <= 1.0
