"""Are checked claims found in posts, and is politics seen where it is and nowhere else?

``python -m benchmarks.claims [--data FOLDER]``. Needs no data: 27 claims in three languages
with 189 posts on them (`claims_held_back.toml`, looked at for no rule or limit), among the
posts of a made-up world; and plain talk on religion, medicine, football, cooking and parenting
(`tests/vet/safety/plain.toml`, written for another part of the product).

The posts go through the product's own steps with their default settings: claim_terms,
claim_weights, claim_candidates, claim_sample, claim_matches. A post counts as raised where it
is told to repeat a claim. Compared in the same run with plain overlap of words (Jaccard index
of 0.5 and more between claim and post), which knows no denial.

Prints ``RESULT {json}``: for `words` (the rules alone), `meaning` (with the semantic extra;
null without it) and `overlap`: precision, recall within the claim's language and across
languages, each with its 90 % interval (Wilson 1927); how many denials, questions and other
statements were raised; raised among the world's posts; political posts seen, by language; false
alarms of politics on plain talk and on the world's posts; posts a second of the word lists on
one core. `posts_per_s` under `meaning` is wall time with every post read.
"""

import argparse
import json
import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.text.facts import text_facts
from mawj.vet.claim_candidates import ClaimSearch, claim_candidates, claim_sample
from mawj.vet.claim_matches import claim_matches
from mawj.vet.claim_terms import claim_terms, claim_weights
from mawj.vet.claims.meaning import meaning_model
from mawj.vet.claims.words import content_terms
from mawj.vet.politics.reading import read_politics
from mawj.worlds.world import small_world

HERE = Path(__file__).parent
HELD_BACK = tomllib.loads((HERE / "claims_held_back.toml").read_text("utf-8"))
TALK = HERE.parent / "tests" / "vet" / "safety" / "plain.toml"
KINDS = ("repeats", "across", "denies", "asks", "other")
WORLD_POSTS, SPEED_POSTS = 1_000, 40_000
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
Z = 1.6448536269514722


def wilson(hits: int, n: int) -> list[float]:
    """The 90 % interval of a share."""
    if n == 0:
        return [0.0, 1.0]
    share, z2 = hits / n, Z * Z
    middle, whole = share + z2 / (2 * n), 1 + z2 / n
    half = Z * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    return [
        round(max(middle - half, 0) / whole, 4),
        round(min(middle + half, whole) / whole, 4),
    ]


def written_posts() -> list[tuple[str, int, str]]:
    """Kind, number of the claim and text of every post written for this."""
    claims = HELD_BACK["claim"]
    return [(k, i, text) for i, c in enumerate(claims) for k in KINDS for text in c[k]]


def world_posts() -> list[str]:
    """Distinct texts of the made-up world, in three languages."""
    texts = small_world(1).tables["posts"]["text"].to_pylist()
    return list(dict.fromkeys(text for text in texts if text))


def rows(name: str, made: list[dict[str, Any]]) -> pa.Table:
    """Declared rows; what is not said is NULL."""
    schema = pa.schema([f.with_nullable(True) for f in TABLES[name].schema])
    return pa.table([pa.array([r.get(f.name) for r in made], f.type) for f in schema], schema)


def matches(texts: list[str], search: ClaimSearch) -> list[dict[str, Any]]:
    """What the product's own steps find in the texts."""
    facts = rows("fact_checks", [
        {"claim_id": str(i), "claim": c["text"], "claim_language": c["language"],
         "verdict": "false"} for i, c in enumerate(HELD_BACK["claim"])
    ])  # fmt: skip
    told = text_facts(texts)
    posts = [
        {"post_id": f"x:{i}", "account_id": "x:a", "published_at": MOMENT, "text": text,
         "terms": told["terms"][i]} for i, text in enumerate(texts)
    ]  # fmt: skip
    own, every = (ibis.memtable(rows(name, posts)) for name in ("vet_posts", "posts"))
    terms = ibis.memtable(claim_terms(facts))
    weights = claim_weights(terms, own, every).to_pyarrow()
    found = claim_candidates(ibis.memtable(weights), own, every, claim_search=search)
    sample = claim_sample(terms, own, claim_search=search).to_pyarrow()
    made = claim_matches(found.to_pyarrow(), sample, weights, facts, claim_search=search)
    return made.to_pylist()


def overlap(texts: list[str]) -> list[dict[str, Any]]:
    """The baseline: claim and post share half of all their words."""
    claims = [set(content_terms(c["text"])) for c in HELD_BACK["claim"]]
    made = []
    for i, text in enumerate(texts):
        words = set(content_terms(text))
        made += [
            {"post_id": f"x:{i}", "claim_id": str(at), "way": "repeats"}
            for at, claim in enumerate(claims)
            if len(words & claim) >= 0.5 * len(words | claim)
        ]
    return made


