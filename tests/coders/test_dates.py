"""Date expressions, and which event a date belongs to. The article's day is Wednesday, 28 September 2022."""

from __future__ import annotations

import datetime
import re

import pytest

from coders.date_expressions import find_dates
from coders.dates import dateline_day
from dictionaries import Dictionaries
from tests.conftest import Coder

DAY = datetime.date(2022, 9, 28)
EXPRESSIONS = {
    "en": [
        ("today", "2022-09-28 day"),
        ("yesterday", "2022-09-27 day"),
        ("the day before yesterday", "2022-09-26 day"),
        ("last night", "2022-09-27 day"),
        ("three hours ago", "2022-09-28 day"),
        ("on Monday", "2022-09-26 day"),
        ("on Wednesday", "2022-09-28 day"),
        ("late Thursday night", "2022-09-22 day"),
        ("last Tuesday", "2022-09-27 day"),
        ("last Wednesday", "2022-09-21 day"),
        ("this past Sunday", "2022-09-25 day"),
        ("on Monday last week", "2022-09-19 day"),
        ("last week", "2022-09-19 week"),
        ("the week before last", "2022-09-12 week"),
        ("two weeks ago", "2022-09-12 week"),
        ("earlier this week", "2022-09-26 week"),
        ("earlier this month", "2022-09-01 month"),
        ("last month", "2022-08-01 month"),
        ("six months ago", "2022-03-01 month"),
        ("a few days ago", "2022-09-19 week"),
        ("weeks ago", "2022-09-01 month"),
        ("on 3 March", "2022-03-03 day"),
        ("on the 3rd of March", "2022-03-03 day"),
        ("on March 3, 2014", "2014-03-03 day"),
        ("on Monday, Sept. 12", "2022-09-12 day"),
        ("on 14 December", "2021-12-14 day"),
        ("on 12-13 September", "2022-09-12 day"),
        ("on September 12 and 13", "2022-09-12 day"),
        ("on 2014-03-03", "2014-03-03 day"),
        ("in May 2014", "2014-05-01 month"),
        ("in early March", "2022-03-01 month"),
        ("in November", "2021-11-01 month"),
        ("last September", "2021-09-01 month"),
        ("in March last year", "2021-03-01 month"),
        ("on March 31, this year", "2022-03-31 day"),
        ("in Ramadan 1443", "2022-04-02 month"),
        ("in 2014", "2014-01-01 year"),
        ("last year", "2021-01-01 year"),
        ("a decade ago", "2012-01-01 year"),
    ],
    "ar": [
        ("مساء اليوم", "2022-09-28 day"),
        ("اليوم الأربعاء", "2022-09-28 day"),
        ("أمس", "2022-09-27 day"),
        ("وبالأمس", "2022-09-27 day"),
        ("أول من أمس", "2022-09-26 day"),
        ("بعد ظهر أمس", "2022-09-27 day"),
        ("الليلة الماضية", "2022-09-27 day"),
        ("قبل ساعات", "2022-09-28 day"),
        ("قبل ثلاث ساعات", "2022-09-28 day"),
        ("يوم الاثنين", "2022-09-26 day"),
        ("فجر الثلاثاء", "2022-09-27 day"),
        ("والأحد", "2022-09-25 day"),
        ("الأربعاء", "2022-09-28 day"),
        ("الأربعاء الماضي", "2022-09-21 day"),
        ("الاثنين من الأسبوع الماضي", "2022-09-19 day"),
        ("قبل ثلاثة أيام", "2022-09-25 day"),
        ("قبل 11 يوما", "2022-09-17 day"),
        ("قبل يومين", "2022-09-26 day"),
        ("قبل أيام", "2022-09-19 week"),
        ("الأسبوع الماضي", "2022-09-19 week"),
        ("للأسبوع الجاري", "2022-09-26 week"),
        ("الأسبوع قبل الماضي", "2022-09-12 week"),
        ("قبل أسبوعين", "2022-09-12 week"),
        ("الشهر المنصرم", "2022-08-01 month"),
        ("قبل شهر", "2022-08-01 month"),
        ("في وقت سابق من هذا الشهر", "2022-09-01 month"),
        ("في 12 و13 سبتمبر الحالي", "2022-09-12 day"),
        ("في 14 آب/أغسطس", "2022-08-14 day"),
        ("في 14 آب (أغسطس) 2021", "2021-08-14 day"),
        ("في ١٤ جويلية ٢٠٢١", "2021-07-14 day"),
        ("في 5 غشت", "2022-08-05 day"),
        ("يوم الاثنين 12 سبتمبر", "2022-09-12 day"),
        ("في الثالث من أغسطس الماضي", "2022-08-03 day"),
        ("في الثاني والعشرين من يونيو", "2022-06-22 day"),
        ("الثاني عشر من الشهر الماضي", "2022-08-12 day"),
        ("12/9/2021", "2021-09-12 day"),
        ("في كانون الثاني 2021", "2021-01-01 month"),
        ("في تشرين الثاني", "2021-11-01 month"),
        ("أواخر آذار", "2022-03-01 month"),
        ("في سبتمبر الماضي", "2021-09-01 month"),
        ("مارس من العام الماضي", "2021-03-01 month"),
        ("في 15 رمضان 1443 هـ", "2022-04-16 day"),
        ("في رمضان الماضي", "2022-04-02 month"),
        ("عام 1444 هجرية", "2022-07-30 year"),
        ("عام 1973", "1973-01-01 year"),
        ("العام الماضي", "2021-01-01 year"),
        ("قبل عشر سنوات", "2012-01-01 year"),
        ("قبل نحو عقدين", "2002-01-01 year"),
    ],
}
# What looks like a date and says no day that has been.
NO_DATES = {
    "en": ["tomorrow", "next week", "next Monday", "later this week", "on 3 October", "in December 2022", "two weeks later", "over the last week", "Good Friday",
           "several years ago", "in the 1990s", "31 February 2020", "a dozen soldiers", "a second attack"],
    "ar": ["غدا", "الأسبوع المقبل", "الاثنين القادم", "لاحق من هذا الأسبوع", "3 أكتوبر المقبل", "في تشرين الأول", "في سبتمبر المقبل", "اليوم التالي", "فجر اليوم السابق", "أحد الجنود",
           "قبل أسبوعين من الانتخابات", "الأمين العام الحالي", "قبل عقد الاجتماع", "بعد يومين", "31 فبراير 2020", "صلاة الجمعة", "قبل العام"],
}  # fmt: skip


