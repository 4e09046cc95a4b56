"""Rows from files: what is kept, what is set aside, what is made of what the rows imply."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.sources.guessing import guess
from mawj.sources.mapping_file import mapping_from
from mawj.sources.pieces import RawRows, Rejections, TableBatch
from mawj.sources.reading import open_file
from mawj.sources.rows import rows_of
from mawj.tables.declared import TABLES
from mawj.tables.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    Make = Callable[..., Path]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
THEN = datetime(2026, 2, 1, tzinfo=UTC)
ACCOUNTS = {
    "platform": "instagram",
    "accounts": {"account_id": "handle", "handle": "handle", "name": "name"},
    "account_snapshots": {"account_id": "handle", "followers": "followers"},
}
POSTS = {
    "platform": "x",
    "posts": {"account_id": "by", "text": "text", "published_at": "at", "language": "lang"},
    "post_snapshots": {"likes": "likes"},
}


def test_every_row_carries_its_provenance(make: Make, read: Any) -> None:
    path = make("list.csv", "handle,name,followers\nanna,Anna,10\n")
    row = read(path, mapping_from(ACCOUNTS)).tables["accounts"][0]
    assert (row["source"], row["basis"], row["load_id"], row["fetched_at"]) == (
        "file:list.csv", "public", "l", NOW,
    )  # fmt: skip
    told = mapping_from(ACCOUNTS | {"source": "agency", "basis": "typed_in"})
    row = read(path, told).tables["accounts"][0]
    assert (row["source"], row["basis"]) == ("agency", "typed_in")


def test_counts_take_the_moment_of_mapping_before_that_of_the_load(
    make: Make, read: Any
) -> None:
    path = make("list.csv", "handle,name,followers\nanna,Anna,10\n")
    mapping = mapping_from(ACCOUNTS)
    assert read(path, mapping).only("account_snapshots", "taken_at") == [THEN]
    day = datetime(2024, 5, 1, tzinfo=UTC)
    assert read(path, mapping.at(day)).only("account_snapshots", "taken_at") == [day]


def test_an_optional_cell_that_cannot_be_read_is_told_and_the_row_is_loaded(
    make: Make, read: Any
) -> None:
    path = make("list.csv", "handle,name,followers\nanna,Anna,many\nbob,Bob,7\n")
    got = read(path, mapping_from(ACCOUNTS))
    assert got.only("accounts", "account_id") == ["instagram:anna", "instagram:bob"]
    assert got.only("account_snapshots", "followers") == [7.0]
    assert got.reasons() == [(1, "followers", "'many' is not a number")]
    assert got.n_lost == 0
    assert got.rejected[0].record == '{"handle":"anna","name":"Anna","followers":"many"}'


def test_a_row_without_what_the_table_needs_is_set_aside(make: Make, read: Any) -> None:
    path = make("list.csv", "handle,name,followers\n,Anna,5\nbob,Bob,7\n")
    got = read(path, mapping_from(ACCOUNTS))
    assert got.only("accounts", "account_id") == ["instagram:bob"]
    assert got.reasons() == [(1, "account_id", "nothing is given; accounts needs it")]
    assert got.n_lost == 1


def test_a_ragged_row_stands_among_the_rejections(make: Make, read: Any) -> None:
    got = read(
        make("list.csv", "handle,name,followers\nanna\nbob,Bob,7\n"), mapping_from(ACCOUNTS)
    )
    assert got.reasons() == [(1, "", "has 1 cells where the headings have 3")]
    assert got.n_lost == 1


def test_rows_as_they_came_are_kept_with_whom_they_name(make: Make, read: Any) -> None:
    got = read(
        make("list.csv", "handle,name,followers\n@Anna,Anna,1.2M\n"), mapping_from(ACCOUNTS)
    )
    assert got.raw == [
        {
            "row": 1, "handle": "@Anna", "name": "Anna", "followers": "1.2M",
            "account_ids": ["instagram:anna"],
        }
    ]  # fmt: skip


def test_both_sides_of_a_follow_are_named_for_erasing(make: Make, read: Any) -> None:
    mapping = mapping_from(
        {"platform": "x", "follows": {"follower_id": "a", "followed_id": "b"}}
    )
    got = read(make("f.csv", "a,b\nanna,bob\nbob,carla\n"), mapping)
    assert [row["account_ids"] for row in got.raw] == [
        ["x:anna", "x:bob"],
        ["x:bob", "x:carla"],
    ]


def test_a_snapshot_that_says_nothing_is_no_row_and_no_fault(make: Make, read: Any) -> None:
    path = make("list.csv", "handle,name,followers\nanna,Anna,-\n")
    got = read(path, mapping_from(ACCOUNTS))
    assert "account_snapshots" not in got.tables
    assert (got.rejected, got.n_lost) == ([], 0)


def test_values_outside_what_is_possible_are_not_stored(make: Make, read: Any) -> None:
    mapping = mapping_from(
        {
            "platform": "x",
            "audiences": {
                "account_id": "h", "slice": "slice", "dimension": {"constant": "country"},
                "value": "v", "share": {"from": "share", "kind": "percent"},
            },
        }
    )  # fmt: skip
    path = make(
        "a.csv",
        "h,slice,v,share\nanna,followers,SA,40\nanna,followers,AE,140\nanna,fans,QA,1\n",
    )
    got = read(path, mapping)
    assert got.only("audiences", "value", "share", "as_of") == [("SA", 0.4, THEN)]
    assert got.reasons() == [
        (2, "share", "1.4 is outside what is possible from 0 to 1"),
        (3, "slice", "'fans' is not one of followers, engaged, commenters, viewers"),
    ]


def test_texts_of_posts_get_language_tags_links_and_terms(make: Make, read: Any) -> None:
    path = make(
        "p.csv",
        "by,text,at,lang,likes\n"
        "anna,قهوة الصباح اليوم #قهوة @Bob https://example.org/a,2024-05-01,,3\n"
        "anna,good morning to you all,2024-05-02,en,4\n"
        "anna,,2024-05-03,,5\n",
    )
    first, second, third = read(path, mapping_from(POSTS)).tables["posts"]
    assert (first["language"], first["language_basis"]) == ("ar", "detected")
    assert (first["mentions"], first["links"]) == (["bob"], ["https://example.org/a"])
    assert len(first["hashtags"]) == 1
    assert first["terms"]
    assert (second["language"], second["language_basis"]) == ("en", "given")
    assert [third[name] for name in ("language", "hashtags", "terms")] == [None] * 3


def test_posts_without_ids_get_one_made_of_what_they_hold(make: Make, read: Any) -> None:
    text = "by,text,at,lang,likes\nanna,hello there,2024-05-01,en,3\nanna,bye,2024-05-01,en,4\n"
    got = read(make("p.csv", text), mapping_from(POSTS))
    again = read(make("q.csv", text), mapping_from(POSTS))
    ids = got.only("posts", "post_id")
    assert len(set(ids)) == 2
    assert ids == again.only("posts", "post_id") == got.only("post_snapshots", "post_id")
    assert all(one.startswith("x:digest-") for one in ids)


def test_an_author_said_of_many_posts_is_given_once(make: Make, read: Any) -> None:
    rows = "".join(f"anna,hello number {i},2024-05-01,en,3\n" for i in range(5))
    mapping = mapping_from(POSTS | {"accounts": {"account_id": "by", "handle": "by"}})
    got = read(make("p.csv", f"by,text,at,lang,likes\n{rows}"), mapping)
    assert got.only("accounts", "handle") == ["anna"]
    assert len(got.tables["posts"]) == 5


def test_constants_templates_and_factors_fill_columns(make: Make, read: Any) -> None:
    mapping = mapping_from(
        {
            "accounts": {
                "account_id": {"template": "telegram:{h}"},
                "country": {"constant": "إيران"},
            },
            "account_snapshots": {
                "account_id": {"template": "telegram:{h}"},
                "followers": {"from": "k", "times": 1000},
            },
        }
    )
    got = read(make("t.csv", "h,k\nkhabar,12.5\n"), mapping)
    assert got.only("accounts", "account_id", "platform", "country") == [
        ("telegram:khabar", "telegram", "IR")
    ]
    assert got.only("account_snapshots", "followers") == [12_500.0]


def test_a_list_of_hashtags_in_the_file_stands_before_those_in_the_text(
    make: Make, read: Any
) -> None:
    mapping = mapping_from(
        {
            "platform": "x",
            "posts": {"account_id": "by", "post_id": "id", "text": "text", "hashtags": "tags"},
        }
    )
    path = make("p.csv", 'by,id,text,tags\nanna,1,hello #two,"#One, #two"\nanna,2,,#three\n')
    assert read(path, mapping).only("posts", "hashtags") == [["one", "two"], ["three"]]


def test_interactions_get_an_id_made_of_what_they_say(make: Make, read: Any) -> None:
    mapping = mapping_from(
        {"platform": "x", "interactions": {"kind": "k", "actor_id": "a", "target_id": "b"}}
    )
    got = read(
        make("i.csv", "k,a,b\nRT,anna,bob\nRT,anna,bob\nlike,anna,bob\njump,a,b\n"), mapping
    )
    ids = got.only("interactions", "interaction_id")
    assert (len(ids), len(set(ids))) == (3, 2)
    assert got.reasons()[0][:2] == (4, "kind")


def test_pages_whose_list_is_missing_are_told(make: Make, read: Any) -> None:
    mapping = mapping_from(ACCOUNTS | {"records": "data"})
    path = make("p.jsonl", '{"data": [{"handle": "anna", "name": "A"}, 3]}\n{"error": "x"}\n')
    got = read(path, mapping)
    assert got.only("accounts", "handle") == ["anna"]
    assert [(row, field) for row, field, _ in got.reasons()] == [(2, ""), (3, "data")]


def test_rejections_become_rows_of_their_table(make: Make) -> None:
    path = make("list.csv", "handle,name,followers\nanna\n")
    with open_file(path) as raw:
        pieces = list(
            rows_of(raw, mapping_from(ACCOUNTS), load_id="l", fetched_at=NOW, taken_at=THEN)
        )
    (rejections,) = [piece for piece in pieces if isinstance(piece, Rejections)]
    batch = rejections.as_batch("l", "list.csv", NOW)
    assert batch.schema == TABLES["rejected"].schema
    assert batch.to_pylist()[0]["row"] == 1


CELL = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "anna", "1.2M", "-", "2024-02-30", '"', "a,b", "نور", "#N/A", "1e999"]
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    heading=st.lists(
        st.sampled_from(["handle", "name", "followers", "text", "date", "likes", "عدد", '"']),
        min_size=1, max_size=5,
    ),
    body=st.lists(st.lists(CELL, max_size=6), max_size=6),
    tail=st.binary(max_size=6),
)  # fmt: skip
def test_any_table_gives_rows_rejections_or_a_source_error(
    tmp_path_factory: pytest.TempPathFactory,
    heading: list[str],
    body: list[list[str]],
    tail: bytes,
) -> None:
    lines = [",".join(heading), *(",".join(row) for row in body)]
    path = tmp_path_factory.mktemp("any") / "instagram.csv"
    path.write_bytes("\n".join(lines).encode("utf-8", "replace") + tail)
    with suppress(SourceError), open_file(path) as raw:
        found = guess(raw)
        if found.mapping is None:
            assert found.missing
            return
        for piece in rows_of(raw, found.mapping, load_id="l", fetched_at=NOW, taken_at=THEN):
            assert isinstance(piece, TableBatch | Rejections | RawRows)
