"""Compiled kernels that were kept before a source file changed are forgotten.

numba keeps a compiled kernel until its own file changes, though it holds the kernels that it
calls as they were then: after an upgrade an old one would go on computing inside a new one.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = ("graph", "identify/kernels", "plan/kernels")
"""Where kernels are; they call those of each other's folders."""
SIGN = "kernels.sign"


def forget_old_kernels(root: Path = HERE) -> int:
    """Delete what was compiled of sources that have changed since; how many files went.

    Looks at names, sizes and times of the sources, which takes less than a millisecond. Where
    `NUMBA_CACHE_DIR` puts what is compiled elsewhere, whoever set it empties it.
    """
    sign, kept = sign_of(root), root / FOLDERS[0] / "__pycache__" / SIGN
    # A folder that may not be written holds nothing that numba kept there either.
    with suppress(OSError):
        if kept.is_file() and kept.read_text() == sign:
            return 0
        old = [
            path for folder in FOLDERS for path in (root / folder / "__pycache__").glob("*.nb?")
        ]
        for path in old:
            path.unlink(missing_ok=True)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(sign)
        return len(old)
    return 0


def sign_of(root: Path) -> str:
    """A digest of names, sizes and times of all sources that may hold kernels."""
    found = sorted(path for folder in FOLDERS for path in (root / folder).glob("*.py"))
    told = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in found]
    return hashlib.sha256(repr(told).encode()).hexdigest()
