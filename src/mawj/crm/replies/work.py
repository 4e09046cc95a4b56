"""The job of erasing a person who asked to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.crm.creators.list_files import forget_rows
from mawj.crm.creators.models import Entry
from mawj.crm.jobs.kinds import Progress, job_kind
from mawj.crm.searches.actions import forget_found
from mawj.crm.watching.actions import forget_watched
from mawj.flow.commands import accounts_meant, erase, proof_lines
from mawj.flow.erasure_key import erasure_key
from mawj.flow.shared_lakes import lake_for_work
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from mawj.crm.jobs.models import Job


@job_kind("erase")
def erase_person(job: Job, progress: Progress) -> dict[str, Any]:
    """Remove an account and those of the same person from lake and lists; the proof."""
    key = erasure_key()
    if key is None:
        raise ActionRefused("MAWJ_ERASURE_KEY is not set: nobody can be erased")
    progress(0, None, "erase")
    with lake_for_work(job.workspace.lake_path) as lake:
        ids = accounts_meant(lake, [job.asked["account"]], with_linked=True)
        proof = erase(lake, ids, key=key, reason="asked for by the person")
    Entry.objects.filter(list__workspace=job.workspace, account_id__in=ids).delete()
    job.workspace.insights.filter(account_id__in=ids).delete()
    forget_rows(job.workspace, ids)
    forget_found(job.workspace, ids)
    forget_watched(job.workspace, ids)
    return {"proof": proof_lines(proof)}
