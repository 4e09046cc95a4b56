"""Portfolios: the best there is, within every wish, with honest bounds and reasons."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mawj.plan.choosing.asked import Coverage, GroupLimit, PortfolioAsked, PortfolioSettings
from mawj.plan.portfolio import portfolio
from mawj.tables.declared import TABLES
from mawj.tables.errors import DuplicateKey, MissingColumn, OutOfRange
from tests.plan.choosing.cases import PLAIN, asked, made_up, prepared, tried

OBJECTIVES = ("reach", "unique", "engagements", "views")
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value_of(made) -> float:
    return made.result["value"][0].as_py()


def picked(made) -> set[tuple[str, str]]:
    rows = made.picked.select(["account_id", "deliverable"]).to_pylist()
    return {(row["account_id"], row["deliverable"]) for row in rows}


def with_interval(table: pa.Table, ratio: float = 2.0) -> pa.Table:
    value = np.array(table["value"].to_pylist(), float)
    low, high = pa.array(value / ratio), pa.array(value * ratio)
    return table.append_column("value_low", low).append_column("value_high", high)


@FEW
@given(
    seed=st.integers(0, 10_000), n=st.integers(3, 9), objective=st.sampled_from(OBJECTIVES),
    share=st.floats(0.1, 0.8), wish=st.sampled_from(["none", "groups", "must", "offers"]),
)  # fmt: skip
def test_it_is_the_best_of_all_that_can_be_tried(seed, n, objective, share, wish) -> None:
    more: dict[str, object] = {}
    wishes: dict[str, object] = {"objective": objective}
    if wish == "groups":
        group = GroupLimit("platform", "x", least=1, most=2, most_share=0.8)
        wishes |= {"groups": (group,), "most_picks": 4}
    elif wish == "must":
        more = {"is_must": [i == 1 for i in range(n)], "is_never": [i == 0 for i in range(n)]}
    elif wish == "offers":
        more = {"person_id": [f"p{i // 2}" for i in range(n)]}
    table, elements = made_up(n, seed=seed, **more)
    wanted = asked(table, share, **wishes)
    best = tried(prepared(table, elements, wanted))
    made = portfolio(table, elements, wanted, is_whole=False)
    assert made.is_possible == (best is not None)
    if best is not None:
        assert value_of(made) == pytest.approx(best, rel=1e-6)
        assert made.result["how"][0].as_py() == "proved"


@FEW
@given(seed=st.integers(0, 10_000), objective=st.sampled_from(OBJECTIVES))
def test_no_wish_is_broken_and_no_bound_exceeded(seed, objective) -> None:
    table, elements = made_up(60, 300, seed, person_id=[f"p{i // 2}" for i in range(60)])
    group = GroupLimit("platform", "tiktok", least=2, most_share=0.5)
    wanted = asked(table, 0.25, objective=objective, groups=(group,), most_picks=12)
    made = portfolio(table, elements, wanted, is_whole=False)
    rows = made.picked.to_pylist()
    spent = sum(row["price_minor"] for row in rows)
    assert spent == made.result["spent_minor"][0].as_py() <= wanted.budget_minor
    assert len(rows) <= 12
    assert len({row["person_id"] for row in rows}) == len(rows)
    kinds = dict(
        zip(table["account_id"].to_pylist(), table["platform"].to_pylist(), strict=True)
    )
    there = [row["price_minor"] for row in rows if kinds[row["account_id"]] == "tiktok"]
    assert len(there) >= 2
    assert sum(there) <= wanted.budget_minor / 2
    assert made.result["bound"][0].as_py() >= value_of(made)
    assert made.result["of_best_share"][0].as_py() > 0.75


def test_the_bound_holds_for_the_best_that_exists_even_where_nothing_is_proved() -> None:
    for seed in range(6):
        table, elements = made_up(10, seed=seed)
        loose = replace(PLAIN, exact_offers=0, exact_elements=0)
        for objective in ("reach", "unique", "engagements"):
            wanted = asked(table, 0.4, objective=objective, settings=loose, most_picks=5)
            made = portfolio(table, elements, wanted, is_whole=False)
            best = tried(prepared(table, elements, wanted))
            assert made.result["how"][0].as_py() == "bounded"
            assert made.result["bound"][0].as_py() >= best * (1 - 1e-9)


def test_what_the_method_guarantees_is_said_only_where_it_holds() -> None:
    table, elements = made_up(15)
    only_budget = portfolio(table, elements, asked(table), is_whole=False)
    assert only_budget.result["guarantee_share"][0].as_py() == pytest.approx(0.405)
    picks = portfolio(table, elements, asked(table, 2.0, most_picks=4), is_whole=False)
    assert picks.result["guarantee_share"][0].as_py() == pytest.approx(1 - 1 / np.e)
    groups = (GroupLimit("platform", "x", most=2),)
    grouped = portfolio(table, elements, asked(table, groups=groups), is_whole=False)
    assert grouped.result["guarantee_share"][0].as_py() is None


@FEW
@given(seed=st.integers(0, 10_000), n=st.sampled_from([12, 50]))
def test_neither_the_order_of_rows_nor_names_change_what_it_is_worth(seed, n) -> None:
    table, elements = made_up(n, 120, seed)
    wanted = asked(table)
    before = portfolio(table, elements, wanted, is_whole=False)
    order = np.random.default_rng(seed).permutation(n)
    rows = [elements.member[elements.ptr[i] : elements.ptr[i + 1]] for i in order]
    ptr = np.concatenate([[0], np.cumsum([row.size for row in rows])])
    moved = Coverage(ptr, np.concatenate(rows).astype(np.int32), elements.n_elements)
    names = pa.array([f"y:{hash((seed, int(i))) % 10**9}" for i in range(n)])
    shuffled = table.take(pa.array(order))
    after = portfolio(shuffled, moved, wanted, is_whole=False)
    assert picked(after) == picked(before)
    renamed = portfolio(
        table.set_column(0, "account_id", names), elements, wanted, is_whole=False
    )
    assert value_of(renamed) == pytest.approx(value_of(before), rel=1e-9)


def test_more_money_never_brings_less() -> None:
    table, elements = made_up(60, 400, 3)
    made = portfolio(table, elements, asked(table, 0.2))
    values = made.curve["value"].to_pylist()
    assert values == sorted(values)
    assert value_of(made) in values
    small, small_elements = made_up(12, 60, 3)
    proved = [
        value_of(portfolio(small, small_elements, asked(small, share), is_whole=False))
        for share in (0.1, 0.2, 0.4, 0.8)
    ]
    assert proved == sorted(proved)


def test_alternatives_are_near_and_different_and_keep_every_wish() -> None:
    table, elements = made_up(40, 300, 5)
    wanted = asked(table, 0.3, groups=(GroupLimit("platform", "x", least=2),))
    made = portfolio(table, elements, wanted)
    mine = picked(made)
    numbers = sorted(set(made.alternatives["alternative"].to_pylist()))
    assert numbers
    kinds = dict(
        zip(table["account_id"].to_pylist(), table["platform"].to_pylist(), strict=True)
    )
    for number in numbers:
        rows = [row for row in made.alternatives.to_pylist() if row["alternative"] == number]
        theirs = {(row["account_id"], row["deliverable"]) for row in rows}
        common = len(mine & theirs)
        assert common <= len(mine) - np.ceil(PLAIN.different_share * len(mine))
        assert PLAIN.near_share <= rows[0]["of_best_share"] <= 1
        assert rows[0]["spent_minor"] <= wanted.budget_minor
        assert sum(kinds[row["account_id"]] == "x" for row in rows) >= 2
        assert {
            row["is_new"] for row in rows if (row["account_id"], row["deliverable"]) not in mine
        } == {True}


def test_what_is_left_when_one_declines_is_the_best_without() -> None:
    table, elements = made_up(11, 80, 7)
    wanted = asked(table, 0.4)
    made = portfolio(table, elements, wanted)
    assert made.declines.num_rows == made.picked.num_rows
    for row in made.declines.to_pylist():
        never = [name == row["account_id"] for name in table["account_id"].to_pylist()]
        without = table.append_column("is_never", pa.array(never))
        best = tried(prepared(without, elements, wanted))
        assert row["value"] == pytest.approx(best, rel=0.01)
        assert row["value"] <= best * (1 + 1e-9)
        assert row["lost_share"] == pytest.approx(1 - row["value"] / value_of(made), abs=1e-9)
        assert row["account_id"] not in row["replaced_by"]


def test_a_must_have_is_in_with_its_reason_and_cannot_decline() -> None:
    table, elements = made_up(12, 60, 2, is_must=[i == 4 for i in range(12)])
    made = portfolio(table, elements, asked(table, 0.4))
    line = next(row for row in made.lines.to_pylist() if row["account_id"] == "x:4")
    assert (line["is_in"], line["why"]) == (True, "must")
    decline = next(row for row in made.declines.to_pylist() if row["account_id"] == "x:4")
    assert decline["value"] is None


def test_what_cannot_be_picked_says_why() -> None:
    table, elements = made_up(6, is_never=[False, True, None, False, False, False])
    table = table.set_column(2, "price_minor", pa.array([None, 5, 5, 5, 5, 5], pa.int64()))
    table = table.set_column(4, "value", pa.array([1.0, 1.0, None, 2.0, 2.0, 2.0]))
    made = portfolio(table, elements, asked(table, 1.0))
    why = {row["account_id"]: row["why"] for row in made.lines.to_pylist() if not row["is_in"]}
    assert why == {"x:0": "no_price", "x:1": "never", "x:2": "no_value"}


def test_why_the_next_best_is_out_is_told_by_what_stands_in_its_way() -> None:
    # Three offers of one audience, one too dear, one of the same person, one of a full group.
    member = np.array([0, 1, 2, 3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11], np.int32)
    elements = Coverage(np.array([0, 4, 7, 10, 13, 15]), member, 12)
    table = pa.table(
        {
            "account_id": ["x:best", "x:same", "x:dear", "x:full", "x:twin"],
            "deliverable": ["x:post"] * 5,
            "person_id": ["p1", "p2", "p3", "p4", "p1"],
            "tier": ["a", "a", "a", "b", "a"],
            "price_minor": [10, 12, 500, 10, 38],
            "currency": ["SAR"] * 5,
        }
    )
    groups = (GroupLimit("tier", "b", most=0),)
    wanted = PortfolioAsked(40, "SAR", "unique", groups=groups, most_picks=3, settings=PLAIN)
    made = portfolio(table, elements, replace(wanted, most_picks=None))
    why = {row["account_id"]: (row["why"], row["other"]) for row in made.lines.to_pylist()}
    assert why["x:best"] == ("worth", None)
    assert why["x:same"] == ("overlap", "x:best")
    assert why["x:dear"] == ("money", None)
    assert why["x:full"] == ("limit", "tier=b")
    assert why["x:twin"] == ("creator_taken", "x:best")


def test_the_gains_of_lines_are_those_of_leaving_out_and_putting_in() -> None:
    table, elements = made_up(14, 80, 9)
    wanted = asked(table, 0.4)
    case = prepared(table, elements, wanted)
    made = portfolio(table, elements, wanted)
    names = case.offers.table["account_id"].to_pylist()
    place = {name: i for i, name in enumerate(names)}
    mine = np.array(sorted(place[name] for name, _ in picked(made)), np.int32)
    whole = case.instance.value(case.limits, mine)
    assert whole > 0
    assert set(made.lines["is_in"].to_pylist()) == {True, False}
    for row in made.lines.to_pylist():
        at = place[row["account_id"]]
        if row["is_in"]:
            expected = whole - case.instance.value(case.limits, mine[mine != at])
        else:
            expected = (
                case.instance.value(case.limits, np.append(mine, at).astype(np.int32)) - whole
            )
        assert row["gain"] == pytest.approx(expected, abs=1e-9)
        alone = case.instance.value(case.limits, np.array([at], np.int32))
        assert row["alone"] == pytest.approx(alone)
        if row["result_if_taken"] is not None:
            assert row["result_if_taken"] <= value_of(made) * (1 + 1e-9)


def test_lines_have_rows_of_reasons_with_their_numbers() -> None:
    table, elements = made_up(14, 80, 9)
    made = portfolio(table, elements, asked(table, 0.4))
    assert set(made.lines["is_in"].to_pylist()) == {True, False}
    for line in made.lines.to_pylist():
        rows = {
            row["reason"]: row
            for row in made.reasons.to_pylist()
            if row["account_id"] == line["account_id"]
        }
        assert rows["adds"]["observed"] == line["gain"]
        assert ("result_if_taken" in rows) == (not line["is_in"])


def test_every_table_is_as_declared() -> None:
    table, elements = made_up(14, 80, 9)
    made = portfolio(with_interval(table), elements, asked(table, 0.4))
    for name in ("lines", "reasons", "alternatives", "curve", "declines", "conflicts"):
        rows = getattr(made, name)
        declared = TABLES[f"plan_{name}"]
        assert rows.schema == declared.schema
        keys = [tuple(row[k] for k in declared.key) for row in rows.to_pylist()]
        assert len(keys) == len(set(keys))
        for column in declared:
            values = rows[column.name].to_pylist()
            assert column.null_means is not None or None not in values
            assert not column.one_of or set(values) - {None} <= set(column.one_of)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda t: t.set_column(3, "currency", pa.array(["SAR"] * 5 + ["AED"])), OutOfRange),
        (lambda t: t.set_column(2, "price_minor", pa.array([-1, 2, 3, 4, 5, 6])), OutOfRange),
        (lambda t: t.drop_columns(["value"]), MissingColumn),
        (lambda t: t.drop_columns(["price_minor"]), MissingColumn),
        (lambda t: t.set_column(0, "account_id", pa.array(["x:1"] * 6)), DuplicateKey),
    ],
)
def test_candidates_that_do_not_hold_are_refused(change, error) -> None:
    table, elements = made_up(6)
    with pytest.raises(error):
        portfolio(change(table), elements, asked(table))


def test_a_group_that_no_column_names_is_refused() -> None:
    table, elements = made_up(6)
    with pytest.raises(MissingColumn, match="tier"):
        portfolio(table, elements, asked(table, groups=(GroupLimit("tier", "micro"),)))


def test_no_candidates_and_no_money_give_an_empty_portfolio() -> None:
    table, elements = made_up(6)
    nobody = portfolio(table.slice(0, 0), None, PortfolioAsked(100, "SAR", settings=PLAIN))
    assert (nobody.is_possible, nobody.lines.num_rows, value_of(nobody)) == (True, 0, 0.0)
    broke = portfolio(table, elements, PortfolioAsked(0, "SAR", settings=PLAIN))
    assert (broke.picked.num_rows, value_of(broke)) == (0, 0.0)


def test_what_costs_nothing_and_adds_something_is_always_in() -> None:
    table, elements = made_up(8)
    table = table.set_column(2, "price_minor", pa.array([0] * 3 + [50] * 5))
    made = portfolio(table, elements, PortfolioAsked(0, "SAR", settings=PLAIN))
    assert {name for name, _ in picked(made)} == {"x:0", "x:1", "x:2"}


def test_without_audiences_results_add_up() -> None:
    table, _ = made_up(10)
    made = portfolio(table, None, asked(table, 0.5))
    values = dict(zip(table["account_id"].to_pylist(), table["value"].to_pylist(), strict=True))
    assert value_of(made) == pytest.approx(sum(values[name] for name, _ in picked(made)))


def test_the_interval_holds_the_median_and_the_goal_has_a_chance() -> None:
    table, elements = made_up(20, 200, 4)
    table = with_interval(table)
    wanted = replace(asked(table, 0.4), settings=PortfolioSettings())
    made = portfolio(table, elements, wanted, is_whole=False)
    row = made.result.to_pylist()[0]
    assert row["result_low"] < row["result"] < row["result_high"]
    assert np.mean(made.outcomes < row["result_low"]) == pytest.approx(0.1, abs=0.01)
    certain = replace(wanted, goal=0.0)
    assert portfolio(table, elements, certain, is_whole=False).result["p_goal"][0].as_py() == 1
    middle = portfolio(table, elements, replace(wanted, goal=row["result"]), is_whole=False)
    assert middle.result["p_goal"][0].as_py() == pytest.approx(0.5, abs=0.02)


def test_the_same_wishes_give_the_same_portfolio() -> None:
    table, elements = made_up(50, 300, 4)
    table = with_interval(table)
    wanted = replace(asked(table, 0.2), settings=PortfolioSettings())
    once, again = (portfolio(table, elements, wanted) for _ in range(2))
    for name in ("result", "lines", "alternatives", "curve", "declines"):
        assert getattr(once, name).equals(getattr(again, name))


CHANGES = {
    "repeat_worth": 0.9, "seen_share": 0.9, "correct_luck": False, "guess_share": 0.9,
    "risk_weight": 1.0, "bad_share": 0.1, "platform_share": 0.5, "creator_share": 0.1,
    "draws": 16, "swap_pool": 0, "swap_rounds": 0, "exact_offers": 0, "exact_elements": 0,
    "exact_nodes": 1, "bound_rounds": 0, "near_share": 1.0, "different_share": 0.9,
    "alternatives": 0, "next_best": 1,
}  # fmt: skip
SEARCHED = (
    "exact_elements",
    "swap_pool",
    "swap_rounds",
    "bound_rounds",
    "draws",
    "risk_weight",
    "bad_share",
)


def told_with(seed: int, name: str, **changes: object) -> list[object]:
    n = 40 if name in SEARCHED else 14
    persons = [f"p{i // 2}" for i in range(n)]
    table, elements = made_up(n, 150, seed, n_own=[0] * n, person_id=persons)
    table = with_interval(table, 3.0)
    exact = 0 if name in SEARCHED else 40
    base = PortfolioSettings(
        risk_weight=0.5, exact_offers=exact, exact_nodes=200, correct_luck=True
    )
    objective = "unique" if name == "exact_elements" else "engagements"
    wanted = asked(table, 0.3, objective=objective, settings=replace(base, **changes))
    made = portfolio(table, elements, wanted)
    return [getattr(made, part).to_pylist() for part in ("result", "lines", "alternatives")]


@pytest.mark.parametrize("name", [field.name for field in fields(PortfolioSettings)])
def test_every_setting_changes_some_result(name) -> None:
    assert any(
        told_with(seed, name) != told_with(seed, name, **{name: CHANGES[name]})
        for seed in range(12)
    ), f"{name} changes nothing"


def test_settings_outside_their_range_are_refused() -> None:
    with pytest.raises(ValueError, match="risk_weight"):
        PortfolioSettings(risk_weight=1.5)
    with pytest.raises(ValueError, match="together"):
        PortfolioSettings(platform_share=0.8, creator_share=0.8)
