"""Refuses files too large for a repository: `python large_files.py FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path

MOST_BYTES = 500_000
GENERATED = {".lock"}


def too_large(files: list[str]) -> list[str]:
    """The files over the limit; lock files are as long as they must be."""
    return [
        name
        for name in files
        if Path(name).suffix not in GENERATED
        and Path(name).is_file()
        and Path(name).stat().st_size > MOST_BYTES
    ]


if __name__ == "__main__":
    found = too_large(sys.argv[1:])
    sys.stderr.writelines(f"{name}: over {MOST_BYTES} bytes\n" for name in found)
    raise SystemExit(bool(found))
