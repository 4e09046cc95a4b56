"""What accounts and instances of Mastodon ask of whoever collects: it is honoured.

`noindex`, `indexable`, `discoverable`, `hide_collections` and `suspended` are fields of the
entity Account (docs.joinmastodon.org/entities/Account); #nobot and its like in a bio are the
custom of the fediverse; rules are those of the entity Rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import flag, members, text
from mawj.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_BOTS = re.compile(
    r"(?<!\w)#(?:no_?bots?|no_?index(?:ing)?|no_?crawl(?:ing)?|no_?scrap(?:e|ing)"
    r"|no_?archiv(?:e|ing)|no_?search|no_?ai)(?!\w)",
    re.IGNORECASE,
)
FORBIDDING = re.compile(
    r"\b(?:scrap(?:e|es|ing|ers?)|crawl(?:ing|ers?)?|harvest(?:ing)?|data[ -]?mining"
    r"|(?:bulk|mass|automated) (?:data )?(?:collection|collecting|downloading))\b"
    r"|(?:جمع|تجميع|كشط|استخراج) البيانات|(?:جمع‌آوری|گردآوری|استخراج) داده",
    re.IGNORECASE,
)
"""Words of a rule that is about collecting. Our judgement, on the careful side."""


def refusal(account: Any) -> str | None:
    """Why nothing of an account may be kept; None where nothing says so."""
    if flag(account, "suspended"):
        return "is suspended"
    if flag(account, "noindex"):
        return "asks not to be indexed (noindex)"
    if flag(account, "discoverable") is False:
        return "asks not to be found (discoverable)"
    asked = next(filter(None, map(NO_BOTS.search, _words(account))), None)
    return f"asks not to be collected ({asked[0]} in its bio)" if asked else None


def refusal_of_posts(account: Any) -> str | None:
    """Why no posts of an account may be kept."""
    if flag(account, "indexable") is False:
        return "asks that its posts be not searched (indexable)"
    return refusal(account)


def refusal_of_ties(account: Any) -> str | None:
    """Why it may not be told who follows an account and whom it follows."""
    if flag(account, "hide_collections"):
        return "does not show who follows it and whom it follows"
    return refusal(account)


def is_for_all(status: Any) -> bool:
    """Whether a status is for everybody.

    "Unlisted" ones are left out: everybody may read them, but their author does not want them
    found.
    """
    return text(status, "visibility") in ("public", None)


def forbidding_rule(instance: Any) -> str | None:
    """The rule of an instance that forbids collecting; None where none does."""
    rules = (
        f"{text(rule, 'text') or ''} {text(rule, 'hint') or ''}".strip()
        for rule in members(instance, "rules")
    )
    return next((rule for rule in rules if FORBIDDING.search(rule)), None)


def _words(account: Any) -> Iterator[str]:
    # A tag in a bio is a link: <a …>#<span>nobot</span></a>.
    yield plain(text(account, "note") or "")
    for field in members(account, "fields"):
        yield f"{text(field, 'name') or ''} {plain(text(field, 'value') or '')}"
