"""load, import, world: bringing data in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mawj.cli.door import Door, door_options, is_terminal
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow import worlds
from mawj.flow.exporting import exported_tables
from mawj.flow.loading import LoadAsked, load_tables, mapping_for, sure_or_refuse
from mawj.flow.loading import load as load_one
from mawj.sources.limits import ReadingChoices
from mawj.sources.mapping_file import as_toml
from mawj.sources.reading import open_file
from mawj.tables.errors import MappingNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.flow.storing import Loaded
    from mawj.sources.guessing import Guess
    from mawj.sources.mapping import Mapping

GRAINS = (
    "accounts", "posts", "comments", "follows", "interactions", "snapshots", "fact_checks",
    "quotes",
)  # fmt: skip


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--as", "grain", type=click.Choice(GRAINS), default=None, help="What a row is.")
@click.option("--platform", default="", help="The platform of every row.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(path_type=Path),
    default=None,
    help="What each heading means, written down.",
)
@click.option(
    "--taken-at",
    type=click.DateTime(),
    default=None,
    help="Moment of counts without a date, UTC; default: the file's last change.",
)
@click.option(
    "--dry-run", "is_dry", is_flag=True, help="Read and check everything, store nothing."
)
@click.option("--sheet", default=None, help="Sheet of a workbook; default: the first.")
@click.option("--encoding", default=None, help="For example windows-1256; default: told.")
@click.option("--delimiter", default=None, help="Sign between cells; default: told.")
@click.option("--yes", is_flag=True, help="Go on with the guessed mapping without being asked.")
@door_options  # fmt: skip
def load(door: Door, files: tuple[str, ...], *, yes: bool, **said: object) -> None:
    """Load FILES (- for standard input): CSV, JSON, Parquet, Excel, packed or not.

    The headings are guessed and shown before anything is stored. Rows that cannot be used are
    kept with the reason; the rest is loaded. The same file again changes nothing.
    """
    taken_at = said.pop("taken_at")
    choices = ReadingChoices(**{k: said.pop(k) for k in ("encoding", "delimiter", "sheet")})  # type: ignore[arg-type]
    asked = LoadAsked(
        grain=str(said.pop("grain") or ""),
        taken_at=taken_at.replace(tzinfo=UTC) if isinstance(taken_at, datetime) else None,
        **said,  # type: ignore[arg-type]
    )
    lake = door.lake(must_exist=False)
    told = []
    for file in files:
        with open_file(file, choices=choices) as raw:
            mapping = mapping_for(raw, asked, _confirm(file, yes=yes, door=door))
            told.append(load_one(lake, raw, mapping, asked))
        if door.form == "table":
            _show_loaded(told[-1])
    if door.form != "table":
        show_json(told)


def _confirm(file: str, *, yes: bool, door: Door) -> Callable[[Guess], Mapping]:
    """How a guess is agreed to: by --yes, by a person, or by its own certainty."""

    def agreed(found: Guess) -> Mapping:
        if yes and found.mapping is not None:
            return found.mapping
        if found.mapping is not None and is_terminal() and door.form == "table":
            show_guess(found)
            click.confirm("Load it like this?", abort=True, default=True)
            return found.mapping
        try:
            return sure_or_refuse(found)
        except MappingNeeded as error:
            raise _with_proposal(error, found, file) from error

    return agreed


def _with_proposal(error: MappingNeeded, found: Guess, file: str) -> MappingNeeded:
    if found.draft is None:
        return MappingNeeded(f"{file}: {error}")
    proposal = Path(f"{Path(file).name}.mapping.toml")
    proposal.write_text(as_toml(found.draft, (*found.missing, *found.notes)), encoding="utf-8")
    return MappingNeeded(f"{file}: {error}. The proposed mapping is written to {proposal}")


def show_guess(found: Guess) -> None:
    """What each heading was taken for, how sure, and why."""
    say_line(
        f"one row is taken for: {found.grain} (certainty {found.certainty:.2f})", style="bold"
    )
    headings = [
        Heading("heading", "heading"), Heading("meaning", "taken for"),
        Heading("certainty", "certainty", is_number=True),
        Heading("reason", "why", is_wide=True),
    ]  # fmt: skip
    shown = [
        {"heading": h.heading, "meaning": h.meaning or "left in the raw rows",
         "certainty": f"{h.certainty:.2f}", "reason": h.reason}
        for h in found.headings
    ]  # fmt: skip
    show("table", headings, shown, language="en")
    for note in found.notes:
        say_line(f"note: {note}")


def _show_loaded(done: Loaded) -> None:
    if done.was_known:
        say_line(f"{done.file}: loaded before, nothing changed")
        return
    verb = "would load" if done.is_dry else "loaded"
    say_line(
        f"{done.file}: {verb} {done.n_rows - done.n_lost:,} of {done.n_rows:,} rows "
        f"with {done.how}; {done.n_rejected:,} faults set aside in `rejected`"
    )
    for table, counts in done.tables.items():
        detail = ", ".join(f"{n:,} {name}" for name, n in counts.items() if n)
        say_line(f"  {table:18} {detail}")
    for reason in done.first_reasons:
        say_line(f"  {reason}", style="dim")
    for note in done.notes:
        say_line(f"  note: {note}")


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@door_options
def import_(door: Door, folder: Path) -> None:
    """Read back what `mawj export` wrote to FOLDER."""
    lake = door.lake(must_exist=False)
    counts = {name: lake.upsert(name, batches) for name, batches in exported_tables(folder)}
    if door.form == "json":
        show_json({name: vars(done) for name, done in counts.items()})
        return
    shown = [
        {"table": name, "new": f"{done.n_new:,}", "changed": f"{done.n_changed:,}",
         "same": f"{done.n_same:,}"}
        for name, done in counts.items()
    ]  # fmt: skip
    headings = [Heading("table", "table"), *(Heading(n, n, is_number=True) for n in
                ("new", "changed", "same"))]  # fmt: skip
    show(door.form, headings, shown, language="en")


@click.command()
@click.option("--seed", type=int, default=1, help="The same seed makes the same world.")
@click.option("--size", type=click.Choice(worlds.SIZES), default="demo", help="small or demo.")
@click.option(
    "--files",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Write it as files to a folder instead of loading it.",
)
@click.option(
    "--as",
    "file_format",
    type=click.Choice(("parquet", "csv", "jsonl")),
    default="csv",
    help="Form of the files.",
)
@door_options  # fmt: skip
def world(door: Door, seed: int, size: str, folder: Path | None, file_format: str) -> None:
    """Build a seeded made-up world with known truth, and load it (or write it as files)."""
    if folder is not None:
        worlds.write(folder, seed=seed, size=size, file_format=file_format)
        say_line(f"written to {folder.resolve()}")
        return
    counts = load_tables(door.lake(must_exist=False), worlds.tables(seed=seed, size=size))
    for name, n_rows in counts.items():
        say_line(f"{name:20} {n_rows:>10,} new rows")
