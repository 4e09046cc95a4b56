"""Loading topics, asking them, and laying the user's own files over them."""

import pytest

from mawj.identify.taxonomy.topic_tree import (
    ancestors,
    topic_name,
    topic_seeds,
    topic_tree,
    topics_table,
)
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound, SettingsError

NAMES = 'names = { en = "Decaf", ar = "بدون كافيين", fa = "بدون کافئین" }'


@pytest.fixture
def written(tmp_path):
    def write(text, name="mine.toml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def found(tree, topic_id):
    return next((topic for topic in tree if topic.topic_id == topic_id), None)


def test_names_in_three_languages():
    names = [topic_name("food.coffee.specialty", language) for language in ("en", "ar", "fa")]
    assert names == ["Specialty coffee", "القهوة المختصة", "قهوهٔ تخصصی"]


def test_the_name_of_an_unknown_topic_is_refused():
    with pytest.raises(NotFound, match=r"food\.stones"):
        topic_name("food.stones", "en")


def test_a_name_in_an_unknown_language_is_refused():
    with pytest.raises(NotFound, match="en, ar, fa"):
        topic_name("food", "xx")


def test_ancestors_are_the_wider_topics_nearest_first():
    assert ancestors("food.coffee.specialty") == ("food.coffee", "food")
    assert ancestors("food") == ()


def test_the_topics_table_is_as_declared():
    table = topics_table(topic_tree())
    assert table.schema == TABLES["topics"].schema
    assert table.num_rows == len(topic_tree())
    assert table.filter(
        table["topic_id"].to_numpy(zero_copy_only=False) == "food"
    ).to_pylist() == [
        {
            "topic_id": "food",
            "parent_id": None,
            "level": 1,
            "name_en": "Food & drink",
            "name_ar": "الطعام والشراب",
            "name_fa": "خوراک و نوشیدنی",
        }
    ]


def test_the_seeds_table_has_one_row_a_seed_with_its_words_counted(written):
    file = written(
        '[topics."food.coffee.decaf"]\n'
        + NAMES
        + '\nseeds.en = ["decaf", "swiss water process"]'
    )
    tree = [found(topic_tree([file]), "food.coffee.decaf")]
    assert topic_seeds(tree).to_pylist() == [
        {"topic_id": "food.coffee.decaf", "language": "en", "seed": seed, "n_words": n}
        for seed, n in (("decaf", 1), ("swiss water process", 3))
    ]


def test_the_seeds_table_of_all_topics_has_no_seed_twice():
    rows = topic_seeds(topic_tree()).to_pylist()
    assert len({(row["topic_id"], row["language"], row["seed"]) for row in rows}) == len(rows)


def test_a_file_adds_a_topic_in_its_place(written):
    file = written('[topics."food.coffee.decaf"]\n' + NAMES + '\nseeds.en = ["decaf"]')
    tree = topic_tree([file])
    assert len(tree) == len(topic_tree()) + 1
    decaf = found(tree, "food.coffee.decaf")
    assert (decaf.parent_id, decaf.level, decaf.seeds["ar"]) == ("food.coffee", 3, ())
    assert topic_name("food.coffee.decaf", "fa", tree) == "بدون کافئین"


def test_a_file_adds_seeds_and_keeps_those_there(written):
    before = found(topic_tree(), "food.coffee").seeds["en"]
    file = written('[topics."food.coffee"]\nseeds.en = ["decaf", "coffee"]')
    assert found(topic_tree([file]), "food.coffee").seeds["en"] == (*before, "decaf")


def test_a_file_renames_in_one_language_only(written):
    file = written('[topics."food.coffee"]\nnames.en = "Coffee and more"')
    coffee = found(topic_tree([file]), "food.coffee")
    assert (coffee.names["en"], coffee.names["ar"]) == ("Coffee and more", "القهوة")


def test_of_two_files_the_later_one_names(written):
    one = written('[topics."food"]\nnames.en = "One"', "one.toml")
    two = written('[topics."food"]\nnames.en = "Two"', "two.toml")
    assert found(topic_tree([one, two]), "food").names["en"] == "Two"


def test_a_dropped_topic_goes_with_all_that_lies_under_it(written):
    tree = topic_tree([written('[topics."food.coffee"]\ndrop = true')])
    assert not [topic for topic in tree if topic.topic_id.startswith("food.coffee")]
    assert found(tree, "food.tea") is not None


def test_a_users_file_leaves_the_shipped_topics_as_they_are(written):
    before = topic_tree()
    topic_tree([written('[topics."food"]\ndrop = true')])
    assert topic_tree() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[topics", "not valid TOML"),
        ("[topic]", "'topic' is not known; allowed: topics"),
        ("topics = 3", "topics must be a table"),
        ('[topics]\n"food.tea" = 3', "must be a table with names and seeds"),
        ('[topics."Food.Tea"]\n' + NAMES, "an id is one to three parts"),
        ('[topics."a.b.c.d"]\n' + NAMES, "an id is one to three parts"),
        ('[topics."food.x"]\n' + NAMES, "has no seeds; add"),
        ('[topics."food.x"]\nseeds.en = ["y"]', "has no name in en, ar, fa; add names.en"),
        ('[topics."food.x"]\nnames = { en = " " }', "en must be a text that is not empty"),
        ('[topics."food.x"]\nnames = { de = "X" }', "'de' is not known; allowed: en, ar, fa"),
        ('[topics."food.tea"]\nseeds.de = ["Tee"]', "'de' is not known; allowed: en, ar, fa"),
        ('[topics."food.tea"]\nseeds.en = "chai"', "en must be a list such as"),
        ('[topics."food.tea"]\nseeds.en = ["chai", 3]', "each entry must be a text"),
        ('[topics."food.tea"]\nseed = []', "'seed' is not known; allowed: names, seeds, drop"),
        ('[topics."food.tea"]\ndrop = false', "drop can only be true"),
        ('[topics."food.tea"]\ndrop = true\nseeds.en = ["x"]', "dropped and changed at once"),
        ('[topics."food.stones"]\ndrop = true', "there is no such topic"),
        (
            '[topics."stones.x"]\n' + NAMES + '\nseeds.en = ["y"]',
            "parent 'stones' is not a topic",
        ),
    ],
)
def test_a_bad_file_is_refused_with_what_and_where(written, text, says):
    with pytest.raises(SettingsError) as caught:
        topic_tree([written(text)])
    assert says in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_refused_topic_is_named(written):
    with pytest.raises(SettingsError, match=r"topic 'food\.tea'"):
        topic_tree([written('[topics."food.tea"]\ndrop = false')])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.toml: cannot be read"):
        topic_tree([tmp_path / "none.toml"])


def test_a_file_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "old.toml"
    file.write_bytes('[topics."food"]\nnames.ar = "طعام"'.encode("cp1256"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        topic_tree([file])
