"""Opening a live source with the addresses and keys of the environment, by the real clock."""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mawj.flow.source_states import source_named, states
from mawj.flow.sync_order import mattering, planned_accounts
from mawj.flow.syncing import Asking
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.lake.lake import Lake
    from mawj.sources.live.live import AccessField, LiveSource

LOOK_S = 30.0
"""Seconds between two looks for what has become due while a stream is listened to."""


def name_of_setting(source: LiveSource, field: AccessField) -> str:
    """What a field is called in the environment."""
    return f"MAWJ_{source.name}_{field.name}".upper()


def access_of(source: LiveSource, environment: Mapping[str, str]) -> Access:
    """The addresses and keys of a source: MAWJ_<SOURCE>_<NAME>, or the file that …_FILE names.

    Raises:
        SettingsError: such a file cannot be read.
    """
    return Access({one.name: _value(source, one, environment) for one in source.fields})


def missing_fields(source: LiveSource, environment: Mapping[str, str]) -> list[str]:
    """The fields that a source needs and the environment does not say."""
    access = access_of(source, environment)
    return [one.name for one in source.fields if one.is_needed and not access[one.name]]


def _value(source: LiveSource, field: AccessField, environment: Mapping[str, str]) -> str:
    name = name_of_setting(source, field)
    file = environment.get(f"{name}_FILE")
    if file is None:
        return environment.get(name, field.default)
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE: {file} cannot be read ({error.strerror})") from None


def asking_of(
    lake: Lake, name: str, *, goes_on: bool = False, matters: Mapping[str, str] | None = None,
    access: Access | None = None,
) -> Asking:  # fmt: skip
    """A source opened by the real clock; close its connection.

    Args:
        lake: where its answers go.
        name: the source.
        goes_on: whether streams are listened to until something else is due.
        matters: what accounts are for; without it those of plans that the lake knows.
        access: its addresses and keys; without it those of the environment.

    Raises:
        NotFound: no such source.
        SourceRefused: its library is not installed.
    """
    source = source_named(name)
    polite = Polite(Manners(gap_s=0.1), time.time, time.sleep, random.SystemRandom().random)
    connection = source.connect(access or access_of(source, os.environ), polite)
    keeps_on = _until_due(lake, name) if goes_on else lambda: False
    if matters is None:
        matters = mattering(planned_accounts(lake, _now().date()))
    return Asking(lake, connection, polite, _now, goes_on=keeps_on, matters=matters)


def _now() -> datetime:
    return datetime.now(UTC)


def _until_due(lake: Lake, name: str) -> Callable[[], bool]:
    """Whether nothing but streams is due; looked up now and then."""
    looked, kinds = time.monotonic(), source_named(name).kinds

    def keeps_on() -> bool:
        nonlocal looked
        if time.monotonic() - looked < LOOK_S:
            return True
        looked = time.monotonic()
        due = [one for one in states(lake, name) if one.is_due(_now())]
        return all(kinds[one.kind].is_stream for one in due)

    return keeps_on
