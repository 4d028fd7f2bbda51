"""Article 20(3) once more, from its words and by another method: a walk through the days.

The oracle below shares nothing with the project. It has its own calendar, in which a
day is a number, and it never computes a date: it goes on day by day and asks, each
morning, what the treaty says of that day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ottawa_cli.dataset.clauses import clause
from ottawa_cli.model import Communication, Conflict, State, Treaty
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.article_20 import Engagement
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.standing import finding

pytestmark = pytest.mark.long

# --- a calendar of its own: every day from 1 January 1996 on, counted off ------------


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


withdrawal = partial(article_20.withdrawal, clause=clause())
FIRST = 1996
MONTHS = [(year, month) for year in range(FIRST, FIRST + 402) for month in range(1, 13)]
DAYS = [(y, m, d) for y, m in MONTHS for d in range(1, _length(y, m) + 1)]
NUMBER = {day: number for number, day in enumerate(DAYS)}
BOUNDARIES = [number for number, (_, _, day) in enumerate(DAYS) if day == 1]


def _number(day: dt.date) -> int:
    return NUMBER[day.year, day.month, day.day]


def _date(number: int) -> dt.date:
    return dt.date(*DAYS[number])


def _sixth_boundary(number: int) -> int:
    """Where one is once six boundaries of months have been walked over."""
    return BOUNDARIES[bisect_right(BOUNDARIES, number) + 5]


def _six_months(number: int) -> tuple[int, int | None]:
    """Walk over six month boundaries, then on to the day of the same number.

    Gives the last day walked and, where that month has no such day, the day after it.
    """
    wanted = DAYS[number][2]
    number = _sixth_boundary(number)
    while DAYS[number][2] != wanted:
        if DAYS[number + 1][2] == 1:
            return number, number + 1
        number += 1
    return number, None


def test_six_months_over_a_whole_cycle_of_the_calendar(treaty: Treaty) -> None:
    """Each of the 146,097 days after which the calendar repeats, by each way of counting."""
    readings = {mode: Readings(month_end=mode) for mode in READINGS["month-end"]}
    cycle = range(146_097)
    assert DAYS[len(cycle)][1:] == (1, 1)
    missing = 0
    for number in cycle:
        received_on = _date(number)
        last, after = _six_months(number)
        expected = {
            "last-day": _date(last),
            "next-day": _date(last if after is None else after),
            "refuse": _date(last) if after is None else None,
        }
        missing += after is not None
        for mode, one in readings.items():
            found = withdrawal(received_on, (), None, one)
            assert found.period_end_on == found.effective_on == expected[mode], received_on
            assert found.period.clamped is (after is not None), received_on
    # 31 March, May, August, October, December and 30 August always; 29 August before a
    # February of 28 days, which is 303 times in 400 years.
    assert missing == 6 * 400 + 303


def test_entry_into_force_over_a_whole_cycle_of_the_calendar(treaty: Treaty) -> None:
    """Article 17(2): the first of the sixth month after; 17(1) up to the fortieth deposit."""
    fortieth = NUMBER[1998, 9, 16]
    for number in range(146_097):
        expected = dt.date(1999, 3, 1) if number <= fortieth else _date(_sixth_boundary(number))
        assert entry_into_force(_date(number), treaty.joining) == expected, DAYS[number]


# --- the oracle ----------------------------------------------------------------------


@dataclass(frozen=True)
class War:
    start: int
    end: int | None
    kind: str | None

    def on(self, day: int) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def _statuses(
    received: int,
    wars: list[War],
    revoked: int | None,
    chosen: Readings,
    last: int,
    asked_for: int | None = None,
) -> list[str]:
    """The status on each day from the receipt to `last`, found by living through them.

    `asked_for` is a day of effect that the instrument itself names.
    """
    clamp, after = _six_months(received)
    refused = after is not None and chosen.month_end == "refuse"
    expiry = after if after is not None and chosen.month_end == "next-day" else clamp
    first_possible = expiry + (1 if chosen.effect_day == "next-day" else 0)
    if asked_for is not None:
        first_possible = max(first_possible, asked_for)
    wars = [
        war for war in wars
        if not (war.kind == "NIAC" and chosen.conflict_kinds == "international")
        and not (war.kind == "OCC" and chosen.occupation == "excluded")
    ]  # fmt: skip
    barring: list[War] = []
    statuses: list[str] = []
    over: str | None = None  # once settled, settled for good
    for day in range(received, last + 1):
        if day == expiry:
            barring = [
                war for war in wars
                if war.on(day) and (chosen.conflict_edges == "inclusive" or war.on(day - 1))
            ]  # fmt: skip
        if day >= expiry and chosen.conflict_scope == "until-peace" and over is None:
            while any(war.on(day) for war in barring):
                begun = [war for war in wars if war.start == day and war not in barring]
                if not begun:
                    break
                barring += begun
        if over is None and day >= first_possible and not refused:
            peace = not any(
                war.end is None
                or day < war.end
                or (day == war.end and chosen.conflict_end == "next-day")
                for war in barring
            )
            over = "withdrawn" if peace else None
        if over is None and day == revoked and not (refused and day >= clamp):
            over = "party"
        if over is not None:
            statuses.append(over)
        elif refused and day >= clamp:
            statuses.append("uncertain")
        else:
            statuses.append("withdrawing" if day < first_possible else "suspended")
    return statuses


# --- cases ---------------------------------------------------------------------------

RECEIPTS = st.one_of(
    st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)),
    st.sampled_from([
        dt.date(2024, 8, 29), dt.date(2024, 8, 31), dt.date(2027, 8, 29), dt.date(2027, 8, 30),
        dt.date(2027, 8, 31), dt.date(2026, 3, 31), dt.date(2026, 12, 31), dt.date(2026, 1, 10),
    ]),
)  # fmt: skip
# Most offsets lie near the day of expiry, some anywhere.
NEAR = st.one_of(st.integers(-3, 3), st.integers(-30, 30), st.integers(-400, 200))
WARS = st.lists(
    st.tuples(
        NEAR, st.one_of(st.none(), st.integers(0, 3), st.integers(0, 150)),
        st.sampled_from([None, "IAC", "NIAC", "OCC"]),
    ),
    max_size=4,
)  # fmt: skip
CHOICES = st.builds(
    Readings, **{key.replace("-", "_"): st.sampled_from(v) for key, v in READINGS.items()}
)
Case = tuple[dt.date, list[tuple[int, int | None, str | None]], int | None, Readings]


def _numbered(
    received_on: dt.date, wars: list[tuple[int, int | None, str | None]], revoked: int | None
) -> tuple[int, list[War], int | None]:
    received = _number(received_on)
    expiry, _ = _six_months(received)
    facts = [
        War(expiry + start, None if length is None else expiry + start + length, kind)
        for start, length, kind in wars
    ]
    return received, facts, None if revoked is None else max(received, expiry + revoked)


def _engagement(war: War) -> Engagement:
    end = None if war.end is None else _date(war.end)
    kind = "IAC" if war.kind == "OCC" else war.kind
    return Engagement(_date(war.start), end, kind, war.kind == "OCC")


@settings(max_examples=400)
@given(received_on=RECEIPTS, wars=WARS, revoked=st.one_of(st.none(), NEAR), chosen=CHOICES)
@example(dt.date(2026, 1, 10), [(-5, 5, None), (0, 9, None)], None,
         Readings(conflict_edges="strict", conflict_scope="until-peace"))  # fmt: skip
@example(dt.date(2024, 8, 31), [(1, 9, None), (10, 2, None)], 10,
         Readings(month_end="next-day", conflict_scope="until-peace"))  # fmt: skip
def test_every_day_agrees(
    received_on: dt.date,
    wars: list[tuple[int, int | None, str | None]],
    revoked: int | None,
    chosen: Readings,
) -> None:
    """Status on every day, day of effect and being bound, against the walk."""
    received, facts, revoked_at = _numbered(received_on, wars, revoked)
    edges = [day for war in facts for day in (war.start, war.end) if day is not None]
    last = max([received + 200, *edges, revoked_at or 0]) + 3
    expected = _statuses(received, facts, revoked_at, chosen, last)
    found = withdrawal(
        received_on,
        [_engagement(war) for war in facts],
        None if revoked_at is None else _date(revoked_at),
        chosen,
    )
    for offset, status in enumerate(expected):
        day = _date(received + offset)
        assert found.status_on(day) == status, day
    out = expected.index("withdrawn") if "withdrawn" in expected else None
    assert found.effective_on == (None if out is None else _date(received + out))


@settings(max_examples=60)
@given(case=st.tuples(RECEIPTS, WARS, st.one_of(st.none(), NEAR), CHOICES))
def test_a_state_on_every_day_agrees(
    case: Case,
    party: Callable[..., State],
    conflict: Callable[..., Conflict],
) -> None:
    """The same through a State and the day asked about, on which the future is not known."""
    received_on, wars, revoked, chosen = case
    received, facts, revoked_at = _numbered(received_on, wars, revoked)
    state = party(
        notices=[received_on],
        revocations=[] if revoked_at is None else [_date(revoked_at)],
        conflicts=tuple(
            conflict(_date(w.start), None if w.end is None else _date(w.end), w.kind)
            for w in facts
        ),
    )  # fmt: skip
    edges = [day for war in facts for day in (war.start, war.end) if day is not None]
    last = max([received + 200, *edges, revoked_at or 0]) + 3
    without = _statuses(received, facts, None, chosen, last)
    with_it = _statuses(received, facts, revoked_at, chosen, last)
    for day in range(received - 2, last + 1):
        status, effective_on, bound = finding(state, _date(day), chosen)
        if day < received:
            assert (status, effective_on, bound) == ("party", None, True)
            continue
        known = without if revoked_at is None or day < revoked_at else with_it
        assert status == known[day - received], _date(day)
        out = known.index("withdrawn") if "withdrawn" in known else None
        assert (effective_on and effective_on.day) == (out and _date(received + out))
        if status != "uncertain":
            assert bound is (status in {"party", "withdrawing", "suspended"})


@dataclass(frozen=True)
class Paper:
    """One instrument of withdrawal, with what Article 20(2) and no clause at all say of it."""

    received: int
    sound: bool
    asked_for: int | None


def _lived(
    papers: list[Paper], acts: list[int], wars: list[War], chosen: Readings, last: int
) -> dict[int, str]:
    """The status on each day of a party that gives notices and revokes them.

    A notice starts its own time where none is running; the first revocation from its
    receipt on is its own, and an act that undid one notice does not undo another.
    """
    found: dict[int, str] = {}
    running: list[str] = []
    begun = 0
    undone: set[int] = set()
    act: int | None = None
    for day in range(papers[0].received, last + 1):
        for paper in papers:
            if paper.received != day or (not paper.sound and chosen.defects == "invalid"):
                continue
            if running and running[day - begun] != "party":
                continue
            if running and act is not None:
                undone.add(act)
            act = next((a for a in range(len(acts)) if acts[a] >= day and a not in undone), None)
            begun = day
            running = _statuses(day, wars, None if act is None else acts[act], chosen, last,
                                paper.asked_for)  # fmt: skip
        found[day] = running[day - begun] if running else "party"
    return found


PAPERS = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from([True, True, False]),
              st.one_of(st.none(), st.none(), st.integers(-10, 40))),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=150)
@given(first=RECEIPTS, papers=PAPERS, acts=st.lists(st.integers(0, 500), max_size=2), wars=WARS,
       chosen=CHOICES, later=st.lists(st.integers(-2, 2), min_size=3, max_size=3))  # fmt: skip
def test_several_notices_and_revocations_agree(
    first: dt.date,
    papers: list[tuple[int, bool, int | None]],
    acts: list[int],
    wars: list[tuple[int, int | None, str | None]],
    chosen: Readings,
    later: list[int],
    party: Callable[..., State],
    conflict: Callable[..., Conflict],
    sent: Callable[..., Communication],
) -> None:
    """Given again after a revocation, while one is pending, on the day of effect."""
    assume(chosen.month_end != "refuse")
    received, facts, _ = _numbered(first, wars, None)
    expiry, _ = _six_months(received)
    # Most further notices and the revocations lie about the first expiry, where they tell.
    given_on = sorted({received, *(expiry + later[n % 3] + after // 90 for n, (after, _, _)
                                   in enumerate(papers[1:]))})  # fmt: skip
    notices = [
        Paper(day, sound, None if asked is None else _six_months(day)[0] + asked)
        for day, (_, sound, asked) in zip(given_on, papers, strict=False)
    ]
    revoked = sorted(
        {received + after if after > 300 else expiry + after % 9 - 4 for after in acts}
    )
    state = party(
        revocations=[_date(day) for day in revoked],
        communications=tuple(
            sent("withdrawal", _date(one.received), reasons=None if one.sound else False,
                 requested_on=None if one.asked_for is None else _date(one.asked_for))
            for one in notices
        ),
        conflicts=tuple(
            conflict(_date(w.start), None if w.end is None else _date(w.end), w.kind)
            for w in facts
        ),
    )  # fmt: skip
    for day in {expiry + n for n in range(-5, 8)} | {received, expiry + 190, expiry + 400}:
        known = [one for one in notices if one.received <= day]
        arrived = [one for one in revoked if one <= day]
        expected = _lived(known, arrived, facts, chosen, day)[day]
        assert finding(state, _date(day), chosen).status == expected, _date(day)


@pytest.mark.parametrize(
    "chosen",
    [Readings(*values) for values in product(*READINGS.values())],
    ids=lambda chosen: "+".join(f"{k}={v}" for k, v in chosen.changed()) or "default",
)
def test_every_combination_of_readings(chosen: Readings) -> None:
    """One dense set of facts, a month end among them, under each of the 768 combinations."""
    received = NUMBER[2024, 8, 31]
    expiry = NUMBER[2025, 2, 28]
    wars = [
        War(expiry - 9, expiry, "IAC"), War(expiry, expiry + 4, "NIAC"),
        War(expiry + 1, expiry + 2, None), War(expiry + 4, expiry + 7, "OCC"),
    ]  # fmt: skip
    for subset in range(16):
        mine = [war for bit, war in enumerate(wars) if subset >> bit & 1]
        for revoked in (None, expiry, expiry + 2, expiry + 7):
            expected = _statuses(received, mine, revoked, chosen, expiry + 12)
            found = withdrawal(
                _date(received), [_engagement(war) for war in mine],
                None if revoked is None else _date(revoked), chosen,
            )  # fmt: skip
            for offset in range(expiry - received - 2, len(expected)):
                day = _date(received + offset)
                assert found.status_on(day) == expected[offset], (mine, revoked, day)


def test_the_walk_itself() -> None:
    """The oracle is tried on published days, so that it cannot agree by being empty."""
    received, effect = NUMBER[2025, 6, 27], NUMBER[2025, 12, 27]
    lithuania = _statuses(received, [], None, Readings(), effect + 1)
    assert lithuania == ["withdrawing"] * (effect - received) + ["withdrawn"] * 2
    assert _six_months(NUMBER[2004, 8, 31]) == (NUMBER[2005, 2, 28], NUMBER[2005, 3, 1])
