"""Pages of an instance of Mastodon: accounts, statuses, ties, acts, tags, search.

Methods: docs.joinmastodon.org/methods. Of a status that shows another (a boost, a quote) only
the address and the author of that other are kept with it; a boosted status is an item of its
own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.sources.live.live import Item, Page
from mawj.sources.live.mastodon.wishes import (
    is_for_all,
    refusal,
    refusal_of_posts,
    refusal_of_ties,
)
from mawj.sources.live.newest_first import NewestFirst
from mawj.sources.ready.mastodon import full_name
from mawj.sources.ready.reading_json import member, own_id, text
from mawj.tables.errors import SourceChanged, SourceGone, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mawj.sources.live.live import Wanted
    from mawj.sources.live.mastodon.asking import Instance
    from mawj.sources.raw import Record

AT_ONCE, ACCOUNTS_AT_ONCE = 40, 80
"""Most statuses and accounts of a page that the interface gives."""

SEEN = "seen"
"""Cursor of an account that was fetched whole once."""


@dataclass(frozen=True)
class Asked:
    """An instance, and what is asked of it.

    Attributes:
        instance: whom.
        domain: the name that its accounts bear.
        wanted: what.
        subject: of what: `user@domain`, a tag, words, or the number of a status.
        permitted: accounts that allowed what they forbid to others.
    """

    instance: Instance
    domain: str
    wanted: Wanted
    subject: str
    permitted: frozenset[str] = frozenset()

    def keeps(self, status: Any) -> bool:
        """Whether a status is for everybody, and may be kept."""
        author = member(status, "account")
        is_allowed = full_name(author, self.domain) in self.permitted
        return is_for_all(status) and (is_allowed or refusal_of_posts(author) is None)

    def item(self, record_id: str | None = None, **record: Any) -> Item:
        """An item with the instance that gave it."""
        return Item({"instance": self.domain, **record}, own_id("mastodon", record_id))


def about(domain: str, told: Record) -> Item:
    """What an instance says of itself: kept as it came, for its rules."""
    names = ("title", "version", "rules", "contact")
    return Item({"instance": domain, "rules": [], **{n: told[n] for n in names if n in told}})


class Unwilling(SourceGone):
    """The account does not want to be collected."""


class NoPosts(Unwilling):
    """The account does not want its posts to be collected; what it says of itself may be."""


def accounts(asked: Asked) -> Iterator[Page]:
    """Name, bio and counts."""
    account = _account(asked, refusal)
    yield Page((asked.item(account=account),), SEEN, is_last=True)
    _told_of_moving(asked, account)


def posts(asked: Asked) -> Iterator[Page]:
    """What an account published or boosted, the newest first; later what is new.

    The last days are read again: what is missing of them was deleted.
    """
    account = _account(asked, refusal_of_posts)
    run = NewestFirst(f"mastodon:{asked.subject}", asked.wanted.cursor)
    while True:
        found, next_id = asked.instance.listed(
            "account_statuses", text(account, "id"), limit=AT_ONCE,
            max_id=run.page or None, since_id=run.since_id or None,
        )  # fmt: skip
        listed = [(text(one, "id") or "", text(one, "created_at") or "") for one in found]
        page = run.page_of(tuple(_apart(asked, found)), listed, next_id if found else "")
        yield page
        if page.is_last:
            break
    _told_of_moving(asked, account)


def _apart(asked: Asked, found: Iterable[Record]) -> Iterator[Item]:
    """Each status that is for everybody, and each that one of them passes on."""
    for one in found:
        if not asked.keeps(one):
            continue
        passed_on = member(one, "reblog")
        if isinstance(passed_on, dict):
            if not asked.keeps(passed_on):
                continue
            yield _status(asked, passed_on)
        yield _status(asked, one)


def _status(asked: Asked, status: Record, **more: Any) -> Item:
    bare = {name: value for name, value in status.items() if name not in ("card", "filtered")}
    if isinstance(member(bare, "reblog"), dict):
        bare["reblog"] = _named(asked, bare["reblog"])
        bare["content"] = ""
    if isinstance(member(bare, "quote", "quoted_status"), dict):
        shown = _named(asked, bare["quote"]["quoted_status"])
        bare["quote"] = bare["quote"] | {"quoted_status": shown}
    return asked.item(text(status, "uri"), status=bare | more)


def _named(asked: Asked, status: Record) -> Record:
    """The address of a status and its author."""
    return {
        "uri": text(status, "uri"), "by": full_name(member(status, "account"), asked.domain)
    }  # fmt: skip


def tag(asked: Asked) -> Iterator[Page]:
    """Public statuses under a tag, as this instance knows them; later only what is new."""
    yield from _since(asked, "timeline_hashtag", asked.subject)


def _since(asked: Asked, method: str, *about: str) -> Iterator[Page]:
    at = json.loads(asked.wanted.cursor or "{}")
    while True:
        found, next_id = asked.instance.listed(
            method, *about, limit=AT_ONCE, max_id=at.get("max_id"), since_id=at.get("since_id")
        )
        newest = at.get("newest") or next((text(one, "id") for one in found), None)
        items = tuple(_apart(asked, found))
        if not next_id or not found:
            done = {"since_id": newest or at.get("since_id")}
            yield Page(items, json.dumps(done), is_last=True)
            return
        at |= {"max_id": next_id, "newest": newest}
        yield Page(items, json.dumps(at))


def search(asked: Asked) -> Iterator[Page]:
    """Accounts and statuses that an instance finds for words. Needs a token."""
    if not asked.instance.has_token:
        raise SourceRefused(
            f"{asked.domain} searches only for who is signed in: set MAWJ_MASTODON_TOKEN"
        )
    # Without this the library asks for a version first, and loses itself in that.
    plain_only = {"resolve": False, "exclude_unreviewed": False}
    answer = asked.instance.one("search_v2", asked.subject, **plain_only)
    for name in ("accounts", "statuses"):
        if not isinstance(answer.get(name), list):
            raise SourceChanged(f"search_v2 gives no list {name!r} any more", field=name)
    found = [asked.item(account=one) for one in answer["accounts"] if refusal(one) is None]
    yield Page((*found, *_apart(asked, answer["statuses"])), "", is_last=True)


def _ties(method: str, told_as: str) -> Callable[[Asked], Iterator[Page]]:
    def pages(asked: Asked) -> Iterator[Page]:
        account = _account(asked, refusal_of_ties)
        yield from _each_account(asked, method, text(account, "id"), {told_as: asked.subject})

    return pages


followers = _ties("account_followers", "follows")
follows = _ties("account_following", "followed_by")


def _acts(method: str, kind: str) -> Callable[[Asked], Iterator[Page]]:
    def pages(asked: Asked) -> Iterator[Page]:
        upon = _named(asked, _kept_status(asked))
        yield from _each_account(asked, method, asked.subject, {"act": kind, "upon": upon})

    return pages


likes = _acts("status_favourited_by", "like")
reposts = _acts("status_reblogged_by", "repost")


def _each_account(
    asked: Asked, method: str, about: str | None, told: dict[str, Any]
) -> Iterator[Page]:
    """Accounts that a method lists, page by page, each with what it is to the subject."""
    max_id = asked.wanted.cursor
    while True:
        # The library's methods for acts take no page: their first is all that is asked for.
        asks = {"limit": ACCOUNTS_AT_ONCE, "max_id": max_id or None}
        more = asks if method.startswith("account_") else {}
        found, next_id = asked.instance.listed(method, about, **more)
        items = tuple(asked.item(account=one, **told) for one in found if refusal(one) is None)
        is_last = not next_id or not found or not more
        max_id = "" if is_last else next_id
        # After the last page the next pass begins anew: the newest stand at the front.
        yield Page(items, max_id, is_last)
        if is_last:
            return


def replies(asked: Asked) -> Iterator[Page]:
    """The replies to a status, as this instance knows them."""
    top = _kept_status(asked)
    answer = asked.instance.one("status_context", asked.subject)
    below = answer.get("descendants")
    if not isinstance(below, list) or not all(isinstance(one, dict) for one in below):
        raise SourceChanged("status_context gives no list 'descendants'", field="descendants")
    known = {text(one, "id"): _named(asked, one) for one in (top, *below)}
    items = []
    for one in filter(asked.keeps, below):
        answered = known.get(text(one, "in_reply_to_id"))
        items.append(_status(asked, one, **({"answers": answered} if answered else {})))
    yield Page(tuple(items), "", is_last=True)


def _kept_status(asked: Asked) -> Record:
    status = asked.instance.one("status", asked.subject)
    if not asked.keeps(status):
        raise Unwilling(f"{text(status, 'url')}: its author does not want it kept")
    return status


def _account(asked: Asked, refuses: Callable[[Any], str | None]) -> Record:
    """The account asked about.

    Raises:
        Unwilling: it is not there any more, or asks not to be collected.
        SourceChanged: the answer has no id.
    """
    name = asked.subject
    found = asked.instance.one("account_lookup", name)
    if text(found, "id") is None or full_name(found, asked.domain) is None:
        raise SourceChanged("account_lookup gives no id and acct any more", field="id")
    why = refuses(found)
    if why is not None and name not in asked.permitted:
        error = Unwilling if refusal(found) or refuses is not refusal_of_posts else NoPosts
        raise error(f"{name} {why}: nothing of that is kept")
    return found


def _told_of_moving(asked: Asked, account: Record) -> None:
    """Raises SourceGone where the account has moved; what it left behind is stored by then."""
    new = full_name(member(account, "moved"), asked.domain)
    if new is not None:
        raise SourceGone(f"{asked.subject} has moved to {new}: connect that")
