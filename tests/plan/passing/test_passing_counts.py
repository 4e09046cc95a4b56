"""What was passed on, counted."""

import ibis

from mawj.plan.passing.passing_counts import passing_counts, passing_sources
from tests.plan.world import act, engine, follow, hours, ibis_table


def post(post_id, account_id="a", **more):
    return {"post_id": post_id, "account_id": account_id, **more}


def counted(acts, follows=(), posts=()):
    made = passing_counts(
        ibis.memtable({"account_id": ["a"]}),
        ibis_table("acts", list(acts)),
        ibis_table("follows", list(follows)),
        ibis_table("post_counts", list(posts)),
    )
    return {r["passer_id"]: r for r in engine().to_pyarrow(made).to_pylist()}


def test_one_message_passed_on_in_two_ways_is_one_message():
    acts = [act("repost", "u", "a", post_id="p"), act("quote", "u", "a", post_id="p")]
    row = counted([*acts, act("reply", "u", "a", post_id="q")])["u"]
    assert [row[k] for k in ("n_passed", "n_reposts", "n_quotes", "n_replies")] == [2, 1, 1, 1]


def test_likes_mentions_and_what_is_done_to_oneself_pass_nothing_on():
    acts = [act(kind, "u", "a", post_id="p") for kind in ("like", "mention", "comment")]
    assert counted([*acts, act("repost", "a", "a", post_id="p")]) == {}


def test_an_act_that_names_no_post_counts_as_one_message():
    rows = [act("repost", "u", "a"), act("repost", "u", "a", act_id="other")]
    assert counted(rows)["u"]["n_passed"] == 2


def test_the_delay_is_the_median_and_never_negative():
    posts = [post(p, published_at=hours(0)) for p in "pqr"]
    acts = [
        act("repost", "u", "a", post_id="p", at=hours(2)),
        act("repost", "u", "a", post_id="q", at=hours(6)),
        act("repost", "u", "a", post_id="r", at=hours(-3)),
        act("repost", "v", "a", post_id="p"),
    ]
    found = counted(acts, [follow("u", "a")], posts)
    assert found["u"]["delay_hours"] == 4.0
    assert found["v"]["delay_hours"] is None
    assert (found["u"]["is_follower"], found["v"]["is_follower"]) == (True, False)


def test_a_source_counts_posts_audience_and_public_reposts():
    made = passing_sources(
        ibis.memtable({"account_id": ["a", "silent"]}),
        ibis_table("acts", [
            act("repost", "u", "a", post_id="gone"), act("like", "v", "a", post_id="p"),
            act("reply", "w", "a", post_id="p"), act("repost", "a", "a", post_id="p"),
        ]),
        ibis_table("follows", [follow("f", "a"), follow("u", "a")]),
        ibis_table("post_counts", [post("p", reposts=3.0), post("q", quotes=2.0), post("r")]),
        ibis_table("peers", [{"account_id": "a", "peer_group": "x 1k-3k"}]),
    )  # fmt: skip
    rows = {r["account_id"]: r for r in engine().to_pyarrow(made).to_pylist()}
    assert rows["a"] == {
        "account_id": "a", "peer_group": "x 1k-3k", "n_posts": 4, "n_audience": 4,
        "n_loaded": 2, "n_stated": 5.0,
    }  # fmt: skip
    silent = rows["silent"]
    assert (silent["n_posts"], silent["n_audience"], silent["n_stated"]) == (0, 0, None)
