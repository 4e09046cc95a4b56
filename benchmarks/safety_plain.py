"""Two parts of `benchmarks.safety`: false alarms on plain posts, and posts a second."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.safety_sets import Texts
from mawj.text.text_model import TextModel
from mawj.vet.safety.corrections import SURE
from mawj.vet.safety.rule_columns import rule_columns
from mawj.vet.safety.rules import MEANT, offence_scores
from mawj.worlds.world import small_world
from tests.vet.safety.plain_sentences import plain_sentences

LANGUAGES = ("ar", "fa", "en")
AT_ONCE = 20_000


def plain_texts(language: str) -> dict[str, list[str]]:
    """Texts without offence: distinct posts of the made-up world, and written sentences."""
    posts = small_world(1).tables["posts"].select(["text", "language"]).to_pylist()
    own = [p["text"] for p in posts if p["text"] and (p["language"] or "")[:2] == language]
    written = [text for code, _, text in plain_sentences() if code == language]
    return {"world": list(dict.fromkeys(own)), "sentences": written}


def false_alarms(models: Mapping[str, TextModel]) -> dict[str, Any]:
    """The share of plain texts that the rules, and a model with them, call offensive."""
    result: dict[str, Any] = {}
    columns = rule_columns("offence")
    print("\nfalse alarms      rules   in vetting (model at its own line)   texts")
    for language in LANGUAGES:
        for kind, texts in plain_texts(language).items():
            if not texts:
                continue
            said = [language] * len(texts)
            rules = float(np.mean(np.array(offence_scores(texts, said)) >= MEANT))
            end = "" if kind == "world" else f"_{kind}"
            result[f"false_alarms_rules{end}_{language}"] = round(rules, 5)
            model, shown = models.get(language), "–"
            if model is not None:
                p = model.probabilities(texts, said, columns)
                line = model.calibration.threshold
                plain = np.array(offence_scores(texts, said)) >= MEANT
                # As vetting does: a model alone must be sure, and in doubt the rules answer.
                is_open = np.abs(p - line) < model.calibration.doubt
                raised = np.where(is_open, plain, (p >= line) & (plain | (p >= SURE)))
                share, bare = float(np.mean(raised)), float(np.mean(p >= line))
                result[f"false_alarms{end}_{language}"] = round(share, 5)
                result[f"false_alarms_model{end}_{language}"] = round(bare, 5)
                shown = f"{100 * share:.2f} % ({100 * bare:.2f} %)"
            print(f"{kind:10} {language}   {100 * rules:6.2f} %   {shown:>9}   {len(texts):,}")
    return result


def speeds(sets: list[Texts], model: TextModel) -> dict[str, int]:
    """Posts a second of processor time on short texts whose language is stored.

    The sets were gathered for their abuse, about half of each; plain ones are the posts of the
    made-up world, which the rules read faster because they find nothing to weigh.
    """
    abusive = [(t, s.language) for s in sets for t in s.rows.texts[:3_000]]
    words, languages = _at_once(abusive)
    plain, codes = _at_once(
        [(t, language) for language in LANGUAGES for t in plain_texts(language)["world"]]
    )
    made = {
        "posts_per_second_rules": _rate(lambda: offence_scores(words, languages), len(words)),
        "posts_per_second_rules_plain": _rate(lambda: offence_scores(plain, codes), len(plain)),
        "posts_per_second_model": _rate(lambda: model.probabilities(words), len(words)),
    }
    for name, rate in made.items():
        print(f"{name}: {rate:,}")
    return made


def _at_once(texts: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Short texts and their languages, said again until they are AT_ONCE."""
    short = [(text, language) for text, language in texts if len(text) <= 140]
    short = (short * (AT_ONCE // max(1, len(short)) + 1))[:AT_ONCE]
    return [text for text, _ in short], [language for _, language in short]


def _rate(work: Callable[[], object], n: int) -> int:
    """The median of three rounds, after the first."""
    seconds = []
    for _ in range(3):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return round(n / sorted(seconds)[1])
