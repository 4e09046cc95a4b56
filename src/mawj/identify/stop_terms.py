"""Function words as search terms: what says nothing of a subject in any language."""

from __future__ import annotations

from functools import cache

from mawj.text.stopwords import CODES, stop_words
from mawj.text.tokens import search_terms


@cache
def stop_terms() -> frozenset[str]:
    """Function words of every language that has a list, as terms of posts are written."""
    return frozenset(
        term for code in CODES for word in stop_words(code) for term in search_terms(word)
    )
