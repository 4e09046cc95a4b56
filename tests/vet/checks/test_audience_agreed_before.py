from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.audience_sides import POSTS_EACH, audience_posts, audience_sides
from mawj.vet.audience_ties import PoliticalSplit, audience_actors, audience_ties
from mawj.vet.checks.audience_agreed_before import (
    AudienceAgreed,
    audience_agreed_before,
    evidence,
)
from tests.vet.politics_world import AS_OF, Vetted, plain, posts_of, rows, told

LIMITS = AudienceAgreed()
SPLIT = PoliticalSplit()
OWN = Vetted(posts_of("x:1", ["Stop the war, end the war", *plain(3)]))
SAME = "نه به جنگ، جنگ را متوقف کنید"
OTHER = "I support the war in the north, the military operation is right"


def acts(n: int, days: int = 0) -> Any:
    made = [
        {"act_id": f"a{i}", "actor_id": f"x:p{i}", "target_id": target, "kind": "like",
         "at": AS_OF + timedelta(days=days + 10 * (target != "x:1"))}
        for i in range(n)
        for target in ("x:1", f"x:t{i % 5}")
    ]  # fmt: skip
    return ibis.memtable(rows("acts", made))


def actors(n: int = 30, split: PoliticalSplit = SPLIT) -> Any:
    subjects = ibis.memtable(rows("vet_subjects", [{"account_id": "x:1"}]))
    return audience_actors(acts(n), subjects, political_split=split)


def sides(texts: list[str], repeats: int = 1) -> pa.Table:
    """What people who wrote these had agreed on before."""
    every = [row for i, t in enumerate(texts) for row in posts_of(f"x:p{i}", [t] * repeats)]
    posts = ibis.memtable(rows("posts", every))
    made = audience_posts(actors(), OWN.political_signs, posts).to_pyarrow()
    assert made.num_rows <= POSTS_EACH * len(texts)
    return audience_sides(made, OWN.signs_arrow)


def found(made: pa.Table, limits: AudienceAgreed = LIMITS) -> Any:
    return told(audience_agreed_before(ibis.memtable(made), audience_agreed=limits))


def people(n_same: int, n_other: int) -> pa.Table:
    made = [
        {"account_id": "x:1", "actor_id": f"x:p{i}", "n_agree": int(i < n_same),
         "n_disagree": int(i >= n_same)}
        for i in range(n_same + n_other)
    ]  # fmt: skip
    return pa.Table.from_pylist(made, schema=TABLES["audience_sides"].schema)


def test_who_took_a_side_before_is_read_across_languages() -> None:
    got = sides([SAME, OTHER, "Lovely weather"]).to_pylist()
    assert [(r["actor_id"], r["n_agree"], r["n_disagree"]) for r in got] == [
        ("x:p0", 1, 0), ("x:p1", 0, 1),
    ]  # fmt: skip


def test_what_was_said_after_the_first_act_does_not_count() -> None:
    late = posts_of("x:p0", [SAME])
    late[0]["published_at"] = AS_OF + timedelta(days=1)
    posts = ibis.memtable(rows("posts", late))
    assert audience_posts(actors(), OWN.political_signs, posts).count().execute() == 0


def test_a_repost_counts_with_the_words_passed_on() -> None:
    original = posts_of("x:9", [SAME])
    repost = posts_of("x:p0", [None], repost_of_post_id="x:9/0")
    posts = ibis.memtable(rows("posts", [*original, *repost]))
    made = audience_posts(actors(), OWN.political_signs, posts).to_pyarrow()
    assert made["text"].to_pylist() == [SAME]


def test_few_posts_of_each_are_read() -> None:
    assert sides([SAME], repeats=POSTS_EACH + 5)["n_agree"].to_pylist() == [POSTS_EACH]


def test_an_audience_that_had_agreed_is_raised_and_a_mixed_one_clear() -> None:
    agreed, mixed = found(people(40, 2))["x:1"], found(people(20, 20))["x:1"]
    assert agreed["contribution"] > 0.0 == mixed["contribution"]
    assert agreed["observed_low"] < agreed["observed"] < agreed["observed_high"]


def test_too_few_who_took_a_side_are_not_assessed() -> None:
    assert found(people(14, 0)) == {}


def test_more_agreement_never_lowers_the_risk() -> None:
    points = [found(people(n, 40 - n))["x:1"]["contribution"] for n in (10, 30, 36, 40)]
    assert points == sorted(points)


def test_every_setting_changes_something() -> None:
    usual = found(people(36, 4))
    for field, value in {"from_share": 0.7, "points": 1.0, "least_people": 99}.items():
        assert found(people(36, 4), replace(LIMITS, **{field: value})) != usual, field


def test_those_who_agreed_are_shown() -> None:
    shown = evidence(ibis.memtable(people(2, 1))).to_pyarrow()
    assert sorted(shown["evidence_id"].to_pylist()) == ["x:p0", "x:p1"]


def test_the_sample_of_the_audience_is_fixed_and_bounded() -> None:
    few = actors(40, PoliticalSplit(actors_each=7)).to_pyarrow()
    assert few.num_rows == 7
    assert set(few["actor_id"].to_pylist()) <= {f"x:p{i}" for i in range(40)}


def test_ties_to_third_accounts_fall_before_or_after_the_date() -> None:
    def periods(split_on: str) -> set[str]:
        people = actors(9, PoliticalSplit(split_on=split_on))
        made = audience_ties(people, acts(9)).to_pyarrow()
        assert "x:1" not in made["target_id"].to_pylist()
        return set(made["period"].to_pylist())

    assert (periods("2026-07-01"), periods("2027-01-01")) == ({"after"}, {"before"})
