"""A State's standing on a day: the rules run on every exact reading of the record.

Where all readings agree the answer is firm; where they differ it is a range or
``uncertain``, with the values it can have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, State
from ottawa_cli.rules.article_20 import Engagement, Withdrawal, released_on
from ottawa_cli.rules.course import Course, Notice, Spell, basis, course, exact_states, known
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.result import BOUND, STATUSES, Engaged, Standing


def standing(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Standing:
    """Where `state` stands on the day `as_of` under Articles 17 and 20, and why.

    Notices and revocations received after `as_of` are not yet there, unless they are assumed:
    then what follows from them is there, and the status is that of the day all the same.
    Everything computed uses the record as it stands. Raises TooManyUnknownDays.
    """
    worlds = tuple((s, course(s, as_of, readings)) for s in exact_states(state, as_of))
    courses = tuple(c for _, c in worlds)
    possible, firm = _possible_statuses(worlds, as_of, readings)
    bound = _bound(possible)
    spells = [_spell(c, as_of) for c in courses]
    number = max((c.spells.index(s) for c, s in zip(courses, spells, strict=True) if s), default=-1)
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    deposit = deposits[number] if number >= 0 else None
    notices = [c.notice_on(as_of) for c in courses]
    instrument = _as_recorded(state, worlds, notices, lambda n: n.instrument)
    revocation = _as_recorded(state, worlds, notices, lambda n: n.revocation)
    effective_on = _merge([n.withdrawal.effective_on if n else None for n in notices])
    contested = (
        any(c.received_on.earliest <= as_of for c in state.communications_of("suspension"))
        and bound is not False
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
        contested=contested,
        signed_on=state.signed_on,
        instrument=deposit.instrument if deposit else None,
        deposited_on=deposit.deposited_on if deposit else None,
        in_force_on=_merge([s.in_force_on if s else None for s in spells]),
        notice=instrument,
        received_on=instrument.received_on if instrument else None,
        revoked_on=revocation.received_on if revocation else None,
        six_months_end_on=_merge([n.withdrawal.six_months_end_on if n else None for n in notices]),
        effective_on=effective_on,
        effective_basis=(
            basis(*(n.effect_assumed for n in notices if n)) if effective_on else None
        ),
        conflicts=_engaged(state, worlds, notices, as_of, readings),
        sources=_sources(state, as_of),
        state=state,
        courses=courses,
    )


class Outcome(NamedTuple):
    """A standing without its reasons: `effective_on` is ISO 8601, or None where no date can
    be given; `bound` is None where the possible statuses differ on it."""

    status: str
    effective_on: str | None
    bound: bool | None


def outcome(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Outcome:
    """Where `state` stands on the day, as `standing` answers. Raises TooManyUnknownDays."""
    return outcome_of(exact_states(state, as_of), as_of, readings)


def outcome_of(states: Iterable[State], as_of: dt.date, readings: Readings) -> Outcome:
    """The outcome for a State whose exact readings are `states`."""
    worlds = tuple((s, course(s, as_of, readings)) for s in states)
    possible, firm = _possible_statuses(worlds, as_of, readings)
    notices = [one.notice_on(as_of) for _, one in worlds]
    effective_on = _merge([n.withdrawal.effective_on if n else None for n in notices])
    return Outcome(
        possible[0] if firm else "uncertain",
        str(effective_on) if effective_on else None,
        _bound(possible),
    )


World = tuple[State, Course]


def _bound(possible: tuple[str, ...]) -> bool | None:
    """Whether the State is bound, where every possible status agrees on it."""
    bound = {status in BOUND for status in possible}
    return bound.pop() if len(bound) == 1 else None


def _possible_statuses(
    worlds: tuple[World, ...], as_of: dt.date, readings: Readings
) -> tuple[tuple[str, ...], bool]:
    """Every status the record allows for, in the order of a State's course, and whether firm."""
    found: set[str] = set()
    refused = False
    for exact_state, one in worlds:
        status = one.status_on(as_of)
        if status != "uncertain":
            found.add(status)
            continue
        refused = True
        # The day was refused: the six months may still run, or have run when it was revoked.
        notice = one.notice_on(as_of)
        revoked_on = notice.withdrawal.revoked_on if notice else None
        found.add("party" if revoked_on and revoked_on <= as_of else "withdrawing")
        for value in ("last-day", "next-day"):
            other = course(exact_state, as_of, readings.choosing("month-end", value))
            found.add(other.status_on(as_of))
    possible = tuple(status for status in STATUSES if status in found)
    return possible, len(possible) == 1 and not refused


def _spell(one: Course, as_of: dt.date) -> Spell | None:
    """The spell the day falls in, or else the first one to come."""
    return one.spell_on(as_of) or (one.spells[0] if one.spells else None)


def _as_recorded(
    state: State,
    worlds: tuple[World, ...],
    notices: list[Notice | None],
    pick: Callable[[Notice], Communication | None],
) -> Communication | None:
    """The communication of the record that a notice on exact days stands for."""
    for (exact_state, _), notice in zip(worlds, notices, strict=True):
        picked = pick(notice) if notice else None
        if picked is not None:
            return state.communications[exact_state.communications.index(picked)]
    return None


def _merge(days: list[dt.date | None]) -> PartialDate | None:
    """The span of the days, or None where one of them is not known."""
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    return PartialDate(min(known), max(known))


def _engaged(
    state: State, worlds: tuple[World, ...], notices: list[Notice | None], as_of: dt.date,
    readings: Readings,
) -> tuple[Engaged, ...]:  # fmt: skip
    """Each conflict of the record, and whether the effect waits for its end on every exact reading.

    A conflict over by the first day that the six months allow is waited for by nobody.
    """
    barring = [
        {
            index
            for index, conflict in enumerate(exact_state.conflicts)
            if notice is not None
            and not (notice.withdrawal.void or notice.withdrawal.revoked_by(as_of))
            and any(
                e.conflict is conflict and _waited_for(e, notice.withdrawal, readings)
                for e in notice.withdrawal.holding
            )
        }
        for (exact_state, _), notice in zip(worlds, notices, strict=True)
    ]
    return tuple(
        Engaged(conflict, all(index in bars for bars in barring))
        for index, conflict in enumerate(state.conflicts)
    )


def _waited_for(engagement: Engagement, withdrawal: Withdrawal, readings: Readings) -> bool:
    """Whether a conflict that meets the test ends too late for the earliest day of effect."""
    released, earliest = released_on(engagement.end, readings), withdrawal.earliest_effect_on
    return released is None or (earliest is not None and released > earliest)


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
        for objection in communication.objections:
            ids += objection.sources
    for conflict in state.conflicts:
        ids += (*conflict.sources, *conflict.end_sources)
    return tuple(dict.fromkeys(ids))
