"""Words of a text: as written, and as the terms that search compares."""

import re

from mawj.text.forms import terms_of_form
from mawj.text.letters import MARKS, SEEN, ZWNJ
from mawj.text.normalise import search_form
from mawj.text.tags import without_links, without_mentions

_WORD = re.compile(rf"[^\W_][\w{MARKS}]*(?:['’{ZWNJ}][\w{MARKS}]+)*")


def tokens(text: str) -> list[str]:
    """Words as written, in their order.

    Harakat, tatweel and a ZWNJ inside a word stay; bidi signs and other unseen characters are
    left out, so no token holds a control character. Underscores part words, as in hashtags.
    """
    text = text.replace("_", " ")
    return _WORD.findall(text.translate(SEEN))


def search_terms(text: str) -> list[str]:
    """Folded, lightly stemmed words in their order, repeats and function words kept.

    Links, e-mail addresses and mentions are left out; hashtags count as their
    words, don't as dont. Two
    spellings of one word give one term: that is what a search compares, never what it shows.
    """
    own = without_mentions(without_links(text))
    return terms_of_form(search_form(own))
