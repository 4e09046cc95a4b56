"""How well disclosures of payment are found in text, beside a keyword rule; and denials.

``python -m benchmarks.disclosure [--data FOLDER]``. FOLDER holds the set
`affiliate-disclosures` (Mathur, Narayanan, Chetty 2018) in a folder of its own, or its files
directly; every file named `*_sentences.csv.gz` below it is scored, each as a set of its own
(columns: doc, sentence, disclosure; anything but `none` is a disclosure).

The sets mark disclosures of affiliate marketing: our signs affiliate, commission and support
count, not #ad or #sponsored (``f1_any_sign``: with those too). A document is disclosed when
one of its sentences is. Beside ours stands the keyword rule of the data's README (affiliate,
commission, #ad, sponsored, paid partnership). Intervals are 90 %, bootstrap over documents.

Labels came from clusters of sentences read by hand, so that some are contradicted by the words
themselves; ``f1_labels_kept`` leaves those out by a rule that looks at the words only (see
``contradicted``), with how many they are. It is no measure of its own: read it beside ``f1``.

``denials_precision``: share of denials ("not affiliated with", "not sponsored", «تبلیغ نیست»,
«غير مدفوع») that are not taken for a disclosure: ``own``, sentences written here; by set, rows
that deny by a plain expression and are labelled none.

``world``: a made-up world of another seed than the tests': posts that are paid for, found by
all signs, and whether the undisclosed are told from the disclosed; ``clean_raised``, share of
the creators in whom nothing is planted that the check `undisclosed_ads` would raise.

Prints a table, then ``RESULT {json}``: ``f1``, ``precision``, ``recall``, ``f1_documents`` and
so on by set, with ``_low`` and ``_high``; ``keyword_f1``, ``keyword_f1_documents``;
``denials_precision``; ``world``; ``sentences_per_s`` of one processor.
"""

import argparse
import csv
import gzip
import io
import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.checks.undisclosed_ads import UndisclosedAds
from mawj.vet.disclosure.signs import Signs, all_signs
from mawj.vet.sponsored_posts import PaymentSigns, sponsored_posts
from mawj.worlds.world import small_world

Flags = npt.NDArray[np.bool_]

SOUGHT = ("affiliate", "commission", "support")
KEYWORDS = re.compile(r"affiliate|commission|#ad\b|sponsored|paid partnership", re.IGNORECASE)
PLAIN_DENIAL = re.compile(
    r"\b(?:not|isn'?t|aren'?t|never|no)\b[^.!?]{0,20}\b(?:affiliat|sponsor|paid|endors)",
    re.IGNORECASE,
)
SAYS_AFFILIATE = re.compile(
    r"affiliate\s?link|#aff\w*|\baff\b|amazon affiliate|commission", re.I
)
ON_PAYMENT = re.compile(
    r"aff|commis|refer|associat|earn|paid|percent|support|cost|sponsor|money|monetiz", re.I
)
REPLICATES, SEED, WORLD_SEED = 400, 20181101, 7

