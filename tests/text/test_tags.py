"""Hashtags, mentions, links and emoji as they stand in real posts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.text.tags import emoji, hashtags, links, mentions, without_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#قهوة_مختصة، طعمها رائع", ["قهوه_مختصه"]),
        ("جديدنا #القهوة! و#الشاي", ["القهوه"]),
        ("#می‌شود #میشود", ["ميشود", "ميشود"]),
        ("＃Dubai #DUBAI", ["dubai", "dubai"]),
        ("#۲۰۲۴_تهران #عيد٢٠٢٤", ["2024_تهران", "عيد2024"]),
        ("#a#b#c", ["a", "b", "c"]),
        ("#_brand_", ["brand"]),
        ("(#قهوة)", ["قهوه"]),
        ("#رَمَضَان", ["رمضان"]),
        ("#Café", ["cafe"]),
        ("\u200f#دبي\u200f", ["دبي"]),
        ("#1 #١٢٣ #_ # #!", []),
        ("C# a#b &#39; /#x https://x.com/#frag", []),
        ("", []),
    ],
)
def test_hashtags(text, found):
    assert hashtags(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("شكرا @Nike_KSA.", ["nike_ksa"]),
        ("@nikeشكرا", ["nike"]),
        (".@First (@second) @third: @four's", ["first", "second", "third", "four"]),
        ("@name.bsky.social!", ["name.bsky.social"]),
        ("@User@mastodon.social", ["user@mastodon.social"]),
        ("شوفوا @قناة_دبي؟", ["قناة_دبي"]),
        ("＠wide", ["wide"]),
        ("me@site.com, a.b+c@site.co", []),
        ("https://www.tiktok.com/@someone", []),
        ("@ @! @-", []),
        ("", []),
    ],
)
def test_mentions(text, found):
    assert mentions(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("شوف https://t.co/AbC123شكرا", ["https://t.co/AbC123"]),
        ("(https://en.wikipedia.org/wiki/A_(b))", ["https://en.wikipedia.org/wiki/A_(b)"]),
        ("https://ar.wikipedia.org/wiki/قهوة، اقرأ", ["https://ar.wikipedia.org/wiki/قهوة"]),
        ("www.example.com! bit.ly/x?a=1&b=2.", ["www.example.com", "bit.ly/x?a=1&b=2"]),
        ("سایت ما: digikala.com", ["digikala.com"]),
        ("HTTP://EXAMPLE.COM/A", ["HTTP://EXAMPLE.COM/A"]),
        ("«https://a.ir/b»", ["https://a.ir/b"]),
        ("done.Then 3.5 e.g. me@site.com", []),
        ("", []),
    ],
)
def test_links(text, found):
    assert links(text) == found


def test_text_without_links_keeps_what_follows_them():
    assert without_links("قبل https://t.co/x، بعد").split() == ["قبل", "،", "بعد"]


def test_emoji_of_several_characters_are_one():
    text = "عيد 👨‍👩‍👧 🇸🇦 👍🏽 مبارك ❤️"
    assert emoji(text) == ["👨‍👩‍👧", "🇸🇦", "👍🏽", "❤️"]
    assert emoji("plain") == emoji("نص") == []


@settings(max_examples=80)
@given(st.text(st.sampled_from("#＃@a.ب/:_1 \u200c\u200f\x00\ud800()💙"), max_size=40))
def test_tags_hold_neither_marks_nor_blanks(text):
    for found in (*hashtags(text), *mentions(text)):
        assert found
        assert not set(found) & set("#＃ \u200c\u200f\x00")


def test_hostile_texts_take_no_long():
    hostile = "a." * 50_000 + "#" * 50_000 + "@" * 50_000 + "http://" * 10_000 + "(" * 50_000
    assert hashtags(hostile) == []
    assert isinstance(links(hostile), list)
    assert isinstance(mentions(hostile), list)
