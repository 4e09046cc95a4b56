"""Fake followers: a model fitted on one public set and asked about another, and about families.

``python -m benchmarks.followers [--data FOLDER]``. FOLDER holds the public sets of Kaggle's
Instagram accounts, InstaFake, Cresci-2015 and Cresci-2017, each in a folder of its own, or the
files of one set directly.

Over every ordered pair of sets the model of `mawj train followers` is fitted on the first and
asked about the second: as `mawj vet` asks it, with the target platform's population known
without its labels (here: the rows of the second set). Beside it, in the same run, `plain`:
scikit-learn's HistGradientBoosting on the raw fields that both sets know. `alone` is our model
without any look at the population. One family of a set with several is then left out of the
fit: recall at cut 0.5 on it, false alarms on genuine accounts that were not fitted on either
(five folds), and the area between the two. Last each set by itself, five folds.

Prints tables, then ``RESULT {json}``: ``auc_A_B``, ``mcc_A_B``, ``f1_A_B``, ``brier_A_B``,
``ece_A_B`` for each pair; ``recall_unseen_FAMILY``, ``false_unseen_FAMILY``,
``auc_unseen_FAMILY``; ``auc_in_A``, ``mcc_in_A``, ``f1_in_A``; ``mean_mcc_across``,
``mean_auc_across``, ``mean_recall_unseen``; ``panel_auc_A``, ``panel_specificity_A`` and
``panel_sensitivity_FAMILY`` of the detectors as shipped, fitted on nothing; of audiences mixed
with 5, 20, 40 and 66 % of each family, told by error rates of the other sets: ``share_bias_5``,
``share_error_5`` (mean distance), ``share_held_5`` (how often the 90 % interval holds it), …,
and ``plain_share_…`` by Rogan and Gladen's correction alone. The same with ``plain_`` before
them, and for pairs ``alone_``. MCC and area with ``_low`` and ``_high``: 90 %, bootstrap over
target rows.
"""

import argparse
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.followers_sets import GENUINE, Labelled, sets_of
from mawj.vet.follower_model import (
    UNMOVED,
    FollowerFitLimits,
    fit,
    log_odds,
    moved_to,
    probability,
)
from mawj.vet.follower_signs import Floats, signs_of
from mawj.vet.panel import disagreement, rule_words, together
from mawj.vet.prevalence import RATES, ErrorRates, corrected, pooled

Flags = npt.NDArray[np.bool_]
REPLICATES, SEED, N_FOLDS = 300, 20150214, 5
LIMITS = FollowerFitLimits()
SHARES, AUDIENCE, MIXES = (0.05, 0.2, 0.4, 0.66), 400, 100


def area(value: Floats, yes: Flags) -> float:
    """Area under the ROC curve, ties counted half."""
    order = np.argsort(value, kind="stable")
    _, start, size = np.unique(value[order], return_index=True, return_counts=True)
    rank = np.repeat(start + (size + 1) / 2.0, size)
    n_yes = int(yes.sum())
    above = rank[yes[order]].sum() - n_yes * (n_yes + 1) / 2.0
    return float(above / max(n_yes * (len(yes) - n_yes), 1))


def matthews(said: Flags, yes: Flags) -> float:
    """Matthews' correlation of what is said with what is so; 0 where one side is empty."""
    if said.all() or not said.any():
        return 0.0
    return float(np.corrcoef(said, yes)[0, 1])


def f1(said: Flags, yes: Flags) -> float:
    """Harmonic mean of precision and recall."""
    return float(2 * (said & yes).sum() / max(said.sum() + yes.sum(), 1))


def ece(p: Floats, yes: Flags, bins: int = 10) -> float:
    """Expected calibration error over ten equal bins (Naeini et al. 2015)."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [abs(p[place == b].sum() - yes[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(p))


def figures(p: Floats, yes: Flags, *, interval: bool = True) -> dict[str, float]:
    """Every figure of one answer, at cut 0.5."""
    said = p >= 0.5
    made = {
        "auc": area(p, yes), "mcc": matthews(said, yes), "f1": f1(said, yes),
        "brier": float(((p - yes) ** 2).mean()), "ece": ece(p, yes),
    }  # fmt: skip
    if interval:
        random = np.random.default_rng(SEED)
        draws = [random.integers(len(p), size=len(p)) for _ in range(REPLICATES)]
        for name, of in (("auc", lambda d: area(p[d], yes[d])),
                         ("mcc", lambda d: matthews(said[d], yes[d]))):  # fmt: skip
            low, high = np.quantile([of(draw) for draw in draws], [0.05, 0.95])
            made |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return made


def mawj(train: Labelled, test: Labelled, *, moves: bool = True) -> Floats:
    """The product's model, moved to the population of `test` or not."""
    model = fit(signs_of(train.faces), train.is_fake, LIMITS)
    asked = signs_of(test.faces)
    moved = moved_to(model, asked, LIMITS) if moves else UNMOVED
    return probability(log_odds(model, asked, moved))


