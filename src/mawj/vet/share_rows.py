"""Rows of a check that found a share in a sample: what it saw, with its interval and points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.vet.prevalence import Floats, Prevalence


@dataclass(frozen=True)
class Sampled:
    """What was looked at, one entry an account.

    Attributes:
        account_id: whose audience.
        n: how many were looked at.
        compared_with: with what, in words.
    """

    account_id: Sequence[str]
    n: Floats
    compared_with: Sequence[str]


def graded(beyond: Floats, full: float, most: float) -> Floats:
    """Points taken: none up to 0, `most` from `full` on, in between in proportion."""
    points: Floats = -most * np.clip(beyond / max(full, 1e-9), 0.0, 1.0)
    return points


def share_rows(
    sampled: Sampled, found: Prevalence, expected: Floats, points: Floats
) -> pa.Table:
    """The rows that `mawj.vet.check_rows` asks of a check."""
    columns: dict[str, Any] = {
        "account_id": pa.array(sampled.account_id, pa.string()),
        "compared_with": pa.array(sampled.compared_with, pa.string()),
    }
    numbers = {
        "observed": found.share, "observed_low": found.low, "observed_high": found.high,
        "expected": expected, "sample_size": sampled.n, "contribution": points,
    }  # fmt: skip
    columns |= {name: pa.array(values, pa.float64()) for name, values in numbers.items()}
    return pa.table(columns)