def dates(text: str, language: str, dictionaries: Dictionaries, day: datetime.date | None = DAY) -> list[str]:
    return [f"{e.date} {e.precision}" for e in find_dates(text.split(), dictionaries.languages[language].dates, day) if e.date is not None]


@pytest.mark.parametrize(("language", "text", "means"), [(language, *row) for language, rows in EXPRESSIONS.items() for row in rows])
def test_an_expression_means_a_day_and_a_precision(dictionaries: Dictionaries, language: str, text: str, means: str) -> None:
    assert dates(text, language, dictionaries) == [means]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in NO_DATES.items() for text in texts])
def test_what_is_to_come_or_no_date_has_no_day(dictionaries: Dictionaries, language: str, text: str) -> None:
    assert dates(text, language, dictionaries) == []


@pytest.mark.parametrize(
    ("language", "text", "means"),
    [("en", "on March 3, 2014", ["2014-03-03 day"]), ("en", "in 2014", ["2014-01-01 year"]), ("en", "last week", []), ("en", "on 3 March", []), ("en", "on Monday", []),
     ("ar", "في كانون الثاني 2021", ["2021-01-01 month"]), ("ar", "الأسبوع الماضي", []), ("ar", "قبل يومين", []), ("ar", "14 آب", [])],
)  # fmt: skip
def test_without_the_articles_day_only_a_date_with_its_year_is_known(dictionaries: Dictionaries, language: str, text: str, means: list[str]) -> None:
    assert dates(text, language, dictionaries, None) == means


def test_a_dateline_dates_an_article_that_has_no_date(dictionaries: Dictionaries) -> None:
    assert dateline_day("يريفان، 26 سبتمبر 2022 —", dictionaries.languages["ar"].dates) == datetime.date(2022, 9, 26)
    assert dateline_day("NAIROBI, Sept 3 -", dictionaries.languages["en"].dates) is None


