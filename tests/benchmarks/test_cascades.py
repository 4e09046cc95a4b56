"""The benchmark of cascades measures what it says, on cascades written here."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks import cascades


def write_cascades(path, first, n, seed):
    random, lines = np.random.default_rng(seed), []
    for one in range(n):
        start, begin = int(random.integers(0, 20)), first + 1000 * one
        size = int(random.integers(5, 12))
        times = begin + np.sort(random.integers(0, 900, size))
        told = [f"{start + 1 + i} {times[i]}" for i in range(size)]
        lines.append(f"{start} {' '.join(told)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def twitter(tmp_path):
    (tmp_path / "graph.txt").write_text("\n".join(f"{i} {i + 1}" for i in range(32)) + "\n")
    write_cascades(tmp_path / "train.txt", 0, 120, 1)
    return tmp_path


def measured(folder, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["cascades", "--data", str(folder)])
    cascades.main()
    return json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])


def test_chains_are_foreseen_as_well_as_by_any_baseline(twitter, capsys, monkeypatch):
    result = measured(twitter, capsys, monkeypatch)
    assert result["map_100"] > 0.8
    assert result["map_100"] >= result["map_100_baseline_best"]
    assert result["split"].startswith("the last fifth")
    assert 0 <= result["size_coverage_80"] <= 1


def test_a_test_file_is_what_is_held_out(twitter, capsys, monkeypatch):
    write_cascades(twitter / "test.txt", 500_000, 5, 2)
    assert measured(twitter, capsys, monkeypatch)["split"] == "test.txt"


def test_nothing_after_the_split_is_learnt_from(twitter):
    learnt, held, _ = cascades.split(twitter)
    moment = min(times[0] for _, times in held)
    assert learnt
    assert all(times[-1] < moment for _, times in learnt)


def test_a_user_whom_nobody_knows_is_missed_by_all(twitter):
    learnt, _, _ = cascades.split(twitter)
    known = np.array([True, True, False])
    held = cascades.numbered([[0, 2]], {0: 0, 2: 2})
    assert cascades.ranks(lambda _active: np.ones(3), held, known).tolist() == [cascades.MISSED]
    assert learnt


def test_ties_are_ranked_in_their_middle():
    held = cascades.numbered([[0, 1]], {0: 0, 1: 1})
    found = cascades.ranks(lambda _active: np.zeros(5), held, np.ones(5, bool))
    assert found.tolist() == [2.5]


def test_retweeters_are_told_by_their_habits(tmp_path, capsys, monkeypatch):
    random, rows = np.random.default_rng(3), []
    for network in ("n1", "n2"):
        time = np.cumsum(random.exponential(600, 600)).astype(np.int64)
        node = np.where(random.random(600) < 0.7, 2, random.integers(3, 10, 600))
        rows += [
            {"network": network, "unix": int(t), "node": int(n), "is_retweet_of_root": 1}
            for t, n in zip(time, node, strict=True)
        ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "tweets.parquet")
    result = measured(tmp_path, capsys, monkeypatch)
    assert result["retweeters_auc"] > 0.75
    assert result["n_networks"] == 2


def test_without_the_sets_it_says_so(tmp_path, capsys, monkeypatch):
    assert "skipped" in measured(tmp_path, capsys, monkeypatch)
