"""Calendar dates as the Convention needs them: strict days, partial dates, months.

Everything here is a civil date without a clock or a time zone. The depositary's
recorded date governs (Art. 20(3), Art. 21), so a date is never shifted.
"""

import datetime as dt
from functools import lru_cache
from typing import Any, NamedTuple

_from_iso = dt.date.fromisoformat  # bound once: a table of cases has millions of days
LAST_YEAR = 8999  # leaves room for every period after any accepted day


class DateError(ValueError):
    """A text is not a date this project reads; the message says what was expected."""


def parse_day(text: str) -> dt.date:
    """Read one ISO 8601 calendar day, ``YYYY-MM-DD`` and nothing else.

    Raises DateError for another notation, for a day that does not exist, and for
    years after 8999.
    """
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            day = _from_iso(text)
        except ValueError:
            pass
        else:
            if day.year <= LAST_YEAR:
                return day
            raise DateError(f"{text} is too far ahead: the last year read is {LAST_YEAR}")
        if text.replace("-", "").isdecimal() and text.isascii():
            raise DateError(f"{text} is not a day of the calendar")
    raise DateError(f"{text!r} is not a date: write YYYY-MM-DD, for example 2025-06-27")


def as_day(given: object) -> dt.date:
    """A day given as a date or as its text. Raises TypeError for anything else, and DateError."""
    if isinstance(given, str):
        return parse_day(given)
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    raise TypeError(f"{given!r} is no day: give a datetime.date, or a text as in '2025-06-27'")


def ordinal(number: int) -> str:
    """The word for a small ordinal number, its digits for one beyond twelve."""
    words = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    return words.split()[number - 1] if 0 < number <= 12 else f"{number}th"


class PartialDate(NamedTuple):
    """A date known to lie from `earliest` to `latest`, both included.

    An exact day has both ends equal. Nothing in between is ever picked.
    """

    earliest: dt.date
    latest: dt.date

    @property
    def day(self) -> dt.date | None:
        """The day, or None where it is not known exactly."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``year`` or ``range``."""
        first, last = self.earliest, self.latest
        if first == last:
            return "day"
        if first.day == 1 and (last + dt.timedelta(1)).day == 1 and first.year == last.year:
            if first.month == last.month:
                return "month"
            if (first.month, last.month) == (1, 12):
                return "year"
        return "range"

    def __str__(self) -> str:
        """ISO 8601: a day, a reduced month or year, or an interval ``A/B``."""
        precision = self.precision
        if precision == "range":
            return f"{self.earliest}/{self.latest}"
        return str(self.earliest)[: {"day": 10, "month": 7, "year": 4}[precision]]


def exact(day: dt.date) -> PartialDate:
    """A PartialDate that is one known day."""
    return PartialDate(day, day)


def parse_partial(text: str) -> PartialDate:
    """Read ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``. Raises DateError otherwise."""
    if len(text) == 10:
        return exact(parse_day(text))
    try:
        if len(text) == 7:
            first = parse_day(text + "-01")
            in_next_month = first + dt.timedelta(31)
            return PartialDate(first, in_next_month - dt.timedelta(in_next_month.day))
        if len(text) == 4:
            return PartialDate(parse_day(text + "-01-01"), parse_day(text + "-12-31"))
    except DateError:
        pass
    raise DateError(
        f"{text!r} is not a date: write YYYY-MM-DD, or YYYY-MM or YYYY where the day is not known"
    )


class MonthSum(NamedTuple):
    """A day some months later.

    `day` carries the same number, or is the last day of the month where no such day
    exists; then `clamped` is true and `next_day` is the first day of the month after.
    """

    day: dt.date
    next_day: dt.date
    clamped: bool


@lru_cache(maxsize=64)
def _months(number: int) -> Any:
    from dateutil.relativedelta import relativedelta

    return relativedelta(months=number)


@lru_cache(maxsize=16384)  # a table of cases comes back to the same days
def add_months(start: dt.date, months: int) -> MonthSum:
    """`start` plus calendar months, saying when the corresponding day does not exist.

    The one place where months are added. dateutil clamps to the last day in silence;
    which day is meant is a legal question (reading ``month-end``), so it is reported.
    """
    day: dt.date = start + _months(months)
    clamped = day.day != start.day
    return MonthSum(day, day + dt.timedelta(1) if clamped else day, clamped)
