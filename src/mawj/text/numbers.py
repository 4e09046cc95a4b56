"""Counts and shares as people and vendors write them, in three sets of digits.

How separators are read (``count_of``), our judgement:

* both ',' and '.': the last one is the decimal mark (``1,234.5`` and ``1.234,5``);
* ',' (also ٬ ،) in well-formed groups of three parts thousands (``1,234``; Indian
  ``12,34,567``); otherwise one ',' is a decimal mark (``1,2``, ``6,2M``, ``0,125``);
* '.' once is a decimal mark (``6.2``, ``1.234``: programs write it so); in several groups of
  three it parts thousands (``1.234.567``);
* blanks of any width, ' and ’ between groups of three part thousands (``1 234``);
* '+' after and '~' before are left out: ``1M+`` is read as one million.
"""

import re
from collections.abc import Sequence

from mawj.text.folding import FOLDS

_NOT_KNOWN = frozenset(
    "- -- --- – — . ? / n/a na n.a n.a. #n/a nan nil none null unknown hidden not_available"
    " unavailable undefined tbd غیرمتوفر غیرمعروف مجهول لایوجد نامشخص ناموجود ندارد نامعلوم"
    " مخفی".translate(FOLDS).split()
) | {""}
_TIMES = {
    **dict.fromkeys(("k", "thousand", "tsd", "mil", "ribu", "rb", "bin", "тыс"), 1e3),
    **dict.fromkeys(
        ("m", "mn", "mln", "mio", "million", "millions", "millones", "milyon"), 1e6
    ),
    **dict.fromkeys(("juta", "jt", "млн"), 1e6),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions", "mrd", "milyar", "g"), 1e9),
    **dict.fromkeys(("t", "tn", "trillion"), 1e12),
}
_ARABIC_TIMES = {
    "ألف": 1e3, "ألفا": 1e3, "آلاف": 1e3, "هزار": 1e3, "ك": 1e3,
    "مليون": 1e6, "مليونا": 1e6, "ملايين": 1e6, "ميليون": 1e6, "میلیون": 1e6, "م": 1e6,
    "مليار": 1e9, "مليارات": 1e9, "بليون": 1e9, "میلیارد": 1e9, "تريليون": 1e12,
}  # fmt: skip
_TIMES |= {word.translate(FOLDS): factor for word, factor in _ARABIC_TIMES.items()}
_PARTS = re.compile(r"([+-]?)([0-9][0-9.,' ]*|[.,][0-9]+)(e[+-]?[0-9]{1,2})? *([^\W\d_]*)\.?")
_SPACED = re.compile(r"[0-9]{1,3}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
_PER_CENT = re.compile(
    r"^(?:%|٪)? *(.*?) *(%|٪|percent|per cent|pct|درصد|بالم[اي]*ه|في الم[اي]*ه)?$"
)
_LONGEST = 64


def _plain(text: str) -> str:
    """Digits, separators and words in one form; blanks of all kinds as one."""
    return " ".join(text[: _LONGEST + 1].translate(FOLDS).split())


def known(text: str | None) -> str | None:
    """Text without blanks around it, or None where it only says that nothing is known.

    '', '-', 'n/a', 'null', «غير متوفر», «ناموجود» and their like say nothing; '0' does.
    """
    if text is None:
        return None
    stripped = text.strip()
    if len(stripped) > _LONGEST or stripped.isdecimal():
        return stripped
    return None if _plain(stripped).replace(" ", "") in _NOT_KNOWN else stripped


def _without_spaces(digits: str, text: str) -> str:
    digits = digits.strip()
    if " " not in digits and "'" not in digits:
        return digits
    if not _SPACED.fullmatch(digits):
        raise ValueError(f"{text!r} holds more than one number")
    return digits.replace(" ", "").replace("'", "")


def _decimal_of(digits: str, text: str) -> float:
    """Value of digits with ',' and '.', by the rules at the top of the module."""
    if "," in digits and "." in digits:
        decimal = max(",.", key=digits.rfind)
        group = "." if decimal == "," else ","
        whole, _, rest = digits.rpartition(decimal)
        if decimal in whole or not _THOUSANDS.fullmatch(whole.replace(group, ",")):
            raise ValueError(f"the separators in {text!r} do not fit together")
        return float(f"{whole.replace(group, '')}.{rest or 0}")
    if _THOUSANDS.fullmatch(digits):
        return float(digits.replace(",", ""))
    if digits.count(".") > 1 and _THOUSANDS.fullmatch(digits.replace(".", ",")):
        return float(digits.replace(".", ""))
    if digits.count(",") + digits.count(".") > 1:
        raise ValueError(f"the separators in {text!r} do not fit together")
    return float(digits.replace(",", "."))


def _number_of(text: str) -> float:
    if len(text) > _LONGEST:
        raise ValueError(f"text of {len(text)} characters is too long for a number")
    match = _PARTS.fullmatch(_plain(text).lstrip("~≈≃ ").rstrip("+ "))
    if match is None:
        raise ValueError(f"{text!r} is not a number")
    sign, digits, exponent, word = match.groups()
    times = _TIMES.get(word, 1.0 if not word else None)
    if times is None:
        raise ValueError(f"{text!r}: the word {word!r} after the number is not known")
    value = _decimal_of(_without_spaces(digits, text), text) * times
    # Decimal fractions times a million: 6.2M must be 6200000 and not 6200000.000000001.
    value = round(value * float(f"1{exponent or 'e0'}"), 6)
    return -value if sign == "-" else value


def count_of(text: str) -> float:
    """A count such as '6.2M', '٦٫٢ مليون', '12 هزار', '1,234' or '۱۲۳'.

    Raises:
        ValueError: when the text says nothing (``known``), is no number, is negative, or is a
            percentage.
    """
    stripped = known(text)
    if stripped is None:
        raise ValueError("nothing is given")
    if "%" in stripped or "٪" in stripped:
        raise ValueError(f"{text!r} is a percentage, not a count")
    value = _number_of(stripped)
    if value < 0:
        raise ValueError(f"{text!r} is negative; a count is not")
    return value


def share_of_text(text: str) -> float:
    """A share from 0 to 1: '12%', '٪١٢', '۱۲ درصد' are 0.12; without a sign 0 to 1 only.

    Raises:
        ValueError: when it is no number, or without a per cent sign is above 1.
    """
    stripped = known(text)
    if stripped is None:
        raise ValueError("nothing is given")
    plain = _plain(stripped)
    match = _PER_CENT.match(plain)
    is_per_cent = plain.startswith("%") or (match is not None and match[2] is not None)
    value = _number_of(match[1] if match is not None and is_per_cent else stripped)
    if is_per_cent:
        return value / 100
    if not 0 <= value <= 1:
        raise ValueError(f"{text!r} has no per cent sign and is not between 0 and 1")
    return value


def counts_of(
    values: Sequence[str | None],
) -> tuple[list[float | None], list[str | None]]:
    """Counts of a column and, beside each, why there is none.

    Returns:
        Values and reasons, each as long as ``values``. A value that says nothing gives None
        twice: not known is no error.
    """
    counts: list[float | None] = []
    reasons: list[str | None] = []
    for value in values:
        count, reason = None, None
        if value is not None:
            # Nearly all cells of a real file are plain digits, which float() reads in any
            # script.
            if value.isdecimal() and len(value) <= _LONGEST:
                count = float(value)
            elif (stripped := known(value)) is not None:
                try:
                    count = count_of(stripped)
                except ValueError as error:
                    reason = str(error)
        counts.append(count)
        reasons.append(reason)
    return counts, reasons
