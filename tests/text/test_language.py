"""The language of short posts, told as their readers would."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.text.language import RULES, UNKNOWN, language, languages

SENTENCES = Path(__file__).parent / "sentences"


def code_of(text: str) -> str:
    return language(text).code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("سلام، خوبی؟", "fa"),
        ("چطوری عزیزم", "fa"),
        ("خفه شو", "fa"),
        ("با سلام", "fa"),
        ("روز خوبی داشته باشید", "fa"),
        ("اين كتاب را مي خوانم و خيلي خوب است", "fa"),
        ("مرحبا كيف حالك", "ar"),
        ("فى انتظار الصلاح", "ar"),
        ("حجز وحدات سکن جديدة إلكترونيًا", "ar"),
        ("وش رايكم بالمطعم الجديد", "ar"),
        ("شلونك گلبي", "ar"),
        ("شو هالحلا يا قمر", "ar"),
        ("بزاف ديال الناس", "ar"),
        ("ازيك عامل ايه", "ar"),
        ("آپ کیسے ہیں؟", "ur"),
        ("یہ بہت اچھا ہے", "ur"),
        ("ئێمە زۆر باشین", "ckb"),
        ("زه ښه یم", "ps"),
        ("Going to the beach with my friends today", "en"),
        ("je suis très contente de vous voir", "fr"),
        ("hoy es un día muy bonito para todos", "es"),
        ("das ist nicht so gut wie ich dachte", "de"),
        ("saya tidak tahu apa yang harus dilakukan", "id"),
        ("bu çok güzel bir gün", "tr"),
        ("não sei o que fazer hoje", "pt"),
        ("non so che cosa fare oggi", "it"),
        ("привет как дела", "ru"),
        ("שלום לכולם", "he"),
        ("こんにちは世界", "ja"),
        ("안녕하세요", "ko"),
    ],
)
def test_the_language_of_a_post(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "😀🎉", "https://t.co/abc", "@someone", "123 ١٢٣", "\x00"]
)
def test_nothing_can_be_said_without_letters(text):
    assert language(text) == UNKNOWN
    assert language(text).certainty == 0


def test_hashtags_are_read_only_where_there_are_no_other_words():
    assert code_of("#قهوة_مختصة") == "ar"
    assert code_of("I love this place so much #قهوة #دبي #مقهى") == "en"


def test_links_and_mentions_have_no_say():
    assert code_of("https://www.example.com/the/best/of/all @the_best_of_all سلام خوبی") == "fa"


def test_a_mixed_post_names_its_other_language():
    found = language("اليوم جربت القهوة and it was the best of all")
    assert found.code == "ar"
    assert found.other_codes == ("en",)
    found = language("what a day with my friends at the beach, الحمد لله على كل حال")
    assert found.code == "en"
    assert found.other_codes == ("ar",)


def test_a_plain_post_has_no_other_language():
    assert language("اليوم جربت القهوة في المقهى الجديد").other_codes == ()


def n_missed(name: str) -> tuple[int, int]:
    rows = (SENTENCES / f"{name}.txt").read_text("utf-8").splitlines()
    return sum(code_of(row) != name.removeprefix("held-") for row in rows), len(rows)


@pytest.mark.parametrize("name", ["ar-Latn", "fa-Latn", "held-ar-Latn", "held-fa-Latn"])
def test_most_romanised_posts_are_found(name):
    missed, n = n_missed(name)
    assert n >= 20
    assert missed <= 0.15 * n


OTHERS = [
    tuple(row.split("\t")) for row in (SENTENCES / "others.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_posts_that_look_romanised_are_not_taken_for_it(code, text):
    assert code_of(text) == code


def test_languages_keep_the_order_of_the_posts():
    assert [found.code for found in languages(["سلام خوبی", "", "كيف حالك اليوم"])] == [
        "fa", "und", "ar",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_certainty_is_between_none_and_full(text):
    found = language(text)
    assert 0 <= found.certainty <= 1
    assert found.code not in found.other_codes
    assert (found.certainty == 0) == (found.code == "und")


@pytest.mark.parametrize(
    "text",
    ["ا" * 10_000_000, "a" * 1_000_000, "\u202e" * 1_000_000, "ش\u0651\u064e" * 300_000],
    ids=["one long word", "one long Latin word", "bidi signs", "stacked marks"],
)
def test_huge_texts_are_cut_and_read(text):
    assert code_of(text) in {
        "ar",
        "fa",
        "ur",
        "und",
        "en",
        "fr",
        "es",
        "de",
        "id",
        "tl",
        "tr",
        "nl",
        "it",
        "pt",
    }


TWO_LANGUAGES = "what a day with my friends at the beach je suis dans la maison avec mes amis"
CHANGES = {
    "longest": (5, "سلام خوبی عزیزم، going home with my friends and the others of our team"),
    "least_votes": (50.0, "مرحبا كيف حالك"),
    "least_lead": (90.0, "خفه شو این كتاب را مي خوانم"),
    "least_share": (5.0, "we went to the beach"),
    "romanised_share": (9.0, "ana mesh 3aref leh el net keda"),
    "enough_votes": (0.1, "the zork blat fnord gloop wibble quux grault wumpus xyzzy plugh"),
    "doubt": (5.0, "مرحبا كيف حالك"),
    "other_votes": (50.0, TWO_LANGUAGES),
    "other_share": (0.99, TWO_LANGUAGES),
    "mixed_words": (90, "اليوم جربت القهوة and it was the best of all"),
    "mixed_arabic_words": (90, "what a day with my friends at the beach, الحمد لله على كل حال"),
    "arabic_share": (0.95, "اليوم جربت القهوة and it was the best of all"),
}  # fmt: skip


@pytest.mark.parametrize("name", [field.name for field in fields(RULES)])
def test_every_rule_changes_some_result(name):
    value, text = CHANGES[name]
    assert language(text, replace(RULES, **{name: value})) != language(text)
