from __future__ import annotations

import pyarrow as pa
import pytest

from mawj.tables.errors import TableError
from mawj.vet.check_rows import Check, finding_rows

CHECK = Check("risk", "something", "posts", "posts", "something-1", 5.0)
SUBJECTS = pa.table({"account_id": ["x:1", "x:2", "x:3"]})


def test_a_contribution_is_raised_its_absence_clear_and_silence_not_assessed() -> None:
    rows = pa.table({"account_id": ["x:1", "x:2"], "contribution": [2.0, 0.0]})
    found = finding_rows(rows, CHECK, SUBJECTS).to_pylist()
    told = {row["subject_id"]: (row["status"], row["missing"]) for row in found}
    assert told == {
        "x:1": ("raised", ""),
        "x:2": ("clear", ""),
        "x:3": ("not_assessed", "posts"),
    }


def test_a_column_that_no_check_may_give_is_refused() -> None:
    rows = pa.table({"account_id": ["x:1"], "contribution": [1.0], "mood": ["bad"]})
    with pytest.raises(TableError, match="mood"):
        finding_rows(rows, CHECK, SUBJECTS)
