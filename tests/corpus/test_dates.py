"""Dates: every printed form, ranges, missing years, and what is no date."""

import datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import MONTHS, complete, find_dates, read_date
from corpus.text import flatten
from tests.growth import assert_within

FORMS = [
    ("den 11. marts 2013", ["2013-03-11"]),
    ("13.marts 2009", ["2009-03-13"]),
    ("15-maj-2002", ["2002-05-15"]),
    ("Mødedato: 22.04.2021, kl. 17:30", ["2021-04-22"]),
    ("STARTTIDSPUNKT 06-03-2018 07:30:00", ["2018-03-06"]),
    ("7.2.2019", ["2019-02-07"]),
    ("30/4 2016", ["2016-04-30"]),
    ("29/10-18", ["2018-10-29"]),
    ("26/03/2009", ["2009-03-26"]),
    ("2012-11-05", ["2012-11-05"]),
    ("Dato 04.05.15", ["2015-05-04"]),
    ("Panum 25.1.10 (2010-8668)", ["2010-01-25"]),
    ("12/9-17", ["2017-09-12"]),
    ("d.12.3.2014", ["2014-03-12"]),
    ("Den 20. nov. 2018", ["2018-11-20"]),
    ("Torsdag, September 10, 2020 - 16:30", ["2020-09-10"]),
    ("ultimo november 2008", ["2008-11"]),
    ("sep.-nov. 2012", ["2012-09", "2012-11"]),
    ("fra marts til maj 2013", ["2013-05"]),
    ("2. juli 2019 til den 30. juli 2019", ["2019-07-02", "2019-07-30"]),
    ("27. juni – 29. juli 2002", ["2002-06-27", "2002-07-29"]),
    ("18-19. april 2024", ["2024-04-18", "2024-04-19"]),
    ("31. oktober 1. november 2012", ["2012-10-31", "2012-11-01"]),
    ("4. – 18. maj 2012", ["2012-05-04", "2012-05-18"]),
    ("den 3. og 4. oktober 2012", ["2012-10-03", "2012-10-04"]),
    ("fra onsdag den 10. april til torsdag den 6. juni 2019", ["2019-04-10", "2019-06-06"]),
    ("din mail af 3. ds.", ["2011-02-03"]),
    ("onsdag den 6. juni", ["2011-06-06"]),
    ("senest d. 3/5 kl. 12", ["2011-05-03"]),
    ("d. 3.5.12", ["2012-05-03"]),
    ("d.3.5.12", ["2012-05-03"]),
    ("den 3.5.12", ["2012-05-03"]),
    ("senest d. 29.3.21", ["2021-03-29"]),
    ("mødet d. 5.6.12 kl. 9", ["2012-06-05"]),
    ("d. 3-5-12", ["2012-05-03"]),
    ("blev 3 maj 2012", ["2012-05-03"]),
    ("jeres brev 3.5.12", ["2012-05-03"]),
    ("Dato: 3-5-12", ["2012-05-03"]),
    ("3 maj 2012", ["2012-05-03"]),
    ("Odense, 3 dec 2012", ["2012-12-03"]),
    ("mødet 14 juni 2016", ["2016-06-14"]),
    ("den 3.maj.2012", ["2012-05-03"]),
    ("3.maj.2012", ["2012-05-03"]),
    ("1/1-31/12 2019", ["2019-01-01", "2019-12-31"]),
    ("1/1 til 31/12 2019", ["2019-01-01", "2019-12-31"]),
    ("fra 1/1 2019-31/12 2019", ["2019-01-01", "2019-12-31"]),
    ("1.1.-31.12.2019", ["2019-01-01", "2019-12-31"]),
    ("01.01.2019-31.12.2019", ["2019-01-01", "2019-12-31"]),
    ("1/11-31/3 2020", ["2019-11-01", "2020-03-31"]),
    ("fra 1. november til 31. marts 2020", ["2019-11-01", "2020-03-31"]),
    ("3/5 og 10/5 2019", ["2019-05-03", "2019-05-10"]),
    ("forelægges Moleudvalget 7/9 og Byrådet 30/9 2011", ["2011-09-07", "2011-09-30"]),
    ("tak for tegninger af 8/10.", ["2011-10-08"]),
    ("Moleudvalgets 2/3 flertal", []),
    ("et flertal i rådet på 2/3", []),
    ("udvalget 2/3 af gangene", []),
    ("den 7. maj 2012 og den 15. s.m. kl. 12", ["2012-05-07", "2012-05-15"]),
    ("mødet den 15. s.m.", []),
    ("fra 1.-30. april 2018", ["2018-04-01", "2018-04-30"]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_find_dates_reads_every_form(text: str, expected: list[str]) -> None:
    """Dates come as calendar dates; what is missing is taken from the document's own date, or a range's end."""
    found = complete(find_dates(flatten(text).lower()), "2011-02-20")
    assert [mention.iso for mention in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. maj hvert år",
        "hvert år den 1. maj",
        "kl. 17.30 og kl. 8.15 – 9.00",
        "J.nr. 01.02.10",
        "01.02.05-P16-7-19",
        "27.03.00 P19",
        "den 29.2.2013 og den 31. juni 2012",
        "budget 2009/2010 og 2011-2014",
        "tlf. 33.66.28.51",
        "glædelig jul 2012",
        "maj og juni",
        "afsnit 2.1.10",
        "11,4 mio. kr.",
        "uge 6, 1. halvår 2017, 4. kvartal",
        "stk. 1-3 og §§ 83-86",
        "afd. 3.5.12",
        "v. 3.5.12",
        "jf. punkt 3.5.12",
        "31/13-12/14 2019",
        "1/3-2/3 af arealet",
    ],
)
def test_find_dates_refuses_what_is_no_date(text: str) -> None:
    """Recurring days, times, classes and days that no calendar has are no dates."""
    assert complete(find_dates(flatten(text).lower()), "2011-02-20") == []


def test_a_day_without_year_needs_an_own_date() -> None:
    """Where the document bears no date, a day without year stays unknown."""
    assert complete(find_dates("onsdag den 6. juni"), None) == []


def test_ranges_mark_their_ends() -> None:
    """The ends of a range are told apart, a list of days is no range."""
    first, second = find_dates("2. juli til den 30. juli 2019")
    assert (first.opens, second.closes) == (True, True)
    assert not any(mention.opens for mention in find_dates("den 3. og 4. oktober 2012"))


@given(st.dates(min_value=datetime.date(1960, 1, 1), max_value=datetime.date(2059, 12, 31)))
def test_read_date_reads_what_was_printed(day: datetime.date) -> None:
    """Every form of one day reads back as that day."""
    for text in (
        f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
        f"den {day.day}.{MONTHS[day.month - 1]} {day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year % 100:02}",
        day.isoformat(),
    ):
        assert read_date(text) == day.isoformat(), text


@pytest.mark.parametrize(
    "text", ["Avisen nr. 3 maj 2012", "i alt 14 3 maj 2012", "bilag 3 maj 2012", "side 3 maj 2012"]
)
def test_a_figure_before_a_month_may_be_none_of_its_days(text: str) -> None:
    """After the word for a number, and after another figure, only the month is a date."""
    assert [mention.iso for mention in find_dates(text.lower())] == ["2012-05"]


@pytest.mark.parametrize("text", ["", "marts", "den 3. maj", "2013-41877", "mødet den 3. maj 2012"])
def test_read_date_refuses_the_rest(text: str) -> None:
    """Only a whole date is one."""
    assert read_date(text) is None


def test_find_dates_takes_linear_time() -> None:
    """Hostile text costs no more than its length."""
    for unit in (
        "1. ",
        "1.-",
        "1. og ",
        "den ",
        "1/1 ",
        "sep.-",
        "1. maj",
        "maj ",
        "01.",
        "12-",
        " ",
        "1. maj til ",
        "1/1-",
        "1.1.-",
    ):
        text = unit * (60_000 // len(unit))
        assert_within(2, partial(find_dates, text))
