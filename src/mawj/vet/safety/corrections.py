"""What the team's own models and labels change in what the rules found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawj.text.embedding import embedder
from mawj.text.meaning_columns import meaning_columns
from mawj.text.model_file import load_model
from mawj.text.text_model import Extras, joined_extras
from mawj.vet.safety.rule_columns import columns_of, rule_columns
from mawj.vet.safety.rules import MEANT, Spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

LABEL = "label"
SURE = 0.75
"""Probability a model needs to raise a post that the rules do not hold to be plain. At the line
that is best for macro-F1, up to 8 % of plain sentences on faith, medicine and football were
raised; at this one no more than 1 % (`benchmarks.safety`). Our judgement."""


@dataclass(frozen=True)
class Judged:
    """What one text says of one subject, and who said so; empty for the rules."""

    spoken: Spoken
    judged_by: str = ""


class Corrections:
    """Models and labels made ready.

    Args:
        trained_models: subject, path, name and languages; see the declared table.
        labels: subject, post_id and is_yes of single posts.
    """

    def __init__(self, trained_models: pa.Table, labels: pa.Table) -> None:
        self._models = [
            (row, load_model(Path(row["path"]))) for row in trained_models.to_pylist()
        ]
        told = labels.select(["post_id", "subject", "is_yes"]).to_pylist()
        self._said: dict[str, dict[str, bool]] = {}
        for row in told:
            if row["post_id"] is not None:
                self._said.setdefault(row["post_id"], {})[row["subject"]] = row["is_yes"]

    def corrected(
        self, posts: Sequence[dict[str, Any]], found: Sequence[Sequence[Spoken]]
    ) -> list[list[Judged]]:
        """What each post says, after the models, then after the labels.

        Reads:
            posts: post_id, text and language of each.
            found: what the rules say of each.
        """
        made = [{s.subject: Judged(s) for s in every} for every in found]
        for row, model in self._models:
            self._by_model(row, model, (posts, found, made))
        for post, every in zip(posts, made, strict=True):
            for subject, is_yes in self._said.get(post["post_id"], {}).items():
                _by_label(every, subject, is_yes=is_yes)
        return [list(every.values()) for every in made]

    def _by_model(self, row: dict[str, Any], model: Any, told: Any) -> None:
        """Let one model answer for the posts that are in one of its languages."""
        posts, found, made = told
        codes = set(row["languages"])
        mine = [n for n, p in enumerate(posts) if p["text"] and p["language"] in codes]
        if not mine:
            return
        subject = row["subject"]
        texts = [posts[n]["text"] for n in mine]
        columns = columns_of([found[n] for n in mine], subject)
        rules = replace(rule_columns(subject), of=lambda _, __: columns)
        extras = rules if model.extras_name == rules.name else _with_meaning(rules)
        p = model.probabilities(texts, [posts[n]["language"] for n in mine], extras)
        answers = model.decided(p)
        line = model.calibration.threshold
        for n, share, answer in zip(mine, p.tolist(), answers.tolist(), strict=True):
            strength = _strength(share, line)
            before = made[n].get(subject)
            is_plain = before is not None and before.spoken.strength >= MEANT
            is_about = before is not None and before.spoken.is_about
            if answer == 1 and not is_about and (is_plain or share >= SURE):
                words = before.spoken.words if before else ()
                spoken = Spoken(subject, strength, is_about=False, words=words)
                made[n][subject] = Judged(spoken, row["name"])
            elif answer == 0 and before:
                least = min(strength, before.spoken.strength)
                made[n][subject] = Judged(replace(before.spoken, strength=least), row["name"])


def _strength(p: float, line: float) -> float:
    """A probability on the scale of the rules: the model's line stands where theirs does."""
    if p >= line:
        return MEANT + (1.0 - MEANT) * (p - line) / max(1.0 - line, 1e-9)
    return MEANT * p / max(line, 1e-9)


def _by_label(every: dict[str, Judged], subject: str, *, is_yes: bool) -> None:
    if not is_yes:
        every.pop(subject, None)
        return
    words = every[subject].spoken.words if subject in every else ()
    every[subject] = Judged(Spoken(subject, 1.0, is_about=False, words=words), LABEL)


def _with_meaning(rules: Extras) -> Extras:
    return joined_extras(rules, meaning_columns(embedder()))
