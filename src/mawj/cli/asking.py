"""find, why, compare, tiers, topics, coverage, changes: the questions a marketer asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.freshness_shown import show_seen
from mawj.cli.shown import Heading, bar, say_line, show, show_json
from mawj.cli.vetting import show_score
from mawj.flow.facets_asked import FACETS
from mawj.flow.finding import Wanted
from mawj.flow.freshness_seen import seen_of
from mawj.flow.meaning import find_anyhow
from mawj.flow.sentences import (
    amount,
    compact,
    goal_warning,
    isolated,
    moment,
    name_of,
    number,
    percent,
    say,
    sentence,
    signed,
)
from mawj.flow.why import why as ask_why

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.flow.finding import Found, Shortlist
    from mawj.flow.why import Evidence, Why


def facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each facet of a search."""
    for facet in reversed(FACETS):
        choices = facet.metadata["choices"]
        kind = click.Choice(choices) if choices else type(facet.default)
        option = click.option(
            f"--{facet.name.replace('_', '-')}", facet.name, type=kind,
            help=facet.metadata["says"],
        )  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("subject", default="")
@click.option("--topic", default="", help="A topic id instead of words; see `mawj topics`.")
@click.option(
    "--language", "written", default="", help="Language the account writes, as BCP-47."
)
@click.option("--country", default="", help="Country, two letters.")
@click.option("--platform", default="", help="For example instagram, x, youtube.")
@click.option("--tier", default="", help="Size tier, for example micro.")
@click.option(
    "--scheme", default="hootsuite", help="Whose tier lines; see `mawj tiers --schemes`."
)
@click.option("--kind", default="", help="specialist or celebrity.")
@click.option(
    "--min-influence", "least_influence", type=float, default=0.0, help="Points, 0-100."
)
@click.option(
    "--order", default="match", help="match, influence, relevance, followers, engagement."
)
@click.option("--goal", default="", help="awareness, credibility, conversation or sales.")
@facet_options
@click.option("--top", type=click.IntRange(1, 10_000), default=20, help="How many at most.")
@click.option("--with-unranked", is_flag=True, help="Also those of whom too little is known.")
@click.option(
    "--meaning", is_flag=True, help="Search by meaning across languages (semantic extra)."
)
@door_options
def find(door: Door, written: str, **wanted: Any) -> None:
    """Find accounts for SUBJECT, in any spelling of Arabic, Persian or English."""
    by_meaning = wanted.pop("meaning")
    told = {name: value for name, value in wanted.items() if value is not None}
    asked = Wanted(language=written, **told)
    shortlist = find_anyhow(door.lake(), asked, by_meaning=by_meaning)
    if door.form == "json":
        show_json(shortlist)
        return
    if door.form == "table":
        show_understood(shortlist, door.language)
    if shortlist.found or door.form == "csv":
        show_shortlist(shortlist, door)


def show_understood(shortlist: Shortlist, language: str) -> None:
    """Say how the words were understood and how many accounts fit."""
    subject = shortlist.wanted.subject or shortlist.wanted.topic
    title = say(language, "shortlist", "title")
    if subject:
        title += " " + say(language, "shortlist", "for_subject", subject=isolated(subject))
    say_line(title, style="bold")
    if shortlist.topic_ids:
        comma = ", " if language == "en" else "، "
        topics = comma.join(shortlist.name_of(topic, language) for topic in shortlist.topic_ids)
        say_line(say(language, "shortlist", "understood_topic", topics=isolated(topics)))
    elif shortlist.terms:
        terms = ", ".join(shortlist.terms)
        say_line(say(language, "shortlist", "understood_words", terms=isolated(terms)))
    if not shortlist.found:
        say_line(say(language, "shortlist", "none"))
        return
    n, top = (
        number(shortlist.n_matching, language, 0),
        number(len(shortlist.found), language, 0),
    )
    say_line(say(language, "shortlist", "found", n=n, top=top))


def show_shortlist(shortlist: Shortlist, door: Door) -> None:
    """The shortlist as a table or CSV, one account a line."""
    language = door.language
    keys = ("place", "account", "influence", "interval", "tier", "followers")
    numbers = {"place", "influence", "followers"}
    headings = [
        Heading(key, say(language, "shortlist", key), key in numbers, key == "account")
        for key in keys
    ]
    if door.form == "csv":
        show("csv", _csv_headings(), [_csv_row(i, f) for i, f in enumerate(shortlist.found, 1)],
             language=language)  # fmt: skip
        return
    rows = [
        _found_row(place, one, shortlist, language)
        for place, one in enumerate(shortlist.found, 1)
    ]
    show("table", headings, rows, language=language)


def _csv_headings() -> list[Heading]:
    names = ("place", "account_id", "name", "platform", "influence", "influence_low",
             "influence_high", "overall_influence", "coverage", "p_top", "relevance", "tier",
             "kind", "followers", "engagement_share", "language", "country", "topics",
             "reasons")  # fmt: skip
    return [Heading(name, name) for name in names]


def _csv_row(place: int, one: Found) -> dict[str, Any]:
    reasons = "; ".join(f"{name} {points:+.2f}" for name, points in one.reasons)
    topics = "; ".join(one.topics)
    return {**vars(one), "place": place, "topics": topics, "reasons": reasons}


def _found_row(place: int, one: Found, shortlist: Shortlist, language: str) -> dict[str, str]:
    low, high = number(one.influence_low, language), number(one.influence_high, language)
    kind = say(language, "kinds", one.kind) if one.kind else "–"
    tier = say(language, "tier_names", one.tier) if one.tier else "–"
    return {
        "place": number(place, language, 0),
        "account": "\n".join(_about(one, shortlist, language)),
        "influence": number(one.influence, language),
        "interval": isolated(f"{low} – {high}"),
        "tier": f"{tier}\n{kind}",
        "followers": compact(one.followers, language),
    }


