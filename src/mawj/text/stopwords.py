"""Function words of a language in their folded form."""

from functools import cache

from mawj.text.normalise import search_form
from mawj.text.word_lists import words

CODES = ("ar", "fa", "ur", "en", "fr", "es", "de", "id", "tr", "pt", "it", "nl")


@cache
def stop_words(code: str) -> frozenset[str]:
    """Function words of a language as ``search_form`` writes them; empty for other codes.

    ``ar-Latn`` and ``fa-Latn`` have none: their words are signs of language only.
    """
    if code not in CODES:
        return frozenset()
    written = words(f"stop_{code}")
    forms = {search_form(word) for word in written}
    # "don't" is also met as "dont": terms are written without apostrophes.
    return frozenset(forms | {form.replace("'", "") for form in forms}) - {""}
