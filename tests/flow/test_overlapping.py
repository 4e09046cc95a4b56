"""Audiences of the small world's accounts, read from its lake."""

import pytest
from ibis import _

from mawj.flow.audiences import read_audiences
from mawj.flow.settings import settings_in_force
from mawj.plan.passing.audience_members import AudienceLimits
from mawj.tables.errors import ActionRefused, NotEnoughData


@pytest.fixture
def largest(opened) -> list[str]:
    counted = opened.follows().group_by("followed_id").agg(n=_.count())
    found = counted.order_by(_.n.desc(), "followed_id").limit(4).to_pyarrow()
    return [str(one) for one in found["followed_id"].to_pylist()]


def test_the_set_has_no_more_people_than_its_audiences_together(opened, largest):
    answer = opened.overlapping(*largest)
    assert len(answer.pairs) == 6
    assert max(r["n_loaded"] for r in answer.each) <= answer.together["n_unique"]
    assert answer.together["n_unique"] <= sum(r["n_loaded"] for r in answer.each)
    assert all(p["lift"] > 0 for p in answer.pairs if p["n_shared"])


def test_large_audiences_become_sketches_whose_interval_holds_the_count(opened, largest):
    settings = settings_in_force()
    few = settings | {
        "AudienceLimits": AudienceLimits(exact_members=0, sketch_members=20, level=0.9999)
    }
    exact = read_audiences(opened.lake, largest)
    sketched = read_audiences(opened.lake, largest, settings=few)
    assert exact.audiences.sets.are_whole
    assert not sketched.audiences.sets.are_whole
    assert sketched.audiences.sets.size.tolist() == exact.audiences.sets.size.tolist()
    assert sketched.n_population == exact.n_population


def test_one_account_is_not_an_overlap(opened, largest):
    with pytest.raises(ActionRefused, match="two"):
        opened.overlapping(largest[0])


def test_an_unknown_kind_lists_the_known_ones(opened, largest):
    with pytest.raises(NotEnoughData, match="follows, engages, comments"):
        opened.overlapping(*largest, kind="admires")
