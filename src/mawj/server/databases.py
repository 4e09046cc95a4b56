"""Where what people decide is kept: SQLite by default, PostgreSQL by one address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

WAIT_S = 20
"""Seconds a writer waits for another one on SQLite (as tried in the load test)."""


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's entry for `url`; the SQLite file of the home folder where it is empty.

    Raises:
        SettingsError: for an address that is neither of PostgreSQL nor of SQLite.
    """
    if not url:
        return sqlite(home / "mawj.sqlite3")
    told = urlsplit(url)
    if told.scheme == "sqlite":
        return sqlite(unquote(told.path))
    if told.scheme not in ("postgres", "postgresql"):
        raise SettingsError(
            f"MAWJ_DATABASE_URL begins with {told.scheme!r}; write "
            "postgresql://user:password@host:5432/name, or leave it out for SQLite"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(told.path.lstrip("/")),
        "USER": unquote(told.username or ""),
        "PASSWORD": unquote(told.password or ""),
        "HOST": unquote(told.hostname or ""),
        "PORT": told.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(file: Path | str) -> dict[str, Any]:
    """Django's entry for an SQLite file: write-ahead log, and a writer that waits its turn."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_S,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def queue(url: str, home: Path) -> dict[str, Any]:
    """Huey's entry: the queue lies beside the database, or in the same PostgreSQL."""
    shared: dict[str, Any] = {"name": "mawj", "immediate": False, "results": False}
    if urlsplit(url).scheme in ("postgres", "postgresql"):
        return shared | {"huey_class": "huey.PostgresHuey", "connection": {"dsn": url}}
    file = str(home / "jobs.sqlite3")
    return shared | {"huey_class": "huey.SqliteHuey", "connection": {"filename": file}}
