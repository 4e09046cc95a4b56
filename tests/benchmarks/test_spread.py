"""The benchmark of spread reads graphs as it says and prints what it promises."""

import json

import numpy as np
import pytest

from benchmarks import spread, spread_graphs
from mawj.graph import sketch

EDGES = [(0, 1), (0, 1), (0, 2), (1, 2), (3, 4), (2, 3), (0, 5)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    lines = [f"6 {len(EDGES)}", *(f"{s} {t}" for s, t in EDGES)]
    (tmp_path / "nethept.txt").write_text("\n".join(lines))
    monkeypatch.setattr("sys.argv", ["spread", "--data", str(tmp_path), "--replan", "0"])
    few = sketch.SketchSettings(most_sets=2000)
    monkeypatch.setattr(spread, "SketchSettings", lambda **_: few)
    monkeypatch.setattr("mawj.graph.seeds.SketchSettings", lambda **_: few)
    monkeypatch.setattr(spread, "FEW", 200)
    monkeypatch.setattr(spread, "MOST", 400)
    monkeypatch.setattr(spread, "MOST_OF_ONE", 400)
    return tmp_path


def test_a_graph_is_read_both_ways_and_in_both_directions(folder) -> None:
    found = {case.name: case.diffusion for case in spread_graphs.cases(folder)}
    assert list(found) == [
        f"nethept_{reading}_{model}"
        for reading in ("simple", "kept")
        for model in ("wc", "p01", "p1", "lt")
    ]
    assert found["nethept_simple_p1"].adjacency.n_edges == 12
    kept = found["nethept_kept_p1"].edge_chance
    assert sorted(set(np.round(kept, 4))) == pytest.approx([0.1, 0.19])


def test_the_readme_speaks_only_of_its_own_file(folder) -> None:
    found = list(spread_graphs.cases(folder))
    assert found
    assert all(case.reference == {} for case in found)


def test_every_case_has_a_spread_and_a_ratio_and_none_is_below_top_degree(
    folder, capsys
) -> None:
    spread.main()
    result = json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])
    assert result["cases"] == result["computed_references"] == 24
    assert result["spread_nethept_simple_wc_k10"] == 6.0
    assert result["below_top_degree"] == 0
    assert result["worst_ratio"] > 0.95
    assert result["time_ratio_opim"] is None


def test_a_choice_below_another_run_for_run_is_told() -> None:
    random = np.random.default_rng(1)
    world = random.normal(100, 20, 1000)
    assert spread.below(world - 1, world + random.normal(0, 1, 1000))
    assert not spread.below(world + 1, world)
    assert not spread.below(world, world)


def test_without_the_set_it_says_so(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.argv", ["spread", "--data", str(tmp_path)])
    spread.main()
    assert "skipped" in json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])
