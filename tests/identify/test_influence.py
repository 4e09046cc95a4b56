"""How sure a score is: intervals and places by resampling."""

import numpy as np
import pytest

from mawj.identify.influence_findings import InfluenceSettings
from mawj.identify.kernels import resampling
from tests.identify.scored import findings, score, scores

HEAD = "account_id | platform | followers | lists | mentions_received\n"


def crowd(n: int, seed: int = 3) -> str:
    random = np.random.default_rng(seed)
    rows = 10 ** random.normal(3, 0.7, (n, 3))
    return HEAD + "\n".join(
        f"x:{i:04d} | x | {a:.0f} | {b / 30:.0f} | {c / 10:.0f}"
        for i, (a, b, c) in enumerate(rows)
    )


@pytest.fixture(scope="module")
def made():
    return scores(findings({"standing": crowd(140)}))


def test_an_interval_holds_its_score(made):
    for r in made.to_pylist():
        assert r["influence_low"] <= r["influence"] <= r["influence_high"]


@pytest.mark.parametrize("k", [10, 50, 100])
def test_the_chances_of_the_first_k_places_add_up_to_k(made, k):
    chances = made[f"p_top_{k}"].to_numpy()
    assert chances.sum() == pytest.approx(k, abs=1e-9)
    assert chances[made["rank"].to_numpy() <= k // 5].min() > 0.5


def test_the_interval_of_a_count_is_that_of_a_poisson_draw():
    settings = InfluenceSettings(replicates=4000)
    found = findings({"standing": HEAD + "x:a | x | 1000 | 50 |"})
    made = score(scores(found, settings=settings), "x:a")
    draws = np.random.default_rng(1).poisson(50, 200_000)
    low, high = np.quantile(20 + 6 * np.log10((1 + draws) / 11), [0.05, 0.95])
    low += made["influence"] - (20 + 6 * np.log10(51 / 11))
    high += made["influence"] - (20 + 6 * np.log10(51 / 11))
    assert made["influence_low"] == pytest.approx(low, abs=0.15)
    assert made["influence_high"] == pytest.approx(high, abs=0.15)


@pytest.mark.parametrize("rate", [0.3, 5.0, 29.0, 31.0, 4000.0])
def test_poisson_draws_have_the_mean_and_variance_of_their_rate(rate):
    drawn = np.array([resampling.poisson(rate, np.uint64(k * 7919), 0) for k in range(20_000)])
    assert drawn.mean() == pytest.approx(rate, abs=5 * np.sqrt(rate / 20_000))
    assert drawn.var() == pytest.approx(rate, rel=0.06)


def test_more_evidence_narrows_the_interval():
    heads = "account_id topic_id engagements engagements_spread n_engagements n_reposts"
    spread = " | ".join(heads.split()) + "\n"
    widths = []
    for n in (5, 500):
        posts = spread + f"x:a | '' | 99 | 0.5 | {n} | 0"
        found = findings({"standing": HEAD + "x:a | x | 1000 | |", "post_response": posts})
        made = score(scores(found, posts), "x:a")
        widths.append(made["influence_high"] - made["influence_low"])
    assert widths[0] == pytest.approx(2 * 0.5 / np.sqrt(5) * 3.29, rel=0.25)
    assert widths[1] < widths[0] / 5


def test_counted_followers_alone_have_no_interval():
    found = findings({"standing": HEAD + "x:a | x | 1000 | |"})
    made = score(scores(found), "x:a")
    assert (made["influence_low"], made["influence_high"], made["p_top_10"]) == (
        None,
        None,
        None,
    )


def test_low_coverage_is_scored_and_not_ranked():
    found = findings({"standing": HEAD + "x:a | x | 1000 | |\nx:b | x | 100 | 50 | 80"})
    made = scores(found)
    assert score(made, "x:a")["is_ranked"] is False
    assert score(made, "x:a")["rank"] is None
    assert score(made, "x:b")["rank"] == 1
    assert 0 < score(made, "x:a")["coverage"] < 0.5 <= score(made, "x:b")["coverage"]


def test_equal_scores_share_a_place():
    rows = "x:a | x | 99 | 9 | 9\nx:b | x | 999 | 99 | 99\nx:c | x | 99 | 9 | 9"
    made = scores(findings({"standing": HEAD + rows}))
    assert [score(made, f"x:{n}")["rank"] for n in "abc"] == [2, 1, 2]


def test_the_same_seed_gives_the_same_bits_and_another_seed_others(made):
    again = scores(findings({"standing": crowd(140)}))
    other = scores(findings({"standing": crowd(140)}), seed=2)
    assert again.equals(made)
    assert not other.equals(made)


def test_no_account_gives_no_row():
    assert scores(findings({})).num_rows == 0
