"""The words of the pages: one file a subject under `words/`, each word in three languages.

A word that lacks a language is an error at once, not a page half in English.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mawj.flow.sentences import LANGUAGES, filled
from mawj.tables.errors import NotFound
from mawj.web.reader import reader

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def words_of(subject: str) -> Mapping[str, Mapping[str, str]]:
    """The words of one subject: by key, in each language.

    Raises:
        NotFound: for a subject without a file, or a word without one of the languages.
    """
    file = resources.files("mawj.web") / "words" / f"{subject}.toml"
    if not file.is_file():
        raise NotFound(f"no words/{subject}.toml among the words of the pages")
    found: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8"))
    for key, said in found.items():
        if set(said) != set(LANGUAGES):
            raise NotFound(f"words/{subject}.toml: [{key}] must have {', '.join(LANGUAGES)}")
    return found


def subjects() -> list[str]:
    """Every subject that has words."""
    folder = resources.files("mawj.web") / "words"
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir())


def said(word: str, language: str = "", /, **values: Any) -> str:
    """The word `subject.key` in the reader's language (or `language`), filled in.

    Raises:
        NotFound: for a key that the subject does not have.
    """
    subject, key = word.split(".", 1)
    found = words_of(subject)
    if key not in found:
        raise NotFound(f"words/{subject}.toml has no [{key}]")
    text = found[key][language or reader().language]
    return filled(text, values)
