"""What the worker does by itself: each minute, fetching whose turn has come."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from mawj.crm.sources.schedule import fetch_what_is_due


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def fetch_by_schedule() -> None:
    """Ask for the jobs of the workspaces whose turn has come."""
    fetch_what_is_due(timezone.now())
