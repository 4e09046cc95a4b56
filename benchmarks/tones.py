"""Tones of comments: how often the term lists tell them right, and how many a second.

``python -m benchmarks.tones [--size small|middle]``. Two sets: comments written by hand beside
the lists (`tones_held_back.toml`, by language), and the comments of a made-up world of another
seed than the tests', whose tones are known. Beside the lists stands the plain guess that every
comment has the commonest tone. No row of ``--data`` is read.

Prints recall and precision of each tone, then ``RESULT {json}``: ``held_back_LANGUAGE`` and
``world`` (shares told right), ``world_commonest`` (the plain guess), ``recall_TONE`` and
``precision_TONE`` in the world, and ``comments_per_second`` of processor time on one core.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc

from mawj.vet.tones import read_comments
from mawj.worlds.size import SMALL
from mawj.worlds.world import made_up_world

SEED = 7
SIZES = {"small": SMALL, "middle": replace(SMALL, n_posts=20_000, n_comments=40_000)}
HELD_BACK = Path(__file__).with_name("tones_held_back.toml")
CALLED = {"spam": "noise"}
"""The world's words for what the lists call otherwise."""


def held_back() -> dict[str, float]:
    """The share told right of the comments written by hand, by language."""
    found = {}
    for language, tones in tomllib.loads(HELD_BACK.read_text(encoding="utf-8")).items():
        code = None if language == "romanised" else language
        pairs = [(said, text) for said, texts in tones.items() for text in texts]
        told = read_comments([text for _, text in pairs], [code] * len(pairs))
        right = [read.tone == said for read, (said, _) in zip(told, pairs, strict=True)]
        found[f"held_back_{language}"] = sum(right) / len(right)
    return found


def of_world(size: str) -> dict[str, float]:
    """Shares told right, recall and precision by tone, and the rate, in a made-up world."""
    world = made_up_world(seed=SEED, size=SIZES[size])
    comments = world.tables["comments"].select(["comment_id", "text", "language"])
    joined = comments.join(world.truth["comments"], "comment_id")
    joined = joined.filter(pc.is_valid(joined["tone"]))
    texts, codes = joined["text"].to_pylist(), joined["language"].to_pylist()
    began = time.process_time()
    told = [read.tone for read in read_comments(texts, codes)]
    spent = time.process_time() - began
    truth = [CALLED.get(tone, tone) for tone in joined["tone"].to_pylist()]
    commonest = Counter(truth).most_common(1)[0][1]
    figures = {
        "world": sum(a == b for a, b in zip(told, truth, strict=True)) / len(truth),
        "world_commonest": commonest / len(truth),
        "n_world": float(len(truth)),
        "comments_per_second": len(truth) / spent,
    }
    right = Counter(a for a, b in zip(told, truth, strict=True) if a == b)
    said, known = Counter(told), Counter(truth)
    for tone in sorted(known):
        figures[f"recall_{tone}"] = right[tone] / known[tone]
        figures[f"precision_{tone}"] = right[tone] / max(said[tone], 1)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=sorted(SIZES), default="middle")
    parser.add_argument(
        "--data", type=Path, help="not read: the comments are written or made up"
    )
    figures = held_back() | of_world(parser.parse_args().size)
    for name, value in figures.items():
        print(f"{name:32} {value:12,.3f}")
    print("RESULT", json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
