"""The brand as a form and as text: each says what the other says; slips stand at fields."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.crm.members.models import TrailEntry
from mawj.flow.brand_file import as_text, brand_text, told_in
from mawj.flow.brand_rows import MUSTS, PARTS
from mawj.flow.sentences import LANGUAGES
from mawj.vet.safety.claims import CLAIM_KINDS
from mawj.vet.safety.lists import SUBJECTS
from mawj.web.brand import form
from mawj.web.wording import said

if TYPE_CHECKING:
    from tests.people import House

WHOLE = """# Kept while nothing changes.
name = "نور"
values = ["equality", "خانواده", "zorblax"]

[[red_line]]
subject = "الكحول"
severity = 0.45
look_back = "2 years"

[[red_line]]
words = ["old name", "تسريب"]
language = "ar"

[[competitor]]
name = "Rival"
handle = "@Rival"
site = "https://www.rival.example/shop"

[[claim]]
says = "Women and men are paid alike"
about = "equal_pay"

[[claim]]
says = "We answer within a day"
fact = "answer_hours"
at_most = 24

[[fact]]
name = "women_pay"
value = 92
source = "payroll, 2025"

[[fact]]
name = "men_pay"
value = 100

[[fact]]
name = "halal_certificate_until"
value = 2026-05-01

