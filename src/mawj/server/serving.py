"""Starting the product: what must be so before, then a web server and a worker side by side."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from huey.consumer import Consumer

from mawj.crm.jobs.tasks import take_up_at_start
from mawj.crm.members.actions import start_workspace
from mawj.crm.members.models import User, Workspace
from mawj.web.joining.welcome import welcome_secret

if TYPE_CHECKING:
    from collections.abc import Sequence

WORKERS = 2
"""Jobs done at the same time (MAWJ_WORKERS): a plan must not wait for a run (our judgement)."""
NICE = 10
"""By how much jobs give way to pages (MAWJ_WORK_NICE): half the way to the least (our
judgement)."""
THREADS = 4
"""Pages answered at the same time by a web process (our judgement)."""

log = logging.getLogger("mawj.server")


def serve(told: Sequence[str]) -> None:
    """Serve until stopped; a process that ends is started again after a moment."""
    asked = _asked(told)
    make_ready(Path(asked.demo) if asked.demo else None)
    base = f"http://{asked.host}:{asked.port}"
    sys.stdout.write(f"{first_words(base)}\n")
    sys.stdout.flush()
    commands = {"web": _web(asked), "work": [sys.executable, "-m", "mawj.server", "work"]}
    _watch(commands)


def make_ready(demo: Path | None) -> None:
    """Migrate, collect static files, and open the demo's workspace where one is asked for."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if (
        demo is not None
        and not Workspace.objects.filter(lake_path=str(demo.resolve())).exists()
    ):
        owner = User.objects.create_user(f"demo-{Workspace.objects.count()}@localhost")
        start_workspace("Demo", str(demo.resolve()), owner, is_made_up=True)


def first_words(base: str) -> str:
    """What to open: the welcome of a first owner, the demo, or the front page."""
    demo = Workspace.objects.filter(is_made_up=True).first()
    if demo:
        return f"open {base}{reverse('welcome', args=[welcome_secret(demo)])}"
    if not User.objects.exists():
        return f"open {base}{reverse('welcome', args=[welcome_secret()])}"
    return f"open {base}/"


def work(told: Sequence[str] = ()) -> None:  # noqa: ARG001 (called as all commands)
    """Do jobs until stopped; those that were cut off are taken up first.

    Pages go first where processors are few: nobody looks at a job while it works.
    """
    from huey.contrib.djhuey import HUEY  # noqa: PLC0415  (made from the settings)

    os.nice(int(os.environ.get("MAWJ_WORK_NICE", str(NICE))))
    taken = take_up_at_start()
    log.info("worker begins; %d jobs taken up", len(taken))
    workers = int(os.environ.get("MAWJ_WORKERS", str(WORKERS)))
    Consumer(HUEY, workers=workers, worker_type="thread", periodic=True).run()


def _asked(told: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mawj serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", default="")
    return parser.parse_args(told)


def _web(asked: argparse.Namespace) -> list[str]:
    cores = os.cpu_count() or 1
    return [
        sys.executable, "-m", "gunicorn", "mawj.server.wsgi", "--bind",
        f"{asked.host}:{asked.port}", "--workers", str(min(cores, 4)), "--threads",
        str(THREADS), "--timeout", "120", "--log-level", "warning", "--pid",
        str(settings.HOME / "web.pid"),
    ]  # fmt: skip


def _watch(commands: dict[str, list[str]]) -> None:
    """Keep the processes running until this one is told to stop; then stop them."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    is_stopping = False

    def stop(*_: object) -> None:
        nonlocal is_stopping
        is_stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not is_stopping:
        for name, command in commands.items():
            process = running.get(name)
            if process is None or process.poll() is not None:
                if process is not None:
                    log.error("%s ended with %s; started again", name, process.returncode)
                running[name] = subprocess.Popen(command)
        time.sleep(1)
    for process in running.values():
        process.terminate()
    for process in running.values():
        process.wait(timeout=60)
