"""A State's standing on a day: the rules run on everything the record allows for.

Where all possibilities agree the answer is firm; where they differ it is a range or
``uncertain``, with the values it can have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, State
from ottawa_cli.rules.article_20 import waited_for
from ottawa_cli.rules.history import BOUND, History, Notice, basis, history_of, known
from ottawa_cli.rules.possibilities import Possibility, possibilities
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.result import STATUSES, ConflictStanding, Standing

Told = Sequence[tuple[History, Notice | None]]  # each history, with the notice asked about
CONTESTABLE = BOUND | {"operation-suspended"}


def standing(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Standing:
    """Where `state` stands on the day `as_of` under Articles 17 and 20, and why.

    Notices and revocations received after `as_of` are not yet there, unless they are assumed:
    then what follows from them is there, and the status is that of the day all the same.
    Everything computed uses the record as it stands. Raises TooManyUnknownDays.
    """
    histories = histories_of(possibilities(state, as_of), as_of, readings)
    possible, firm = possible_statuses(histories, as_of, readings)
    bound = bound_by(possible)
    # The membership that the day falls in, or else the first one to come.
    memberships = [
        history.membership_on(as_of) or next(iter(history.memberships), None)
        for history in histories
    ]
    numbers = [
        history.memberships.index(membership)
        for history, membership in zip(histories, memberships, strict=True)
        if membership
    ]
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    deposit = deposits[max(numbers)] if numbers else None
    told = [(history, history.notice_on(as_of)) for history in histories]
    notices = [notice for _, notice in told]
    instrument = _as_recorded(told, state, lambda notice: notice.instrument)
    revocation = _as_recorded(told, state, lambda notice: notice.revocation)
    effective_on = range_of(notice and notice.withdrawal.effective_on for notice in notices)
    assumed = [notice.effect_assumed for notice in notices if notice]
    suspended = any(
        sent.received_on.earliest <= as_of for sent in state.communications_of("suspension")
    )
    return Standing(
        iso3=state.iso3,
        iso2=state.iso2,
        name=state.name,
        as_of=as_of,
        readings=readings,
        status=possible[0] if firm else "uncertain",
        possible_statuses=possible,
        bound=bound,
        contested=suspended and bool(CONTESTABLE & set(possible)),
        signed_on=state.signed_on,
        instrument=deposit.instrument if deposit else None,
        deposited_on=deposit.deposited_on if deposit else None,
        in_force_on=range_of(membership and membership.in_force_on for membership in memberships),
        notice=instrument,
        received_on=instrument.received_on if instrument else None,
        revoked_on=revocation.received_on if revocation else None,
        period_end_on=range_of(notice and notice.withdrawal.period_end_on for notice in notices),
        effective_on=effective_on,
        effective_basis=basis(*assumed) if effective_on else None,
        conflicts=_conflicts(told, state, as_of, readings),
        sources=_sources(state, as_of),
        state=state,
        histories=histories,
    )


class Finding(NamedTuple):
    """A standing without its reasons: `effective_on` is None where no date can be given, and
    `bound` where the possible statuses differ on it."""

    status: str
    effective_on: PartialDate | None
    bound: bool | None


def finding(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Finding:
    """Where `state` stands on the day, as `standing` answers. Raises TooManyUnknownDays."""
    return finding_of(possibilities(state, as_of), as_of, readings)


def finding_of(possible: Iterable[Possibility], as_of: dt.date, readings: Readings) -> Finding:
    """The finding for a State of which these are the possibilities."""
    histories = histories_of(possible, as_of, readings)
    statuses, firm = possible_statuses(histories, as_of, readings)
    notices = (history.notice_on(as_of) for history in histories)
    effective_on = range_of(notice and notice.withdrawal.effective_on for notice in notices)
    return Finding(statuses[0] if firm else "uncertain", effective_on, bound_by(statuses))


def histories_of(
    possible: Iterable[Possibility], as_of: dt.date, readings: Readings
) -> tuple[History, ...]:
    """The history of each possibility."""
    return tuple([history_of(each.state, as_of, readings) for each in possible])


def bound_by(possible: tuple[str, ...]) -> bool | None:
    """Whether the State is bound, where every possible status agrees on it."""
    bound = {status in BOUND for status in possible}
    return bound.pop() if len(bound) == 1 else None


def possible_statuses(
    histories: Iterable[History], as_of: dt.date, readings: Readings
) -> tuple[tuple[str, ...], bool]:
    """Every status the record allows for, in the order of a State's course, and whether firm."""
    found: set[str] = set()
    refused = False
    for history in histories:
        status = history.status_on(as_of)
        if status != "uncertain":
            found.add(status)
            continue
        refused = True
        # The day was refused: the period may still run, or have run when it was revoked.
        notice = history.notice_on(as_of)
        revoked_on = notice.withdrawal.revoked_on if notice else None
        running = "party" if revoked_on and revoked_on <= as_of else "withdrawing"
        found.add(history.in_operation(running, as_of))
        for value in ("last-day", "next-day"):
            counted = history_of(history.state, as_of, readings.choosing("month-end", value))
            found.add(counted.status_on(as_of))
    possible = tuple(status for status in STATUSES if status in found)
    return possible, len(possible) == 1 and not refused


def _as_recorded(
    told: Told, state: State, pick: Callable[[Notice], Communication | None]
) -> Communication | None:
    """The communication of the record that a notice on exact days stands for."""
    for history, notice in told:
        picked = pick(notice) if notice else None
        if picked is not None:
            return state.communications[history.state.communications.index(picked)]
    return None


def range_of(days: Iterable[dt.date | None]) -> PartialDate | None:
    """From the first of the days to the last; None where one of them is not known, or none is."""
    all_days = list(days)
    known_days = [day for day in all_days if day is not None]
    if not known_days or len(known_days) < len(all_days):
        return None
    return PartialDate(min(known_days), max(known_days))


def _conflicts(
    told: Told, state: State, as_of: dt.date, readings: Readings
) -> tuple[ConflictStanding, ...]:
    """Each conflict of the record, and whether the effect surely waits for its end."""
    waits = [
        waited_for(notice.withdrawal, readings)
        if notice and not notice.withdrawal.revoked_by(as_of)
        else ()
        for _, notice in told
    ]
    return tuple(
        ConflictStanding(
            conflict,
            suspends=all(
                history.engagements[index] in engagements
                for (history, _), engagements in zip(told, waits, strict=True)
            ),
        )
        for index, conflict in enumerate(state.conflicts)
    )


def _sources(state: State, as_of: dt.date) -> tuple[str, ...]:
    """The ids of the sources the answer stands on, each once, in the order of use."""
    ids = list(state.signature_sources)
    for deposit in state.deposits:
        ids += (*deposit.sources, *deposit.in_force_sources)
    ids += state.sources
    if state.first_day and as_of < state.first_day.on:
        ids += state.first_day.sources
    for communication in known(state, as_of):
        ids += (*communication.sources, *communication.circulated_sources)
        ids += communication.lasts_sources
        for objection in communication.objections:
            ids += objection.sources
    for conflict in state.conflicts:
        ids += (*conflict.sources, *conflict.end_sources)
    return tuple(dict.fromkeys(ids))
