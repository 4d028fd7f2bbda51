"""What the record allows for: a partial date has many exact days, and the rules run on each.

Where all possibilities agree the answer is firm.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise, product
from math import prod
from typing import Any

from ottawa_cli.dates import MonthSum, PartialDate, exact
from ottawa_cli.model import State
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.article_20 import notice_period
from ottawa_cli.rules.history import known_on

MOST_COMBINATIONS = 4096
Place = tuple[str, int, str]  # field of State, index in it, field of the entry


class TooManyUnknownDays(ValueError):
    """The partial dates of one State combine in too many ways to try them all."""


def possibilities(state: State, as_of: dt.date) -> list[State]:
    """The State with exact dates, in every way that the record allows for and that can matter.

    Left out is a conflict that ends before it starts and a revocation before every notice, unless
    the partial dates leave nothing else. Raises TooManyUnknownDays above 4,096 combinations.
    """
    unknown = unknown_dates(state, as_of)
    if not unknown:
        return [state]
    choices = [_days_to_try(date, _comparison(state, as_of, place)) for place, date in unknown]
    count = prod(len(days) for days in choices)
    if count > MOST_COMBINATIONS:
        raise TooManyUnknownDays(f"too many unknown days for {state.name}: {count} combinations")
    possible = []
    for days in product(*choices):
        exact_state = state
        for (place, _), day in zip(unknown, days, strict=True):
            exact_state = _with_day(exact_state, place, day)
        possible.append(exact_state)
    return [state for state in possible if not _contradicts_itself(state)] or possible


def _contradicts_itself(state: State) -> bool:
    """Whether a conflict ends before it starts, or a revocation comes before every notice."""
    notices = [c.received_on.earliest for c in state.communications_of("withdrawal")]
    first, revocations = min(notices, default=dt.date.min), state.communications_of("revocation")
    return any(c.end and c.end.latest < c.start.earliest for c in state.conflicts) or any(
        c.received_on.latest < first for c in revocations
    )


def unknown_dates(state: State, as_of: dt.date) -> list[tuple[Place, PartialDate]]:
    """The dates on which the answer can turn and whose day is not known; a conflict's only if a
    period ends before it does, or a suspension is communicated."""
    dates = [(("signed_on", 0, ""), state.signed_on)]
    for i, deposit in enumerate(state.deposits):
        dates.append((("deposits", i, "deposited_on"), deposit.deposited_on))
    received = known_on(state, as_of)
    asked_from = dt.date.max  # the first day on which it is asked whether a conflict is on
    for i, communication in enumerate(state.communications):
        if communication in received:
            dates.append((("communications", i, "received_on"), communication.received_on))
            day = communication.received_on.earliest
            if communication.kind == "withdrawal":
                asked_from = min(asked_from, _notice_period(state, day).day)
            elif communication.kind == "suspension":
                asked_from = min(asked_from, day)
    for i, conflict in enumerate(state.conflicts):
        for end, date in (("start", conflict.start), ("end", conflict.end)):
            if date and date.latest >= asked_from:
                dates.append((("conflicts", i, end), date))
    return [(place, date) for place, date in dates if date and date.day is None]


def _notice_period(state: State, received_on: dt.date) -> MonthSum:
    return notice_period(received_on, state.clause.months, state.clause.year)


def _days_to_try(date: PartialDate, comparison: Callable[[dt.date], object]) -> list[dt.date]:
    """Both ends of every run of days that compare alike."""
    length = (date.latest - date.earliest).days
    days = [date.earliest + dt.timedelta(days=number) for number in range(length + 1)]
    tried = {date.earliest, date.latest}
    for before, day in pairwise(days):
        if comparison(before) != comparison(day):
            tried |= {before, day}
    return sorted(tried)


def _comparison(state: State, as_of: dt.date, place: Place) -> Callable[[dt.date], object]:
    """How a day at `place` compares with every day that the rules hold it against."""
    field, index, inner = place
    what = state.communications[index].kind if field == "communications" else inner or field
    joining, today = state.treaty.joining, {as_of}
    notices, revocations, suspensions = (
        _ends(c.received_on for c in state.communications_of(kind))
        for kind in ("withdrawal", "revocation", "suspension")
    )
    deposits = _ends(deposit.deposited_on for deposit in state.deposits)
    in_force = {entry_into_force(day, joining) for day in deposits}
    in_force |= {deposit.in_force_on for deposit in state.deposits if deposit.in_force_on}
    starts = _ends(conflict.start for conflict in state.conflicts)
    ends = _ends(conflict.end for conflict in state.conflicts if conflict.end)
    periods = [_notice_period(state, day) for day in notices]
    expiries = {day for period in periods for day in (period.day, period.next_day)} | suspensions
    against = {
        "signed_on": today,
        "deposited_on": today | notices | revocations,
        "withdrawal": today | notices | revocations | in_force,
        "revocation": today | notices | revocations | in_force | expiries | ends,
        "suspension": today | in_force | starts | ends,
        "start": expiries | ends,
        "end": today | revocations | expiries | starts,
    }[what]
    itself = _position(against)
    if what == "deposited_on":
        return lambda day: (itself(day), itself(entry_into_force(day, joining)))
    if what != "withdrawal":
        return itself
    expiry = _position(today | revocations | starts | ends)

    def with_period(day: dt.date) -> object:
        period = _notice_period(state, day)
        return itself(day), period.clamped, expiry(period.day), expiry(period.next_day)

    return with_period


def _ends(dates: Iterable[PartialDate]) -> set[dt.date]:
    return {day for date in dates for day in (date.earliest, date.latest)}


def _position(among: Iterable[dt.date]) -> Callable[[dt.date], object]:
    """Where a day lies among some days: how many lie before it, and whether it is one of them."""
    ordered = sorted(among)
    return lambda day: (bisect_left(ordered, day), bisect_right(ordered, day))


def day_at(state: State, place: Place) -> dt.date:
    """The day at one place of a State whose dates are exact."""
    field, index, inner = place
    value = getattr(state, field)
    date: PartialDate = getattr(value[index], inner) if inner else value
    return date.earliest


def _with_day(state: State, place: Place, day: dt.date) -> State:
    """`state` with the date at one place made one exact day."""
    field, index, inner = place
    changed: dict[str, Any] = {field: exact(day)}
    if inner:
        entries = list(getattr(state, field))
        entries[index] = entries[index]._replace(**{inner: exact(day)})
        changed = {field: tuple(entries)}
    return state._replace(**changed)
