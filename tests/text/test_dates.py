"""Dates of three calendars as files hold them; the pairs of days are from almanacs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.text.dates import moment_of, moments_of


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-01", utc(2024, 5, 1)),
        ("2024-05-01T10:00:00+03:30", utc(2024, 5, 1, 6, 30)),
        ("2024-05-01T10:00:00Z", utc(2024, 5, 1, 10)),
        ("2024-05-01T10:00:00.123456789Z", utc(2024, 5, 1, 10, 0, 0, 123456)),
        ("2024-05-01 10:00:00 UTC", utc(2024, 5, 1, 10)),
        ("20240501", utc(2024, 5, 1)),
        ("1714557600", utc(2024, 5, 1, 10)),
        ("1714557600.5", utc(2024, 5, 1, 10, 0, 0, 500000)),
        ("1714557600123", utc(2024, 5, 1, 10, 0, 0, 123000)),
        ("1714557600123456", utc(2024, 5, 1, 10, 0, 0, 123456)),
        ("1714557600123456789", utc(2024, 5, 1, 10, 0, 0, 123456)),
        ("١٧١٤٥٥٧٦٠٠", utc(2024, 5, 1, 10)),
        ("Wed Oct 10 20:19:24 +0000 2018", utc(2018, 10, 10, 20, 19, 24)),
        ("Wed, 02 Oct 2002 15:00:00 +0200", utc(2002, 10, 2, 13)),
        ("Wed, 02 Oct 2002 13:00:00 GMT", utc(2002, 10, 2, 13)),
        ("2024/05/01", utc(2024, 5, 1)),
        ("01.05.2024", utc(2024, 5, 1)),
        ("25/12/2024", utc(2024, 12, 25)),
        ("12/25/2024", utc(2024, 12, 25)),
        ("٢٠٢٤/٠٥/٠١", utc(2024, 5, 1)),
        ("May 1, 2024", utc(2024, 5, 1)),
        ("1 May 2024 3:05 PM", utc(2024, 5, 1, 15, 5)),
        ("12/25/2024 12:30 am", utc(2024, 12, 25, 0, 30)),
        ("١ مايو ٢٠٢٤ م", utc(2024, 5, 1)),
        ("السبت 3 أغسطس 2024", utc(2024, 8, 3)),
        ("5 كانون الثاني 2024", utc(2024, 1, 5)),
        ("7 غشت 2023", utc(2023, 8, 7)),
        ("۵ ژانویه ۲۰۲۴", utc(2024, 1, 5)),
        ("1403/02/15", utc(2024, 5, 4)),
        ("۱۴۰۳/۰۲/۱۵", utc(2024, 5, 4)),
        ("1403-02-15", utc(2024, 5, 4)),
        ("۱۵ اردیبهشت ۱۴۰۳", utc(2024, 5, 4)),
        ("شنبه ۱۵ مهر ۱۴۰۲", utc(2023, 10, 7)),
        ("1403/01/01 14:30", utc(2024, 3, 20, 14, 30)),
        ("1403/12/30", utc(2025, 3, 20)),
        ("1445/09/01", utc(2024, 3, 11)),
        ("١ رمضان ١٤٤٥ هـ", utc(2024, 3, 11)),
        ("1 ذو الحجة 1445", utc(2024, 6, 7)),
        ("۱ ربیع‌الاول ۱۴۴۵", utc(2023, 9, 16)),
        ("1400/01/01 هـ", utc(1979, 11, 20)),
        ("1400/01/01 ه.ش", utc(2021, 3, 21)),
    ],
)
def test_moments(text, moment):
    assert moment_of(text) == moment
    assert moment_of(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no date is given"),
        ("yesterday", "not a date in any form"),
        ("1/5/2024", "day_first"),
        ("2024-13-40", "month must be in"),
        ("30/02/2024", "out of range"),
        ("1402/12/30", "out of range"),
        ("15 Foo 2024", "no month that is known"),
        ("1600/01/01", "no calendar"),
        ("2024-05-01 13:00 pm", "hour 13"),
        ("9999999999", "outside the years"),
        ("1" * 1_000_000, "too long"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        moment_of(text)


def test_day_first_settles_what_could_be_both():
    assert moment_of("1/5/2024", day_first=True) == utc(2024, 5, 1)
    assert moment_of("1/5/2024", day_first=False) == utc(2024, 1, 5)
    assert moment_of("5/5/2024") == utc(2024, 5, 5)


def test_the_calendar_that_is_said_goes_before_the_year():
    assert moment_of("1405/01/01", calendar="hijri") == utc(1984, 9, 26)
    assert moment_of("1405/01/01") == utc(2026, 3, 21)
    assert moment_of("1420/01/01", calendar="jalali") == utc(2041, 3, 20)


def test_a_months_name_goes_before_the_calendar_that_is_said():
    assert moment_of("1 May 2024", calendar="jalali") == utc(2024, 5, 1)


def test_a_column_gives_moments_and_reasons():
    moments, reasons = moments_of(["2024-05-01", None, "", "x", "1403/02/15"])
    assert moments == [utc(2024, 5, 1), None, None, None, utc(2024, 5, 4)]
    assert [reason is None for reason in reasons] == [True, True, True, False, True]


@given(st.integers(10**14, 7 * 10**15))
def test_iso_and_epoch_are_read_back(micros):
    moment = utc(1970, 1, 1) + timedelta(microseconds=micros)
    assert moment_of(moment.isoformat()) == moment
    assert moment_of(str(micros)) == moment


@given(st.text(max_size=30))
def test_any_text_gives_a_moment_or_a_reason(text):
    (moment,), (reason,) = moments_of([text])
    assert moment is None or (moment.tzinfo is UTC and reason is None)
