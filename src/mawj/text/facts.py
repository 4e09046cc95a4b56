"""What a post's text says by itself: language, hashtags, mentions, links and search terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mawj.text.forms import search_forms, terms_of_forms
from mawj.text.language import RULES, language_of_own
from mawj.text.tags import hashtags_of, links_and_rest, mentions_of, without_mentions


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Facts of one post; each field is also a key of ``text_facts``.

    Attributes:
        language: BCP 47 code; None where the text has no letters, or there is no text.
        hashtags: without the mark, in search form.
        mentions: without the mark, in lower case.
        links: as written.
        terms: search terms without repeats, in the order in which they first stand.
    """

    language: str | None
    hashtags: list[str]
    mentions: list[str]
    links: list[str]
    terms: list[str]


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How much of a post is read. Both values are our judgement.

    Attributes:
        longest_text: characters; what follows is not read. Above the longest post of any
            platform that is loaded.
        most_terms: terms kept of one post.
    """

    longest_text: int = 65_536
    most_terms: int = 64


LIMITS = TextLimits()
_NO_LANGUAGE = frozenset({None, "", "und"})


def _terms(own: Sequence[str], most: int) -> list[list[str]]:
    return [list(dict.fromkeys(terms))[:most] for terms in terms_of_forms(search_forms(own))]


def _code(own: str, given: str | None) -> str | None:
    code = given if given not in _NO_LANGUAGE else language_of_own(own[: RULES.longest]).code
    return None if code == "und" else code


def text_facts(
    texts: Sequence[str | None],
    languages: Sequence[str | None] | None = None,
    limits: TextLimits = LIMITS,
) -> dict[str, list[Any]]:
    """Facts of many posts as columns, one for each field of ``TextFacts``, in the posts' order.

    Args:
        texts: None where a post has no text: its language is None and its lists are empty.
        languages: codes that the platform gives; None, '' and 'und' are worked out.
        limits: how much of a post is read.

    Raises:
        ValueError: when ``languages`` is not as long as ``texts``.
    """
    given = languages if languages is not None else [None] * len(texts)
    read = [text[: limits.longest_text] if text else "" for text in texts]
    # Links are sought once: they are the dearest thing to find in a post.
    parted = [links_and_rest(text) for text in read]
    own = [without_mentions(rest) for _, rest in parted]
    return {
        "language": [_code(text, code) for text, code in zip(own, given, strict=True)],
        "hashtags": [hashtags_of(rest) for _, rest in parted],
        "mentions": [mentions_of(rest) for _, rest in parted],
        "links": [links for links, _ in parted],
        "terms": _terms(own, limits.most_terms),
    }


def facts_of(text: str, code: str | None = None, limits: TextLimits = LIMITS) -> TextFacts:
    """Facts of one text; ``code`` is its language where a platform gives it."""
    columns = text_facts([text], [code], limits)
    return TextFacts(**{name: column[0] for name, column in columns.items()})
