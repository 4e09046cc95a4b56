"""compare, tiers, topics, coverage, changes: the questions about more than one account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.freshness_shown import show_stale
from mawj.cli.shown import Heading, bar, say_line, show, show_json
from mawj.flow import changes as changing
from mawj.flow import comparing, topics_known
from mawj.flow import coverage as covering
from mawj.flow.accounts import rows
from mawj.flow.freshness_seen import stale_counts
from mawj.flow.sentences import compact, isolated, name_of, number, percent, say
from mawj.flow.tiers_answer import group_name, tier_effects, tier_groups

if TYPE_CHECKING:
    from mawj.flow.comparing import Compared


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option("--topic", "topic_id", default="", help="On one topic.")
@door_options
def compare(door: Door, accounts: tuple[str, ...], topic_id: str) -> None:
    """Two to five ACCOUNTS side by side, reason by reason."""
    answer = comparing.compare(door.lake(), accounts, topic_id)
    if door.form == "json":
        show_json(answer)
        return
    language = door.cells
    names = [side.account_id for side in answer.sides]
    headings = [
        Heading("finding", say(language, "why", "contribution"), is_wide=True),
        *(Heading(name, name, is_number=True) for name in names),
    ]
    if door.form == "table":
        say_line(say(language, "compare", "title"), style="bold")
    show(door.form, headings, _compared_rows(answer, names, language), language=language)
    if door.form == "table":
        show(
            "table",
            [
                Heading("finding", say(language, "compare", "measure"), is_wide=True),
                *headings[1:],
            ],
            _measure_rows(answer, names, language),
            language=language,
        )
        say_line(_how_sure(answer, language))


def _compared_rows(answer: Compared, names: list[str], language: str) -> list[dict[str, str]]:
    made = []
    for finding in answer.findings:
        points = [number(p, language) for p in answer.points(finding)]
        made.append(
            {"finding": name_of(finding, language)} | dict(zip(names, points, strict=True))
        )
    totals = [number(side.influence, language) for side in answer.sides]
    made.append(
        {"finding": say(language, "why", "total")} | dict(zip(names, totals, strict=True))
    )
    return made


def _measure_rows(answer: Compared, names: list[str], language: str) -> list[dict[str, str]]:
    wanted = (
        ("standing", "followers", compact), ("standing", "following", compact),
        ("reach", "reach", compact), ("growth", "growth_30d_share", percent),
        ("cadence", "posts_per_week", number), ("klout_style", "klout_style", number),
        ("kred_style", "kred_influence", compact), ("kred_style", "kred_outreach", compact),
    )  # fmt: skip
    labels = {"growth_30d_share": "growth"}
    made = []
    for table, column, shown in wanted:
        values = [(measures[table] or {}).get(column) for measures in answer.measures]
        label = say(language, "measures", labels.get(column, column))
        cells = [shown(value, language) for value in values]
        made.append({"finding": label} | dict(zip(names, cells, strict=True)))
    kinds = [
        say(language, "kinds", (m["kinds"] or {}).get("kind", "not_assessed"))
        for m in answer.measures
    ]
    kind = {"finding": say(language, "shortlist", "kind")} | dict(
        zip(names, kinds, strict=True)
    )
    return [*made, kind]


def _how_sure(answer: Compared, language: str) -> str:
    if answer.p_first_above_second is None:
        return say(language, "compare", "p_unknown")
    left, right = (isolated(side.name or side.account_id) for side in answer.sides[:2])
    chance = percent(answer.p_first_above_second, language, 0)
    return say(language, "compare", "p_above", left=left, right=right, p=chance)


@click.command()
@click.option("--scheme", default="hootsuite", help="Whose tier lines.")
@click.option("--measure", default="", help="Only one measure, for example by_followers.")
@click.option(
    "--schemes", "list_schemes", is_flag=True, help="List the published schemes instead."
)
@door_options
def tiers(door: Door, scheme: str, measure: str, *, list_schemes: bool) -> None:
    """Do small accounts move people more than large ones? On this data, with intervals."""
    lake = door.lake()
    if list_schemes:
        bounds = rows(lake.read("tier_bounds").order_by(["scheme", "n_order"]))
        headings = [Heading(n, n, n.startswith("followers")) for n in
                    ("scheme", "tier", "followers_from", "followers_below")]  # fmt: skip
        show_rows(door, headings, bounds)
        return
    found = tier_groups(lake, scheme, measure), tier_effects(lake, scheme, measure)
    if door.form == "json":
        show_json({"groups": found[0], "effects": found[1]})
    else:
        _show_tiers(door, *found)


def _show_tiers(
    door: Door, groups: list[dict[str, Any]], effects: list[dict[str, Any]]
) -> None:
    language = door.cells
    if door.form == "table":
        say_line(say(language, "tiers", "title"), style="bold")
    most = max((row["median"] or 0.0 for row in groups), default=1.0)
    shown = [_group_row(row, most, language) for row in groups]
    titles = {"measure": "measure", "group": "group", "median": "median",
              "interval": "interval",
              "n_accounts": "accounts", "verdict": "verdict"}  # fmt: skip
    headings = [Heading(key, _tier_title(title, language), key in {"median", "n_accounts"})
                for key, title in titles.items()]  # fmt: skip
    show(door.form, [*headings, Heading("bar", "")], shown, language=language)
    ratio = say(language, "tiers", "ratio")
    headings = [
        Heading("measure", _tier_title("measure", language)),
        Heading("against", say(language, "tiers", "group")),
        Heading("ratio", ratio, is_number=True),
        Heading("interval", _tier_title("interval", language)),
        Heading("verdict", say(language, "tiers", "verdict")),
    ]
    show(
        door.form, headings, [_effect_row(row, language) for row in effects], language=language
    )


def _tier_title(key: str, language: str) -> str:
    section = {"measure": "compare", "interval": "shortlist"}.get(key, "tiers")
    return say(language, section, key)


def _group_row(row: dict[str, Any], most: float, language: str) -> dict[str, str]:
    parts = [say(language, "tier_names", row["tier"])] if row["tier"] else []
    parts += [say(language, "kinds", row["kind"])] if row["kind"] else []
    known = row["median"] is not None
    low, high = (
        _measured(row[name], row["measure"], language) for name in ("median_low", "median_high")
    )
    return {
        "measure": say(language, "measures", row["measure"]),
        "group": " · ".join(parts) or say(language, "tiers", "all"),
        "median": _measured(row["median"], row["measure"], language),
        "interval": isolated(f"{low} – {high}") if known else "–",
        "n_accounts": number(row["n_accounts"], language, 0),
        "verdict": say(language, "tiers", row["verdict"]),
        "bar": bar(row["median"], least=0.0, most=most, width=16) if known else "",
    }


def _measured(value: float | None, measure: str, language: str) -> str:
    if measure == "reach_per_follower":
        return number(value, language, 2)
    return percent(value, language, 2)


def _effect_row(row: dict[str, Any], language: str) -> dict[str, str]:
    left, right = (group_name(row[side], language) for side in ("group_l", "group_r"))
    low, high = number(row["ratio_low"], language, 2), number(row["ratio_high"], language, 2)
    return {
        "measure": say(language, "measures", row["measure"]),
        "against": say(language, "tiers", "against", left=left, right=right),
        "ratio": number(row["ratio"], language, 2),
        "interval": isolated(f"{low} – {high}") if row["ratio"] is not None else "–",
        "verdict": say(language, "tiers", row["verdict"]),
    }


@click.command()
@click.argument("words", default="")
@click.option(
    "--terms", "topic_id", default="", help="Terms that keep company with this topic."
)
@door_options
def topics(door: Door, words: str, topic_id: str) -> None:
    """The topics of the taxonomy and how many accounts speak of each; WORDS filter them."""
    lake = door.lake()
    if topic_id:
        found = topics_known.terms_of(lake, topic_id)
        headings = [Heading("term", "term"), Heading("n_posts", "posts", is_number=True),
                    Heading("lift", "lift", is_number=True)]  # fmt: skip
        shown = [row | {"lift": number(row["lift"], door.language)} for row in found]
        show_rows(door, headings, shown)
        return
    found = topics_known.topics(lake, words, language=door.language)
    name, accounts = (
        say(door.language, "shortlist", "name"),
        say(door.language, "tiers", "accounts"),
    )
    headings = [Heading("topic_id", "topic"), Heading("name", name),
                Heading("n_accounts", accounts, is_number=True)]  # fmt: skip
    show_rows(door, headings, found)


def show_rows(door: Door, headings: list[Heading], found: list[dict[str, Any]]) -> None:
    """Rows as they are, in the form asked for."""
    if door.form == "json":
        show_json(found)
        return
    plain = [{k: "–" if v is None else v for k, v in row.items()} for row in found]
    show(door.form, headings, plain, language=door.language)


@click.command()
@door_options
def coverage(door: Door) -> None:
    """What can be said of the loaded accounts, what cannot, and what to load next."""
    lake = door.lake()
    answer, stale = covering.coverage(lake), stale_counts(lake, datetime.now(UTC))
    if door.form == "json":
        show_json({**vars(answer), "stale": stale})
        return
    language = door.cells
    if door.form == "table":
        n, ranked = number(answer.n_accounts, language, 0), number(answer.n_ranked, language, 0)
        say_line(say(language, "coverage", "title"), style="bold")
        say_line(say(language, "coverage", "accounts", n=n, ranked=ranked))
    headings = [
        Heading("finding", say(language, "why", "contribution")),
        Heading("share", say(language, "coverage", "assessed"), is_number=True),
        Heading("bar", ""),
        Heading("by_events", say(language, "coverage", "by_events"), is_number=True),
        Heading("by_counts", say(language, "coverage", "by_counts"), is_number=True),
    ]
    shown = [
        {
            "finding": name_of(one.finding, language),
            "share": percent(one.share, language, 0),
            "bar": bar(one.share, least=0, most=1, width=16),
            "by_events": number(one.by_events, language, 0),
            "by_counts": number(one.by_counts, language, 0),
        }
        for one in answer.contributions
    ]
    show(door.form, headings, shown, language=language)
    if door.form == "table":
        _say_load_next(answer, language)
        show_stale(stale, language)


def _say_load_next(answer: covering.Coverage, language: str) -> None:
    if not answer.load_next:
        say_line(say(language, "coverage", "complete"))
        return
    say_line(say(language, "coverage", "load_next"), style="bold")
    for table, _meaning, points in answer.load_next:
        text = say(language, "coverage", "gain",
                   table=isolated(table), meaning=say(language, "loads", table),
                   points=number(points, language))  # fmt: skip
        say_line(f"  {text}")


@click.command()
@click.option("--since", default=None, help="An earlier run; default: the last but one.")
@click.option("--topic", "topic_id", default="", help="On one topic.")
@click.option("--top", type=click.IntRange(1, 10_000), default=20, help="How many at most.")
@door_options
def changes(door: Door, since: str | None, topic_id: str, top: int) -> None:
    """Why scores moved since an earlier run, contribution by contribution."""
    answer = changing.changes(door.lake(), since=since, topic_id=topic_id, top=top)
    if door.form == "json":
        show_json(answer)
        return
    language = door.cells
    if door.form == "table":
        before, now = isolated(answer.run_before), isolated(answer.run_now)
        say_line(say(language, "changes", "title", before=before, now=now), style="bold")
        say_line(say(language, "changes", "n_moved", n=number(answer.n_moved, language, 0)))
        if not answer.same_rules:
            say_line(say(language, "changes", "new_rules"))
    keys = ("account", "before", "now", "moved", "because")
    titles = [say(language, "shortlist" if k == "account" else "changes", k) for k in keys]
    headings = [
        Heading(key, title, key in {"before", "now", "moved"}, key == "because")
        for key, title in zip(keys, titles, strict=True)
    ]
    show(
        door.form,
        headings,
        [_change_row(c, language) for c in answer.changes],
        language=language,
    )


def _change_row(change: changing.Change, language: str) -> dict[str, str]:
    parts = (f"{name_of(name, language)} {points:+.2f}" for name, points in change.parts[:4])
    return {
        "account": change.account_id,
        "before": number(change.influence_before, language, 2),
        "now": number(change.influence_now, language, 2),
        "moved": f"{change.moved:+.2f}",
        "because": " · ".join(parts),
    }
