"""The page of topics: made from the topics, and true."""

import tomllib
from pathlib import Path

from mawj.identify.taxonomy.pages import topics_page
from mawj.identify.taxonomy.topic_tree import topic_tree

PAGE = Path(__file__).parents[3] / "docs" / "topics.md"


def test_the_page_that_ships_is_the_page_made_from_the_topics():
    assert PAGE.read_text(encoding="utf-8") == topics_page(topic_tree())


def test_every_topic_has_one_row():
    page = topics_page(topic_tree())
    for topic in topic_tree():
        assert page.count(f"| `{topic.topic_id}` |") == 1


def test_the_example_on_the_page_is_a_file_that_loads(tmp_path):
    text = topics_page(topic_tree()).split("```toml\n")[1].split("```")[0]
    assert "topics" in tomllib.loads(text)
    file = tmp_path / "example.toml"
    file.write_text(text, encoding="utf-8")
    ids = {topic.topic_id for topic in topic_tree([file])}
    assert "food.coffee.decaf" in ids
    assert "games.sandbox" not in ids
