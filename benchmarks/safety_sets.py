"""The labelled sets of offensive texts that `benchmarks.safety` finds in a folder.

A file belongs to the first entry of `KINDS` whose columns it has, whatever its name: other
files of the same form are measured the same way. What a set calls offensive, abusive or hateful
is a yes. Rows without a text or without an answer are left out.
"""

import csv
import gzip
import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mawj.text.fitting import LabelledTexts

Row = tuple[str, bool]
SEED = 20240501
_SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
csv.field_size_limit(1 << 27)


def _is_number(value: str) -> bool | None:
    try:
        return float(value) > 0.0
    except ValueError:
        return None


def _among(yes: str, no: str) -> Callable[[str], bool | None]:
    """Reads answers; `yes` and `no` are words with commas between."""
    known = dict.fromkeys(yes.split(","), True) | dict.fromkeys(no.split(","), False)
    return lambda value: known.get(value.strip().lower())


@dataclass(frozen=True)
class Kind:
    """A form of file: the columns that tell it, and how its answers are read."""

    name: str
    language: str
    text: str
    label: str
    columns: frozenset[str]
    reads: Callable[[str], bool | None]


def _kind(name: str, language: str, text: str, label: str, **more: str) -> Kind:
    yes, no = more.get("yes", ""), more.get("no", "")
    besides = frozenset(more.get("besides", "").split()) | {text, label}
    return Kind(name, language, text, label, besides, _among(yes, no) if yes else _is_number)


KINDS = (
    _kind("", "ar", "text", "offensive", besides="dialect"),
    _kind("osact5", "ar", "Tweet", "Offensive", yes="off", no="not_off"),
    _kind("l-hsab", "ar", "Tweet", "Class", yes="abusive,hate", no="normal"),
    _kind("parsoffensive", "fa", "comment", "label", yes="offensive", no="neutral"),
    _kind("olid", "en", "tweet", "subtask_a", yes="off", no="not"),
    _kind("davidson", "en", "tweet", "class", besides="hate_speech", yes="0,1", no="2"),
)


@dataclass(frozen=True)
class Texts:
    """The labelled texts of one set; `held` are those of its official test part."""

    name: str
    language: str
    rows: LabelledTexts
    held: LabelledTexts | None = None


def found_sets(folder: Path, most: int) -> list[Texts]:
    """Every set in `folder` and the folders in it, cut to `most` texts of each part."""
    parts: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for path in sorted((*folder.glob("*"), *folder.glob("*/*"))):
        kind, read = (None, []) if not path.name.endswith(_SUFFIXES) else _read(path)
        if kind is None or not read:
            continue
        name = kind.name or path.name.partition(".")[0]
        is_held = name == "osact5" and path.name.startswith(("dev", "test"))
        part = parts.setdefault((name, path.parent.name, kind.language), {})
        part.setdefault("held" if is_held else "rows", []).extend(read)
        if name == "olid":
            part["held"] = _olid_test(path.parent)
    names = [name for name, _, _ in parts]
    return [
        _set(name if names.count(name) == 1 else f"{name}-{place}", language, part, most)
        for (name, place, language), part in sorted(parts.items())
    ]


def _set(name: str, language: str, part: Mapping[str, list[Row]], most: int) -> Texts:
    rows, held = part.get("rows", []), part.get("held", [])
    if not rows:
        rows, held = held, []
    cut = _cut(held, language, most) if held else None
    return Texts(name, language, _cut(rows, language, most), cut)


def _read(path: Path) -> tuple[Kind | None, list[Row]]:
    rows = _dicts(path)
    first = next(rows, None)
    if first is None:
        return None, []
    kind = next((k for k in KINDS if k.columns <= {str(name) for name in first}), None)
    if kind is None:
        return None, []
    read = []
    for row in (first, *rows):
        text, answer = row.get(kind.text) or "", kind.reads(row.get(kind.label) or "")
        if text.strip() and answer is not None:
            read.append((text, answer))
    return kind, read


def _dicts(path: Path) -> Iterator[Mapping[str, str]]:
    raw = path.read_bytes()
    plain = gzip.decompress(raw) if path.suffix == ".gz" else raw
    file = io.StringIO(plain.decode("utf-8-sig", errors="replace"), newline="")
    if ".tsv" in path.name:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        yield from csv.DictReader(file)


def _olid_test(folder: Path) -> list[Row]:
    """The official test texts with their gold labels, which stand in files of their own."""
    texts = next(iter(sorted(folder.glob("testset-levela*"))), None)
    labels = next(iter(sorted(folder.glob("labels-levela*"))), None)
    if texts is None or labels is None:
        return []
    raw = labels.read_bytes()
    plain = (gzip.decompress(raw) if labels.suffix == ".gz" else raw).decode("utf-8")
    gold = {line.split(",")[0]: line.strip().endswith("OFF") for line in plain.splitlines()}
    return [(r["tweet"], gold[r["id"]]) for r in _dicts(texts) if r.get("id") in gold]


def _cut(read: list[Row], language: str, most: int) -> LabelledTexts:
    drawn = random.Random(SEED).sample(read, min(most, len(read)))
    texts = [text for text, _ in drawn]
    return LabelledTexts(texts, [language] * len(texts), np.array([yes for _, yes in drawn]))


def without(rows: LabelledTexts, known: LabelledTexts) -> LabelledTexts:
    """`rows` without the texts that stand in `known` too."""
    there = set(known.texts)
    kept = np.array([i for i, t in enumerate(rows.texts) if t not in there], np.intp)
    return rows.at(kept)
