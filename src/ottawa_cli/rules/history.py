"""A State's history on exact days: its memberships, and what became of each notice."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ottawa_cli.model import Communication, Deposit, Event, State
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.article_20 import Engagement, Withdrawal
from ottawa_cli.rules.readings import Readings

BOUND_STATUSES = frozenset({"party", "withdrawing", "suspended"})


def basis_of(*assumed: bool, otherwise: str = "computed") -> str:
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
        if self.revocation is None or self.revocation.assumed:
            return self.revocation is not None
        revoked_on, earliest = self.withdrawal.revoked_on, self.withdrawal.earliest_effect_on
        return self.conflicts_assumed and bool(revoked_on and earliest and revoked_on >= earliest)

    def assumed_on(self, day: dt.date) -> bool:
        """Whether the standing on a day not before the receipt rests on a what-if."""
        if self.withdrawal.revoked_by(day):
            return self.revocation_assumed
        earliest = self.withdrawal.earliest_effect_on
        return self.assumed or (self.conflicts_assumed and bool(earliest and day >= earliest))

    @property
    def too_late(self) -> bool | None:
        """Whether it was revoked too late; None where that turns on a day that is not given."""
        withdrawal = self.withdrawal
        if withdrawal.revoked_on is None or withdrawal.revoked_in_time or withdrawal.void:
            return False
        return None if withdrawal.would_take_effect_on is None else True


def lateness(notices: Iterable[Notice]) -> str:
    """How their revocation came, over all possibilities: in time is empty."""
    late = {notice.too_late for notice in notices}
    if late <= {False}:
        return ""
    return "too late" if late == {True} else "perhaps too late"


class Membership(NamedTuple):
    """One time as a party: from a deposit to, perhaps, the effect of a withdrawal."""

    deposit: Deposit
    in_force_on: dt.date
    notices: tuple[Notice, ...] = ()

    @property
    def begins_on(self) -> dt.date:
        """The first day this membership says something about; a succession may reach back."""
        return min(self.deposit.deposited_on.earliest, self.in_force_on)

    @property
    def left_on(self) -> dt.date | None:
        """The day a withdrawal takes effect and the membership is over, or None."""
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


class Suspension(NamedTuple):
    """A communicated suspension of the operation, as it would be if it did what it says.

    `last_on` is its last day, None where no end is known; before `received_on`, it never began.
    `assumed`: which days it has rests on a what-if.
    """

    communication: Communication
    received_on: dt.date
    last_on: dt.date | None
    assumed: bool

    def holds_on(self, day: dt.date) -> bool:
        """Whether it lasts on the day."""
        return self.received_on <= day and (self.last_on is None or day <= self.last_on)


class History(NamedTuple):
    """The whole history of `state`, whose dates are exact, as known on `as_of`.

    `ineffective` are the notices that start no period, each with the reason; `suspensions` have
    an effect only by the reading that gives them one.
    """

    state: State
    as_of: dt.date
    readings: Readings
    memberships: tuple[Membership, ...]
    ineffective: tuple[tuple[Communication, str], ...]
    engagements: tuple[Engagement, ...]
    suspensions: tuple[Suspension, ...]

    @property
    def effective_suspensions(self) -> tuple[Suspension, ...]:
        """The suspensions, where the readings give them an effect."""
        if self.suspensions and self.readings.suspension == "as-communicated":
            return self.suspensions
        return ()

    @property
    def signed_on(self) -> dt.date | None:
        """The day of signature."""
        return self.state.signed_on.earliest if self.state.signed_on else None

    @property
    def notices(self) -> list[Notice]:
        """The notices of every membership."""
        return [notice for membership in self.memberships for notice in membership.notices]

    def membership_on(self, day: dt.date) -> Membership | None:
        """The latest membership begun by that day, or None."""
        begun = [membership for membership in self.memberships if membership.begins_on <= day]
        return begun[-1] if begun else None

    def status_on(self, day: dt.date) -> str:
        """The standing on any day."""
        membership = self.membership_on(day)
        if membership is not None:
            return self.in_operation(membership.status_on(day), day)
        return "signatory" if self.signed_on and self.signed_on <= day else "not-party"

    def in_operation(self, status: str, day: dt.date) -> str:
        """The standing on a day that would else be `status`: its operation may be suspended."""
        membership = self.membership_on(day)
        suspended = membership and any(
            suspension.holds_on(day) and membership.begins_on <= suspension.received_on
            for suspension in self.effective_suspensions
        )
        return "operation-suspended" if suspended and status in BOUND_STATUSES else status

    def assumed_on(self, day: dt.date) -> bool:
        """Whether the standing on a day rests on a what-if."""
        if any(s.assumed and s.received_on <= day for s in self.effective_suspensions):
            return True
        membership, replaced_on = self.membership_on(day), self.state.notice_replaced_on
        if membership is None:
            return False
        return (replaced_on is not None and membership.begins_on <= replaced_on <= day) or any(
            n.assumed_on(day) for n in membership.notices if n.withdrawal.received_on <= day
        )

    def notice_on(self, day: dt.date) -> Notice | None:
        """The notice last received by that day; where none is pending then, the next one."""
        if not self.state.communications:
            return None
        membership = self.membership_on(day)
        notices = membership.notices if membership else ()
        received = [n for n in notices if n.withdrawal.received_on <= day][-1:]
        if received and received[0].withdrawal.status_on(day) != "party":
            return received[0]
        later = [n for n in self.notices if n.withdrawal.received_on > day]
        return next(iter((*later, *received)), None)

    @property
    def notice(self) -> Notice | None:
        """The notice that an answer for `as_of` is about."""
        return self.notice_on(self.as_of)

    @property
    def waits_for(self) -> set[int]:
        """Which of the conflicts end too late for the earliest day of effect of that notice."""
        withdrawal = self.notice.withdrawal if self.notice else None
        if withdrawal is None or withdrawal.revoked_by(self.as_of):
            return set()
        earliest = withdrawal.earliest_effect_on or dt.date.max
        ends = [article_20.released_on(e.end, self.readings) for e in self.engagements]
        holds = [engagement in withdrawal.holding for engagement in self.engagements]
        return {n for n, end in enumerate(ends) if holds[n] and (end is None or end > earliest)}


def known_on(state: State, as_of: dt.date) -> list[Communication]:
    """The communications that count: those received by the day asked about.

    Where one is assumed for a later day, it counts too, and so do the notices and revocations
    received before it.
    """
    last = max([as_of, *(c.received_on.latest for c in state.communications if c.assumed)])
    until = {"withdrawal": last, "revocation": last, "suspension": as_of}
    return [c for c in state.communications if c.received_on.earliest <= until[c.kind]]


def published_effects(state: State, as_of: dt.date) -> list[Event]:
    """The events by that day in which a source publishes that a withdrawal took effect."""
    return [e for e in state.events if e.kind == "published-effect" and e.date.earliest <= as_of]


def history_of(state: State, as_of: dt.date, readings: Readings) -> History:
    """The history of a State whose dates are exact, as known on `as_of`."""
    engagements = tuple(Engagement.of(conflict) for conflict in state.conflicts)
    received = sorted(known_on(state, as_of), key=lambda c: c.received_on.earliest)
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    untils = [*(deposit.deposited_on.earliest for deposit in deposits[1:]), dt.date.max]
    memberships: list[Membership] = []
    ineffective: list[tuple[Communication, str]] = []
    for deposit, until in zip(deposits, untils, strict=False):
        deposited_on = deposit.deposited_on.earliest
        in_force_on = deposit.in_force_on or entry_into_force(deposited_on, state.treaty.joining)
        membership = Membership(deposit, in_force_on)
        begins_on = membership.begins_on
        received_in_it = [c for c in received if begins_on <= c.received_on.earliest < until]
        revocations = [c for c in received_in_it if c.kind == "revocation"]
        for instrument in received_in_it:
            if instrument.kind != "withdrawal":
                continue
            before = membership.status_on(instrument.received_on.earliest)
            if before == "party":
                notice = _notice(instrument, revocations, membership, state, engagements, readings)
                membership = membership._replace(notices=(*membership.notices, notice))
            else:
                bound = before not in {"joining", "withdrawn"}
                ineffective.append((instrument, "already-pending" if bound else "not-in-force"))
        memberships.append(membership)
    for c in received:
        before_all = all(c.received_on.earliest < m.begins_on for m in memberships)
        if c.kind == "withdrawal" and before_all:
            ineffective.append((c, "not-in-force"))
    suspensions = tuple(suspension_of(c, state) for c in received if c.kind == "suspension")
    return History(
        state, as_of, readings, tuple(memberships), tuple(ineffective), engagements, suspensions
    )


def _notice(
    instrument: Communication,
    revocations: Sequence[Communication],
    membership: Membership,
    state: State,
    engagements: tuple[Engagement, ...],
    readings: Readings,
) -> Notice:
    """A notice received by a party, and the first revocation after it.

    An act that already undid an earlier notice does not undo this one too.
    """
    received_on, earlier = instrument.received_on.earliest, membership.notices
    spent = [notice.revocation for notice in earlier if notice.withdrawal.revoked_in_time]
    left = [c for c in revocations if c.received_on.earliest >= received_on and c not in spent]
    revocation = left[0] if left else None
    withdrawal = article_20.withdrawal(
        received_on,
        engagements,
        revocation.received_on.earliest if revocation else None,
        readings,
        clause=state.clause,
        member_since=membership.in_force_on,
        requested_on=instrument.requested_on,
        defective=instrument.reasons is False or bool(article_20.left_out(instrument)),
    )
    assumed = instrument.assumed or any(notice.assumed_on(received_on) for notice in earlier)
    holding_assumed = any(e.assumed for e in withdrawal.holding)
    conflicts_assumed = bool(state.conflicts_replaced) or holding_assumed
    return Notice(instrument, withdrawal, revocation, assumed, conflicts_assumed)


def suspension_of(sent: Communication, state: State) -> Suspension:
    """A communicated suspension, for as long as it says: the hostilities of its first day."""
    day, assumed = sent.received_on.earliest, bool(state.conflicts_replaced)
    if sent.lasts_while is None:
        return Suspension(sent, day, None, assumed=False)
    fought = tuple(
        e for e in map(Engagement.of, state.conflicts) if e.on(day) and not e.occupation_only
    )
    last_on = article_20.end_of(fought) if fought else day - article_20.ONE_DAY
    return Suspension(sent, day, last_on, assumed or any(e.assumed for e in fought))
