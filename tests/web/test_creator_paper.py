"""The page of a creator on paper: all that the reader may see, in three languages."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from mawj.crm.brands.actions import vet_accounts
from mawj.crm.members.here import Here
from mawj.flow.creator import faces
from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.flow.why import why
from mawj.web.creator.paper import whole_page
from mawj.web.reader import reader_in, set_reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

    from mawj.crm.members.roles import Role
    from tests.people import House

CURRENCY = {"en": "SAR", "ar": "ر.س", "fa": "ریال سعودی"}
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks of direction, which a program that reads a PDF file puts between letters."""
LANGUAGES = ("en", "ar", "fa")
PARTS = (
    "creator.reasons", "creator.topics", "creator.over_time", "creator.around", "creator.trust",
    "vet.brands", "creator.sources",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _reads_english_after() -> Iterator[None]:
    yield
    set_reader(reader_in("en"))


@pytest.fixture
def first(house: House) -> str:
    """The account that fits coffee best."""
    lake = lake_at(house.workspace.lake_path)
    return find(lake, Wanted(subject="coffee", top=1)).found[0].account_id


def standing(house: House, who: str) -> Here:
    """Where `who` stands in the workspace."""
    user = house.users[who]
    role: Role = house.workspace.memberships.get(user=user).role  # type: ignore[assignment]
    return Here(user, house.workspace, role)


def letters_of(pdf: bytes, folder: Path) -> str:
    """What can be read and copied from a PDF file."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs the program pdftotext (poppler-utils)")
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(
        [program, "-layout", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    return told.translate(TURNS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["guest", "member"])
def test_the_paper_holds_the_page_and_prices_for_members_alone(
    house: House, first: str, language: str, who: str, tmp_path: Path
) -> None:
    client = house.client(who, language)
    shown = client.get(house.url(f"creator/{first}/page.pdf"))
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("attachment")
    told = letters_of(shown.content, tmp_path)
    found = why(lake_at(house.workspace.lake_path), first)
    handle = faces(lake_at(house.workspace.lake_path), first)[0].handle
    assert f"@{handle}" in told
    assert found.rule_version in told
    # Sums of the receipt name the workspace's currency; nothing else on the page does.
    assert (CURRENCY[language] in told) == (who == "member")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_page_is_on_the_paper(
    house: House, first: str, language: str
) -> None:
    set_reader(reader_in(language))
    text = whole_page(standing(house, "guest"), first, "")
    for word in PARTS:
        assert f"<h2>{said(word)}</h2>" in text or f"<h3>{said(word)}</h3>" in text, word
    assert said("creator.price") not in text
    found = why(lake_at(house.workspace.lake_path), first)
    assert text.count('<div class="reason">') == len(found.reasons) + 1
    assert any(
        one.text and one.text[:20] in text
        for reason in found.reasons
        for one in reason.evidence
    )
    assert f'dir="{"ltr" if language == "en" else "rtl"}"' in text.split("<body>")[0]
    assert "<a href" not in text, "an address of this server means nothing on paper"
    whole = whole_page(standing(house, "member"), first, "")
    assert f"<h2>{said('creator.price')}</h2>" in whole


def test_the_fonts_are_in_the_file(house: House, first: str, tmp_path: Path) -> None:
    program = shutil.which("pdffonts")
    if program is None:
        pytest.skip("needs the program pdffonts (poppler-utils)")
    shown = house.client("guest", "ar").get(house.url(f"creator/{first}/page.pdf"))
    file = tmp_path / "page.pdf"
    file.write_bytes(shown.content)
    listed = subprocess.run([program, str(file)], capture_output=True, check=True, text=True)
    fonts = listed.stdout.splitlines()[2:]
    assert fonts
    assert all(" yes " in font for font in fonts)


def test_the_button_leads_to_it_on_the_same_topic(house: House, first: str) -> None:
    client = house.client("guest", "fa")
    shown = client.get(house.url(f"creator/{first}/")).content.decode()
    assert f'{house.url(f"creator/{first}/page.pdf")}"' in shown
    topic = next(
        row["topic_id"]
        for row in lake_at(house.workspace.lake_path).seek("influence", {"account_id": first})
        if row["topic_id"]
    )
    shown = client.get(house.url(f"creator/{first}/"), {"topic": topic}).content.decode()
    assert f"page.pdf?topic={topic}" in shown
    set_reader(reader_in("fa"))
    text = whole_page(standing(house, "guest"), first, topic)
    found = why(lake_at(house.workspace.lake_path), first, topic)
    assert said("creator.influence_on", topic=found.topic_names["fa"]) in text


def test_a_vetting_is_on_the_paper_with_its_evidence(
    own_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    lake = lake_at(own_house.workspace.lake_path)
    some = [one.account_id for one in find(lake, Wanted(order="followers", top=6)).found]
    with django_capture_on_commit_callbacks(execute=True):
        vet_accounts(own_house.workspace, own_house.users["member"], some, brand=None)
    here = standing(own_house, "guest")
    for language in LANGUAGES:
        set_reader(reader_in(language))
        shown = [whole_page(here, one, "") for one in some]
        assert all(said("creator.never_vetted") not in text for text in shown)
        assert all(said("vet.accuses_nobody") in text for text in shown)
        assert any("<q dir=" in text.split(said("creator.trust"))[1] for text in shown)


def test_an_unknown_account_has_no_paper(house: House) -> None:
    assert house.client("guest").get(house.url("creator/x:nobody/page.pdf")).status_code == 404
