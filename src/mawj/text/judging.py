"""How well yes and no are told apart: macro-F1, its best line, area, calibration, intervals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

REPLICATES, SEED = 200, 20240501
LEAST, OTHER = 50, "other"
"""Languages with fewer texts are told together: their figures would be chance."""
_NEWTON_STEPS = 50


def macro_f1(said: Bools, is_yes: Bools) -> float:
    """The mean of the F1 of yes and that of no; 0 for a kind that is never rightly said."""
    hit, other = (said & is_yes).sum(), (~said & ~is_yes).sum()
    wrong = (said != is_yes).sum()
    parts = [2 * right / (2 * right + wrong) if right else 0.0 for right in (hit, other)]
    return float(sum(parts) / 2)


def best_threshold(p: Floats, is_yes: Bools) -> float:
    """The probability from which saying yes gives the highest macro-F1.

    Half way between two neighbours; where several do, the one in the middle of them.
    """
    order = np.argsort(p, kind="stable")
    value, yes = p[order], is_yes[order]
    n, n_yes = len(yes), int(yes.sum())
    # With the first k said no: misses are the yes among them.
    missed = np.concatenate([[0], np.cumsum(yes)])
    k = np.arange(n + 1)
    hit, other = n_yes - missed, k - missed
    wrong = missed + (n - n_yes - other)
    scores = (2 * hit / np.maximum(2 * hit + wrong, 1)) + (
        2 * other / np.maximum(2 * other + wrong, 1)
    )
    is_cut = np.concatenate([[True], value[1:] > value[:-1], [True]])
    scores = np.where(is_cut, scores, -1.0)
    best = np.flatnonzero(scores >= scores.max() - 1e-12)
    at = int(best[len(best) // 2])
    if at in (0, n):
        return float(value[0]) if at == 0 else float(np.nextafter(value[-1], 2.0))
    return float((value[at - 1] + value[at]) / 2)


def area(score: Floats, is_yes: Bools) -> float:
    """Area under the ROC curve, ties counted half; 0.5 where only one kind is there."""
    n_yes, n_no = int(is_yes.sum()), int((~is_yes).sum())
    if not n_yes or not n_no:
        return 0.5
    _, group, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[group]
    return float((rank[is_yes].sum() - n_yes * (n_yes + 1) / 2) / (n_yes * n_no))


def platt(weight: Floats, is_yes: Bools) -> tuple[float, float]:
    """Slope and shift of the logistic curve through weights and answers (Platt 1999).

    With his targets, a little inside 0 and 1, so that a clean split does not give certainty.
    """
    n_yes, n_no = int(is_yes.sum()), int((~is_yes).sum())
    target = np.where(is_yes, (n_yes + 1) / (n_yes + 2), 1 / (n_no + 2))
    design = np.stack([weight, np.ones_like(weight)], axis=1)
    found = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ found, -35, 35)))
        slope = design.T @ (p - target)
        bend = (design * (p * (1 - p))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        found -= np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-9:
            break
    # A slope below zero would turn the answer round: then the weights say nothing.
    return max(float(found[0]), 0.0), float(found[1])


def interval(said: Bools, is_yes: Bools) -> tuple[float, float]:
    """The 90 % interval of macro-F1, by drawing the texts again and again."""
    random = np.random.default_rng(SEED)
    draws = random.integers(0, len(said), (REPLICATES, len(said)))
    low, high = np.quantile([macro_f1(said[d], is_yes[d]) for d in draws], [0.05, 0.95])
    return float(low), float(high)


@dataclass(frozen=True)
class Judged:
    """Texts that a model did not see: its probability, what it said, and the truth."""

    p: Floats
    said: Bools
    is_yes: Bools

    def at(self, is_in: Bools) -> "Judged":
        """Those where `is_in`."""
        return Judged(self.p[is_in], self.said[is_in], self.is_yes[is_in])


def figures(judged: Judged, languages: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Error rates on texts that the model did not see: of all, and by language."""
    n_each = Counter(languages)
    known = np.array([one if one and n_each[one] >= LEAST else OTHER for one in languages])
    kinds = sorted(set(known.tolist()), key=lambda kind: (kind == OTHER, kind))
    return {"all": _figures(judged)} | {k: _figures(judged.at(known == k)) for k in kinds}


def _figures(judged: Judged) -> dict[str, Any]:
    p, said, is_yes = judged.p, judged.said, judged.is_yes
    hit = int((said & is_yes).sum())
    low, high = interval(said, is_yes)
    told = {
        "macro_f1": macro_f1(said, is_yes), "macro_f1_low": low, "macro_f1_high": high,
        "precision": hit / max(1, int(said.sum())), "recall": hit / max(1, int(is_yes.sum())),
        "auc": area(p, is_yes), "brier": float(((p - is_yes) ** 2).mean()),
    }  # fmt: skip
    counts = {"rows": len(p), "yes": int(is_yes.sum())}
    return counts | {name: round(value, 4) for name, value in told.items()}
