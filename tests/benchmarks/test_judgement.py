"""The judgement benchmark measures what it says, on pairs written here."""

import json

import numpy as np
import pytest

from benchmarks import judgement

HEADS = [
    "follower_count",
    "following_count",
    "listed_count",
    "mentions_received",
    "retweets_received",
    "mentions_sent",
    "retweets_sent",
    "posts",
    "network_feature_1",
]
SMALL, LARGE = (90, 400, 1, 2.5, 0.5, 3, 1, 9, 5), (90_000, 400, 800, 950.5, 300, 3, 1, 9, 70)


def test_the_area_counts_ties_half_and_turns_round_with_the_order():
    value = np.array([3.0, 1.0, 1.0, 0.0])
    chosen, one = np.array([True, True, False, False]), np.ones(4)
    assert judgement.area(value, chosen, one) == pytest.approx(3.5 / 4)
    assert judgement.area(-value, chosen, one) == pytest.approx(0.5 / 4)


def test_a_weight_is_as_good_as_so_many_pairs():
    random = np.random.default_rng(1)
    value, chosen = random.normal(size=30).round(1), random.random(30) > 0.5
    weight = random.integers(1, 4, 30)
    repeated = judgement.area(
        np.repeat(value, weight), np.repeat(chosen, weight), np.ones(weight.sum())
    )
    assert judgement.area(value, chosen, weight.astype(float)) == pytest.approx(repeated)


def test_the_score_of_pairs_goes_through_the_import_and_is_antisymmetric(
    tmp_path, capsys, monkeypatch
):
    lines = [",".join(["Choice", *(f"{s}_{h}" for s in "AB" for h in HEADS)])]
    for choice, pair in (("1", LARGE + SMALL), ("0", SMALL + LARGE)) * 30:
        lines.append(",".join([choice, *map(str, pair)]))
    (tmp_path / "pairs.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["judgement", "--data", str(tmp_path)])
    judgement.main()
    result = json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])
    assert (result["auc"], result["antisymmetric"], result["n_pairs"]) == (1.0, True, 60)


def test_without_the_set_it_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["judgement", "--data", str(tmp_path)])
    judgement.main()
    assert "skipped" in json.loads(capsys.readouterr().out.rpartition("RESULT ")[2])
