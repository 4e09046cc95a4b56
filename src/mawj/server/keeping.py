"""backup, restore, doctor, renew-key: what an operator does, in lines on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command

from mawj.crm.sources import sealing
from mawj.crm.sources.access import sealed_anew
from mawj.server import backups
from mawj.server.doctor import ILL, looked_over
from mawj.tables.errors import ActionRefused, MawjError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def said_clearly(command: Callable[[Sequence[str]], None], told: Sequence[str]) -> int:
    """Do a command; what Mawj refuses becomes one line and an exit code."""
    try:
        command(told)
    except MawjError as error:
        sys.stderr.write(f"mawj: {error}\n")
        return error.exit_code
    return 0


def backup(told: Sequence[str]) -> None:
    """Write a backup and say what it holds."""
    made = backups.back_up(Path(told[0]))
    _line(f"{made.file}: {made.n_files:,} files, {made.n_bytes / 2**20:,.1f} MB before packing")
    _line(f"workspaces: {', '.join(made.workspaces) or 'none'}")
    for path in made.left_out:
        _line(f"left out, as it lies elsewhere: {path}")


def restore(told: Sequence[str]) -> None:
    """Put a backup back and bring it up to this version."""
    found = backups.restore(Path(told[0]))
    call_command("migrate", interactive=False, verbosity=0)
    _line(f"restored: {', '.join(found) or 'no workspace'}; `mawj serve` opens it")


def doctor(told: Sequence[str]) -> None:  # noqa: ARG001 (called as all commands)
    """Say how everything is.

    Raises:
        ActionRefused: when something is ill, so that the exit code tells it.
    """
    found = looked_over()
    width = max(len(one.about) for one in found)
    for one in found:
        _line(f"{one.state:5} {one.about:{width}}  {one.said}")
    ill = [one.about for one in found if one.state == ILL]
    if ill:
        raise ActionRefused(f"not well: {', '.join(ill)}")


def renew_key(told: Sequence[str]) -> None:  # noqa: ARG001 (called as all commands)
    """Seal the keys of live sources with a new secret, and forget the one of before.

    A secret in the environment is renewed by the operator: the first of those in
    MAWJ_SOURCE_KEY seals. Cut off at any point, it is done again and nothing is lost.
    """
    if not sealing.is_in_environment():
        sealing.new_key_first()
    n_sources = sealed_anew()
    if not sealing.is_in_environment():
        sealing.only_newest()
    _line(f"sealed anew: the keys of {n_sources} sources")


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
