"""Subjects in people's words, and which subjects go against a value that a brand writes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mawj.text.normalise import search_form
from mawj.vet.safety.lists import SUBJECTS, split

if TYPE_CHECKING:
    from collections.abc import Mapping


def _read(name: str) -> Mapping[str, Any]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


SUBJECT_NAMES: Mapping[str, Mapping[str, str]] = _read("subjects.toml")
"""What each subject is called, by language; and `also`, by what other words it is meant."""


@cache
def _subjects() -> Mapping[str, str]:
    words = {
        search_form(word): subject
        for subject, names in SUBJECT_NAMES.items()
        for word in (*split(names["also"]), names["en"], names["ar"], names["fa"])
    }
    return words | {search_form(subject): subject for subject in SUBJECTS}


def subject_called(words: str) -> str | None:
    """The subject of the term lists that somebody means by `words`; None for none."""
    return _subjects().get(search_form(words))


@cache
def _values() -> Mapping[str, tuple[str, Mapping[str, float]]]:
    return {
        search_form(word): (name, value["against"])
        for name, value in _read("values.toml").items()
        for word in (name, *split(value["said"]))
    }


def value_called(words: str) -> tuple[str, Mapping[str, float]] | None:
    """The value of our list that somebody means, and the subjects that go against it.

    A sentence is understood by the longest of our words that it holds; None for none.
    """
    form = f" {search_form(words)} "
    held = [said for said in _values() if f" {said} " in form]
    return _values()[max(held, key=len)] if held else None
