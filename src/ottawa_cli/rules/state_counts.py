"""How many States have signed, have joined and are bound, day by day, and what changed it."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, Self

from ottawa_cli.model import State
from ottawa_cli.rules.article_20 import ONE_DAY
from ottawa_cli.rules.history import History
from ottawa_cli.rules.readings import Readings
from ottawa_cli.rules.standing import Statuses, histories_of, statuses_on
from ottawa_cli.rules.timeline import TimelineEntry, events, turning_days

# The events of a State's course that a count tells, in the order of one day.
KINDS = (
    "signature", "deposit", "entry-into-force", "withdrawal", "revocation", "suspension",
    "notice-period-end", "effect",
)  # fmt: skip
NOT_JOINED = frozenset({"not-party", "signatory", "withdrawn"})
PERIODS = ("year", "month")


class Tally(NamedTuple):
    """The numbers of one day.

    `signatories` have signed, whatever came of it; `joined` have deposited for certain and not
    left; `bound_least` are bound for certain, and with those of which it is not settled they are
    `bound_most`.
    """

    date: dt.date
    signatories: int
    joined: int
    bound_least: int
    bound_most: int


class Change(NamedTuple):
    """Something that happened to `state`, and the numbers `after` it: of its day, or of the last
    day it can have been, as far as the count goes."""

    state: State
    kind: str
    event: TimelineEntry
    after: Tally


class Place(NamedTuple):
    """Where a State stands on a day; `bound` None: not settled."""

    date: dt.date
    state: State
    status: str
    bound: bool | None


Counted = Tally | Change | Place


class Course(NamedTuple):
    """The statuses a State can have from each of its `days` on, and its `events`."""

    state: State
    histories: tuple[History, ...]
    days: tuple[dt.date, ...]
    statuses: tuple[Statuses, ...]
    events: tuple[TimelineEntry, ...]

    @classmethod
    def of(cls, state: State, as_of: dt.date, readings: Readings) -> Self:
        """The course as known on `as_of`. Raises TooManyUnknownDays."""
        histories = histories_of(state, as_of, readings)
        days = tuple(turning_days(histories))
        statuses = tuple(statuses_on(day, histories) for day in days)
        return cls(state, histories, days, statuses, events(state, as_of, readings))

    def on(self, day: dt.date) -> Statuses:
        """The statuses it can have on a day."""
        statuses = self.statuses[bisect_right(self.days, day) - 1]
        # Where a reading gives no date, what the status could be is asked day by day.
        return statuses_on(day, self.histories) if statuses.refused else statuses

    def joined_by(self, day: dt.date) -> bool:
        """Whether it has deposited for certain and not left; a succession may bind it before."""
        deposited = any(deposit.deposited_on.latest <= day for deposit in self.state.deposits)
        return deposited and NOT_JOINED.isdisjoint(self.on(day).possible)


class Count(NamedTuple):
    """The courses of States, to be counted on any day."""

    courses: tuple[Course, ...]

    @classmethod
    def of(cls, states: Iterable[State], as_of: dt.date, readings: Readings) -> Self:
        """The count of some States, as known on `as_of`. Raises TooManyUnknownDays."""
        return cls(tuple(Course.of(state, as_of, readings) for state in states))

    def on(self, day: dt.date) -> Tally:
        """The numbers of a day."""
        bound = [course.on(day).bound for course in self.courses]
        signed = (course.state.signed_on for course in self.courses)
        return Tally(
            day,
            signatories=sum(date is not None and date.latest <= day for date in signed),
            joined=sum(course.joined_by(day) for course in self.courses),
            bound_least=bound.count(True),
            bound_most=bound.count(True) + bound.count(None),
        )

    def unsettled(self, day: dt.date) -> list[State]:
        """The States of which it is not settled whether they are bound on a day."""
        return [course.state for course in self.courses if course.on(day).bound is None]

    def changes(self, first: dt.date, last: dt.date) -> list[Change]:
        """What happened, or can have happened, from `first` to `last`, by day."""
        counted: list[tuple[dt.date, State, TimelineEntry]] = []
        for course in self.courses:
            for event in course.events:
                date, kind = event.date, event.kind
                if kind in KINDS and date and date.earliest <= last and date.latest >= first:
                    counted.append((min(date.latest, last), course.state, event))
        counted.sort(key=lambda change: (change[0], KINDS.index(change[2].kind)))
        after = {day: self.on(day) for day, _, _ in counted}
        return [
            Change(state, "notice" if e.kind == "withdrawal" else e.kind, e, after[day])
            for day, state, e in counted
        ]

    def levels(self, first: dt.date, last: dt.date) -> list[Tally]:
        """The numbers of `first`, and of each day on which those of the bound change."""
        turning = {day for course in self.courses for day in course.days if first < day <= last}
        tallies = map(self.on, (first, *sorted(turning)))
        return [next(same) for _, same in groupby(tallies, lambda tally: tally[-2:])]

    def every(self, period: str, first: dt.date, last: dt.date) -> list[Tally]:
        """The numbers at the end of each ``year`` or ``month``, and those of `last`."""
        return [self.on(day) for day in ends(period, first, last)]

    def panel(self, period: str, first: dt.date, last: dt.date) -> list[Place]:
        """Where each State stands on these days."""
        days = list(ends(period, first, last))
        return [
            Place(day, course.state, course.on(day).status, course.on(day).bound)
            for course in self.courses
            for day in days
        ]


def ends(period: str, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The last day of each ``year`` or ``month`` from `first` on, and at last `last` itself."""
    day = first
    while day <= last:
        months = day.year * 12 + (12 if period == "year" else day.month)
        end = dt.date(months // 12, months % 12 + 1, 1) - ONE_DAY
        yield min(end, last)
        day = end + ONE_DAY
