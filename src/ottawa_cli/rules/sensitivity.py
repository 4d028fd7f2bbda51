"""How firm an answer is: every combination of readings is tried, and every unsettled day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import State
from ottawa_cli.rules.history import History, history_of
from ottawa_cli.rules.possibilities import Place, day_at, possibilities, unknown_dates
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings, Watched
from ottawa_cli.rules.standing import Finding, finding_of, histories_of


class Change(NamedTuple):
    """Choices of readings that lead elsewhere, and where to."""

    choices: tuple[tuple[str, str], ...]
    finding: Finding


class Unsettled(NamedTuple):
    """A fact whose day the record does not settle and on which the status or the date turns.

    `fact` is ``signed_on``, ``deposited_on``, ``received_on`` or ``revoked_on``, or ``start`` or
    ``end`` of the conflict named. `findings` go through the days it can have been: from a first
    to a last one, the answer.
    """

    fact: str
    conflict: str | None
    date: PartialDate
    findings: tuple[tuple[dt.date, dt.date, Finding], ...]


class Sensitivity(NamedTuple):
    """`changes` holds each single choice that changes status or date, and then each further
    finding that only a combination reaches, by one of its smallest combinations.
    `combinations` is how many were tried; `unsettled` are the facts that decide."""

    combinations: int
    changes: tuple[Change, ...]
    unsettled: tuple[Unsettled, ...]

    @property
    def firm(self) -> bool:
        """True where neither readings nor unsettled facts change the status or the date."""
        return not (self.changes or self.unsettled)


def sensitivity(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Sensitivity:
    """Try every combination of readings against the answer under `readings`."""
    possible = possibilities(state, as_of)
    known: list[tuple[set[tuple[str, str]], Finding]] = []

    def answer(combination: Readings) -> Finding:
        """Combinations that differ only in what the rules never looked at have one answer."""
        choices = set(zip(Readings._fields, combination, strict=True))
        for looked_at, finding in known:
            if looked_at <= choices:
                return finding
        seen = Watched(*combination)
        finding = finding_of([history_of(exact_state, as_of, seen) for exact_state in possible])
        known.append(({choice for choice in choices if choice[0] in seen.looked_at}, finding))
        return finding

    given, current = answer(readings), set(readings.items())
    combinations = []
    for values in product(*READINGS.values()):
        combination = Readings._make(values)
        choices = tuple(choice for choice in combination.items() if choice not in current)
        combinations.append(Change(choices, answer(combination)))
    changes: list[Change] = []
    for change in sorted(combinations, key=lambda change: len(change.choices)):
        new = change.finding not in [given, *(other.finding for other in changes)]
        if new or (len(change.choices) == 1 and change.finding != given):
            changes.append(change)
    unsettled = tuple(_unsettled(state, histories_of(state, as_of, readings)))
    return Sensitivity(len(combinations), tuple(changes), unsettled)


def _unsettled(state: State, histories: Sequence[History]) -> Iterator[Unsettled]:
    """Each unknown day of `state` that, moved alone, moves the answer on some combination of the
    others."""
    findings = [finding_of([history]) for history in histories]
    unknown = unknown_dates(state, histories[0].as_of)
    for place, date in unknown:
        others = [other for other, _ in unknown if other != place]
        by_others: dict[tuple[dt.date, ...], set[Finding]] = {}
        by_day: dict[dt.date, list[History]] = {}
        for history, finding in zip(histories, findings, strict=True):
            other_days = tuple(day_at(history.state, other) for other in others)
            by_others.setdefault(other_days, set()).add(finding)
            by_day.setdefault(day_at(history.state, place), []).append(history)
        if any(len(different) > 1 for different in by_others.values()):
            fact, conflict = _fact_at(state, place)
            yield Unsettled(fact, conflict, date, tuple(_in_order(by_day)))


def _fact_at(state: State, place: Place) -> tuple[str, str | None]:
    """What a date is called, and the conflict that it is the start or the end of."""
    field, index, inner = place
    if field == "conflicts":
        return inner, state.conflicts[index].name
    if field == "communications" and state.communications[index].kind == "revocation":
        return "revoked_on", None
    return inner or field, None


def _in_order(by_day: dict[dt.date, list[History]]) -> Iterator[tuple[dt.date, dt.date, Finding]]:
    """The findings in the order of the days; neighbours that differ in no more than the date of
    effect are one, with the span of it."""

    def but_for_the_date(day: dt.date) -> tuple[str, bool | None, bool]:
        status, effective_on, bound = finding_of(by_day[day])
        return status, bound, effective_on is None

    for _, run in groupby(sorted(by_day), but_for_the_date):
        days = list(run)
        yield days[0], days[-1], finding_of([history for day in days for history in by_day[day]])
