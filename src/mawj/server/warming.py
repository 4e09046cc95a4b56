"""A web process reads ahead: before its first request, and before it shows a new run."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.db import DatabaseError, connections
from django.template.loader import get_template
from django.urls import get_resolver

from mawj import web
from mawj.crm.members.models import Workspace
from mawj.flow import remembered
from mawj.flow.shared_lakes import close_lakes, lake_at
from mawj.flow.warming import warm
from mawj.lake.place import Place
from mawj.lake.sight import Sight

log = logging.getLogger(__name__)
MOST_S = 10.0
"""Seconds after which no further workspace is begun: the rest warm as they are asked."""


def read_ahead() -> None:
    """Do all that the first who ask would wait for, and the like for every run to come."""
    warm_pages()
    warm_workspaces()
    remembered.before_showing = warm_run


def warm_pages() -> int:
    """Read the addresses and the templates of all pages; how many templates there are.

    Django reads each when it is first asked for, which takes half a second together.
    """
    _ = get_resolver().url_patterns
    folder = Path(web.__file__).parent / "templates"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    for name in names:
        get_template(name)
    return len(names)


def warm_run(path: str, run_id: str) -> None:
    """Read ahead of one run, in a thread of its own."""
    try:
        warm(Sight(lake_at(path), run_id))
    finally:
        close_lakes()


def warm_workspaces() -> int:
    """Read ahead for the workspaces, the newest first; how many had a run.

    What fails is told and left: a page will say what is wrong when it is asked for.
    """
    began, n_warm = time.monotonic(), 0
    for path in _lakes():
        if time.monotonic() - began > MOST_S:
            break
        try:
            n_warm += warm(remembered.seen(lake_at(path)))
        except Exception:
            log.exception("nothing could be read ahead of the lake at %s", path)
    close_lakes()
    connections.close_all()
    return n_warm


def _lakes() -> list[str]:
    """The lakes of this machine, those of the newest workspaces first."""
    try:
        paths = list(Workspace.objects.order_by("-pk").values_list("lake_path", flat=True))
    except DatabaseError:
        log.exception("nothing could be read ahead: the database does not answer")
        return []
    return [path for path in dict.fromkeys(paths) if Place.named(path, None).is_local]
