"""How firm an answer is: every combination of readings is tried."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import NamedTuple

from ottawa_cli.model import State
from ottawa_cli.rules.article_20 import six_months_after
from ottawa_cli.rules.course import exact_states, is_defective
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings
from ottawa_cli.rules.standing import Outcome, outcome_of


class Change(NamedTuple):
    """Choices of readings that lead elsewhere, and where to."""

    choices: tuple[tuple[str, str], ...]
    status: str
    bound: bool | None
    effective_on: str | None


class Robustness(NamedTuple):
    """`changes` holds each single choice that changes status or date, and then each further
    outcome that only a combination reaches, by one of its smallest combinations.
    `combinations` is how many were tried."""

    combinations: int
    changes: tuple[Change, ...]

    @property
    def firm(self) -> bool:
        """True where no combination of readings changes the status or the date."""
        return not self.changes


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
    return Robustness(len(combinations), tuple(changes))


def _raised(states: tuple[State, ...], as_of: dt.date) -> set[str]:
    """The readings on which something in the facts can turn; no other one can change an answer."""
    found: set[str] = set()
    for state in states:
        conflicts = state.conflicts
        notices = [
            c for c in state.communications_of("withdrawal") if c.received_on.earliest <= as_of
        ]
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
