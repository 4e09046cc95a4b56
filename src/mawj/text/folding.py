"""How one character is folded for search, worked out once for each character and remembered.

The rule knows no neighbours: each character becomes a text of its own (often empty), so that
the way back to the original is an index for each character. What depends on neighbours (doubled
letters, detached endings) is done afterwards by cutting, see ``normalise``.
"""

import unicodedata

YEH, KAF, HEH = "ي", "ك", "ه"

# Letters that Unicode does not take apart but readers of Arabic or Persian hold for one.
_LETTERS = {
    "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": YEH, "ی": YEH, "ې": YEH, "ۍ": YEH, "ێ": YEH,
    "ک": KAF, "ڪ": KAF,
    "ة": HEH, "ۃ": HEH, "ہ": HEH, "ھ": HEH, "ە": HEH,
    "ء": "", "ـ": "",
    "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",",
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"',
    "™": "", "®": "", "©": "", "℠": "",
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
}  # fmt: skip

# Marks that search ignores: Latin, Greek and Cyrillic accents, Hebrew points, Arabic harakat
# and Koranic signs. Marks of Indic and South-East Asian scripts are vowels and stay.
_IGNORED_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06ED), (0x0898, 0x089F), (0x08CA, 0x08FF), (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip

_INVISIBLE = frozenset({"Cf", "Cc"})
_NOTHING_SAID = frozenset({"Cs", "Co"})


def _is_ignored_mark(character: str) -> bool:
    if not unicodedata.combining(character) and unicodedata.category(character)[0] != "M":
        return False
    code = ord(character)
    return any(first <= code <= last for first, last in _IGNORED_MARKS)


def _taken_apart(character: str) -> str:
    """Compatibility form without its accents, put together again where no accent was lost."""
    # Fractions stay whole: taken apart, 2½ would read 21⁄2.
    if unicodedata.decomposition(character).startswith("<fraction>"):
        return character
    apart = unicodedata.normalize("NFKD", character)
    kept = "".join(c for c in apart if not _is_ignored_mark(c))
    whole = unicodedata.normalize("NFC", kept)
    # Signs that stand for a phrase or a word (ﷺ, ﷼) must not stick to their neighbour.
    return f" {whole} " if " " in whole or character == "﷼" else whole


def _folded_once(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    if category in _NOTHING_SAID:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _taken_apart(character).casefold()


class FoldTable(dict[int, str]):
    """Map from a code point to its folded text, for ``str.translate``; fills itself."""

    def __missing__(self, code: int) -> str:
        """Fold until nothing changes, so that folding twice is folding once."""
        text = chr(code)
        for _ in range(8):
            again = "".join(_folded_once(c) for c in text)
            if again == text:
                break
            text = again
        self[code] = text
        return text


FOLDS = FoldTable()
