"""The first hour in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.test_reply import first_of

if TYPE_CHECKING:
    from tests.people import House


@pytest.mark.parametrize(("language", "title", "way"), [
    ("en", "The first hour", "Instagram Graph API"), ("ar", "الساعة الأولى", "واجهة إنستغرام"),
    ("fa", "ساعت نخست", "رابط اینستاگرام"),
])  # fmt: skip
def test_pasted_accounts_are_answered(
    house: House, language: str, title: str, way: str
) -> None:
    client, account = house.client("guest"), first_of(house)
    house.users["guest"].language = language
    house.users["guest"].save()
    pasted = f"{account}\ninstagram @nobody.<b>here</b>\ninstagram nobody.here"
    shown = client.post(house.url("find/first-hour/"), {"pasted": pasted})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert title in text
    assert way in text
    assert f"/creator/{account}/" in text
    assert "<b>here" not in text
    assert [one.account_id for one, *_ in shown.context["shortlist"]] == [account]


def test_the_field_is_empty_at_first_and_linked_from_the_start(house: House) -> None:
    client = house.client("guest")
    assert "answer" not in (client.get(house.url("find/first-hour/")).context or {})
    assert house.url("find/first-hour/") in client.get(house.url("")).content.decode()
