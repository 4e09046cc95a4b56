"""Writing a brand down, and asking for creators to be vetted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mawj.crm.brands.models import Brand
from mawj.crm.jobs.actions import ask_for
from mawj.crm.members.actions import record
from mawj.flow.brand_file import brand_text
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.crm.jobs.models import Job
    from mawj.crm.members.models import User, Workspace
    from mawj.flow.brand_file import BrandFile

MOST_VETTED = 500
"""Accounts of one vetting from a page; longer lists are for the command line (ours)."""

MOST_NAMED = 3
"""Accounts that the trail names of a vetting."""


def understood(text: str) -> BrandFile:
    """What a brand's text says.

    Raises:
        SettingsError: where it says what no brand file can; the message says what and where.
    """
    return brand_text(text, "brand")


@transaction.atomic
def write_brand(workspace: Workspace, by: User, text: str, brand: Brand | None = None) -> Brand:
    """Keep a brand's text once it is understood; it bears the name that the text gives.

    Raises:
        SettingsError: as `understood`.
    """
    name = understood(text).name
    brand = brand or Brand(workspace=workspace)
    brand.name, brand.text, brand.changed_by = name[:120], text, by
    brand.save()
    record(workspace, by, "wrote brand", name)
    return brand


@transaction.atomic
def drop_brand(brand: Brand, by: User) -> None:
    """Let go of a brand; vettings that were made against it stay."""
    record(brand.workspace, by, "dropped brand", brand.name)
    brand.delete()


def vet_accounts(
    workspace: Workspace, by: User, accounts: Sequence[str], *, brand: Brand | None
) -> Job:
    """Ask for accounts to be vetted, against a brand's values where one is given.

    The job is called by the accounts, in no language; pages say how many in the reader's.

    Raises:
        ActionRefused: for none, or for more than `MOST_VETTED`.
    """
    if not accounts:
        raise ActionRefused("no account to vet")
    if len(accounts) > MOST_VETTED:
        raise ActionRefused(f"{len(accounts)} accounts are more than {MOST_VETTED} at once")
    return ask_for(
        workspace, "vet", by, title=", ".join(accounts[:MOST_NAMED]), accounts=list(accounts),
        brand=brand.pk if brand else None,
    )  # fmt: skip
