from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.vet.politics.lists import LANGUAGES, SUBJECTS, written
from mawj.vet.politics.reading import LONGEST, Said, read_politics
from tests.vet.politics_world import ACCUSING, PLAIN, POLITICAL
from tests.vet.safety.plain_sentences import plain_sentences


def one(text: str) -> dict[str, Said]:
    return {said.subject: said for said in read_politics([text])[0]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_subject(language: str) -> None:
    told = written(language)
    assert tuple(told["subjects"]) == SUBJECTS
    assert all(len(entry["strong"]) >= 8 for entry in told["subjects"].values())
    assert set(told["words"]) == set(written("en")["words"])


@pytest.mark.parametrize("text", [*POLITICAL, *ACCUSING])
def test_political_posts_are_seen(text: str) -> None:
    assert any(said.is_political for said in one(text).values())


@pytest.mark.parametrize("text", PLAIN)
def test_plain_posts_are_not(text: str) -> None:
    assert not any(said.is_political for said in one(text).values())


@pytest.mark.parametrize("text", ACCUSING)
def test_accusations_are_seen(text: str) -> None:
    assert any(said.is_accusation for said in one(text).values())


@pytest.mark.parametrize(
    "text",
    [
        "The court charged the finance minister with corruption",
        "وفقا لوكالة الأنباء، وزير المالية متهم بالفساد",
        "به گزارش خبرگزاری، وزیر کشور به اختلاس متهم شد",
        "Our prime minister is not corrupt",
        "The prime minister met farmers. My brother is a thief, he ate my fries",
    ],
)
def test_news_denials_and_other_sentences_accuse_nobody(text: str) -> None:
    assert not any(said.is_accusation for said in one(text).values())


@pytest.mark.parametrize(
    ("text", "subject", "stance"),
    [
        ("I support this government", "government", "for"),
        ("I don't support this government", "government", "against"),
        ("Down with the regime", "government", "against"),
        ("The parliament meets on Monday", "government", None),
        ("I support this government. I oppose this government", "government", None),
        ("أؤيد الحكومة الجديدة", "government", "for"),
        ("لا أؤيد الحكومة الجديدة", "government", "against"),
        ("من با این دولت موافقم", "government", "for"),
        ("من از این دولت حمایت نمی‌کنم", "government", "against"),
    ],
)
def test_the_side_taken_is_read_with_its_negation(
    text: str, subject: str, stance: str | None
) -> None:
    assert one(text)[subject].stance == stance


def test_a_weak_word_alone_is_not_politics_and_three_are() -> None:
    assert not any(s.is_political for s in one("The governor smiled").values())
    together = one("The governor spoke of the war and the boycott")
    assert all(said.is_political for said in together.values())
    assert {said.strength for said in together.values()} == {0.5}


def test_what_the_side_is_taken_on_is_named() -> None:
    near = one("I support @karim in the election #Karim2026")["elections"].near_terms
    assert {"@karim", "#karim2026"} <= set(near)


def test_a_post_that_is_not_political_is_told_of_where_it_takes_a_side() -> None:
    assert one("I would never use @glow again, terrible")[""].stance == "against"
    assert one("A quiet morning") == {}


def test_words_inside_other_phrases_are_swallowed() -> None:
    assert one("رئيس النادي يفوز في انتخابات النادي") == {}
    assert one("God of War is my favourite game")[""].is_political is False


def test_very_long_texts_are_cut_and_quotes_stay_short() -> None:
    said = one("words " * 300 + "the prime minister " + "more " * 10**6)["offices"]
    assert len(said.quote) <= 200
    assert one("a " * LONGEST + "the prime minister") == {}


@given(st.lists(st.text(max_size=60) | st.none(), max_size=8))
def test_no_text_breaks_the_reading_and_order_does_not_matter(
    texts: list[str | None],
) -> None:
    found = read_politics(texts)
    assert found == read_politics(texts[::-1])[::-1]
    assert all(said.strength >= 0 for one in found for said in one)


@given(st.sampled_from(POLITICAL), st.sampled_from(PLAIN))
def test_plain_words_beside_it_do_not_hide_politics(text: str, other: str) -> None:
    assert any(said.is_political for said in one(f"{other}\n{text}").values())


def test_most_political_posts_that_the_lists_were_chosen_on_are_seen() -> None:
    path = Path(__file__).parent / "political_posts.toml"
    for language, texts in tomllib.loads(path.read_text("utf-8")).items():
        seen = [any(said.is_political for said in found) for found in read_politics(texts)]
        assert sum(seen) >= 0.5 * len(seen), language


def test_plain_talk_of_religion_medicine_football_and_the_like_is_not_political() -> None:
    talk = [sentence for _, _, sentence in plain_sentences()]
    raised = [t for t, found in zip(talk, read_politics(talk), strict=True)
              if any(said.is_political for said in found)]  # fmt: skip
    assert len(talk) > 800
    assert len(raised) <= 0.01 * len(talk), raised
