"""The job of fetching: what is due of a workspace's sources, then computing where asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from mawj.crm.creators.models import Entry
from mawj.crm.data.work import compute
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
    from collections.abc import Callable, Sequence

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
            only = job.asked["only"]
            told.append(_fetched(job, lake, Part(name, only, is_all=bool(only)), progress))
            Job.objects.filter(pk=job.pk).update(result={"sources": told})
    if job.asked["computes"] and any(one["n_new"] + one["n_changed"] for one in told):
        ask_for(job.workspace, "run", job.asked_by)
    _raise_failed(told)
    return {"sources": told}


@job_kind("first_hour")
def fetch_and_compute(job: Job, progress: Progress) -> dict[str, Any]:
    """Fetch pasted accounts from the sources that bring them, then compute everything.

    Raises:
        SourceRefused: nothing came and nothing was there; what failed is kept with the job.
    """
    told: list[dict[str, Any]] = []
    with lake_for_work(job.workspace.lake_path) as lake:
        for name, subjects in job.asked["wishes"].items():
            told.append(_fetched(job, lake, Part(name, subjects), progress))
            Job.objects.filter(pk=job.pk).update(result={"sources": told})
        is_empty = not lake.has("accounts")
    if is_empty or not any(one["n_items"] for one in told):
        _raise_failed(told)
    return {"sources": told} | (compute(job, progress) if not is_empty else {})


def _raise_failed(told: list[dict[str, Any]]) -> None:
    failed = [one for one in told if one["error"] and one["error"] not in PATIENT]
    if failed:
        raise SourceRefused("; ".join(f"{one['source']}: {one['said']}" for one in failed))


def matters_to(workspace: Workspace, lake: Lake) -> dict[str, str]:
    """What accounts are for in a workspace: plans, lists, and what its members watch."""
    listed = Entry.objects.filter(list__workspace=workspace)
    watches = workspace.watches.exclude(account_id="")
    return mattering(
        planned_accounts(lake, timezone.now().date()),
        listed.values_list("account_id", flat=True),
        watches.values_list("account_id", flat=True),
    )


@dataclass(frozen=True)
class Part:
    """What a job fetches of one source: these subjects alone, where any are named.

    `is_all`: though they are fresh.
    """

    source: str
    only: Sequence[str] = ()
    is_all: bool = False


def _fetched(job: Job, lake: Lake, part: Part, progress: Progress) -> dict[str, Any]:
    """What came of one source, as the job's page shows it."""

    def tell(done: Synced) -> None:
        progress(done.n_asked + done.n_waiting, done.n_due, part.source)

    progress(0, None, part.source)
    done, error = Synced(part.source), ""
    try:
        done = _synced(job, lake, part, tell)
        error = done.stopped_by
    except MawjError as refused:
        error = f"{type(refused).__name__}: {refused}"
    counts = ("n_due", "n_asked", "n_finished", "n_waiting", "n_items", "n_new", "n_changed",
              "n_taken_back", "n_requests")  # fmt: skip
    kind, _, said = error.partition(": ")
    return {
        "source": part.source, "error": kind, "said": said, "n_faults": len(done.faults),
        "faults": dict(list(done.faults.items())[:SHOWN]),
        **{count: getattr(done, count) for count in counts},
    }  # fmt: skip


def _synced(job: Job, lake: Lake, part: Part, tell: Callable[[Synced], None]) -> Synced:
    """One source fetched; whatever it leads to, it reaches the public internet alone."""
    name = part.source
    missing = missing_of(job.workspace, name)
    if missing:
        raise SourceRefused(f"it needs {', '.join(missing)}: connect it again")
    matters, access = matters_to(job.workspace, lake), workspace_access(job.workspace, name)
    with public_only(networks(settings.INTERNAL_ADDRESSES)):
        asking = replace(asking_of(lake, name, matters=matters, access=access), progress=tell)
        try:
            return sync(asking, name, only=part.only, is_all=part.is_all)
        finally:
            asking.connection.close()