[[fact]]
name = "tests_on_animals"
value = false
"""


def sent(filled: form.BrandForm) -> dict[str, str]:
    """What a browser sends of a form."""
    fields = {
        f"{part}-{place}-{name}": value
        for part, rows in filled.rows.items()
        for place, row in enumerate(rows)
        for name, value in row.items()
    }
    return {"name": filled.name, "values": filled.values, **fields}


def again(text: str, language: str) -> str:
    """The text that a form makes which was filled from `text` and sent unchanged."""
    post = QueryDict(mutable=True)
    post.update(sent(form.with_room(form.filled(told_in(text, "x"), language))))
    return as_text(form.as_told(form.without_empty(form.posted(post))))


def same(one: str, other: str) -> bool:
    """Both texts give vetting the same tables."""
    left, right = brand_text(one, "x"), brand_text(other, "x")
    return left.name == right.name and left.tables == right.tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_what_the_text_says(language: str) -> None:
    assert same(again(WHOLE, language), WHOLE)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


WORD = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(0, 10**9)
VALUE = NUMBER | st.booleans()
YEARS = date(1800, 1, 1), date(2200, 12, 31)
MOMENTS = st.datetimes(datetime(1800, 1, 1), datetime(2200, 12, 31))  # noqa: DTZ001
WEIGHT = optional(
    severity=st.sampled_from(["never", "avoid", "watch", 0]) | st.floats(0, 1),
    look_back=st.integers(0, 9999) | st.just("18 months"),
)
SUBJECT = st.sampled_from(SUBJECTS).map(lambda subject: {"subject": subject})
WORDS = st.builds(
    lambda words, more: {"words": words, **more},
    st.lists(WORD, max_size=3),
    optional(list=WORD, language=st.sampled_from(LANGUAGES)),
)
BRANDS = st.fixed_dictionaries({
    "name": WORD,
    "values": st.lists(WORD | st.just("equality"), max_size=3),
    "red_line": st.lists(
        st.builds(lambda said, weight: said | weight, SUBJECT | WORDS, WEIGHT),
        max_size=4, unique_by=lambda line: line.get("subject", id(line)),
    ),
    "competitor": st.lists(
        st.builds(lambda name, more: {"name": name, **more}, WORD,
                  optional(handle=WORD, site=WORD)),
        max_size=2, unique_by=lambda one: one["name"],
    ),
    "claim": st.lists(
        st.builds(lambda says, about: {"says": says, "about": about}, WORD,
                  st.sampled_from(list(CLAIM_KINDS)))
        | st.builds(lambda says, fact, must, value: {"says": says, "fact": fact, must: value},
                    WORD, WORD, st.sampled_from(MUSTS), VALUE),
        max_size=3,
    ),
    "fact": st.lists(
        st.builds(lambda name, value, more: {"name": name, "value": value, **more}, WORD,
                  VALUE | st.dates(*YEARS) | MOMENTS, optional(unit=WORD, source=WORD)),
        max_size=3, unique_by=lambda one: one["name"],
    ),
})  # fmt: skip


@settings(deadline=None)
@given(BRANDS, st.sampled_from(LANGUAGES))
def test_whatever_a_file_says_comes_through_the_form(
    told: dict[str, Any], language: str
) -> None:
    text = as_text(told)
    assert told_in(text, "x") == {key: value for key, value in told.items() if value}
    assert same(again(text, language), text)


def test_a_form_knows_every_field_of_the_file() -> None:
    known = {
        part: set(names) - {"must", "value"} | (PARTS[part] & {"value", *MUSTS})
        for part, names in form.FIELDS.items()
    }
    assert known == PARTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brand_is_written_by_the_form_and_read_as_text(house: House, language: str) -> None:
    client = house.client("member", language)
    told = {
        "name": "Nour", "values": "equality\r\nfamily", "red_line-0-subject": "alcohol",
        "red_line-0-severity": "avoid", "fact-0-name": "women_pay", "fact-0-value": "٩٢",
        "fact-1-name": "vegan", "fact-1-value": said("brand.yes", language),
        "fact-2-name": "", "fact-2-value": "",
    }  # fmt: skip
    gone = client.post(house.url("brand/"), told)
    assert gone.status_code == 302
    kept = house.workspace.brands.get()
    assert told_in(kept.text, "x") == {
        "name": "Nour", "values": ["equality", "family"],
        "red_line": [{"subject": "alcohol", "severity": "avoid"}],
        "fact": [{"name": "women_pay", "value": 92}, {"name": "vegan", "value": True}],
    }  # fmt: skip
    assert TrailEntry.objects.get(did="wrote brand").user == house.users["member"]
    page = client.get(gone["Location"]).content.decode()
    assert re.search(r'value="92"', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slips_stand_beside_their_fields_all_at_once(house: House, language: str) -> None:
    told = {
        "name": "", "red_line-0-subject": "", "red_line-0-look_back": "long",
        "red_line-0-severity": "never", "red_line-1-subject": "hate",
        "red_line-1-severity": "never", "red_line-2-subject": "hate",
        "red_line-2-severity": "never", "claim-0-says": "Best", "claim-0-must": "at_most",
        "claim-0-fact": "x", "claim-0-value": "many", "fact-0-name": "x",
        "fact-0-value": "<b>some</b>",
    }  # fmt: skip
    wrong = house.client("member", language).post(house.url("brand/"), told)
    assert wrong.status_code == 422
    assert not house.workspace.brands.exists()
    assert wrong.context["form"].wrong == {
        "name": "missing", "red_line-0-subject": "neither", "red_line-2-subject": "twice",
        "claim-0-value": "amount", "fact-0-value": "amount",
    }  # fmt: skip
    page = wrong.content.decode()
    for field, kind in wrong.context["form"].wrong.items():
        words = said(f"brand.slip_{kind}", language)
        assert re.search(rf'id="{field}-wrong">{re.escape(words)}<', page), field
    assert "<b>some" not in page
    assert "&lt;b&gt;some" in page


def test_rows_come_and_go_without_a_script_and_nothing_is_kept(house: House) -> None:
    client = house.client("member")
    told = {"name": "Nour", "fact-0-name": "a", "fact-0-value": "1"}
    more = client.post(house.url("brand/"), told | {"add": "fact"})
    assert [row["name"] for row in more.context["form"].rows["fact"]] == ["a", ""]
    less = client.post(house.url("brand/"), told | {"remove": "fact-0"})
    assert less.context["form"].rows["fact"] == []
    assert less.context["form"].name == "Nour"
    assert not house.workspace.brands.exists()


def test_notes_of_the_text_stay_until_the_form_changes_something(house: House) -> None:
    client = house.client("member")
    here = client.post(house.url("brand/"), {"text": WHOLE})["Location"]
    unchanged = sent(client.get(here).context["form"])
    client.post(here, unchanged)
    brand = house.workspace.brands.get()
    assert brand.text == WHOLE
    client.post(here, unchanged | {"fact-0-value": "93"})
    brand.refresh_from_db()
    assert same(brand.text, WHOLE.replace("92", "93"))


def test_what_contradicts_itself_and_what_is_not_understood_is_told(house: House) -> None:
    client = house.client("member", "ar")
    page = client.get(client.post(house.url("brand/"), {"text": WHOLE})["Location"])
    told = page.content.decode()
    assert said("brand.value_not_understood", "ar", value="zorblax") in told
    assert any("women_pay" in line for line in page.context["held"])


def test_a_file_too_long_for_a_form_is_for_the_text(house: House) -> None:
    client = house.client("member")
    rows = "".join(f'\n[[competitor]]\nname = "r{n}"\n' for n in range(form.MOST_ROWS + 1))
    here = client.post(house.url("brand/"), {"text": 'name = "Nour"\n' + rows})["Location"]
    page = client.get(here).content.decode()
    assert said("brand.too_many", "en", n=form.MOST_ROWS) in page
    assert "brand-form" not in page
