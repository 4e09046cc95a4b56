"""What was compiled of older sources is not used again."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from mawj import kernel_caches
from mawj.kernel_caches import FOLDERS, HERE, forget_old_kernels

if TYPE_CHECKING:
    from pathlib import Path

INNER = """
from numba import njit
@njit(cache=True)
def inner(x):
    return x + {added}
"""
OUTER = """
import sys
sys.path.insert(0, {folder!r})
from numba import njit
from inner import inner
@njit(cache=True)
def outer(x):
    return inner(x) * 10
"""


def test_every_folder_with_kernels_is_looked_at() -> None:
    with_kernels = {
        path.parent.relative_to(HERE).as_posix()
        for path in HERE.rglob("*.py")
        if "@njit" in path.read_text("utf-8")
    }
    assert with_kernels == set(FOLDERS)


def test_a_kernel_inside_another_is_the_new_one_after_a_change(tmp_path: Path) -> None:
    folder = tmp_path / FOLDERS[0]
    folder.mkdir()
    (folder / "outer.py").write_text(OUTER.format(folder=str(folder)))

    def computed(added: int) -> int:
        (folder / "inner.py").write_text(INNER.format(added=added))
        forget_old_kernels(tmp_path)
        told = f"import sys; sys.path.insert(0, {str(folder)!r})"
        told += "; import outer; print(outer.outer(1))"
        ran = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True,
            env={name: value for name, value in os.environ.items() if "NUMBA" not in name},
        )  # fmt: skip
        return int(ran.stdout)

    assert computed(1) == 20
    assert list(folder.rglob("*.nbi")), "numba kept nothing: the test would show nothing"
    assert computed(200) == 2010


def test_what_is_still_right_stays(tmp_path: Path) -> None:
    cache = tmp_path / FOLDERS[0] / "__pycache__"
    cache.mkdir(parents=True)
    source = tmp_path / FOLDERS[0] / "one.py"
    source.write_text("one = 1\n")
    forget_old_kernels(tmp_path)
    (cache / "one.nbi").write_text("kept")
    assert forget_old_kernels(tmp_path) == 0
    source.write_text("one = 11\n")
    assert forget_old_kernels(tmp_path) == 1
    assert not (cache / "one.nbi").exists()


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDERS[0]).mkdir()
    (tmp_path / FOLDERS[0] / "__pycache__").write_text("no folder")
    assert forget_old_kernels(tmp_path) == 0
    assert kernel_caches.sign_of(tmp_path)
