"""serve: the product in the browser."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from mawj.tables.errors import SettingsError


@click.command()
@click.option(
    "--host", default="127.0.0.1", help="Address to listen on (default: this machine)."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, help="Port (default: 8000)."
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    default=lambda: Path(os.environ.get("MAWJ_HOME", "mawj-home")),
    help="Where database, lakes and uploads are kept (MAWJ_HOME; default: mawj-home).",
)
@click.option(
    "--demo",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    help="Open this made-up lake in a workspace of its own, as `mawj demo` leaves it.",
)
def serve(host: str, port: int, home: Path, demo: Path | None) -> None:
    """Open the product in the browser; prints the address to open first."""
    if find_spec("django") is None:
        raise SettingsError('the pages need the web extra: pip install "mawj[web,reports]"')
    os.environ["MAWJ_HOME"] = str(home)
    told = ["--host", host, "--port", str(port)]
    if demo is not None:
        told += ["--demo", str(demo)]
    command = [sys.executable, "-m", "mawj.server", "serve", *told]
    os.execv(sys.executable, command)