def _about(one: Found, shortlist: Shortlist, language: str) -> list[str]:
    """The lines under an account: name, measures, subjects, and what moves its score."""
    comma = ", " if language == "en" else "، "
    measures = (
        (say(language, "shortlist", "relevance"), percent(one.relevance, language, 0)),
        (say(language, "shortlist", "p_top"), percent(one.p_top, language, 0)),
        (say(language, "shortlist", "engagement"), percent(one.engagement_share, language, 2)),
    )
    topics = comma.join(shortlist.name_of(topic, language) for topic in one.topics)
    reasons = (
        f"{name_of(name, language)} {isolated(signed(points, language))}"
        for name, points in one.reasons
    )
    lines = [one.account_id]
    if one.name:
        lines.append(isolated(one.name))
    lines.append(" · ".join(f"{name} {isolated(value)}" for name, value in measures))
    if topics:
        lines.append(f"{say(language, 'shortlist', 'topics')}: {topics}")
    lines.append(" · ".join(reasons))
    if one.warning:
        lines.append(f"! {goal_warning(one.warning, language)}")
    return [*lines, ""]


@click.command()
@click.argument("account")
@click.option("--topic", "topic_id", default="", help="On one topic; see `mawj topics`.")
@click.option(
    "--score",
    default="influence",
    help="influence, credibility, audience_quality, brand_safety or risk.",
)
@door_options  # fmt: skip
def why(door: Door, account: str, topic_id: str, score: str) -> None:
    """Why ACCOUNT's influence, or another score, is what it is: the reasons, with the posts."""
    if score != "influence":
        show_score(door.lake(), door, account, score)
        return
    lake = door.lake()
    answer = ask_why(lake, account, topic_id)
    seen = seen_of(lake, answer.account_id, datetime.now(UTC))
    if door.form == "json":
        show_json({**vars(answer), "freshness": seen})
    elif door.form == "csv":
        names = ("finding", "status", "contribution", "observed", "expected", "unit",
                 "sample_size", "basis", "compared_with", "missing")  # fmt: skip
        show("csv", [Heading(n, n) for n in names], [vars(r) for r in answer.reasons],
             language=door.language)  # fmt: skip
    else:
        show_why(answer, door.language)
        show_seen(seen, door.language)


def show_why(answer: Why, language: str) -> None:
    """The waterfall of one score in the terminal, its evidence and where it comes from."""
    name = isolated(answer.name or answer.account_id)
    points = number(answer.influence, language)
    title = say(language, "why", "title", name=name, influence=points)
    if answer.topic_id:
        topic = answer.topic_names.get(language, answer.topic_id)
        title += " " + say(language, "why", "on_topic", topic=isolated(topic))
    say_line(title, style="bold")
    for line in _why_lines(answer, language):
        say_line(line)
    show(
        "table", _waterfall_headings(language), _waterfall(answer, language), language=language
    )
    _show_evidence(answer, language)
    fetched = isolated(moment(answer.fetched_at, language))
    say_line(
        say(language, "why", "provenance", source=isolated(answer.source),
            fetched_at=fetched, rule_version=isolated(answer.rule_version)),
        style="dim",
    )  # fmt: skip


def _why_lines(answer: Why, language: str) -> list[str]:
    lines = [say(language, "why", "no_interval")]
    if answer.influence_low is not None and answer.influence_high is not None:
        low, high = (
            number(answer.influence_low, language),
            number(answer.influence_high, language),
        )
        lines = [say(language, "why", "interval", low=low, high=high)]
    share = percent(answer.coverage, language, 0)
    if answer.is_ranked and answer.rank is not None:
        lines.append(say(language, "why", "rank", rank=number(answer.rank, language, 0)))
        lines.append(say(language, "why", "coverage", coverage=share))
    else:
        lines.append(say(language, "why", "not_ranked", coverage=share))
    return lines


def _waterfall_headings(language: str) -> list[Heading]:
    return [
        Heading("contribution", say(language, "why", "contribution")),
        Heading("points", say(language, "why", "points"), is_number=True),
        Heading("bar", ""),
        Heading("sentence", say(language, "why", "observed"), is_wide=True),
    ]


def _waterfall(answer: Why, language: str) -> list[dict[str, str]]:
    points = [reason.contribution for reason in answer.reasons] or [0.0]
    least, most = min(0.0, *points), max(0.0, *points)
    rows = [
        {
            "contribution": name_of(reason.finding, language),
            "points": number(reason.contribution, language),
            "bar": bar(reason.contribution, least=least, most=most),
            "sentence": sentence(reason, language),
        }
        for reason in answer.reasons
    ]
    total = {
        "contribution": say(language, "why", "total"),
        "points": number(answer.total, language),
    }
    return [*rows, {**total, "bar": "", "sentence": ""}]


def _show_evidence(answer: Why, language: str) -> None:
    blocks = [(name_of(r.finding, language), r.evidence) for r in answer.reasons if r.evidence]
    if answer.topic_posts:
        blocks.insert(0, (say(language, "why", "topic_posts"), answer.topic_posts))
    if blocks:
        say_line()
        say_line(say(language, "why", "evidence"), style="bold")
    for heading, evidence in blocks:
        say_line(f"{heading}:")
        for one in evidence:
            say_line(f"  {_evidence_line(one, language)}")


def _evidence_line(one: Evidence, language: str) -> str:
    if one.kind == "account":
        return f"{one.evidence_id}  {amount(one.amount, '', language)}"
    text = " ".join((one.text or "").split())[:110]
    day = one.published_at.date().isoformat() if one.published_at else "–"
    return f"{day}  {isolated(text)}  {one.url or one.evidence_id}"
