"""The jobs of data: load a file, compute, make up a world."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from mawj.crm.data.models import Upload
from mawj.crm.jobs.kinds import Progress, job_kind
from mawj.flow import worlds
from mawj.flow.loading import LoadAsked, load, load_tables, mapping_for
from mawj.flow.running import RunAsked
from mawj.flow.running import run as run_everything
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import lake_for_work
from mawj.sources.reading import open_file
from mawj.tables.errors import MappingNeeded, NotFound

if TYPE_CHECKING:
    from mawj.crm.jobs.models import Job
    from mawj.flow.runner import StepDone
    from mawj.sources.guessing import Guess
    from mawj.sources.mapping import Mapping


@job_kind("load")
def load_file(job: Job, progress: Progress) -> dict[str, Any]:
    """Load one file; what the job's page shows: rows, rows set aside, rows by table."""
    upload = Upload.objects.filter(pk=job.asked["upload"], workspace=job.workspace).first()
    if upload is None:
        raise NotFound("the file was thrown away in the meantime; bring it again")
    progress(0, None, upload.name)
    with TemporaryDirectory(prefix="mawj-mapping-") as folder:
        asked = LoadAsked(
            job.asked["grain"], job.asked["platform"],
            _written(job.asked["mapping"], Path(folder)),
        )  # fmt: skip
        with (
            open_file(upload.path, name=upload.name) as raw,
            lake_for_work(job.workspace.lake_path) as lake,
        ):
            mapping = mapping_for(raw, asked, _agreed)
            done = load(lake, raw, mapping, asked)
    Path(upload.path).unlink(missing_ok=True)
    return {
        "load_id": done.load_id, "was_known": done.was_known, "rows": done.n_rows,
        "lost": done.n_lost, "faults": done.n_rejected, "reasons": done.first_reasons,
        "tables": done.tables,
    }  # fmt: skip


@job_kind("run")
def compute(job: Job, progress: Progress) -> dict[str, Any]:
    """Compute everything from what is loaded; it becomes current at once, or not at all."""

    def done(step: StepDone) -> None:
        progress(step.place, step.n_steps, step.name)

    with lake_for_work(job.workspace.lake_path) as lake:
        record = run_everything(lake, RunAsked(settings_in_force()), done=done)
    rows = sum(table.n_rows for table in record.tables.values())
    return {"run_id": record.run_id, "tables": len(record.tables), "rows": rows}


@job_kind("world")
def make_up(job: Job, progress: Progress) -> dict[str, Any]:
    """Fill the workspace with a made-up world and compute it."""
    progress(0, None, "world")
    size = str(job.asked.get("size", "small"))
    with lake_for_work(job.workspace.lake_path) as lake:
        counts = load_tables(lake, worlds.tables(seed=1, size=size))
    job.workspace.is_made_up = True
    job.workspace.save(update_fields=["is_made_up"])
    return compute(job, progress) | {"tables_loaded": counts}


def _agreed(found: Guess) -> Mapping:
    """A person has seen the guess and went on with it."""
    if found.mapping is None:
        raise MappingNeeded("; ".join(found.missing) or "the headings mean nothing known")
    return found.mapping


def _written(mapping: str, folder: Path) -> Path | None:
    if not mapping.strip():
        return None
    file = folder / "mapping.toml"
    file.write_text(mapping, encoding="utf-8")
    return file
