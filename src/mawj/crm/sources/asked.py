"""What a workspace asks of its sources, and the work of fetching it; each writes the trail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mawj.crm.jobs.actions import ask_for as ask_for_job
from mawj.crm.jobs.models import Job
from mawj.crm.members.actions import record
from mawj.crm.sources.access import missing_of
from mawj.flow.first_fetch import absent_of, brings_accounts
from mawj.flow.source_states import ask_for, source_named, states, stop_asking
from mawj.sources.live import SOURCES
from mawj.tables.errors import ActionRefused, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mawj.crm.members.models import User, Workspace
    from mawj.lake.lake import Lake
    from mawj.sources.live.live import LiveSource

MOST = 1_000
"""Things asked for at a time; more is pasted again (our judgement)."""
SHOWN = 50
"""Subjects that a line of the trail names (our judgement)."""
OPEN = (Job.State.WAITING, Job.State.RUNNING)

_BETWEEN = re.compile(r"[\n,;\t،؛]+")


@dataclass
class Asked:
    """What became of things that somebody typed.

    Attributes:
        subjects: what is asked for from now on, as the source names it.
        refused: what was typed that the source cannot be asked for, and why.
    """

    subjects: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def things(typed: str, *, are_words: bool = False) -> list[str]:
    """What is meant by a text: its lines, and parts between commas unless they are words."""
    parts = typed.splitlines() if are_words else _BETWEEN.split(typed)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


@dataclass(frozen=True)
class Wish:
    """What is to be asked of a source.

    Attributes:
        source: its name.
        typed: accounts, posts, lists or words as somebody typed them.
        kinds: what of them; none: what is usual of an account.
    """

    source: str
    typed: Sequence[str]
    kinds: Sequence[str] = ()


def ask(workspace: Workspace, by: User, lake: Lake, wish: Wish) -> Asked:
    """Ask a source for what was typed from now on; what it cannot take is told.

    Raises:
        NotFound: no such source.
        ActionRefused: too much at a time.
    """
    if len(wish.typed) > MOST:
        raise ActionRefused(f"at most {MOST} things are asked for at a time")
    source, told = source_named(wish.source), Asked()
    kinds = list(wish.kinds or source.usual)
    for kind in kinds:
        fit = _fitting(source, kind, wish.typed, told.refused)
        if fit or is_stream(source, kind):
            asked = ask_for(lake, source.name, fit, [kind], timezone.now())
            told.subjects += [one.subject for one in asked if one.subject not in told.subjects]
    if told.subjects:
        record(workspace, by, "asked a source", source.name, kinds=kinds,
               subjects=told.subjects[:SHOWN], n=len(told.subjects))  # fmt: skip
    return told


def stop(workspace: Workspace, by: User, lake: Lake, wish: Wish) -> int:
    """Ask for these no more; what was stored stays. How many things they were."""
    subjects = set(wish.typed)
    found = [
        one for one in states(lake, source_named(wish.source).name)
        if one.subject in subjects and (not wish.kinds or one.kind in wish.kinds)
    ]  # fmt: skip
    stop_asking(lake, found)
    if found:
        record(workspace, by, "asked a source no more", wish.source, kinds=list(wish.kinds),
               subjects=sorted(subjects)[:SHOWN])  # fmt: skip
    return len(found)


def fetch(workspace: Workspace, by: User | None, sources: Iterable[str], **more: Any) -> Job:
    """A job that fetches what is due of `sources`; the one that does so already, if there is.

    Args:
        workspace: whose sources.
        by: who asks; None for the schedule.
        sources: their names.
        more: `only`: these subjects alone, due or not; `computes`: whether to compute after it.

    Raises:
        ActionRefused: none of them is connected.
    """
    names = sorted(set(sources))
    if not names:
        raise ActionRefused("no source is connected; connect one first")
    asked = {"sources": names, "only": list(more.get("only", ())),
             "computes": bool(more.get("computes"))}  # fmt: skip
    for job in workspace.jobs.filter(kind="sync", state__in=OPEN):
        if job.asked == asked:
            return job
    return ask_for_job(workspace, "sync", by, title=", ".join(names), **asked)


def fetch_pasted(workspace: Workspace, by: User, lake: Lake, pasted: str) -> Job | None:
    """A job that brings what is pasted and not loaded, and computes; None if nothing can."""
    wishes: dict[str, list[str]] = {}
    for one in absent_of(lake, pasted, connected(workspace)):
        if one.subjects:
            wishes[one.source] = list(one.subjects)
            ask(workspace, by, lake, Wish(one.source, one.subjects))
    if not wishes:
        return None
    title = ", ".join(wishes)
    return ask_for_job(workspace, "first_hour", by, title=title, pasted=pasted, wishes=wishes)


def connected(workspace: Workspace) -> list[str]:
    """The sources that can be asked: those that lack nothing they need."""
    return [name for name in SOURCES if not missing_of(workspace, name)]


def bringing(workspace: Workspace, platform: str) -> str | None:
    """The connected source that brings accounts of a platform; None where there is none."""
    able = (name for name in connected(workspace) if brings_accounts(SOURCES[name]))
    return next((name for name in able if SOURCES[name].platform == platform), None)


def refresh(workspace: Workspace, by: User, lake: Lake, account_id: str) -> Job | None:
    """Fetch one account now; None where no connected source brings its platform."""
    platform, _, native = account_id.partition(":")
    name = bringing(workspace, platform)
    if name is None:
        return None
    rows = lake.seek("accounts", {"account_id": account_id}, ["handle"])
    called = {row["handle"].lower() for row in rows if row["handle"]} | {native}
    subjects = [one.subject for one in states(lake, name)
                if one.subject in called and not one.is_stopped]  # fmt: skip
    if not subjects:
        asked = ask(workspace, by, lake, Wish(name, sorted(called - {native}) or [native]))
        subjects = asked.subjects
    return fetch(workspace, by, [name], only=sorted(set(subjects))) if subjects else None


def is_stream(source: LiveSource, kind: str) -> bool:
    """Whether a kind goes on for as long as it is listened to, and names nothing."""
    return kind in source.kinds and source.kinds[kind].is_stream


def _fitting(
    source: LiveSource, kind: str, typed: Iterable[str], refused: dict[str, str]
) -> list[str]:
    """What of it a kind can be asked for; the rest goes to `refused` with the reason.

    A kind that is about nothing in particular is asked for whatever was typed.
    """
    if kind not in source.kinds or is_stream(source, kind):
        return []
    if not source.kinds[kind].subject:
        return ["all"]
    fit = []
    for one in typed:
        try:
            source.subject_of(kind, one)
        except SourceRefused as error:
            refused[one] = str(error)
        else:
            fit.append(one)
    return fit
