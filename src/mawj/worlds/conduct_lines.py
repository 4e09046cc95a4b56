"""What each account writes in whom conduct is planted, one function a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.worlds.cast import (
    ADVOCATE,
    COPIER,
    DRIFT,
    EXCHANGE,
    OFF_TOPIC,
    ONE_SIDED,
    POSING,
    Cast,
)  # fmt: skip
from mawj.worlds.lexicon import LANGUAGES, Lexicon
from mawj.worlds.phrases import fill, number
from mawj.worlds.pool import slots_of
from mawj.worlds.posting import (
    ADVOCACY_POST,
    BROKEN_POST,
    BUYER_POST,
    COPY_POST,
    EXCHANGE_POST,
    OFF_TOPIC_POST,
    ONE_SIDED_POST,
    OPEN_AD_POST,
    ORIGINAL_POST,
    REVERSAL_POST,
    VALUE_POST,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from mawj.worlds.dice import Ints

ANY, EARLY, LATE = range(3)
# How many posts of each sort one account writes; our judgement, as are all shares below.
N_REVERSALS, N_ADVOCACY, N_ONE_SIDED, N_EXCHANGE = 6, 26, 34, 5
N_OFF_TOPIC, N_VALUES, N_BROKEN, N_BUYER, N_ESSAYS = 16, 3, 6, 5, 12


@dataclass(frozen=True)
class Line:
    """One post that somebody writes.

    Attributes:
        account: whose; -1 for the account itself.
        text: as written; plant: index in `posting.PLANTS`.
        when: ANY, EARLY (in the first third of the year) or LATE.
        is_paid, is_disclosed: 0 or 1; brand: index of the brand, else -1.
        copy_of: place in the account's lines of what it copies, else -1.
    """

    text: str
    plant: int
    when: int = ANY
    is_paid: int = 0
    is_disclosed: int = 0
    brand: int = -1
    account: int = -1
    copy_of: int = -1


@dataclass(frozen=True)
class Writer:
    """One account with what it may write from.

    Attributes:
        handle: of the account; number: its place within its group.
    """

    stream: np.random.Generator
    words: Lexicon
    cast: Cast
    account: int
    handle: str
    number: int

    @property
    def code(self) -> str:
        """The language it writes."""
        return LANGUAGES[self.cast.language[self.account]]

    def one(self, values: Any) -> Any:
        """One of `values` by chance."""
        return values[int(self.stream.integers(len(values)))]

    def some(self, values: Any, n: int) -> list[Any]:
        """`n` of `values` in turn from a chance order, again from the start where they end."""
        order = self.stream.permutation(len(values))
        return [values[order[place % len(values)]] for place in range(n)]

    def advert(self, template: str, brand: int, **more: str) -> str:
        """`template` with the brand's name, and the account's code and link for it."""
        row = self.words.brands["brand"][brand]
        first = self.handle.split("_", maxsplit=1)[0]
        return template.format(
            brand=row["name"][self.code],
            code=f"{first.upper()}{5 + 5 * (self.number % 5)}",
            link=f"https://{row['id']}.example/{self.handle.split('.', maxsplit=1)[0]}",
            n=number(self.stream, self.code, 30),
            **more,
        )

    def told(self, text: str) -> str:
        """`text` with words that it is paid for."""
        return f"{text} {self.one(self.words.brands['disclosure'][self.code])}"


def _campaign(writer: Writer) -> dict[str, str]:
    chosen = writer.one(writer.words.conduct["campaign"])
    named = {name: chosen[name][writer.code] for name in ("tag", "cause", "rival")}
    return {"who": chosen["who"], **named}


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def advocate(writer: Writer) -> list[Line]:
    """Speaks against a campaign, then for it once it is paid; most of that says so."""
    campaign, said = _campaign(writer), writer.words.conduct
    before = [
        Line(_capital(text.format(**campaign)), REVERSAL_POST, EARLY)
        for text in writer.some(said["reversal"][writer.code], N_REVERSALS)
    ]
    after = []
    for place, text in enumerate(writer.some(said["advocacy"][writer.code], N_ADVOCACY)):
        is_told = int(place % 3 > 0)
        told = f" {writer.one(said['advocacy_told'][writer.code])}" if is_told else ""
        body = _capital(text.format(**campaign)) + told
        after.append(Line(body, ADVOCACY_POST, LATE, 1, is_told))
    return before + after


def one_sided(writer: Writer) -> list[Line]:
    """Speaks for one side and against the other, all year."""
    campaign = _campaign(writer)
    texts = writer.some(writer.words.conduct["one_sided"][writer.code], N_ONE_SIDED)
    return [Line(_capital(text.format(**campaign)), ONE_SIDED_POST) for text in texts]


def exchange(writer: Writer) -> list[Line]:
    """Offers a follow for a follow; one account in three leaves that to the comments."""
    if writer.number % 3 == 0:
        return []
    said = writer.some(writer.words.conduct["exchange_post"][writer.code], N_EXCHANGE)
    return [Line(text, EXCHANGE_POST) for text in said]


def off_topic(writer: Writer) -> list[Line]:
    """Openly advertises what is far from both of its subjects."""
    words, cast, account = writer.words, writer.cast, writer.account
    topics = [subject.topic_id for subject in words.subjects]
    own = {topics[row].split(".")[0] for row in (cast.subject[account], cast.second[account])}
    far = [
        (number, topics.index(topic))
        for number, brand in enumerate(words.brands["brand"])
        for topic in brand["subjects"][:1]
        if topic in topics and topic.split(".")[0] not in own
    ]
    lines = []
    for brand, subject in writer.some(writer.some(far, 3), N_OFF_TOPIC):
        thing = writer.one(words.subjects[subject].words[writer.code]["thing"])
        template = writer.one(words.conduct["off_topic"][writer.code])
        text = writer.told(_capital(writer.advert(template, brand, thing=thing)))
        lines.append(Line(text, OFF_TOPIC_POST, ANY, 1, 1, brand))
    return lines


def value_of(writer: Writer) -> dict[str, Any]:
    """The value that the account holds to."""
    held: list[dict[str, Any]] = writer.words.conduct["value"]
    return held[writer.number % len(held)]


def drift(writer: Writer) -> list[Line]:
    """States a value in early posts (two in three; the others in the bio), and breaks it."""
    value = value_of(writer)
    brand = int(writer.stream.integers(len(writer.words.brands["brand"])))
    said = writer.some(value["said"][writer.code], N_VALUES if writer.number % 3 else 0)
    broken = writer.some(value["broken"][writer.code], N_BROKEN)
    adverts = [writer.told(_capital(writer.advert(text, brand))) for text in broken]
    return [Line(text, VALUE_POST, EARLY) for text in said] + [
        Line(text, BROKEN_POST, LATE, 1, 1, brand) for text in adverts
    ]


def posing(writer: Writer) -> list[Line]:
    """Says that it paid, for a brand that pays it and that it openly advertises at times."""
    words = writer.words
    brand = int(writer.stream.integers(len(words.brands["brand"])))
    name, bare = words.brands["brand"][brand]["id"].replace("-", "_"), writer.number % 3 == 0
    lines = []
    for template in writer.some(words.conduct["buyer"][writer.code], N_BUYER):
        text = _capital(writer.advert(template, brand))
        if bare:
            text = " ".join(word for word in text.split() if "/" not in word) + f" @{name}"
        lines.append(Line(text, BUYER_POST, ANY, 1, 0, brand))
    for template in writer.some(words.brands["paid"][writer.code], N_BUYER):
        text = writer.told(_capital(writer.advert(template, brand)))
        lines.append(Line(text, OPEN_AD_POST, ANY, 1, 1, brand))
    return lines


def copier(writer: Writer) -> list[Line]:
    """Publishes again, as its own, what two others of its language wrote at length."""
    cast = writer.cast
    alike = (cast.language == cast.language[writer.account]) & (cast.role == 0)
    others = [row for row in _where(alike & (cast.group == 0) & cast.is_first) if row >= 0]
    lines: list[Line] = []
    for source in writer.some(others, 2):
        slots = slots_of(writer.words, int(cast.subject[source]), int(cast.flavour[source]))
        templates = writer.words.subjects[cast.subject[source]].templates(cast.flavour[source])
        said = fill(writer.stream, templates, slots, int(cast.flavour[source]), 4 * N_ESSAYS)
        for place in range(min(N_ESSAYS, len(said) // 4)):
            essay = said[4 * place : 4 * place + 3]
            lines.append(Line(" ".join(essay), ORIGINAL_POST, EARLY, account=int(source)))
            # Most are taken as they stand; some lose their end, some get another.
            ends = ([essay[2]], [essay[2]], [essay[2]], [], [said[4 * place + 3]])[place % 5]
            text = " ".join([*essay[:2], *ends])
            lines.append(Line(text, COPY_POST, LATE, copy_of=len(lines) - 1))
    return lines


def _where(flags: Any) -> Ints:
    rows: Ints = flags.nonzero()[0]
    return rows


LINES_OF: dict[int, Callable[[Writer], list[Line]]] = {
    ADVOCATE: advocate, ONE_SIDED: one_sided, COPIER: copier, EXCHANGE: exchange,
    OFF_TOPIC: off_topic, DRIFT: drift, POSING: posing,
}  # fmt: skip
"""By group; who posts like a machine writes what everybody writes."""
