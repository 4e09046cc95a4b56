"""Files of what came of placements, invented, in three languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.loading import LoadAsked, load, mapping_for
from mawj.lake.lake import Lake
from mawj.sources.reading import open_file
from mawj.sources.ready.results import detect

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """handle,platform,content,published,link,views,reach,likes,comments,clicks,sales,fee
@lina,instagram,reel,2026-11-02,https://instagram.com/p/x1,"12,000",9k,800,20,,3,"$1,200.50"
@lina,instagram,reel,soon,,5,,,,,,
@omar,tiktok,video,2026-11-03,,-4,,,,7,,
nobody,,reel,2026-11-02,,5,,,,,,
"""
ARABIC = """الحساب,المنصة,نوع المحتوى,تاريخ النشر,المشاهدات,الوصول,النقرات,الطلبات,الأجر
@noura,انستغرام,ريلز,2026-11-05,"١٢٬٠٠٠",٩٠٠٠,١٢٠,٤,1500 ر.س
"""
PERSIAN = """پیج,پلتفرم,نوع محتوا,تاریخ انتشار,بازدید,ریچ,کلیک,سفارش
@sara,اینستاگرام,استوری,۱۴۰۵/۰۸/۱۴,۱۲ هزار,۹۰۰۰,۳۰,۰
"""


def loaded(tmp_path: Path, text: str) -> tuple[Lake, Any]:
    file = tmp_path / "results.csv"
    file.write_text(text, encoding="utf-8")
    lake = Lake.open(tmp_path / "lake")
    asked = LoadAsked(grain="results")
    with open_file(str(file)) as raw:
        assert detect(raw)
        return lake, load(lake, raw, mapping_for(raw, asked, pytest.fail), asked)


def results(lake: Lake) -> list[dict[str, Any]]:
    table = lake.read("campaign_results").order_by("account_id")
    return list(table.to_pyarrow().to_pylist())


def test_results_are_read_in_english_and_faults_kept_with_reasons(tmp_path: Path) -> None:
    lake, done = loaded(tmp_path, ENGLISH)
    lina, omar = results(lake)
    assert lina["account_id"] == "instagram:lina"
    assert (lina["deliverable"], lina["published_on"]) == ("instagram:reel", date(2026, 11, 2))
    assert (lina["views"], lina["reach"], lina["engagements"]) == (12_000.0, 9_000.0, 820.0)
    assert (lina["clicks"], lina["conversions"]) == (None, 3.0)
    assert (lina["amount_minor"], lina["currency"]) == (120_050, "USD")
    # A count below none is set aside; the rest of its row is kept.
    assert (omar["views"], omar["clicks"]) == (None, 7.0)
    reasons = " ".join(r["reason"] for r in lake.read("rejected").to_pyarrow().to_pylist())
    for part in ("negative", "soon", "platform is not known"):
        assert part in reasons
    assert done.n_rejected == 3


def test_results_are_read_in_arabic_and_persian(tmp_path: Path) -> None:
    (tmp_path / "ar").mkdir()
    (noura,) = results(loaded(tmp_path / "ar", ARABIC)[0])
    assert (noura["deliverable"], noura["views"]) == ("instagram:reel", 12_000)
    assert (noura["reach"], noura["clicks"], noura["conversions"]) == (9_000, 120, 4)
    assert (noura["amount_minor"], noura["currency"]) == (150_000, "SAR")
    (tmp_path / "fa").mkdir()
    (sara,) = results(loaded(tmp_path / "fa", PERSIAN)[0])
    assert (sara["deliverable"], sara["published_on"]) == ("instagram:story", date(2026, 11, 5))
    # None ordered is a fact; it is not the same as not known.
    assert (sara["views"], sara["conversions"], sara["engagements"]) == (12_000, 0, None)


def test_a_fee_of_a_result_is_a_paid_fee_for_prices(tmp_path: Path) -> None:
    lake, _ = loaded(tmp_path, ENGLISH)
    (fee,) = lake.read("quotes").to_pyarrow().to_pylist()
    assert (fee["account_id"], fee["amount_minor"], fee["is_paid"]) == (
        "instagram:lina",
        120_050,
        True,
    )
    assert fee["views"] == 12_000


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    first, _ = loaded(tmp_path, ENGLISH)
    before = results(first)
    again, done = loaded(tmp_path, ENGLISH)
    assert done.was_known
    assert results(again) == before
