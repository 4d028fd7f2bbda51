"""How firm an answer is: every combination of readings is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby, product
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import State
from ottawa_cli.rules.article_20 import six_months_after
from ottawa_cli.rules.course import bearing, date_at, exact_states, is_defective, known
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings
from ottawa_cli.rules.standing import Outcome, outcome_of


class Change(NamedTuple):
    """Choices of readings that lead elsewhere, and where to."""

    choices: tuple[tuple[str, str], ...]
    status: str
    bound: bool | None
    effective_on: str | None


class Unsettled(NamedTuple):
    """A fact whose day the record does not settle and on which the status or the date turns.

    `fact` is ``signed_on``, ``deposited_on``, ``received_on`` or ``revoked_on``, or ``start`` or
    ``end`` of the conflict named. `outcomes` go through the days it can have been: from a first
    to a last one, the answer.
    """

    fact: str
    conflict: str | None
    date: PartialDate
    outcomes: tuple[tuple[dt.date, dt.date, Outcome], ...]


class Robustness(NamedTuple):
    """`changes` holds each single choice that changes status or date, and then each further
    outcome that only a combination reaches, by one of its smallest combinations.
    `combinations` is how many were tried; `unsettled` are the facts that decide."""

    combinations: int
    changes: tuple[Change, ...]
    unsettled: tuple[Unsettled, ...]

    @property
    def firm(self) -> bool:
        """True where neither readings nor unsettled facts change the status or the date."""
        return not (self.changes or self.unsettled)


def robustness(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Robustness:
    """Try every combination of readings against the answer under `readings`.

    Combinations that differ only in readings which nothing in the State's facts raises
    have one answer, and it is computed once.
    """
    states = tuple(exact_states(state, as_of))
    raised = _raised(states, as_of)
    answers: dict[tuple[str, ...], Outcome] = {}

    def answer(one: Readings) -> Outcome:
        telling = tuple(value for key, value in one.items() if key in raised)
        if telling not in answers:
            answers[telling] = outcome_of(states, as_of, one)
        return answers[telling]

    here, current = answer(readings), set(readings.items())
    combinations = [Readings(*values) for values in product(*READINGS.values())]
    elsewhere = []
    for one in combinations:
        status, effective_on, bound = there = answer(one)
        if there != here:
            choices = tuple(choice for choice in one.items() if choice not in current)
            elsewhere.append(Change(choices, status, bound, effective_on))
    changes: list[Change] = []
    reached = set()
    for change in sorted(elsewhere, key=lambda each: len(each.choices)):
        if len(change.choices) == 1 or change[1:] not in reached:
            changes.append(change)
            reached.add(change[1:])
    return Robustness(
        len(combinations), tuple(changes), tuple(_unsettled(state, states, as_of, readings))
    )


def _unsettled(
    state: State, states: tuple[State, ...], as_of: dt.date, readings: Readings
) -> Iterator[Unsettled]:
    """Each unknown day that, moved alone, moves the answer on some combination of the others."""
    places = [place for place, date in bearing(state, as_of) if date.day is None]
    worlds = [
        (tuple(date_at(one, place).earliest for place in places), one,
         outcome_of((one,), as_of, readings))
        for one in states
    ]  # fmt: skip
    for number, place in enumerate(places):
        by_others: dict[tuple[dt.date, ...], set[Outcome]] = {}
        by_day: dict[dt.date, list[State]] = {}
        for days, one, there in worlds:
            by_others.setdefault((*days[:number], *days[number + 1 :]), set()).add(there)
            by_day.setdefault(days[number], []).append(one)
        if all(len(answers) == 1 for answers in by_others.values()):
            continue
        field, index, inner = place
        fact = inner or field
        if fact == "received_on" and state.communications[index].kind == "revocation":
            fact = "revoked_on"
        conflict = state.conflicts[index].name if field == "conflicts" else None
        outcomes = tuple(_by_answer(by_day, as_of, readings))
        yield Unsettled(fact, conflict, date_at(state, place), outcomes)


def _by_answer(
    by_day: dict[dt.date, list[State]], as_of: dt.date, readings: Readings
) -> Iterator[tuple[dt.date, dt.date, Outcome]]:
    """The answers in the order of the days; neighbours that differ in no more than the date of
    effect are one, with the span of it."""

    def kind(day: dt.date) -> tuple[str, bool | None, bool]:
        status, effective_on, bound = outcome_of(by_day[day], as_of, readings)
        return status, bound, effective_on is None

    for _, run in groupby(sorted(by_day), kind):
        days = list(run)
        same = [one for day in days for one in by_day[day]]
        yield days[0], days[-1], outcome_of(same, as_of, readings)


def _raised(states: tuple[State, ...], as_of: dt.date) -> set[str]:
    """The readings on which something in the facts can turn; no other one can change an answer."""
    found: set[str] = set()
    for state in states:
        conflicts = state.conflicts
        notices = [c for c in known(state, as_of) if c.kind == "withdrawal"]
        periods = [six_months_after(c.received_on.earliest) for c in notices]
        expiries = {day for period in periods for day in (period.day, period.next_day)}
        arising = {
            "month-end": any(period.clamped for period in periods),
            "effect-day": bool(notices),
            "conflict-edges": any(c.start.earliest in expiries for c in conflicts),
            "conflict-scope": bool(conflicts[1:]),
            "conflict-kinds": any(c.kind == "NIAC" for c in conflicts),
            "occupation": any(c.occupation == "only" for c in conflicts),
            "conflict-end": any(c.end for c in conflicts),
            "defects": any(is_defective(c) for c in notices),
        }
        found |= {key for key, arises in arising.items() if arises}
    return found
