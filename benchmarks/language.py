"""Error rate and speed of language detection, beside the lingua library alone.

``python -m benchmarks.language [--data FOLDER]``. FOLDER holds the public sets named in
``SETS``, each in a folder of its own, or the files of one set directly. Each set counts as one
language; a fixed sample of its rows is judged. Lingua gets the same texts, without links and
mentions, and chooses among the same languages. Rows without letters are left out for both.
Intervals are Wilson's at 95 %.

Some rows are not in the language of their set (a French comment in a Moroccan set, an Arabic
one in a Persian set): they count as errors here, for both.

Prints a table, then ``RESULT {json}``: ``error_by_set`` and ``lingua_error_by_set`` (share,
low, high, rows), ``error_ar`` and so on over all rows of a language, ``error_romanised`` on
sentences written for the tests; ``posts_per_s``, ``facts_per_s`` and ``lingua_posts_per_s`` in
seconds of one processor.
"""

import argparse
import csv
import gzip
import io
import json
import math
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lingua import Language as Lingua
from lingua import LanguageDetector, LanguageDetectorBuilder

from mawj.text.facts import text_facts
from mawj.text.language import language, languages
from mawj.text.tags import without_links, without_mentions

SAMPLE, SEED = 3_000, 20240501
SENTENCES = Path(__file__).parents[1] / "tests" / "text" / "sentences"
_LINGUA = (
    "ARABIC", "PERSIAN", "URDU", "ENGLISH", "FRENCH", "SPANISH", "GERMAN", "INDONESIAN",
    "TURKISH", "PORTUGUESE", "ITALIAN", "DUTCH", "TAGALOG",
)  # fmt: skip
_PLACEHOLDERS = re.compile(r"<LF>|_x000D_|\b(?:URL|USER|HTTPURL)\b")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class TestSet:
    """A public set whose rows are in one language, short posts unless said."""

    name: str
    folder: str
    file: str
    column: str
    code: str
    keep: tuple[str, str] | None = None


_ARABIC_SETS = tuple(
    TestSet(f"arabic-offensive {file[:4]}", "arabic-offensive-11sets", file, "text", "ar")
    for file in (
        "ID02.csv", "ID04.csv.gz", "ID05.csv.gz", "ID07.csv", "ID08.csv", "ID11.csv.gz",
        "ID12.csv.gz", "ID14.csv",
    )
)  # fmt: skip
SETS = (
    TestSet("arsarcasm-v2", "arsarcasm-v2", "training_data.csv.gz", "tweet", "ar"),
    TestSet("osact5", "osact5-arabic", "train_data2022.csv.gz", "Tweet", "ar"),
    *_ARABIC_SETS,
    TestSet("l-hsab", "l-hsab", "L-HSAB.tsv", "Tweet", "ar"),
    TestSet("parsoffensive", "parsoffensive-persian", "comments.csv", "comment", "fa"),
    TestSet("davidson", "davidson-english", "labeled_data.csv.gz", "tweet", "en"),
    TestSet("olid", "olid-english", "olid-training-v1.0.tsv.gz", "tweet", "en"),
    TestSet(
        "affiliate", "affiliate-disclosures", "pinterest_sentences.csv.gz", "sentence", "en"
    ),
)
# Reported apart: mixed languages, and names of one to three words.
APART = (
    TestSet("youtube psy (mixed)", "youtube-comment-spam-psy", "Youtube01-Psy.csv",
            "CONTENT", "en"),
    *(
        TestSet(f"topic names {code}", "klout-opendata", "klout_topic_display_20180601.csv.gz",
                "topicDisplayName", code, ("language", code))
        for code in ("ar", "en", "fr", "es", "de", "it")
    ),
)  # fmt: skip
_FOR_SPEED = ("arsarcasm-v2", "parsoffensive", "davidson")


def rows_of(test_set: TestSet, data: Path) -> list[str]:
    """Texts of a set that have letters, without its makers' placeholders."""
    places = (data / test_set.folder / test_set.file, data / test_set.file)
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return []
    texts = dict.fromkeys(_PLACEHOLDERS.sub(" ", text) for text in _cells(path, test_set))
    return [text for text in texts if _LETTER.search(_cleaned(text))]


def _cells(path: Path, test_set: TestSet) -> Iterator[str]:
    raw = path.read_bytes()
    plain = gzip.decompress(raw) if path.suffix == ".gz" else raw
    file = io.StringIO(plain.decode("utf-8", errors="replace"), newline="")
    rows = (
        csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if ".tsv" in path.name
        else csv.DictReader(file)
    )
    for row in rows:
        if test_set.keep is None or row.get(test_set.keep[0]) == test_set.keep[1]:
            yield row.get(test_set.column) or ""


def _cleaned(text: str) -> str:
    return without_mentions(without_links(text))


def wilson(n_wrong: int, n: int) -> dict[str, float]:
    """Share of errors with Wilson's interval at 95 % (Wilson 1927; z = 1.96)."""
    z = 1.96
    share = n_wrong / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return {"share": round(share, 5), "low": round(low, 5), "high": round(high, 5), "rows": n}


def _ours(text: str) -> str:
    return language(text).code


def _lingua() -> Callable[[str], str]:
    chosen = [getattr(Lingua, name) for name in _LINGUA]
    detector: LanguageDetector = LanguageDetectorBuilder.from_languages(*chosen).build()

    def code_of(text: str) -> str:
        found = detector.detect_language_of(_cleaned(text))
        return found.iso_code_639_1.name.lower() if found else "und"

    return code_of


