"""Backing up and restoring an installation: database and lakes together, in one file.

The file is a tar under zstd, readable with `tar --zstd -tf`; it holds

    manifest.json        version, moment, kind of database, workspaces, SHA-256 of each file
    database/…           the SQLite file as its own backup call copies it, or pg_dump's archive
    secret               what signs cookies and links
    lakes/<slug>/…       each lake of this machine, whole

A lake is written by adding files and then an entry of a log that names them. So the logs are
read first and the data files after: whatever the logs name is there. A file that a clean-up
removed in between makes the lake be read again.

The file holds secrets and people's data: it is made readable by its owner only.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import zstandard
from django.conf import settings

from mawj import __version__
from mawj.crm.members.models import Workspace
from mawj.tables.errors import ActionRefused, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TRIES = 3
"""How often a lake that is cleaned up meanwhile is read again (our judgement)."""
MANIFEST = "manifest.json"
SQLITE_FILE, DUMP_FILE = "database/mawj.sqlite3", "database/mawj.dump"


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds: files, bytes before packing, workspaces by name, remote lakes."""

    file: Path
    n_files: int
    n_bytes: int
    workspaces: tuple[str, ...]
    left_out: tuple[str, ...]


class Archive:
    """A tar that is being written, and what the manifest says of each file in it."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        """One small file of the archive."""
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> None:
        """A file as it stands on the disk, however large."""
        with path.open("rb") as opened:
            self._add(name, opened, os.fstat(opened.fileno()).st_size)

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        told.mtime = int(datetime.now(UTC).timestamp())
        read = Digested(content)
        self.tar.addfile(told, cast("IO[bytes]", read))
        self.files[name] = {"bytes": size, "sha256": read.digest.hexdigest()}


class Digested:
    """A file that is read once and digested on the way."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        found = self.content.read(size)
        self.digest.update(found)
        return found


