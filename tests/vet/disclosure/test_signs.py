"""What a text shows of payment: disclosures in five languages, denials, other talk."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.disclosure.signs import MOST_READ, all_signs, disclosure_signs

DISCLOSED = [
    ("en", "As an Amazon Associate I earn from qualifying purchases."),
    ("en", "Some of the links above are affiliate links."),
    ("en", "We may receive a small commission if you buy something, at no extra cost to you."),
    ("en", "Shopping through these links helps support the channel!"),
    ("en", "Huge thanks to Lumo for sponsoring this video"),
    ("en", "Ad: two weeks with the new pan"),
    ("en", "New pan in the kitchen #ad"),
    ("en", "This post is sponsored by Lumo"),
    ("en", "I received this lamp free of charge in exchange for my honest review"),
    ("en", "Links marked with an * are affiliate"),
    ("en", "I get a few cents if you buy anything from the links above"),
    ("en", "Help support the channel by using these links:"),
    ("en", "Your purchase through these links helps us create more content"),
    ("en", "We are a participant in the Amazon Services LLC Associates Program"),
    ("en", "Some of the above links may generate revenue for this channel"),
    ("ar", "إعلان مدفوع | عطر جديد"),
    ("ar", "عطر جديد ومميز #إعلان"),
    ("ar", "هذا الفيديو برعاية متجر الدار"),
    ("ar", "آخذ عمولة بسيطة على كل طلب من الرابط"),
    ("ar", "محتوى مدفوع بالشراكة مع متجر الدار"),
    ("fa", "این پست تبلیغاتی است"),
    ("fa", "همکاری تجاری با فروشگاه لاله"),
    ("fa", "کفش‌های تازه #تبلیغ"),
    ("fa", "این ویدیو با حمایت فروشگاه لاله ساخته شده"),
    ("fa", "از هر خرید با این لینک کمی پورسانت می‌گیرم"),
    ("fr", "Collaboration commerciale avec Lumo"),
    ("de", "Werbung | Meine neue Lampe"),
]
DENIED = [
    ("en", "I am not affiliated with this company in any way."),
    ("en", "Not sponsored, I just love it"),
    ("en", "This isn't an ad, promise"),
    ("en", "I don't earn any commission from this"),
    ("en", "Just a recommendation #notsponsored"),
    ("ar", "المنشور غير مدفوع، تجربتي الشخصية"),
    ("ar", "هذا مو إعلان والله"),
    ("ar", "مش إعلان بس حبيت أشارككم"),
    ("fa", "این پست تبلیغ نیست"),
    ("fa", "تبلیغ نیست، با پول خودم خریدم"),
    ("fa", "هیچ پولی بابتش نگرفتم"),
    ("de", "Keine Werbung, nur ein Tipp"),
]
OTHER_TALK = [
    ("en", "Ten affiliate marketing tips for beginners"),
    ("en", "Commissions open! Message me for a portrait"),
    ("en", "Is this an ad?"),
    ("en", "Support me on Patreon, link below"),
    ("en", "Please like and subscribe to support my channel"),
    ("en", "Free shipping at no extra charge"),
    ("en", "Click this link to help us reach our goal on Kickstarter"),
    ("en", "The ad break was longer than the film"),
    ("ar", "هل هذا إعلان؟"),
    ("ar", "إعلان نتائج القبول يوم الأحد القادم"),
    ("ar", "اللعب التعاوني مع الشباب أحلى شي"),
    ("ar", "تم تبليغ الجهات المختصة"),
    ("fa", "آیا این تبلیغ است؟"),
    ("fa", "وسط فیلم چقدر تبلیغات پخش کردند و حوصله‌مان سر رفت"),
]


@pytest.mark.parametrize(("language", "text"), DISCLOSED)
def test_what_tells_of_a_payment_is_found(language: str, text: str) -> None:
    assert disclosure_signs(text, language).is_disclosed


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_a_denial_is_no_disclosure(language: str, text: str) -> None:
    signs = disclosure_signs(text, language)
    assert signs.is_denied
    assert not signs.is_disclosed


@pytest.mark.parametrize(("language", "text"), OTHER_TALK)
def test_talk_about_advertising_is_no_disclosure(language: str, text: str) -> None:
    assert not disclosure_signs(text, language).is_disclosed


def test_a_denial_leaves_another_disclosure_of_the_same_text_standing() -> None:
    signs = disclosure_signs("This is not sponsored, but some links are affiliate links", "en")
    assert signs.is_denied
    assert {sign.kind for sign in signs.disclosures} == {"affiliate"}


def test_not_all_is_no_denial() -> None:
    assert disclosure_signs("Not all of these are affiliate links", "en").is_disclosed


@pytest.mark.parametrize(("language", "text"), [*DISCLOSED, *DENIED, *OTHER_TALK])
def test_the_language_need_not_be_said_where_the_letters_show_it(
    language: str, text: str
) -> None:
    if language not in ("fr", "de"):
        known, unknown = disclosure_signs(text, language), disclosure_signs(text, None)
        assert unknown.is_disclosed == known.is_disclosed


@pytest.mark.parametrize(("language", "text"), [*DISCLOSED, *DENIED])
def test_a_sign_stands_where_its_wording_is(language: str, text: str) -> None:
    for sign in disclosure_signs(text, language).found:
        assert text[sign.first : sign.last] == sign.wording


@pytest.mark.parametrize("spelling", ["#اعلان", "#إِعْلان", "#إعـــلان", "#Ad", "#AD", "＃ad"])
def test_spelling_does_not_matter(spelling: str) -> None:
    assert disclosure_signs(f"عطر جديد {spelling}", "ar").is_disclosed


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_failing_and_a_label_in_front_discloses_it(text: str) -> None:
    disclosure_signs(text, None)
    assert disclosure_signs(f"#ad\n{text}", "en").is_disclosed


def test_of_a_very_long_text_only_the_beginning_is_read() -> None:
    assert not disclosure_signs("word " * MOST_READ + "#ad", "en").is_disclosed


@pytest.mark.parametrize("text", ["", None, "\u202e\u200b\x00", "\u0301" * 50, "🎁" * 20])
def test_nothing_is_found_in_nothing(text: str | None) -> None:
    assert disclosure_signs(text, "en").found == ()


def test_many_texts_are_read_as_one_by_one() -> None:
    texts, languages = [t for _, t in DISCLOSED], [c for c, _ in DISCLOSED]
    one_by_one = [disclosure_signs(*pair) for pair in zip(texts, languages, strict=True)]
    assert all_signs(texts + texts, languages + languages) == one_by_one * 2
