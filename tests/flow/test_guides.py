"""The code that the guides show runs, on the small made-up world."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from mawj.flow.exporting import export

if TYPE_CHECKING:
    from mawj.flow.opened import OpenLake

GUIDES = Path(__file__).parents[2] / "docs" / "guides"


def code_of(page: str) -> str:
    blocks = re.findall(r"```python\n(.*?)```", (GUIDES / page).read_text("utf-8"), re.DOTALL)
    assert blocks, page
    return "\n".join(blocks)


def test_the_python_guide_runs(built_lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: dict[str, object] = {"FOLDER": str(built_lake)}
    exec(code_of("python.md"), seen)
    assert len(seen["first"]) == 10  # type: ignore[arg-type]
    assert "influence" in capsys.readouterr().out


@pytest.mark.parametrize("changed", [None, "influence", "observed"])
def test_a_score_is_recomputed_with_nothing_but_pandas(
    opened: OpenLake, tmp_path: Path, changed: str | None
) -> None:
    wanted = ("influence_findings", "influence", "standing")
    export(opened.lake, tmp_path, names=wanted)
    if changed is None:
        exec(code_of("recompute.md"), {"FOLDER": str(tmp_path)})
        return
    falsify(tmp_path, changed)
    with pytest.raises(AssertionError):
        exec(code_of("recompute.md"), {"FOLDER": str(tmp_path)})


def falsify(folder: Path, column: str) -> None:
    """Change one number of the export, so that the check has something to find."""
    name = "influence" if column == "influence" else "influence_findings"
    table = pd.read_parquet(folder / f"{name}.parquet")
    place = table.index[table[column].notna() & (table.get("finding", "x") != "base")][0]
    table.loc[place, column] += 1.0
    table.to_parquet(folder / f"{name}.parquet")
