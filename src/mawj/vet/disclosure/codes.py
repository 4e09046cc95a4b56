"""Discount codes in a text: a code word with a token in capitals near it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE_WORD = (
    r"(?:promo\s?code|discount\s?code|coupon|voucher|code|kode?|rabattcode|gutscheincode|"
    r"[وف]?(?:ال|ب|بال)?(?:كود|كودي|كوبون|كوبوني|قسيمة|رمز)|کد|كد|کدِ|کوپن|کدم)"
)
_TOKEN = r"(?P<code>[A-Z][A-Z0-9_\-]{2,19}|[A-Z]{2,}[A-Za-z]*\d{1,3})"
_BETWEEN = r"[\s:：«»\"'“”‘’\-–—=>→👉()\[\]]+"
_WORDS_BETWEEN = rf"(?:{_BETWEEN}[^\W\d_]{{1,12}}){{0,3}}?"
_AFTER = re.compile(rf"(?i:(?<![^\W_]){_CODE_WORD}){_WORDS_BETWEEN}{_BETWEEN}{_TOKEN}(?![\w])")
_BEFORE = re.compile(rf"(?<![\w]){_TOKEN}{_BETWEEN}(?i:{_CODE_WORD})(?![^\W_])")
_SAVING = re.compile(
    r"(?i)\boff\b|discount|\bsave (?:\d|up|an)|checkout|coupon|promo|voucher|sale|rabatt|"
    r"réduction|"
    r"خصم|تخفيض|كوبون|توفير|عرض|تخفیف|ارزون|ارزان|کوپن|[%٪﹪]"
)
_USING = re.compile(
    r"(?i)\b(?:use|with|my|enter|apply|mit)\b[^.]{0,12}$|(?:استخدم|جرب|حط|با|از)\S*\s*$"
)
_SELLING = re.compile(
    rf"{_SAVING.pattern}|\b(?:grab|order|shop|buy|get) (?:yours|now|it|one|here)\b"
)
_WITH = re.compile(
    r"(?i:\b(?:with|using|use|enter|apply|type)\s+)(?P<code>[A-Z]{3,15}\d{1,3})(?!\w)"
)
_HAS_CODE_WORD = re.compile(rf"(?i){_CODE_WORD}")


@dataclass(frozen=True, slots=True)
class Code:
    """A discount code and where it stands."""

    code: str
    first: int
    last: int


def codes(text: str) -> list[Code]:
    """The discount codes in `text`.

    A token in capitals beside a code word counts when it ends in a number (SARA15), or when
    the text speaks of a saving or says "use", "with", "my" before: "QR code HTML" is none.
    "With SARA15" needs no code word where the text sells.
    Source: how codes are written in captions; our judgement.
    """
    found = {}
    if _HAS_CODE_WORD.search(text):
        found = {code.first: code for code in _candidates(text)}
    for match in _WITH.finditer(text):
        if _SELLING.search(text):
            found[match.start("code")] = Code(match["code"], *match.span("code"))
    return [found[first] for first in sorted(found)]


def _candidates(text: str) -> Iterator[Code]:
    for look in (_AFTER, _BEFORE):
        for match in look.finditer(text):
            token = match["code"]
            before = text[max(0, match.start() - 60) : match.start()]
            near = before + text[match.start() : match.end() + 60]
            if token[-1].isdigit() or _SAVING.search(near) or _USING.search(before[-30:]):
                yield Code(token, *match.span("code"))
