"""A creator gives their own figures by their link, and withdraws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mawj.crm.replies.actions import make_link
from mawj.crm.replies.models import Insights
from mawj.flow.accounts import rows
from mawj.flow.shared_lakes import lake_at
from tests.web.test_reply import first_of

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

    from tests.people import House

    Commits = DjangoCaptureOnCommitCallbacks

TYPED = {"do": "give", "consent": "yes", "followers": "٤٢٬٠٠٠", "audience": "السعودية ٦٢٪"}


def link_to(house: House, account: str) -> str:
    return f"/reply/{make_link(house.workspace, house.users['owner'], account)[1]}/"


def own_rows(house: House, table: str) -> list[dict[str, Any]]:
    lake = lake_at(house.workspace.lake_path)
    found = rows(lake.read(table).filter(lake.read(table).basis == "first_party"))
    return [row for row in found if row["load_id"].startswith("insights-")]


@pytest.mark.parametrize(("language", "words"), [
    ("en", "I agree that"), ("ar", "أوافق على أن يحتفظ"), ("fa", "می‌پذیرم که"),
])  # fmt: skip
def test_the_text_of_consent_stands_in_three_languages(
    house: House, language: str, words: str
) -> None:
    address = link_to(house, first_of(house))
    text = Client(headers={"accept-language": language}).get(address).content.decode()
    assert words in text
    assert house.workspace.name in text


def test_nothing_is_kept_without_consent(house: House) -> None:
    address = link_to(house, first_of(house))
    refused = Client().post(f"{address}insights/", {**TYPED, "consent": ""})
    assert refused.status_code == 422
    assert not Insights.objects.exists()
    empty = Client().post(f"{address}insights/", {"do": "give", "consent": "yes"})
    assert empty.status_code == 422
    assert Client().post("/reply/nobody/insights/", TYPED).status_code == 404
    assert Client().get(f"{address}insights/").status_code == 405


def test_given_figures_are_first_party_marked_and_go_when_withdrawn(
    own_house: House, django_capture_on_commit_callbacks: Commits
) -> None:
    house, account = own_house, first_of(own_house)
    address, person = link_to(house, account), Client()
    with django_capture_on_commit_callbacks(execute=True):
        person.post(f"{address}insights/", TYPED)
    (counts,) = own_rows(house, "account_snapshots")
    assert (counts["account_id"], counts["followers"]) == (account, 42_000.0)
    (audience,) = own_rows(house, "audiences")
    assert (audience["dimension"], audience["value"], audience["share"]) == (
        "country", "SA", 0.62,
    )  # fmt: skip
    page = house.client("guest").get(house.url(f"creator/{account}/")).content.decode()
    assert "The creator&#x27;s own figures" in page
    given = Insights.objects.get()
    assert (given.wording, given.account_id) == ("insights-1", account)
    with django_capture_on_commit_callbacks(execute=True):
        told = {"do": "withdraw", "insights": str(given.pk)}
        person.post(f"{address}insights/", told)
    assert own_rows(house, "account_snapshots") == []
    assert own_rows(house, "audiences") == []
    given.refresh_from_db()
    assert given.figures == {}
    assert given.withdrawn_at is not None
    page = house.client("guest").get(house.url(f"creator/{account}/")).content.decode()
    assert "own figures" not in page
    did = list(house.workspace.trail.values_list("did", flat=True))
    assert {"gave own figures", "withdrew own figures"} <= set(did)


def test_a_file_is_read_and_what_was_typed_goes_before_it(house: House) -> None:
    address = link_to(house, first_of(house))
    file = SimpleUploadedFile("geo.csv", b"Geography,Views (%)\nSA,50\nEG,20\n")
    Client().post(f"{address}insights/", {**TYPED, "file": file})
    assert Insights.objects.get().figures["audience"] == [
        ["country", "SA", 0.62], ["country", "EG", 0.2],
    ]  # fmt: skip


def test_a_file_that_is_none_or_too_large_is_refused(house: House) -> None:
    address = link_to(house, first_of(house))
    for content in (b"%PDF-1.4 nothing", b"x" * (2 * 2**20 + 1)):
        file = SimpleUploadedFile("f.csv", content)
        told = Client().post(f"{address}insights/", {**TYPED, "file": file})
        assert told.status_code == 422
    assert not Insights.objects.exists()


def test_nobody_withdraws_the_figures_of_another(house: House) -> None:
    accounts = [row["account_id"] for row in lake_at(house.workspace.lake_path)
                .read("accounts").limit(2).to_pyarrow().to_pylist()]  # fmt: skip
    Client().post(f"{link_to(house, accounts[0])}insights/", TYPED)
    given = Insights.objects.get()
    other = link_to(house, accounts[1])
    told = Client().post(f"{other}insights/", {"do": "withdraw", "insights": str(given.pk)})
    assert told.status_code == 422
    given.refresh_from_db()
    assert given.withdrawn_at is None
