"""Authority follows attention, weighs the givers, and lets doubtful crowds count for little."""

from dataclasses import fields, replace

import pytest

from mawj.identify.authority import AuthoritySettings, authority

SETTINGS = AuthoritySettings(least_topic_accounts=2, tolerance=1e-12)
HEAD = "source_id | target_id | weight | n_acts\n"
FANS = "\n".join(f"x:f{i} | x:star | 1 | 1" for i in range(6))
BOTS = "\n".join(f"x:b{i} | x:bought | 1 | 1" for i in range(6))
TOPICS = """account_id | topic_id | topic_share | n_posts | n_others
x:f0 | tea | 0.8 | 9 | 0
x:star | tea | 0.4 | 9 | 0
x:bought | cars | 0.9 | 9 | 0
x:f1 | tea | 0.05 | 9 | 0
"""


@pytest.fixture
def ranked(arrow_of):
    def ranked(edges, doubt="", topics="", settings=SETTINGS):
        doubted = "account_id | doubt | n_assessed\n" + doubt if doubt else ""
        tables = (arrow_of("edges", HEAD + edges if edges else ""), arrow_of("doubt", doubted))
        made = authority(
            *tables, arrow_of("account_topics", topics), authority_settings=settings
        )
        return {(r["account_id"], r["topic_id"]): r for r in made.to_pylist()}

    return ranked


def test_the_mean_over_the_graph_is_one_and_attention_raises(ranked):
    rows = ranked(FANS)
    values = [r["authority"] for r in rows.values()]
    assert sum(values) / len(values) == pytest.approx(1.0, abs=1e-6)
    star = rows["x:star", ""]
    assert star["authority"] == max(values)
    assert star["n_sources"] == 6


def test_a_doubtful_crowd_counts_for_little(ranked):
    doubt = "\n".join(f"x:b{i} | 0.9 | 3" for i in range(6))
    rows = ranked(f"{FANS}\n{BOTS}", doubt)
    star, bought = rows["x:star", ""]["authority"], rows["x:bought", ""]["authority"]
    assert bought < star / 2
    unknown = ranked(f"{FANS}\n{BOTS}")
    assert unknown["x:bought", ""]["authority"] == pytest.approx(
        unknown["x:star", ""]["authority"]
    )


def test_a_topic_with_enough_accounts_ranks_those_with_a_real_share(ranked):
    rows = ranked(f"{FANS}\n{BOTS}", topics=TOPICS)
    assert {key for key in rows if key[1]} == {("x:f0", "tea"), ("x:star", "tea")}
    assert rows["x:star", "tea"]["authority"] > rows["x:star", ""]["authority"]


def test_edges_that_weigh_nothing_leave_their_accounts_in_the_graph(ranked):
    rows = ranked(f"{FANS}\nx:z | x:star | 0 | 1")
    assert rows["x:star", ""]["n_sources"] == 6
    assert ("x:z", "") in rows


def test_no_edges_give_no_row(ranked):
    assert ranked("") == {}


@pytest.mark.parametrize("field", [f.name for f in fields(AuthoritySettings)])
def test_every_field_of_the_settings_changes_some_row(ranked, field):
    value = {"damping": 0.5, "tolerance": 1.0, "rounds": 1, "least_topic_share": 0.01,
             "least_topic_accounts": 9}[field]  # fmt: skip
    chain = "\n".join(f"x:{i} | x:{i + 1} | 1 | 1" for i in range(9))
    edges = f"{FANS}\n{BOTS}\n{chain}"
    other = ranked(edges, topics=TOPICS, settings=replace(SETTINGS, **{field: value}))
    assert other != ranked(edges, topics=TOPICS)
