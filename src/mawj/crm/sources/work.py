"""The job of fetching: what is due of a workspace's sources, then computing where asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from mawj.crm.creators.models import Entry
from mawj.crm.jobs.actions import ask_for
from mawj.crm.jobs.kinds import Progress, job_kind
from mawj.crm.jobs.models import Job
from mawj.crm.sources.access import missing_of, workspace_access
from mawj.flow.shared_lakes import lake_for_work
from mawj.flow.source_access import asking_of
from mawj.flow.sync_order import mattering, planned_accounts
from mawj.flow.syncing import Synced, sync
from mawj.sources.live.public_only import networks, public_only
from mawj.tables.errors import MawjError, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.crm.members.models import Workspace
    from mawj.lake.lake import Lake

SHOWN = 20
"""Things that failed which a job's page names (our judgement)."""
PATIENT = ("SourceLimited",)
"""What stops a source for a while and is no failure: the rest is fetched later."""


@job_kind("sync")
def fetch_due(job: Job, progress: Progress) -> dict[str, Any]:
    """Fetch source by source; what one fails with does not stop the others.

    Raises:
        SourceRefused: a source could not be asked; what came of all is kept with the job.
    """
    told: list[dict[str, Any]] = []
    with lake_for_work(job.workspace.lake_path) as lake:
        for name in job.asked["sources"]:
            told.append(_fetched(job, lake, name, progress))
            Job.objects.filter(pk=job.pk).update(result={"sources": told})
    if job.asked["computes"] and any(one["n_new"] + one["n_changed"] for one in told):
        ask_for(job.workspace, "run", job.asked_by)
    failed = [one for one in told if one["error"] and one["error"] not in PATIENT]
    if failed:
        raise SourceRefused("; ".join(f"{one['source']}: {one['said']}" for one in failed))
    return {"sources": told}


def matters_to(workspace: Workspace, lake: Lake) -> dict[str, str]:
    """What accounts are for in a workspace: plans, lists, and what its members watch."""
    listed = Entry.objects.filter(list__workspace=workspace)
    watches = workspace.watches.exclude(account_id="")
    return mattering(
        planned_accounts(lake, timezone.now().date()),
        listed.values_list("account_id", flat=True),
        watches.values_list("account_id", flat=True),
    )


def _fetched(job: Job, lake: Lake, name: str, progress: Progress) -> dict[str, Any]:
    """What came of one source, as the job's page shows it."""

    def tell(done: Synced) -> None:
        progress(done.n_asked + done.n_waiting, done.n_due, name)

    progress(0, None, name)
    done, error = Synced(name), ""
    try:
        done = _synced(job, lake, name, tell)
        error = done.stopped_by
    except MawjError as refused:
        error = f"{type(refused).__name__}: {refused}"
    counts = ("n_due", "n_asked", "n_finished", "n_waiting", "n_items", "n_new", "n_changed",
              "n_taken_back", "n_requests")  # fmt: skip
    kind, _, said = error.partition(": ")
    return {
        "source": name, "error": kind, "said": said, "n_faults": len(done.faults),
        "faults": dict(list(done.faults.items())[:SHOWN]),
        **{count: getattr(done, count) for count in counts},
    }  # fmt: skip


def _synced(job: Job, lake: Lake, name: str, tell: Callable[[Synced], None]) -> Synced:
    """One source fetched; whatever it leads to, it reaches the public internet alone."""
    missing = missing_of(job.workspace, name)
    if missing:
        raise SourceRefused(f"it needs {', '.join(missing)}: connect it again")
    access = workspace_access(job.workspace, name)
    with public_only(networks(settings.INTERNAL_ADDRESSES)):
        asking = asking_of(lake, name, matters=matters_to(job.workspace, lake), access=access)
        only = job.asked["only"]
        try:
            return sync(replace(asking, progress=tell), name, only=only, is_all=bool(only))
        finally:
            asking.connection.close()
