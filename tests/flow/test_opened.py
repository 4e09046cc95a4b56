"""The Python door: tables and answers under names of their own."""

from mawj.flow.opened import OpenLake
from mawj.tables.declared import TABLES


def test_no_answer_hides_the_reader_of_a_table():
    """What the class has is found before `__getattr__`, which gives the readers of tables."""
    answers = {name for name in dir(OpenLake) if not name.startswith("_")}
    assert answers & set(TABLES) == set()
    assert {"overlapping", "passing", "cascade"} <= answers
