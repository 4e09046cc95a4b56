"""What a draft or a post lacks by the disclosure rules of a country, for the doors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ibis import _

from mawj.flow.accounts import rows
from mawj.tables.errors import NotFound
from mawj.vet.disclosure.lacking import Draft, Lacking, what_is_missing, with_added
from mawj.vet.disclosure.rules import Rule, messages, rule_of, rules

if TYPE_CHECKING:
    from mawj.lake.lake import Lake

__all__ = ["Draft", "Judged", "judged", "published", "rules"]


@dataclass(frozen=True)
class Judged:
    """A draft held against the rule of a country.

    Attributes:
        draft, rule: what was held against what.
        missing: what it lacks, the gravest first.
        corrected: the draft with the text to add in front; as it is where nothing is.
    """

    draft: Draft
    rule: Rule
    missing: tuple[Lacking, ...]
    corrected: str

    @property
    def is_complete(self) -> bool:
        """Whether nothing that the rule asks for is missing."""
        return not any(lack.is_required for lack in self.missing)

    def lines(self, language: str = "en") -> list[str]:
        """The answer in words, one line each."""

        def word(key: str) -> str:
            return messages()[key][language]

        said = [f"{word('rule')}: {self.rule.name[language]}. {self.rule.duty[language]}"]
        for source in self.rule.sources:
            when = f", {source.when}" if source.when else ""
            said.append(f"{word('source')}: {source.title} ({source.publisher}{when})")
        said.append(f"{word('checked_on')}: {self.rule.checked_on}")
        if self.is_complete:
            name = self.rule.name[language]
            said.append(messages()["nothing_missing"][language].format(country=name))
        for lack in self.missing:
            kind = word("required" if lack.is_required else "advised")
            said.append(f"{kind}: {lack.said(language)}")
            if lack.add:
                said.append(f"  {word('add')}: {lack.add}")
        if self.corrected != self.draft.text:
            said += [f"{word('as_published')}:", self.corrected]
        return said


def judged(draft: Draft, country: str | None) -> Judged:
    """`draft` held against the rule of `country`."""
    missing = what_is_missing(draft, country)
    return Judged(draft, rule_of(country), tuple(missing), with_added(draft, missing))


def published(lake: Lake, post_id: str, told: Draft) -> tuple[Draft, str | None]:
    """A post of the lake as a draft, and the country of its account; `told` fills what is NULL.

    Raises:
        NotFound: when no such post is loaded.
    """
    posts = lake.read("posts").filter(_.post_id == post_id)
    accounts = lake.read("accounts").select("account_id", "country")
    found = rows(
        posts.select("account_id", "text", "platform", "language", "is_labelled_ad")
        .left_join(accounts, "account_id")
        .drop("account_id_right")
    )
    if not found:
        raise NotFound(f"{post_id!r} is no file, and no post of that id is loaded")
    post = found[0]
    draft = replace(
        told,
        text=post["text"] or "",
        platform=told.platform or post["platform"],
        language=told.language or post["language"],
        has_label=post["is_labelled_ad"] if told.has_label is None else told.has_label,
    )
    return draft, post["country"]
