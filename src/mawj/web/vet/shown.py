"""A vetted account as a page shows it, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.flow.sentences import name_of, say
from mawj.flow.vet_beside import brand_cells, trait_name, trait_value
from mawj.flow.vet_words import quoted, shows, sure_lines, told
from mawj.reports.vetting_html import bars, safe_url
from mawj.web.reader import reader

if TYPE_CHECKING:
    from typing import Any

    from mawj.flow.vet_report import VetAccount, VetReason, VetScore

MOST_EVIDENCE = 6


@dataclass(frozen=True)
class ShownEvidence:
    """One piece of evidence: when, what was written, how much it shows, where."""

    at: Any
    quote: str
    shows: str
    url: str


@dataclass(frozen=True)
class ShownReason:
    """One finding: its key (with what it is about), its name, what was seen, what shows it."""

    key: str
    name: str
    lines: list[str]
    points: float
    evidence: list[ShownEvidence]


@dataclass(frozen=True)
class ShownScore:
    """One score with its verdict, how sure it is, and its findings by status."""

    key: str
    name: str
    value: float
    verdict: str
    verdict_word: str
    is_scored: bool
    sure: list[str]
    bars: list[dict[str, Any]]
    raised: list[ShownReason]
    clear: list[str]
    not_assessed: list[str]


@dataclass(frozen=True)
class ShownAccount:
    """One account with its scores, the brands it advertised and how it writes."""

    account: VetAccount
    scores: list[ShownScore]
    brands: list[dict[str, str]]
    traits: list[tuple[str, str]]


def shown_account(account: VetAccount) -> ShownAccount:
    """The account in the reader's language."""
    language = reader().language
    return ShownAccount(
        account,
        [shown_score(score) for score in account.scores],
        [brand_cells(one, language) for one in account.beside.brands],
        [
            (trait_name(one, language), trait_value(one, language))
            for one in account.beside.style
        ],
    )


def shown_score(score: VetScore) -> ShownScore:
    """One score in the reader's language."""
    language = reader().language
    return ShownScore(
        score.score, say(language, "vet", score.score), score.value, score.verdict,
        say(language, "vet", score.verdict), score.is_scored, sure_lines(score, language),
        bars(score), [_reason(one) for one in score.of_status("raised")],
        [_name(one) for one in score.of_status("clear")],
        [_name(one) for one in score.of_status("not_assessed")],
    )  # fmt: skip


def _reason(reason: VetReason) -> ShownReason:
    language = reader().language
    evidence = [
        ShownEvidence(
            one.at, quoted(one, reason.finding, language), shows(one, reason.finding, language),
            one.url if one.url and safe_url(one.url) else "",
        )
        for one in reason.evidence[:MOST_EVIDENCE]
    ]  # fmt: skip
    key = f"{reason.finding}:{reason.about}" if reason.about else reason.finding
    lines = told(reason, language)
    return ShownReason(key, _name(reason), lines, reason.contribution, evidence)


def _name(reason: VetReason) -> str:
    return name_of(reason.finding, reader().language, reason.about)
