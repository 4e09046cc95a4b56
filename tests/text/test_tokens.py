"""Words as written and terms as searched, on sentences with the slips of real articles."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.text.normalise import folded, search_form
from mawj.text.tokens import search_terms, tokens


def meets(query: str, text: str) -> bool:
    return set(search_terms(query)) <= set(search_terms(text))


# Sentences of ours: a ZWNJ left out, a Persian ک in an Arabic word, final ى for ي, a hamza
# lost, commas that stand apart, typing slips that keep the word.
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("می‌شود", "این روش بر روی مخاطبان محلی متمرکز میشود."),
        ("شرکت‌ها", "امسال شرکتها بودجهٔ بیشتری برای تبلیغ گذاشتند"),
        ("شرکت", "شرکتهای ایرانی"),
        ("فعالیت", "فعالیتهای بازاریابی"),
        ("کسب و کار", "صاحبان کسبوکارهای کوچک"),
        ("تصمیم‌گیری", "روند تصمیمگیری خریداران"),
        ("رسانه‌ای", "حضور رسانهای برند"),
        ("بزرگتر", "بازاری بزرگ‌تر از همیشه"),
        ("مهم", "مهم‌ترین نکته همین است"),
        ("اینفلوئنسر", "اینفلوئنسرها و برندها"),
        ("سكن", "وحدات سکن جديدة للشباب"),
        ("السكن", "وحدات سکن جديدة للشباب"),
        ("الجندي", "الشيخ الجندى يوضح الفرق"),
        ("الاجتماعي", "مواقع التواصل الاجتماعى"),
        ("آلاف", "يتابعه عشرة الاف شخص"),
        ("إعلان", "شركات الاعلان و التسويق"),
        ("تسويق", "خطة للتسويق عبر المشاهير"),
        ("مؤثر", "المؤثرون الصغار"),
        ("المؤثرين", "هو مؤثر صغير"),
        ("قهوة مختصة", "أفضل #قهوة_مختصة في الرياض"),
        ("القهوه", "بالقهوة نبدأ يومنا"),
        ("ألعاب", "محل الألعاب"),
        ("علامة تجارية", "العلامات التجاريه الكثيرة"),
        ("جامعة", "طلاب الجامعات"),
        ("هناك", "وهناك جدل"),
        ("ملايين", "وصل إلى الملايين"),
        ("العاب", "محل الألعاب"),
        ("إلكترونية", "المتاجر الإلكترونيه"),
        ("influencer", "The INFLUENCERS' guide"),
        ("café", "Two cafes nearby"),
        ("L'Oréal", "loreal mascara"),
    ],
)
def test_a_query_meets_the_word_in_any_spelling(query, text):
    assert meets(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("کارت", "یک کارتون خوب"),
        ("فیل", "این فیلتر خوب است"),
        ("مدرسة", "مدرس جديد"),
        ("وور", "چند فالوور داری"),
        ("سکه", "کالسکه بچه"),
        ("آمار", "الإمارات"),
        ("مكتب", "افتتاح مكتبة"),
        ("هفت", "آخر هفته"),
        ("قوه", "خریداران بالقوه"),
        ("تن", "تنها ماندم"),
        ("انت", "در انتها"),
    ],
)
def test_another_word_is_not_met(query, text):
    assert not meets(query, text)


def test_words_are_given_as_written():
    text = "أهلًا بكم! می‌روم، don't «l’été» #قهوة_مختصة ۱۲"
    assert tokens(text) == [
        "أهلًا", "بكم", "می‌روم", "don't", "l’été", "قهوة", "مختصة", "۱۲",
    ]  # fmt: skip


def test_terms_leave_out_links_mentions_and_addresses():
    assert search_terms("جرب @nike_ksa https://t.co/abc و me@site.com الآن") == [
        "جرب",
        "و",
        "الان",
    ]


def test_terms_keep_order_and_repeats():
    assert search_terms("قهوة شاي قهوة") == ["قهوه", "شاي", "قهوه"]


def test_empty_and_wordless_texts_have_no_words():
    assert tokens("") == tokens("😀 … !!") == search_terms("") == search_terms("😀 … !!") == []


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_tokens_hold_no_controls(text):
    for token in tokens(text):
        kinds = {unicodedata.category(c) for c in token.replace("\u200c", "")}
        assert not kinds & {"Cc", "Cf", "Cs"}
        assert not token.startswith("\u200c")
        assert not token.endswith("\u200c")


ARABIC_WORDS = st.sampled_from(
    ["القهوة", "المختصّة", "مؤثّرين", "للإعلانات", "می‌خواهم", "کتاب‌ها", "الآلاف", "دُبـــي"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(ARABIC_WORDS, min_size=1, max_size=6))
def test_a_term_that_is_found_leads_back_to_a_slice_of_the_original(words):
    text = "، ".join(words)
    found = folded(text)
    for term in search_terms(text):
        start = found.text.find(term)
        assert start >= 0
        first, last = found.span(start, start + len(term))
        assert term in search_form(text[first:last])


def test_hostile_text_is_read():
    hostile = "\x00" * 50 + "\ud800قهوة\udfff" + "\u202e" * 50 + "e" + "\u0301" * 500
    assert search_terms(hostile) == ["قهوه", "e"]
