"""The small set is a part of the large one, and each brings what its steps read."""

from __future__ import annotations

from mawj.flow.runner import reads
from mawj.flow.running import GIVEN
from tests.parity.sets import SMALL, asked, table_functions, with_what_they_read


def test_without_a_word_every_table_function_is_held(monkeypatch):
    monkeypatch.delenv("MAWJ_PARITY", raising=False)
    assert asked() == table_functions()


def test_the_small_set_is_what_it_names(monkeypatch):
    monkeypatch.setenv("MAWJ_PARITY", "small")
    assert {step.__name__ for step in asked()} == set(SMALL)


def test_steps_come_with_every_step_that_they_read(monkeypatch):
    monkeypatch.setenv("MAWJ_PARITY", "small")
    steps = with_what_they_read(asked())
    made = {step.__name__ for step in steps}
    assert {name for step in steps for name in reads(step)} <= made | GIVEN
