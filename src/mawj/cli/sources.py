"""connect, sync, sources: networks that are asked again and again."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.sentences import number, say
from mawj.flow.source_access import asking_of
from mawj.flow.source_states import ask_for, states, stop_asking
from mawj.flow.sources_told import sources_told
from mawj.flow.syncing import sync as sync_one

if TYPE_CHECKING:
    from mawj.flow.sources_told import AskedTold, SourceTold
    from mawj.flow.syncing import Synced
    from mawj.lake.lake import Lake

LEAST_PAUSE_S, MOST_PAUSE_S = 5.0, 60.0


@click.command()
@click.argument("source")
@click.argument("subjects", nargs=-1)
@click.option("--kind", "kinds", multiple=True, help="What of them; may be repeated.")
@click.option("--stop", "is_stop", is_flag=True, help="Ask for these no more.")
@door_options
def connect(
    door: Door, source: str, subjects: tuple[str, ...], *, kinds: tuple[str, ...], is_stop: bool
) -> None:
    """Ask SOURCE for SUBJECTS from now on: accounts, posts, lists or words.

    `mawj sync` fetches them. Addresses and keys come from the environment,
    MAWJ_BLUESKY_PASSWORD and the like, or from the file that …_FILE names.
    """
    lake = door.lake(must_exist=False)
    found = ask_for(lake, source, subjects, kinds, datetime.now(UTC))
    if is_stop:
        stop_asking(lake, found)
    if door.form == "json":
        show_json(found)
        return
    word = "asked_no_more" if is_stop else "asked"
    for one in found:
        say_line(say(door.language, "sources", word, what=f"{one.kind} {one.subject}".strip()))


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--kind", "kinds", multiple=True, help="Only this; may be repeated.")
@click.option("--all", "is_all", is_flag=True, help="What is fresh too.")
@click.option("--watch", "is_watching", is_flag=True, help="Go on until stopped.")
@door_options
def sync(
    door: Door, names: tuple[str, ...], *, kinds: tuple[str, ...], is_all: bool,
    is_watching: bool,
) -> None:  # fmt: skip
    """Fetch what is due of all connected sources (or of SOURCE), and store it page by page.

    It may be stopped at any moment, by force too: the next one goes on where it stood.
    """
    lake = door.lake(must_exist=False)
    while True:
        told = [
            _synced(lake, name, kinds, is_all=is_all, is_watching=is_watching)
            for name in names or sorted({one.source for one in states(lake)})
        ]
        if door.form == "json":
            show_json(told)
        else:
            for one in told:
                _say(one, door.language)
        if not is_watching:
            break
        waits = [one.retry_after_s for one in told]
        time.sleep(min(max([LEAST_PAUSE_S, *waits]), MOST_PAUSE_S))
    if any(one.stopped_by for one in told):
        raise SystemExit(2)


def _synced(
    lake: Lake, name: str, kinds: tuple[str, ...], *, is_all: bool, is_watching: bool
) -> Synced:
    asking = asking_of(lake, name, goes_on=is_watching)
    try:
        return sync_one(asking, name, kinds=kinds, is_all=is_all)
    finally:
        asking.connection.close()


def _say(done: Synced, language: str) -> None:
    numbers = {
        name: number(getattr(done, f"n_{name}"), language)
        for name in ("asked", "finished", "items", "new", "changed", "taken_back", "requests")
    }
    say_line(say(language, "sources", "synced", source=done.source, **numbers))
    if done.n_waiting:
        waiting = number(done.n_waiting, language)
        say_line(say(language, "sources", "waiting", source=done.source, n=waiting))
    for subject, fault in done.faults.items():
        say_line(f"  {subject}: {fault}", style="dim")
    if done.stopped_by:
        say_line(say(language, "sources", "stopped_by", source=done.source), style="bold")


@click.command()
@door_options
def sources(door: Door) -> None:
    """What is asked of which source, how fresh it is, what is left to ask, what failed."""
    told = sources_told(door.lake(must_exist=False), datetime.now(UTC))
    if door.form == "json":
        show_json(told)
        return
    language = door.cells
    if door.form == "table":
        for one in told:
            say_line(_line(one, language), style="bold")
    names = ("source", "kind", "subject", "items", "stored", "freshness", "error")
    headings = [
        Heading(name, say(language, "sources", name), name == "items", name == "error")
        for name in names
    ]
    asked = [_row(each, language) for one in told for each in one.asked]
    show(door.form, headings, asked, language=language)


def _line(told: SourceTold, language: str) -> str:
    left = "–" if told.quota_left is None else number(told.quota_left, language)
    return say(
        language, "sources", "source_line", source=told.name,
        asked=number(told.n_asked, language), fresh=number(told.n_fresh, language),
        failed=number(told.n_failed, language), left=left,
    )  # fmt: skip


def _row(one: AskedTold, language: str) -> dict[str, str]:
    stored = one.stored_at.strftime("%Y-%m-%d %H:%M") if one.stored_at else "–"
    return {
        "source": one.source, "kind": one.kind, "subject": one.subject,
        "items": number(one.n_rows, language), "stored": stored,
        "freshness": say(language, "sources", one.freshness), "error": one.error,
    }  # fmt: skip
