"""A State's standing on a day: the rules run on everything the record allows for.

Where all possibilities agree the answer is firm; where they differ it is a range or
``uncertain``, with the values it can have.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, Conflict, State
from ottawa_cli.rules import article_17
from ottawa_cli.rules.history import BOUND_STATUSES, History, Notice, basis_of, history_of, known_on
from ottawa_cli.rules.possibilities import possibilities
from ottawa_cli.rules.readings import DEFAULT, Readings

# In the order of a State's course; `uncertain` is the answer where the record does not settle it.
STATUSES = (
    "not-party", "signatory", "joining", "party", "withdrawing", "suspended",
    "operation-suspended", "withdrawn", "uncertain",
)  # fmt: skip
CONTESTABLE = BOUND_STATUSES | {"operation-suspended"}


class ConflictStanding(NamedTuple):
    """A conflict of the State, and whether it holds its withdrawal back."""

    conflict: Conflict
    suspends: bool


class Standing(NamedTuple):
    """Where a State stands under the Convention on the day `as_of`.

    Dates are partial where the record does not settle the day; `effective_on` is None
    where no date can be given. `days_to_effective` counts from `as_of`, negative after.
    `state` and `histories`, one for each combination of exact days, are what the answer was
    computed from: `steps` and `notes` tell the reasons from them. `through` is where the State
    stands of which its territory was part before its first day.
    """

    iso3: str
    iso2: str
    name: str
    as_of: dt.date
    readings: Readings
    status: str
    possible_statuses: tuple[str, ...]
    bound: bool | None
    contested: bool
    signed_on: PartialDate | None
    instrument: str | None
    deposited_on: PartialDate | None
    in_force_on: PartialDate | None
    notice: Communication | None
    received_on: PartialDate | None
    revoked_on: PartialDate | None
    period_end_on: PartialDate | None
    effective_on: PartialDate | None
    effective_basis: str | None
    conflicts: tuple[ConflictStanding, ...]
    sources: tuple[str, ...]
    state: State
    histories: tuple[History, ...]
    through: "Standing | None" = None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notice that the answer is about, on each combination of exact days that has one."""
        return tuple(history.notice for history in self.histories if history.notice)

    @property
    def basis(self) -> str:
        """``assumed`` where the status rests on a what-if, else ``computed``."""
        return basis_of(*(history.assumed_on(self.as_of) for history in self.histories))

    @property
    def days_to_effective(self) -> int | None:
        """Days from `as_of` to the day of effect, where that day is known."""
        day = self.effective_on.day if self.effective_on else None
        return (day - self.as_of).days if day else None

    @property
    def first_report_due_on(self) -> dt.date | None:
        """The first transparency report, where the day of entry into force is known."""
        return self._due_on("first-report")

    @property
    def stockpiles_due_on(self) -> dt.date | None:
        """The destruction of stockpiles; None too where the State has left by then."""
        return self._due_on("stockpiles")

    def _due_on(self, id: str) -> dt.date | None:
        """The last day for what entry into force starts, where it is known and the State there."""
        in_force_on = self.in_force_on and self.in_force_on.day
        limits = [limit for limit in self.state.treaty.deadlines if limit.id == id]
        if in_force_on is None or not limits:
            return None
        due = article_17.due_on(in_force_on, limits[0])
        gone = self.effective_on and self.effective_on.latest <= due
        return None if gone else due


def histories_of(state: State, as_of: dt.date, readings: Readings) -> tuple[History, ...]:
    """The history by each possibility. Raises TooManyUnknownDays."""
    possible = possibilities(state, as_of)
    return tuple([history_of(exact_state, as_of, readings) for exact_state in possible])


class Statuses(NamedTuple):
    """The statuses that a State can have on a day, in the order of its course.

    `refused`: a reading gives no date on which the status turns.
    """

    possible: tuple[str, ...]
    refused: bool

    @property
    def status(self) -> str:
        """The status, ``uncertain`` where it is not settled."""
        return "uncertain" if self.refused or len(self.possible) > 1 else self.possible[0]

    @property
    def bound(self) -> bool | None:
        """Whether the State is bound; None where the possible statuses differ on it."""
        bound = {status in BOUND_STATUSES for status in self.possible}
        return bound.pop() if len(bound) == 1 else None


def statuses_on(day: dt.date, histories: Iterable[History]) -> Statuses:
    """Every status that the histories of a State allow for on a day."""
    possible: set[str] = set()
    refused = False
    for history in histories:
        status = history.status_on(day)
        if status != "uncertain":
            possible.add(status)
            continue
        refused = True
        # The date was refused: the period may still run, or have run when it was revoked.
        notice = history.notice_on(day)
        revoked_on = notice.withdrawal.revoked_on if notice else None
        running = "party" if revoked_on and revoked_on <= day else "withdrawing"
        possible.add(history.in_operation(running, day))
        for value in ("last-day", "next-day"):
            readings = history.readings.choosing("month-end", value)
            possible.add(history_of(history.state, history.as_of, readings).status_on(day))
    return Statuses(tuple(status for status in STATUSES if status in possible), refused)


