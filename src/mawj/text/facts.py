"""What a post's text says by itself: language, hashtags, mentions, links and search terms."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from mawj.text.language import language
from mawj.text.normalise import search_form
from mawj.text.tags import hashtags, links, mentions, without_links, without_mentions
from mawj.text.tokens import terms_of_form


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
_NOTHING = TextFacts(None, [], [], [], [])


def facts_of(text: str, code: str | None = None, limits: TextLimits = LIMITS) -> TextFacts:
    """Facts of one text; ``code`` is its language where a platform gives it."""
    text = text[: limits.longest_text]
    if code in {None, "und"}:
        code = language(text).code
    own = without_mentions(without_links(text))
    terms = list(dict.fromkeys(terms_of_form(search_form(own))))[: limits.most_terms]
    return TextFacts(
        None if code == "und" else code, hashtags(text), mentions(text), links(text), terms
    )


def text_facts(
    texts: Sequence[str | None],
    languages: Sequence[str | None] | None = None,
    limits: TextLimits = LIMITS,
) -> dict[str, list[Any]]:
    """Facts of many posts as columns, one for each field of ``TextFacts``, in the posts' order.

    Args:
        texts: None where a post has no text: its language is None and its lists are empty.
        languages: codes that the platform gives; None entries are worked out.
        limits: how much of a post is read.

    Raises:
        ValueError: when ``languages`` is not as long as ``texts``.
    """
    codes = languages if languages is not None else [None] * len(texts)
    rows = [
        facts_of(text, code, limits) if text is not None else _NOTHING
        for text, code in zip(texts, codes, strict=True)
    ]
    names = [field.name for field in fields(TextFacts)]
    return {name: [getattr(row, name) for row in rows] for name in names}
