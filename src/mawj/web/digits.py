"""The digits that the reader chose, in what is said to them."""

from __future__ import annotations

from mawj.web.reader import reader

_OWN = {"ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹"}
_LATIN = "0123456789"
_TO_LATIN = str.maketrans(_OWN["ar"] + _OWN["fa"] + "٪", _LATIN * 2 + "%")


def in_readers_digits(text: str) -> str:
    """`text` with its digits as the reader chose them; letters and separators stay."""
    who = reader()
    if who.digits == "latin":
        return text.translate(_TO_LATIN) if who.language == "fa" else text
    own = _OWN.get(who.language)
    return text.translate(str.maketrans(_LATIN, own)) if own else text
