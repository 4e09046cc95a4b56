"""With whom a follower came, and in whose company it is found elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import SECONDS_A_DAY, ratio, whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

LEAST_COMPANY, LEAST_ELSEWHERE = 10, 3
"""Sampled followers that an account needs to be company, and such accounts that a follower
needs beside the vetted one; our judgement."""
LEAST_DATED, LEAST_AT_ONCE = 30, 5
"""Dated arrivals, and arrivals in the same three days, that make a burst; ours."""
BURST_S = 3.0 * SECONDS_A_DAY
"""Orders of followers are delivered within days; our judgement."""


def follower_company(
    follower_sample: ir.Table, follower_words: ir.Table, follows: ir.Table, *, keep: Any
) -> ir.Table:
    """Neighbours in graph and time: one row per vetted account and sampled follower.

    A follower is known by its company: accounts that sell follows deliver the same crowd to all
    their clients. The account that is vetted is left out of a follower's company, so that it
    is never suspect for following it.

    Reads:
        follower_sample: follower and since. follower_words: which of them are suspect by their
        faces. follows: whom else they follow.

    Returns:
        The declared columns. `company_share` is the mean, over what else the follower follows,
        of the suspects' share among the others who were sampled there, less the share among
        all follows of the platform.
    """
    told = follower_words.filter(_.is_suspect.notnull()).select(
        "platform", follower_id="account_id", suspect=_.is_suspect.cast("float64")
    )
    edges = keep(
        follows.filter(_.ended_at.isnull())
        .select("follower_id", "followed_id")
        .inner_join(told, "follower_id")
    )
    usual = edges.group_by("platform").agg(usual_share=_.suspect.mean())
    near = keep(_company(edges))
    every = near.group_by("follower_id").agg(shares=_.share.sum(), n=_.count())
    here = near.select("follower_id", account_id="followed_id", share_here="share")
    sampled = (
        follower_sample.select("account_id", "follower_id")
        .left_join(every, "follower_id").drop("follower_id_right")
        .left_join(here, ["account_id", "follower_id"])
        .drop("account_id_right", "follower_id_right")
        .left_join(_bursts(follower_sample), ["account_id", "follower_id"])
        .drop("account_id_right", "follower_id_right")
    )  # fmt: skip
    with_words = sampled.inner_join(
        follower_words.rename(follower_id="account_id"), "follower_id"
    ).left_join(usual, "platform")
    n_elsewhere = _.n - _.share_here.notnull().cast("int64")
    elsewhere = ratio(_.shares - _.share_here.fill_null(0.0), n_elsewhere)
    return shaped(
        with_words.mutate(
            company_share=ibis.ifelse(
                n_elsewhere >= LEAST_ELSEWHERE, elsewhere - _.usual_share, ibis.null("float64")
            )
        ),
        "follower_company",
    )


def _company(edges: ir.Table) -> ir.Table:
    """follower_id, followed_id, share of suspects among the others sampled there."""
    crowds = edges.group_by("followed_id").agg(n_there=_.count(), suspects=_.suspect.sum())
    there = edges.inner_join(crowds.filter(_.n_there >= LEAST_COMPANY), "followed_id")
    return there.select(
        "follower_id", "followed_id", share=ratio(_.suspects - _.suspect, _.n_there - 1)
    )


def _bursts(sample: ir.Table) -> ir.Table:
    """account_id, follower_id, burst_times, where enough arrivals are dated."""
    dated = sample.filter(_.since.notnull()).select(
        "account_id", "follower_id", span=(whole_seconds(_.since) / BURST_S).floor()
    )
    each = ibis.window(group_by="account_id")
    at_once = ibis.window(group_by=["account_id", "span"])
    counted = dated.mutate(
        n_dated=_.count().over(each),
        n_spans=_.span.max().over(each) - _.span.min().over(each) + 1,
        n_at_once=_.count().over(at_once),
    ).filter(_.n_dated >= LEAST_DATED)
    times = ratio(counted.n_at_once * counted.n_spans, counted.n_dated)
    return counted.select(
        "account_id", "follower_id",
        burst_times=ibis.ifelse(counted.n_at_once >= LEAST_AT_ONCE, times, 1.0),
    )  # fmt: skip
