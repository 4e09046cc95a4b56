"""forecast, forecasts, results, backtest: what a post may bring, and what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.forecast_shown import (
    show_actual_costs,
    show_backtest,
    show_books,
    show_forecasts,
    show_scores,
    show_why,
)
from mawj.cli.orders_shown import as_plain, show_orders
from mawj.cli.shown import say_line, show_json
from mawj.flow.accounts import account_ids_of
from mawj.flow.backtesting import backtested
from mawj.flow.credited_orders import credited_orders
from mawj.flow.finding import DEFAULT_SCHEME
from mawj.flow.forecast_book import (
    actual_costs,
    keep_forecasts,
    kept_books,
    kept_rows,
    record_of,
    scores,
)
from mawj.flow.forecasting import ForecastWanted, forecasts_for, the_run
from mawj.flow.loading import LoadAsked, load, mapping_for
from mawj.flow.sentences import say
from mawj.flow.settings import settings_in_force
from mawj.plan.asking.deliverables import MEASURES
from mawj.sources.limits import ReadingChoices
from mawj.sources.reading import open_file
from mawj.sources.ready import OF_SHOPS
from mawj.sources.ready.results import detect as is_of_results
from mawj.tables.errors import MappingNeeded

if TYPE_CHECKING:
    from mawj.flow.storing import Loaded
    from mawj.lake.lake import Lake
    from mawj.sources.guessing import Guess
    from mawj.sources.raw import RawFile

AHEAD_DAYS = 14
"""Days after the latest data for which a post is forecast where no day is said; ours."""

LACKING = (
    "{file}: results need headings for the account, the deliverable, the day of publication "
    "and at least one count; orders need a number, a day, a state and a total; found {found}"
)


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option(
    "--deliverable",
    "deliverables",
    multiple=True,
    help="Such as instagram:reel; may be repeated. Default: all of the account's platform.",
)
@click.option(
    "--on",
    "days",
    multiple=True,
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Day of publication; may be repeated. Default: two weeks after the latest data.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    type=click.Choice(MEASURES),
    help="Only this; may be repeated.",
)
@click.option("--unpaid", is_flag=True, help="A post that nobody pays for.")
@click.option("--level", type=click.FloatRange(0.5, 0.99), default=0.8, help="Of the interval.")
@click.option("--why", "with_why", is_flag=True, help="Every part of every number.")
@click.option("--keep", "is_kept", is_flag=True, help="Freeze the forecasts in the book.")
@door_options
def forecast(door: Door, accounts: tuple[str, ...], **said: Any) -> None:
    """What a post of ACCOUNTS may bring: views, reach, engagements, clicks, orders."""
    lake = door.lake()
    ids, _ = account_ids_of(lake, accounts)
    settings = settings_in_force(door.settings_file)
    days = [one.date() for one in said["days"]] or [_usual_day(lake)]
    wanted = ForecastWanted(
        days,
        said["deliverables"],
        said["measures"] or MEASURES,
        not said["unpaid"],
        said["level"],
    )
    made = forecasts_for(lake, ids, wanted, settings)
    if said["is_kept"]:
        book_id = keep_forecasts(lake, made, settings, made_at=datetime.now(UTC))
        click.echo(say(door.language, "forecast", "kept", book_id=book_id), err=True)
    if door.form == "json":
        show_json({"forecasts": made.rows.to_pylist(), "lines": made.lines.to_pylist(),
                   "run_id": made.run_id, "as_of": made.as_of})  # fmt: skip
        return
    show_forecasts(made.rows.to_pylist(), record_of(scores(lake)), door)
    if door.form == "table" and (said["with_why"] or len(ids) == 1):
        show_why(made.lines.to_pylist(), door.language)


@click.command()
@click.argument("book_id", required=False, default="")
@door_options
def forecasts(door: Door, book_id: str) -> None:
    """The forecast book: what was forecast and kept, and how it turned out."""
    lake = door.lake()
    scored = scores(lake).to_pylist()
    if book_id:
        kept = kept_rows(lake, book_id)
        show_scores(kept, [row for row in scored if row["book_id"] == book_id], door)
    else:
        show_books(kept_books(lake), scored, door)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--encoding", default=None, help="For example windows-1256; default: told.")
@click.option("--sheet", default=None, help="Sheet of a workbook; default: the first.")
@door_options
def results(door: Door, files: tuple[str, ...], **said: Any) -> None:
    """Bring in FILES of what came of placements, and score the forecasts that were kept.

    Orders of shops, visits by Google Analytics, and a table of accounts and their codes are
    taken too: then it is told whose orders are whose.
    """
    lake = door.lake()
    n_rows, faults = 0, []
    for file in files:
        with open_file(file, choices=ReadingChoices(**said)) as raw:
            done = _brought(lake, raw)
        n_rows += (done.n_rows - done.n_lost) * (done.how == "results")
        told = [*done.first_reasons, *done.notes]
        faults += [f"{done.file}: {one}" for one in told]
    scored, credit = scores(lake), credited_orders(lake)
    if door.form == "json":
        plain = {"results": n_rows, "faults": faults, "scores": scored.to_pylist()}
        show_json(plain | {"unit_costs": actual_costs(lake), "orders": as_plain(credit)})
        return
    words = {"n": n_rows, "n_scored": scored.num_rows}
    say_line(say(door.language, "forecast", "loaded", **words))
    for fault in faults:
        say_line(fault, style="dim")
    show_books(kept_books(lake), scored.to_pylist(), door)
    show_actual_costs(actual_costs(lake), door)
    if door.form == "table":
        show_orders(credit, door)


@click.command()
@click.option("--scheme", default=DEFAULT_SCHEME, show_default=True, help="Whose tiers.")
@door_options
def backtest(door: Door, scheme: str) -> None:
    """Forecast the past again and score it beside two naive ways, by platform and tier."""
    made = backtested(door.lake(), settings_in_force(door.settings_file), scheme=scheme)
    if door.form == "json":
        told = {name: getattr(made, name) for name in ("run_id", "as_of", "scheme", "n_posts")}
        show_json(told | {"n_accounts": made.n_accounts, "rows": made.rows.to_pylist()})
        return
    show_backtest(made, door)


def _usual_day(lake: Lake) -> date:
    return the_run(lake).as_of.date() + timedelta(days=AHEAD_DAYS)


def _brought(lake: Lake, raw: RawFile) -> Loaded:
    """One file loaded: results first, then what shops and Google Analytics write."""
    asked = LoadAsked(grain="results")
    if is_of_results(raw):
        return load(lake, raw, mapping_for(raw, asked, _never), asked)
    known = next((one for one in OF_SHOPS if one.detect(raw)), None)
    if known is None:
        raise MappingNeeded(LACKING.format(file=raw.name, found=list(raw.headings)))
    return load(lake, raw, known.mapping(raw), LoadAsked())


def _never(found: Guess) -> Any:
    raise MappingNeeded(LACKING.format(file="the file", found=found.headings))
