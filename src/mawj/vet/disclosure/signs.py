"""What one text shows of payment, and whether it says so: pure functions of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.text.language import language as language_of
from mawj.text.normalise import Folded, folded, search_form
from mawj.vet.disclosure.codes import codes
from mawj.vet.disclosure.links import paid_links
from mawj.vet.disclosure.wordings import DISCLOSURES, Pattern, Wordings, wordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_READ = 20_000
"""Characters of one text that are read: longer than any platform's caption; our judgement."""

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"[#＃]([\w]+)")
_SAID = ("ad", "affiliate")
_SENTENCE_END = re.compile(r"[.!?;]+(?:\s|$)")
_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile(r"[\u0620-\u06ff]")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing found in a text.

    Attributes:
        kind: ad, affiliate, commission, support, gifted (disclosures); vague; denial; code,
            affiliate_link, shop_link, buy, discount, own_money, review, drawback.
        wording: as the author wrote it.
        first, last: where it stands: ``text[first:last]``.
        by: hashtag, words, line (a label word alone), code or link.
        language: of the words; empty for codes and links.
    """

    kind: str
    wording: str
    first: int
    last: int
    by: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """All that one text shows, in the order of the text; denied disclosures are left out."""

    found: tuple[Sign, ...]

    def of(self, *kinds: str) -> tuple[Sign, ...]:
        """The signs of some kinds."""
        return tuple(sign for sign in self.found if sign.kind in kinds)

    @property
    def disclosures(self) -> tuple[Sign, ...]:
        """The signs that tell the reader of a payment."""
        return self.of(*DISCLOSURES)

    @property
    def is_disclosed(self) -> bool:
        """Whether the reader is told of a payment."""
        return bool(self.disclosures)

    @property
    def is_denied(self) -> bool:
        """Whether the text says that it is not paid."""
        return bool(self.of("denial"))


NONE = Signs(())


def disclosure_signs(text: str | None, language: str | None = None) -> Signs:
    """What `text` shows of payment and of its disclosure.

    Args:
        text: a post, a draft or one sentence; only the first `MOST_READ` characters are read.
        language: of the text (BCP-47); worked out where None or `und` and it matters.

    Returns:
        The signs with their places. A disclosure that stands inside a denial ("not
        sponsored", «تبلیغ نیست», «غير مدفوع») is left out and the denial is a sign itself;
        another disclosure in the same text stays.
    """
    if not text:
        return NONE
    text = text[:MOST_READ]
    form = search_form(text)
    if not form:
        return NONE
    words = set(_WORD.findall(form))
    found: list[Sign] = []
    back: Folded | None = None
    for said in _spoken(text, language):
        spans = [*_met(form, words, said), *_tagged(form, said)]
        if spans:
            back = back or folded(text)
            found += [_sign(text, back, span, said.language) for span in spans]
        if words & said.label_words:
            found += _labelled(text, said)
    found += [Sign("code", c.code, c.first, c.last, "code") for c in codes(text)]
    found += [Sign(p.kind, p.url, p.first, p.last, "link") for p in paid_links(text)]
    return _without_denied(found) if found else NONE


def all_signs(texts: Sequence[str | None], languages: Sequence[str | None]) -> list[Signs]:
    """`disclosure_signs` of many texts; equal texts are read once."""
    known: dict[tuple[str | None, str | None], Signs] = {}
    made = []
    for key in zip(texts, languages, strict=True):
        if key not in known:
            known[key] = disclosure_signs(*key)
        made.append(known[key])
    return made


def _spoken(text: str, language: str | None) -> Iterator[Wordings]:
    """The wordings to look for: English wherever there are Latin letters, and its own."""
    code = (language or "und").partition("-")[0].lower()
    if _LATIN.search(text):
        yield wordings("en")
        if code in ("fr", "de"):
            yield wordings(code)
    has_arabic = _ARABIC.search(text) is not None
    if code in ("ar", "fa"):
        if has_arabic or (language or "").endswith("-Latn"):
            yield wordings(code)
    elif has_arabic:
        # «تبلیغ» is an advertisement in Persian and a report in Arabic: it must be known.
        seen = language_of(text).code.partition("-")[0]
        if seen != "fa":
            yield wordings("ar")
        if seen != "ar":
            yield wordings("fa")


def _met(form: str, words: set[str], said: Wordings) -> Iterator[tuple[str, int, int, str]]:
    tried: set[int] = set()
    for word in words & said.patterns.keys():
        for pattern in said.patterns[word]:
            if id(pattern) not in tried:
                tried.add(id(pattern))
                for match in pattern.look.finditer(form):
                    if not _means_other(form, match, pattern):
                        yield pattern.kind, match.start(), match.end(), "words"


def _means_other(form: str, match: re.Match[str], pattern: Pattern) -> bool:
    if pattern.unless_inside and pattern.unless_inside & set(_WORD.findall(match[0])):
        return True
    after = _SENTENCE_END.search(form, match.end())
    # "Is this an ad?" asks; it says nothing.
    if pattern.kind in _SAID and after and "?" in after[0]:
        return True
    if not pattern.unless:
        return False
    before = [m.end() for m in _SENTENCE_END.finditer(form, 0, match.start())]
    sentence = form[before[-1] if before else 0 : after.start() if after else len(form)]
    padded = f" {' '.join(_WORD.findall(sentence))} "
    return any(f" {said} " in padded for said in pattern.unless)


def _tagged(form: str, said: Wordings) -> Iterator[tuple[str, int, int, str]]:
    if "#" in form:
        for match in _TAG.finditer(form):
            for kind in said.hashtags.get(match[1].replace("_", ""), ()):
                yield kind, match.start(), match.end(), "hashtag"


def _sign(text: str, back: Folded, span: tuple[str, int, int, str], language: str) -> Sign:
    kind, start, end, by = span
    first, last = back.span(start, end)
    return Sign(kind, text[first:last], first, last, by, language)


def _labelled(text: str, said: Wordings) -> Iterator[Sign]:
    at = 0
    for line in text.splitlines(keepends=True):
        form = search_form(line)
        for kind, look in said.labels.items():
            match = look.search(form)
            if match:
                name = str(match.lastgroup)
                first, last = folded(line).span(*match.span(name))
                wording = line[first:last]
                yield Sign(kind, wording, at + first, at + last, "line", said.language)
        at += len(line)


def _without_denied(found: list[Sign]) -> Signs:
    """In the order of the text, without disclosures inside denials and without doubles."""
    denials = [sign for sign in found if sign.kind == "denial"]
    kept = {
        sign
        for sign in found
        if sign.kind not in (*DISCLOSURES, "vague")
        or not any(d.first < sign.last and sign.first < d.last for d in denials)
    }
    order = sorted(kept, key=lambda s: (s.first, s.last, s.kind, s.by, s.language))
    return Signs(tuple(order))
