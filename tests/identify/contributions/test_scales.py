"""What each contribution gives: exact points on tiny tables."""

import math
from dataclasses import fields, replace

import pytest

from mawj.identify.contributions import CONTRIBUTIONS
from mawj.identify.contributions.attention import AttentionScale, attention
from tests.identify.scored import findings, points, row, rows_of, scales_of

COUNTS = """
account_id platform followers following lists mentions_received reposts_received posts_in_window
average_likes average_comments
"""
STANDING = f"""
{" | ".join(COUNTS.split())}
x:a | x | 9999 | 99 | 109 | 309 | 60 | 20 | |
x:b | x | 99 | 9999 | | | | | |
x:c | x | | | | | | | |
instagram:d | instagram | 9999 | 99 | 109 | 309 | 60 | 20 | 1999 | 100
"""
TABLES = {
    "standing": STANDING,
    "account_topics": """
account_id | topic_id | topic_share | n_posts | n_others
x:a | coffee | 0.5 | 9 | 0
x:a | cars | 0.05 | 9 | 9
x:a | tea | 0.9 | 1 | 1
x:b | coffee | 0.6 | 0 | 4
""",
    "attention": """
account_id | others | n_others
x:b | 89.5 | 120
""",
    "post_response": """
account_id | topic_id | engagements | n_engagements | reposts | n_reposts
x:a | '' | 209 | 10 | 19 | 10
x:a | coffee | 2099 | 5 | 199 | 5
x:b | '' | 9999 | 2 | 9999 | 4
""",
    "authority": """
account_id | topic_id | authority | n_sources
x:a | '' | 19 | 7
x:a | coffee | 199 | 7
""",
    "cadence": """
account_id | posts_per_week | active_weeks_share | n_posts
x:b | 2 | 0.75 | 100
""",
    "account_communities": """
account_id | community_id | participation | betweenness_est
x:a | 0 | 0.5 | 0.01
x:b | 0 | 0.5 | 0
""",
}


@pytest.fixture(scope="module")
def found():
    return findings(TABLES)


def tenfold(observed: float, reference: float) -> float:
    return math.log10((1 + observed) / (1 + reference))


@pytest.mark.parametrize(
    ("account_id", "finding", "expected"),
    [
        ("x:a", "base", 20.0),
        ("x:a", "audience", 3 * tenfold(9999, 1000)),
        ("x:b", "audience", 3 * tenfold(99, 1000)),
        ("x:a", "endorsement", 6.0),
        ("x:a", "attention", 3 * tenfold(309, 30)),
        ("x:b", "attention", 3 * tenfold(89.5, 30)),
        ("instagram:d", "attention", 6 * tenfold(309, 30)),
        ("x:a", "response", 2 * 1.0),
        ("instagram:d", "response", 5 * 2.0),
        ("x:a", "amplification", 2 * 1.0),
        ("x:a", "authority", 2 * 1.0),
        ("x:a", "selectivity", 0.0),
        ("x:b", "selectivity", -2.0),
        ("x:a", "consistency", tenfold(20, 10)),
        ("x:b", "consistency", 1.0),
        ("x:a", "bridging", 2.0),
        ("x:b", "bridging", 0.0),
    ],
)
def test_a_contribution_is_its_scale_read_at_what_was_observed(
    found, account_id, finding, expected
):
    assert points(found, account_id, finding) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("audience", 3 * tenfold(9999 * 0.5, 1000)),
        ("endorsement", 6 * tenfold(109 * 0.5, 10)),
        ("attention", 3 * tenfold(309 * 0.5, 30)),
        ("response", 2 * 2.0),
        ("amplification", 2 * 2.0),
        ("authority", 2 * 2.0),
        ("topical_share", 20 * 0.3),
    ],
)
def test_on_a_topic_only_the_topics_part_counts(found, finding, expected):
    assert points(found, "x:a", finding, "coffee") == pytest.approx(expected, abs=1e-9)


def test_an_account_is_scored_on_topics_with_a_real_share_and_enough_said(found):
    topics = {(r["subject_id"], r["topic_id"]) for r in found.to_pylist() if r["topic_id"]}
    assert topics == {("x:a", "coffee"), ("x:b", "coffee")}


@pytest.mark.parametrize("made", CONTRIBUTIONS, ids=lambda made: made.__name__)
def test_what_is_not_known_gives_no_points_and_names_what_to_load(found, made):
    topic = [r for r in found.to_pylist() if r["finding"] == made.__name__]
    unknown = [r for r in topic if r["subject_id"] == "x:c"]
    assert bool(unknown) == (made.__name__ != "topical_share")
    for r in unknown:
        assert (r["status"], r["contribution"], r["observed"]) == ("not_assessed", 0.0, None)
        assert (r["basis"], bool(r["missing"])) == ("missing", True)


def test_counts_given_by_a_platform_are_marked(found):
    assert row(found, "x:a", "attention")["basis"] == "counted"
    assert row(found, "x:b", "attention")["basis"] == "events"


def test_lists_do_not_apply_where_a_platform_has_none(found):
    rows = [r for r in found.to_pylist() if r["subject_id"] == "instagram:d"]
    assert "endorsement" not in {r["finding"] for r in rows}


def test_a_handful_of_posts_is_no_typical_post(found):
    assert row(found, "x:b", "response")["status"] == "not_assessed"
    assert row(found, "x:b", "amplification")["status"] == "not_assessed"


@pytest.mark.parametrize("made", CONTRIBUTIONS, ids=lambda made: made.__name__)
def test_a_contribution_has_its_words_in_three_languages(made):
    home = vars(__import__("sys").modules[made.__module__])
    for kind in ("NAME", "TEXT"):
        assert list(home[kind]) == ["en", "ar", "fa"]
    for text in home["TEXT"].values():
        said = text.format(observed="1", expected="2", compared_with="3", sample_size="4")
        assert "1" in said


CHANGED = [
    (made, name, field.name)
    for made in CONTRIBUTIONS
    for name, kind in scales_of(made).items()
    if name != "engagement_scale"
    for field in fields(kind)
]


@pytest.mark.parametrize(("made", "name", "field"), CHANGED)
def test_every_field_of_a_scale_changes_some_row(made, name, field):
    usual = scales_of(made)[name]()
    value = getattr(usual, field)
    factor = 1e6 if field == "least_betweenness" else 0.4
    other = replace(usual, **{field: type(value)(value * factor)})
    assert not rows_of(made, TABLES, other).equals(rows_of(made, TABLES, usual))


def test_nobody_turning_to_an_account_is_a_zero_only_where_its_posts_are_loaded():
    told = TABLES | {
        "standing": "account_id | platform\n"
        "x:b | x\nx:quiet | x\nx:unseen | x\nyoutube:z | youtube",
        "cadence": "account_id | posts_per_week | active_weeks_share | n_posts\n"
        "x:quiet | 1 | 1 | 9\nyoutube:z | 1 | 1 | 9",
    }
    made = rows_of(attention, told, AttentionScale()).to_pylist()
    observed = {r["subject_id"]: r["observed"] for r in made if not r["topic_id"]}
    assert observed == {"x:b": 89.5, "x:quiet": 0.0, "x:unseen": None, "youtube:z": None}
