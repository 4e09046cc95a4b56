"""Mastodon and what speaks its interface: accounts, statuses, ties, tags; mostly without a key.

Each account is asked for at its own instance, which alone knows its counts; where an address is
given, that instance is asked for everything. What accounts and instances ask of whoever
collects is honoured (`wishes`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mawj.sources.live.addresses import INSIDE, outward
from mawj.sources.live.live import AccessField, Kind, LiveSource, Named, Page, Whole
from mawj.sources.live.mastodon import pages
from mawj.sources.live.mastodon.asking import Instance, is_deleted
from mawj.sources.live.mastodon.wishes import forbidding_rule
from mawj.sources.names import is_url
from mawj.sources.ready.mastodon import make
from mawj.sources.ready.reading_json import text
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceChanged, SourceGone, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access, Item, Wanted
    from mawj.sources.live.polite import Polite

KINDS = {
    "accounts": Kind("name, bio and counts", "account", 24),
    "posts": Kind("statuses and boosts with their counts", "account", 6),
    "followers": Kind("who follows it", "account", 168),
    "follows": Kind("whom it follows", "account", 168),
    "likes": Kind("who favoured a status", "post", 24),
    "reposts": Kind("who boosted a status", "post", 24),
    "replies": Kind("the replies to a status", "post", 24),
    "tag": Kind("public statuses under a tag, as an instance knows them", "words", 6),
    "search": Kind("accounts and statuses that hold words; needs a token", "words", 6),
}
_ANSWERS = {
    "accounts": pages.accounts, "posts": pages.posts, "followers": pages.followers,
    "follows": pages.follows, "likes": pages.likes, "reposts": pages.reposts,
    "replies": pages.replies, "tag": pages.tag, "search": pages.search,
}  # fmt: skip
_OF_TAKING_BACK = ("accounts", "posts")
_DOMAIN = r"[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?(?:\.[a-z0-9\-]+)+(?::\d{1,5})?"
_ACCOUNT = re.compile(rf"@?([\w.\-]+)@({_DOMAIN})", re.IGNORECASE)
_STATUS = re.compile(rf"(\d+)@({_DOMAIN})")


@dataclass
class _Host:
    """An instance, asked for its rules already."""

    instance: Instance
    domain: str
    about: Item


class Mastodon:
    """Mastodon, opened."""

    mapping = RecordMapping("mastodon", make, "mastodon")

    def __init__(self, access: Access, polite: Polite) -> None:
        self._access, self._polite = access, polite
        self._permitted = frozenset(access["permitted"].lower().split())
        self._hosts: dict[str, _Host] = {}

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        subject = wanted.subjects[0]
        local, _, named = subject.rpartition("@")
        host = self._host(named)
        name = subject if KINDS[wanted.kind].subject == "account" else local
        asked = pages.Asked(host.instance, host.domain, wanted, name, self._permitted)
        if wanted.kind == "accounts":
            yield Page((host.about,), wanted.cursor)
        try:
            yield from _ANSWERS[wanted.kind](asked)
        except SourceGone as error:
            if wanted.cursor and wanted.kind in _OF_TAKING_BACK:
                yield from _taken_back(f"mastodon:{subject}", error)
            raise

    def _host(self, domain: str) -> _Host:
        """The instance to ask, after its rules were read.

        Raises:
            SourceRefused: its rules forbid collecting.
        """
        address = self._access["address"] or f"https://{domain}"
        if address not in self._hosts:
            token = self._access["token"] if self._access["address"] else ""
            instance = Instance(address, token, self._polite, partial(outward, self._access))
            self._hosts[address] = _opened(instance)
        found = self._hosts[address]
        rule = forbidding_rule(found.about.record)
        if rule is not None and found.domain not in self._permitted:
            raise SourceRefused(
                f"the rules of {found.domain} say “{rule}”: nothing is fetched from it"
            )
        return found

    def close(self) -> None:
        """Let go of connections."""
        for host in self._hosts.values():
            host.instance.close()


def _taken_back(account_id: str, error: SourceGone) -> Iterator[Page]:
    """What was stored before of one who is not there or does not want it any more."""
    if isinstance(error, pages.NoPosts):
        nothing = Whole(account_id, frozenset())
        yield Page((), "", is_last=True, whole=nothing)
    elif isinstance(error, pages.Unwilling) or is_deleted(error):
        yield Page((), "", is_last=True, removed=(account_id,))


def _opened(instance: Instance) -> _Host:
    answer = instance.one("instance_v2")
    domain = text(answer, "domain")
    if domain is None:
        raise SourceChanged("instance_v2 gives no domain any more", field="domain")
    return _Host(instance, domain, pages.about(domain, answer))


def subject_of(kind: str, typed: str) -> str:
    """`user@instance`, `number@instance`, or `words@instance`, from what a person typed.

    Raises:
        SourceRefused: it is none of those.
    """
    typed = typed.strip().removeprefix("mastodon:")
    named = KINDS[kind].subject
    if named == "account":
        return _account_of(typed)
    if named == "post":
        return _status_of(typed)
    words, _, domain = typed.rpartition("@")
    if not re.fullmatch(_DOMAIN, domain.lower()) or not words.strip("# "):
        raise SourceRefused(f"say which instance is asked: {typed or 'words'}@mastodon.social")
    words = words.strip().removeprefix("#") if kind == "tag" else " ".join(words.split())
    return f"{words}@{domain.lower()}"


def _account_of(typed: str) -> str:
    if is_url(typed):
        parts = urlsplit(typed)
        steps = [step for step in parts.path.split("/") if step]
        who = steps[-1] if steps[:1] == ["users"] else (steps or [""])[0]
        who = who.removeprefix("@")
        typed = who if "@" in who else f"{who}@{parts.netloc}"
    found = _ACCOUNT.fullmatch(typed)
    if found is None:
        raise SourceRefused(
            f"{typed!r} is no account of Mastodon: give @user@instance or its address"
        )
    return f"{found[1]}@{found[2]}".lower()


def _status_of(typed: str) -> str:
    if is_url(typed):
        parts = urlsplit(typed)
        typed = f"{parts.path.rstrip('/').rsplit('/', 1)[-1]}@{parts.netloc}".lower()
    if not _STATUS.fullmatch(typed):
        raise SourceRefused(f"{typed!r} is no status of Mastodon: give its address")
    return typed


def named(subject: str) -> Named:
    """The handle with its instance is the native id too."""
    return Named(handle=subject, account_id=f"mastodon:{subject}")


def host_of(subject: str) -> str:
    """The instance."""
    return subject.rpartition("@")[2]


SOURCE = LiveSource(
    name="mastodon",
    platform="mastodon",
    basis="published by its authors for everybody; left out are those who opt out, and "
    "instances whose rules forbid it",
    kinds=KINDS,
    usual=("accounts", "posts"),
    fields=(
        AccessField("address", "the instance asked for everything; else each account's own"),
        AccessField("token", "access token of an account of that instance", is_secret=True),
        AccessField(
            "permitted", "instances and accounts that allowed you what they forbid to others",
            is_for_operator=True,
        ),
        INSIDE,
    ),
    subject_of=subject_of,
    connect=Mastodon,
    named=named,
    host_of=host_of,
)  # fmt: skip
