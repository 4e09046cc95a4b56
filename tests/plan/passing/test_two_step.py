"""Reach in two steps."""

import pyarrow as pa
import pytest

from mawj.plan.passing.audience_members import audiences
from mawj.plan.passing.two_step import passing_arcs, two_step_reach
from mawj.tables.errors import NotEnoughData
from tests.plan.world import table


def members(rows):
    pairs = [(one, m) for one, audience in rows.items() for m in audience]
    return pa.table({"account_id": [p[0] for p in pairs], "member_id": [p[1] for p in pairs]})


def chance(account_id, passer_id, share, worth=1e6):
    return {
        "account_id": account_id,
        "passer_id": passer_id,
        "passing_share": share,
        "worth": worth,
    }


AUDIENCE = {
    "a": ["m1", "m2", "p"],
    "p": ["m2", "n1", "n2", "a"],
    "q": ["n2", "n3"],
    "m1": ["z"],
}


def reach(told, audience=None, accounts=("a",), **more):
    rows = audience or AUDIENCE
    arcs = passing_arcs(table("passes", told), members({one: rows[one] for one in accounts}))
    sets = audiences(members(rows), [*accounts, *(one for one in rows if one not in accounts)])
    return two_step_reach(sets, arcs, accounts, **more).to_pylist()[0]


def test_who_surely_passes_on_brings_all_who_are_new():
    row = reach([chance("a", "p", 1 - 1e-9)])
    assert row["direct"] == 3
    # m2 has seen it, a wrote it: n1 and n2 are new.
    assert row["second"] == row["second_low"] == row["second_high"] == 2
    assert row["n_passers"] == 1


def test_whom_two_passers_bring_counts_once():
    row = reach([chance("a", "p", 1 - 1e-9), chance("a", "q", 1 - 1e-9)])
    assert row["second"] == 3


def test_the_mean_is_what_the_chances_say():
    row = reach([chance("a", "p", 0.3)])
    assert row["second_mean"] == pytest.approx(2 * 0.3, abs=0.15)
    more = reach([chance("a", "p", 0.3)], n_posts=10)
    assert more["second_mean"] == pytest.approx(2 * (1 - 0.7**10), abs=0.05)


def test_silent_followers_pass_on_with_the_chance_of_the_silent():
    row = reach([chance("a", "", 1 - 1e-9), chance("a", "p", 1e-9)])
    # m1 and m2 are silent; behind m1 stands z.
    assert (row["second"], row["n_passers"]) == (1, 2)


def test_uncertain_chances_give_wider_reach():
    rows = {"a": ["p0"], **{f"p{i}": [f"n{i}_{j}" for j in range(20)] for i in range(20)}}
    told = [[chance("a", f"p{i}", 0.5, worth) for i in range(20)] for worth in (1e6, 0.2)]
    sure, unsure = (reach(one, rows) for one in told)
    assert sure["second"] == pytest.approx(unsure["second"], abs=60)
    assert sure["second_low"] <= sure["second"] <= sure["second_high"]


def test_public_counts_are_told_beside_and_unknown_ones_left_out():
    row = reach([chance("a", "p", 1 - 1e-9)], followers={"p": 500.0})
    assert row["second_stated"] == 500.0
    assert reach([chance("a", "p", 0.5)])["second_stated"] is None


def test_the_same_seed_is_the_same_answer_and_names_make_no_difference():
    told = [chance("a", "p", 0.4), chance("a", "q", 0.6)]
    assert reach(told, seed=3) == reach(told[::-1], seed=3)


def test_arcs_hold_known_and_silent_once_each():
    arcs = passing_arcs(
        table("passes", [chance("a", "p", 0.5), chance("a", "", 0.1), chance("b", "x", 0.2)]),
        members({"a": ["p", "m"]}),
    )
    told = {(arcs.ids[s], arcs.ids[t]): round(float(c), 3)
            for s, t, c in zip(arcs.source, arcs.target, arcs.chance, strict=True)}  # fmt: skip
    assert told == {("a", "p"): 0.5, ("a", "m"): 0.1, ("b", "x"): 0.2}


def test_no_account_has_no_reach():
    with pytest.raises(NotEnoughData, match="accounts"):
        reach([], accounts=())
