"""Counts and shares as vendors' files hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.text.numbers import count_of, counts_of, known, share_of_text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("6.2M", 6_200_000), ("6,2 M", 6_200_000), ("1.2K", 1_200), ("1.2k", 1_200),
        ("٦٫٢ مليون", 6_200_000), ("۶٫۲ میلیون", 6_200_000), ("۶/۲", None),
        ("12 هزار", 12_000), ("۱۲هزار", 12_000), ("١٢ ألف", 12_000), ("١٢ الف", 12_000),
        ("٣ آلاف", 3_000), ("٣ ملايين", 3_000_000), ("1,5 میلیارد", 1.5e9), ("2 مليار", 2e9),
        ("1,234", 1_234), ("1,2", 1.2), ("0,125", 0.125), ("1.234", 1.234),
        ("1.234.567", 1_234_567), ("12,34,567", 1_234_567), ("1٬234٬567", 1_234_567),
        ("۱،۲۳۴", 1_234), ("١٬٢٣٤٫٥", 1_234.5), ("1,234.5", 1_234.5), ("1.234,5", 1_234.5),
        ("1 234", 1_234), ("1\u00a0234\u202f567", 1_234_567), ("1'234", 1_234),
        ("۱۲۳", 123), ("١٢٣", 123), ("123", 123), (" 0 ", 0), (".5", 0.5), ("5.", 5),
        ("1.5e3", 1_500), ("10M+", 10_000_000), ("~3k", 3_000), ("+7", 7),
        ("1,5 Mio.", 1_500_000), ("2 mil", 2_000), ("1,2 jt", 1_200_000), ("4.5B", 4.5e9),
    ],
)  # fmt: skip
def test_counts(text, count):
    if count is None:
        with pytest.raises(ValueError, match="not a number"):
            count_of(text)
    else:
        assert count_of(text) == count


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing is given"),
        ("n/a", "nothing is given"),
        ("12%", "percentage"),
        ("١٢٪", "percentage"),
        ("-5", "negative"),
        ("3 lakh", "'lakh'"),
        ("1,2,3", "do not fit together"),
        ("1.2.3", "do not fit together"),
        ("1.234,567.8", "do not fit together"),
        ("1 23", "more than one number"),
        ("12 34 567", "more than one number"),
        ("abc", "not a number"),
        ("inf", "not a number"),
        ("1e999", "not a number"),
        ("9" * 1_000_000, "too long"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        count_of(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "—", "n/a", "N/A", "NA", "null", "None", "nan", "غير متوفر", "غير معروف",
     "ناموجود", "نامشخص", "ندارد", "لا يوجد", None],
)  # fmt: skip
def test_cells_that_say_nothing(text):
    assert known(text) is None


@pytest.mark.parametrize(("text", "kept"), [("0", "0"), (" 5 ", "5"), ("6.2M", "6.2M")])
def test_cells_that_say_something(text, kept):
    assert known(text) == kept


@pytest.mark.parametrize(
    ("text", "share"),
    [("12%", 0.12), ("٪١٢", 0.12), ("۱۲٪", 0.12), ("۱۲ درصد", 0.12), ("١٢ في المئة", 0.12),
     ("٣٫٥ بالمئة", 0.035), ("5 بالمائة", 0.05), ("0.12", 0.12), ("0,5", 0.5), ("-3%", -0.03),
     ("150 %", 1.5)],
)  # fmt: skip
def test_shares(text, share):
    assert share_of_text(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["12", "abc%", "", "%"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match=r"per cent sign|not a number|nothing is given"):
        share_of_text(text)


def test_a_column_gives_values_and_reasons():
    values, reasons = counts_of(["5", None, "", "6.2M", "abc", "۱۲", "n/a"])
    assert values == [5.0, None, None, 6_200_000.0, None, 12.0, None]
    assert reasons == [None, None, None, None, "'abc' is not a number", None, None]


@given(st.integers(0, 10**12))
def test_a_whole_number_is_read_back_however_it_is_grouped(n):
    persian = f"{n:,}".replace(",", "٬").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert count_of(str(n)) == count_of(f"{n:,}") == count_of(persian) == n


@given(st.text(max_size=30))
def test_any_text_gives_a_count_or_a_reason(text):
    (value,), (reason,) = counts_of([text])
    assert value is None or (value >= 0 and reason is None)
    assert not (known(text) is None and reason is not None)