DENIALS = (
    ("en", "I am not affiliated with this brand in any way."),
    ("en", "We are not affiliated with Amazon."),
    ("en", "Not affiliated with, or endorsed by, the maker of this lamp."),
    ("en", "I have no affiliation with the shop."),
    ("en", "This video is not sponsored."),
    ("en", "This post isn't sponsored, I just like it."),
    ("en", "NOT SPONSORED!"),
    ("en", "Nobody paid me for this, it is not an ad."),
    ("en", "I was not paid to say any of this."),
    ("en", "I don't get any commission from these shops."),
    ("en", "These are not affiliate links."),
    ("en", "None of it is an ad, and there are no affiliate links below."),
    ("en", "We never accept sponsorship."),
    ("en", "I'm not an Amazon affiliate."),
    ("en", "Unsponsored and unpaid, as always"),
    ("en", "Everything shown I bought myself #notsponsored"),
    ("en", "#notanad just good soup"),
    ("en", "I do not earn anything from the links."),
    ("en", "There was no compensation for this review."),
    ("en", "Just so you know, this wasn't gifted."),
    ("ar", "هذا المنشور ليس إعلانًا."),
    ("ar", "المحتوى غير مدفوع"),
    ("ar", "تجربة شخصية غير مدفوعة"),
    ("ar", "مو إعلان والله، بس عجبني"),
    ("ar", "مش إعلان يا جماعة"),
    ("ar", "مب إعلان، شريته من فلوسي"),
    ("ar", "ما هو إعلان، مجرد نصيحة"),
    ("ar", "هذا الفيديو غير ممول من أي جهة"),
    ("ar", "بدون أي إعلان أو رعاية"),
    ("ar", "لا أتقاضى أي عمولة على هذا"),
    ("ar", "ما دفعوا لي شي عشان أقول هالكلام"),
    ("ar", "#غير_مدفوع تجربتي مع المقهى"),
    ("fa", "این پست تبلیغ نیست."),
    ("fa", "تبلیغ نیست، فقط خوشم اومد"),
    ("fa", "این ویدیو اسپانسر ندارد"),
    ("fa", "محتوای این پست تبلیغاتی نیست"),
    ("fa", "هیچ تبلیغی در کار نیست"),
    ("fa", "بابت این معرفی هیچ پولی نگرفتم"),
    ("fa", "پورسانتی از این خرید نمی‌گیرم"),
    ("fa", "کاملاً غیرتبلیغاتی و از تجربهٔ خودم"),
    ("fa", "#تبلیغ_نیست ولی حتماً امتحان کنید"),
    ("fa", "همکاری تبلیغاتی نداشتم، خودم خریدم"),
)
"""Denials written for this benchmark; none is from a set, nor from the tests."""


