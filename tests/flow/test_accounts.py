"""Whatever people write of an account is understood alike, typed one by one or in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.flow.accounts import account_id_of, account_ids_of, rows
from mawj.flow.told_accounts import Told, meant
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from mawj.flow.opened import OpenLake
    from mawj.lake.lake import Lake


@pytest.fixture
def lake(opened: OpenLake) -> Lake:
    return opened.lake


def alone(lake: Lake, platform: str) -> tuple[str, str]:
    """Id and handle of an account whose handle no other has."""
    accounts = lake.read("accounts")
    found = rows(accounts.select("account_id", "platform", "handle"))
    handles = [row["handle"] for row in found]
    return next(
        (row["account_id"], row["handle"])
        for row in found
        if row["platform"] == platform and handles.count(row["handle"]) == 1
    )


FORMS = (
    "{id}", "{handle}", "@{handle}", " @{upper} ", "instagram:{handle}", "Instagram:@{handle}",
    "إنستغرام: {handle}", "instagram.com/{handle}", "https://www.instagram.com/{handle}/?hl=ar",
    "\u200f@{handle}\u200f", "'@{handle}",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_an_account_is_meant_in_every_form(lake: Lake, form: str) -> None:
    own, handle = alone(lake, "instagram")
    said = form.format(id=own, handle=handle, upper=handle.upper())
    assert account_id_of(lake, said) == own
    assert account_ids_of(lake, [said, own, "nobody.at.all"], skip_unknown=True) == (
        [own], ["nobody.at.all"],
    )  # fmt: skip
    assert meant(lake, [Told(said)]) == [(own,)]


def test_a_name_of_another_platform_is_not_meant(lake: Lake) -> None:
    _, handle = alone(lake, "instagram")
    for said in (f"tiktok:{handle}", f"https://tiktok.com/@{handle}"):
        assert account_ids_of(lake, [said], skip_unknown=True) == ([], [said])


def test_what_several_have_is_asked_back(lake: Lake) -> None:
    found = rows(lake.read("accounts").select("account_id", "handle"))
    handles = [row["handle"] for row in found]
    twice = next(one for one in handles if handles.count(one) > 1)
    with pytest.raises(NotFound, match="fits several accounts"):
        account_id_of(lake, f"@{twice}")
    assert account_ids_of(lake, [f"@{twice}"], skip_unknown=True) == ([], [f"@{twice}"])


def test_a_long_list_is_looked_up_together(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    seek = type(lake).seek
    monkeypatch.setattr(
        type(lake), "seek", lambda *told, **more: asked.append(1) or seek(*told, **more)
    )
    account_ids_of(lake, [f"@nobody_{n}" for n in range(300)], skip_unknown=True)
    assert len(asked) <= 2
