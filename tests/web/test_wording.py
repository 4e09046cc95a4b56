"""The words of the pages: whole in three languages, and all used words exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mawj.flow.sentences import LANGUAGES, isolated
from mawj.web.reader import reader, reader_in, set_reader
from mawj.web.templatetags.mawj import listed
from mawj.web.wording import said, subjects, words_of

WEB = Path(__file__).parents[2] / "src" / "mawj" / "web"
HOLES = re.compile(r"{(\w*)")
ARABIC = re.compile(r"[؀-ۿ]")


@pytest.mark.parametrize("subject", subjects())
def test_a_word_has_the_same_holes_in_each_language(subject: str) -> None:
    for key, texts in words_of(subject).items():
        holes = {language: sorted(HOLES.findall(texts[language])) for language in LANGUAGES}
        assert holes["ar"] == holes["en"] == holes["fa"], key


@pytest.mark.parametrize("subject", subjects())
def test_arabic_and_persian_are_written_in_their_own_letters(subject: str) -> None:
    latin = [
        key
        for key, texts in words_of(subject).items()
        for language in ("ar", "fa")
        if len(texts[language]) > 12 and not ARABIC.search(texts[language])
    ]
    assert latin == []
    persian = {key: texts["fa"] for key, texts in words_of(subject).items()}
    assert [key for key, text in persian.items() if re.search("[يكىة]", text)] == []


def test_every_word_that_a_template_says_exists() -> None:
    for template in sorted(WEB.rglob("*.html")):
        for word in re.findall(r"""{% say ["']([\w.]+)["']""", template.read_text("utf-8")):
            if "." in word:
                subject, key = word.split(".", 1)
                assert key in words_of(subject), f"{template.name}: {word}"


def test_a_word_is_filled_in_the_language_asked_for() -> None:
    assert said("find.n_matching", "fa", n=3) == "حساب‌های مناسب: 3"


@pytest.mark.parametrize(("language", "comma"), [("en", ", "), ("ar", "، "), ("fa", "، ")])
def test_names_are_listed_with_the_comma_of_the_language(language: str, comma: str) -> None:
    before = reader()
    set_reader(reader_in(language))
    try:
        assert listed(["one", "two"]) == f"{isolated('one')}{comma}{isolated('two')}"
    finally:
        set_reader(before)


def test_no_template_has_a_comma_of_one_language() -> None:
    assert [one.name for one in WEB.rglob("*.html") if "،" in one.read_text("utf-8")] == []