def sets_of(data: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of every file of sentences below `data`, by the file's name without its end."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted(data.rglob("*_sentences.csv.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        if rows and {"doc", "sentence", "disclosure"} <= set(rows[0]):
            found[path.name.removesuffix("_sentences.csv.gz")] = rows
    return found


def scored(truth: Flags, said: Flags, weight: npt.NDArray[Any]) -> dict[str, float]:
    """Precision, recall and F1 of weighted rows; 0 where nothing is said or true."""
    hits = float((weight * (truth & said)).sum())
    n_said, n_true = float((weight * said).sum()), float((weight * truth).sum())
    return {
        "precision": hits / n_said if n_said else 0.0,
        "recall": hits / n_true if n_true else 0.0,
        "f1": 2 * hits / (n_said + n_true) if n_said + n_true else 0.0,
    }


def with_interval(
    truth: Flags, said: Flags, group: npt.NDArray[np.int64]
) -> dict[str, dict[str, float]]:
    """The three figures, each with the 5 % and 95 % quantile over draws of groups."""
    random = np.random.default_rng(SEED)
    n_groups = int(group.max()) + 1
    plain = scored(truth, said, np.ones(len(truth)))
    draws = [
        scored(truth, said, random.poisson(1.0, n_groups)[group]) for _ in range(REPLICATES)
    ]
    made = {}
    for name, value in plain.items():
        low, high = np.quantile([draw[name] for draw in draws], [0.05, 0.95])
        made[name] = {"value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}
    return made


def by_document(values: Flags, group: npt.NDArray[np.int64]) -> Flags:
    """Whether any sentence of each document has it."""
    made = np.zeros(int(group.max()) + 1, np.bool_)
    np.logical_or.at(made, group, values)
    return made


def contradicted(row: dict[str, str]) -> bool:
    """Whether the words contradict the label of one row.

    Labelled none, though it names an affiliate link or a commission outright and does not deny
    it; or labelled a disclosure without any word on payment.
    """
    text = row["sentence"]
    if row["disclosure"] == "none":
        return SAYS_AFFILIATE.search(text) is not None and not PLAIN_DENIAL.search(text)
    return ON_PAYMENT.search(text) is None


def measured(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Every figure of one set."""
    began = time.process_time()
    signs = all_signs([row["sentence"] for row in rows], ["en"] * len(rows))
    spent = time.process_time() - began
    truth = np.array([row["disclosure"] != "none" for row in rows])
    known = {doc: number for number, doc in enumerate(dict.fromkeys(r["doc"] for r in rows))}
    group = np.array([known[row["doc"]] for row in rows])
    ours = np.array([bool(found.of(*SOUGHT)) for found in signs])
    any_sign = np.array([found.is_disclosed for found in signs])
    keyword = np.array([KEYWORDS.search(row["sentence"]) is not None for row in rows])
    each = np.arange(len(known))
    documents = [by_document(flags, group) for flags in (truth, ours, keyword, any_sign)]
    keep = ~np.array([contradicted(row) for row in rows])
    return {
        "sentences": with_interval(truth, ours, group),
        "documents": with_interval(documents[0], documents[1], each),
        "keyword": with_interval(truth, keyword, group),
        "keyword_documents": with_interval(documents[0], documents[2], each),
        "any_sign": with_interval(truth, any_sign, group),
        "any_sign_documents": with_interval(documents[0], documents[3], each),
        "labels_kept": with_interval(truth[keep], ours[keep], group[keep]),
        "n_contradicted": int((~keep).sum()),
        "n_sentences": len(rows),
        "n_documents": len(known),
        "denials": denials_in(rows, signs),
        "sentences_per_s": round(len(rows) / spent),
    }


def denials_in(rows: list[dict[str, str]], signs: Sequence[Signs]) -> dict[str, Any]:
    """Rows of a set that deny and are labelled none: how many are not called a disclosure."""
    denying = [
        not found.of(*SOUGHT)
        for row, found in zip(rows, signs, strict=True)
        if row["disclosure"] == "none" and PLAIN_DENIAL.search(row["sentence"])
    ]
    return {"precision": share(denying), "n": len(denying)}


def own_denials() -> dict[str, Any]:
    """The denials written here: how many are not called a disclosure, by language too."""
    found = all_signs([text for _, text in DENIALS], [code for code, _ in DENIALS])
    right = [not signs.is_disclosed for signs in found]
    made: dict[str, Any] = {"precision": share(right), "n": len(right)}
    for code in ("en", "ar", "fa"):
        made[code] = share([r for r, (c, _) in zip(right, DENIALS, strict=True) if c == code])
    for (_, text), is_right in zip(DENIALS, right, strict=True):
        if not is_right:
            print(f"taken for a disclosure: {text}")
    return made


def share(values: Sequence[bool]) -> float | None:
    """The share of true ones; None of none."""
    return round(sum(values) / len(values), 4) if values else None


def world() -> dict[str, Any]:
    """Paid posts of a made-up world: found, and told disclosed from undisclosed."""
    made = small_world(WORLD_SEED)
    truth = {row["post_id"]: row for row in made.truth["posts"].to_pylist()}
    accounts = {row["account_id"]: row for row in made.truth["accounts"].to_pylist()}
    posts = world_posts(made.tables["posts"], accounts)
    subjects = pa.Table.from_pylist(
        [{"account_id": name} for name in accounts], schema=nullable("vet_subjects")
    )
    batches = sponsored_posts(subjects, posts.to_reader(), payment_signs=PaymentSigns())
    rows = pa.Table.from_batches(batches, schema=TABLES["sponsored_posts"].schema).to_pylist()
    return world_figures(truth, accounts, posts["post_id"].to_pylist(), rows)


def world_posts(posts: pa.Table, accounts: dict[str, Any]) -> pa.Table:
    """The creators' own posts in the shape that the step reads."""
    names = [field.name for field in TABLES["vet_posts"].schema]
    rows = [
        {name: post.get(name) for name in names}
        for post in posts.to_pylist()
        if accounts[post["account_id"]]["role"] == "creator"
        and post.get("repost_of_post_id") is None
        and post.get("repost_of_account_id") is None
    ]
    return pa.Table.from_pylist(rows, schema=nullable("vet_posts"))


def nullable(name: str) -> pa.Schema:
    """The schema of a declared table with every column nullable."""
    return pa.schema([field.with_nullable(True) for field in TABLES[name].schema])


def world_figures(
    truth: dict[str, Any], accounts: dict[str, Any], seen: list[str], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """Recall and precision of paid and of undisclosed posts, clean creators raised."""
    found = {row["post_id"]: row for row in rows if row["is_paid"]}
    paid = {name for name in seen if truth[name]["is_paid"]}
    hidden = {name for name in paid if not truth[name]["is_disclosed"]}
    untold = {name for name, row in found.items() if row["disclosed"] in ("no", "vague")}
    by_account: dict[str, int] = {}
    for name in untold:
        owner = found[name]["account_id"]
        by_account[owner] = by_account.get(owner, 0) + 1
    clean = [name for name, row in accounts.items() if row["is_clean"]]
    least = UndisclosedAds().least_ads
    return {
        "recall": share([name in found for name in paid]),
        "precision": share([name in paid for name in found]),
        "undisclosed_recall": share([name in untold for name in hidden]),
        "undisclosed_precision": share([name in hidden for name in untold]),
        "clean_raised": share([by_account.get(name, 0) >= least for name in clean]),
        "n_paid": len(paid), "n_undisclosed": len(hidden), "n_clean": len(clean),
    }  # fmt: skip


def line(name: str, figure: dict[str, dict[str, float]]) -> str:
    """One printed line: precision, recall, F1 with interval."""
    f1 = figure["f1"]
    return (
        f"{name:34} P {figure['precision']['value']:.3f} R {figure['recall']['value']:.3f} "
        f"F1 {f1['value']:.3f} ({f1['low']:.3f}-{f1['high']:.3f})"
    )


def measure(sets: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    """Everything that RESULT holds."""
    figures = {name: measured(rows) for name, rows in sets.items()}
    for name, figure in figures.items():
        for part in ("sentences", "documents", "keyword", "keyword_documents", "any_sign",
                     "any_sign_documents", "labels_kept"):  # fmt: skip
            print(line(f"{name} {part}", figure[part]))
        print(f"{name}: {figure['n_contradicted']} labels contradicted by the words")
    own = own_denials()
    result: dict[str, Any] = {}
    for key, part, value in (
        ("f1", "sentences", "f1"), ("precision", "sentences", "precision"),
        ("recall", "sentences", "recall"), ("f1_documents", "documents", "f1"),
        ("precision_documents", "documents", "precision"),
        ("recall_documents", "documents", "recall"), ("keyword_f1", "keyword", "f1"),
        ("keyword_f1_documents", "keyword_documents", "f1"),
        ("f1_any_sign", "any_sign", "f1"),
        ("f1_documents_any_sign", "any_sign_documents", "f1"),
        ("f1_labels_kept", "labels_kept", "f1"),
    ):  # fmt: skip
        for end, suffix in (("value", ""), ("low", "_low"), ("high", "_high")):
            result[key + suffix] = {n: f[part][value][end] for n, f in figures.items()}
    result["n_contradicted"] = {n: f["n_contradicted"] for n, f in figures.items()}
    result["denials_precision"] = {"own": own["precision"]} | {
        name: figure["denials"]["precision"] for name, figure in figures.items()
    }
    result["denials_own"] = own
    result["denials_n"] = {name: f["denials"]["n"] for name, f in figures.items()}
    result["sentences_per_s"] = {name: f["sentences_per_s"] for name, f in figures.items()}
    result["world"] = world()
    print("denials", result["denials_precision"], "world", result["world"])
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    data: Path | None = parser.parse_args().data
    sets = sets_of(data) if data is not None and data.is_dir() else {}
    if not sets:
        print('RESULT {"skipped": "no *_sentences.csv.gz is in the data folder"}')
        return
    print("RESULT", json.dumps(measure(sets), ensure_ascii=False))


if __name__ == "__main__":
    main()
