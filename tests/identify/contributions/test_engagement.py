"""Engagement is held against accounts of the same platform and size, and says which."""

from dataclasses import replace

import pytest

from mawj.identify.contributions.engagement import EngagementScale, engagement
from tests.identify.scored import findings, points, row, rows_of

SCALE = EngagementScale(least_peers=3)
STANDING = "account_id | platform | followers\n" + "\n".join(
    f"x:{n} | x | 1000" for n in "abcdz"
)
PEERS = "account_id | peer_group | n_peers\n" + "\n".join(
    f"x:{n} | {'x 1k-3k' if n != 'z' else 'x 1M-3M'} | 4" for n in "abcdz"
)


def rates(**shares: float) -> str:
    head = "account_id | variant | engagement_share | n_posts | basis\n"
    return head + "\n".join(
        f"x:{n} | by_followers | {v} | 5 | events" for n, v in shares.items()
    )


def tables(engagement: str) -> dict[str, str]:
    return {"standing": STANDING, "peers": PEERS, "engagement": engagement}


def test_ten_times_the_median_of_the_peers_gives_the_points_of_a_tenfold():
    told = tables(rates(a=0.0999, b=0.0099, c=0.0099, d=0.00001))
    found = findings(told, engagement_scale=SCALE)
    assert points(found, "x:a", "engagement") == pytest.approx(6.0)
    assert points(found, "x:b", "engagement") == 0.0
    assert points(found, "x:d", "engagement") == -6.0
    assert row(found, "x:a", "engagement")["compared_with"] == "x 1k-3k (4)"


def test_an_account_of_another_group_changes_nothing():
    told = rates(a=0.05, b=0.02, c=0.01)
    alone = findings(tables(told), engagement_scale=SCALE)
    with_other = findings(tables(told + "\nx:z | by_followers | 0.9 | 5 | events"),
                          engagement_scale=SCALE)  # fmt: skip
    for name in "abc":
        assert row(alone, f"x:{name}", "engagement") == row(
            with_other, f"x:{name}", "engagement"
        )


def test_too_few_peers_are_no_comparison():
    found = findings(tables(rates(a=0.05, b=0.02)), engagement_scale=SCALE)
    assert row(found, "x:a", "engagement")["status"] == "not_assessed"


def test_the_fallback_is_compared_with_itself():
    given = "\n".join(f"x:{n} | as_given | {v} | 5 | counted" for n, v in
                      (("a", 0.9), ("b", 0.5), ("c", 0.5), ("d", 0.1)))  # fmt: skip
    head = "account_id | variant | engagement_share | n_posts | basis\n"
    found = findings(tables(head + given + "\nx:d | by_followers | 0.01 | 5 | events"),
                     engagement_scale=SCALE)  # fmt: skip
    assert row(found, "x:a", "engagement")["expected"] == 0.5
    assert row(found, "x:d", "engagement")["status"] == "not_assessed"


@pytest.mark.parametrize(
    ("field", "value"),
    [("points", 3.0), ("most", 2.0), ("floor", 0.01), ("least_peers", 9),
     ("variant", "by_views"), ("fallback", "love")],
)  # fmt: skip
def test_every_field_changes_some_row(field, value):
    given = "\n".join(f"x:{n} | as_given | {v} | 5 | counted" for n, v in
                      (("a", 0.9), ("b", 0.5), ("c", 0.5)))  # fmt: skip
    told = tables(rates(a=0.03, b=0.02, c=0.01) + "\n" + given)
    if field == "fallback":
        told = tables("account_id | variant | engagement_share | n_posts | basis\n" + given)
    usual = rows_of(engagement, told, SCALE)
    other = rows_of(engagement, told, replace(SCALE, **{field: value}))
    assert not usual.equals(other)
