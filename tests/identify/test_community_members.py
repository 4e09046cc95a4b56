"""Communities, and who stands between them, on graphs with a known answer."""

from dataclasses import fields, replace

import networkx as nx
import pytest

from mawj.identify.community_members import BridgeSettings, account_communities

SETTINGS = BridgeSettings(pivots=999)
HEAD = "source_id | target_id | weight | n_acts\n"


def club(letter: str, n: int = 5) -> list[tuple[str, str]]:
    names = [f"x:{letter}{i}" for i in range(n)]
    return [(a, b) for a in names for b in names if a < b]


TWO_CLUBS = [*club("a", 6), *club("b"), ("x:a0", "x:bridge"), ("x:bridge", "x:b0")]


@pytest.fixture
def members(arrow_of):
    def members(pairs, settings=SETTINGS, weight="1"):
        lines = "\n".join(f"{a} | {b} | {weight} | 1" for a, b in pairs)
        edges = arrow_of("edges", HEAD + lines if pairs else "")
        made = account_communities(edges, bridge_settings=settings, seed=1)
        return {row["account_id"]: row for row in made.to_pylist()}

    return members


def test_two_clubs_are_two_communities_the_larger_first(members):
    rows = members(TWO_CLUBS)
    assert {rows[f"x:a{i}"]["community_id"] for i in range(6)} == {0}
    assert {rows[f"x:b{i}"]["community_id"] for i in range(5)} == {1}


def test_who_joins_two_clubs_participates_in_both_and_carries_their_paths(members):
    rows = members(TWO_CLUBS)
    assert rows["x:bridge"]["participation"] == pytest.approx(0.5)
    assert rows["x:a3"]["participation"] == 0.0
    assert rows["x:a3"]["betweenness_est"] == 0.0
    assert rows["x:bridge"]["betweenness_est"] > 0.4


def test_with_every_account_a_pivot_betweenness_is_exact(members):
    rows = members(TWO_CLUBS)
    exact = nx.betweenness_centrality(nx.Graph(TWO_CLUBS))
    for name, value in exact.items():
        assert rows[name]["betweenness_est"] == pytest.approx(value, abs=1e-12)


def test_ties_that_weigh_nothing_say_nothing(members):
    rows = members([("x:a", "x:b")], weight="0")
    assert [row["participation"] for row in rows.values()] == [None, None]


def test_no_edges_give_no_row(members):
    assert members([]) == {}


@pytest.mark.parametrize(
    "field", [f.name for f in fields(BridgeSettings) if f.name != "passes"]
)
def test_every_field_of_the_settings_changes_some_row(members, field):
    other = replace(SETTINGS, **{field: {"resolution": 5.0, "pivots": 2}[field]})
    assert members(TWO_CLUBS, other) != members(TWO_CLUBS)
