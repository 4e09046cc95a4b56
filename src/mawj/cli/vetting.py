"""vet: can they be trusted, with evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.pages import page_options, write_page
from mawj.cli.progress import behind_a_bar
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.cli.vet_shown import show_accounts, show_csv, show_list
from mawj.flow.accounts import account_ids_of
from mawj.flow.brand_file import brand_file
from mawj.flow.finding import Wanted, find
from mawj.flow.sentences import say
from mawj.flow.settings import settings_in_force
from mawj.flow.vet_kept import keep_vetting, kept_vetting, kept_vettings
from mawj.flow.vet_list import listed
from mawj.flow.vet_report import MOST_DETAILED, of_score, vet_report
from mawj.flow.vetting import VetAsked, split_on
from mawj.flow.vetting import vet as vet_accounts
from mawj.reports.vetting_html import vetting_html
from mawj.reports.vetting_pdf import vetting_pdf
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.flow.vet_report import VetReport
    from mawj.flow.vetting import Vetted
    from mawj.lake.lake import Lake

EVERY = 10**9


@click.command()
@click.argument("accounts", nargs=-1)
@click.option(
    "--list",
    "list_file",
    type=click.File(encoding="utf-8-sig"),
    default=None,
    help="A file with one account a line, or the CSV of `mawj find`; - for stdin.",
)
@click.option("--find", "subject", default="", help="Vet what `mawj find` finds.")
@click.option(
    "--top", type=click.IntRange(1, 10_000), default=20, help="With --find: how many at most."
)
@click.option(
    "--brand",
    "brand",
    type=click.Path(path_type=Path),
    default=None,
    help="A file of a brand's values, red lines and competitors.",
)
@click.option(
    "--split-on",
    "split_day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Compare politics before and after this date (2026-05-01): an election, a first paid"
    " post. Else the middle of an account's own time.",
)
@click.option("--skip-unknown", is_flag=True, help="Leave out what is not loaded.")
@click.option("--details", is_flag=True, help="Tell every account of a list in full.")
@page_options("Write a page that can be sent; the vetting is then kept.")
@click.option("--keep", "is_kept", is_flag=True, help="Keep the vetting in the lake.")
@click.option("--kept", "list_kept", is_flag=True, help="List the vettings that are kept.")
@click.option("--again", "vetting_id", default="", help="Show a vetting that is kept.")
@door_options  # fmt: skip
def vet(door: Door, accounts: tuple[str, ...], **told: Any) -> None:
    """Can ACCOUNTS be trusted? Scores, the checks behind them, and what shows it.

    One account is told in full; of several a table is shown, with what weighs most.
    """
    lake = door.lake()
    if told["list_kept"]:
        _show_kept(lake, door)
        return
    if told["vetting_id"]:
        vetted, scale, made_at = kept_vetting(lake, told["vetting_id"])
    else:
        made_at = datetime.now(UTC)
        vetted, scale = _vetted_now(lake, door, accounts, told | {"made_at": made_at})
    files = {name: told[name] for name in ("html_file", "pdf_file") if told[name]}
    is_detailed = told["details"] or len(vetted.accounts) == 1
    if files:
        n = EVERY if is_detailed else MOST_DETAILED
        answer = vet_report(lake, vetted, scale=scale, made_at=made_at, detailed=n)
        _write(answer, files, door.language)
    elif door.form == "csv" and is_detailed:
        show_csv(vetted)
    else:
        n = EVERY if is_detailed else 0
        answer = vet_report(lake, vetted, scale=scale, made_at=made_at, detailed=n)
        show_report(answer, door)


def show_score(lake: Lake, door: Door, account: str, score: str) -> None:
    """The reasons of one score of one account, as `mawj why --score` asks for them."""
    ids, _ = account_ids_of(lake, [account])
    settings = settings_in_force(door.settings_file)
    vetted = with_progress(lake, VetAsked(ids, settings))
    scale: Any = settings["VetScale"]
    whole = vet_report(lake, vetted, scale=scale, made_at=datetime.now(UTC), detailed=1)
    answer = of_score(whole, score)
    if door.form == "csv":
        show_csv(vetted, score)
    else:
        show_report(answer, door)


def show_report(answer: VetReport, door: Door) -> None:
    """A report in the form asked for: JSON, a table of a list, or each account in full."""
    if door.form == "json":
        show_json(answer)
    elif answer.accounts:
        show_accounts(answer, door.language)
    else:
        show_list(answer, door)


def with_progress(lake: Lake, asked: VetAsked) -> Vetted:
    """Vet behind a progress bar."""
    return behind_a_bar(lambda done: vet_accounts(lake, asked, done=done), is_counted=True)


def _vetted_now(
    lake: Lake, door: Door, accounts: tuple[str, ...], told: dict[str, Any]
) -> tuple[Vetted, Any]:
    """Vet whom was asked for, kept where asked or where a report goes out."""
    ids, unknown = _whom(lake, accounts, told)
    settings = settings_in_force(door.settings_file)
    if told["split_day"] is not None:
        settings = split_on(settings, told["split_day"].date())
    vetted = with_progress(lake, _asked(ids, settings, told["brand"]))
    if unknown:
        left_out = say(door.language, "vet", "unknown_accounts", accounts=", ".join(unknown))
        click.echo(left_out, err=True)
    if told["is_kept"] or told["html_file"] or told["pdf_file"]:
        vetted = keep_vetting(lake, vetted, settings, made_at=told["made_at"])
    return vetted, settings["VetScale"]


def _asked(ids: list[str], settings: dict[str, object], brand: Path | None) -> VetAsked:
    """What to vet, with what the brand wrote down; what was not understood is said."""
    if brand is None:
        return VetAsked(ids, settings)
    told = brand_file(brand)
    for note in told.notes:
        click.echo(note, err=True)
    return VetAsked(ids, settings, told.tables, told.name)


def _whom(
    lake: Lake, accounts: tuple[str, ...], told: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """The ids asked for by name, by a list or by words, and what of them is not loaded."""
    said = list(accounts)
    if told["list_file"] is not None:
        said += listed(told["list_file"].read())
    ids, unknown = account_ids_of(lake, said, skip_unknown=told["skip_unknown"])
    if told["subject"]:
        wanted = Wanted(subject=told["subject"], top=told["top"], with_unranked=True)
        ids += [one.account_id for one in find(lake, wanted).found]
    if not ids:
        raise NotEnoughData(
            "no account to vet: name some, or give --list FILE or --find WORDS that find some",
            has=0, needs=1,
        )  # fmt: skip
    return list(dict.fromkeys(ids)), unknown


def _write(answer: VetReport, files: dict[str, Path], language: str) -> None:
    """Write the report in each form asked for and say where."""
    makers: dict[str, Callable[..., bytes]] = {"html_file": _html, "pdf_file": vetting_pdf}
    for name, file in files.items():
        write_page(file, makers[name](answer, language))
    if answer.vetting_id:
        say_line(say(language, "vet", "kept", vetting_id=answer.vetting_id))


def _html(answer: VetReport, language: str) -> bytes:
    return vetting_html(answer, language).encode()


def _show_kept(lake: Lake, door: Door) -> None:
    """The vettings that are kept, the newest first."""
    found = kept_vettings(lake)
    if door.form == "json":
        show_json(found)
        return
    names = ("vetting_id", "made_at", "run_id", "n_accounts", "brand")
    shown = [row | {"made_at": f"{row['made_at']:%Y-%m-%d %H:%M}"} for row in found]
    plain = [{name: row[name] or "" for name in names} for row in shown]
    headings = [Heading(name, name, name == "n_accounts") for name in names]
    show(door.form, headings, plain, language="en")
