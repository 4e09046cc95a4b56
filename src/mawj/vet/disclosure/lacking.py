"""What a post or a draft lacks by the rules of a country, and the text to add."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mawj.text.language import language as language_of
from mawj.text.normalise import search_form
from mawj.vet.disclosure.places import best_place, platform_of
from mawj.vet.disclosure.rules import Accepted, Permit, Rule, messages, rule_of
from mawj.vet.disclosure.signs import Sign, Signs, disclosure_signs
from mawj.vet.disclosure.wordings import DISCLOSURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORDS = re.compile(r"[^\W_]+")
_NUMBER = r"\D{0,20}\d{3,}"
_AFFILIATE = {"affiliate_link", "tracked_link"}


@dataclass(frozen=True)
class Draft:
    """A post before or after it is published; taken to be paid for.

    Attributes:
        text: its words. platform: where; None: any.
        language: of the text (BCP-47); worked out where None.
        has_label: the platform's paid-partnership label is set; None: not known.
        permits: numbers by id of the permit.
    """

    text: str
    platform: str | None = None
    language: str | None = None
    has_label: bool | None = None
    permits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lacking:
    """One thing that a post lacks.

    Attributes:
        kind: a key of `rules/messages.toml`.
        is_required: the rule asks for it; otherwise it is good practice there.
        add: the text to add; empty where something is to be moved or switched on.
        values: what the sentence is filled with, by language.
    """

    kind: str
    is_required: bool
    add: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def said(self, language: str = "en") -> str:
        """The sentence that users read."""
        filled = self.values.get(language) or self.values.get("") or {}
        return messages()[self.kind][language].format(**filled)


def what_is_missing(draft: Draft, country: str | None) -> list[Lacking]:
    """What `draft` lacks by the rules of `country`, the gravest first; empty: nothing.

    Accepted words count where they stand early enough and not among many hashtags; words that
    the country's guidance calls too vague do not. What is said of `known` = no or partly
    rules is good practice elsewhere.
    """
    rule = rule_of(country)
    language = spoken(draft)
    wording = rule.wording.get(language) or rule.wording["en"]
    signs = _signs(draft.text, (language, *rule.languages))
    said = signs.of(*DISCLOSURES, "vague")
    good = [sign for sign in said if is_accepted(sign, rule)]
    found = (
        _of_place(draft, good, rule, wording)
        if good
        else _of_words(draft, signs, rule, wording)
    )
    if good and not any(sign.language in ("", language) for sign in good):
        found.append(_about("other_language", good[0], is_required=False, add=wording.add))
    if draft.has_label is False and platform_of(draft.platform).has_label:
        label = platform_of(draft.platform).label
        found.append(Lacking("label_missing", is_required=False, values=_any(label=label)))
    found += [lack for p in rule.permits if (lack := _of_permit(draft, p, rule, language))]
    if rule.known == "no":
        found.append(Lacking("not_known", is_required=False))
    return sorted(found, key=lambda lack: not lack.is_required)


def _signs(text: str, languages: Iterable[str]) -> Signs:
    """What the text shows, read in its own language and in those of the country."""
    read = [disclosure_signs(text, language).found for language in dict.fromkeys(languages)]
    return Signs(tuple(dict.fromkeys(sign for found in read for sign in found)))


def spoken(draft: Draft) -> str:
    """The language of a draft, without region."""
    code = draft.language or language_of(draft.text).code
    return code.partition("-")[0].lower()


def with_added(draft: Draft, missing: Iterable[Lacking]) -> str:
    """The draft with the text to add in front, once each."""
    front = dict.fromkeys(lack.add for lack in missing if lack.add and lack.is_required)
    words = [add for add in front if "{number}" not in add]
    behind = [add for add in front if "{number}" in add]
    return "\n".join([" | ".join([*words, draft.text]), *behind])


def is_accepted(sign: Sign, rule: Rule) -> bool:
    """Whether the words of a sign are accepted by a rule, in whatever language."""
    words = _WORDS.findall(search_form(sign.wording))
    accepted = any(_holds(words, w.accepted) for w in rule.wording.values())
    if accepted or not rule.accepts_equivalents:
        return accepted
    refused = any(_holds(words, w.insufficient) for w in rule.wording.values())
    return sign.kind in DISCLOSURES and not refused


def _holds(words: list[str], phrases: Iterable[str]) -> bool:
    """Whether a phrase stands in the words, or is all of them written together."""
    text, joined = f" {' '.join(words)} ", "".join(words)
    forms = [" ".join(_WORDS.findall(search_form(phrase))) for phrase in phrases]
    return any(f" {form} " in text or form.replace(" ", "") == joined for form in forms)


def _of_place(draft: Draft, good: list[Sign], rule: Rule, wording: Accepted) -> list[Lacking]:
    """What is wrong with the place of accepted words."""
    place = best_place(draft.text, good, draft.platform)
    if place == "among_hashtags":
        return [_about("among_hashtags", good[0], is_required=True, add=wording.add)]
    if place == "after_fold":
        return [_about("too_late", good[0], is_required=True, add=wording.add)]
    if place == "before_fold" and rule.place == "start":
        return [_about("not_at_start", good[0], is_required=False, add=wording.add)]
    return []


def _of_words(draft: Draft, signs: Signs, rule: Rule, wording: Accepted) -> list[Lacking]:
    """What is wrong where no accepted words stand."""
    is_affiliate = any(sign.kind in _AFFILIATE for sign in signs.found)
    add = (wording.add_affiliate if is_affiliate else "") or wording.add
    if draft.has_label:
        is_required = rule.label == "not_enough"
        return [Lacking("label_alone", is_required, add)] if is_required else []
    weak = signs.of(*DISCLOSURES, "vague")
    if weak:
        return [_about("too_vague", weak[0], is_required=True, add=add)]
    return [Lacking("no_disclosure", is_required=True, add=add)]


def _of_permit(draft: Draft, permit: Permit, rule: Rule, language: str) -> Lacking | None:
    if draft.permits.get(permit.id) or shows_permit(draft.text, permit):
        return None
    values = {
        said: {"permit": permit.name[said], "exempt": permit.exempt[said]}
        for said in permit.name
    }
    add = permit.add.get(language, permit.add["en"])
    return Lacking("permit_missing", rule.known == "yes", add, values)


def shows_permit(text: str | None, permit: Permit) -> bool:
    """Whether a bio or a post gives the permit's number beside one of its names."""
    form = search_form((text or "")[:2_000])
    return any(re.search(re.escape(search_form(look)) + _NUMBER, form) for look in permit.looks)


def _about(kind: str, sign: Sign, *, is_required: bool, add: str) -> Lacking:
    return Lacking(kind, is_required, add, _any(wording=sign.wording))


def _any(**values: str) -> dict[str, dict[str, str]]:
    return {"": values}
