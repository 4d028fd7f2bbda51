"""Dates known to a month, a year or a range: no exact day may be overlooked, none invented.

The rules try only some of the days that a partial date allows. Here they are run on every one of
them, and the answers must be the same: the possible statuses, whether bound, and the days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ottawa_cli import Record
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Deposit, State
from ottawa_cli.rules.history import BOUND_STATUSES, history_of
from ottawa_cli.rules.possibilities import TooManyUnknownDays
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.standing import STATUSES, finding, standing

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
        conflict._replace(start=start, end=end)
        for start, end in product(_days(conflict.start), _days(conflict.end))
        if start and (end is None or end.earliest >= start.earliest)
    ]


def _every_exact_state(state: State) -> Iterator[State]:
    deposits = [[d._replace(deposited_on=day) for day in _days(d.deposited_on)]
                for d in state.deposits]  # fmt: skip
    received = [[c._replace(received_on=day) for day in _days(c.received_on)]
                for c in state.communications]  # fmt: skip
    conflicts = [_exact_conflicts(c) for c in state.conflicts]
    for signed_on in _days(state.signed_on):
        for d, c, w in product(product(*deposits), product(*received), product(*conflicts)):
            notices = [one.received_on.earliest for one in c if one.kind == "withdrawal"]
            revocations = [one.received_on.earliest for one in c if one.kind == "revocation"]
            if revocations and min(revocations) < min(notices):
                continue  # nothing can be revoked before there is a notice
            yield state._replace(signed_on=signed_on, deposits=d, communications=c, conflicts=w)


def _span(days: set[dt.date | None]) -> PartialDate | None:
    known = sorted(day for day in days if day)
    return PartialDate(known[0], known[-1]) if known and len(known) == len(days) else None


def _by_brute_force(state: State, as_of: dt.date, chosen: Readings) -> dict[str, Any]:
    """What the exact rules say on every exact day, put side by side."""
    statuses: set[str] = set()
    fields: dict[str, set[dt.date | None]] = {
        "in_force_on": set(), "period_end_on": set(), "effective_on": set(),
    }  # fmt: skip
    refused = False
    for one in _every_exact_state(state):
        found = history_of(one, as_of, chosen)
        status = found.status_on(as_of)
        if status == "uncertain":
            refused = True
            # Whatever day it was, a notice revoked while it ran leaves a party behind.
            membership = found.membership_on(as_of)
            revoked = membership and membership.notices[-1].withdrawal.revoked_on
            statuses.add("party" if revoked else "withdrawing")
            for value in ("last-day", "next-day"):
                counted = history_of(one, as_of, chosen.choosing("month-end", value))
                statuses.add(counted.status_on(as_of))
        else:
            statuses.add(status)
        membership = found.membership_on(as_of) or (
            found.memberships[0] if found.memberships else None
        )
        last = membership.notices[-1].withdrawal if membership and membership.notices else None
        fields["in_force_on"].add(membership.in_force_on if membership else None)
        fields["period_end_on"].add(last.period_end_on if last else None)
        fields["effective_on"].add(last.effective_on if last else None)
    bound = {status in BOUND_STATUSES for status in statuses}
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
    bare = finding(state, as_of, chosen)
    assert bare == (expected["status"], expected["effective_on"], expected["bound"])


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


@pytest.mark.long
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


@st.composite
def _joining_too(draw: st.DrawFn) -> tuple[dict[str, Any], dt.date, Readings]:
    """As above, but any number of dates are partial, the deposit among them."""
    received_on = draw(st.dates(dt.date(2025, 6, 1), dt.date(2026, 6, 30)))
    expiry = received_on + dt.timedelta(days=181)

    def around(middle: dt.date, spread: int = 20, longest: int = 12) -> PartialDate:
        first = middle + dt.timedelta(days=draw(st.integers(-spread, spread)))
        length = draw(st.one_of(st.just(0), st.just(0), st.integers(1, longest)))
        return PartialDate(first, first + dt.timedelta(days=length))

    joined = received_on - dt.timedelta(days=draw(st.sampled_from([150, 170, 185, 200, 215])))
    deposit = around(joined, longest=60)
    notices = [around(received_on, 0, 45)]
    if draw(st.booleans()):
        notices.append(around(draw(st.sampled_from([received_on + dt.timedelta(25), expiry]))))
    revocations = []
    if draw(st.booleans()):
        revocations = [around(draw(st.sampled_from([received_on + dt.timedelta(20), expiry])))]
    wars = []
    for _ in range(draw(st.integers(0, 2))):
        start = around(expiry)
        end = start.earliest + dt.timedelta(days=draw(st.integers(0, 25)))
        wars.append((start, around(end, 0) if draw(st.booleans()) else None,
                     draw(st.sampled_from(["IAC", "NIAC"]))))  # fmt: skip
    dates = [deposit, *notices, *revocations, *(d for war in wars for d in war[:2] if d)]
    assume(1 < prod((d.latest - d.earliest).days + 1 for d in dates) <= 3000)
    day = draw(st.sampled_from([received_on, expiry, expiry, joined + dt.timedelta(days=180)]))
    facts = {
        "deposit": deposit, "notices": notices, "revocations": revocations, "wars": wars,
        "requested_on": draw(st.sampled_from([None, None, expiry + dt.timedelta(days=7)])),
    }  # fmt: skip
    return facts, day + dt.timedelta(days=draw(st.integers(-25, 45))), draw(CHOICES)


@pytest.mark.long
@settings(max_examples=250)
@given(case=_joining_too())
def test_no_exact_day_is_overlooked_while_joining(
    case: tuple[dict[str, Any], dt.date, Readings],
    party: Callable[..., State],
    conflict: Callable[..., Conflict],
    sent: Callable[..., Any],
) -> None:
    facts, as_of, chosen = case
    state = party(
        revocations=facts["revocations"],
        communications=tuple(
            sent("withdrawal", day, requested_on=facts["requested_on"]) for day in facts["notices"]
        ),
        conflicts=tuple(conflict(*war) for war in facts["wars"]),
        deposits=(Deposit("accession", facts["deposit"]),),
    )
    _agrees(state, as_of, chosen)


D = dt.date.fromisoformat


def _between(first: str, last: str) -> PartialDate:
    return PartialDate(D(first), D(last))


def test_a_day_without_a_day_six_months_later_may_lie_inside_a_range(
    party: Callable[..., State],
) -> None:
    """31 August and its neighbours stand between days that have a corresponding day."""
    state = party([_between("2026-08-15", "2026-09-15")])
    refuse = Readings(month_end="refuse")
    for as_of in ("2027-02-27", "2027-02-28", "2027-03-01", "2027-06-01"):
        _agrees(state, D(as_of), refuse)
    assert standing(state, D("2027-06-01"), refuse).effective_on is None


def test_a_conflict_never_ends_before_it_starts(
    party: Callable[..., State], conflict: Callable[..., Conflict]
) -> None:
    """July, over on the 10th: on every day on which it can have begun it is on at expiry."""
    war = conflict(_between("2026-07-01", "2026-07-31"), D("2026-07-10"))
    state = party([D("2026-01-10")], conflicts=(war,))
    next_day = Readings(conflict_end="next-day")
    for as_of in ("2026-07-09", "2026-07-10", "2026-07-11"):
        _agrees(state, D(as_of), next_day)
    assert standing(state, D("2026-07-10"), next_day).status == "suspended"


def test_a_revocation_never_comes_before_the_notice(party: Callable[..., State]) -> None:
    """June and 10 to 20 June: whichever days they were, the notice is revoked."""
    state = party([_between("2026-06-01", "2026-06-30")], [_between("2026-06-10", "2026-06-20")])
    for as_of in ("2026-06-05", "2026-06-15", "2026-06-20", "2027-01-01"):
        _agrees(state, D(as_of), Readings())
    assert standing(state, D("2027-01-01")).status == "party"


@pytest.mark.parametrize(
    ("as_of", "possible"),
    [
        ("2026-01-09", ("party",)), ("2026-01-10", ("party", "withdrawing")),
        ("2026-01-19", ("party", "withdrawing")), ("2026-01-20", ("withdrawing",)),
    ],
)  # fmt: skip
def test_a_notice_from_the_first_day_on_which_it_may_be_there(
    as_of: str, possible: tuple[str, ...], party: Callable[..., State]
) -> None:
    state = party([_between("2026-01-10", "2026-01-20")])
    assert standing(state, D(as_of)).possible_statuses == possible


def test_a_conflict_that_ended_by_the_day_of_expiry_at_the_latest(
    party: Callable[..., State], conflict: Callable[..., Conflict]
) -> None:
    war = conflict(D("2026-01-01"), _between("2026-07-01", "2026-07-10"))
    state = party([D("2026-01-10")], conflicts=(war,))
    found = standing(state, D("2026-07-10"), Readings(conflict_end="next-day"))
    assert found.possible_statuses == ("suspended", "withdrawn")
    assert found.effective_on == _between("2026-07-10", "2026-07-11")
    assert standing(state, D("2026-07-10")).possible_statuses == ("withdrawn",)


def test_a_revocation_of_unknown_day_and_of_nothing(party: Callable[..., State]) -> None:
    state = party(revocations=[_between("2026-06-10", "2026-06-20")])
    found = standing(state, D("2027-01-01"))
    assert (found.status, found.notice, found.revoked_on) == ("party", None, None)


def test_facts_that_contradict_each_other_are_still_answered(
    party: Callable[..., State], conflict: Callable[..., Conflict]
) -> None:
    """`data check` refuses them; the rules take them as they stand and do not fall over."""
    war = conflict(_between("2026-08-01", "2026-08-31"), D("2026-07-31"))
    state = party([D("2026-01-10")], conflicts=(war,))
    assert standing(state, D("2026-07-10")).status == "withdrawn"


@pytest.mark.parametrize(
    ("as_of", "possible", "bound"),
    [
        ("0001-01-01", ("not-party",), False),
        ("2026-02-03", ("not-party",), False),
        # From here on it may have deposited, but is in force nowhere before August.
        ("2026-02-04", ("not-party", "joining"), False),
        ("2026-05-01", ("not-party", "joining"), False),
        ("2026-07-31", ("not-party", "joining"), False),
        # Deposited in February: in force on 1 August. Deposited on 25 August: not yet deposited.
        ("2026-08-01", ("not-party", "joining", "party"), None),
        ("2026-08-24", ("not-party", "joining", "party"), None),
        ("2026-08-25", ("joining", "party"), None),
        ("2026-09-01", ("joining", "party"), None),
        ("2026-11-23", ("joining", "party"), None),
        ("2027-01-31", ("joining", "party"), None),
        ("2027-02-01", ("party",), True),
        ("8999-12-31", ("party",), True),
    ],
)
def test_lebanon(as_of: str, possible: tuple[str, ...], bound: bool | None, record: Record) -> None:
    """Acceded after 3 February 2026 and by 25 August; the day is not established."""
    state = record.state("LBN")
    found = standing(state, D(as_of))
    assert found.possible_statuses == possible
    assert found.bound is bound
    assert found.status == (possible[0] if len(possible) == 1 else "uncertain")
    assert found.deposited_on == _between("2026-02-04", "2026-08-25")
    assert found.in_force_on == _between("2026-08-01", "2027-02-01")
    _agrees(state, D(as_of), Readings())


def test_lebanon_gives_notice(record: Record, sent: Callable[..., Any]) -> None:
    """A notice before it is settled that there is anything to withdraw from."""
    state = record.state("LBN")
    state = state._replace(communications=(sent("withdrawal", D("2026-10-15")),))
    for as_of in ("2026-10-14", "2026-10-15", "2026-12-01", "2027-02-01", "2027-04-15"):
        _agrees(state, D(as_of), Readings())
    # Its recorded conflict has no known end: if the notice counts, it is held back.
    assert standing(state, D("2027-04-15")).possible_statuses == ("party", "suspended")


def test_every_partial_date_of_the_record_can_be_asked_about(record: Record) -> None:
    """A notice whose six months end inside, before and after each conflict of unknown edges."""
    asked = 0
    for iso3 in record.iso3s:
        state = record.state(iso3)
        edges = {d for c in state.conflicts for d in (c.start, c.end) if d and d.day is None}
        for edge in edges:
            for shift in (-1, 0, 14, 40):
                received_on = edge.earliest + dt.timedelta(days=shift - 182)
                notice = Communication("withdrawal", exact(received_on), assumed=True)
                joined = Deposit("accession", exact(dt.date(1998, 6, 1)))
                what_if = state._replace(communications=(notice,), deposits=(joined,))
                for as_of in (edge.earliest, edge.latest, D("2026-11-23")):
                    standing(what_if, as_of)
                    asked += 1
    assert asked


def test_too_many_unknown_days_are_refused(
    party: Callable[..., State], conflict: Callable[..., Conflict]
) -> None:
    """Seven conflicts of which nothing is known but the year: no answer rather than a wait."""
    wars = tuple(
        conflict(_between(f"2026-0{n}-01", f"2026-0{n}-28"), _between("2026-08-01", "2026-12-31"))
        for n in range(1, 8)
    )
    state = party([_between("2025-09-01", "2026-02-28")], conflicts=wars)
    with pytest.raises(TooManyUnknownDays, match="Someland"):
        standing(state, D("2026-11-23"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Begun by the 5th it is a link of the chain; begun from the 6th to the 20th it is none.
        (("2026-06-25", "2026-07-05"), ("2026-07-01/2026-07-31", "2026-07-20")),
        # Over on the 20th at the earliest, the day it began, whatever the range says.
        (("2026-07-01", "2026-07-20"), ("2026-07-20", "2026-07-01/2026-07-31")),
    ],
)
def test_until_peace_with_days_cut_short_by_the_other_end(
    first: tuple[str, str],
    second: tuple[str, str],
    party: Callable[..., State],
    conflict: Callable[..., Conflict],
) -> None:
    def read(text: str) -> PartialDate:
        return _between(*text.split("/")) if "/" in text else exact(D(text))

    wars = tuple(conflict(read(start), read(end)) for start, end in (first, second))
    state = party([D("2025-12-28")], conflicts=wars)  # six months over on 28 June
    late = party([D("2026-01-03")], conflicts=wars)  # on 3 July
    for as_of in ("2026-07-05", "2026-07-06", "2026-07-20", "2026-07-25", "2026-08-01"):
        for one in (state, late):
            _agrees(one, D(as_of), Readings(conflict_scope="until-peace"))


def test_strict_and_a_start_up_to_the_day_of_expiry(
    party: Callable[..., State], conflict: Callable[..., Conflict]
) -> None:
    """On one of its possible days, the last, the conflict did not begin before E."""
    war = conflict(_between("2026-07-01", "2026-07-10"))
    state = party([D("2026-01-10")], conflicts=(war,))
    _agrees(state, D("2026-08-01"), Readings(conflict_edges="strict"))
    found = standing(state, D("2026-08-01"), Readings(conflict_edges="strict"))
    assert found.possible_statuses == ("suspended", "withdrawn")
    assert standing(state, D("2026-08-01")).possible_statuses == ("suspended",)
