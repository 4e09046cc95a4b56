"""Facts of many posts at once, and of hostile ones."""

from dataclasses import fields, replace

import pytest

from mawj.text.facts import LIMITS, TextFacts, facts_of, text_facts


def test_facts_are_columns_in_the_order_of_the_posts():
    found = text_facts(["جرّبت #قهوة_مختصة مع @Nike https://t.co/abc", None, "😀"])
    assert found == {
        "language": ["ar", None, None],
        "hashtags": [["قهوه_مختصه"], [], []],
        "mentions": [["nike"], [], []],
        "links": [["https://t.co/abc"], [], []],
        "terms": [["جربت", "قهوه", "مختصه", "مع"], [], []],
    }
    assert list(found) == [field.name for field in fields(TextFacts)]


def test_the_platforms_language_is_kept_and_und_is_worked_out():
    found = text_facts(["سلام خوبی", "سلام خوبی", "سلام خوبی"], ["ar", "und", None])
    assert found["language"] == ["ar", "fa", "fa"]


def test_languages_must_be_as_many_as_texts():
    with pytest.raises(ValueError, match="zip"):
        text_facts(["a", "b"], ["en"])


def test_terms_have_no_repeats_and_at_most_sixty_four():
    assert text_facts(["قهوة القهوة قهوه"])["terms"] == [["قهوه"]]
    many = " ".join(f"word{n}x" for n in range(200))
    assert len(text_facts([many])["terms"][0]) == 64


@pytest.mark.parametrize(("name", "value"), [("longest_text", 10), ("most_terms", 2)])
def test_every_limit_changes_some_result(name, value):
    text = "قهوة مختصة في مدينة الرياض اليوم"
    assert facts_of(text, limits=replace(LIMITS, **{name: value})) != facts_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "سلام " * 2_000_000,
        "z" + "\u0335\u0310" * 100_000,
        "\u202e\u2066" * 100_000 + "مرحبا",
        "\ud800\udfff\x00" * 1_000,
        "\x1e" * 100 + "قهوة",
        "#" * 100_000,
        "https://" + "a." * 100_000 + "com",
        "می " * 50_000 + "رود",
        "(" * 50_000 + "@" * 50_000,
    ],
    ids=["ten megabytes", "stacked marks", "bidi", "surrogates", "separators", "marks only",
         "long link", "prefixes", "brackets"],
)  # fmt: skip
def test_hostile_posts_give_facts(text):
    found = text_facts([text, "قهوة"])
    assert found["terms"][1] == ["قهوه"]
    assert all(len(column) == 2 for column in found.values())
