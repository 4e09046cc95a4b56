"""What texts say of sensitive subjects, by rules."""

from __future__ import annotations

import pytest

from mawj.vet.safety.rules import MEANT, offence_score, subject_scores

INSULTS = [
    ("ar", "يا كلب يا ابن الكلب"),
    ("ar", "انت واحد حمار وما تفهم"),
    ("ar", "الله يلعنك يا حقير"),
    ("ar", "ش.ر.م.و.ط.ة"),
    ("ar-Latn", "ya kalb ya 7mar"),
    ("fa", "برو گمشو بی شعور"),
    ("fa", "خفه شو مرتیکه عوضی"),
    ("fa", "تو یه آشغالی"),
    ("fa-Latn", "kheili bi shooori avazi"),
    ("en", "you are a f*cking idiot"),
    ("en", "shut the fuuuuck up you m0r0n"),
    ("en", "immigrants are animals, send them back"),
]
PLAIN = [
    ("ar", "عندي كلب جميل وقطة في البيت"),
    ("ar", "ما حكم من نسي الركعة الأخيرة في صلاة العشاء؟"),
    ("ar", "نرحب بعملائنا الكرام في فرعنا الجديد"),
    ("fa", "سگم امروز خیلی بازیگوش بود"),
    ("fa", "هیچ کس نمی‌تونه جای مادر رو بگیره"),
    ("fa", "پست جدید درباره‌ی کرم ضد آفتاب"),
    ("en", "add a splash of wine vinegar and toast the pine nuts"),
    ("en", "our dog loves the beach"),
]


@pytest.mark.parametrize(("language", "text"), INSULTS)
def test_an_insult_is_plain(language: str, text: str) -> None:
    assert offence_score(text, language) >= MEANT


@pytest.mark.parametrize(("language", "text"), PLAIN)
def test_plain_talk_is_not_offensive(language: str, text: str) -> None:
    assert offence_score(text, language) < MEANT


def test_an_animal_counts_in_full_only_when_somebody_is_called_so() -> None:
    assert offence_score("انت حمار", "ar") > 3 * offence_score(
        "الحمار يأكل العشب في الحقل", "ar"
    )


def test_what_another_is_said_to_have_called_somebody_is_told_not_done() -> None:
    (spoken,) = subject_scores(["قالت لي أنت غبي وهذا مؤلم"], ["ar"])[0]
    assert spoken.is_about


def test_a_persian_word_is_not_looked_for_in_arabic() -> None:
    assert offence_score("كون الله واسع", "ar") == 0.0


def test_nothing_and_no_text_say_nothing() -> None:
    assert subject_scores([None, "", "12 🙂"], [None, "und", "ar"]) == [[], [], []]


def test_a_huge_or_broken_text_is_read_as_far_as_a_post_goes() -> None:
    texts = ["a" * 2_000_000, "\u202e\u0000 يا كلب \ud800", "h̷e̴l̵l̶o̷" * 50]
    assert len(subject_scores(texts, [None, "ar", "en"])) == 3
