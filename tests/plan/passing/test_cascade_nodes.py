"""Cascades put together from acts."""

from hypothesis import given
from hypothesis import strategies as st

from mawj.plan.passing.cascade_nodes import cascade_nodes
from tests.plan.world import follow, hours, table

PEOPLE = ["a", "b", "c", "d"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(["p", "q", *(f"r{i}" for i in range(8))]),
        st.one_of(st.integers(0, 5), st.none()),
    ),
    max_size=8,
)


def repost(act_id, actor_id, post_id, hour, target_id="author"):
    at = None if hour is None else hours(hour)
    return {
        "act_id": act_id,
        "actor_id": actor_id,
        "target_id": target_id,
        "post_id": post_id,
        "at": at,
    }


def nodes(acts, follows=()):
    made = cascade_nodes(
        table("acts", [{"kind": "repost", **one} for one in acts]).select(
            ["act_id", "actor_id", "target_id", "post_id", "at"]
        ),
        table("follows", list(follows)),
    )
    return {(r["root_id"], r["account_id"]): r for r in made.to_pylist()}


def test_parents_are_told_found_in_the_graph_or_the_author():
    acts = [
        repost("r1", "b", "p", 1), repost("r2", "c", "p", 2), repost("r3", "d", "r1", 3, "b"),
        repost("r4", "e", "p", 4),
    ]  # fmt: skip
    found = nodes(acts, [follow("c", "b"), follow("d", "c")])
    told = {k[1]: (r["parent_id"], r["parent_by"], r["depth"]) for k, r in found.items()}
    assert told == {
        "author": (None, "author", 0), "b": ("author", "root", 1), "c": ("b", "graph", 2),
        "d": ("b", "told", 2), "e": ("author", "root", 1),
    }  # fmt: skip
    assert {k[0] for k in found} == {"p"}


def test_an_author_who_passes_on_the_own_message_stays_the_root():
    found = nodes([repost("r1", "b", "p", 1), repost("r2", "author", "r1", 2, "b")])
    assert found["p", "author"]["parent_by"] == "author"
    assert len(found) == 2


def test_a_circle_of_reposts_falls_apart_into_messages():
    found = nodes([repost("r1", "b", "r2", 1, "c"), repost("r2", "c", "r1", 2, "b")])
    assert {k[0] for k in found} == {"r1", "r2"}


def test_an_act_without_a_post_has_no_cascade():
    assert nodes([repost("r1", "b", None, 1)]) == {}
    assert nodes([]) == {}


@given(ACTS, st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))))
def test_whatever_comes_in_every_cascade_is_a_tree_under_its_author(acts, follows):
    rows = [repost(f"r{i}", who, post, hour) for i, (who, post, hour) in enumerate(acts)]
    found = nodes(rows, [follow(*pair) for pair in sorted(follows)])
    assert bool(found) == bool(rows)
    for root, account_id in found:
        at, seen = account_id, []
        while found[root, at]["parent_id"] is not None:
            assert at not in seen
            seen.append(at)
            at = found[root, at]["parent_id"]
        assert found[root, account_id]["depth"] == len(seen)
