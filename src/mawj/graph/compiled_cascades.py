"""Compiles the kernels of audiences, cascades and responses ahead of time; see `compiled`."""

import numpy as np

from mawj.graph.audiences import Sets, shared
from mawj.graph.cascades import attached, cascades_of
from mawj.graph.responses import signs_at


def compile_cascades() -> None:
    """Run each kernel on two sets, one cascade and two acts."""
    ptr, pair = np.array([0, 1, 2], np.int64), np.array([0, 1], np.int64)
    member = np.array([0, 1], np.int32)
    sketches = Sets(ptr, member, np.array([0.1, 0.4]), np.array([5, 5]), np.array([0.5, 0.5]))
    shared(sketches, pair[:1], pair[1:])
    time, is_root = np.array([np.nan, 1.0]), np.array([True, False])
    made = cascades_of(np.zeros(2, np.int64), member, time, is_root)
    attached(made, np.array([0, 0, 1], np.int64), member[:1])
    signs_at(np.array([0.0, 1.0]), member, is_root, pair[1:], 2)
