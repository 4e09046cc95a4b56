"""Backing up and restoring by the commands themselves, on an installation of its own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import zstandard

from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAKE_READY = """
import django, sys
from pathlib import Path
django.setup()
from mawj.server.serving import make_ready
make_ready(Path(sys.argv[1]))
"""
MAKE_USER = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "mawj.server.settings"
django.setup()
from mawj.crm.members.models import User
User.objects.create_user("ليلى@example.org", "a long password", name="ليلى")
"""
TELL = """
import os, json, django
os.environ["DJANGO_SETTINGS_MODULE"] = "mawj.server.settings"
django.setup()
from mawj.crm.members.models import Membership, User
print(json.dumps({
    "users": sorted(User.objects.values_list("email", "name", "password")),
    "members": sorted(Membership.objects.values_list("user__email", "workspace__slug", "role")),
    "lakes": list(Membership.objects.values_list("workspace__lake_path", flat=True)),
}, ensure_ascii=False))
"""


class Installation:
    """A home folder, and a database of its own where the tests run on PostgreSQL."""

    def __init__(self, home: Path, database: str) -> None:
        self.home = home
        self.environment = os.environ | {
            "MAWJ_HOME": str(home), "MAWJ_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "mawj.server.settings",
        }  # fmt: skip

    def do(self, *told: str) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "mawj.server", *told)

    def python(self, code: str, *told: str) -> str:
        done = self._run("-c", code, *told)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, *told: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *told], env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database: of PostgreSQL where the tests run on it."""
    url = os.environ.get("MAWJ_DATABASE_URL", "")
    if not url:
        yield ""
        return
    import psycopg  # noqa: PLC0415  (only where PostgreSQL is tried)

    name = f"kept_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"{url.rsplit('/', 1)[0]}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, built_lake: Path) -> Iterator[Installation]:
    """An installation with the made-up world and two users."""
    with database() as url:
        made = Installation(tmp_path_factory.mktemp("first"), url)
        made.python(MAKE_READY, str(built_lake))
        made.python(MAKE_USER)
        yield made


@pytest.fixture(scope="module")
def backup(first: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backup") / "mawj.backup"
    done = first.do("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Installation]:
    """Another, empty installation."""
    with database() as url:
        yield Installation(tmp_path / "second", url)


def digests(lake: Path) -> dict[str, str]:
    return {
        str(file.relative_to(lake)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in lake.rglob("*")
        if file.is_file() and "_locks" not in file.parts
    }


def test_what_was_backed_up_is_there_again_elsewhere(
    first: Installation, second: Installation, backup: Path, built_lake: Path
) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    done = second.do("restore", str(backup))
    assert done.returncode == 0, done.stderr
    before, after = json.loads(first.python(TELL)), json.loads(second.python(TELL))
    assert after["users"] == before["users"]
    assert after["members"] == before["members"]
    lake = second.home / "lakes" / "demo"
    assert after["lakes"] == [str(lake)]
    assert digests(lake) == digests(built_lake)
    assert (second.home / "secret").read_text() == (first.home / "secret").read_text()
    with Lake.open(lake) as opened:
        assert opened.current_run() is not None
        assert opened.read("influence").count().execute() > 0


def test_a_home_that_holds_data_is_not_overwritten(first: Installation, backup: Path) -> None:
    before = first.python(TELL)
    again = first.do("restore", str(backup))
    assert again.returncode != 0
    assert "holds data already" in again.stderr
    assert first.python(TELL) == before
    assert first.do("backup", str(backup)).returncode != 0


@pytest.mark.parametrize("harm", ["cut", "changed", "no_backup"])
def test_a_backup_that_is_not_whole_is_refused_and_leaves_nothing(
    second: Installation, backup: Path, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "mawj.backup"
    file.write_bytes(backup.read_bytes())
    harmed(file, harm)
    done = second.do("restore", str(file))
    assert done.returncode != 0
    assert "not" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (second.home / "mawj.sqlite3").exists()
    assert not (second.home / "lakes").exists()


def harmed(file: Path, harm: str) -> None:
    """Cut the file short, change one byte of a file in it, or put something else there."""
    if harm == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif harm == "no_backup":
        file.write_text("id,name\n1,x\n")
    else:
        folder = file.parent / "unpacked"
        with (
            file.open("rb") as raw,
            zstandard.ZstdDecompressor().stream_reader(raw) as plain,
            tarfile.open(fileobj=plain, mode="r|") as tar,
        ):
            tar.extractall(folder, filter="data")
        one = next(folder.glob("lakes/demo/observed/accounts/*.parquet"))
        one.write_bytes(one.read_bytes()[:-1] + b"!")
        with (
            file.open("wb") as raw,
            zstandard.ZstdCompressor().stream_writer(raw) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            tar.add(folder, arcname=".")


def test_doctor_tells_what_is_not_well(first: Installation) -> None:
    done = first.do("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lake of demo" in done.stdout
    (first.home / "secret").chmod(0o644)
    ill = first.do("doctor")
    assert ill.returncode != 0
    assert "not well: secret" in ill.stderr
    (first.home / "secret").chmod(0o600)


def test_an_older_database_is_brought_up(first: Installation) -> None:
    """Back to the first state of a room with rows in it, and forward again: nothing is lost."""
    before = first.python(TELL)
    assert first.do("migrate", "jobs", "0002").returncode == 0
    assert "not well: migrations" in first.do("doctor").stderr
    assert first.do("migrate").returncode == 0
    assert first.python(TELL) == before
