"""The shipped topics: whole, in three languages and scripts, and silent about persons."""

import re
from collections import defaultdict

import pytest

from mawj.identify.taxonomy.topic_tree import ancestors, topic_tree
from mawj.text.tokens import search_terms

TREE = topic_tree()
PARENTS = {topic.parent_id for topic in TREE}
LEAVES = [topic for topic in TREE if topic.topic_id not in PARENTS]
SEEDS = [
    (topic.topic_id, language, seed)
    for topic in TREE
    for language, seeds in topic.seeds.items()
    for seed in seeds
]
LANGUAGES = ("en", "ar", "fa")

# Words that sort people by origin, belief, wealth or family status instead of telling what a
# post is about. Compared as terms, in any place of a seed.
WORDS_ABOUT_PERSONS = """
    muslim christian jewish hindu buddhist sunni shia atheist kurdish turkmen
    wealthy millionaire billionaire divorced widow unmarried bachelor spinster
    مسلم مسيحي يهودي شيعي ملحد كردي أمازيغي فقير مليونير مطلقة أرملة أعزب عزباء متزوج عانس
    مسلمان مسیحی یهودی شیعه سنی ثروتمند میلیونر مجرد مطلقه متأهل بیوه
"""


def test_there_are_about_two_hundred_topics_in_three_levels():
    assert 180 <= len(TREE) <= 260
    assert {topic.level for topic in TREE} == {1, 2, 3}
    assert 16 <= sum(topic.level == 1 for topic in TREE) <= 20


def test_ids_are_unique_and_parents_come_first():
    seen = set()
    for topic in TREE:
        assert topic.topic_id not in seen
        assert topic.parent_id is None or topic.parent_id in seen
        seen.add(topic.topic_id)


def test_levels_and_parents_follow_from_the_ids():
    for topic in TREE:
        assert topic.level == len(topic.topic_id.split("."))
        assert topic.parent_id == next(iter(ancestors(topic.topic_id)), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_name_that_no_other_has(language):
    names = [topic.names[language] for topic in TREE]
    assert len(set(names)) == len(TREE)
    assert all(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_below_the_top_has_8_to_25_seeds(language):
    for topic in TREE:
        least = 4 if topic.level == 1 else 8
        assert least <= len(topic.seeds[language]) <= 25, topic.topic_id


def test_leaves_are_most_of_the_topics():
    assert len(LEAVES) > 180


def test_seeds_are_tidy_phrases_of_at_most_five_words():
    for where, _, seed in SEEDS:
        assert seed == " ".join(seed.split()), (where, seed)
        assert not re.search(r"[#@_،؛,;]", seed), (where, seed)
        assert len(seed.split()) <= 5, (where, seed)


def test_english_seeds_are_lower_case_latin():
    for where, language, seed in SEEDS:
        if language == "en":
            assert re.fullmatch(r"[a-z0-9ï' -]+", seed), (where, seed)


def test_arabic_seeds_use_arabic_letters_and_no_half_space():
    for where, language, seed in SEEDS:
        if language == "ar":
            assert not re.search("[یکھہۀگچپژ\u200c]", seed), (where, seed)
            assert re.search("[\u0621-\u064a]", seed), (where, seed)


def test_persian_seeds_use_persian_letters_and_digits():
    for where, language, seed in SEEDS:
        if language == "fa":
            assert not re.search("[يكىةإ٠-٩0-9]", seed), (where, seed)
            assert re.search("[\u0621-\u06cc]", seed), (where, seed)


def test_names_use_the_letters_of_their_language():
    for topic in TREE:
        assert not re.search("[یکگچپژ\u200c]", topic.names["ar"]), topic.topic_id
        assert not re.search("[يكىة]", topic.names["fa"]), topic.topic_id


def test_persian_prefixes_and_plurals_are_joined_by_a_half_space():
    loose = re.compile(r"(^| )(ن?می|بی) |(?<=\w) (ها|های|هایی)( |$)")
    for where, language, seed in SEEDS:
        if language == "fa":
            assert not loose.search(seed), (where, seed)


def test_no_seed_speaks_of_what_a_person_is():
    about = set(search_terms(WORDS_ABOUT_PERSONS))
    for where, _, seed in SEEDS:
        assert about.isdisjoint(search_terms(seed)), (where, seed)


def test_every_seed_yields_a_term_to_search_for():
    for where, _, seed in SEEDS:
        assert search_terms(seed), (where, seed)


def test_no_seed_belongs_to_two_topics_of_which_neither_lies_under_the_other():
    topics_of = defaultdict(set)
    for topic_id, _, seed in SEEDS:
        topics_of[frozenset(search_terms(seed))].add(topic_id)
    for terms, topics in topics_of.items():
        deepest = max(topics, key=lambda topic_id: topic_id.count("."))
        assert topics <= {deepest, *ancestors(deepest)}, (sorted(terms), topics)


def test_no_seed_is_written_twice_in_two_spellings():
    for topic in TREE:
        for language, seeds in topic.seeds.items():
            terms = [frozenset(search_terms(seed)) for seed in seeds]
            assert len(set(terms)) == len(terms), (topic.topic_id, language)


def test_seeds_of_one_word_are_not_so_short_that_they_stand_in_many_words():
    for where, _, seed in SEEDS:
        assert len(seed) >= 3, (where, seed)