def judged(found: list[dict[str, Any]], n_world: int) -> dict[str, Any]:
    """Precision and recall of one way of searching."""
    posts = written_posts()
    raised: dict[int, set[str]] = {}
    for row in found:
        if row["way"] == "repeats":
            raised.setdefault(int(row["post_id"][2:]), set()).add(row["claim_id"])
    result: dict[str, Any] = {}
    right, wrong = 0, 0
    counts = {kind: [0, 0] for kind in KINDS}
    for i, (kind, claim, _text) in enumerate(posts):
        hits = raised.get(i, set())
        own = str(claim) in hits
        counts[kind][0] += own
        counts[kind][1] += 1
        right += own and kind in ("repeats", "across")
        wrong += len(hits) - (own and kind in ("repeats", "across"))
    in_world = sum(len(hits) for i, hits in raised.items() if i >= len(posts))
    n = right + wrong + in_world
    result["precision"] = round(right / n, 4) if n else None
    result["precision_interval"] = wilson(right, n)
    for kind, name in (("repeats", "recall"), ("across", "recall_across")):
        result[name] = round(counts[kind][0] / counts[kind][1], 4)
        result[f"{name}_interval"] = wilson(*counts[kind])
    for kind in ("denies", "asks", "other"):
        result[f"raised_{kind}"] = f"{counts[kind][0]} of {counts[kind][1]}"
    result["raised_in_world"] = f"{in_world} of {n_world}"
    return result


def measure_claims(world: list[str]) -> dict[str, Any]:
    """Every way of searching, on the same posts."""
    few = world[:WORLD_POSTS]
    texts = [text for _, _, text in written_posts()] + few
    words = replace(ClaimSearch(), by_meaning=False)
    result = {"overlap": judged(overlap(texts), len(few))}
    result["words"] = judged(matches(texts, words), len(few))
    result["meaning"] = None
    if meaning_model() is not None:
        every = replace(ClaimSearch(), posts_each=len(texts), most_posts=len(texts))
        began = time.perf_counter()
        result["meaning"] = judged(matches(texts, every), len(few))
        result["meaning"]["posts_per_s"] = round(len(texts) / (time.perf_counter() - began))
    return result


def filled(line: str) -> Iterator[str]:
    """A sentence with each of its choices, written {a|b|c}."""
    choice = re.search(r"\{([^{}]*)\}", line)
    if choice is None:
        yield line
        return
    for one in choice[1].split("|"):
        yield from filled(line[: choice.start()] + one + line[choice.end() :])


def political(texts: list[str]) -> int:
    """How many texts the word lists call political."""
    return sum(any(s.is_political for s in said) for said in read_politics(texts))


def measure_politics(world: list[str]) -> dict[str, Any]:
    """Political posts seen, and false alarms."""
    result: dict[str, Any] = {}
    for language, texts in HELD_BACK["politics"].items():
        seen = political(texts)
        result[f"seen_{language}"] = round(seen / len(texts), 4)
        result[f"seen_{language}_interval"] = wilson(seen, len(texts))
    if TALK.exists():
        for language, subjects in tomllib.loads(TALK.read_text("utf-8")).items():
            talk = [t for s in subjects.values() for line in s for t in filled(line)]
            raised = political(talk)
            result[f"false_alarms_talk_{language}"] = round(raised / len(talk), 5)
            result[f"false_alarms_talk_{language}_interval"] = wilson(raised, len(talk))
    raised = political(world)
    result["false_alarms_world"] = round(raised / len(world), 5)
    result["false_alarms_world_interval"] = wilson(raised, len(world))
    result["n_world"] = len(world)
    return result


def measure_speed(world: list[str]) -> dict[str, Any]:
    """Posts a second of processor time, on one core."""
    short = [text for text in world if len(text) <= 140]
    short = (short * (SPEED_POSTS // len(short) + 1))[:SPEED_POSTS]
    read_politics(short[:2_000])
    began = time.process_time()
    read_politics(short)
    return {"posts_per_s": round(SPEED_POSTS / (time.process_time() - began))}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="not needed: nothing of it is read")
    parser.parse_args()
    world = world_posts()
    result = {
        "claims": measure_claims(world),
        "politics": measure_politics(world),
        "speed": measure_speed(world),
    }
    for part, told in result.items():
        print(part)
        for name, value in told.items():
            print(f"  {name:28} {value}")
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
