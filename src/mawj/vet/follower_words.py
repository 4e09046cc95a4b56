"""What detectors say of each sampled follower by its face alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.follower_model import from_json, log_odds, moved_to, probability
from mawj.vet.follower_signs import FACE_FIELDS, Floats, signs_of
from mawj.vet.panel import rule_words, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.vet.follower_model import FollowerFitLimits, FollowerModel, Moved

LEAST_POPULATION = 200
"""Accounts of a platform below which a model is not moved to it; our judgement."""


def follower_words(
    follower_population: pa.Table,
    follower_models: pa.Table,
    follower_faces: pa.RecordBatchReader,
    *,
    follower_fit_limits: FollowerFitLimits,
) -> Iterator[pa.RecordBatch]:
    """What each detector of faces says: one row per sampled follower.

    A model function, batch by batch: a hundred bytes a follower. The fitted model is moved to
    each platform's population before it is asked (see `mawj.vet.follower_model`).

    Reads:
        follower_faces: those that were sampled. follower_population: what is usual on each
        platform. follower_models: the user's model, at most one is asked.

    Returns:
        The declared columns.
    """
    # Batches are read last: another reading of the engine would end this one.
    model = _model(follower_models)
    moved = _moved(model, follower_population, follower_fit_limits) if model else {}
    for batch in follower_faces:
        sampled = batch.filter(batch["is_sampled"])
        if sampled.num_rows:
            yield _spoken(pa.Table.from_batches([sampled]), model, moved)


def faces_of(rows: pa.Table) -> dict[str, Floats]:
    """The fields of faces as floats; NaN where they are not known."""
    return {
        name: np.asarray(rows[name].cast(pa.float64()).to_numpy(), np.float64)
        for name in FACE_FIELDS
        if name in rows.column_names
    }


def with_nulls(values: Floats) -> pa.Array[Any]:
    """Floats as an Arrow column: NaN, which only numbers in memory know, becomes NULL."""
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))


def _model(models: pa.Table) -> FollowerModel | None:
    texts = models["model"].to_pylist()
    return from_json(str(texts[0])) if texts else None


def _moved(
    model: FollowerModel, population: pa.Table, limits: FollowerFitLimits
) -> dict[str, Moved]:
    platform = np.asarray(population["platform"].to_pylist(), object)
    signs = signs_of(faces_of(population)) if len(platform) else {}
    moved = {}
    for name in set(platform):
        rows = platform == name
        if rows.sum() >= LEAST_POPULATION:
            there = {sign: values[rows] for sign, values in signs.items()}
            moved[name] = moved_to(model, there, limits)
    return moved


def _spoken(
    rows: pa.Table, model: FollowerModel | None, moved: dict[str, Moved]
) -> pa.RecordBatch:
    faces = faces_of(rows)
    words = rule_words(faces)
    words["model"] = _asked(rows, faces, model, moved)
    odds = together(words)
    columns = {
        "account_id": rows["account_id"].combine_chunks(),
        "platform": rows["platform"].combine_chunks(),
        **{f"p_{name}": with_nulls(probability(word)) for name, word in words.items()},
        "is_suspect": pa.array(odds >= 0.0, mask=~np.isfinite(odds)),
    }
    schema = TABLES["follower_words"].schema
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)


def _asked(
    rows: pa.Table,
    faces: dict[str, Floats],
    model: FollowerModel | None,
    moved: dict[str, Moved],
) -> Floats:
    """The model's log-odds, each platform moved by its own population."""
    said = np.full(rows.num_rows, np.nan)
    if model is None:
        return said
    signs = signs_of(faces)
    platform = np.asarray(rows["platform"].to_pylist(), object)
    for name in set(platform):
        here = platform == name
        there = {sign: values[here] for sign, values in signs.items()}
        told = moved.get(name)
        said[here] = log_odds(model, there, told) if told else log_odds(model, there)
    return said