def _n_wrong(texts: list[str], code: str, judge: Callable[[str], str]) -> int:
    # Arabic in Latin letters is Arabic too.
    return sum(judge(text).removesuffix("-Latn") != code for text in texts)


def _line(name: str, code: str, ours: dict[str, float], lingua: dict[str, float]) -> str:
    def cell(figure: dict[str, float]) -> str:
        low, high = 100 * figure["low"], 100 * figure["high"]
        return f"{100 * figure['share']:6.2f} % ({low:5.2f}-{high:5.2f})"

    return f"{name:24} {code:8} {ours['rows']:6} {cell(ours):>24} {cell(lingua):>24}"


def _per_second(work: Callable[[list[str]], object], rows: list[str]) -> int:
    """Rows a second of processor time: the median of three rounds, after the first."""
    seconds = []
    for _ in range(3):
        started = time.process_time()
        work(rows)
        seconds.append(time.process_time() - started)
    return round(len(rows) / sorted(seconds)[1])


def romanised(judge: Callable[[str], str]) -> dict[str, dict[str, float]]:
    """Errors on our own sentences: Arabizi and Finglish missed, or others taken for them.

    The word lists were filled up after the first of the sentences were read, so only those of
    the files named "held", written after that, say what to expect.
    """
    errors = {}
    for name in ("ar-Latn", "fa-Latn", "held-ar-Latn", "held-fa-Latn"):
        rows = (SENTENCES / f"{name}.txt").read_text("utf-8").splitlines()
        code = name.removeprefix("held-")
        errors[name] = wilson(sum(judge(row) != code for row in rows), len(rows))
    others = (SENTENCES / "others.tsv").read_text("utf-8").splitlines()
    n_taken = sum(judge(row.split("\t")[1]).endswith("-Latn") for row in others)
    return errors | {"others taken for them": wilson(n_taken, len(others))}


Speeds = dict[str, dict[str, int]]


def speeds(samples: dict[str, list[str]], lingua: Callable[[str], str]) -> Speeds:
    """Posts a second on one processor, by set: language alone, all facts, lingua."""

    def lingua_all(texts: list[str]) -> list[str]:
        return [lingua(text) for text in texts]

    found: Speeds = {"posts_per_s": {}, "facts_per_s": {}, "lingua_posts_per_s": {}}
    for name in (name for name in _FOR_SPEED if name in samples):
        rows = samples[name]
        found["posts_per_s"][name] = _per_second(languages, rows)
        found["facts_per_s"][name] = _per_second(text_facts, rows)
        found["lingua_posts_per_s"][name] = _per_second(lingua_all, rows[:1_000])
    return found


def _judged(
    sets: tuple[TestSet, ...], data: Path, lingua: Callable[[str], str]
) -> Iterator[tuple[TestSet, list[str], tuple[int, int]]]:
    """Each set that is there, with its sample and the errors of ours and of lingua."""
    for test_set in sets:
        texts = rows_of(test_set, data)
        if texts:
            texts = random.Random(SEED).sample(texts, min(SAMPLE, len(texts)))
            counts = [_n_wrong(texts, test_set.code, judge) for judge in (_ours, lingua)]
            figures = [wilson(count, len(texts)) for count in counts]
            print(_line(test_set.name, test_set.code, figures[0], figures[1]))
            yield test_set, texts, (counts[0], counts[1])


def _by_set(
    judged: list[tuple[TestSet, list[str], tuple[int, int]]],
) -> dict[str, dict[str, dict[str, float]]]:
    ours = {test.name: wilson(n[0], len(texts)) for test, texts, n in judged}
    theirs = {test.name: wilson(n[1], len(texts)) for test, texts, n in judged}
    return {"error_by_set": ours, "lingua_error_by_set": theirs}


def _by_language(
    judged: list[tuple[TestSet, list[str], tuple[int, int]]],
) -> dict[str, dict[str, float]]:
    found = {}
    for code in dict.fromkeys(test.code for test, _, _ in judged):
        own = [(len(texts), n) for test, texts, n in judged if test.code == code]
        rows = sum(n_rows for n_rows, _ in own)
        found[f"error_{code}"] = wilson(sum(n[0] for _, n in own), rows)
        found[f"lingua_error_{code}"] = wilson(sum(n[1] for _, n in own), rows)
        print(_line(f"all {code}", code, found[f"error_{code}"], found[f"lingua_error_{code}"]))
    return found


def measure(data: Path) -> dict[str, object]:
    """Everything that RESULT holds; ``skipped`` where no set is found."""
    lingua = _lingua()
    print(f"{'set':24} {'language':8} {'rows':>6} {'error':>24} {'lingua alone':>24}")
    judged = list(_judged(SETS, data, lingua))
    by_language = _by_language(judged)
    apart = list(_judged(APART, data, lingua))
    if not judged and not apart:
        return {"skipped": "none of the sets with a known language is in the data folder"}
    ours, theirs = romanised(_ours), romanised(lingua)
    for name, figure in ours.items():
        print(_line(name, "", figure, theirs[name]))
    speed = speeds({test.name: texts for test, texts, _ in judged}, lingua)
    for name, by_set in speed.items():
        print(f"{name:24} {by_set}")
    romanised_errors = {"error_romanised": ours, "lingua_error_romanised": theirs}
    return {**_by_set([*judged, *apart]), **by_language, **romanised_errors, **speed}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    data: Path | None = parser.parse_args().data
    if data is None or not data.is_dir():
        print('RESULT {"skipped": "no data folder is given or it does not exist"}')
        return
    print("RESULT", json.dumps(measure(data), ensure_ascii=False))


if __name__ == "__main__":
    main()
