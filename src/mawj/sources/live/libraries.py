"""Client libraries of the `connectors` extra, imported when a source is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from mawj.tables.errors import SourceRefused


def needed(module: str) -> Any:
    """A module of the `connectors` extra.

    Raises:
        SourceRefused: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise SourceRefused(
            "live sources need the connectors extra: pip install 'mawj[connectors]'"
        ) from None
