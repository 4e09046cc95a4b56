"""serve, backup, restore, doctor, renew-key: the product in the browser, and its upkeep."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--home: where the installation keeps what is its own."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path),
        default=lambda: Path(os.environ.get("MAWJ_HOME", "mawj-home")),
        help="Where database, lakes and uploads are kept (MAWJ_HOME; default: mawj-home).",
    )(command)


@click.command()
@click.option("--host", default="127.0.0.1", help="Where to listen (default: this machine).")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Port.")
@click.option(
    "--demo",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    help="Open this made-up lake in a workspace of its own, as `mawj demo` leaves it.",
)
@home_option
def serve(home: Path, host: str, port: int, demo: Path | None) -> None:
    """Open the product in the browser; prints the address to open first."""
    told = ["--host", host, "--port", str(port)]
    if demo is not None:
        told += ["--demo", str(demo)]
    _server(home, "serve", *told)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@home_option
def backup(home: Path, file: Path) -> None:
    """Write database and lakes together into FILE, while pages and jobs go on."""
    _server(home, "backup", str(file.resolve()))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@home_option
def restore(home: Path, file: Path) -> None:
    """Put the backup in FILE back into an empty home, and bring it up to this version."""
    _server(home, "restore", str(file.resolve()))


@click.command()
@home_option
def doctor(home: Path) -> None:
    """Look the installation over: what is well, what is not, what to do."""
    _server(home, "doctor")


@click.command(name="renew-key")
@home_option
def renew_key(home: Path) -> None:
    """Seal the keys of live sources with a new secret, and forget the one of before."""
    _server(home, "renew-key")


def _server(home: Path, *told: str) -> None:
    """The server's own program, in place of this one."""
    if find_spec("django") is None:
        raise SettingsError('the pages need the web extra: pip install "mawj[web,reports]"')
    os.environ["MAWJ_HOME"] = str(home)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "mawj.server", *told])


@click.command()
def mcp() -> None:
    """Let an assistant find, explain, vet and plan over the API; see the assistants guide."""
    if find_spec("mcp") is None:
        raise SettingsError('assistants need the mcp extra: pip install "mawj[mcp]"')
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "mawj.api.mcp"])
