"""How well offence is told in Arabic, Persian and English: rules, and rules with a model.

``python -m benchmarks.safety [--data FOLDER] [--no-meaning]``. FOLDER is laid out like the
public sets, or holds one set's files directly; `benchmarks.safety_sets` says which files are
known (by their columns, so other sets of the same form count too).

Four judges see the same texts, each set cut to 3,000 (a fixed draw):

* the rules of `mawj.vet.safety` alone, which no set has touched: a yes from their strength 0.5;
* the model that `mawj train text` fits on the rows of one set, n-grams and rules together;
* the same without rules;
* the baseline: TF-IDF of character n-grams (2 to 5, inside words) with logistic regression, cut
  at 0.5, as in the README of the sets.

In-set figures are 5-fold cross-validation with repeated texts in one fold; where a set has an
official test part, also train to test. Across sets of one language each judge is fitted on one
set and judges every other, and is fitted on all the others together (1,000 texts of each) and
judges the one left out. Texts that stand in both are left out of the test. Macro-F1 throughout,
with 90 % intervals by drawing the test texts again.

False alarms: the share of plain posts called offensive, in the made-up world (which holds no
offence) and in sentences on faith, medicine and football written for the tests.

The embedding of the `semantic` extra reads about 80 texts a second, so what it adds is measured
on 300 texts a set: in language, and from one language to another.

Ends with ``RESULT {json}``: ``macro_f1`` (mean over ordered pairs of sets of one language),
``macro_f1_<language>``, ``macro_f1_<train>_<test>``, ``macro_f1_others`` (fitted on all others)
and ``macro_f1_others_<test>``; the same with ``rules`` (``macro_f1_rules…``), ``model_alone``
and ``baseline``; ``in_set_<set>``, ``official_<set>``; ``false_alarms…``;
``posts_per_second_…``; ``meaning_…``.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.safety_baseline import Baseline
from benchmarks.safety_meaning import meaning_figures
from benchmarks.safety_plain import false_alarms, speeds
from benchmarks.safety_sets import Texts, found_sets, without
from mawj.text.fitting import FitSettings, LabelledTexts, fit_text_model
from mawj.text.judging import macro_f1
from mawj.text.text_model import NO_EXTRAS, Extras, TextModel
from mawj.vet.safety.rule_columns import rule_columns
from mawj.vet.safety.rules import MEANT, offence_scores

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

MOST, MOST_OF_OTHERS, REPLICATES, SEED = 3_000, 1_000, 400, 20240501
JUDGES = ("", "model_alone", "rules", "baseline")


class Remembered:
    """Columns and scores of the rules, worked out once for each text."""

    def __init__(self, sets: list[Texts]) -> None:
        columns = rule_columns("offence")
        self.row: dict[tuple[str, str], Floats] = {}
        self.score: dict[tuple[str, str], float] = {}
        for rows in [r for s in sets for r in (s.rows, s.held) if r is not None]:
            keys = list(zip(rows.texts, rows.languages, strict=True))
            made = columns.of(rows.texts, rows.languages)
            self.row |= dict(zip(keys, made, strict=True))
            scores = offence_scores(rows.texts, rows.languages)
            self.score |= dict(zip(keys, scores, strict=True))
        self.extras = Extras(columns.name, columns.columns, self._of, columns.known)

    def _of(self, texts: Any, languages: Any) -> Floats:
        return np.array([self.row[key] for key in zip(texts, languages, strict=True)])

    def rules(self, rows: LabelledTexts) -> Bools:
        """What the rules alone say."""
        keys = zip(rows.texts, rows.languages, strict=True)
        return np.array([self.score[key] >= MEANT for key in keys])


@dataclass(frozen=True)
class Judge:
    """What was fitted on one set, or on several."""

    full: TextModel
    alone: TextModel
    baseline: Baseline


def fitted(rows: LabelledTexts, known: Remembered) -> Judge:
    """Everything that is fitted, on `rows`."""
    settings = FitSettings()
    return Judge(
        fit_text_model(rows, settings, extras=known.extras),
        fit_text_model(rows, settings, extras=NO_EXTRAS),
        Baseline(rows),
    )


def said(judge: Judge, rows: LabelledTexts, known: Remembered) -> dict[str, Bools]:
    """What each judge says of `rows`."""
    answers = {"rules": known.rules(rows), "baseline": judge.baseline.said(rows)}
    for name, model, extras in (
        ("", judge.full, known.extras), ("model_alone", judge.alone, NO_EXTRAS),
    ):  # fmt: skip
        p = model.probabilities(rows.texts, rows.languages, extras)
        answers[name] = p >= model.calibration.threshold
    return answers


def together(sets: list[Texts], left_out: Texts) -> LabelledTexts:
    """Some rows of every set but one."""
    parts = [
        s.rows.at(np.arange(min(MOST_OF_OTHERS, len(s.rows.texts))))
        for s in sets
        if s.name != left_out.name and s.language == left_out.language
    ]
    return LabelledTexts(
        [text for part in parts for text in part.texts],
        [language for part in parts for language in part.languages],
        np.concatenate([part.is_yes for part in parts]),
    )


Figure = tuple[float, Floats]


def figure(answers: Bools, is_yes: Bools, random: np.random.Generator) -> Figure:
    """Macro-F1, and what it is when the texts are drawn again and again."""
    cells = np.bincount(2 * answers + is_yes, minlength=4)
    drawn = random.multinomial(cells.sum(), cells / cells.sum(), REPLICATES)
    right_no, missed, wrong_yes, hit = (drawn[:, i] for i in range(4))
    wrong = missed + wrong_yes
    parts = [2 * r / np.maximum(2 * r + wrong, 1) for r in (hit, right_no)]
    return macro_f1(answers, is_yes), np.asarray((parts[0] + parts[1]) / 2)


def key(*words: str) -> str:
    """The words that are not empty, with underscores between."""
    return "_".join(word for word in words if word)


def in_sets(sets: list[Texts], judges: dict[str, Judge], known: Remembered) -> dict[str, Any]:
    """Each set at home: cross-validation, and its official test part where there is one."""
    result: dict[str, Any] = {}
    print(f"{'in set':16} {'texts':>6} {'yes':>5}  rules+model (90 %)     alone  rules  base")
    for one in sets:
        judge = judges[one.name]
        home = judge.full.card["figures"]["all"]
        told = {
            "in_set": home["macro_f1"],
            "model_alone_in_set": judge.alone.card["figures"]["all"]["macro_f1"],
            "rules_in_set": macro_f1(known.rules(one.rows), one.rows.is_yes),
            "baseline_in_set": judge.baseline.in_set,
        }
        result |= {key(name, one.name): round(value, 4) for name, value in told.items()}
        ends = f"({home['macro_f1_low']:.3f}-{home['macro_f1_high']:.3f})"
        values = [f"{value:.3f}" for value in told.values()]
        print(f"{one.name:16} {home['rows']:6} {home['yes'] / home['rows']:5.2f}  {values[0]} "
              f"{ends}     {'  '.join(values[1:])}")  # fmt: skip
        if one.held is not None:
            test = without(one.held, one.rows)
            for name, answers in said(judge, test, known).items():
                value = macro_f1(answers, test.is_yes)
                result[key("official", name, one.name)] = round(value, 4)
                shown = name or "rules+model"
                print(f"  official test  {len(test.texts):6} {shown:12} {value:.3f}")
    return result


def across(
    sets: list[Texts], judges: dict[str, Judge], known: Remembered
) -> Iterator[tuple[str, str, str, dict[str, Figure]]]:
    """Fitted on one set or on all the others, and judging another of the same language."""
    random = np.random.default_rng(SEED)
    for test in sets:
        others = [s for s in sets if s.language == test.language and s.name != test.name]
        if not others:
            continue
        trained = [(s.name, s.rows, judges[s.name]) for s in others]
        if len(others) > 1:
            rows = together(sets, test)
            trained.append(("others", rows, fitted(rows, known)))
        for name, rows, judge in trained:
            judged = without(test.rows, rows)
            answers = said(judge, judged, known)
            yield (
                name,
                test.name,
                test.language,
                {
                    judge_name: figure(answer, judged.is_yes, random)
                    for judge_name, answer in answers.items()
                },
            )


def summed(
    found: list[tuple[str, str, str, dict[str, Figure]]],
) -> dict[str, Any]:
    """Means over pairs, in all and by language, and over the sets left out, with intervals."""
    result: dict[str, Any] = {}
    languages = sorted({language for _, _, language, _ in found})
    for kind in ("", "others"):
        for language in ("", *languages):
            own = [
                figures for train, _, said_in, figures in found
                if (train == "others") == (kind == "others") and language in ("", said_in)
            ]  # fmt: skip
            for judge in JUDGES if own else ():
                value = float(np.mean([figures[judge][0] for figures in own]))
                draws = np.mean([figures[judge][1] for figures in own], axis=0)
                low, high = np.quantile(draws, [0.05, 0.95])
                name = key("macro_f1", judge, kind, language)
                result |= {name: round(value, 4), f"{name}_low": round(low, 4),
                           f"{name}_high": round(high, 4)}  # fmt: skip
                print(f"{name:34} {value:.3f} ({low:.3f}-{high:.3f}) over {len(own)}")
    return result


def measured_across(
    sets: list[Texts], judges: dict[str, Judge], known: Remembered
) -> dict[str, Any]:
    """Every figure across sets."""
    result: dict[str, Any] = {}
    found = []
    print(f"\n{'fitted on':14} {'judging':14} rules+model (90 %)   alone  rules  base")
    for row in across(sets, judges, known):
        train, test, _, figures = row
        found.append(row)
        low, high = np.quantile(figures[""][1], [0.05, 0.95])
        values = {judge: figures[judge][0] for judge in JUDGES}
        beside = "  ".join(f"{values[judge]:.3f}" for judge in JUDGES[1:])
        shown = f"{values['']:.3f} ({low:.3f}-{high:.3f})"
        print(f"{train:14} {test:14} {shown}   {beside}", flush=True)
        result |= {key("macro_f1", j, train, test): round(v, 4) for j, v in values.items()}
    return summed(found) | result if found else result


def measure(folder: Path, *, has_meaning: bool) -> dict[str, Any]:
    """Everything that RESULT holds."""
    began = time.perf_counter()
    sets = found_sets(folder, MOST)
    if not sets:
        return {"skipped": "none of the known sets of offensive texts is in the data folder"}
    known = Remembered(sets)
    judges = {one.name: fitted(one.rows, known) for one in sets}
    result = in_sets(sets, judges, known)
    result = measured_across(sets, judges, known) | result
    models = {}
    for language in sorted({one.language for one in sets}):
        named = Texts("", language, sets[0].rows)
        rows = together(sets, named)
        models[language] = fit_text_model(rows, FitSettings(), extras=known.extras)
    result |= false_alarms(models)
    result |= speeds(sets, judges[sets[0].name].alone)
    if has_meaning:
        result |= meaning_figures(sets)
    return result | {"seconds": round(time.perf_counter() - began, 1)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    parser.add_argument("--no-meaning", action="store_true", help="leave the embedding out")
    told = parser.parse_args()
    if told.data is None or not told.data.is_dir():
        print('RESULT {"skipped": "no data folder is given or it does not exist"}')
        return
    print("RESULT", json.dumps(measure(told.data, has_meaning=not told.no_meaning)))


if __name__ == "__main__":
    main()
