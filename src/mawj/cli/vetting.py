"""vet: can they be trusted, with evidence."""

from __future__ import annotations

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import say_line
from mawj.flow.accounts import account_id_of
from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetAsked
from mawj.flow.vetting import vet as vet_accounts


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@door_options
def vet(door: Door, accounts: tuple[str, ...]) -> None:
    """Can ACCOUNTS be trusted? Scores, the checks behind them, and what shows it."""
    lake = door.lake()
    ids = [account_id_of(lake, said) for said in accounts]
    vetted = vet_accounts(lake, VetAsked(ids, settings_in_force(door.settings_file), {}))
    for table in (vetted.scores, vetted.findings, vetted.evidence):
        for row in table.to_pylist():
            say_line(str(row))
