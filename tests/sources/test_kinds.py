"""Columns of text read as counts, shares, moments, durations, handles and lists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.sources.kinds import duration_of, read_column, strings_of
from mawj.sources.mapping import Field
from mawj.sources.names import account_id_of, handle_of, native_id_of


def values(kind: str, *texts: str | None, platform: str | None = "x", **how: Any) -> list[Any]:
    found = read_column(
        kind,
        pa.array(texts, pa.string()),
        Field("f", heading="h", **how),
        pa.array([platform] * len(texts), pa.string()),
    )
    return found.values.to_pylist()


def problems(
    kind: str, *texts: str | None, platform: str | None = "x", **how: Any
) -> list[int]:
    column = pa.array(texts, pa.string())
    platforms = pa.array([platform] * len(texts), pa.string())
    return [
        i
        for i, _ in read_column(
            kind, column, Field("f", heading="h", **how), platforms
        ).problems
    ]


def day(year: int, month: int, on: int, hour: int = 0) -> datetime:
    return datetime(year, month, on, hour, tzinfo=UTC)


def test_counts_are_read_in_every_script_and_short_form() -> None:
    texts = ("6.2M", "٦٫٢ مليون", "1,234", "۱۲۳", "477900000.00", " 12 ", "۱۲ هزار", "1.234")
    assert values("count", *texts) == [6.2e6, 6.2e6, 1234, 123, 477.9e6, 12, 12_000, 1.234]


def test_what_is_not_known_is_null_and_no_fault() -> None:
    texts = ("", "-", "N/A", "N/A'", "#VALOR!", "غير متوفر", None)
    assert values("count", *texts) == [None] * 7
    assert problems("count", *texts) == []


def test_what_is_no_count_is_told_by_its_row() -> None:
    assert problems("count", "12", "many", "-3", "4%", "7") == [1, 2, 3]


def test_a_count_in_millions_is_multiplied_exactly() -> None:
    assert values("count", "8.3", "0.97", times=1e6) == [8_300_000, 970_000]


def test_shares_and_percents_are_0_to_1() -> None:
    assert values("share", "12%", "0.12", "٪١٢", "-") == [0.12, 0.12, 0.12, None]
    assert problems("share", "1.39") == [0]
    assert values("percent", "1.5", "1.5%", "05.02") == pytest.approx([0.015, 0.015, 0.0502])


def test_moments_are_read_in_three_calendars() -> None:
    texts = ("2024-05-01", "2024-05-01T10:00:00Z", "2024-05-01 13:00:00+03:00", "۱۴۰۳/۰۲/۱۲")
    expected = [day(2024, 5, 1), day(2024, 5, 1, 10), day(2024, 5, 1, 10), day(2024, 5, 1)]
    assert values("moment", *texts) == expected
    assert values("moment", "١٤٤٥/١٠/٢٢ هـ", "1714521600") == [day(2024, 5, 1), day(2024, 5, 1)]


def test_a_stated_calendar_is_used_for_figures() -> None:
    assert values("moment", "1403-02-12", calendar="jalali") == [day(2024, 5, 1)]


def test_day_first_settles_what_could_be_either() -> None:
    assert problems("moment", "01/05/2024") == [0]
    assert values("moment", "01/05/2024", day_first=True) == [day(2024, 5, 1)]


def test_a_day_that_does_not_exist_is_told_and_spoils_no_other() -> None:
    texts = ("2024-02-30", "2024-02-29", "2024-02-28T01:00:00Z")
    assert values("moment", *texts) == [None, day(2024, 2, 29), day(2024, 2, 28, 1)]
    assert problems("moment", *texts) == [0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("95", 95),
        ("1:35", 95),
        ("1:02:03", 3723),
        ("PT1M35S", 95),
        ("P1DT2H", 93_600),
        ("0", 0),
    ],
)
def test_durations_are_seconds(text: str, seconds: float) -> None:
    assert duration_of(text) == seconds


@pytest.mark.parametrize("text", ["long", "-5", "inf", "nan", "1:2:3:4"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration_of(text)


def test_lists_in_a_cell_are_taken_apart() -> None:
    assert strings_of("#قهوة #coffee, tea") == ["قهوة", "coffee", "tea"]
    assert strings_of('["#a", "b"]') == strings_of("['a', 'b']") == ["a", "b"]


def test_ids_need_a_platform() -> None:
    assert values("account", "nour", "https://t.me/nour", platform=None) == [
        None,
        "telegram:nour",
    ]
    assert problems("account", "nour", "https://t.me/nour", platform=None) == [0]


def test_rows_of_several_platforms_get_their_own_ids() -> None:
    found = read_column(
        "account",
        pa.array(["@A", "@B", "@C"]),
        Field("f", heading="h"),
        pa.array(["x", "tiktok", None]),
    )
    assert found.values.to_pylist() == ["x:a", "tiktok:b", None]


def test_names_lost_to_question_marks_are_not_known() -> None:
    assert values("name", "????? ????", "نور", "") == [None, "نور", None]
    assert values("name_before_handle", "???? @nour", "Nour @nour") == [None, "Nour"]
    assert values("account_within", "???? @Nour") == ["x:nour"]


def test_only_a_clear_handle_heading_makes_a_fault_of_a_name() -> None:
    assert values("maybe_handle", "Nour The Cook", "@Nour") == [None, "nour"]
    assert problems("maybe_handle", "Nour The Cook") == []
    assert problems("handle", "Nour The Cook") == [0]


PASTED = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"@?[A-Za-z0-9_.]{1,12}", fullmatch=True),
    st.sampled_from(["UC" + "a" * 22, "x:1", "https://t.me/nour", "UCshort", "a-b"]),
)


@settings(max_examples=150, deadline=None)
@given(PASTED, st.sampled_from(["x", "youtube", "instagram"]))
def test_whole_columns_and_single_cells_are_read_alike(text: str, platform: str) -> None:
    known = text.strip() if text.strip().lower() not in NOTHING else ""
    for kind, one in (("account", account_id_of), ("native", native_id_of)):
        expected = one(known, platform) if known else None
        assert values(kind, text, platform=platform) == [expected]
    assert values("maybe_handle", text) == [handle_of(known) if known else None]


NOTHING = {
    "-", "--", "—", "–", "n/a", "na", "null", "none", "nan", "nil", "(null)", "#n/a",
    "غير متوفر", "غير معروف", "لا يوجد", "ندارد", "نامشخص",
}  # fmt: skip
