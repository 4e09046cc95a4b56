"""Keeping a file that was brought, throwing it away, and asking for what is done with data."""

from __future__ import annotations

import unicodedata
import uuid
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from mawj.crm.data.models import Upload
from mawj.crm.jobs.actions import ask_for
from mawj.crm.members.actions import record
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from mawj.crm.jobs.models import Job
    from mawj.crm.members.models import User, Workspace

ENDINGS = frozenset({
    ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".gz", ".zst",
    ".bz2", ".xz", ".zip",
})  # fmt: skip
"""Endings that tell how a file is read; any other is dropped and the content tells."""
MOST_NAME = 150


@transaction.atomic
def keep_upload(workspace: Workspace, by: User, file: UploadedFile[Any]) -> Upload:
    """Store a file under a name of our own; what it is called stays as it came.

    Raises:
        ActionRefused: for an empty file.
    """
    if not file.size:
        raise ActionRefused(f"{file.name}: the file is empty")
    name = plain_name(file.name or "")
    endings = "".join(e for e in PurePath(name).suffixes[-2:] if e.lower() in ENDINGS)
    stored_as = f"{uuid.uuid4().hex}{endings.lower()}"
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / stored_as).open("xb") as kept:
        for piece in file.chunks():
            kept.write(piece)
    upload = Upload.objects.create(
        workspace=workspace, name=name, stored_as=stored_as, n_bytes=file.size, by=by
    )
    record(workspace, by, "brought file", name, bytes=file.size)
    return upload


def plain_name(said: str) -> str:
    """The last part of a file's name without signs that act on a terminal or a page."""
    last = said.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return kept.strip()[-MOST_NAME:] or "file"


@transaction.atomic
def drop_upload(upload: Upload, by: User) -> None:
    """Throw a file away."""
    Path(upload.path).unlink(missing_ok=True)
    record(upload.workspace, by, "dropped file", upload.name)
    upload.delete()


def load_upload(upload: Upload, by: User, *, mapping: str, grain: str, platform: str) -> Job:
    """Ask for a file to be loaded, by a mapping in TOML or as it is guessed."""
    job = ask_for(
        upload.workspace, "load", by, title=upload.name, upload=upload.pk, mapping=mapping,
        grain=grain, platform=platform,
    )  # fmt: skip
    upload.job = job
    upload.save(update_fields=["job"])
    return job
