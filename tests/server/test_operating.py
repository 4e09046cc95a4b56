"""What operators rely on: documented settings, health, a unit that systemd accepts."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mawj.crm.jobs.models import Worker
from mawj.crm.jobs.tasks import sign
from mawj.server.logs import JsonLine

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).parents[2]


def test_every_setting_stands_in_the_guide_and_no_other() -> None:
    guide = (ROOT / "docs/guides/operating.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `(MAWJ_\w+)`", guide, re.MULTILINE))
    rooms = ("server", "crm", "web", "flow", "api")
    used = set()
    for file in (f for room in rooms for f in (ROOT / "src/mawj" / room).rglob("*.py")):
        text = file.read_text("utf-8")
        used |= set(re.findall(r"""(?:environ(?:\.get\(|\[)|_told\()["'](MAWJ_\w+)""", text))
    used |= {"MAWJ_MEMORY_MB"}
    assert listed == used


@pytest.mark.django_db
def test_health_tells_whether_the_worker_lives(client: Client) -> None:
    assert client.get("/health/").json()["worker"] == "silent"
    sign()
    assert Worker.objects.count() == 1
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["worker"]) == (200, "alive")


def test_a_line_of_the_log_is_one_object() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        told = logging.makeLogRecord(
            {"msg": "قهوة %s", "args": (1,), "exc_info": (type(error), error, None)}
        )
    line = JsonLine().format(told)
    assert "\n" not in line
    assert json.loads(line)["said"] == "قهوة 1"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    text = (ROOT / "deploy/mawj.service").read_text("utf-8")
    unit = tmp_path / "mawj.service"
    # The program stands at its place only where it is installed.
    unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={shutil.which('true')}", text))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "mawj.service" in line]
    assert [line for line in ours if "Failed to prepare filename" not in line] == []
