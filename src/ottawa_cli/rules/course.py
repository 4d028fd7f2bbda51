"""A State's course on exact days: its spells as a party and what became of each notice.

A partial date has many exact days; `exact_states` lays them out, and every rule runs
on each. Where they agree the answer is firm.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import ALL_ADDRESSEES, Communication, Conflict, Deposit, State
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.article_20 import (
    Engagement,
    Withdrawal,
    six_months_after,
    withdrawal,
)
from ottawa_cli.rules.readings import Readings

MOST_COMBINATIONS = 4096


class TooManyUnknownDays(ValueError):
    """The partial dates of one State combine in too many ways to try them all."""


def basis(*assumed: bool, otherwise: str = "computed") -> str:
    """``assumed`` where anything that an answer rests on is a what-if."""
    return "assumed" if any(assumed) else otherwise


class Notice(NamedTuple):
    """An instrument of withdrawal, what Article 20(3) makes of it, and its revocation.

    `assumed`: that its time runs rests on a what-if; `conflicts_assumed`: what the conflicts
    make of it does.
    """

    instrument: Communication
    withdrawal: Withdrawal
    revocation: Communication | None
    assumed: bool
    conflicts_assumed: bool

    @property
    def effect_assumed(self) -> bool:
        """Whether the effect, or that there is none, rests on a what-if; a revocation aside."""
        return self.assumed or self.conflicts_assumed

    @property
    def revocation_assumed(self) -> bool:
        """Whether what its revocation does rests on a what-if.

        One that comes before the first possible day of effect is in time whatever the conflicts.
        """
        revoked_on, earliest = self.withdrawal.revoked_on, self.withdrawal.earliest_effect_on
        tested = revoked_on is not None and earliest is not None and revoked_on >= earliest
        return (self.revocation is not None and self.revocation.assumed) or (
            tested and self.conflicts_assumed
        )

    def assumed_on(self, day: dt.date) -> bool:
        """Whether the standing on a day not before the receipt rests on a what-if."""
        outcome = self.withdrawal
        if outcome.revoked_by(day):
            return self.revocation_assumed
        earliest = outcome.earliest_effect_on
        return self.assumed or (self.conflicts_assumed and earliest is not None and day >= earliest)

    @property
    def too_late(self) -> bool | None:
        """Whether it was revoked too late; None where that turns on a day that is not given."""
        outcome = self.withdrawal
        if outcome.revoked_on is None or outcome.revoked_in_time or outcome.void:
            return False
        return None if outcome.would_take_effect_on is None else True


def lateness(notices: Iterable[Notice]) -> str:
    """How their revocation came, by every exact reading: in time is empty."""
    late = {notice.too_late for notice in notices}
    if late <= {False}:
        return ""
    return "too late" if late == {True} else "perhaps too late"


class Spell(NamedTuple):
    """One time as a party: from a deposit to, perhaps, the effect of a withdrawal."""

    deposit: Deposit
    deposited_on: dt.date
    in_force_on: dt.date
    notices: tuple[Notice, ...]

    @property
    def begins_on(self) -> dt.date:
        """The first day this spell says something about; a succession may reach back."""
        return min(self.deposited_on, self.in_force_on)

    @property
    def left_on(self) -> dt.date | None:
        """The day a withdrawal takes effect and the spell is over, or None."""
        effects = (notice.withdrawal.effective_on for notice in self.notices)
        return next(filter(None, effects), None)

    def status_on(self, day: dt.date) -> str:
        """The standing on a day not before `begins_on`."""
        if day < self.in_force_on:
            return "joining"
        for notice in reversed(self.notices):
            if notice.withdrawal.received_on <= day:
                return notice.withdrawal.status_on(day)
        return "party"


class Course(NamedTuple):
    """A State's whole course; `idle` are the notices that start no six months, and why.

    `notice_replaced_on`: where a what-if took a recorded notice away, the day of its receipt.
    """

    signed_on: dt.date | None
    spells: tuple[Spell, ...]
    idle: tuple[tuple[Communication, str], ...]
    engagements: tuple[Engagement, ...]
    notice_replaced_on: dt.date | None

    @property
    def notices(self) -> list[Notice]:
        """The notices of every spell."""
        return [notice for spell in self.spells for notice in spell.notices]

    def spell_on(self, day: dt.date) -> Spell | None:
        """The latest spell begun by that day, or None."""
        begun = [spell for spell in self.spells if spell.begins_on <= day]
        return begun[-1] if begun else None

    def status_on(self, day: dt.date) -> str:
        """The standing on any day."""
        spell = self.spell_on(day)
        if spell is not None:
            return spell.status_on(day)
        return "signatory" if self.signed_on and self.signed_on <= day else "not-party"

    def assumed_on(self, day: dt.date) -> bool:
        """Whether the standing on a day rests on a what-if."""
        spell, replaced_on = self.spell_on(day), self.notice_replaced_on
        if spell is None:
            return False
        return (replaced_on is not None and spell.begins_on <= replaced_on <= day) or any(
            n.assumed_on(day) for n in spell.notices if n.withdrawal.received_on <= day
        )

    def notice_on(self, day: dt.date) -> Notice | None:
        """The notice last received by that day; where none is pending then, the next one."""
        spell = self.spell_on(day)
        notices = spell.notices if spell else ()
        received = [n for n in notices if n.withdrawal.received_on <= day][-1:]
        if received and received[0].withdrawal.status_on(day) != "party":
            return received[0]
        later = [n for n in self.notices if n.withdrawal.received_on > day]
        return next(iter((*later, *received)), None)


def known(state: State, as_of: dt.date) -> list[Communication]:
    """The communications that count: those received by the day asked about.

    Where one is assumed for a later day, it counts too, and so do the notices and revocations
    received before it.
    """
    last = max([as_of, *(c.received_on.latest for c in state.communications if c.assumed)])
    return [
        c for c in state.communications
        if c.received_on.earliest <= (as_of if c.kind == "suspension" else last)
    ]  # fmt: skip


def course(state: State, as_of: dt.date, readings: Readings) -> Course:
    """The course of a State whose dates are exact, as known on `as_of`."""
    engagements = tuple(engagement(conflict) for conflict in state.conflicts)
    received = sorted(known(state, as_of), key=lambda c: c.received_on.earliest)
    spells: list[Spell] = []
    idle: list[tuple[Communication, str]] = []
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    for number, deposit in enumerate(deposits):
        deposited_on = deposit.deposited_on.earliest
        in_force_on = deposit.in_force_on or entry_into_force(deposited_on)
        until = deposits[number + 1].deposited_on.earliest if deposits[number + 1 :] else None
        begins_on = min(deposited_on, in_force_on)
        mine = [
            c for c in received
            if c.received_on.earliest >= begins_on
            and (until is None or c.received_on.earliest < until)
        ]  # fmt: skip
        notices = _notices(state, mine, in_force_on, engagements, readings, idle)
        spells.append(Spell(deposit, deposited_on, in_force_on, notices))
    before_any = [
        c for c in received
        if c.kind == "withdrawal"
        and not any(c.received_on.earliest >= spell.begins_on for spell in spells)
    ]  # fmt: skip
    idle.extend((c, "not-in-force") for c in before_any)
    signed_on = state.signed_on.earliest if state.signed_on else None
    return Course(signed_on, tuple(spells), tuple(idle), engagements, state.notice_replaced_on)


def _notices(
    state: State,
    received: list[Communication],
    in_force_on: dt.date,
    engagements: tuple[Engagement, ...],
    readings: Readings,
    idle: list[tuple[Communication, str]],
) -> tuple[Notice, ...]:
    """The notices of one spell that start six months; the others go to `idle`."""
    notices: list[Notice] = []
    for instrument in received:
        if instrument.kind != "withdrawal":
            continue
        received_on = instrument.received_on.earliest
        if received_on < in_force_on:
            idle.append((instrument, "not-in-force"))
            continue
        before = notices[-1].withdrawal.status_on(received_on) if notices else "party"
        if before != "party":
            idle.append(
                (instrument, "not-in-force" if before == "withdrawn" else "already-pending")
            )
            continue
        # An act that already undid an earlier notice does not undo the next one too.
        spent = [n.revocation for n in notices if n.withdrawal.revoked_in_time]
        revocation = next(
            (
                c for c in received
                if c.kind == "revocation" and c.received_on.earliest >= received_on
                and c not in spent
            ),
            None,
        )  # fmt: skip
        outcome = withdrawal(
            received_on,
            engagements,
            revocation.received_on.earliest if revocation else None,
            readings,
            requested_on=instrument.requested_on,
            defective=is_defective(instrument),
        )
        assumed = instrument.assumed or any(n.assumed_on(received_on) for n in notices)
        by_conflicts = state.conflicts_replaced or any(e.assumed for e in outcome.holding)
        notices.append(Notice(instrument, outcome, revocation, assumed, by_conflicts))
    return tuple(notices)


def is_defective(instrument: Communication) -> bool:
    """Art. 20(2): known to lack its reasons, or known not to have gone to all three addressees."""
    addressees = instrument.addressees
    return instrument.reasons is False or (
        addressees is not None and not addressees >= ALL_ADDRESSEES
    )


def engagement(conflict: Conflict) -> Engagement:
    """The conflict as the rules test it; of a partial date, its first day."""
    end = conflict.end.earliest if conflict.end else None
    only = conflict.occupation == "only"
    return Engagement(conflict.start.earliest, end, conflict.kind, only, conflict)


def exact_states(state: State, as_of: dt.date) -> Iterator[State]:
    """Every State the record allows for: `state` with each partial date made one exact day.

    Only days that can make a difference are tried. A conflict that ends before it starts
    and a revocation of nothing are no possibility, where the partial dates leave another.
    Raises TooManyUnknownDays above 4,096 combinations.
    """
    places = [(place, date) for place, date in bearing(state, as_of) if date.day is None]
    if not places:
        yield state
        return
    choices = [_days_to_try(date, _comparison(state, as_of, place)) for place, date in places]
    count = prod(len(days) for days in choices)
    if count > MOST_COMBINATIONS:
        raise TooManyUnknownDays(f"too many unknown days for {state.name}: {count} combinations")
    found = []
    for days in product(*choices):
        exact_state = state
        for (place, _), day in zip(places, days, strict=True):
            exact_state = _with_day(exact_state, place, day)
        found.append(exact_state)
    yield from [one for one in found if not _contradicts_itself(one)] or found


def _contradicts_itself(state: State) -> bool:
    """Whether a conflict ends before it starts, or a revocation comes before every notice."""
    notices = [c.received_on.earliest for c in state.communications_of("withdrawal")]
    return any(
        c.end is not None and c.end.latest < c.start.earliest for c in state.conflicts
    ) or any(
        c.received_on.latest < min(notices, default=dt.date.min)
        for c in state.communications_of("revocation")
    )


Place = tuple[str, int, str]  # field of State, index in it, field of the entry


def date_at(state: State, place: Place) -> PartialDate:
    """The date that stands at a place."""
    field, index, inner = place
    found = getattr(state, field)
    date: PartialDate = getattr(found[index], inner) if inner else found
    return date


def bearing(state: State, as_of: dt.date) -> Iterator[tuple[Place, PartialDate]]:
    """The dates that bear on the answer; a conflict's only where six months end before it does."""
    if state.signed_on:
        yield ("signed_on", 0, ""), state.signed_on
    for i, deposit in enumerate(state.deposits):
        yield ("deposits", i, "deposited_on"), deposit.deposited_on
    expiries = []
    there = known(state, as_of)
    for i, communication in enumerate(state.communications):
        if communication.kind != "suspension" and communication in there:
            yield ("communications", i, "received_on"), communication.received_on
            if communication.kind == "withdrawal":
                expiries.append(six_months_after(communication.received_on.earliest).day)
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
    notices = _ends(c.received_on for c in state.communications_of("withdrawal"))
    revocations = _ends(c.received_on for c in state.communications_of("revocation"))
    starts = _ends(c.start for c in state.conflicts)
    ends = _ends(c.end for c in state.conflicts if c.end)
    if field == "signed_on":
        return _against({as_of})
    if field == "deposits":
        itself = _against({as_of, *notices, *revocations})
        return lambda day: (itself(day), itself(entry_into_force(day)))
    expiries = {d for n in notices for d in (six_months_after(n).day, six_months_after(n).next_day)}
    if inner == "start":
        return _against(expiries | ends)
    if inner == "end":
        return _against({as_of, *expiries, *revocations, *starts})
    in_force = {entry_into_force(d) for d in _ends(d.deposited_on for d in state.deposits)}
    in_force |= {d.in_force_on for d in state.deposits if d.in_force_on}
    itself = _against({as_of, *notices, *revocations, *in_force})
    if state.communications[index].kind == "revocation":
        return _against({as_of, *notices, *revocations, *in_force, *expiries, *ends})
    later = _against({as_of, *revocations, *starts, *ends})

    def received(day: dt.date) -> object:
        six = six_months_after(day)
        return itself(day), six.clamped, later(six.day), later(six.next_day)

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
