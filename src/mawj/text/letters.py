"""Which characters make up a word, as pieces of patterns that several modules share."""

import unicodedata

ZWNJ = "\u200c"


def _ranges(codes: list[int]) -> str:
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


def is_word_character(character: str) -> bool:
    """Whether a character is a letter, a digit or a mark that belongs to one."""
    return character.isalnum() or (
        unicodedata.category(character)[0] == "M" and not 0xFE00 <= ord(character) <= 0xFE0F
    )


# Harakat and the vowels of Indic scripts belong to words, but are outside ``\w``. Variation
# selectors do not: they follow emoji.
MARKS = _ranges(
    [
        code
        for code in range(0x20000)
        if is_word_character(chr(code)) and not chr(code).isalnum()
    ]
)


class _SeenTable(dict[int, str]):
    """Map for ``str.translate`` that drops what nobody sees; filled as it is asked."""

    def __missing__(self, code: int) -> str:
        """Nothing for controls and format signs, which may stand in words; ZWNJ stays."""
        character = chr(code)
        unseen = unicodedata.category(character) in {"Cf", "Cc"}
        kept = character == ZWNJ or character.isspace() or not unseen
        self[code] = character if kept else ""
        return self[code]


SEEN = _SeenTable()
