"""Names of months in the three calendars, as search form writes them.

Arabic names of Gregorian months differ by region (Egypt and the Gulf, the Levant and Iraq, the
Maghreb); Persian ones follow the French. Jalali months also bear their Afghan names.
"""

from typing import Literal

from mawj.text.normalise import search_form

Calendar = Literal["gregorian", "jalali", "hijri"]

_GREGORIAN = (
    "january jan يناير جانفي ژانویه|كانون الثاني|ینایر",
    "february feb فبراير فيفري شباط فوریه",
    "march mar مارس آذار مارچ",
    "april apr أبريل ابريل إبريل أفريل نيسان آوریل آپریل",
    "may مايو ماي أيار مه می",
    "june jun يونيو يونيه جوان حزيران ژوئن جون",
    "july jul يوليو يوليه جويلية يوليوز تموز ژوئیه ژوییه جولای",
    "august aug أغسطس اغسطس أوت غشت آب اوت آگوست",
    "september sep sept سبتمبر شتنبر أيلول سپتامبر",
    "october oct أكتوبر اكتوبر اکتبر|تشرين الأول|اکتوبر",
    "november nov نوفمبر نونبر نوامبر|تشرين الثاني",
    "december dec ديسمبر دجنبر دسامبر|كانون الأول",
)
_JALALI = (
    "فروردین حمل farvardin", "اردیبهشت ثور ordibehesht", "خرداد جوزا khordad",
    "تیر سرطان tir", "مرداد امرداد اسد mordad", "شهریور سنبله shahrivar",
    "مهر میزان mehr", "آبان عقرب aban", "آذر قوس azar", "دی جدی dey", "بهمن دلو bahman",
    "اسفند حوت esfand",
)  # fmt: skip
_HIJRI = (
    "محرم muharram", "صفر safar", "|ربيع الأول|ربیع‌الاول|rabi al-awwal",
    "|ربيع الآخر|ربيع الثاني|ربیع‌الثانی|rabi al-thani",
    "|جمادى الأولى|جمادى الأول|جمادی‌الاول|جمادی الاولی|jumada al-awwal",
    "|جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادی‌الثانی|جمادی الثانی|jumada al-thani",
    "رجب rajab", "شعبان shaban", "رمضان ramadan|رمضان المبارك", "شوال shawwal",
    "|ذو القعدة|ذي القعدة|ذوالقعده|ذی‌القعده|ذیقعده|dhu al-qidah",
    "|ذو الحجة|ذي الحجة|ذوالحجه|ذی‌الحجه|ذیحجه|dhu al-hijjah",
)  # fmt: skip


def _names(rows: tuple[str, ...], calendar: Calendar) -> dict[str, tuple[Calendar, int]]:
    """Names to calendar and number; a row is single words, then '|' and names of several."""
    found: dict[str, tuple[Calendar, int]] = {}
    for number, row in enumerate(rows, start=1):
        single, *several = row.split("|")
        for name in (*single.split(), *several):
            found[search_form(name)] = (calendar, number)
    return found


MONTHS = {
    **_names(_GREGORIAN, "gregorian"),
    **_names(_JALALI, "jalali"),
    **_names(_HIJRI, "hijri"),
}
