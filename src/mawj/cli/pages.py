"""What commands share that write a page to be sent: the options, and where the file is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.shown import say_line

if TYPE_CHECKING:
    from collections.abc import Callable


def page_options(html_help: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--html` and `--pdf`, given to the command as `html_file` and `pdf_file`."""
    path = click.Path(path_type=Path)
    html = click.option("--html", "html_file", type=path, default=None, help=html_help)
    pdf = click.option("--pdf", "pdf_file", type=path, default=None, help="The same on paper.")

    def wrap(command: Callable[..., Any]) -> Callable[..., Any]:
        return html(pdf(command))

    return wrap


def write_page(file: Path, made: bytes) -> None:
    """Write a page, with its folder where that is missing, and say where."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made)
    say_line(f"report: {file.resolve()}")