def alone(train: Labelled, test: Labelled) -> Floats:
    """The product's model without a look at the population."""
    return mawj(train, test, moves=False)


def plain(train: Labelled, test: Labelled) -> Floats:
    """Gradient boosting on the raw fields that both sets know."""
    known = [
        name
        for name, values in train.faces.items()
        if name in test.faces
        and np.isfinite(values).any()
        and np.isfinite(test.faces[name]).any()
    ]
    model = HistGradientBoostingClassifier(random_state=0)
    model.fit(np.column_stack([train.faces[name] for name in known]), train.is_fake)
    rows = np.column_stack([test.faces[name] for name in known])
    return np.asarray(model.predict_proba(rows)[:, 1])


def folds(rows: npt.NDArray[np.int64]) -> Iterator[tuple[Any, Any]]:
    """(rows to fit on, rows to ask about), five times."""
    mixed = np.random.default_rng(SEED).permutation(rows)
    for part in range(N_FOLDS):
        asked = mixed[part::N_FOLDS]
        yield np.setdiff1d(mixed, asked), asked


def within(one: Labelled, of: Callable[[Labelled, Labelled], Floats]) -> Floats:
    """What a model fitted on four fifths says of the last one, for every row."""
    said = np.full(len(one.is_fake), np.nan)
    by_label = [folds(np.flatnonzero(one.is_fake == label)) for label in (False, True)]
    for (left, left_out), (right, right_out) in zip(*by_label, strict=True):
        asked = np.concatenate([left_out, right_out])
        said[asked] = of(one.at(np.concatenate([left, right])), one.at(asked))
    return said


def unseen(
    one: Labelled, family: str, of: Callable[[Labelled, Labelled], Floats]
) -> dict[str, float]:
    """How a model does on a family that it was not fitted on."""
    fake = np.flatnonzero(one.is_fake)
    others, left_out = fake[one.family[fake] != family], fake[one.family[fake] == family]
    on_fake, on_genuine = [], []
    for fitted, asked in folds(np.flatnonzero(one.family == GENUINE)):
        test = one.at(np.concatenate([asked, left_out]))
        p = of(one.at(np.concatenate([fitted, others])), test)
        on_genuine.append(p[: len(asked)])
        on_fake.append(p[len(asked) :])
    areas = [
        area(np.concatenate([g, f]), np.repeat([False, True], [len(g), len(f)]))
        for g, f in zip(on_genuine, on_fake, strict=True)
    ]
    return {
        "recall": float((np.concatenate(on_fake) >= 0.5).mean()),
        "false": float((np.concatenate(on_genuine) >= 0.5).mean()),
        "auc": float(np.mean(areas)),
    }


def across(sets: dict[str, Labelled], result: dict[str, Any]) -> None:
    """Every ordered pair of sets."""
    asked = {"": mawj, "alone_": alone, "plain_": plain}
    print(f"{'fitted on → asked about':<26}" + "".join(
        f"{name or 'mawj':>8} auc   mcc (90 %)        f1   ece" for name in asked))  # fmt: skip
    for first, train in sets.items():
        for second, test in sets.items():
            if first == second:
                continue
            line = f"{first + ' → ' + second:<26}"
            for before, of in asked.items():
                made = figures(of(train, test), test.is_fake)
                result |= {f"{before}{k}_{first}_{second}": v for k, v in made.items()}
                ends = f"({made['mcc_low']:.2f}–{made['mcc_high']:.2f})"
                line += f"      {made['auc']:.3f} {made['mcc']:6.3f} {ends}"
                line += f" {made['f1']:.3f} {made['ece']:.3f}"
            print(line)
    pairs = [f"{a}_{b}" for a in sets for b in sets if a != b]
    for before in asked if pairs else ():
        for name in ("mcc", "auc", "f1", "brier", "ece"):
            values = [result[f"{before}{name}_{pair}"] for pair in pairs]
            result[f"{before}mean_{name}_across"] = float(np.mean(values))
            result[f"{before}least_{name}_across"] = float(np.min(values))


def families(sets: dict[str, Labelled], result: dict[str, Any]) -> None:
    """Each family of a set with several, left out in turn."""
    recalls: dict[str, list[float]] = {"": [], "plain_": []}
    for name, one in sets.items():
        known = sorted(set(one.family[one.is_fake]))
        for family in known if len(known) > 1 else ():
            for before, of in (("", mawj), ("plain_", plain)):
                made = unseen(one, family, of)
                recalls[before].append(made["recall"])
                result |= {f"{before}{k}_unseen_{family}": v for k, v in made.items()}
                shown = "  ".join(f"{key} {value:.3f}" for key, value in made.items())
                print(f"{name}: {family} unseen, {before or 'mawj'}: {shown}")
    for before, values in recalls.items():
        if values:
            result[f"{before}mean_recall_unseen"] = float(np.mean(values))


