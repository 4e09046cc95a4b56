"""The end of the demo: a brief, and the plan for it on the made-up world."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mawj.cli.plan_shown import show_plan
from mawj.cli.planning import planned
from mawj.cli.shown import say_line
from mawj.flow.brief_file import brief_file, demo_brief_file
from mawj.flow.sentences import LANGUAGES
from mawj.reports.plan_html import plan_html

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.cli.door import Door


def plan_of_demo(door: Door, folder: Path) -> None:
    """Write a brief, plan by it and write the report in each language."""
    file = folder / "brief.toml"
    demo_brief_file(file, door.language, datetime.now(UTC).date())
    say_line()
    say_line(f"the brief: {file}", style="bold")
    answer = planned(door, brief_file(file))
    show_plan(answer, door)
    for language in LANGUAGES:
        where = folder / f"plan-{language}.html"
        where.write_text(plan_html(answer, language), encoding="utf-8")
        say_line(f"plan ({language}): {where}")
    say_line(f"next: change {file}, then mawj plan {file} --lake {door.lake_path}")
