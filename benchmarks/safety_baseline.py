"""The baseline of `benchmarks.safety`: TF-IDF of character n-grams and logistic regression."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from mawj.text.fitting import FitSettings, LabelledTexts, folds_of
from mawj.text.judging import macro_f1
from mawj.text.ngrams import NgramSettings, buckets

Bools = npt.NDArray[np.bool_]

_COUNTS: dict[int, Any] = {}


def counts(rows: LabelledTexts) -> Any:
    """Counts of the n-grams of each text, worked out once for each list of texts."""
    if id(rows.texts) not in _COUNTS:
        hashed = HashingVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), norm=None, alternate_sign=False
        )
        # The texts are kept with the counts, so that their id stays theirs.
        _COUNTS[id(rows.texts)] = (rows.texts, hashed.transform(rows.texts))
    return _COUNTS[id(rows.texts)][1]


class Baseline:
    """Fitted on `rows`; `in_set` is its macro-F1 in 5 folds, repeated texts in one."""

    def __init__(self, rows: LabelledTexts) -> None:
        found, fold = (
            counts(rows),
            folds_of(buckets(rows.texts, NgramSettings()), FitSettings()),
        )
        answers = np.zeros(len(rows.texts), np.bool_)
        for part in np.unique(fold):
            fitted = self._fitted(found[fold != part], rows.is_yes[fold != part])
            answers[fold == part] = self._said(found[fold == part], fitted)
        self.in_set = macro_f1(answers, rows.is_yes)
        self._whole = self._fitted(found, rows.is_yes)

    def said(self, rows: LabelledTexts) -> Bools:
        """What it says of `rows`, cut at one half."""
        return self._said(counts(rows), self._whole)

    def _fitted(self, found: Any, is_yes: Bools) -> tuple[Any, Any]:
        weighed = TfidfTransformer(sublinear_tf=True)
        model = LogisticRegression(solver="liblinear", dual=True, max_iter=60, tol=0.01)
        return weighed, model.fit(weighed.fit_transform(found), is_yes)

    def _said(self, found: Any, fitted: tuple[Any, Any]) -> Bools:
        weighed, model = fitted
        return np.asarray(model.predict(weighed.transform(found)), np.bool_)
