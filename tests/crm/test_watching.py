"""Watching: what moved, what is new, what went stale is told once, on the page and by mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from mawj.crm.watching.actions import look, put_aside, said, unseen, watch
from mawj.flow.finding import Wanted, find
from mawj.flow.running import RunAsked, run
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import lake_at
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from tests.people import House

SOON = datetime(2026, 11, 1, tzinfo=UTC)
"""Shortly after the made-up world was fetched."""


def test_what_went_stale_is_told_once_in_the_watchers_language(house: House) -> None:
    lake = lake_at(house.workspace.lake_path)
    account = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    member = house.users["member"]
    member.language = "ar"
    member.save()
    watch(house.workspace, member, account, 3.0)
    assert look(house.workspace, lake, SOON) == []
    late = SOON + timedelta(days=90)
    assert [alert.kind for alert in look(house.workspace, lake, late)] == ["stale"]
    assert look(house.workspace, lake, late) == [], "told once"
    assert "تقادم" in mail.outbox[-1].body
    assert "تقادم" in house.client("member").get(house.url()).content.decode()
    assert unseen(house.workspace, house.users["owner"]) == []
    put_aside(house.workspace, member)
    assert unseen(house.workspace, member) == []


def test_a_score_that_moved_is_told_with_its_reasons(own_house: House) -> None:
    """The same data computed as of an earlier day: scores move, and the reasons are named."""
    path = own_house.workspace.lake_path
    with Lake.open(path) as lake:
        as_of = datetime(2026, 8, 1, tzinfo=UTC)
        run(lake, RunAsked(settings_in_force(), as_of=as_of))
        accounts = [one.account_id for one in find(lake, Wanted(top=40)).found]
        for account in accounts:
            watch(own_house.workspace, own_house.users["member"], account, 1.0)
        made = look(own_house.workspace, lake, as_of)
    moved = [alert for alert in made if alert.kind == "moved"]
    assert moved
    for alert in moved:
        assert abs(alert.told["now"] - alert.told["before"]) >= 1.0
        assert alert.told["parts"]
        assert alert.watch.account_id in said(alert, "en")


@pytest.mark.parametrize("points", ["", "many", "-5", "1e9"])
def test_a_threshold_that_makes_no_sense_is_brought_within_bounds(
    house: House, points: str
) -> None:
    lake = lake_at(house.workspace.lake_path)
    account = find(lake, Wanted(subject="coffee", top=1)).found[0].account_id
    client = house.client("member")
    client.post(house.url(f"watching/{account}/"), {"points": points})
    assert 0.5 <= house.workspace.watches.get().moved_by <= 100
    client.post(house.url(f"watching/{account}/"), {"do": "end"})
    assert not house.workspace.watches.exists()
