"""The reasons of influence: they add up, they do not depend on names, order or others."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.flow.runner import reads, settings_read
from mawj.identify import influence_findings as module
from mawj.identify.contributions import CONTRIBUTIONS
from mawj.identify.influence_findings import InfluenceSettings, influence_findings
from mawj.tables.declared import TABLES
from tests.identify.scored import findings, points, row, score, scores

COLUMNS = ("followers", "following", "lists", "mentions_received", "reposts_received",
           "posts_in_window", "average_likes")  # fmt: skip
COUNTS = st.one_of(st.none(), st.floats(0, 1e9))
ACCOUNTS = st.lists(st.tuples(*([COUNTS] * len(COLUMNS))), min_size=2, max_size=12)
FEW = settings(max_examples=2, deadline=None)


def standing(accounts, names=None) -> str:
    names = names or [f"x:{i}" for i in range(len(accounts))]
    lines = [" | ".join(("account_id", "platform", *COLUMNS))]
    lines += [
        " | ".join((name, "x", *("" if v is None else repr(v) for v in counts)))
        for name, counts in zip(names, accounts, strict=True)
    ]
    return "\n".join(lines)


@FEW
@given(ACCOUNTS)
def test_the_contributions_add_up_to_a_score_between_0_and_100(accounts):
    found = findings({"standing": standing(accounts)})
    made = scores(found)
    for i in range(len(accounts)):
        rows = [r for r in found.to_pylist() if r["subject_id"] == f"x:{i}"]
        total = sum(r["contribution"] for r in rows)
        assert score(made, f"x:{i}")["influence"] == pytest.approx(total, abs=1e-9)
        assert -1e-9 <= total <= 100 + 1e-9


@FEW
@given(ACCOUNTS, st.sampled_from(["followers", "lists", "mentions_received", "average_likes"]))
def test_more_followers_lists_mentions_or_likes_never_lower_a_score(accounts, column):
    place = COLUMNS.index(column)
    more = [(*a[:place], (a[place] or 0) * 2 + 5, *a[place + 1 :]) for a in accounts]
    less = [(*a[:place], a[place] or 0, *a[place + 1 :]) for a in accounts]
    before = scores(findings({"standing": standing(less)}))
    after = scores(findings({"standing": standing(more)}))
    for i in range(len(accounts)):
        assert (
            score(after, f"x:{i}")["influence"] >= score(before, f"x:{i}")["influence"] - 1e-9
        )


@FEW
@given(ACCOUNTS)
def test_order_names_and_other_accounts_change_no_score(accounts):
    usual = scores(findings({"standing": standing(accounts)}))
    names = [f"x:other{len(accounts) - i}" for i in range(len(accounts))]
    turned = standing(accounts[::-1], names[::-1])
    other = scores(findings({"standing": turned}))
    alone = scores(findings({"standing": standing(accounts[:1])}))
    for i, name in enumerate(names):
        assert score(other, name)["influence"] == score(usual, f"x:{i}")["influence"]
        assert score(other, name)["rank"] == score(usual, f"x:{i}")["rank"]
    assert score(alone, "x:0")["influence"] == score(usual, "x:0")["influence"]


def test_a_sum_outside_the_scale_is_held_by_a_row():
    told = "account_id | platform | followers | lists | mentions_received\n"
    found = findings({"standing": told + "x:a | x | 1e12 | 1e12 | 1e12\nx:b | x | 0 | 0 | 0"})
    assert row(found, "x:a", "held_at_hundred")["status"] == "counted"
    assert points(found, "x:a", "held_at_hundred") < 0
    low = findings(
        {"standing": told + "x:b | x | 0 | 0 | 0"}, replace(InfluenceSettings(), base=1)
    )
    assert points(low, "x:b", "held_at_zero") > 0
    assert score(scores(low), "x:b")["influence"] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("1000 | 900 | 10 | 30 | 20 | 1", 15, 25),
        ("50000 | 500 | 500 | 2000 | 1000 | 20", 45, 60),
        ("100000000 | 300 | 200000 | 1000000 | 100000 | 3000", 85, 100),
    ],
    ids=["nobody", "specialist", "celebrity"],
)
def test_known_sizes_of_account_land_where_a_reader_expects_them(said, low, high):
    head = "account_id | platform | followers | following | lists | mentions_received"
    followers, following, lists, mentions, likes, reposts = said.split(" | ")
    found = findings({
        "standing": f"{head}\nx:a | x | {followers} | {following} | {lists} | {mentions}",
        "post_response": "account_id|topic_id|engagements|n_engagements|reposts|n_reposts"
        f"\nx:a | '' | {likes} | 50 | {reposts} | 50",
        "authority": "account_id | topic_id | authority | n_sources\n"
        f"x:a | '' | {float(mentions) / 30} | 9",
    })  # fmt: skip
    assert low <= score(scores(found), "x:a")["influence"] <= high


def test_the_step_reads_every_table_that_a_contribution_names():
    assert reads(influence_findings)[:2] == ("standing", "account_topics")
    for made in CONTRIBUTIONS:
        assert set(reads(made)) - {"subjects"} <= set(reads(influence_findings))
        assert settings_read(made).items() <= settings_read(influence_findings).items()


@pytest.mark.parametrize("field", [f.name for f in fields(InfluenceSettings)])
def test_every_field_of_the_settings_changes_some_result(field):
    told = {
        "standing": "account_id | platform | followers | lists\nx:a | x | 5000 | 40",
        "account_topics": "account_id | topic_id | topic_share | n_posts | n_others\n"
        "x:a | tea | 0.5 | 4 | 0",
    }
    usual = InfluenceSettings()
    other = replace(usual, **{
        field: {"least_topic_share": 0.6, "least_topic_posts": 5, "least_coverage": 0.0,
                "replicates": 20, "base": 30.0}[field]
    })  # fmt: skip
    results = [scores(findings(told, s), settings=s) for s in (usual, other)]
    assert not results[0].equals(results[1])


def test_missing_names_only_tables_that_can_be_loaded():
    found = findings({"standing": "account_id | platform\nx:a | x"})
    for r in found.to_pylist():
        if r["status"] == "not_assessed":
            assert {TABLES[t.strip()].kind for t in r["missing"].split(",")} == {"observed"}
    assert module.RULE in {r["rule_version"] for r in found.to_pylist()}
