"""The two indices of old: they add up, and more acts never lower them."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.identify.klout_style import KloutScale, klout_style
from mawj.identify.kred_activity import KredSettings, kred_activity
from mawj.identify.kred_style import KredScale, kred_style
from tests.identify.conftest import checked
from tests.identify.scored import CON, kept, table

STANDING = """account_id | platform | followers
x:large | x | 10001
x:edge | x | 10000
x:small | x | 9
"""
ACTS = "act_id | actor_id | target_id | kind\n"


def activity(acts: list[tuple[str, str, str]], follows: str = "", settings=None):
    told = "\n".join(f"{i} | {a} | {b} | {kind}" for i, (a, b, kind) in enumerate(acts))
    made = kred_activity(
        table("acts", ACTS + told if acts else ""),
        table("follows", "follower_id | followed_id\n" + follows if follows else ""),
        table("standing", STANDING),
        kred_settings=settings or KredSettings(),
    )
    return checked(CON, "kred_activity", made)


def style(statement, scale=None):
    made = kred_style(table("kred_activity", statement), kred_scale=scale or KredScale())
    return {r["account_id"]: r for r in checked(CON, "kred_style", made).to_pylist()}


def points_of(received: int):
    rows = "account_id | direction | kind | by_large | n_acts | points_each | points\n"
    text = f"x:a | received | reply | no | 1 | {received} | {received}\n"
    text += f"x:a | sent | reply | no | 1 | {received} | {received}"
    return style(rows + text)["x:a"]


def test_an_act_of_a_large_account_is_worth_more():
    made = activity([("x:large", "x:small", "reply"), ("x:edge", "x:small", "reply")])
    rows = {
        (r["account_id"], r["direction"], r["by_large"]): (r["n_acts"], r["points"])
        for r in made.to_pylist()
    }
    assert rows == {
        ("x:small", "received", True): (1, 50),
        ("x:small", "received", False): (1, 10),
        ("x:large", "sent", False): (1, 10),
        ("x:edge", "sent", False): (1, 10),
    }


def test_a_follow_counts_as_an_act():
    made = activity([], "x:edge | x:small").to_pylist()
    assert {(r["account_id"], r["kind"], r["points"]) for r in made} == {
        ("x:small", "follow", 10),
        ("x:edge", "follow", 10),
    }


NAMES = st.sampled_from(["x:large", "x:edge", "x:small", "x:new"])
ACT = st.tuples(NAMES, NAMES, st.sampled_from(["reply", "repost"])).filter(
    lambda a: a[0] != a[1]
)


@settings(max_examples=4, deadline=None)
@given(st.lists(ACT, min_size=1, max_size=20), st.lists(ACT, max_size=8))
def test_the_statement_adds_up_and_more_acts_never_lower_a_score(acts, more):
    statement = activity(acts)
    before, after = style(statement), style(activity(acts + more))
    for account_id, row in before.items():
        for direction, column in (
            ("received", "influence_points"),
            ("sent", "outreach_points"),
        ):
            total = sum(
                r["n_acts"] * r["points_each"]
                for r in statement.to_pylist()
                if (r["account_id"], r["direction"]) == (account_id, direction)
            )
            assert row[column] == total
        for column in ("kred_influence", "kred_outreach"):
            assert after[account_id][column] >= row[column]


@pytest.mark.parametrize(
    ("points", "level"), [(0, 0), (99, 0), (100, 1), (269, 1), (270, 2), (559, 3), (558, 2)]
)
def test_outreach_levels_stand_where_they_were_published_and_go_on_by_the_rule(points, level):
    assert points_of(points)["kred_outreach"] == level


@pytest.mark.parametrize(
    ("points", "influence"), [(0, 1), (100_000_000, 1000), (10**12, 1000), (90, 143)]
)
def test_influence_is_a_fixed_rising_reading_of_the_points(points, influence):
    assert points_of(points)["kred_influence"] == influence


@pytest.mark.parametrize(
    ("field", "value"), [("points", 5), ("points_large", 20), ("large_followers", 5.0)]
)
def test_every_field_of_the_points_changes_some_row(field, value):
    acts = [("x:large", "x:small", "reply"), ("x:edge", "x:small", "reply")]
    other = activity(acts, settings=replace(KredSettings(), **{field: value}))
    assert not other.equals(activity(acts))


@pytest.mark.parametrize("field", [f.name for f in fields(KredScale)])
def test_every_field_of_the_reading_changes_some_row(field):
    statement = activity([("x:large", "x:small", "reply")] * 40)
    scale = KredScale()
    other = replace(scale, **{field: getattr(scale, field) * 2.5})
    assert style(statement, other) != style(statement)


INFLUENCE = """account_id | topic_id | influence | influence_low | influence_high | coverage
x:a | '' | 40 | 30 | 50 | 1
x:a | tea | 80 | 70 | 90 | 1
x:b | '' | 0 | | | 0.1
"""
FINDINGS = """subject_id | topic_id | finding | status | observed
x:a | '' | attention | counted | 120
x:a | tea | attention | counted | 60
x:a | '' | amplification | counted | 3
x:b | '' | attention | not_assessed |
"""


def klout(scale=None):
    made = klout_style(
        table("influence", INFLUENCE),
        table("influence_findings", FINDINGS),
        klout_scale=scale or KloutScale(),
    )
    return {r["account_id"]: r for r in checked(CON, "klout_style", kept(made)).to_pylist()}


def test_the_score_is_influence_on_a_scale_from_1_to_100_with_three_sides():
    rows = klout()
    assert list(rows["x:a"].values()) == pytest.approx(
        ["x:a", 40.6, 30.7, 50.5, 120.0, 3.0, None]
    )
    assert list(rows["x:b"].values()) == ["x:b", 1.0, None, None, None, None, None]


@pytest.mark.parametrize("field", ["least", "most"])
def test_every_field_of_the_scale_changes_some_row(field):
    assert klout(replace(KloutScale(), **{field: 7.0})) != klout()