def back_up(file: Path) -> BackedUp:
    """Write database, secret and lakes into `file`; while pages and jobs go on.

    Raises:
        ActionRefused: when the file exists.
        SettingsError: when PostgreSQL's pg_dump is not on this machine.
    """
    if file.exists():
        raise ActionRefused(f"{file} exists; a backup overwrites nothing")
    workspaces = {one.slug: one.lake_path for one in Workspace.objects.order_by("slug")}
    unfinished = file.with_name(f".{file.name}.unfinished")
    left_out = []
    with _packed(unfinished) as tar:
        archive = Archive(tar)
        archive.add(*_database())
        if (settings.HOME / "secret").exists():
            archive.add("secret", (settings.HOME / "secret").read_bytes())
        for slug, path in workspaces.items():
            if "://" in path:
                left_out.append(path)
            else:
                _add_lake(archive, Path(path), f"lakes/{slug}")
        manifest = {
            "mawj": __version__, "made_at": datetime.now(UTC).isoformat(),
            "database": settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1],
            "workspaces": workspaces, "files": dict(archive.files),
        }  # fmt: skip
        archive.add(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    unfinished.rename(file)
    n_bytes = sum(told["bytes"] for told in archive.files.values())
    return BackedUp(file, len(archive.files), n_bytes, tuple(workspaces), tuple(left_out))


def restore(file: Path) -> tuple[str, ...]:
    """Put back what a backup holds, into this empty home; the names of its workspaces.

    Everything is unpacked beside and checked against the manifest before anything is put in
    its place. Afterwards `migrate` brings an older database up to this version.

    Raises:
        ActionRefused: when the home holds a database already, or the file is not whole.
        SettingsError: when the backup is of the other kind of database.
    """
    if _holds_something():
        raise ActionRefused(
            "this installation holds data already; name an empty folder with --home"
        )
    beside = Path(tempfile.mkdtemp(prefix=".restore-", dir=settings.HOME))
    try:
        manifest = _unpacked(file, beside)
        _put_database(beside, manifest)
        if (beside / "secret").exists():
            (beside / "secret").replace(settings.HOME / "secret")
        lakes = settings.HOME / "lakes"
        lakes.mkdir(exist_ok=True)
        for slug, path in manifest["workspaces"].items():
            if (beside / "lakes" / slug).exists():
                (beside / "lakes" / slug).replace(lakes / slug)
                path = str(lakes / slug)  # noqa: PLW2901 (where it lies from now on)
            Workspace.objects.filter(slug=slug).update(lake_path=path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(manifest["workspaces"])


@contextmanager
def _packed(file: Path) -> Iterator[tarfile.TarFile]:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(descriptor, "wb") as raw,
            zstandard.ZstdCompressor(level=3).stream_writer(raw) as pressed,
            tarfile.open(fileobj=pressed, mode="w|") as tar,
        ):
            yield tar
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _database() -> tuple[str, bytes]:
    told = settings.DATABASES["default"]
    if not told["ENGINE"].endswith("sqlite3"):
        # The queue is made anew at every start: jobs that wait stand in our own table.
        left_out = ("--exclude-table=huey_*", "--no-owner")
        command = [_program("pg_dump"), "--format=custom", *left_out, *_reached(told)]
        return DUMP_FILE, _done(command, told)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "mawj.sqlite3"
        with (
            closing(sqlite3.connect(told["NAME"])) as live,
            closing(sqlite3.connect(copy)) as copied,
        ):
            live.backup(copied)
        return SQLITE_FILE, copy.read_bytes()


def _add_lake(archive: Archive, lake: Path, inside: str) -> None:
    """Add a lake: its logs as they were first, then the data files that they name."""
    logs, data = _lake_files(lake)
    for path, text in logs.items():
        archive.add(f"{inside}/{path.relative_to(lake)}", text)
    for path in data:
        try:
            archive.add_file(f"{inside}/{path.relative_to(lake)}", path)
        except FileNotFoundError:
            raise ActionRefused(
                f"{lake} was cleaned up while it was copied; begin the backup again"
            ) from None


def _lake_files(lake: Path) -> tuple[dict[Path, bytes], list[Path]]:
    """The logs of a lake with what they say now, and after that its data files."""
    for _ in range(TRIES):
        try:
            logs = {
                path: path.read_bytes() for path in sorted(lake.rglob("*")) if _is_log(path)
            }
        except FileNotFoundError:
            continue
        data = sorted(path for path in lake.rglob("*.parquet") if not _is_log(path))
        return logs, data
    raise ActionRefused(f"{lake} is being cleaned up; begin the backup again in a while")


def _is_log(path: Path) -> bool:
    """Whether a file is a log or pointer: small, no lock, not half written."""
    is_data = path.suffix == ".parquet" and "_delta_log" not in path.parts
    is_passing = "_locks" in path.parts or path.name.endswith((".lock", ".tmp"))
    return path.is_file() and not is_data and not is_passing


def _unpacked(file: Path, beside: Path) -> dict[str, Any]:
    """Unpack a backup and check it; what its manifest says."""
    with file.open("rb") as raw, _opened(raw) as tar:
        try:
            tar.extractall(beside, filter="data")
        except (tarfile.TarError, zstandard.ZstdError, EOFError, OSError) as error:
            raise ActionRefused(f"{file} is not a whole backup: {error}") from error
    if not (beside / MANIFEST).is_file():
        raise ActionRefused(f"{file} is not a whole backup: it has no {MANIFEST}")
    manifest: dict[str, Any] = json.loads((beside / MANIFEST).read_text("utf-8"))
    for name, told in manifest["files"].items():
        path = beside / name
        if not path.is_file() or _digest(path) != told["sha256"]:
            raise ActionRefused(f"{file} is not whole: {name} is missing or changed")
    return manifest


@contextmanager
def _opened(raw: IO[bytes]) -> Iterator[tarfile.TarFile]:
    try:
        with (
            zstandard.ZstdDecompressor().stream_reader(raw) as plain,
            tarfile.open(fileobj=plain, mode="r|") as tar,
        ):
            yield tar
    except (tarfile.ReadError, zstandard.ZstdError) as error:
        raise ActionRefused(f"this is not a backup of Mawj: {error}") from error


def _put_database(beside: Path, manifest: Mapping[str, Any]) -> None:
    told = settings.DATABASES["default"]
    kind = told["ENGINE"].rsplit(".", 1)[-1]
    if manifest["database"] != kind:
        raise SettingsError(
            f"the backup is of {manifest['database']}, this installation uses {kind}; "
            "set MAWJ_DATABASE_URL to one of that kind"
        )
    if kind == "sqlite3":
        (beside / SQLITE_FILE).replace(told["NAME"])
        return
    command = [_program("pg_restore"), "--no-owner", "--exit-on-error", *_reached(told)]
    command.append(str(beside / DUMP_FILE))
    _done(command, told)


def _holds_something() -> bool:
    from django.db import connection  # noqa: PLC0415  (opened only when asked)

    told = settings.DATABASES["default"]
    if told["ENGINE"].endswith("sqlite3"):
        return Path(told["NAME"]).exists()
    with connection.cursor() as cursor:
        return Workspace._meta.db_table in connection.introspection.table_names(cursor)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SettingsError(f"{name} is not on this machine; install PostgreSQL's client tools")
    return found


def _reached(told: Mapping[str, Any]) -> list[str]:
    found = ["--dbname", told["NAME"]]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if told.get(key):
            found += [option, str(told[key])]
    return found


def _done(command: list[str], told: Mapping[str, Any]) -> bytes:
    """What a program of PostgreSQL writes; the password goes by its environment."""
    environment = os.environ | {"PGPASSWORD": str(told.get("PASSWORD") or "")}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode:
        first = done.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise ActionRefused(f"{Path(command[0]).name} did not succeed: {' '.join(first)}")
    return done.stdout


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
