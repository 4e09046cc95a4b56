"""run, demo, report, settings, flow: computing, and looking at how it is computed."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mawj.cli.asking import show_shortlist, show_understood, show_why
from mawj.cli.demo_plan import plan_of_demo
from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow import worlds
from mawj.flow.finding import Wanted, find
from mawj.flow.loading import load_tables
from mawj.flow.running import RunAsked, picture
from mawj.flow.running import run as run_everything
from mawj.flow.sentences import LANGUAGES
from mawj.flow.settings import settings_in_force, settings_rows
from mawj.flow.why import why
from mawj.reports.contents import Contents, contents
from mawj.reports.html import html_report

if TYPE_CHECKING:
    from mawj.flow.runner import StepDone
    from mawj.lake.lake import Lake

DEMO_SUBJECT = "قهوة مختصة"


@click.command()
@click.option(
    "--as-of",
    type=click.DateTime(),
    default=None,
    help="End of the windows, UTC; default: the latest moment in the data.",
)
@click.option(
    "--topics",
    "topic_files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Your own topics; may be repeated.",
)
@click.option(
    "--tiers",
    "tier_files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Your own tier schemes; may be repeated.",
)
@click.option(
    "--meaning", "by_meaning", is_flag=True, help="Also build vectors for search by meaning."
)
@door_options  # fmt: skip
def run(door: Door, as_of: datetime | None, **told: Any) -> None:
    """Compute everything from what is loaded; the result becomes current at once."""
    ends = None if as_of is None else as_of.replace(tzinfo=UTC)
    run_with_progress(door.lake(), door, as_of=ends, **told)


def run_with_progress(lake: Lake, door: Door, **told: Any) -> None:
    """Run every step behind a progress bar and say what was made."""
    columns = (TextColumn("{task.description:22}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns) as progress:
        task = progress.add_task("starting", total=None)

        def done(step: StepDone) -> None:
            progress.update(
                task, total=step.n_steps, completed=step.place, description=step.name
            )

        asked = RunAsked(settings_in_force(door.settings_file), **told)
        record = run_everything(lake, asked, done=done)
    spent = sum(table.seconds for table in record.tables.values())
    n_rows = sum(table.n_rows for table in record.tables.values())
    say_line(
        f"run {record.run_id}: {len(record.tables)} tables, {n_rows:,} rows, {spent:.1f} s"
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("report.html"))
@click.option("--subject", default="", help="Words, in any spelling.")
@click.option("--topic", default="", help="A topic id instead of words.")
@click.option("--language", "written", default="", help="Language the account writes.")
@click.option("--country", default="", help="Country, two letters.")
@click.option("--tier", default="", help="Size tier.")
@click.option("--goal", default="", help="awareness, credibility, conversation or sales.")
@click.option("--top", type=click.IntRange(1, 500), default=20, help="How many at most.")
@click.option("--open", "show_it", is_flag=True, help="Open it in the browser.")
@door_options
def report(door: Door, file: Path, written: str, *, show_it: bool, **wanted: Any) -> None:
    """Write one HTML FILE that works offline, on a phone, and from right to left."""
    asked = Wanted(language=written, **wanted)
    where = write_report(gathered(door.lake(), asked), file, door.language)
    say_line(f"report: {where}")
    if show_it:
        webbrowser.open(where.as_uri())


def gathered(lake: Lake, wanted: Wanted) -> Contents:
    """What a report holds, whatever language it is then written in."""
    return contents(lake, wanted, made_at=datetime.now(UTC))


def write_report(found: Contents, file: Path, language: str) -> Path:
    """Write the report; the absolute path of the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html_report(found, language), encoding="utf-8")
    return file.resolve()


@click.command()
@door_options
def settings(door: Door) -> None:
    """Every setting in force, with its default, meaning and source."""
    found = [vars(row) for row in settings_rows(settings_in_force(door.settings_file))]
    if door.form == "json":
        show_json(found)
        return
    wide = {"meaning"}
    headings = [Heading(name, name, is_wide=name in wide)
                for name in ("section", "name", "value", "default", "meaning")]  # fmt: skip
    show(door.form, headings, found, language="en")


@click.command()
def flow() -> None:
    """The steps of the analytics in order, each with the tables it reads."""
    click.echo(picture())


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    help="Where the demo's lake and reports go.",
)
@click.option(
    "--size", type=click.Choice(("small", "demo")), default="demo", help="World size."
)
@click.option("--seed", type=int, default=1, help="Seed of the made-up world.")
@door_options  # fmt: skip
def demo(door: Door, folder: Path, size: str, seed: int) -> None:
    """Everything once on a made-up world: load, run, a ranked shortlist, reports, a plan."""
    folder.mkdir(parents=True, exist_ok=True)
    here = Door(str(folder / "lake"), door.language, "table", door.settings_file)
    lake = here.lake(must_exist=False)
    say_line(f"a made-up world, seed {seed}", style="bold")
    for table, n_rows in load_tables(lake, worlds.tables(seed=seed, size=size)).items():
        say_line(f"  {table:20} {n_rows:>10,} rows")
    run_with_progress(lake, here)
    _show_demo(lake, here)
    found = gathered(lake, Wanted(subject=DEMO_SUBJECT))
    for language in LANGUAGES:
        where = write_report(found, folder / f"report-{language}.html", language)
        say_line(f"report ({language}): {where}")
    plan_of_demo(here, folder)


def _show_demo(lake: Lake, here: Door) -> None:
    shortlist = find(lake, Wanted(subject=DEMO_SUBJECT, top=10))
    show_understood(shortlist, here.language)
    show_shortlist(shortlist, here)
    if shortlist.found:
        topic_id = shortlist.topic_ids[0] if shortlist.topic_ids else ""
        say_line()
        show_why(why(lake, shortlist.found[0].account_id, topic_id), here.language)
