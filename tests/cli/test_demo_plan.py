"""The demo ends with a plan, and what it leaves can be changed and asked again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mawj.cli.demo_plan import plan_of_demo
from mawj.cli.door import Door
from mawj.flow.brief_file import brief_file
from mawj.flow.sentences import LANGUAGES, say

if TYPE_CHECKING:
    import pytest


def test_the_demo_leaves_a_brief_a_plan_and_its_reports(
    built_lake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    door = Door(str(built_lake), "ar", "table", Path("mawj.toml"))
    plan_of_demo(door, tmp_path)
    shown = capsys.readouterr().out
    assert brief_file(tmp_path / "brief.toml").name in shown
    assert any(
        say("ar", "plan", f"answer_{answer}") in shown for answer in ("yes", "with_care")
    )
    for language in LANGUAGES:
        page = (tmp_path / f"plan-{language}.html").read_text(encoding="utf-8")
        assert f'lang="{language}"' in page
    assert f"mawj plan {tmp_path / 'brief.toml'}" in "".join(shown.split("\n"))
