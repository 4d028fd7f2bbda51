"""Reading and writing days and partial dates: strict, and the same both ways."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottawa_cli.dates import DateError, PartialDate, add_months, exact, parse_day, parse_partial

D = dt.date.fromisoformat
DAYS = st.dates(max_value=D("8999-12-31"))


@given(DAYS)
def test_a_day_reads_back(day: dt.date) -> None:
    assert parse_day(str(day)) == day
    assert parse_partial(str(day)) == exact(day)
    assert (exact(day).day, exact(day).precision, str(exact(day))) == (day, "day", str(day))


@pytest.mark.parametrize(
    "text",
    [
        "", "2025", "2025-06", "2025-6-27", "27.06.2025", "20250627", "2025-W26-5", "2025-178",
        "2025-06-27T00:00", " 2025-06-27", "2025-06-27 ", "2025/06/27", "+025-06-27",
        "２０２５-06-27", "2025-06-2٧", "----------", "today", "2025-06-27Z",
    ],
)  # fmt: skip
def test_other_notations_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="write YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize("text", ["2025-02-29", "2025-02-30", "2025-13-01", "2025-00-10",
                                  "2025-01-00", "0000-01-01", "2100-02-29"])  # fmt: skip
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="not a day of the calendar"):
        parse_day(text)


def test_the_last_year() -> None:
    assert parse_day("8999-12-31").year == 8999
    with pytest.raises(DateError, match="8999"):
        parse_day("9000-01-01")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2100-02", "2100-02-01", "2100-02-28", "month"),
        ("2025-12", "2025-12-01", "2025-12-31", "month"),
        ("8999-12", "8999-12-01", "8999-12-31", "month"),
        ("0001", "0001-01-01", "0001-12-31", "year"),
    ],
)
def test_partial_dates(text: str, first: str, last: str, precision: str) -> None:
    date = parse_partial(text)
    assert date == PartialDate(D(first), D(last))
    assert (date.precision, date.day, str(date)) == (precision, None, text)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2025-01-01", "2025-01-30"), ("2025-01-02", "2025-01-31"), ("2025-01-01", "2025-02-28"),
        ("2025-02-01", "2025-12-31"), ("2025-01-01", "2026-12-31"), ("2024-12-01", "2025-12-31"),
        ("2024-02-01", "2024-02-28"),
    ],
)  # fmt: skip
def test_ranges_are_written_as_intervals(first: str, last: str) -> None:
    date = PartialDate(D(first), D(last))
    assert (date.precision, str(date), date.day) == ("range", f"{first}/{last}", None)


@pytest.mark.parametrize(
    "text",
    [
        "", "25", "202", "2025-", "2025-13", "2025-00", "9000", "2025-6", "20ab", "2025/06",
        "2025-06-31", "2025-06-27/2025-06-28",
    ],
)  # fmt: skip
def test_other_partial_dates_are_refused(text: str) -> None:
    with pytest.raises(DateError, match=r"YYYY-MM|not a day of the calendar"):
        parse_partial(text)


@given(DAYS, st.integers(0, 60))
def test_months_are_calendar_months(day: dt.date, months: int) -> None:
    """The month is the one counted to; the day is the same, or the last of a shorter month."""
    found = add_months(day, months)
    assert (found.day.year * 12 + found.day.month) - (day.year * 12 + day.month) == months
    assert found.day.day == day.day or (found.day + dt.timedelta(days=1)).day == 1
    assert found.clamped is (found.day.day < day.day)
    assert found.next_day == found.day + dt.timedelta(days=found.clamped)
