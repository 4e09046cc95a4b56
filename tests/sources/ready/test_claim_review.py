"""Fact-checks in ClaimReview form, invented, in every shape that publishers give them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.loading import LoadAsked, load, mapping_for
from mawj.lake.erase import erase
from mawj.lake.lake import Lake
from mawj.sources.reading import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]


def review(claim: str = "Onions in the room cure the flu", **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/1",
        "claimReviewed": claim,
        "datePublished": "2026-01-05",
        "author": {"@type": "Organization", "name": "Checks"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Somebody"}},
        "reviewRating": {
            "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
            "alternateName": "False",
        },
    } | more  # fmt: skip


ANSWER = {
    "claims": [
        {
            "text": "النوم بعد الأكل يسبب العمى",
            "claimant": "منشورات",
            "claimReview": [
                {
                    "publisher": {"name": "تحقق", "site": "tahaqoq.example"},
                    "url": "https://tahaqoq.example/2",
                    "reviewDate": "2026-02-01T00:00:00Z",
                    "textualRating": "زائف جزئيًا",
                    "languageCode": "ar",
                }
            ],
        }
    ],
    "nextPageToken": "x",
}

SHAPES: dict[str, Any] = {
    "one": review(),
    "a list": [review()],
    "a feed": {
        "@type": "DataFeed",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": [review()]}],
    },
    "a page": {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, review()]},
    "kinds in a list": review() | {"@type": ["Review", "schema:ClaimReview"]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_row(make: Make, read: Any, shape: str) -> None:
    got = read(make("claims.json", json.dumps(SHAPES[shape], indent=1)))
    (row,) = got.tables["fact_checks"]
    names = ("claim", "verdict", "rating", "rating_value", "reviewer", "review_url", "claimant")
    assert [row[name] for name in names] == [
        "Onions in the room cure the flu", "false", "False", 1.0, "Checks",
        "https://checks.example/1", "Somebody",
    ]  # fmt: skip
    assert row["reviewed_at"] == datetime(2026, 1, 5, tzinfo=UTC)
    assert (row["claim_language"], row["basis"]) == ("en", "public")


def test_lines_of_reviews_are_read(make: Make, read: Any) -> None:
    lines = "\n".join(json.dumps(review(f"Claim number {i} of the flu")) for i in range(3))
    assert len(read(make("claims.jsonl", lines)).tables["fact_checks"]) == 3


def test_the_answer_of_the_fact_check_tools_is_read(make: Make, read: Any) -> None:
    got = read(make("answer.json", json.dumps(ANSWER, ensure_ascii=False)))
    assert got.only("fact_checks", "claim_language", "verdict", "reviewer", "claimant") == [
        ("ar", "mixed", "تحقق", "منشورات")
    ]


@pytest.mark.parametrize(
    ("words", "value", "verdict"),
    [
        ("Mostly false", None, "false"),
        ("Not true", 5, "false"),
        ("Half true", None, "mixed"),
        ("Misleading", None, "mixed"),
        ("True", None, "true"),
        ("Unproven", 1, "unknown"),
        ("شائعة", None, "false"),
        ("صحيح جزئيًا", None, "mixed"),
        ("غير مؤكد", None, "unknown"),
        ("نادرست", None, "false"),
        ("گمراه‌کننده", None, "mixed"),
        ("درست", None, "true"),
        (None, 1, "false"),
        (None, 3, "mixed"),
        (None, 5, "true"),
        (None, 0, "unknown"),
        (None, "2,0", "false"),
        ("Four stars", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_a_rating_comes_down_to_a_verdict(
    make: Make, read: Any, words: str | None, value: Any, verdict: str
) -> None:
    rating = {"alternateName": words, "ratingValue": value}
    got = read(make("claims.json", json.dumps(review(reviewRating=rating))))
    assert got.only("fact_checks", "verdict") == [verdict]


def test_a_scale_that_runs_backwards_is_read(make: Make, read: Any) -> None:
    rating = {"ratingValue": 10, "worstRating": 10, "bestRating": 0}
    got = read(make("claims.json", json.dumps(review(reviewRating=rating))))
    assert got.only("fact_checks", "verdict") == ["false"]


def test_two_reviews_of_one_claim_are_two_rows(make: Make, read: Any) -> None:
    other = review(url="https://other.example/9")
    got = read(make("claims.json", json.dumps([review(), other, review()])))
    assert len(got.tables["fact_checks"]) == 2


def test_a_review_without_its_claim_is_set_aside(make: Make, read: Any) -> None:
    bare = review()
    del bare["claimReviewed"]
    got = read(make("claims.json", json.dumps([review(), bare])))
    assert len(got.tables["fact_checks"]) == 1
    assert got.reasons() == [
        (2, "claimReviewed", "the review does not say which claim it checks")
    ]


@pytest.mark.parametrize(
    "strange",
    [
        {"reviewRating": "False"},
        {"author": None, "publisher": [{"name": 7}]},
        {"itemReviewed": [None, 3]},
        {"datePublished": "soon", "url": {"@id": "https://checks.example/7"}},
        {"reviewRating": {"ratingValue": True, "bestRating": "five", "worstRating": []}},
    ],
)
def test_strange_values_are_not_known_and_the_row_stays(
    make: Make, read: Any, strange: dict[str, Any]
) -> None:
    got = read(make("claims.json", json.dumps(review(**strange))))
    assert len(got.tables["fact_checks"]) == 1


def loaded(lake: Lake, path: Path, grain: str = "") -> Any:
    asked = LoadAsked(grain=grain)
    with open_file(str(path)) as raw:
        return load(lake, raw, mapping_for(raw, asked, lambda _: pytest.fail("guessed")), asked)


@pytest.mark.parametrize("grain", ["", "fact_checks"])
def test_loading_the_same_claims_twice_changes_nothing(
    make: Make, tmp_path: Path, grain: str
) -> None:
    path = make("claims.json", json.dumps([review(), review("The moon is a lamp of glass")]))
    with Lake.open(tmp_path / "lake") as lake:
        assert loaded(lake, path, grain).tables["fact_checks"]["new"] == 2
        assert loaded(lake, path, grain).was_known
        assert lake.read("fact_checks").count().execute() == 2


def test_who_is_erased_leaves_the_claims_too(make: Make, tmp_path: Path) -> None:
    path = make("claims.json", json.dumps(review("@layla_k says onions cure the flu")))
    with Lake.open(tmp_path / "lake") as lake:
        loaded(lake, path)
        erase(lake, ["x:4211007"], handles=["x:layla_k"], key=b"key", reason="asked")
        claims = lake.read("fact_checks").to_pyarrow()["claim"].to_pylist()
    assert claims == ["@[erased] says onions cure the flu"]