def by_itself(sets: dict[str, Labelled], result: dict[str, Any]) -> None:
    """Each set, five folds."""
    for name, one in sets.items():
        for before, of in (("", mawj), ("plain_", plain)):
            made = figures(within(one, of), one.is_fake)
            result |= {f"{before}{k}_in_{name}": v for k, v in made.items()}
            shown = "  ".join(f"{key} {value:.3f}" for key, value in made.items())
            print(f"{name}, five folds, {before or 'mawj'}: {shown}")


def panel(sets: dict[str, Labelled], result: dict[str, Any]) -> None:
    """The panel's detectors as shipped, fitted on nothing: the error rates that checks use."""
    for name, one in sets.items():
        words = rule_words(one.faces)
        odds = together(words)
        genuine = ~one.is_fake
        result[f"panel_auc_{name}"] = area(np.nan_to_num(odds, nan=-30.0), one.is_fake)
        result[f"panel_mcc_{name}"] = matthews(odds >= 0.0, one.is_fake)
        result[f"panel_specificity_{name}"] = float((odds < 0.0)[genuine].mean())
        for family in sorted(set(one.family[one.is_fake])):
            found = float((odds >= 0.0)[one.family == family].mean())
            result[f"panel_sensitivity_{family}"] = found
            print(f"panel, {name}: {family} found {found:.3f}")
        split = disagreement(words)
        result[f"panel_split_{name}"] = float(np.nanmean(split))
        said = {detector: word >= 0.0 for detector, word in words.items()}
        shown = "  ".join(
            f"{detector} {found[one.is_fake].mean():.2f}/{found[genuine].mean():.2f}"
            for detector, found in said.items()
        )
        print(f"panel, {name}: specificity {result[f'panel_specificity_{name}']:.3f}, "
              f"split {np.nanmean(split):.2f}; of fake/genuine each finds {shown}")  # fmt: skip


def mixes(sets: dict[str, Labelled], result: dict[str, Any]) -> None:
    """Audiences of known shares of fakes, told by error rates measured on the other sets."""
    random = np.random.default_rng(SEED)
    for share in SHARES:
        told: list[tuple[float, float, bool]] = []
        for name, one in sets.items():
            said = np.nan_to_num(together(rule_words(one.faces)), nan=-30.0) >= 0.0
            rates = rates_without(name)
            for family in sorted(set(one.family[one.is_fake])):
                fakes, genuine = one.family == family, ~one.is_fake
                found = np.array(
                    [_audience(random, said[fakes], said[genuine], share) for _ in range(MIXES)]
                )
                n = np.full(MIXES, float(AUDIENCE))
                made = corrected(found, n, rates)
                plain = (found / n + rates.specificity - 1.0) / (
                    rates.sensitivity + rates.specificity - 1.0
                )
                plain = np.clip(plain, made.low, made.high)
                held = (made.low <= share) & (share <= made.high)
                told += list(zip(made.share - share, plain - share, held, strict=True))
        if not told:
            continue
        middle, plain_error, held = (np.array(column) for column in zip(*told, strict=True))
        at = f"{share:.0%}".rstrip("%")
        result |= {
            f"share_bias_{at}": float(middle.mean()),
            f"share_error_{at}": float(np.abs(middle).mean()),
            f"share_held_{at}": float(held.mean()),
            f"plain_share_bias_{at}": float(plain_error.mean()),
            f"plain_share_error_{at}": float(np.abs(plain_error).mean()),
        }
        print(f"{at} % fake: told {middle.mean():+.3f} off ({np.abs(middle).mean():.3f}),"
              f" Rogan-Gladen {plain_error.mean():+.3f} ({np.abs(plain_error).mean():.3f});"
              f" interval holds it {held.mean():.2f}")  # fmt: skip


def rates_without(name: str) -> ErrorRates:
    """The error rates in force as they would be had the set `name` not been measured."""
    told = tomllib.loads(RATES.read_text("utf-8"))
    pairs = {
        kind: [(row["share"], row["n"]) for row in told[kind] if row["set"] != name]
        for kind in ("sensitivity", "specificity")
    }
    se, n_se = pooled(pairs["sensitivity"])
    sp, n_sp = pooled(pairs["specificity"])
    return ErrorRates(se, sp, n_se, n_sp, f"without {name}")


def _audience(random: np.random.Generator, fakes: Flags, genuine: Flags, share: float) -> float:
    """How many of an audience, `share` of it fake, the panel takes for fake."""
    n_fake = round(share * AUDIENCE)
    found = random.choice(fakes, n_fake).sum() + random.choice(genuine, AUDIENCE - n_fake).sum()
    return float(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    data: Path | None = parser.parse_args().data
    sets = sets_of(data) if data is not None and data.is_dir() else {}
    if not sets:
        print('RESULT {"skipped": "no set of fake accounts stands in the data folder"}')
        return
    result: dict[str, Any] = {}
    for name, one in sets.items():
        counted = {f: int((one.family == f).sum()) for f in sorted(set(one.family))}
        print(f"{name}: {counted}")
        result[f"n_{name}"] = len(one.is_fake)
    panel(sets, result)
    mixes(sets, result)
    across(sets, result)
    families(sets, result)
    by_itself(sets, result)
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
