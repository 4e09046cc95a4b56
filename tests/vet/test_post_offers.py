from __future__ import annotations

import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.vet.post_offers import kinds_of, post_offers


@pytest.mark.parametrize(
    ("text", "code", "kinds"),
    [
        ("GIVEAWAY time! Tag two friends to enter", "en", ["giveaway"]),
        (
            "Tag a friend who needs this, the winner will be announced on Friday",
            "en",
            ["giveaway"],
        ),
        ("Tag a friend who needs this", "en", []),
        ("سحب على ثلاث جوائز، تابعونا ومنشن لصديق", "ar", ["giveaway"]),
        ("الفائز بالمباراة هو فريقنا", "ar", []),
        ("قرعه‌کشی داریم! سه نفر از دوستات رو تگ کن", "fa", ["giveaway"]),
        ("بازی دیشب را بردیم و تیم ما برنده شد", "fa", []),
        ("فولو باك مضمون، أرد المتابعة", "ar", ["follow_loop"]),
        ("follow for follow giveaway", "en", ["giveaway", "follow_loop"]),
        ("", None, []),
    ],
)
def test_offers_are_told_by_their_wording(
    text: str, code: str | None, kinds: list[str]
) -> None:
    assert kinds_of([text], [code]) == [kinds]


def test_rows_hold_the_post_its_moment_and_the_beginning_of_its_text() -> None:
    schema = TABLES["vet_posts"].schema
    rows = [
        {"post_id": "x:1", "account_id": "x:me", "platform": "x", "text": "giveaway " * 100},
        {"post_id": "x:2", "account_id": "x:me", "platform": "x", "text": None},
    ]
    posts = pa.Table.from_pylist(rows, schema=schema)
    reader = pa.RecordBatchReader.from_batches(schema, posts.to_batches())
    made = pa.Table.from_batches(list(post_offers(reader))).to_pylist()
    assert [(r["post_id"], r["kind"], len(r["text"])) for r in made] == [
        ("x:1", "giveaway", 400)
    ]
