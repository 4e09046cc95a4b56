"""`mawj passes` and `mawj cascade` in three languages and forms."""

import json

import pytest
from click.testing import CliRunner
from ibis import _

from mawj.cli.main import mawj


@pytest.fixture
def post(opened) -> dict[str, str]:
    acts = opened.acts().filter(_.kind == "repost", _.post_id.notnull())
    counted = acts.group_by("post_id", "target_id").agg(n=_.count())
    found = counted.order_by(_.n.desc(), "post_id").limit(1).to_pyarrow().to_pylist()[0]
    return {name: str(value) for name, value in found.items()}


def said(lake, *words: str) -> str:
    made = CliRunner().invoke(mawj, [words[0], "--lake", str(lake), *words[1:]])
    assert made.exit_code == 0, made.output
    return made.output


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Who passes on"), ("ar", "من ينقل"), ("fa", "بازپخش")]
)
def test_it_says_who_passes_on_in_the_readers_language(built_lake, post, language, word):
    assert word in said(built_lake, "passes", post["target_id"], "--lang", language)


def test_csv_and_json_hold_every_passer(built_lake, post):
    csv = said(built_lake, "passes", post["target_id"], "--format", "csv")
    answer = json.loads(said(built_lake, "passes", post["target_id"], "--format", "json"))
    assert csv.startswith("account_id,passer_id,n_posts")
    assert len(csv.splitlines()) == len(answer["passers"]) + 1


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_cascade_is_told_in_three_languages(built_lake, post, language):
    assert post["post_id"] in said(built_lake, "cascade", post["post_id"], "--lang", language)


def test_the_tree_of_a_cascade_comes_as_csv(built_lake, post):
    lines = said(built_lake, "cascade", post["post_id"], "--format", "csv").splitlines()
    assert lines[0] == "account_id,at,parent_id,parent_by,n_candidates,depth"
    assert len(lines) > 2


@pytest.mark.parametrize(
    ("language", "word", "sure"),
    [("en", "because it", "7.7%"), ("ar", "الاحتمال", "7.7%"), ("fa", "احتمال", "۷٫۷٪")],
)
def test_who_is_next_is_told_with_reasons_and_how_sure_it_is(
    built_lake, post, language, word, sure
):
    told = said(built_lake, "cascade", post["post_id"], "--next", "--lang", language)
    assert post["post_id"] in told
    assert word in told
    assert sure in told


def test_csv_and_json_hold_everybody_who_may_be_next(built_lake, post):
    asked = ("cascade", post["post_id"], "--next", "--format")
    lines = said(built_lake, *asked, "csv").splitlines()
    answer = json.loads(said(built_lake, *asked, "json"))
    assert lines[0] == "account_id,chance,n_passed,n_passed_own,n_followed,reasons"
    assert len(lines) == len(answer["candidates"]) + 1
