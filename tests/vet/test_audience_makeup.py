"""Languages and countries of an audience, as seen and as given."""

from __future__ import annotations

from typing import Any

from mawj.vet.audience_makeup import audience_makeup

SHOWN = ("slice", "dimension", "value", "n", "claimed_share")


def made(table_of: Any, faces: str, comments: str = "", audiences: str = "") -> Any:
    names = [line.split(" | ")[0] for line in faces.splitlines()]
    sample = "account_id | follower_id | n_loaded\n" + "\n".join(f"s | {n} | 9" for n in names)
    flags = " | is_sampled | is_population"
    heads = f"account_id | platform | language | country{flags}\n"
    rows = "\n".join(f"{line} | yes | no" for line in faces.splitlines())
    told = "comment_id | post_id | account_id | language\n" + comments
    given = "account_id | slice | dimension | value | share | as_of\n" + audiences
    return audience_makeup(
        table_of("follower_sample", sample),
        table_of("follower_faces", heads + rows),
        table_of("vet_comments", told),
        table_of("audiences", given),
    )


def test_followers_and_comments_are_counted_by_language(table_of: Any, rows_of: Any) -> None:
    faces = "a | x | ar | SA\nb | x | ar-Latn | \nc | x | und | SA"
    comments = "1 | p | s | fa\n2 | p | s | \n3 | p | s | fa-Latn"
    assert rows_of("audience_makeup", made(table_of, faces, comments), *SHOWN) == [
        "commenters | language | fa | 2 | -",
        "followers | country | SA | 2 | -",
        "followers | language | ar | 2 | -",
    ]


def test_what_is_given_stands_beside_what_is_seen(table_of: Any, rows_of: Any) -> None:
    given = (
        "s | followers | country | SA | 0.2 | 2024-01-01\n"
        "s | followers | country | SA | 0.7 | 2024-06-01\n"
        "s | followers | country | AE | 0.3 | 2024-06-01\n"
        "s | followers | age | 18-24 | 0.5 | 2024-06-01"
    )
    assert rows_of("audience_makeup", made(table_of, "a | x |  | SA", "", given), *SHOWN) == [
        "followers | country | AE | 0 | 0.3",
        "followers | country | SA | 1 | 0.7",
    ]
