"""Fits a text model on labelled texts, with its error rates measured by cross-fitting.

Logistic regression with a ridge penalty over n-grams and further columns. What is known of the
further columns beforehand (`Extras.known`: words that a rule finds are so) counts as if a few
more texts had been seen, which is what carries from one source of texts to another; so does a
text of which nothing is known, which is a no (a prior given as rows: Bedrick, Christensen,
Johnson 1996). Yes and no weigh the same however many there are of
each, so the model does not learn how common a yes happened to be in the file.

Repeated texts stay in one fold; what the card says of a text comes from a model that never saw
that text.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from mawj.text.judging import Judged, best_threshold, figures, platt
from mawj.text.ngrams import Buckets, NgramSettings, buckets
from mawj.text.text_model import (
    NO_EXTRAS,
    Calibration,
    Extras,
    Known,
    TextModel,
    summed_weights,
)

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NOTHING_WEIGHS = 3.0
"""A text of which nothing is known is a no: its weight among what is known beforehand; ours."""


@dataclass(frozen=True)
class FitSettings:
    """How a text model is fitted.

    Attributes:
        penalty: what the ridge penalty is divided by (scikit-learn's C); our judgement, after
            `benchmarks.safety` across sets, as the next two.
        extras_scale: how much larger the further columns are made beside n-grams.
        known_share: weight of what is known beforehand, as a share of the texts.
        least_texts: distinct texts that an n-gram must stand in; fewer say nothing in general.
        folds: parts of the cross-fitting; 5, usual practice.
        least_each: texts of yes, and of no, without which nothing is fitted; our judgement.
        trust_of_line: how far the best line on these rows is trusted against the line for as
            many yes as no: later texts seldom hold as many yes as the labelled ones. Half, our
            judgement, after `benchmarks.safety` across sets.
        doubt: half the width of the band of probabilities left open when abstaining; ours.
        ngrams: which n-grams.
        seed: of the folds and of the solver.
    """

    penalty: float = 0.5
    extras_scale: float = 1.0
    known_share: float = 0.1
    least_texts: int = 2
    folds: int = 5
    least_each: int = 20
    trust_of_line: float = 0.5
    doubt: float = 0.1
    ngrams: NgramSettings = field(default_factory=NgramSettings)
    seed: int = 20240501


@dataclass(frozen=True)
class LabelledTexts:
    """Texts with a language each ("" where not known) and whether each is a yes."""

    texts: Sequence[str]
    languages: Sequence[str]
    is_yes: Bools

    def at(self, places: npt.NDArray[np.intp]) -> "LabelledTexts":
        """Those at `places`."""
        return LabelledTexts(
            [self.texts[i] for i in places], [self.languages[i] for i in places],
            self.is_yes[places],
        )  # fmt: skip


@dataclass(frozen=True)
class _Columns:
    """The texts as the solver reads them, and what is known without them."""

    found: Buckets
    extra: Floats
    is_yes: Bools
    known: tuple[Known, ...]


def fit_text_model(
    rows: LabelledTexts,
    settings: FitSettings,
    *,
    extras: Extras = NO_EXTRAS,
    told: Mapping[str, Any] | None = None,
) -> TextModel:
    """A model fitted on `rows`, calibrated, with its card.

    Args:
        rows: at least `least_each` of yes and of no.
        settings: how.
        extras: further columns; the model asks for the same when it predicts.
        told: further entries of the card: the data, the date, the version of the code.

    Raises:
        ValueError: when there are too few rows of one kind.
        ImportError: without scikit-learn; the message says how to get it.
    """
    n_yes, n_no = int(rows.is_yes.sum()), int((~rows.is_yes).sum())
    if min(n_yes, n_no) < settings.least_each:
        raise ValueError(
            f"{n_yes} texts of yes and {n_no} of no: at least {settings.least_each} of each"
        )
    found = buckets(rows.texts, settings.ngrams)
    extra = extras.of(rows.texts, rows.languages)
    nothing = Known((0.0,) * extra.shape[1], is_yes=False, weight=NOTHING_WEIGHS)
    columns = _Columns(found, extra, rows.is_yes, (nothing, *extras.known))
    fold = folds_of(found, settings)
    held = np.zeros(len(rows.texts))
    for part in range(settings.folds):
        if (fold == part).any():
            raw = _fitted(_part(columns, fold != part), settings)
            held[fold == part] = _weights(_part(columns, fold == part), raw)
    curve = Calibration(*platt(held, rows.is_yes), doubt=settings.doubt)
    said = np.zeros(len(held), np.bool_)
    for part in np.unique(fold):
        # The line of each fold is drawn by the others.
        rest = fold != part
        said[~rest] = held[~rest] >= _line(held[rest], rows.is_yes[rest], settings)
    judged = Judged(curve.probability(held), said, rows.is_yes)
    card = {
        "rows": len(rows.texts), "yes": n_yes, "extras": extras.name,
        "columns": list(extras.columns), "folds": settings.folds,
        "figures": figures(judged, rows.languages), **(told or {}),
    }  # fmt: skip
    line = curve.probability(np.array([_line(held, rows.is_yes, settings)]))
    calibration = replace(curve, threshold=float(line[0]))
    weight, extra_weight, bias = _fitted(columns, settings)
    return TextModel(settings.ngrams, weight, extra_weight, bias, calibration, card)


def folds_of(found: Buckets, settings: FitSettings) -> npt.NDArray[np.int64]:
    """The fold of each text; texts with the same n-grams are in one."""
    number: dict[bytes, int] = {}
    ends = zip(found.start[:-1], found.start[1:], strict=True)
    group = [number.setdefault(found.bucket[a:b].tobytes(), len(number)) for a, b in ends]
    drawn = np.random.default_rng(settings.seed).permutation(len(number))
    return np.asarray(drawn[group] % settings.folds, np.int64)


def _line(weight: Floats, is_yes: Bools, settings: FitSettings) -> float:
    """The weight from which a text is a yes: the best here, drawn towards the balanced 0."""
    return settings.trust_of_line * best_threshold(weight, is_yes)


def _part(columns: _Columns, is_in: Bools) -> _Columns:
    counts = columns.found.n_each
    keep = np.repeat(is_in, counts)
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts[is_in])])
    found = Buckets(columns.found.bucket[keep], start)
    return _Columns(found, columns.extra[is_in], columns.is_yes[is_in], columns.known)


def _counted(columns: _Columns, settings: FitSettings) -> Floats:
    """How much each row counts: yes and no as much together, then what is known beforehand."""
    n, n_yes = len(columns.is_yes), max(1, int(columns.is_yes.sum()))
    rows = np.where(columns.is_yes, n / 2 / n_yes, n / 2 / max(1, n - n_yes))
    known = np.array([one.weight for one in columns.known])
    return np.concatenate([rows, known / known.sum() * n * settings.known_share])


_Raw = tuple[npt.NDArray[np.float32], Floats, float]


def _fitted(columns: _Columns, settings: FitSettings) -> _Raw:
    """Weights of the buckets and of the further columns, and the bias."""
    from scipy import sparse  # noqa: PLC0415  (with the solver, only when fitting)

    solver = _solver(settings)
    found, n_buckets = columns.found, 1 << settings.ngrams.bits
    texts_with = np.bincount(found.bucket, minlength=n_buckets)
    known = np.flatnonzero(texts_with >= settings.least_texts)
    place = np.full(n_buckets, -1, np.int32)
    place[known] = np.arange(known.size, dtype=np.int32)
    share = 1.0 / np.sqrt(np.maximum(found.n_each, 1))
    is_known = place[found.bucket] >= 0
    row = np.repeat(np.arange(found.n_each.size), found.n_each)[is_known]
    grams = sparse.csr_matrix(
        (share[row], (row, place[found.bucket[is_known]])), (share.size, known.size)
    )
    values = np.array([one.values for one in columns.known])
    extra = np.vstack([columns.extra, values]) * settings.extras_scale
    none = sparse.csr_matrix((len(values), known.size))
    answers = np.concatenate([columns.is_yes, [one.is_yes for one in columns.known]])
    with warnings.catch_warnings():
        # What it has not settled by then moves no answer; the card's figures would show it.
        warnings.simplefilter("ignore")
        solver.fit(
            sparse.hstack([sparse.vstack([grams, none]), sparse.csr_matrix(extra)]).tocsr(),
            answers, sample_weight=_counted(columns, settings),
        )  # fmt: skip
    coefficients = np.asarray(solver.coef_[0], np.float64)
    weight = np.zeros(n_buckets, np.float32)
    weight[known] = coefficients[: known.size]
    extra_weight = coefficients[known.size :] * settings.extras_scale
    return weight, extra_weight, float(solver.intercept_[0])


def _weights(columns: _Columns, raw: _Raw) -> Floats:
    weight, extra_weight, bias = raw
    return summed_weights(columns.found, weight) + columns.extra @ extra_weight + bias


def _solver(settings: FitSettings) -> Any:
    try:
        from sklearn.linear_model import (  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
            LogisticRegression,
        )
    except ImportError as error:
        raise ImportError("fitting needs the ml extra: pip install 'mawj[ml]'") from error
    # The dual form is sixteen times faster here: far fewer texts than n-grams (measured).
    return LogisticRegression(
        C=settings.penalty, solver="liblinear", dual=True, max_iter=60, tol=0.01,
        random_state=settings.seed,
    )  # fmt: skip
