"""Mawj: influence found, vetted, planned and proved, with every number explained.

`mawj.open("folder")` opens a lake; everything else is imported from the room it lives in.
"""

from importlib import import_module
from typing import Any

from mawj.kernel_caches import forget_old_kernels

__version__ = "0.1.0"
__all__ = ["__version__", "open"]

forget_old_kernels()


def __getattr__(name: str) -> Any:
    """`open`, found only when asked for: importing the package itself loads nothing."""
    if name == "open":
        return import_module("mawj.flow.opened").open_lake
    raise AttributeError(f"module 'mawj' has no attribute {name!r}")
