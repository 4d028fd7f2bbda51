"""How firm an answer is: every combination of readings is tried."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import NamedTuple

from ottawa_cli.model import State
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings
from ottawa_cli.rules.standing import Outcome, outcome


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
    """Try every combination of readings against the answer under `readings`."""
    here = outcome(state, as_of, readings)
    keys = list(READINGS)
    current = dict(readings.items())
    combinations = 0
    changes: list[Change] = []
    reached = {here}
    found: list[tuple[int, Change, Outcome]] = []
    for values in product(*READINGS.values()):
        combinations += 1
        there = outcome(state, as_of, Readings(*values))
        if there == here:
            continue
        choices = tuple(
            (key, value) for key, value in zip(keys, values, strict=True) if current[key] != value
        )
        change = Change(choices, there[0], there[2], there[1])
        found.append((len(choices), change, there))
    for size, change, there in sorted(found, key=lambda each: each[0]):
        if size == 1 or there not in reached:
            changes.append(change)
            reached.add(there)
    return Robustness(combinations, tuple(changes))
