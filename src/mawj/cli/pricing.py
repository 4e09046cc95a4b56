"""price, emv: what a creator should cost, line by line; what content is called worth."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.price_shown import show_price
from mawj.cli.worth_shown import show_audit, show_emv
from mawj.flow.accounts import account_ids_of
from mawj.flow.pay_audits import AuditAsked, audit, groups_in
from mawj.flow.price_said import CHANNELS_SAID, SCOPES_SAID, rates_given, terms_said
from mawj.flow.pricing import PriceAsked
from mawj.flow.pricing import price as price_of
from mawj.flow.pricing_facts import cards_of
from mawj.flow.settings import settings_in_force
from mawj.flow.valued import EmvAsked, emv_of_posts

if TYPE_CHECKING:
    from collections.abc import Callable

TERMS = (
    click.option("--market", default="", help="Country of the audience, such as SA; default: "
                 "that of the accounts."),
    click.option("--currency", default="USD", show_default=True, help="Of every amount."),
    click.option("--usage", default="", help="How long you may use the content: 30d, 3m, 1y."),
    click.option("--usage-in", "usage_channels", type=click.Choice(CHANNELS_SAID),
                 default="organic", help="Where: your own pages, or your advertisements."),
    click.option("--exclusivity", default="", help="How long the creator keeps from others."),
    click.option("--exclusivity-of", "exclusivity_scope", type=click.Choice(SCOPES_SAID),
                 default="category", help="From whom."),
    click.option("--boosting", default="", help="How long you may advertise under their name."),
    click.option("--boost-budget", default="", help="What you spend on that."),
    click.option("--due", default="", help="Time from agreement to publication."),
    click.option("--urgent", is_flag=True, help="Within three days."),
    click.option("--cuts", type=click.IntRange(0), default=0, help="Further cuts for you."),
    click.option("--production", default="", help="Production agreed apart."),
    click.option("--cause", is_flag=True, help="It is for a charitable cause."),
    click.option("--platform-fee", type=click.FloatRange(0, 1, max_open=True), default=0.0,
                 help="What a marketplace adds for you, as a share: 0.1."),
    click.option("--marketplace", default="", help="A marketplace whose share is known."),
    click.option("--tax", default="", help="Country whose value-added tax is on the bill."),
)  # fmt: skip
RATES = (
    click.option("--rate", "rates", multiple=True, help="What a dollar is: EUR=0.92."),
    click.option("--cards", "folder", type=click.Path(path_type=Path, file_okay=False,
                 exists=True), default=None, help="A folder of your own rate cards."),
)  # fmt: skip


class OfOrAudit(click.Group):
    """`mawj price ACCOUNT…` is short for `mawj price of ACCOUNT…`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `of` before what is no command of the group."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["of", *args]
        return super().parse_args(ctx, args)


def _with(options: tuple[Callable[[Any], Any], ...]) -> Callable[[Any], Any]:
    def wrap(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return wrap


@click.group(cls=OfOrAudit)
def price() -> None:
    """What creators should cost: `mawj price ACCOUNT…`, and `mawj price audit`."""


@price.command("of")
@click.argument("accounts", nargs=-1, required=True)
@click.option(
    "--deliverable",
    "deliverables",
    multiple=True,
    help="What they publish, such as instagram:reel; default: what they do most.",
)
@_with(TERMS)
@_with(RATES)
@door_options
def of(door: Door, accounts: tuple[str, ...], **said: Any) -> None:
    """The receipt of ACCOUNTS: each line with its range, its source, and what stands beside."""
    today = datetime.now(UTC).date()
    settings = settings_in_force(door.settings_file)
    settings["CurrencyRates"] = rates_given(said["rates"], settings, today.isoformat())
    terms = terms_said(said)
    lake = door.lake()
    ids, _ = account_ids_of(lake, accounts)
    asked = PriceAsked(ids, terms, today, said["deliverables"], cards=cards_of(said["folder"]))
    show_price(price_of(lake, asked, settings), door)


@price.command("audit")
@click.option("--groups", "file", type=click.File(encoding="utf-8-sig"), required=True,
              help="CSV of accounts and their group; no group is ever inferred.")  # fmt: skip
@click.option("--suggestions", "of_suggestions", is_flag=True,
              help="Audit the prices that Mawj suggests, instead of known fees.")  # fmt: skip
@click.option("--currency", default="USD", show_default=True, help="That fees are told in.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the dealing.")
@_with(RATES[:1])
@door_options
def audit_(door: Door, file: Any, **said: Any) -> None:
    """Are accounts of different groups paid differently for like results?"""
    today = datetime.now(UTC).date()
    settings = settings_in_force(door.settings_file)
    settings["CurrencyRates"] = rates_given(said["rates"], settings, today.isoformat())
    groups = groups_in(file.read(), getattr(file, "name", "the file of groups"))
    asked = AuditAsked(groups, said["currency"].upper(), today, said["of_suggestions"])
    show_audit(audit(door.lake(), asked, settings, seed=said["seed"]), asked, door)


@click.command()
@click.argument("what", nargs=-1, required=True)
@click.option("--latest", type=click.IntRange(1, 100), default=3, show_default=True,
              help="Posts of an account.")  # fmt: skip
@click.option("--market", default="", help="Whose advertising prices, such as SA.")
@click.option(
    "--cpm", type=float, default=None, help="Your creators' price of a thousand, USD."
)
@click.option("--ad-cpm", type=float, default=None, help="Your advertising's, USD.")
@click.option("--cpc", type=float, default=None, help="Your price of a click, USD.")
@click.option("--cpe", type=float, default=None, help="Your price of an engagement, USD.")
@click.option("--quality", type=float, default=None, help="Keepface's multiplier, 0.8 to 1.2.")
@_with(RATES[1:])
@door_options
def emv(door: Door, what: tuple[str, ...], **said: Any) -> None:
    """Earned media value of posts, or of ACCOUNTS' latest posts, by several public methods."""
    given = {
        name: said[name]
        for name in ("cpm", "ad_cpm", "cpc", "cpe", "quality")
        if said[name] is not None
    }
    today = datetime.now(UTC).date()
    asked = EmvAsked(what, today, given, said["market"].upper(), said["latest"])
    settings = settings_in_force(door.settings_file)
    show_emv(emv_of_posts(door.lake(), asked, cards_of(said["folder"]), settings), door)
