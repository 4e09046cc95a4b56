"""mawj train followers on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from mawj.cli.main import mawj

if TYPE_CHECKING:
    from pathlib import Path


def file_of(folder: Path) -> str:
    lines = ["followers,following,posts,label"]
    for number in range(60):
        lines.append(f"{number % 9},{900 + number},0,fake")
        lines.append(f"{90 + number},{200 + number},40,real")
    (folder / "rows.csv").write_text("\n".join(lines))
    return str(folder / "rows.csv")


def test_it_fits_keeps_and_shows_the_figures(tmp_path: Path) -> None:
    lake = str(tmp_path / "lake")
    told = CliRunner().invoke(mawj, ["train", "followers", file_of(tmp_path), "--lake", lake])
    assert told.exit_code == 0, told.output
    assert "recall" in told.output
    assert "nobody writes for them" in told.output
    assert (tmp_path / "lake" / "models" / "followers.json").exists()


def test_as_json_it_gives_the_card(tmp_path: Path) -> None:
    asked = ["train", "followers", file_of(tmp_path), "--lake", str(tmp_path / "lake")]
    told = CliRunner().invoke(mawj, [*asked, "--format", "json"])
    assert json.loads(told.output)["card"]["figures"]["auc"] > 0.99
