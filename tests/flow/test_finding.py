"""The straight way to a shortlist gives what the lazy one gives, on old runs too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow import finding
from mawj.flow.finding import Wanted, find
from mawj.flow.why import why
from mawj.lake.lake import Lake
from mawj.lake.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ASKED = (
    Wanted(),
    Wanted(subject="coffee"),
    Wanted(subject="قهوة", language="ar", order="influence"),
    Wanted(subject="morning", order="match", top=40),
    Wanted(subject="new morning", language="en", with_unranked=True),
    Wanted(topic="food", platform="instagram", order="followers"),
    Wanted(topic="food", country="ir", order="engagement", top=7),
    Wanted(topic="food", with_unranked=True, least_influence=5.0, order="relevance"),
    Wanted(tier="micro", kind="specialist", top=3),
    Wanted(subject="coffee", trust="not_assessed", price="not_known", order="influence"),
    Wanted(topic="food", audience_country="sa", top=9),
)


class Before:
    """A sight of a run that was made before it had tables for lists."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight

    def has(self, name: str) -> bool:
        return name not in ("directory", "cited_posts") and self.sight.has(name)

    def slice(self, name: str, value: str) -> None:
        """No table of such a run is sorted for lists."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sight, name)


@pytest.fixture
def lake(built_lake: Path) -> Iterator[Lake]:
    with Lake.open(built_lake) as opened:
        yield opened


@pytest.mark.parametrize("wanted", ASKED, ids=lambda w: f"{w.subject or w.topic}-{w.order}")
def test_both_ways_find_the_same(
    lake: Lake, wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = find(lake, wanted)
    assert quick.found, "an empty list compares nothing"
    before = find(Before(lake.sight()), wanted)  # type: ignore[arg-type]
    monkeypatch.setattr(Sight, "slice", lambda *_: None)
    lazy = find(lake, wanted)

    assert lazy.n_matching == quick.n_matching == before.n_matching
    assert lazy.found == quick.found
    assert [one.account_id for one in before.found] == [one.account_id for one in quick.found]


def test_filters_leave_only_what_they_ask_for(lake: Lake) -> None:
    every = {one.account_id: one for one in find(lake, Wanted(topic="food", top=10**4)).found}
    named = list(every)[:3]
    few = find(lake, Wanted(topic="food", only=tuple(named)))
    assert {one.account_id for one in few.found} == set(named)
    assert few.n_matching == 3
    strong = find(lake, Wanted(topic="food", least_influence=10.0, top=10**4)).found
    assert {one.account_id for one in strong} == {
        i for i, one in every.items() if one.influence >= 10
    }
    small = find(lake, Wanted(topic="food", tier="nano", top=10**4)).found
    assert {one.account_id for one in small} == {
        i for i, one in every.items() if one.tier == "nano"
    }


def test_of_several_topics_the_strongest_counts(lake: Lake) -> None:
    ids = ("food", "travel")
    both = finding.shortlist_of(lake, Wanted(top=10**4), None, understood=((), ids))
    each = [find(lake, Wanted(topic=topic, top=10**4)) for topic in ids]
    best: dict[str, Any] = {}
    for one in (one for side in each for one in side.found):
        known = best.get(one.account_id)
        if known is None or one.influence > known.influence:
            best[one.account_id] = one
    assert both.n_matching == len(best)
    assert {o.account_id: o.influence for o in both.found} == {
        i: o.influence for i, o in best.items()
    }


def test_another_scheme_names_its_own_tiers(lake: Lake) -> None:
    schemes = {row["scheme"] for row in lake.seek("tier_bounds", {}, ["scheme"])}
    other = sorted(schemes - {finding.DEFAULT_SCHEME})[0]
    found = find(lake, Wanted(scheme=other, top=50)).found
    tiers = lake.seek("tiers", {"scheme": other, "account_id": [o.account_id for o in found]})
    assert {o.account_id: o.tier for o in found} == {r["account_id"]: r["tier"] for r in tiers}


def test_reasons_show_the_same_posts_on_a_run_of_before(lake: Lake) -> None:
    account = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    now, before = why(lake, account), why(Before(lake.sight()), account)  # type: ignore[arg-type]
    shown = [proof for reason in now.reasons for proof in reason.evidence if proof.text]
    assert shown, "no post is shown as evidence"
    assert now == before
