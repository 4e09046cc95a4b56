"""What the pages of the sources show, in the reader's words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from mawj.crm.sources.access import missing_of
from mawj.flow.source_access import name_of_setting
from mawj.flow.source_states import source_named
from mawj.flow.sources_told import sources_told
from mawj.web.reader import reader
from mawj.web.templatetags.mawj import in_words
from mawj.web.wording import words_of

if TYPE_CHECKING:
    from mawj.crm.members.here import Here
    from mawj.flow.sources_told import SourceTold
    from mawj.sources.live.live import AccessField, LiveSource


@dataclass(frozen=True)
class SourceShown:
    """One source as a line of the page.

    Attributes:
        told: what the lake knows of it.
        how: own, operator, open (no key is needed) or missing.
        missing: what it lacks, in words.
        errors: what failed last, in words, and of how many things.
    """

    told: SourceTold
    how: str
    missing: tuple[str, ...]
    errors: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FieldShown:
    """One field of the form that connects a source; of a key, only that it is there."""

    name: str
    label: str
    default: str
    value: str
    is_secret: bool
    is_needed: bool
    is_kept: bool


def all_shown(here: Here) -> list[SourceShown]:
    """All sources, those that are asked for something first."""
    told = sources_told(here.lake, timezone.now())
    found = [shown(here, one) for one in told]
    return sorted(found, key=lambda one: (not one.told.n_asked, one.how == "missing"))


def one_told(here: Here, name: str) -> SourceTold:
    """What the lake knows of one source.

    Raises:
        NotFound: there is none of that name.
    """
    source_named(name)
    return next(one for one in sources_told(here.lake, timezone.now()) if one.name == name)


def shown(here: Here, told: SourceTold) -> SourceShown:
    """One source: how it is connected, and what failed last."""
    source = source_named(told.name)
    missing = missing_of(here.workspace, told.name)
    labels = tuple(label_of(source, f) for f in source.fields if f.name in missing)
    failed: dict[str, int] = {}
    for one in told.asked:
        if one.error and one.freshness != "stopped":
            text = in_words(one.error)
            failed[text] = failed.get(text, 0) + 1
    errors = sorted(failed.items(), key=lambda item: -item[1])
    return SourceShown(told, how_connected(here, source, missing), labels, tuple(errors))


def how_connected(here: Here, source: LiveSource, missing: list[str]) -> str:
    """By whose addresses and keys a source is reached: own, operator, open; else missing."""
    if missing:
        return "missing"
    if here.workspace.source_accesses.filter(source=source.name).exists():
        return "own"
    settings = [name_of_setting(source, field) for field in source.fields if field.is_secret]
    is_set = any(os.environ.get(s) or os.environ.get(f"{s}_FILE") for s in settings)
    return "operator" if is_set else "open"


def fields_shown(here: Here, source: LiveSource) -> list[FieldShown]:
    """The fields of the form, with the addresses that are kept and without the keys."""
    kept = here.workspace.source_accesses.filter(source=source.name).first()
    addresses = kept.addresses if kept else {}
    keys = kept.key_names if kept else []
    return [
        FieldShown(
            one.name, label_of(source, one), one.default, addresses.get(one.name, ""),
            one.is_secret, one.is_needed, one.name in keys,
        )
        for one in source.fields if not one.is_for_operator
    ]  # fmt: skip


def kinds_shown(source: LiveSource) -> list[tuple[str, str, str, bool]]:
    """Each kind: its key, what it gives, what is named for it, and whether it is usual."""
    return [
        (key, word(f"kind_{key}", kind.about), word(f"subject_{kind.subject}", kind.subject),
         key in source.usual)
        for key, kind in source.kinds.items()
    ]  # fmt: skip


def label_of(source: LiveSource, field: AccessField) -> str:
    """What a field is called: its own word for this source, the one for all, else its text."""
    return word(f"field_{source.name}_{field.name}", word(f"field_{field.name}", field.about))


def word(key: str, otherwise: str) -> str:
    """The word `sources.key` in the reader's language, or the source's own text."""
    found = words_of("sources")
    return found[key][reader().language] if key in found else otherwise