class Finding(NamedTuple):
    """A standing without its reasons: `effective_on` is None where no date can be given, and
    `bound` where the possible statuses differ on it."""

    status: str
    effective_on: PartialDate | None
    bound: bool | None


def finding(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Finding:
    """Where `state` stands on the day, as `standing` answers. Raises TooManyUnknownDays."""
    return finding_of(histories_of(state, as_of, readings))


def finding_of(histories: Sequence[History]) -> Finding:
    """The finding for a State that can have had each of these histories."""
    statuses = statuses_on(histories[0].as_of, histories)
    notices = [history.notice for history in histories]
    effective_on = range_of(notice and notice.withdrawal.effective_on for notice in notices)
    return Finding(statuses.status, effective_on, statuses.bound)


def standing(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Standing:
    """Where `state` stands on the day `as_of` under Articles 17 and 20, and why.

    Notices and revocations received after `as_of` are not yet there, unless they are assumed:
    then what follows from them is there, and the status is that of the day all the same.
    Everything computed uses the record as it stands. Raises TooManyUnknownDays.
    """
    histories = histories_of(state, as_of, readings)
    statuses = statuses_on(as_of, histories)
    # The membership that the day falls in, or else the first one to come.
    memberships = [h.membership_on(as_of) or next(iter(h.memberships), None) for h in histories]
    numbers = [h.memberships.index(m) for h, m in zip(histories, memberships, strict=True) if m]
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    deposit = deposits[max(numbers)] if numbers else None
    instrument = _as_recorded("instrument", histories, state)
    revocation = _as_recorded("revocation", histories, state)
    notices = [history.notice for history in histories]
    effective_on = range_of(notice and notice.withdrawal.effective_on for notice in notices)
    assumed = [notice.effect_assumed for notice in notices if notice]
    contestable = not CONTESTABLE.isdisjoint(statuses.possible)
    surely_waits_for = set.intersection(*(history.waits_for for history in histories))
    conflicts = (
        ConflictStanding(conflict, suspends=number in surely_waits_for)
        for number, conflict in enumerate(state.conflicts)
    )
    return Standing(
        iso3=state.iso3,
        iso2=state.iso2,
        name=state.name,
        as_of=as_of,
        readings=readings,
        status=statuses.status,
        possible_statuses=statuses.possible,
        bound=statuses.bound,
        contested=contestable and any(history.suspensions for history in histories),
        signed_on=state.signed_on,
        instrument=deposit.instrument if deposit else None,
        deposited_on=deposit.deposited_on if deposit else None,
        in_force_on=range_of(membership and membership.in_force_on for membership in memberships),
        notice=instrument,
        received_on=instrument.received_on if instrument else None,
        revoked_on=revocation.received_on if revocation else None,
        period_end_on=range_of(notice and notice.withdrawal.period_end_on for notice in notices),
        effective_on=effective_on,
        effective_basis=basis_of(*assumed) if effective_on else None,
        conflicts=tuple(conflicts),
        sources=_sources(state, as_of),
        state=state,
        histories=histories,
    )


def _as_recorded(part: str, histories: Sequence[History], state: State) -> Communication | None:
    """The communication of the record that the instrument or revocation of a notice stands for."""
    for history in histories:
        sent = getattr(history.notice, part, None)
        if sent is not None:
            return state.communications[history.state.communications.index(sent)]
    return None


def range_of(days: Iterable[dt.date | None]) -> PartialDate | None:
    """From the first of the days to the last; None where one of them is not known, or none is."""
    all_days = list(days)
    known_days = [day for day in all_days if day is not None]
    if not known_days or len(known_days) < len(all_days):
        return None
    return PartialDate(min(known_days), max(known_days))


def _sources(state: State, as_of: dt.date) -> tuple[str, ...]:
    """The ids of the sources the answer stands on, each once, in the order of use."""
    ids = list(state.signature_sources)
    for deposit in state.deposits:
        ids += (*deposit.sources, *deposit.in_force_sources)
    ids += state.sources
    if state.first_day and as_of < state.first_day.on:
        ids += state.first_day.sources
    for communication in known_on(state, as_of):
        ids += (*communication.sources, *communication.circulated_sources)
        ids += communication.lasts_sources
        for objection in communication.objections:
            ids += objection.sources
    for conflict in state.conflicts:
        ids += (*conflict.sources, *conflict.end_sources)
    return tuple(dict.fromkeys(ids))
