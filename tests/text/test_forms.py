"""Many texts at once give what they give one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.text.forms import search_forms, terms_of_form, terms_of_forms
from mawj.text.normalise import search_form

PIECES = st.one_of(
    st.sampled_from("أةىیکءـ\u200c\u200f\u064b١۲a É\x1e\x00\ud800ﷺ…½ ﻻ\t#_'😀"),
    st.sampled_from(["می شود", " ها", "کسب و کار", "ههههه", "اااا", "don't", "  "]),
    st.characters(),
)
POSTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=80)
@given(st.lists(POSTS, max_size=6))
def test_forms_at_once_are_forms_one_by_one(texts):
    assert search_forms(texts) == [search_form(text) for text in texts]


@settings(max_examples=60)
@given(st.lists(POSTS, max_size=6))
def test_terms_at_once_are_terms_one_by_one(texts):
    forms = [search_form(text) for text in texts]
    assert terms_of_forms(forms) == [terms_of_form(form) for form in forms]


def test_more_texts_than_are_done_at_once_keep_their_order():
    texts = [f"پست {number} می شود" for number in range(9_000)]
    forms = search_forms(texts)
    assert len(forms) == 9_000
    assert forms[0] == "پست 0 ميشود"
    assert forms[8_999] == "پست 8999 ميشود"
