"""Jobs: done once, failing in words, taken up when they were cut off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from mawj.crm.jobs import kinds
from mawj.crm.jobs.actions import MOST_BEGUN, ask_for, do_job, take_up_again
from mawj.crm.jobs.models import Job
from mawj.tables.errors import ActionRefused, NotFound

if TYPE_CHECKING:
    from tests.people import House

done: list[int] = []


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(job: Job, progress: kinds.Progress) -> dict[str, Any]:
        progress(1, 2, "first")
        if job.asked.get("refuse"):
            raise ActionRefused("the shop is closed")
        if job.asked.get("break"):
            raise KeyError("column")
        done.append(job.pk)
        return {"answer": 42}

    done.clear()
    monkeypatch.setitem(kinds._KINDS, "trial", work)


def asked(house: House, **told: Any) -> Job:
    return ask_for(house.workspace, "trial", house.users["member"], **told)


def test_a_job_is_done_once(house: House) -> None:
    job = asked(house)
    do_job(job.pk)
    do_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, done) == ("done", {"answer": 42}, [job.pk])
    assert house.workspace.trail.filter(did="asked for trial").exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [({"refuse": True}, "the shop is closed"), ({"break": True}, "KeyError: 'column'")],
)
def test_a_job_that_fails_says_why(house: House, told: dict[str, Any], said: str) -> None:
    job = asked(house, **told)
    do_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", said)


def test_a_kind_that_nobody_does_is_refused(house: House) -> None:
    with pytest.raises(NotFound, match="no job is of the kind"):
        ask_for(house.workspace, "dance", None)


def test_what_was_cut_off_is_begun_again_and_at_last_says_so(house: House) -> None:
    now = timezone.now()
    job = asked(house)
    Job.objects.filter(pk=job.pk).update(state="running", n_begun=1, beat_at=now)
    assert take_up_again(now) == [], "a job that gave a sign just now goes on"
    Job.objects.filter(pk=job.pk).update(beat_at=now - timedelta(hours=1))
    later = now + timedelta(hours=1)
    assert take_up_again(later) == [job.pk]
    do_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"
    Job.objects.filter(pk=job.pk).update(
        state="running", n_begun=MOST_BEGUN, beat_at=now - timedelta(hours=1)
    )
    assert take_up_again(later) == []
    job.refresh_from_db()
    assert job.state == "failed"
    assert "cut off" in job.error
