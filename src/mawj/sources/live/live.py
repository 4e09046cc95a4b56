"""What a live source is: asked for something since a cursor, it yields pages.

A page is what one answer gave: items as they came, each with its own id, and where to go on.
Whoever stores a page stores its cursor after it, so that a cursor never runs ahead of what is
kept. Sources know no lake and no clock; how often they ask is `polite.Polite`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record
    from mawj.sources.ready.ready import RecordMapping


@dataclass(frozen=True)
class Item:
    """One thing as it came.

    Attributes:
        record: the JSON of it, which `Connection.mapping` makes rows of.
        record_id: `platform:native`, by which the source says later that it was taken back;
            None where it has no name of its own.
    """

    record: Record
    record_id: str | None = None


@dataclass(frozen=True)
class Whole:
    """All that one account holds: the ids of its posts, acts and follows.

    Attributes:
        account_id: the account.
        record_ids: the ids.
        since: they are those of posts and acts after this moment; None for all there are.
    """

    account_id: str
    record_ids: frozenset[str]
    since: datetime | None = None


@dataclass(frozen=True)
class Page:
    """What one answer gave.

    Attributes:
        items: what is there, in the source's order.
        cursor: where to go on when this page is stored; the source alone reads it.
        is_last: nothing more is there now.
        removed: ids of posts, acts and follows, or of whole accounts, that were taken back;
            they are taken out after the items were stored.
        whole: everything that an account holds, where the pass that ends here tells; what is
            stored of it besides was taken back.
        absent: subjects that were asked for together with others and are not there.
    """

    items: tuple[Item, ...]
    cursor: str
    is_last: bool = False
    removed: tuple[str, ...] = ()
    whole: Whole | None = None
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What a source is asked for.

    Attributes:
        kind: one of the source's `kinds`.
        subjects: accounts, posts, lists or words, as `LiveSource.subject_of` writes them; no
            more than the kind's `at_once`.
        cursor: that of the last stored page; "" from the beginning.
        among: of a stream, the accounts to listen for; None for all.
        stored: native ids of the source's posts that are stored, where the kind asks for them.
    """

    kind: str
    subjects: tuple[str, ...]
    cursor: str = ""
    among: tuple[str, ...] | None = None
    stored: tuple[str, ...] = ()


class Connection(Protocol):
    """A source, opened with its addresses and keys."""

    mapping: RecordMapping

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of what is wanted, beginning at its cursor.

        Raises:
            SourceRefused: the source will not answer us at all; stop.
            SourceLimited: it asks us to wait longer than manners allow waiting in line.
            SourceUnreachable: it did not answer, though asked again.
            SourceChanged: its answer is not of the shape that we read.
            SourceGone: the subject is not there; others may be.
        """

    def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True)
class Kind:
    """One thing that a source can be asked for.

    Attributes:
        about: what it gives, in a few words.
        subject: what is named: "account", "post", "list", "pack", "words" or "" for nothing.
        every_h: hours after which what was fetched is stale. Our judgement.
        at_once: most subjects that one request takes.
        cost: what one request takes of the quota that the source tells, in its own units.
        is_stream: goes on for as long as it is listened to; its subject is "watched" (accounts
            that the source is asked for) or "all".
        tells_now: shows what is there at that moment, so that what was hidden for a while and
            is shown again comes back; a stream tells what was there.
        of_stored: is about the posts that are stored, which it is told of.
    """

    about: str
    subject: str
    every_h: float = 24.0
    at_once: int = 1
    is_stream: bool = False
    cost: float = 1.0
    tells_now: bool = False
    of_stored: bool = False


@dataclass(frozen=True)
class AccessField:
    """One address or key that a source needs.

    Attributes:
        name: its name; in the environment MAWJ_<SOURCE>_<NAME>, or that with _FILE.
        about: what it is.
        default: what it is where nothing is said.
        is_secret: never shown, never logged.
        is_needed: without it the source cannot be asked.
        is_for_operator: only who runs the program says it, in the environment; no page asks.
    """

    name: str
    about: str
    default: str = ""
    is_secret: bool = False
    is_needed: bool = False
    is_for_operator: bool = False


@dataclass(frozen=True)
class Access:
    """The addresses and keys of one source, by the names of its fields."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> str:
        """The value called `name`; "" where there is none."""
        return self.values.get(name, "")


@dataclass(frozen=True)
class Named:
    """What a subject that is an account tells of it without asking.

    Attributes:
        handle: its handle; None where the subject is another name of it.
        account_id: `platform:native id`; None where only the source knows it.
    """

    handle: str | None = None
    account_id: str | None = None


def by_handle(subject: str) -> Named:
    """Subjects that are handles."""
    return Named(handle=subject)


def one_host(_subject: str) -> str:
    """Whoever is asked about it is the same for every subject."""
    return ""


@dataclass(frozen=True)
class LiveSource:
    """One network and what it can be asked for.

    Attributes:
        name: what it is called by people, commands and provenance.
        platform: the platform whose accounts it brings.
        basis: on which ground we may read it, in one sentence.
        kinds: what it can be asked for, by name.
        usual: the kinds that are fetched of an account when nothing else is said.
        always: kinds that are fetched whenever anything is, since its terms ask for them.
        fields: its addresses and keys.
        subject_of: a subject as the source names it, from what a person typed.
        connect: opens it; makes no request yet.
        named: what a subject that is an account tells of it, so that it can be erased by that.
        host_of: who is asked about a subject, where not all are asked of one host: what one
            refuses says nothing of the others. "" for the source's one host.
        asks_by_id: whether accounts that go together into a request are asked for by their
            ids where these are known.
        keep_days: days after which what was not fetched again is taken out, where the
            source's terms ask for it.
    """

    name: str
    platform: str
    basis: str
    kinds: Mapping[str, Kind]
    usual: tuple[str, ...]
    fields: tuple[AccessField, ...]
    subject_of: Callable[[str, str], str]
    connect: Callable[[Access, Polite], Connection]
    named: Callable[[str], Named] = by_handle
    host_of: Callable[[str], str] = one_host
    always: tuple[str, ...] = ()
    asks_by_id: bool = False
    keep_days: float | None = None
