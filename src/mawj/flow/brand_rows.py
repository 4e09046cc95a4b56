"""The rows that each part of a brand file makes.

What each part may say is in docs/guides/brand.md; the tables are those of
`mawj.tables.derived_vet_brand`, without the brand's own key.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from mawj.vet.safety.claims import CLAIM_KINDS
from mawj.vet.safety.lists import LANGUAGES, SUBJECTS
from mawj.vet.safety.values import subject_called, value_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.flow.brand_words import Part

    Row = dict[str, Any]

PARTS = {
    "red_line": {"subject", "words", "list", "language", "severity", "look_back"},
    "competitor": {"name", "handle", "site"},
    "claim": {"says", "about", "fact", "at_least", "at_most", "is"},
    "fact": {"name", "value", "unit", "source"},
}
"""Parts of the file that may stand several times, and what each may say."""

MUSTS = ("at_least", "at_most", "is")
"""What a claim of its own may ask of the fact that it rests on."""

SAID_ONCE = {
    "red_line": ("subject", "subject"), "competitor": ("name", "name"),
    "fact": ("name", "fact"),
}  # fmt: skip
"""The field of a part that may say a thing once only, and the column that it becomes."""


def value_rows(value: str) -> Iterator[Row]:
    """One row for each subject that goes against a value."""
    found = value_called(value)
    if found is None:
        yield {"value": value, "known_as": None, "subject": "", "severity": 0.0}
        return
    for subject, severity in found[1].items():
        yield {
            "value": value, "known_as": found[0], "subject": subject, "severity": severity,
        }  # fmt: skip


def _red_line(part: Part) -> list[Row]:
    """The row of its subject, where it names one, and one of each phrase of its own."""
    said = part.text("subject")
    if said is None and "words" not in part.said:
        raise part.slip(
            "subject", "neither",
            f"says neither `subject` nor `words`; subjects are {', '.join(SUBJECTS)}",
        )  # fmt: skip
    subject = None if said is None else subject_called(said)
    if said is not None and subject is None:
        raise part.slip(
            "subject", "subject",
            f"the subject «{said}» is not among {', '.join(SUBJECTS)}; list your own with "
            'words = ["…"]',
        )  # fmt: skip
    weight = {"severity": part.severity(), "look_back_days": part.look_back_days()}
    drawn = [] if subject is None else [{"subject": subject, **weight}]
    return [*drawn, *({**row, **weight} for row in _phrases(part))]


def _phrases(part: Part) -> list[Row]:
    words = part.said.get("words", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise part.slip("words", "words", 'write words = ["one phrase", "another"]')
    language = part.text("language")
    if language not in (None, *LANGUAGES):
        message = f"language is ar, fa or en, not «{language}»"
        raise part.slip("language", "language", message)
    name = part.text("list") or own_list(part.place)
    phrases = dict.fromkeys(" ".join(word.split()) for word in words)
    return [
        {"list": name, "language": language, "phrase": phrase} for phrase in phrases if phrase
    ]


def own_list(place: int) -> str:
    """What a list of words is called that the brand gave no name, by the place of its part."""
    return f"own-{place + 1}"


def _competitor(part: Part) -> list[Row]:
    site, handle = part.text("site"), part.text("handle")
    domain = re.sub(r"^(?:https?://)?(?:www\.)?|/.*$", "", site.lower()) if site else None
    row = {
        "name": part.text("name", needed=True),
        "handle": handle.lstrip("@").lower() if handle else None,
        "domain": domain or None,
    }
    return [row]


def _claim(part: Part) -> list[Row]:
    about = part.text("about") or "own"
    if about != "own" and about not in CLAIM_KINDS:
        raise part.slip(
            "about", "about",
            f"about = «{about}» is not known; known are {', '.join(CLAIM_KINDS)}, or leave it "
            "out and say fact and at_least",
        )  # fmt: skip
    musts = [must for must in MUSTS if must in part.said]
    fact = part.text("fact")
    if (about == "own" and (fact is None or not musts)) or len(musts) > 1:
        raise part.slip(
            "fact", "rests_on",
            f"say about = one of {', '.join(CLAIM_KINDS)}; or the fact it rests on and one of "
            f"{', '.join(MUSTS)}",
        )  # fmt: skip
    must = musts[0] if musts else None
    value = part.said[must] if must else None
    row = {
        "claim_id": f"claim-{part.place + 1}", "says": part.text("says", needed=True),
        "about": about, "fact": fact, "must": must,
        "amount": None if must is None or isinstance(value, bool) else part.amount(must),
        "is_yes": value if isinstance(value, bool) else None,
    }  # fmt: skip
    return [row]


def _fact(part: Part) -> list[Row]:
    value = part.said.get("value")
    row: Row = {
        "fact": part.text("name", needed=True), "unit": part.text("unit"),
        "source": part.text("source"),
    }  # fmt: skip
    if isinstance(value, bool):
        return [row | {"is_yes": value}]
    if isinstance(value, datetime):
        return [
            row | {"on": value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)}
        ]
    if isinstance(value, date):
        return [row | {"on": datetime.combine(value, time(), UTC)}]
    return [row | {"amount": part.amount("value")}]


ROWS_OF: dict[str, Callable[[Part], list[Row]]] = {
    "red_line": _red_line, "competitor": _competitor, "claim": _claim, "fact": _fact,
}  # fmt: skip
"""What makes the rows of each part."""
