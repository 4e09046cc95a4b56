"""A text model as one file of plain arrays: nothing in it can run when it is opened."""

import json
from dataclasses import asdict
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from mawj.text.ngrams import NgramSettings
from mawj.text.text_model import Calibration, TextModel

FORM = "mawj text model 1"


def save_model(model: TextModel, path: Path) -> None:
    """Write `model` to `path` (npz): weights that are not 0, and its card as JSON.

    The file appears whole or not at all: it is written beside and moved into place.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    used = np.flatnonzero(model.weight)
    told = {
        "form": FORM, "settings": asdict(model.settings), "bias": model.bias,
        "calibration": asdict(model.calibration), "card": dict(model.card),
    }  # fmt: skip
    beside = path.with_name(f".{path.name}.new.npz")
    np.savez_compressed(
        beside,
        bucket=used.astype(np.int32),
        weight=model.weight[used].astype(np.float32),
        extra_weight=np.asarray(model.extra_weight, np.float64),
        told=np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8),
    )
    beside.replace(path)


def load_model(path: Path) -> TextModel:
    """The model in `path`.

    Raises:
        ValueError: when the file is no text model of this form; FileNotFoundError without one.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        told = json.loads(arrays["told"].tobytes())
        if told["form"] != FORM:
            raise ValueError(told["form"])
        settings = NgramSettings(**told["settings"])
        weight = np.zeros(1 << settings.bits, np.float32)
        weight[arrays["bucket"]] = arrays["weight"]
        return TextModel(
            settings, weight, arrays["extra_weight"], float(told["bias"]),
            Calibration(**told["calibration"]), told["card"],
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, IndexError, EOFError, BadZipFile) as error:
        raise ValueError(f"{path} is no text model of form {FORM!r}: {error}") from error
