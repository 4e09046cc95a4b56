"""Files of fees, invented, in three languages, through the door that loads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawj.flow.loading import LoadAsked, load, mapping_for
from mawj.lake.erase import erase
from mawj.lake.lake import Lake
from mawj.sources.reading import open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Path]

ARABIC = """الحساب,المنصة,نوع المحتوى,السعر,العملة,التاريخ,الحالة,مدة الحصرية
@noura,انستغرام,ريلز,"١٬٥٠٠",ر.س,2026-10-01,عرض,30
omar,سناب شات,ستوري,8500 ريال سعودي,,2026-05-01,مدفوع,
"""
PERSIAN = """پیج,پلتفرم,نوع محتوا,قیمت,تاریخ,بازدید
@sara,اینستاگرام,استوری,۲۰ میلیون تومان,۱۴۰۵/۰۳/۰۱,۱۲۰ هزار
@mina,اینستاگرام,پست,۵۰۰٬۰۰۰٬۰۰۰ ریال,۱۴۰۵/۰۳/۰۱,
"""
ENGLISH = """creator,deliverable,fee,date,paid,usage days,orders
https://www.tiktok.com/@lina,video,"$1,200.50",2026-09-01,yes,30,12
instagram:noura,instagram:reel,1.5k AED,2026-09-02,no,soon,
nobody,reel,900 SAR,2026-09-02,no,,
"""


def loaded(lake: Lake, file: Path) -> Any:
    with open_file(str(file)) as raw:

        def never(guess: object) -> Any:
            raise AssertionError("a file of fees is known by its headings")

        asked = LoadAsked()
        return load(lake, raw, mapping_for(raw, asked, never), asked)


def fees(lake: Lake) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        lake.read("quotes").order_by("account_id", "amount_minor").to_pyarrow().to_pylist()
    )
    return found


def test_fees_are_read_in_arabic(make: Make, tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    loaded(lake, make("fees.csv", ARABIC))
    noura, omar = fees(lake)
    told = (noura["account_id"], noura["deliverable"], noura["amount_minor"], noura["currency"])
    assert told == ("instagram:noura", "instagram:reel", 150_000, "SAR")
    assert (noura["is_paid"], noura["exclusivity_days"]) == (False, 30.0)
    assert (omar["is_paid"], omar["amount_minor"]) == (True, 850_000)
    assert omar["basis"] == "typed_in"


def test_fees_are_read_in_persian_with_its_calendar_and_tomans(
    make: Make, tmp_path: Path
) -> None:
    lake = Lake.open(tmp_path / "lake")
    loaded(lake, make("fees.csv", PERSIAN))
    mina, sara = fees(lake)
    assert (sara["amount_minor"], sara["currency"]) == (200_000_000, "IRR")
    assert (sara["views"], str(sara["quoted_on"])) == (120_000.0, "2026-05-22")
    # Views can only have come of what was placed.
    assert (sara["is_paid"], mina["is_paid"]) == (True, False)


def test_what_cannot_be_read_is_told_and_the_rest_is_loaded(make: Make, tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    done = loaded(lake, make("fees.csv", ENGLISH))
    assert (done.n_rows, done.n_lost, done.n_rejected) == (3, 1, 2)
    assert any("the platform is not known" in reason for reason in done.first_reasons)
    assert any("usage_days" in reason for reason in done.first_reasons)
    lina = fees(lake)[1]
    assert (lina["account_id"], lina["usage_days"], lina["conversions"]) == (
        "tiktok:lina",
        30,
        12,
    )
    assert fees(lake)[0]["usage_days"] is None


def test_the_guides_file_is_loaded(make: Make, tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "guides" / "prices.md").read_text("utf-8")
    block = re.search(r"```csv\n(.*?)```", guide, re.DOTALL)
    assert block is not None
    lake = Lake.open(tmp_path / "lake")
    assert loaded(lake, make("fees.csv", block[1])).n_rejected == 0
    told = [(row["deliverable"], row["amount_minor"], row["is_paid"]) for row in fees(lake)]
    assert told == [("instagram:reel", 150_000, False), ("snapchat:story", 850_000, True)]


def test_the_same_file_again_changes_nothing(make: Make, tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    file = make("fees.csv", ENGLISH)
    loaded(lake, file)
    assert loaded(lake, file).was_known
    assert len(fees(lake)) == 2


def test_fees_go_with_the_person(make: Make, tmp_path: Path) -> None:
    with Lake.open(tmp_path / "lake") as lake:
        loaded(lake, make("fees.csv", ENGLISH))
        erase(lake, ["tiktok:lina"], key=b"0123456789abcdef", reason="asked")
        assert [row["account_id"] for row in fees(lake)] == ["instagram:noura"]
