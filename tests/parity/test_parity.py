"""Every table function makes the same rows on DuckDB and on Spark."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from mawj.tables.declared import TABLES
from tests.parity.compared import differences
from tests.parity.sets import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.parity.engines import Engines

pytestmark = pytest.mark.engine_spark

SHOWN = 10


@pytest.mark.parametrize("step", asked(), ids=lambda step: step.__name__)
def test_a_table_function_makes_the_same_rows_on_both_engines(
    engines: Engines, step: Callable[..., Any]
) -> None:
    expected = engines.made_on_duckdb(step.__name__)
    assert expected.num_rows > 0, "an empty table holds nothing"
    found = engines.made_on_spark(step)
    assert list(islice(differences(TABLES[step.__name__], expected, found), SHOWN)) == []
