"""lake, compact, export, erase: looking after what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mawj.cli.door import Door, door_options, is_terminal
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow import commands, exporting
from mawj.flow.erasure_key import erasure_key
from mawj.tables.errors import ActionRefused, SettingsError


@click.command()
@door_options
def lake(door: Door) -> None:
    """Tables with their sizes and versions, runs, and loads."""
    found = commands.lake_description(door.lake())
    if door.form == "json":
        show_json(found)
        return
    for title, described in found.items():
        if door.form == "table":
            say_line(title, style="bold")
        names = list(described[0]) if described else []
        is_number = {"rows", "bytes", "files", "version", "seconds"}
        shown = [{k: _cell(v, is_number=k in is_number) for k, v in row.items()}
                 for row in described]  # fmt: skip
        show(door.form, [Heading(n, n, n in is_number) for n in names], shown, language="en")


def _cell(value: Any, *, is_number: bool) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if is_number else str(value)


@click.command()
@click.option("--keep-runs", type=click.IntRange(1), default=5, help="Runs to keep.")
@door_options
def compact(door: Door, keep_runs: int) -> None:
    """Join small files, drop old runs and what nothing refers to any more."""
    told = commands.compact(door.lake(), keep_runs=keep_runs)
    if door.form == "json":
        show_json(told)
    else:
        for name, value in told.items():
            say_line(f"{name}: {value}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "file_format",
    type=click.Choice(exporting.FORMATS),
    default="parquet",
    help="Form of the files.",
)
@click.option("--table", "names", multiple=True, help="Only this table; may be repeated.")
@door_options  # fmt: skip
def export(door: Door, folder: Path, file_format: str, names: tuple[str, ...]) -> None:
    """Write everything stored to FOLDER in open formats; `mawj import` reads it back."""
    done = exporting.export(door.lake(), folder, file_format=file_format, names=names)
    if door.form == "json":
        show_json(done)
        return
    rows: list[dict[str, Any]] = [
        {"table": n, "rows": f"{r:,}"} for n, r in done.rows.items() if r
    ]
    show(door.form, [Heading("table", "table"), Heading("rows", "rows", is_number=True)], rows,
         language="en")  # fmt: skip
    if door.form == "table":
        say_line(f"written to {done.folder.resolve()}")


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option(
    "--reason", default="asked for", help="Kept with the suppression, without the name."
)
@click.option("--linked", is_flag=True, help="Also accounts linked to the same persons.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@door_options
def erase(
    door: Door, accounts: tuple[str, ...], reason: str, *, linked: bool, yes: bool
) -> None:
    """Remove persons everywhere, keep them out of later loads, and prove it.

    ACCOUNTS are account ids, handles or addresses. The key that keeps them out without their
    names being stored is read from MAWJ_ERASURE_KEY, or from the file MAWJ_ERASURE_KEY_FILE.
    """
    key = erasure_key()
    if key is None:
        raise SettingsError(
            "set MAWJ_ERASURE_KEY (or MAWJ_ERASURE_KEY_FILE) to a secret of at least 16 "
            "characters and keep it: with it an erased person is recognised in later loads"
        )
    opened = door.lake()
    ids = commands.accounts_meant(opened, accounts, with_linked=linked)
    if not yes:
        if not is_terminal():
            raise ActionRefused(
                "erasing cannot be undone; add --yes to do it without being asked"
            )
        click.confirm(f"Erase {', '.join(ids)} everywhere? This cannot be undone.", abort=True)
    proof = commands.erase(opened, ids, key=key, reason=reason)
    if door.form == "json":
        show_json(proof)
        return
    for line in commands.proof_lines(proof):
        say_line(line)
