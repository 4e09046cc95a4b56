"""What every command shares: where the lake is, the language, the form of the answer."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.flow.erasure_key import erasure_key
from mawj.flow.sentences import LANGUAGES
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.tables.errors import LakeError

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS = ("table", "csv", "json")
MEMORY_MB = int(os.environ.get("MAWJ_MEMORY_MB", "1600"))
"""What the engine may hold in memory; the process needs about 1 GB besides (MAWJ_MEMORY_MB)."""


@dataclass(frozen=True)
class Door:
    """What was said before the command's own words.

    Attributes:
        lake_path: folder or object-store address of the lake.
        language: language of the answers.
        form: table, csv or json.
        settings_file: the user's `mawj.toml`.
    """

    lake_path: str
    language: str
    form: str
    settings_file: Path

    @property
    def cells(self) -> str:
        """The language of what stands in cells: English in CSV, whose numbers programs read."""
        return "en" if self.form == "csv" else self.language

    def lake(self, *, must_exist: bool = True) -> Lake:
        """The lake, opened.

        Raises:
            LakeError: when a reading command finds no lake there.
        """
        is_local = "://" not in self.lake_path
        if must_exist and is_local and not Path(self.lake_path).exists():
            raise LakeError(
                f"no lake at {self.lake_path!r}; `mawj load FILE` makes one, "
                "--lake or MAWJ_LAKE names another"
            )
        settings = LakeSettings(memory_mb=MEMORY_MB, suppression_key=erasure_key())
        return Lake.open(self.lake_path, settings=settings)


def door_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --lake, --lang, --format and --settings to a command, handed over as one Door."""
    options = (
        click.option("--lake", "lake_path", default=lambda: os.environ.get("MAWJ_LAKE", "lake"),
                     help="Folder or address of the lake (MAWJ_LAKE; default: lake)."),
        click.option("--lang", "language", type=click.Choice(LANGUAGES),
                     default=lambda: os.environ.get("MAWJ_LANG", "en"),
                     help="Language of the answer (MAWJ_LANG; default: en)."),
        click.option("--format", "form", type=click.Choice(FORMATS), default="table",
                     help="Form of the answer."),
        click.option("--settings", "settings_file", type=click.Path(path_type=Path),
                     default=Path("mawj.toml"), help="Your settings (default: mawj.toml)."),
    )  # fmt: skip
    wrapped = _with_door(command)
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


def _with_door(command: Callable[..., Any]) -> Callable[..., Any]:
    def call(**options: Any) -> Any:
        names = ("lake_path", "language", "form", "settings_file")
        door = Door(**{name: options.pop(name) for name in names})
        return command(door, **options)

    call.__doc__ = command.__doc__
    call.__name__ = command.__name__
    call.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return call


def is_terminal() -> bool:
    """Whether a person can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()
