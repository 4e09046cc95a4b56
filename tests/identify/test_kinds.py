"""Specialist or celebrity: reasons that add up, and warnings where a goal does not fit."""

from dataclasses import fields, replace
from functools import cache

import pytest

from mawj.identify.kind_findings import kind_findings
from mawj.identify.kind_scale import KIND_TEXTS, SIGNS, KindScale
from mawj.identify.kinds import GOAL_TEXTS, GOALS, goal_fit, kinds
from tests.identify.conftest import checked
from tests.identify.scored import CON, kept, table

INPUTS = {
    "accounts": """account_id | platform | bio | category | is_verified
x:expert | x | Specialty coffee roaster | | no
x:star | x | Actor and singer | Celebrity | yes
x:new | x | | |
""",
    "standing": """account_id | platform | followers | posts | lists
x:expert | x | 40000 | 4000 | 2000
x:star | x | 60000000 | 900 | 9000
x:new | x | | |
""",
    "account_topics": """account_id|topic_id|topic_share|own_share|others_share|n_posts|n_others
x:expert | food | 0.8 | 0.85 | 0.7 | 90 | 40
x:expert | food.coffee | 0.8 | 0.85 | 0.75 | 90 | 40
x:star | food | 0.1 | 0.1 | 0.02 | 9 | 90
x:star | travel | 0.2 | 0.2 | 0.1 | 9 | 90
x:1 | food | 0.5 | 0.5 | | 1 | 0
x:2 | food | 0.5 | 0.5 | | 1 | 0
x:3 | travel | 0.4 | 0.5 | | 1 | 0
x:4 | cars | 0.3 | 0.5 | | 1 | 0
x:5 | music | 0.2 | 0.5 | | 1 | 0
x:6 | food | 0.1 | 0.5 | | 1 | 0
""",
    "influence_findings": """subject_id|topic_id|finding|status|observed|expected|sample_size
x:expert | '' | engagement | counted | 0.05 | 0.02 | 30
x:star | '' | engagement | counted | 0.004 | 0.01 | 30
""",
    "edges": "source_id | target_id | weight | n_acts\n"
    + "\n".join(f"x:{i} | x:star | 1 | 1" for i in range(1, 7))
    + "\n"
    + "\n".join(f"x:{i} | x:expert | {4 if i in (1, 2, 6) else 0.1} | 1" for i in range(1, 7)),
}  # fmt: skip


@cache
def found(scale=None):
    made = kind_findings(
        *(table(name, text) for name, text in INPUTS.items()),
        kind_scale=scale or KindScale(), keep=kept,
    )  # fmt: skip
    return checked(CON, "kind_findings", made)


@cache
def told(scale=None):
    made = kinds(
        table("kind_findings", found(scale)),
        table("account_topics", INPUTS["account_topics"]),
        kind_scale=scale or KindScale(),
    )
    return {r["account_id"]: r for r in checked(CON, "kinds", made).to_pylist()}


def test_an_expert_and_a_star_are_told_apart_and_the_unknown_is_left_open():
    rows = told()
    assert (rows["x:expert"]["kind"], rows["x:expert"]["topic_id"]) == (
        "specialist",
        "food.coffee",
    )
    assert (rows["x:star"]["kind"], rows["x:star"]["topic_id"]) == ("celebrity", None)
    assert (rows["x:new"]["kind"], rows["x:new"]["coverage"]) == ("not_assessed", 0.0)


def test_both_scales_are_the_sums_of_their_rows():
    rows, reasons = told(), found().to_pylist()
    for account_id in rows:
        for name in ("specialist", "celebrity"):
            mine = [r for r in reasons if (r["subject_id"], r["score"]) == (account_id, name)]
            total = sum(r["contribution"] for r in mine)
            assert rows[account_id][name] == pytest.approx(total, abs=1e-9)


def test_each_sign_says_what_it_saw():
    seen = {
        r["finding"]: round(r["observed"], 3)
        for r in found().to_pylist()
        if r["subject_id"] == "x:star" and r["observed"] is not None and r["basis"] == "events"
    }
    assert seen["topical_focus"] == pytest.approx((9 * 8 * 2) / (18 * 17), abs=1e-3)
    assert seen["audience_homogeneity"] == pytest.approx(12 / 36, abs=1e-3)
    assert seen["said_by_others"] == 0.1
    assert seen["fame_elsewhere"] == 1.0


@pytest.mark.parametrize("field", [f.name for f in fields(KindScale)])
def test_every_field_of_the_scale_changes_some_row(field):
    scale = KindScale()
    value = getattr(scale, field)
    moved = {"most": 3.0, "called_from": 99.0, "least_coverage": 0.0, "least_sample": 50}
    other = moved.get(field) or (
        tuple(v + 7.0 for v in value) if isinstance(value, tuple) else float(value) + 7.0
    )
    if field == "least_coverage":
        other = 0.0
    changed = replace(scale, **{field: other})
    if field in ("called_from", "least_coverage"):
        assert told(changed) != told()
    else:
        assert not found(changed).equals(found())


@pytest.mark.parametrize(
    ("kind", "goal", "warning"),
    [("celebrity", "credibility", "celebrity_for_credibility"),
     ("specialist", "awareness", "specialist_for_awareness"),
     ("specialist", "credibility", None), ("celebrity", "awareness", None),
     ("both", "sales", None), ("not_assessed", "sales", "kind_not_assessed")],
)  # fmt: skip
def test_a_brand_is_warned_where_kind_and_goal_do_not_fit_both_ways(kind, goal, warning):
    assert goal_fit(kind, goal) == warning


def test_an_unknown_goal_is_refused():
    with pytest.raises(ValueError, match="fame"):
        goal_fit("celebrity", "fame")


def test_every_sign_and_warning_has_its_words_in_three_languages():
    kinds_known = ("specialist", "celebrity", "neither", "both", "not_assessed")
    warnings = {goal_fit(kind, goal) for goal in GOALS for kind in kinds_known}
    assert warnings - {None} == set(GOAL_TEXTS)
    assert set(KIND_TEXTS) == set(SIGNS)
    for texts in (*KIND_TEXTS.values(), *GOAL_TEXTS.values()):
        assert list(texts) == ["en", "ar", "fa"]
        assert all(len(text) > 20 or "{" in text for text in texts.values())
