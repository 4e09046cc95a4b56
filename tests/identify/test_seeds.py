"""Seed phrases as sets of folded terms."""

from __future__ import annotations

from mawj.identify.seeds import seed_terms, topic_seed_rows
from mawj.identify.taxonomy.topic import Topic
from mawj.identify.taxonomy.topic_tree import topic_tree
from mawj.tables.declared import TABLES


def topic(**seeds):
    return Topic("food.coffee", "food", 2, {"en": "Coffee", "ar": "قهوة", "fa": "قهوه"}, seeds)


def rows(*topics):
    return [tuple(row.values()) for row in topic_seed_rows(topics).to_pylist()]


def test_a_phrase_becomes_one_row_a_term_with_their_number():
    assert rows(topic(en=("flat white",))) == [
        ("food.coffee", "flat white", "flat", 2),
        ("food.coffee", "flat white", "white", 2),
    ]


def test_spellings_that_fold_to_one_phrase_are_told_once():
    assert len(rows(topic(ar=("قهوة", "القهوة"), fa=("قهوه",)))) == 1


def test_a_phrase_that_folds_to_nothing_is_dropped():
    assert rows(topic(en=("!!", "☕"))) == []


def test_a_function_word_of_another_language_stays_in_a_phrase():
    assert seed_terms("رنگ مو", "fa") == ("رنگ", "مو")
    assert seed_terms("رنگ مو", "ar") == ("رنگ", "مو")


def test_function_words_are_left_out_where_two_telling_words_stay():
    assert seed_terms("a cup of tea", "en") == ("cup", "tea")
    assert seed_terms("how to draw", "en") == ("how", "to", "draw")
    assert seed_terms("of the", "en") == ("of", "the")


def test_the_shipped_topics_all_keep_a_seed_in_the_declared_shape():
    tree = topic_tree()
    table = topic_seed_rows(tree)
    assert table.schema == TABLES["topic_seeds"].schema
    assert set(table["topic_id"].to_pylist()) == {one.topic_id for one in tree if one.seeds}
    keys = [tuple(row.values())[:3] for row in table.to_pylist()]
    assert len(keys) == len(set(keys))
