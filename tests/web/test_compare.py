"""Side by side: creators, sizes, and the methods behind every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.identify.contributions import CONTRIBUTIONS
from mawj.vet.checks import CHECKS
from mawj.web.wording import said

if TYPE_CHECKING:
    from tests.people import House


def test_creators_stand_side_by_side_with_the_chance_of_being_ahead(house: House) -> None:
    lake = lake_at(house.workspace.lake_path)
    ids = [one.account_id for one in find(lake, Wanted(subject="coffee", top=3)).found]
    shown = house.client("guest").get(house.url("compare/"), {"account": ids})
    assert [side.account_id for side in shown.context["sides"]] == ids
    assert 0.5 <= shown.context["p"] <= 1
    turned = house.client("guest").get(house.url("compare/"), {"account": ids[1::-1]})
    ahead = [one.context["ahead"][0].account_id for one in (shown, turned)]
    assert ahead[0] == ahead[1], "whoever is likelier ahead is named first, in either order"
    for column, side in enumerate(shown.context["sides"]):
        total = sum(cells[column][0] for _, cells in shown.context["rows"])
        assert total == pytest.approx(side.influence)


def test_one_account_is_not_compared(house: House) -> None:
    assert (
        house.client("guest").get(house.url("compare/"), {"account": ["x"]}).status_code == 200
    )


@pytest.mark.parametrize("scheme", ["hootsuite", "nobodys"])
def test_sizes_are_drawn_by_any_scheme(house: House, scheme: str) -> None:
    shown = house.client("guest", "fa").get(house.url("tiers/"), {"scheme": scheme})
    assert shown.status_code == 200
    drawn = shown.context["measures"]
    assert drawn
    for _, _, groups in drawn:
        assert all(0 <= g["from"] <= g["at"] <= g["to"] <= 100 + 1e-9 for g in groups)


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_reason_and_every_check_is_explained(house: House, language: str) -> None:
    shown = house.client("guest", language).get(house.url("methods/"))
    assert len(shown.context["reasons"]) == len(CONTRIBUTIONS)
    assert len(shown.context["checks"]) == len(CHECKS)
    assert all(one.about for one, *_ in shown.context["checks"])
    for _, words in shown.context["reasons"]:
        assert not {"{", "}"} & set(words), "a hole of a sentence is no word"
    assert said("methods.a_number", language) in shown.content.decode()
