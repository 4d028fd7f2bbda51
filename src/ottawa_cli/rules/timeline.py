"""A State's course as spans and dated events, for a picture and a list."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Event, Objection, State, note_on
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import ONE_DAY, REVOCATION
from ottawa_cli.rules.history import History, basis_of, known_on, lateness, published_effects
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import histories_of, range_of, statuses_on

# The kinds of the events that come of the instruments, the conflicts and the rules.
KINDS = (
    "first-day", "signature", "deposit", "entry-into-force", "deadline", "conflict-start",
    "conflict-phase", "conflict-end", "withdrawal", "revocation", "suspension", "circulation",
    "objection", "notice-period-end", "effect",
)  # fmt: skip
RECEIVED = {  # of each kind of communication, what is said of its receipt, and the provision
    "withdrawal": ("Instrument of withdrawal received by the depositary", None),
    "revocation": ("Revocation of the notice received by the depositary", REVOCATION),
    "suspension": (
        "Communication of suspension received: contested, no clause provides for it",
        "VCLT Arts. 42(2), 57",
    ),
}


class Span(NamedTuple):
    """A time of one standing. `phase` is a status; `start` None: always so far; `end` is the
    first day after it, None: open; `basis` is ``computed`` or ``assumed``."""

    phase: str
    start: dt.date | None
    end: dt.date | None
    basis: str


class TimelineEntry(NamedTuple):
    """One dated event of a State's course; `date` None: the day was not found.

    `basis` is ``recorded``, ``computed`` or ``assumed``. `late` says so of a revocation that came,
    or perhaps came, too late; else it is empty.
    """

    date: PartialDate | None
    kind: str
    title: str
    basis: str
    provision: str | None = None
    note: str | None = None
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    late: str = ""


def spans(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> tuple[Span, ...]:
    """The times of each standing, as known on `as_of`; ``uncertain`` where unknown days differ."""
    histories = histories_of(state, as_of, readings)
    course: list[Span] = []
    for day in turning_days(histories):
        phase = statuses_on(day, histories).status
        basis = basis_of(*(history.assumed_on(day) for history in histories))
        if not course:
            course.append(Span(phase, None, None, basis))
        elif (course[-1].phase, course[-1].basis) != (phase, basis):
            course[-1] = course[-1]._replace(end=day)
            course.append(Span(phase, day, None, basis))
    return tuple(course)


def turning_days(histories: Iterable[History]) -> list[dt.date]:
    """The first of all days, and those on which the standing of a State can change."""
    days: set[dt.date | None] = {dt.date.min}
    for history in histories:
        days |= {history.signed_on, history.state.notice_replaced_on}
        for suspension in history.suspensions:
            days |= {suspension.received_on, suspension.last_on and suspension.last_on + ONE_DAY}
        for membership in history.memberships:
            days |= {membership.begins_on, membership.in_force_on}
        for notice in history.notices:
            withdrawal = notice.withdrawal
            days |= {withdrawal.received_on, withdrawal.period.day, withdrawal.revoked_on}
            days |= {withdrawal.earliest_effect_on, withdrawal.would_take_effect_on}
    return sorted(day for day in days if day)


def events(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> tuple[TimelineEntry, ...]:
    """Everything dated in a State's course, recorded, computed and assumed, by date.

    Communications, objections and events after `as_of` are not yet there, unless a what-if looks
    ahead; signature, deposits and conflicts are, and what is computed may lie ahead. An objection
    whose day was not found comes last.
    """
    histories = histories_of(state, as_of, readings)
    others = (e for e in state.events if e.kind != "published-effect" and e.date.earliest <= as_of)
    entries = [
        *_joining(state, histories, as_of),
        *_conflicts(state, as_of),
        *(of_event(event, as_of) for event in others),
        *_leaving(state, histories, as_of),
        *_communicated(state, histories, as_of),
    ]
    return tuple(sorted(entries, key=lambda e: e.date.earliest if e.date else dt.date.max))


def _joining(state: State, histories: Sequence[History], as_of: dt.date) -> Iterator[TimelineEntry]:
    provisions = state.treaty.provisions
    if first := state.first_day:
        title, day = "First day as a State", exact(first.on)
        yield TimelineEntry(day, "first-day", title, "recorded", sources=first.sources)
    if signed_on := state.signed_on:
        where, ids = provisions.signature, state.signature_sources
        yield TimelineEntry(signed_on, "signature", "Signature", "recorded", where, sources=ids)
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    memberships = zip(*(history.memberships for history in histories), strict=True)
    for deposit, same in zip(deposits, memberships, strict=True):
        title, note = f"Deposit: {deposit.instrument}", note_on(deposit.notes, as_of)
        facts = ("recorded", provisions.deposit, note, state.confidence, deposit.sources)
        yield TimelineEntry(deposit.deposited_on, "deposit", title, *facts)
        in_force = range_of(membership.in_force_on for membership in same)
        yield TimelineEntry(
            date=in_force,
            kind="entry-into-force",
            title="Entry into force",
            basis=deposit.in_force_basis,
            provision=article_17.rests_on(deposit, state.treaty),
            note=deposit.in_force_reason,
            sources=deposit.in_force_rests_on,
        )
        if in_force and in_force.day:
            for limit in state.treaty.deadlines:
                due, where = article_17.due_on(in_force.day, limit), limit.provision
                if any(m.left_on is None or due < m.left_on for m in same):
                    yield TimelineEntry(exact(due), "deadline", limit.title, "computed", where)


def _of_fact(fact: Communication | Conflict | Event | Objection, as_of: dt.date) -> dict[str, Any]:
    """What an entry has of any fact: its notes on that day, how sure it is, and its sources."""
    return {
        "note": note_on(fact.notes, as_of),
        "confidence": fact.confidence,
        "sources": fact.sources,
    }


def _conflicts(state: State, as_of: dt.date) -> Iterator[TimelineEntry]:
    """The start of each conflict, its phases and its end."""
    where = state.treaty.provisions.conflict or None
    for conflict in state.conflicts:
        classified = ", ".join(word for word in (conflict.kind, conflict.classifier) if word)
        what = f"{conflict.name} ({classified})" if classified else conflict.name
        title = f"Armed conflict begins: {what}{'' if conflict.end else '; no known end'}"
        day, basis, fact = conflict.start, conflict.basis, _of_fact(conflict, as_of)
        yield TimelineEntry(day, "conflict-start", title, basis, where, **fact)
        for phase in conflict.phases:
            title, ids = f"{conflict.name}: {phase.name}", phase.sources
            yield TimelineEntry(phase.start, "conflict-phase", title, basis, sources=ids)
        if conflict.end:
            title = f"Armed conflict ends: {what}"
            fact |= {"note": None, "sources": conflict.end_sources}
            yield TimelineEntry(conflict.end, "conflict-end", title, basis, where, **fact)


def of_event(event: Event, as_of: dt.date) -> TimelineEntry:
    """A recorded event, with its tally, and its notes as they stand on `as_of`."""
    tally = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in event.vote)
    title = f"{event.title}: {tally}" if tally else event.title
    return TimelineEntry(event.date, event.kind, title, "recorded", **_of_fact(event, as_of))


def _communicated(
    state: State, histories: Sequence[History], as_of: dt.date
) -> Iterator[TimelineEntry]:
    """The receipt of each communication, its circular and the objections to it."""
    for sent in known_on(state, as_of):
        number, basis = state.communications.index(sent), sent.basis
        late = lateness(
            notice
            for history in histories
            for notice in history.notices
            if notice.revocation is history.state.communications[number]
        )
        title, provision = RECEIVED[sent.kind]
        provision = provision or state.treaty.provisions.notice_period
        if late:
            title = f"Revocation received by the depositary, {late}"
        day, fact = sent.received_on, _of_fact(sent, as_of)
        yield TimelineEntry(day, sent.kind, title, basis, provision, late=late, **fact)
        if sent.circulated_on and sent.circulated_on <= as_of:
            title = f"Depositary notification {sent.reference or ''}".rstrip()
            day, ids = exact(sent.circulated_on), sent.circulated_sources
            yield TimelineEntry(day, "circulation", title, basis, sources=ids)
        for objection in sent.objections:
            received_on, title = objection.received_on, f"Objection by {objection.name}"
            if received_on is None or received_on.earliest <= as_of:
                fact = _of_fact(objection, as_of)
                yield TimelineEntry(received_on, "objection", title, basis, **fact)


def _leaving(state: State, histories: Sequence[History], as_of: dt.date) -> Iterator[TimelineEntry]:
    """The computed days of each notice, where every exact reading of the record has it."""
    published, provisions = published_effects(state, as_of), state.treaty.provisions
    for same in zip(*(history.notices for history in histories), strict=False):
        if day := range_of(notice.withdrawal.period_end_on for notice in same):
            title, where = f"{state.clause.period.capitalize()} over", provisions.notice_period
            basis = basis_of(*(notice.assumed for notice in same))
            yield TimelineEntry(day, "notice-period-end", title, basis, where)
        if day := range_of(notice.withdrawal.effective_on for notice in same):
            title = f"Withdrawal projected{provisions.condition}"
            confirming = [event for event in published if event.date == day]
            yield TimelineEntry(
                date=day,
                kind="effect",
                title="Withdrawal took effect" if day.latest <= as_of else title,
                basis=basis_of(*(notice.effect_assumed for notice in same)),
                provision=provisions.effect,
                note="; ".join(event.title for event in confirming) or None,
                sources=tuple(dict.fromkeys(id for event in confirming for id in event.sources)),
            )
    computed = {n.withdrawal.effective_on for history in histories for n in history.notices}
    for event in published:
        if event.date.day not in computed:
            yield of_event(event, as_of)._replace(provision=provisions.effect)
