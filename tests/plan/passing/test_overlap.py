"""Tables of overlap and of unique reach."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.graph.audiences import Sets
from mawj.plan.passing.audience_members import AudienceLimits, Audiences, audiences
from mawj.plan.passing.overlap import overlap, unique_reach
from mawj.tables.errors import NotEnoughData, NotFound
from tests.plan.world import table

ROWS = {"a": "wxyz", "b": "yz", "c": "", "d": "q"}


def made(rows=ROWS, stated=None):
    pairs = [(one, m) for one, members in rows.items() for m in members]
    told = pa.table({"account_id": [p[0] for p in pairs], "member_id": [p[1] for p in pairs]})
    sizes = [
        {
            "account_id": one,
            "kind": "follows",
            "n_loaded": len(members),
            "n_stated": (stated or {}).get(one),
        }
        for one, members in rows.items()
    ]
    return audiences(told, list(rows)), table("audience_sizes", sizes)


def pairs_of(*args, **told):
    found = overlap(*made(*args), kind="follows", n_population=10, **told).to_pylist()
    return {(r["account_id_l"], r["account_id_r"]): r for r in found}


def test_a_pair_is_told_with_shares_of_both_sides():
    row = pairs_of()["a", "b"]
    told = [
        row[k]
        for k in ("n_l", "n_r", "n_shared", "shared_share_l", "shared_share_r", "jaccard")
    ]
    assert told == [4, 2, 2.0, 0.5, 1.0, 0.5]
    assert (row["n_shared_low"], row["n_shared_high"], row["basis"]) == (2.0, 2.0, "exact")


def test_lift_is_one_where_chance_alone_would_share_as_much():
    rows = {"a": "abcd", "b": "cdefg"}
    assert pairs_of(rows)["a", "b"]["lift"] == pytest.approx(2 * 10 / (4 * 5))


def test_without_members_nothing_is_known_and_nothing_is_zero():
    row = pairs_of()["a", "c"]
    assert (row["n_r"], row["n_shared"], row["jaccard"], row["lift"]) == (0, None, None, None)
    reach = {r["account_id"]: r for r in unique_reach(*made(), kind="follows").to_pylist()}
    assert (reach["c"]["n_unique"], reach["c"]["unique_share"]) == (None, None)


def test_a_sample_of_followers_says_little_of_all_and_says_so():
    row = pairs_of(ROWS, {"a": 400.0, "b": 200.0})["a", "b"]
    assert row["n_shared_all_low"] < 200
    assert row["n_shared_all_high"] == 200.0
    whole = pairs_of(ROWS, {"a": 4.0, "b": 2.0})["a", "b"]
    assert (whole["n_shared_all_low"], whole["n_shared_all_high"]) == (2.0, 2.0)
    assert pairs_of()["a", "b"]["n_shared_all_low"] is None


def test_none_shared_in_a_sample_is_not_none_shared_in_all():
    row = pairs_of({"a": "wx", "b": "yz"}, {"a": 20.0, "b": 20.0})["a", "b"]
    assert row["n_shared_all_low"] == 0
    assert row["n_shared_all_high"] > 2


def test_unique_reach_tells_the_set_first_and_what_each_adds():
    found = unique_reach(*made(), kind="follows", of=["a", "b", "d"]).to_pylist()
    told = [(r["account_id"], r["n_loaded"], r["n_unique"]) for r in found]
    assert told == [("", 7, 5.0), ("a", 4, 2.0), ("b", 2, 0.0), ("d", 1, 1.0)]


def test_the_loaded_part_of_a_set_is_known_where_all_counts_are():
    found = unique_reach(*made(ROWS, {"a": 40.0, "b": 20.0}), kind="follows", of=["a", "b"])
    assert found["loaded_share"].to_pylist() == [0.1, 0.1, 0.1]
    lacking = unique_reach(*made(ROWS, {"a": 40.0}), kind="follows", of=["a", "b"])
    assert lacking["loaded_share"].to_pylist() == [None, 0.1, None]


SETS = st.dictionaries(
    st.sampled_from("abcdef"), st.frozensets(st.sampled_from("uvwxyz")), min_size=2
)


@given(SETS)
def test_what_each_adds_and_the_whole_follow_from_the_sets(rows):
    found = unique_reach(*made(rows), kind="follows").to_pylist()
    together, each = found[0], {r["account_id"]: r["n_unique"] for r in found[1:]}
    assert (together["n_unique"] or 0) == len(frozenset().union(*rows.values()))
    for one, members in rows.items():
        rest = frozenset().union(*(m for other, m in rows.items() if other != one))
        assert (each[one] or 0) == len(members - rest)


@given(SETS)
def test_names_make_no_difference(rows):
    renamed = {chr(ord("z") - ord(one) + ord("a")): members for one, members in rows.items()}
    one, other = (
        sorted(r["n_shared"] or 0 for r in pairs_of(r).values()) for r in (rows, renamed)
    )
    assert one == other


def sketch() -> Audiences:
    """Two sets of 1,000 of which 500 are shared, held by 100 members each."""
    random = np.random.default_rng(5)
    order, unit = random.permutation(1500), np.sort(random.random(1500))
    rows = [np.sort(order[:1000])[:100], np.sort(order[500:])[:100]]
    theta = np.array([unit[row[-1]] + 1e-9 for row in rows])
    sets = Sets(
        np.array([0, 100, 200]), np.concatenate(rows).astype(np.int32), unit,
        np.array([1000, 1000]), theta,
    )  # fmt: skip
    return Audiences(("a", "b"), sets, pa.array([str(i) for i in range(1500)]))


def test_a_sketch_says_that_it_is_one_and_how_sure_it_is():
    sizes = table("audience_sizes", [])
    wide, narrow = (
        overlap(sketch(), sizes, kind="follows", n_population=1500,
                audience_limits=AudienceLimits(level=level)).to_pylist()[0]
        for level in (0.99, 0.5)
    )  # fmt: skip
    assert wide["basis"] == "sketch"
    assert wide["n_shared_low"] < narrow["n_shared_low"] < 600
    assert narrow["n_shared_high"] < wide["n_shared_high"]
    assert wide["n_shared_low"] < 500 < wide["n_shared_high"]
    sure = AudienceLimits(level=0.999)
    reach = unique_reach(sketch(), sizes, kind="follows", audience_limits=sure).to_pylist()
    assert reach[0]["n_unique_low"] < 1500 < reach[0]["n_unique_high"]
    assert reach[1]["n_unique_low"] < 500 < reach[1]["n_unique_high"]


def test_one_account_alone_has_no_overlap():
    with pytest.raises(NotEnoughData, match="two"):
        pairs_of({"a": "x"})


def test_an_account_without_a_place_is_named():
    with pytest.raises(NotFound, match="nobody"):
        unique_reach(*made(), kind="follows", of=["nobody"])
