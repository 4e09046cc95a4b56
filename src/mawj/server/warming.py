"""A web process reads ahead before it takes its first request."""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError, connections

from mawj.crm.members.models import Workspace
from mawj.flow.shared_lakes import close_lakes, lake_at
from mawj.flow.warming import warm
from mawj.lake.place import Place

log = logging.getLogger(__name__)
MOST_S = 10.0
"""Seconds after which no further workspace is begun: the rest warm as they are asked."""


def warm_workspaces() -> int:
    """Read ahead for the workspaces, the newest first; how many had a run.

    What fails is told and left: a page will say what is wrong when it is asked for.
    """
    began, n_warm = time.monotonic(), 0
    for path in _lakes():
        if time.monotonic() - began > MOST_S:
            break
        try:
            n_warm += warm(lake_at(path))
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
