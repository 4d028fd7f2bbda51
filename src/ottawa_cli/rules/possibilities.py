"""What the record allows for: a partial date has many exact days, and the rules run on each.

Where all possibilities agree the answer is firm.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import State
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.article_20 import notice_period_from
from ottawa_cli.rules.history import known

MOST_COMBINATIONS = 4096
Place = tuple[str, int, str]  # field of State, index in it, field of the entry


class TooManyUnknownDays(ValueError):
    """The partial dates of one State combine in too many ways to try them all."""


class Possibility(NamedTuple):
    """A State with exact dates, as the record allows for it: `days` stand for its unknown dates."""

    state: State
    days: tuple[dt.date, ...] = ()


def possibilities(state: State, as_of: dt.date) -> list[Possibility]:
    """Every possibility that can make a difference.

    Left out is a conflict that ends before it starts and a revocation before every notice, unless
    the partial dates leave nothing else. Raises TooManyUnknownDays above 4,096 combinations.
    """
    unknown = unknown_dates(state, as_of)
    choices = [_days_to_try(date, _comparison(state, as_of, place)) for place, date in unknown]
    count = prod(len(days) for days in choices)
    if count > MOST_COMBINATIONS:
        raise TooManyUnknownDays(f"too many unknown days for {state.name}: {count} combinations")
    found = []
    for days in product(*choices):
        exact_state = state
        for (place, _), day in zip(unknown, days, strict=True):
            exact_state = _with_day(exact_state, place, day)
        found.append(Possibility(exact_state, days))
    return [each for each in found if not _contradicts_itself(each.state)] or found


def _contradicts_itself(state: State) -> bool:
    """Whether a conflict ends before it starts, or a revocation comes before every notice."""
    notices = [c.received_on.earliest for c in state.communications_of("withdrawal")]
    return any(
        c.end is not None and c.end.latest < c.start.earliest for c in state.conflicts
    ) or any(
        c.received_on.latest < min(notices, default=dt.date.min)
        for c in state.communications_of("revocation")
    )


def unknown_dates(state: State, as_of: dt.date) -> list[tuple[Place, PartialDate]]:
    """The relevant dates whose day is not known."""
    return [(place, date) for place, date in relevant_dates(state, as_of) if date.day is None]


def relevant_dates(state: State, as_of: dt.date) -> Iterator[tuple[Place, PartialDate]]:
    """The dates on which the answer can turn; a conflict's only if a period ends before it does,
    or a suspension is communicated."""
    if state.signed_on:
        yield ("signed_on", 0, ""), state.signed_on
    for i, deposit in enumerate(state.deposits):
        yield ("deposits", i, "deposited_on"), deposit.deposited_on
    expiries = []
    there = known(state, as_of)
    for i, communication in enumerate(state.communications):
        if communication in there:
            yield ("communications", i, "received_on"), communication.received_on
            if communication.kind == "withdrawal":
                expiries.append(
                    notice_period_from(communication.received_on.earliest, state.clause).day
                )
            elif communication.kind == "suspension":
                expiries.append(communication.received_on.earliest)
    if not expiries:
        return
    first = min(expiries)
    for i, conflict in enumerate(state.conflicts):
        if conflict.start.latest >= first:
            yield ("conflicts", i, "start"), conflict.start
        if conflict.end and conflict.end.latest >= first:
            yield ("conflicts", i, "end"), conflict.end


Comparison = Callable[[dt.date], object]


def _days_to_try(date: PartialDate, comparison: Comparison) -> list[dt.date]:
    """Both ends of every run of days that compare alike."""
    length = (date.latest - date.earliest).days
    days = [date.earliest + dt.timedelta(days=number) for number in range(length + 1)]
    found = {date.earliest, date.latest}
    for before, day in pairwise(days):
        if comparison(before) != comparison(day):
            found |= {before, day}
    return sorted(found)


def _comparison(state: State, as_of: dt.date, place: Place) -> Comparison:
    """How a day at `place` compares with every day that the rules hold it against."""
    field, index, inner = place
    joining = state.treaty.joining
    notices = _ends(c.received_on for c in state.communications_of("withdrawal"))
    revocations = _ends(c.received_on for c in state.communications_of("revocation"))
    starts = _ends(c.start for c in state.conflicts)
    ends = _ends(c.end for c in state.conflicts if c.end)
    if field == "signed_on":
        return _against({as_of})
    if field == "deposits":
        itself = _against({as_of, *notices, *revocations})
        return lambda day: (itself(day), itself(entry_into_force(day, joining)))
    periods = [notice_period_from(day, state.clause) for day in notices]
    expiries = {day for period in periods for day in (period.day, period.next_day)}
    expiries |= _ends(c.received_on for c in state.communications_of("suspension"))
    if inner == "start":
        return _against(expiries | ends)
    if inner == "end":
        return _against({as_of, *expiries, *revocations, *starts})
    deposits = _ends(deposit.deposited_on for deposit in state.deposits)
    in_force = {entry_into_force(day, joining) for day in deposits}
    in_force |= {d.in_force_on for d in state.deposits if d.in_force_on}
    itself = _against({as_of, *notices, *revocations, *in_force})
    if state.communications[index].kind == "suspension":
        return _against({as_of, *in_force, *starts, *ends})
    if state.communications[index].kind == "revocation":
        return _against({as_of, *notices, *revocations, *in_force, *expiries, *ends})
    later = _against({as_of, *revocations, *starts, *ends})

    def received(day: dt.date) -> object:
        period = notice_period_from(day, state.clause)
        return itself(day), period.clamped, later(period.day), later(period.next_day)

    return received


def _ends(dates: Iterable[PartialDate]) -> set[dt.date]:
    return {day for date in dates for day in (date.earliest, date.latest)}


def _against(days: Iterable[dt.date]) -> Comparison:
    """Where a day lies among some days: how many lie before it, and whether it is one of them."""
    ordered = sorted(set(days))
    return lambda day: (bisect_left(ordered, day), bisect_right(ordered, day))


def _with_day(state: State, place: Place, day: dt.date) -> State:
    """`state` with the date at one place made one exact day."""
    field, index, inner = place
    changed: dict[str, Any] = {field: exact(day)}
    if inner:
        entries = list(getattr(state, field))
        entries[index] = entries[index]._replace(**{inner: exact(day)})
        changed = {field: tuple(entries)}
    return state._replace(**changed)
