"""How a lake is opened: memory, threads, scratch space and waiting times."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class LakeSettings:
    """How much of the machine a lake may take. All defaults are our judgement.

    Attributes:
        memory_mb: what DuckDB may hold in memory; beyond it sorts and joins use scratch (MiB).
            1024 keeps a load of ten million rows below 2 GB for the whole process.
        threads: DuckDB's threads; None for one a processor.
        scratch: folder for temporary files; None for the system's.
        wait_s: how long a writer waits for another one before `LakeBusy` (seconds).
        suppression_key: the secret under which erased persons are remembered; needed to load
            into a lake from which somebody was erased.
        spark: settings of the Spark session (`spark.master` and so on), for `engine="spark"`.
    """

    memory_mb: int = 1024
    threads: int | None = None
    scratch: Path | None = None
    wait_s: float = 600.0
    suppression_key: bytes | None = field(default=None, repr=False)
    spark: tuple[tuple[str, str], ...] = ()
