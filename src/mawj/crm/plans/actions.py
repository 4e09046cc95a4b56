"""Asking for a plan, and letting go of one."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from django.db import transaction

from mawj.crm.jobs.actions import ask_for
from mawj.crm.members.actions import record
from mawj.crm.plans.models import SavedPlan
from mawj.flow.brief_file import brief_told
from mawj.flow.brief_said import Written
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from mawj.crm.members.models import User, Workspace
    from mawj.plan.asking.brief import Brief

HERE = "brief"


def understood(text: str) -> Brief:
    """The brief that a text says.

    Raises:
        SettingsError: where it does not hold; the message says line, field and what to write.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{HERE}: {error}. Text stands in quotes, lists in [ ]") from error
    return brief_told(told, Written(HERE, text))


@transaction.atomic
def ask_for_plan(workspace: Workspace, by: User, text: str) -> SavedPlan:
    """A plan that waits to be made, once its brief is understood.

    Raises:
        SettingsError: as `understood`.
    """
    brief = understood(text)
    made = SavedPlan.objects.create(
        workspace=workspace, name=brief.name[:200], brief=text, made_by=by
    )
    made.job = ask_for(workspace, "plan", by, title=made.name, plan=made.pk)
    made.save(update_fields=["job"])
    return made


@transaction.atomic
def drop_plan(plan: SavedPlan, by: User) -> None:
    """Let go of a plan; forecasts that it kept in the book stay."""
    record(plan.workspace, by, "dropped plan", plan.name)
    plan.delete()
