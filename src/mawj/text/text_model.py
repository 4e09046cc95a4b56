"""A linear model over n-grams: small, fast, calibrated, and each answer explained by its words.

The model answers yes or no to one question of a text ("is it offensive?"):

    weight of the text = bias + sum of the weights of its n-grams / sqrt(their number)
                              + sum of weight × value of the further columns
    probability        = 1 / (1 + exp(-(slope × weight + shift)))        (Platt 1999)

Further columns come from `Extras`: functions of the texts that the caller hands in, such as the
scores of rules. NumPy alone predicts; scikit-learn is needed only to fit (``fitting``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from mawj.text.ngrams import Buckets, NgramSettings, buckets, named_buckets

Floats = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Known:
    """What is known of further columns before any text is labelled, as if it had been seen.

    Attributes:
        values: of the columns, in a text with no known n-gram.
        is_yes: the answer to be expected.
        weight: beside the other rows of this kind.
    """

    values: tuple[float, ...]
    is_yes: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Extras:
    """Further columns of a text beside its n-grams.

    Attributes:
        name: what makes them, with its version; a model that was fitted with them asks for it.
        columns: one name a column, as explanations show it.
        of: texts and their languages ("" where not known) to values, [texts, columns].
        known: what is known of them beforehand; fitting counts it as a few more texts.
    """

    name: str
    columns: tuple[str, ...]
    of: Callable[[Sequence[str], Sequence[str]], Floats]
    known: tuple[Known, ...] = ()


def joined_extras(first: Extras, second: Extras) -> Extras:
    """The columns of both."""

    def both(texts: Sequence[str], languages: Sequence[str]) -> Floats:
        return np.hstack([first.of(texts, languages), second.of(texts, languages)])

    none_of_second, none_of_first = ((0.0,) * len(one.columns) for one in (second, first))
    known = [replace(one, values=one.values + none_of_second) for one in first.known]
    known += [replace(one, values=none_of_first + one.values) for one in second.known]
    columns = (*first.columns, *second.columns)
    return Extras(f"{first.name} + {second.name}", columns, both, tuple(known))


NO_EXTRAS = Extras("", (), lambda texts, _: np.zeros((len(texts), 0)))


@dataclass(frozen=True)
class Calibration:
    """How a text's weight becomes a probability, and what counts as yes.

    Attributes:
        slope, shift: of the logistic curve, by cross-fitting.
        threshold: probability from which a text is a yes.
        doubt: half the width of the band round the threshold, in probability, in which the
            model does not answer when abstaining is asked for.
    """

    slope: float = 1.0
    shift: float = 0.0
    threshold: float = 0.5
    doubt: float = 0.0

    def probability(self, weight: Floats) -> Floats:
        """The probability of yes of each weight."""
        raised = np.clip(self.slope * weight + self.shift, -35.0, 35.0)
        return np.asarray(1.0 / (1.0 + np.exp(-raised)), np.float64)


@dataclass(frozen=True)
class TextModel:
    """A fitted model.

    Attributes:
        settings: which n-grams it reads.
        weight: of each bucket; 0 for those never met.
        extra_weight: of each further column.
        bias: weight of a text without anything known.
        calibration: from weight to probability.
        card: what it was fitted on and how well it does; plain values, as saved.
    """

    settings: NgramSettings
    weight: Weights
    extra_weight: Floats
    bias: float
    calibration: Calibration
    card: Mapping[str, Any]

    @property
    def extras_name(self) -> str:
        """The further columns that it was fitted with; empty for none."""
        return str(self.card.get("extras", ""))

    def weights(
        self, texts: Sequence[str], languages: Sequence[str] = (), extras: Extras = NO_EXTRAS
    ) -> Floats:
        """The weight of each text.

        Raises:
            ValueError: when `extras` are not those that the model was fitted with.
        """
        if extras.name != self.extras_name:
            raise ValueError(
                f"the model was fitted with {self.extras_name or 'no further columns'}, "
                f"not with {extras.name or 'none'}; fit it again with `mawj train text`"
            )
        said = languages or [""] * len(texts)
        found = buckets(texts, self.settings)
        summed = summed_weights(found, self.weight)
        return np.asarray(summed + self.bias + extras.of(texts, said) @ self.extra_weight)

    def probabilities(
        self, texts: Sequence[str], languages: Sequence[str] = (), extras: Extras = NO_EXTRAS
    ) -> Floats:
        """The calibrated probability of yes of each text."""
        return self.calibration.probability(self.weights(texts, languages, extras))

    def decided(self, probabilities: Floats) -> npt.NDArray[np.int8]:
        """1 for yes, 0 for no, -1 in the band of doubt where the model does not answer."""
        away = probabilities - self.calibration.threshold
        answer = (away >= 0).astype(np.int8)
        answer[np.abs(away) < self.calibration.doubt] = -1
        return answer

    def reasons(
        self, text: str, language: str = "", extras: Extras = NO_EXTRAS, most: int = 8
    ) -> list[tuple[str, float]]:
        """The n-grams and columns that moved a text's weight most, with how much, in order."""
        named = dict(named_buckets(text, self.settings))
        share = 1.0 / max(1.0, len(named)) ** 0.5
        values = extras.of([text], [language])[0] * self.extra_weight
        moved = [(name, float(self.weight[bucket]) * share) for bucket, name in named.items()]
        moved += list(zip(extras.columns, map(float, values), strict=True))
        moved = [(name, weight) for name, weight in moved if weight]
        return sorted(moved, key=lambda one: (-abs(one[1]), one[0]))[:most]


def summed_weights(found: Buckets, weight: Weights) -> Floats:
    """The sum of the weights of each text's buckets over the root of their number."""
    total: Floats = _summed(found.bucket, found.start, weight)
    return total


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _summed(bucket: Any, start: Any, weight: Any) -> Any:
    total = np.zeros(start.size - 1, np.float64)
    for text in range(total.size):
        n = start[text + 1] - start[text]
        for at in range(start[text], start[text + 1]):
            total[text] += weight[bucket[at]]
        if n:
            total[text] /= np.sqrt(n)
    return total
