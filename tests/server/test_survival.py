"""The worker is killed in the middle of a job: nothing is lost or doubled, the job goes on."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from mawj.lake.lake import Lake
from tests.live import Live, served

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.served
ASK = """
import django
django.setup()
from mawj.crm.jobs.actions import ask_for
from mawj.crm.members.models import User, Workspace
job = ask_for(Workspace.objects.get(slug="qahwa"), "world", User.objects.get(name="owner"))
print(job.pk)
"""
TELL = """
import json, django
django.setup()
from mawj.crm.jobs.models import Job
job = Job.objects.get()
print(json.dumps({"state": job.state, "n_begun": job.n_begun, "step": job.step,
                  "n_done": job.n_done, "error": job.error}))
"""


def python(live: Live, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=live.environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def seen(live: Live) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(python(live, TELL))
    return told


def until(live: Live, states: tuple[str, ...], *, least_done: int = 0) -> dict[str, Any]:
    ends = time.monotonic() + 300
    while time.monotonic() < ends:
        told = seen(live)
        if told["state"] in states and told["n_done"] >= least_done:
            return told
        time.sleep(0.2)
    raise AssertionError(f"still {seen(live)}")


def test_a_killed_workers_job_is_taken_up_and_done_once(tmp_path: Path) -> None:
    with served(tmp_path / "home", tmp_path / "lake") as live:
        python(live, ASK)
        worker = live.worker()
        until(live, ("running",), least_done=3)
        worker.kill()
        worker.wait()
        assert seen(live)["state"] == "running", "nobody has said yet that it was cut off"
        again = live.worker()
        try:
            told = until(live, ("done", "failed"))
        finally:
            again.terminate()
            again.wait(timeout=60)
    assert (told["state"], told["n_begun"]) == ("done", 2), told["error"]
    with Lake.open(tmp_path / "lake") as lake:
        accounts = lake.read("accounts")
        assert accounts.count().execute() == accounts.account_id.nunique().execute() > 300
        assert [run.state for run in lake.runs()].count("finished") == 1
        assert lake.current_run() is not None


def test_the_web_server_may_die_while_a_job_runs(tmp_path: Path) -> None:
    """The worker is a process of its own: pages that go away do not stop it."""
    with served(tmp_path / "home", tmp_path / "lake") as live:
        python(live, ASK)
        worker = live.worker()
        until(live, ("running",), least_done=1)
    # The web server is gone here.
    try:
        told = until(live, ("done", "failed"))
    finally:
        worker.terminate()
        worker.wait(timeout=60)
    assert told["state"] == "done", told["error"]
