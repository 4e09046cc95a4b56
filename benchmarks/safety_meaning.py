"""What the embedding of the `semantic` extra adds, measured on few texts because it is slow."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.safety_sets import Texts
from mawj.text.embedding import Embedder, embedder
from mawj.text.fitting import FitSettings, LabelledTexts, fit_text_model
from mawj.text.judging import area, macro_f1
from mawj.text.meaning_columns import meaning_columns
from mawj.text.text_model import NO_EXTRAS, Extras, joined_extras
from mawj.vet.safety.rule_columns import rule_columns

EACH = 300
YES = (
    "an insult against a person", "hate speech against a group of people", "vulgar swearing",
    "شتيمة وإهانة لشخص", "فحش و ناسزا به کسی",
)  # fmt: skip
NO = (
    "a friendly comment", "news and information", "an opinion said politely",
    "تعليق لطيف", "یک نظر محترمانه",
)  # fmt: skip
LEAST = 40


class _Remembering:
    """An embedder that reads each text once."""

    def __init__(self, inner: Embedder) -> None:
        self.name, self._inner = inner.name, inner
        self._known: dict[str, npt.NDArray[np.float32]] = {}

    def passages(self, texts: Any) -> npt.NDArray[np.float32]:
        new = list(dict.fromkeys(t for t in texts if t not in self._known))
        if new:
            self._known |= dict(zip(new, self._inner.passages(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def query(self, text: str) -> npt.NDArray[np.float32]:
        return self._inner.query(text)


def meaning_figures(sets: list[Texts]) -> dict[str, Any]:
    """Macro-F1 and area with and without meaning, in a language and across languages."""
    try:
        reader = _Remembering(embedder())
    except ImportError:
        print("the embedding is left out: the semantic extra is not installed")
        return {}
    small = [
        Texts(s.name, s.language, s.rows.at(np.arange(min(EACH, len(s.rows.texts)))))
        for s in sets
    ]
    meaning, rules = meaning_columns(reader), rule_columns("offence")
    ways = {
        "n-grams": NO_EXTRAS, "n-grams + meaning": meaning, "n-grams + rules": rules,
        "n-grams + rules + meaning": joined_extras(rules, meaning),
    }  # fmt: skip
    result: dict[str, Any] = {}
    print(f"\n{EACH} texts a set            macro-F1   AUC")
    for kind, pairs in _pairs(small).items():
        for way, extras in ways.items():
            found = list(_judged(pairs, extras))
            if found:
                f1, auc = np.mean(found, axis=0)
                name = f"meaning_{kind}_{way.replace(' + ', '_').replace('-', '')}"
                result |= {name: round(float(f1), 4), f"{name}_auc": round(float(auc), 4)}
                print(f"{kind:10} {way:28} {f1:.3f}  {auc:.3f}   over {len(found)}")
    return result | _zero_shot(small, reader)


def _pairs(small: list[Texts]) -> dict[str, list[tuple[LabelledTexts, LabelledTexts]]]:
    """What is fitted on and what is judged: sets of one language, then languages."""
    same = [
        (a.rows, b.rows) for a in small for b in small
        if a.name != b.name and a.language == b.language
    ]  # fmt: skip
    languages = sorted({one.language for one in small})
    whole = {
        language: LabelledTexts(
            [t for s in small if s.language == language for t in s.rows.texts],
            [t for s in small if s.language == language for t in s.rows.languages],
            np.concatenate([s.rows.is_yes for s in small if s.language == language]),
        )
        for language in languages
    }
    other = [(whole[a], whole[b]) for a in languages for b in languages if a != b]
    return {"sets": same, "languages": other}


def _judged(
    pairs: list[tuple[LabelledTexts, LabelledTexts]], extras: Extras
) -> Iterator[tuple[float, float]]:
    fitted: dict[int, Any] = {}
    for rows, test in pairs:
        if min(rows.is_yes.sum(), (~rows.is_yes).sum()) < LEAST:
            continue
        if id(rows) not in fitted:
            fitted[id(rows)] = fit_text_model(rows, FitSettings(), extras=extras)
        model = fitted[id(rows)]
        p = model.probabilities(test.texts, test.languages, extras)
        yield macro_f1(p >= model.calibration.threshold, test.is_yes), area(p, test.is_yes)


def _zero_shot(small: list[Texts], reader: _Remembering) -> dict[str, Any]:
    """No labelled text at all: nearer to descriptions of offence than of its absence."""
    yes, no = (np.mean([reader.query(t) for t in said], axis=0) for said in (YES, NO))
    result: dict[str, Any] = {}
    for language in sorted({one.language for one in small}):
        own = [s.rows for s in small if s.language == language]
        found = []
        for rows in own:
            nearer = reader.passages(rows.texts) @ (yes - no)
            answers = nearer >= np.median(nearer)
            found.append((macro_f1(answers, rows.is_yes), area(nearer, rows.is_yes)))
        f1, auc = np.mean(found, axis=0)
        result |= {f"meaning_zero_shot_{language}": round(float(f1), 4),
                   f"meaning_zero_shot_{language}_auc": round(float(auc), 4)}  # fmt: skip
        print(f"zero-shot  {language}, cut at the median         {f1:.3f}  {auc:.3f}")
    return result