# A sentence and, for the root of each event that is asked about, its date ("article": the article's).
SENTENCES = [
    ("en", "Russia held talks with Turkey in Moscow last Tuesday.", {"04": "2022-09-27 day"}),
    ("en", "Turkey launched an attack on Syria yesterday.", {"19": "2022-09-27 day"}),
    ("en", "Israel attacked a convoy in Syria on Monday, killing five people.", {"19": "2022-09-26 day"}),
    ("en", "Earlier this month, Egypt sent aid to Sudan.", {"07": "2022-09-01 month"}),
    ("en", "Kenya signed an agreement with Uganda two weeks ago.", {"05": "2022-09-12 week"}),
    ("en", "Israel bombed Gaza in January 2009, killing dozens of Palestinians.", {"19": "2009-01-01 month"}),
    # A relative clause has its own date.
    ("en", "The Egyptian army, which in 1973 attacked Israel, criticised Turkey yesterday.", {"11": "2022-09-27 day", "19": "1973-01-01 year"}),
    # A date that says which one belongs to the noun.
    ("en", "India condemned Pakistan's 2008 attack on Mumbai.", {"11": "article"}),
    ("en", "The Saudi foreign minister visited Baghdad ahead of Thursday's vote in Iraq.", {"04": "article"}),
    ("en", "The Saudi foreign minister visited Baghdad on Thursday.", {"04": "2022-09-22 day"}),
    # From when is not when.
    ("en", "Kenyan soldiers have occupied the Somali town since Monday.", {"19": "article"}),
    ("en", "Kenyan soldiers occupied the Somali town on Monday.", {"19": "2022-09-26 day"}),
    # What is to come happens when it is told of.
    ("en", "Jordan threatened on Tuesday to expel the Iranian ambassador.", {"13": "2022-09-27 day"}),
    ("en", "Jordan threatened to expel the Iranian ambassador on Tuesday.", {"13": "article"}),
    ("en", "The Ukrainian president will meet the Polish president on Monday.", {"03": "article"}),
    ("en", "The Ukrainian president met the Polish president on Monday.", {"04": "2022-09-26 day"}),
    # What is said of a deed has its own date.
    ("en", "Ethiopia on Sunday accused Egypt of arming rebels in 2021.", {"11": "2022-09-25 day"}),
    ("ar", "استهدفت القوات الأذربيجانية القوات الأرمينية في 12 و13 سبتمبر الحالي.", {"19": "2022-09-12 day"}),
    ("ar", "التقى وزير الخارجية المصري نظيره الأردني في عمان الأربعاء الماضي.", {"04": "2022-09-21 day"}),
    ("ar", "هاجمت إسرائيل مواقع في سوريا الأسبوع الماضي.", {"19": "2022-09-19 week"}),
    ("ar", "قصفت تركيا مواقع في العراق قبل ثلاثة أيام.", {"19": "2022-09-25 day"}),
    ("ar", "انتقدت فرنسا إيران مساء اليوم.", {"11": "2022-09-28 day"}),
    ("ar", "شنت إسرائيل هجوما على غزة فجر الثلاثاء.", {"19": "2022-09-27 day"}),
    ("ar", "وقعت مصر اتفاقا مع السودان في كانون الثاني 2021.", {"05": "2021-01-01 month"}),
    ("ar", "غزت الولايات المتحدة العراق عام 2003.", {"19": "2003-01-01 year"}),
    ("ar", "في سبتمبر 2020 قصفت أذربيجان القوات الأرمينية، واليوم انتقدت روسيا أذربيجان.", {"19": "2020-09-01 month", "11": "2022-09-28 day"}),
    ("ar", "أدانت فرنسا الهجوم الذي شنته إيران يوم الاثنين على العراق.", {"11": "article"}),
    ("ar", "أدانت فرنسا يوم الاثنين الهجوم الذي شنته إيران على العراق.", {"11": "2022-09-26 day"}),
    ("ar", "تحاصر القوات الروسية المدينة الأوكرانية منذ الاثنين.", {"19": "article"}),
    ("ar", "حاصرت القوات الروسية المدينة الأوكرانية الاثنين.", {"19": "2022-09-26 day"}),
    ("ar", "هددت إيران إسرائيل بشن هجوم خلال الأيام المقبلة.", {"13": "article"}),
    ("ar", "هددت إيران إسرائيل يوم الاثنين بشن هجوم.", {"13": "2022-09-26 day"}),
    ("ar", "ستلتقي وزيرة الخارجية الألمانية نظيرها التركي الاثنين.", {"03": "article"}),
    ("ar", "التقت وزيرة الخارجية الألمانية نظيرها التركي الاثنين.", {"04": "2022-09-26 day"}),
    ("ar", "أعلنت روسيا أمس أنها سترسل مساعدات إلى سوريا الأسبوع المقبل.", {"03": "2022-09-27 day"}),
]


@pytest.mark.parametrize(("language", "text", "roots"), SENTENCES)
def test_an_event_has_the_date_of_its_own_clause(code: Coder, language: str, text: str, roots: dict[str, str]) -> None:
    events = code(text, language, DAY)
    found = {root: {e.date_precision if e.date_precision == "article" else f"{e.date} {e.date_precision}" for e in events if e.code[:2] == root} for root in roots}
    assert found == {root: {date} for root, date in roots.items()}
    for event in events:
        if event.date_precision == "article":
            assert event.date == DAY and event.date_span is None
        else:
            assert event.date_span is not None and text[slice(*event.date_span)].strip()
            assert re.fullmatch(rf"{language}/dates\.yaml:\d+", event.evidence.entries[-1])


def test_an_article_without_a_date_has_events_without_one_unless_the_year_is_told(code: Coder) -> None:
    (told,) = code("Russia attacked Ukraine in 2014.", "en")
    (untold,) = code("Russia attacked Ukraine last week.", "en")
    assert (told.date, told.date_precision) == (datetime.date(2014, 1, 1), "year")
    assert (untold.date, untold.date_precision) == (None, "article")


def test_the_date_of_the_article_leaves_the_ids_as_they_are(code: Coder) -> None:
    text = "Turkey launched an attack on Syria yesterday."
    assert [e.event_id for e in code(text, "en", DAY)] == [e.event_id for e in code(text, "en", DAY)] == [e.event_id for e in code(text, "en")]
