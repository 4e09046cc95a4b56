"""Function words as search terms: what says nothing of a subject in any language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import ibis

from mawj.text.stopwords import CODES, stop_words
from mawj.text.tokens import search_terms

if TYPE_CHECKING:
    import ibis.expr.types as ir


def stops_by_language() -> ir.Table:
    """Function words with the language in which they say nothing: one row a language and term.

    What is a function word in one language may be a subject in another: «مو» is "not" in many
    Arabic dialects and "hair" in Persian. Where the language is not known (`und`), those of
    every language are left out.
    """
    found = {(code, term) for code in CODES for term in stops_of(code)}
    found |= {("und", term) for term in stop_terms()}
    languages, terms = zip(*sorted(found), strict=True)
    return ibis.memtable({"language": list(languages), "term": list(terms)})


@cache
def stops_of(language: str) -> frozenset[str]:
    """Function words of one language as terms of posts are written; empty for unknown ones."""
    return frozenset(term for word in stop_words(language) for term in search_terms(word))


@cache
def stop_terms() -> frozenset[str]:
    """Function words of every language that has a list, as terms of posts are written."""
    return frozenset(term for code in CODES for term in stops_of(code))
