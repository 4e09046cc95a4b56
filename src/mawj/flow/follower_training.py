"""Models of fake followers of a lake: fitted on the user's rows, kept beside the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from scipy.stats import rankdata

from mawj import __version__
from mawj.flow.follower_rows import labelled_faces
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotPortable
from mawj.vet.follower_model import (
    FollowerFitLimits,
    as_json,
    fit,
    from_json,
    log_odds,
    probability,
)
from mawj.vet.follower_signs import SIGNS, signs_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import numpy.typing as npt

    from mawj.flow.follower_rows import LabelledFaces
    from mawj.lake.lake import Lake
    from mawj.vet.follower_model import FollowerModel
    from mawj.vet.follower_signs import Floats

FOLDER, FILE, N_FOLDS = "models", "followers.json", 5


@dataclass(frozen=True)
class TrainedFollowers:
    """A fitted model and where it is kept."""

    path: Path
    model: FollowerModel


def model_path(lake: Lake) -> Path:
    """Where a lake keeps its model of followers.

    Raises:
        NotPortable: when the lake is in an object store.
    """
    if not lake.root.is_local:
        raise NotPortable("keeping a model of followers", "an object store")
    return (lake.root / FOLDER).path / FILE


def follower_models(lake: Lake) -> pa.Table:
    """The lake's model as the table that vetting reads; without rows where there is none.

    Raises:
        SettingsError: when what lies there is no model of followers.
    """
    empty = TABLES["follower_models"].schema.empty_table()
    if not lake.root.is_local or not model_path(lake).exists():
        return empty
    text = model_path(lake).read_text("utf-8")
    from_json(text)
    return pa.table({"name": ["followers"], "model": [text]}, schema=empty.schema)


def train_followers(
    lake: Lake, path: Path, mapping: Path | None, *, limits: FollowerFitLimits, at: datetime
) -> TrainedFollowers:
    """Fit a model on the labelled rows of a file and keep it in the lake, with its card.

    Raises:
        SourceRefused: when the file or its labels are not understood.
        NotEnoughData: with too few rows of a class.
    """
    target = model_path(lake)
    rows = labelled_faces(lake, path, mapping)
    signs = signs_of(rows.faces)
    model = fit(signs, rows.is_fake, limits)
    told: dict[str, Any] = {
        "file": path.name, "fitted_at": f"{at:%Y-%m-%d}", "code_version": __version__,
        "rows": len(rows.is_fake), "fake": int(rows.is_fake.sum()),
        "left_out": rows.n_left_out, "headings": dict(rows.headings),
        "figures": cross_validated(rows, limits), "reasons": _reasons(model),
        "limits": vars(limits),
    }  # fmt: skip
    model = replace(model, card=told)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_text(as_json(model), encoding="utf-8")
    unfinished.replace(target)
    return TrainedFollowers(target, model)


def cross_validated(rows: LabelledFaces, limits: FollowerFitLimits) -> dict[str, float]:
    """How a model does on rows that it did not see: five folds, at cut 0.5.

    These are figures for accounts like those in the file; across platforms and kinds of fake
    accounts they are lower (`docs/benchmarks.md`).
    """
    p = np.full(len(rows.is_fake), np.nan)
    fold = np.empty(len(p), np.int64)
    for label in (False, True):
        places = np.flatnonzero(rows.is_fake == label)
        # Every fifth of a fixed order: neighbours in a file often stem from one purchase.
        mixed = np.random.default_rng(0).permutation(places)
        fold[mixed] = np.arange(len(places)) % N_FOLDS
    for number in range(N_FOLDS):
        fitted, asked = fold != number, fold == number
        model = fit(_signs(rows.faces, fitted), rows.is_fake[fitted], limits)
        p[asked] = probability(log_odds(model, _signs(rows.faces, asked)))
    return _figures(p, rows.is_fake)


def _signs(faces: Mapping[str, Floats], rows: npt.NDArray[np.bool_]) -> dict[str, Floats]:
    return signs_of({name: values[rows] for name, values in faces.items()})


def _figures(p: Floats, is_fake: npt.NDArray[np.bool_]) -> dict[str, float]:
    known = np.isfinite(p)
    p, is_fake = p[known], is_fake[known]
    said = p >= 0.5
    n_fake, n_genuine = int(is_fake.sum()), int((~is_fake).sum())
    above = rankdata(p)[is_fake].sum() - n_fake * (n_fake + 1) / 2
    return {
        "judged": float(known.mean()),
        "auc": float(above / max(n_fake * n_genuine, 1)),
        "recall": float(said[is_fake].mean()),
        "false_alarms": float(said[~is_fake].mean()),
        "precision": float((said & is_fake).sum() / max(said.sum(), 1)),
        "brier": float(((p - is_fake) ** 2).mean()),
    }


def _reasons(model: FollowerModel) -> list[dict[str, Any]]:
    """The signs by weight, each with why it may only count against an account."""
    why = {sign.name: sign.reason for sign in SIGNS}
    by_weight = sorted(model.weighed, key=lambda one: -one.weight)
    return [
        {"sign": one.name, "weight": round(one.weight, 3), "why": why[one.name]}
        for one in by_weight
    ]
