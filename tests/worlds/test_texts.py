"""The words of the world: complete, in the language they claim, and no fact lost on the way."""

import re
import tomllib
from importlib.resources import files

import pandas as pd
import pytest

from mawj.text.facts import text_facts
from mawj.text.language import language
from mawj.worlds.lexicon import FLAVOURS, LANGUAGES, TONES, Subject, lexicon
from mawj.worlds.world import World

SUBJECTS = lexicon().subjects


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.topic_id)
def test_a_subject_has_enough_to_say_in_each_language(subject: Subject) -> None:
    for name in LANGUAGES:
        words = subject.words[name]
        slots = {"thing", "detail", "tags"}
        posts = [text for key, texts in words.items() if key not in slots for text in texts]
        assert len(set(posts)) >= 12
        assert len(set(words["thing"])) >= 8
        assert len(set(words["detail"])) >= 8
        assert set(re.findall(r"\{(\w+)\}", " ".join(posts))) <= {
            "thing",
            "detail",
            "time",
            "place",
            "n",
        }
        assert set(words) - slots - {"posts"} <= set(FLAVOURS)


def test_there_are_thirty_subjects_with_ids_of_their_own() -> None:
    assert len({subject.topic_id for subject in SUBJECTS}) == len(SUBJECTS) >= 30


def test_subjects_are_topics_of_the_taxonomy() -> None:
    folder = files("mawj.identify") / "taxonomy" / "topics"
    known = {
        topic
        for path in folder.iterdir()
        if path.name.endswith(".toml")
        for topic in tomllib.loads(path.read_text(encoding="utf-8"))["topics"]
    }
    assert {subject.topic_id for subject in SUBJECTS} <= known


def test_every_flavour_comments_in_every_tone() -> None:
    comments = lexicon().comments
    for flavour in FLAVOURS:
        for tone in TONES[:6]:
            assert len(set(comments[flavour][tone])) >= 8, (flavour, tone)
    for tone in TONES[6:]:
        assert all(len(set(comments[tone][name])) >= 8 for name in LANGUAGES), tone


def test_brands_are_made_up_in_three_languages_and_fit_known_subjects() -> None:
    known = {subject.topic_id for subject in SUBJECTS}
    for brand in lexicon().brands["brand"]:
        assert set(brand["name"]) == set(LANGUAGES)
        assert set(brand["subjects"]) <= known


def test_posts_are_in_the_language_they_claim(frames: dict[str, pd.DataFrame]) -> None:
    posts = frames["posts"][::8]
    told = [language(text).code for text in posts.text]
    assert (posts.language == told).mean() >= 0.97


def test_posts_are_written_in_every_flavour_and_script(frames: dict[str, pd.DataFrame]) -> None:
    posts = frames["posts"]
    assert {"ar", "fa", "en", "ar-Latn", "fa-Latn"} <= set(posts.language)
    assert set(frames["true_accounts"].query("role != 'bot'").flavour) == set(FLAVOURS[:8])
    text = "\n".join(posts.text)
    for sign in ("\u200c", "\u0640", "٣", "۳", "3", "😂", "#", "@"):
        assert sign in text, repr(sign)


def test_facts_put_together_from_parts_are_those_of_the_whole_text(world: World) -> None:
    rows = world.tables["posts"].select(
        ["text", "language", "hashtags", "mentions", "links", "terms"]
    ).to_pylist()[::3]  # fmt: skip
    facts = text_facts([row["text"] for row in rows], [row["language"] for row in rows])
    for name in ("hashtags", "mentions", "links", "terms"):
        assert [row[name] for row in rows] == facts[name], name


def test_a_repost_says_what_its_original_said(frames: dict[str, pd.DataFrame]) -> None:
    posts = frames["posts"].set_index("post_id")
    reposts = posts.dropna(subset="repost_of_post_id")
    assert len(reposts) > 100
    assert (posts.text[reposts.repost_of_post_id].to_numpy() == reposts.text.to_numpy()).all()


def test_no_text_keeps_an_empty_slot(frames: dict[str, pd.DataFrame]) -> None:
    for column in (
        frames["posts"].text,
        frames["comments"].text,
        frames["accounts"].bio.dropna(),
    ):
        assert not column.str.contains(r"[{}]").any()
