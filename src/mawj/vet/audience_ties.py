"""What the audience of each vetted account does to third accounts, before and after a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class PoliticalSplit:
    """What is compared before and after.

    Attributes:
        split_on: the date (2026-05-01) of an election, an event or a first paid post; "" for
            the middle of the account's own time; the user's choice.
        actors_each: people of each audience that are looked at, a fixed sample; more tell
            little more and take the square of the time; our judgement.
    """

    split_on: str = ""
    actors_each: int = 300


def audience_actors(
    acts: ir.Table, vet_subjects: ir.Table, *, political_split: PoliticalSplit
) -> ir.Table:
    """One account of the audience of a vetted account that is looked at.

    Reads:
        acts: who did anything to a vetted account. vet_subjects: which accounts.

    Returns:
        first_at, its first act on the account, and split_at, where that account's time is cut
        in two; `actors_each` people an account, by the digest of their ids.
    """
    given = acts.filter(_.at.notnull()).inner_join(
        vet_subjects.select("account_id"), acts.target_id == vet_subjects.account_id
    )
    given = given.select("account_id", "actor_id", "at", at_s=whole_seconds(_.at))
    middles = given.group_by("account_id").agg(middle_s=(_.at_s.min() + _.at_s.max()) / 2.0)
    people = given.group_by("account_id", "actor_id").agg(first_at=_.at.min())
    digest = people.actor_id.hexdigest("md5")
    order = ibis.window(group_by="account_id", order_by=[digest, people.actor_id])
    few = people.mutate(place=ibis.row_number().over(order)).filter(
        _.place < political_split.actors_each
    )
    told = few.inner_join(middles, "account_id")
    return shaped(told.mutate(split_s=_split(told, political_split)), "audience_actors")


def _split(told: ir.Table, settings: PoliticalSplit) -> Any:
    if not settings.split_on:
        return told.middle_s
    moment = datetime.fromisoformat(f"{settings.split_on}T00:00:00+00:00")
    return ibis.literal(moment.timestamp())


def audience_ties(audience_actors: ir.Table, acts: ir.Table) -> ir.Table:
    """What one account of the audience did to one third account, before or after the date.

    Reads:
        audience_actors: whom. acts: everything they did, but for what was done to the vetted
        account itself: the question is what else holds its audience together.

    Returns:
        n_acts of each period; undated acts are left out.
    """
    done = acts.filter(_.at.notnull()).inner_join(audience_actors, "actor_id")
    third = done.filter(done.target_id != done.account_id)
    is_later = whole_seconds(third.at).cast("float64") >= third.split_s
    placed = third.mutate(period=ibis.ifelse(is_later, "after", "before"))
    return shaped(
        placed.group_by("account_id", "actor_id", "target_id", "period").agg(n_acts=_.count()),
        "audience_ties",
    )
