"""Audiences as rows and as sets."""

import ibis
import pyarrow as pa
import pytest

from mawj.plan.passing.audience_members import (
    AudienceLimits,
    audience_members,
    audience_sample,
    audience_sizes,
    audiences,
)
from tests.plan.world import DAY, act, engine, follow, hours, ibis_table, person


def members_of(follows, acts=(), people=(), chosen=("a", "b")):
    made = audience_members(
        ibis.memtable({"account_id": list(chosen)}),
        ibis_table("follows", list(follows)),
        ibis_table("acts", list(acts)),
        ibis_table("people", list(people)),
        as_of=DAY,
    )
    rows = engine().to_pyarrow(made).to_pylist()
    return sorted((r["account_id"], r["kind"], r["member_id"]) for r in rows)


def test_followers_engagers_and_commenters_are_told_apart():
    acts = [act(kind, f"u_{kind}", "a") for kind in ("like", "repost", "quote", "reply")]
    acts += [act("mention", "u_mention", "a"), act("comment", "c", "a"), act("like", "l", "z")]
    found = members_of([follow("f", "a"), follow("f", "z")], acts)
    assert ("a", "follows", "f") in found
    assert {m for _, kind, m in found if kind == "engages"} == {
        "u_like", "u_repost", "u_quote", "u_reply", "u_mention",
    }  # fmt: skip
    assert [m for _, kind, m in found if kind == "comments"] == ["c"]
    assert {one for one, _, _ in found} == {"a"}


def test_a_follow_that_ended_is_no_audience():
    rows = [follow("gone", "a", ended_at=hours(-1)), follow("later", "a", ended_at=hours(1))]
    assert members_of(rows) == [("a", "follows", "later")]


def test_accounts_of_one_person_are_one_member():
    people = [person("x:me", "me"), person("ig:me", "me")]
    assert members_of([follow("x:me", "a"), follow("ig:me", "a")], people=people) == [
        ("a", "follows", "me")
    ]


def test_nobody_is_in_the_audience_of_an_account_of_their_own():
    people = [person("a", "p"), person("second", "p")]
    assert members_of([follow("second", "a"), follow("a", "a")], people=people) == []


def test_the_loaded_part_is_known_for_followers_only():
    members = ibis.memtable(
        pa.table({
            "account_id": ["a", "a", "a", "b", "b"],
            "kind": ["follows", "follows", "engages", "follows", "follows"],
            "member_id": list("xyxxy"),
        })
    )  # fmt: skip
    standing = ibis_table("standing", [{"account_id": "a", "followers": 8.0}])
    rows = engine().to_pyarrow(audience_sizes(members, standing)).to_pylist()
    shares = {(r["account_id"], r["kind"]): r["loaded_share"] for r in rows}
    assert shares == {("a", "follows"): 0.25, ("a", "engages"): None, ("b", "follows"): None}


def test_a_count_below_what_is_loaded_is_not_believed():
    members = ibis.memtable(
        {"account_id": ["a"] * 3, "kind": ["follows"] * 3, "member_id": list("xyz")}
    )
    standing = ibis_table("standing", [{"account_id": "a", "followers": 1.0}])
    row = engine().to_pyarrow(audience_sizes(members, standing)).to_pylist()[0]
    assert (row["n_stated"], row["loaded_share"]) == (3.0, 1.0)


def rows_of(pairs):
    return pa.table({"account_id": [a for a, _ in pairs], "member_id": [m for _, m in pairs]})


def test_sets_do_not_depend_on_the_order_of_rows():
    pairs = [("a", "x"), ("b", "x"), ("a", "y"), ("z", "y"), ("b", "w")]
    one, other = (audiences(rows_of(p), ["b", "a", "none"]) for p in (pairs, pairs[::-1]))
    assert one.member_ids.to_pylist() == other.member_ids.to_pylist() == ["w", "x", "y"]
    assert one.sets.member.tolist() == other.sets.member.tolist() == [0, 1, 1, 2]
    assert one.sets.size.tolist() == [2, 2, 0]
    assert one.places(["a"]).tolist() == [1]


def test_a_sample_keeps_the_least_digests_and_small_sets_whole():
    pairs = [("big", f"m{i}") for i in range(50)] + [("small", "m1"), ("small", "m2")]
    members = ibis.memtable(rows_of(pairs).append_column("kind", pa.array(["follows"] * 52)))
    limits = AudienceLimits(sketch_members=10)
    sample = engine().to_pyarrow(audience_sample(members, audience_limits=limits))
    made = audiences(
        sample, ["big", "small"], sizes={"big": 50, "small": 2}, audience_limits=limits
    )
    assert [made.sets.row(i).size for i in range(2)] == [9, 2]
    assert made.sets.theta[1] == 1.0
    digests = dict(
        zip(sample["member_id"].to_pylist(), sample["digest"].to_pylist(), strict=True)
    )
    in_big = sorted(
        digests[m]
        for a, m in zip(
            sample["account_id"].to_pylist(), sample["member_id"].to_pylist(), strict=True
        )
        if a == "big"
    )
    held = [digests[made.member_ids[i].as_py()] for i in made.sets.row(0)]
    assert held == in_big[:9]
    assert made.sets.theta[0] == pytest.approx(int(in_big[9], 16) / 2**64)


def test_limits_that_nothing_can_work_with_are_refused():
    with pytest.raises(ValueError, match="sketch_members"):
        AudienceLimits(sketch_members=1)
