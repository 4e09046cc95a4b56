from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from mawj.vet.style_changes import StyleReading, style_changes, writing_style
from tests.vet.posting import ACCOUNT, loud, plain, posts

LIMITS = StyleReading(n_shuffles=99)


def test_another_hand_is_found_at_its_first_post() -> None:
    found = style_changes(posts(plain(30) + loud(30)), style_reading=LIMITS, seed=1).to_pylist()
    assert [(r["account_id"], r["n_posts"], r["n_before"]) for r in found] == [
        (ACCOUNT, 60, 30)
    ]
    assert found[0]["first_post_id"] == "x:me:p0030"
    assert (found[0]["p_chance"], found[0]["size"] > 0.5) == (0.01, True)


def test_each_account_is_read_alone_and_names_do_not_matter() -> None:
    mine, theirs = plain(30) + loud(30), plain(40)
    both = pa.concat_tables([posts(theirs, account="x:z"), posts(mine, account="x:a")])
    found = style_changes(both, style_reading=LIMITS, seed=1).to_pylist()
    alone = style_changes(posts(mine), style_reading=LIMITS, seed=1).to_pylist()
    assert [r["account_id"] for r in found] == ["x:a", "x:z"]
    assert found[0]["size"] == alone[0]["size"]


def test_posts_without_text_count_for_nothing() -> None:
    texts = [*plain(20), *[None] * 30]
    assert style_changes(posts(texts), style_reading=LIMITS, seed=1).num_rows == 0


def test_every_setting_changes_something() -> None:
    table = posts(plain(30) + loud(30))
    usual = style_changes(table, style_reading=LIMITS, seed=1)
    for name, value in {"most_posts": 50, "least_side": 31, "n_shuffles": 19}.items():
        changed = replace(LIMITS, **{name: value})
        assert style_changes(table, style_reading=changed, seed=1) != usual, name


def test_the_style_is_shown_trait_by_trait_on_both_sides() -> None:
    table = posts(plain(30) + loud(30))
    found = style_changes(table, style_reading=LIMITS, seed=1)
    rows = writing_style(table, found, style_reading=LIMITS).to_pylist()
    told = {row["trait"]: row for row in rows}
    assert told["emoji"]["before"] == 0 < told["emoji"]["after"]
    assert told["full_stops"]["difference"] < 0 < told["emoji"]["difference"]
    short = writing_style(posts(plain(5)), found.slice(0, 0), style_reading=LIMITS).to_pylist()
    assert {row["before"] for row in short} == {None}
