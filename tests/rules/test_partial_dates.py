"""Dates known to a month, a year or a range: no exact day may be overlooked, none invented.

The rules try only some of the days that a partial date allows. Here they are run on every one of
them, and the answers must be the same: the possible statuses, whether bound, and the days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ottawa_cli import Record
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Deposit, State
from ottawa_cli.rules.course import TooManyUnknownDays, course
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.result import BOUND, STATUSES
from ottawa_cli.rules.standing import outcome, standing

ONE_DAY = dt.timedelta(days=1)


# --- every exact day -----------------------------------------------------------------


def _days(date: PartialDate | None) -> list[PartialDate | None]:
    if date is None:
        return [None]
    return [
        exact(date.earliest + dt.timedelta(days=n))
        for n in range((date.latest - date.earliest).days + 1)
    ]


def _exact_conflicts(conflict: Conflict) -> list[Conflict]:
    """A conflict does not end before it starts."""
    return [
        replace(conflict, start=start, end=end)
        for start, end in product(_days(conflict.start), _days(conflict.end))
        if start and (end is None or end.earliest >= start.earliest)
    ]


def _every_exact_state(state: State) -> Iterator[State]:
    deposits = [[replace(d, deposited_on=day) for day in _days(d.deposited_on)]
                for d in state.deposits]  # fmt: skip
    received = [[replace(c, received_on=day) for day in _days(c.received_on)]
                for c in state.communications]  # fmt: skip
    conflicts = [_exact_conflicts(c) for c in state.conflicts]
    for signed_on in _days(state.signed_on):
        for d, c, w in product(product(*deposits), product(*received), product(*conflicts)):
            yield replace(state, signed_on=signed_on, deposits=d, communications=c, conflicts=w)


def _span(days: set[dt.date | None]) -> PartialDate | None:
    known = sorted(day for day in days if day)
    return PartialDate(known[0], known[-1]) if known and len(known) == len(days) else None


def _by_brute_force(state: State, as_of: dt.date, chosen: Readings) -> dict[str, Any]:
    """What the exact rules say on every exact day, put side by side."""
    statuses: set[str] = set()
    fields: dict[str, set[dt.date | None]] = {
        "in_force_on": set(), "six_months_end_on": set(), "effective_on": set(),
    }  # fmt: skip
    refused = False
    for one in _every_exact_state(state):
        found = course(one, as_of, chosen)
        status = found.status_on(as_of)
        if status == "uncertain":
            refused = True
            statuses.add("withdrawing")
            for value in ("last-day", "next-day"):
                counted = course(one, as_of, chosen.choosing("month-end", value))
                statuses.add(counted.status_on(as_of))
        else:
            statuses.add(status)
        spell = found.spell_on(as_of) or (found.spells[0] if found.spells else None)
        last = spell.notices[-1].withdrawal if spell and spell.notices else None
        fields["in_force_on"].add(spell.in_force_on if spell else None)
        fields["six_months_end_on"].add(last.six_months_end_on if last else None)
        fields["effective_on"].add(last.effective_on if last else None)
    bound = {status in BOUND for status in statuses}
    possible = tuple(status for status in STATUSES if status in statuses)
    return {
        "possible_statuses": possible,
        "status": possible[0] if len(possible) == 1 and not refused else "uncertain",
        "bound": bound.pop() if len(bound) == 1 else None,
        **{key: _span(days) for key, days in fields.items()},
    }


def _agrees(state: State, as_of: dt.date, chosen: Readings) -> None:
    found = standing(state, as_of, chosen)
    expected = _by_brute_force(state, as_of, chosen)
    assert {key: getattr(found, key) for key in expected} == expected
    effective_on = expected["effective_on"]
    assert outcome(state, as_of, chosen) == (
        expected["status"], str(effective_on) if effective_on else None, expected["bound"],
    )  # fmt: skip


# --- cases ---------------------------------------------------------------------------

E = dt.date(2026, 7, 10)
LENGTHS = st.one_of(st.integers(1, 5), st.integers(1, 40))
NEAR = st.one_of(st.integers(-4, 4), st.integers(-45, 45))
CHOICES = st.one_of(
    st.just(Readings()),
    st.builds(
        Readings, **{key.replace("-", "_"): st.sampled_from(v) for key, v in READINGS.items()}
    ),
)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[dict[str, Any], dt.date, Readings]:
    """Facts around one day of expiry, up to two of whose dates are partial."""
    received_on = draw(st.one_of(
        st.just(dt.date(2026, 1, 10)), st.dates(dt.date(2025, 8, 1), dt.date(2026, 3, 31)),
    ))  # fmt: skip
    expiry = received_on + dt.timedelta(days=181)
    unsettled = draw(st.sets(st.integers(0, 6), min_size=1, max_size=2))

    def around(middle: dt.date, place: int, spread: st.SearchStrategy[int] = NEAR) -> PartialDate:
        first = middle + dt.timedelta(days=draw(spread))
        length = draw(LENGTHS) if place in unsettled else 0
        return PartialDate(first, first + dt.timedelta(days=length))

    wars = []
    for place in (2, 4)[: draw(st.integers(0, 2))]:
        start = around(expiry, place)
        end = None
        if draw(st.booleans()):
            end = around(start.earliest + dt.timedelta(days=draw(st.integers(0, 60))), place + 1,
                         st.just(0))  # fmt: skip
        wars.append((start, end, draw(st.sampled_from(["IAC", "NIAC", "OCC"]))))
    facts = {
        "notices": [around(received_on, 0, st.just(0))],
        "revocations": [around(expiry, 1)] if draw(st.booleans()) else [],
        "wars": wars,
    }
    if draw(st.integers(0, 3)) == 0:
        again = draw(st.sampled_from([received_on + dt.timedelta(30), expiry, expiry]))
        facts["notices"].append(around(again, 6))
    as_of = draw(st.sampled_from([expiry, expiry, received_on])) + dt.timedelta(days=draw(NEAR))
    return facts, as_of, draw(CHOICES)


@settings(max_examples=300)
@given(case=_cases())
def test_no_exact_day_is_overlooked(
    case: tuple[dict[str, Any], dt.date, Readings],
    party: Callable[..., State],
    conflict: Callable[..., Conflict],
) -> None:
    facts, as_of, chosen = case
    wars = tuple(conflict(*war) for war in facts["wars"])
    state = party(facts["notices"], facts["revocations"], conflicts=wars)
    _agrees(state, as_of, chosen)
