"""Chances of passing on, against a world where they are known."""

import numpy as np
import pytest

from mawj.plan.passing.passing_on import ALL, PassingSettings, passes, passing_priors
from tests.plan.world import table

SETTINGS = PassingSettings()
N_POSTS, AUDIENCE = 40, 200


def world(seed=1, n_sources=30, mean=0.02, weight=8.0):
    """Sources whose audience passes on with Beta distributed chances, and the true chances."""
    random = np.random.default_rng(seed)
    counts, sources, truth = [], [], {}
    for s in range(n_sources):
        chance = random.beta(mean * weight, (1 - mean) * weight, AUDIENCE)
        done = random.binomial(N_POSTS, chance)
        sources.append(source(f"s{s:02}"))
        for m in range(AUDIENCE):
            truth[f"s{s:02}", f"m{m}"] = chance[m]
            if done[m]:
                counts.append(count(f"s{s:02}", f"m{m}", int(done[m])))
    return table("passing_counts", counts), table("passing_sources", sources), truth


def count(account_id, passer_id, n_passed):
    return {
        "account_id": account_id, "passer_id": passer_id, "n_passed": n_passed,
        "n_reposts": n_passed, "n_quotes": 0, "n_replies": 0, "is_follower": True,
    }  # fmt: skip


def source(account_id, group="x 1k-3k", n_posts=N_POSTS, n_audience=AUDIENCE):
    return {
        "account_id": account_id, "peer_group": group, "n_posts": n_posts,
        "n_audience": n_audience, "n_loaded": 0,
    }  # fmt: skip


def told(counts, sources, settings=SETTINGS):
    priors = passing_priors(counts, sources, passing_settings=settings)
    made = passes(counts, sources, priors=priors, passing_settings=settings)
    return {(r["account_id"], r["passer_id"]): r for r in made.to_pylist()}, priors


def test_the_spread_of_chances_over_an_audience_is_recovered():
    counts, sources, _ = world()
    _, priors = told(counts, sources)
    assert priors[ALL].mean == pytest.approx(0.02, rel=0.15)
    assert priors[ALL].weight == pytest.approx(8.0, rel=0.35)
    assert priors["x 1k-3k"].mean == pytest.approx(priors[ALL].mean, rel=1e-3)


def test_intervals_hold_the_true_chances_as_often_as_they_say():
    counts, sources, truth = world(2)
    rows, _ = told(counts, sources)
    held, n = 0, 0
    for (account, passer), chance in truth.items():
        row = rows.get((account, passer), rows[account, ""])
        held += row["passing_share_low"] <= chance <= row["passing_share_high"]
        n += 1
    # 6,000 accounts share one prior; its own error is what the margin is for.
    assert 0.87 <= held / n <= 0.93


def test_shrunk_chances_come_nearer_to_the_truth_than_shares():
    counts, sources, truth = world(3)
    rows, _ = told(counts, sources)
    known = [key for key in rows if key[1]]
    own = np.array([rows[k]["passing_share"] - truth[k] for k in known])
    raw = np.array([rows[k]["n_passed"] / N_POSTS - truth[k] for k in known])
    assert (own**2).mean() < 0.9 * (raw**2).mean()


def test_more_passed_on_is_never_a_lower_chance():
    counts = table("passing_counts", [count("s", f"m{n}", n) for n in range(1, 20)])
    rows, _ = told(counts, table("passing_sources", [source("s")]))
    shares = [rows["s", f"m{n}"]["passing_share"] for n in range(1, 20)]
    assert shares == sorted(shares)
    assert rows["s", ""]["passing_share"] < shares[0]
    assert rows["s", ""]["n_accounts"] == AUDIENCE - 19


def test_where_nothing_was_passed_on_the_chance_is_small_and_not_zero():
    rows, priors = told(table("passing_counts", []), table("passing_sources", [source("s")]))
    assert 0 < rows["s", ""]["passing_share"] < 1 / (N_POSTS * AUDIENCE)
    assert list(priors) == [ALL]


def test_a_peer_group_is_fitted_alone_where_it_has_enough_passers():
    much = [count("m", f"m{n}", 20) for n in range(60)]
    little = [count("l", f"l{n}", 1) for n in range(60)]
    counts = table("passing_counts", much + little)
    sources = table("passing_sources", [source("m", "much"), source("l", "little")])
    _, apart = told(counts, sources)
    assert apart["much"].mean > 10 * apart["little"].mean
    _, together = told(counts, sources, PassingSettings(least_passers=61))
    assert list(together) == [ALL]


def test_a_higher_level_is_a_wider_interval():
    counts, sources, _ = world(4, n_sources=3)
    wide, narrow = (told(counts, sources, PassingSettings(level=x))[0] for x in (0.99, 0.5))
    key = next(k for k in wide if k[1])
    assert wide[key]["passing_share_low"] < narrow[key]["passing_share_low"]
    assert wide[key]["passing_share_high"] > narrow[key]["passing_share_high"]
    with pytest.raises(ValueError, match="level"):
        PassingSettings(level=1.0)


def test_more_passed_on_than_was_seen_is_a_chance_all_the_same():
    """Posts that are not loaded can be passed on; a share never leaves its bounds."""
    counts = table("passing_counts", [count("s", "m", 9)])
    rows, _ = told(counts, table("passing_sources", [source("s", None, 2, 1)]))
    assert (rows["s", "m"]["n_posts"], rows["s", ""]["n_accounts"]) == (9, 0)
    assert 0 <= rows["s", "m"]["passing_share_low"] <= rows["s", "m"]["passing_share_high"] <= 1


def test_the_order_of_rows_makes_no_difference():
    counts, sources, _ = world(5, n_sources=4)
    turned = counts.take(np.arange(counts.num_rows)[::-1])
    one, other = told(counts, sources)[0], told(turned, sources)[0]
    assert {k: r["passing_share"] for k, r in one.items()} == pytest.approx(
        {k: r["passing_share"] for k, r in other.items()}
    )
