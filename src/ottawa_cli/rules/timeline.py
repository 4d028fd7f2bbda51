"""A State's course as spans and dated events, for a picture and a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Event, Objection, State, note_on
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import ONE_DAY, REVOCATION
from ottawa_cli.rules.history import History, basis, known, lateness, published_effects
from ottawa_cli.rules.possibilities import possibilities
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import histories_of, range_of

# The kinds of the events that come of the instruments, the conflicts and the rules.
KINDS = (
    "first-day", "signature", "deposit", "entry-into-force", "deadline", "conflict-start",
    "conflict-phase", "conflict-end", "withdrawal", "revocation", "suspension", "circulation",
    "objection", "notice-period-end", "effect",
)  # fmt: skip


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
    histories = histories_of(possibilities(state, as_of), as_of, readings)
    edges = sorted({day for history in histories for day in turning_days(history)})
    found: list[Span] = []
    for start in (None, *edges):
        day = start or dt.date.min
        statuses = {history.status_on(day) for history in histories}
        phase = statuses.pop() if len(statuses) == 1 else "uncertain"
        rests = basis(*(history.assumed_on(day) for history in histories))
        if found and (found[-1].phase, found[-1].basis) == (phase, rests):
            continue
        if found:
            found[-1] = found[-1]._replace(end=start)
        found.append(Span(phase, start, None, rests))
    return tuple(found)


def turning_days(history: History) -> list[dt.date]:
    """The days on which a standing can change."""
    days = [history.signed_on, history.state.notice_replaced_on]
    for suspension in history.suspensions:
        days += [suspension.received_on, suspension.last_on and suspension.last_on + ONE_DAY]
    for membership in history.memberships:
        days += [membership.begins_on, membership.in_force_on]
    for notice in history.notices:
        it = notice.withdrawal
        days += [it.received_on, it.period.day, it.revoked_on]
        days += [it.earliest_effect_on, it.would_take_effect_on]
    return [day for day in days if day]


def events(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> tuple[TimelineEntry, ...]:
    """Everything dated in a State's course, recorded, computed and assumed, by date.

    Communications, objections and events after `as_of` are not yet there, unless a what-if looks
    ahead; signature, deposits and conflicts are, and what is computed may lie ahead. An objection
    whose day was not found comes last.
    """
    histories = histories_of(possibilities(state, as_of), as_of, readings)
    others = (e for e in state.events if e.kind != "published-effect" and e.date.earliest <= as_of)
    found = [
        *_joining(state, histories, as_of),
        *_conflicts(state, as_of),
        *(of_event(event, as_of) for event in others),
        *_leaving(state, histories, as_of),
        *_communicated(state, histories, as_of),
    ]
    return tuple(sorted(found, key=lambda e: e.date.earliest if e.date else dt.date.max))


def _joining(state: State, histories: Sequence[History], as_of: dt.date) -> Iterator[TimelineEntry]:
    provisions = state.treaty.provisions
    if first := state.first_day:
        title, day = "First day as a State", exact(first.on)
        yield TimelineEntry(day, "first-day", title, "recorded", sources=first.sources)
    if signed_on := state.signed_on:
        title, where, cited = "Signature", provisions.signature, state.signature_sources
        yield TimelineEntry(signed_on, "signature", title, "recorded", where, sources=cited)
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    memberships = zip(*(history.memberships for history in histories), strict=True)
    for deposit, same in zip(deposits, memberships, strict=True):
        day, title = deposit.deposited_on, f"Deposit: {deposit.instrument}"
        note, cited, sure = note_on(deposit.notes, as_of), deposit.sources, state.confidence
        where = provisions.deposit
        yield TimelineEntry(day, "deposit", title, "recorded", where, note, sure, cited)
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
                if any(each.left_on is None or due < each.left_on for each in same):
                    yield TimelineEntry(exact(due), "deadline", limit.title, "computed", where)


def _told(fact: Communication | Conflict | Event | Objection, as_of: dt.date) -> dict[str, Any]:
    """What an entry says of any fact: its notes on that day, how sure it is, and its sources."""
    return {
        "note": note_on(fact.notes, as_of),
        "confidence": fact.confidence,
        "sources": fact.sources,
    }


def _conflicts(state: State, as_of: dt.date) -> Iterator[TimelineEntry]:
    where = state.treaty.provisions.conflict or None
    for conflict in state.conflicts:
        yield from _of_conflict(conflict, where, as_of)


def _of_conflict(conflict: Conflict, where: str | None, as_of: dt.date) -> Iterator[TimelineEntry]:
    """The start of a conflict, its phases and its end."""
    classified = ", ".join(word for word in (conflict.kind, conflict.classifier) if word)
    what = f"{conflict.name} ({classified})" if classified else conflict.name
    title = f"Armed conflict begins: {what}{'' if conflict.end else '; no known end'}"
    rests = conflict.basis
    day, told = conflict.start, _told(conflict, as_of)
    yield TimelineEntry(day, "conflict-start", title, rests, where, **told)
    for phase in conflict.phases:
        title, cited = f"{conflict.name}: {phase.name}", phase.sources
        yield TimelineEntry(phase.start, "conflict-phase", title, rests, sources=cited)
    if conflict.end:
        title, day = f"Armed conflict ends: {what}", conflict.end
        told |= {"note": None, "sources": conflict.end_sources}
        yield TimelineEntry(day, "conflict-end", title, rests, where, **told)


def of_event(event: Event, as_of: dt.date) -> TimelineEntry:
    """A recorded event, with its tally, and its notes as they stand on `as_of`."""
    tally = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in event.vote)
    title = f"{event.title}: {tally}" if tally else event.title
    return TimelineEntry(event.date, event.kind, title, "recorded", **_told(event, as_of))


RECEIVED = {  # of each kind of communication, what is said of its receipt, and the provision
    "withdrawal": ("Instrument of withdrawal received by the depositary", None),
    "revocation": ("Revocation of the notice received by the depositary", REVOCATION),
    "suspension": (
        "Communication of suspension received: contested, no clause provides for it",
        "VCLT Arts. 42(2), 57",
    ),
}


def _communicated(
    state: State, histories: Sequence[History], as_of: dt.date
) -> Iterator[TimelineEntry]:
    """The receipt of each communication, its circular and the objections to it."""
    for sent in known(state, as_of):
        number, rests = state.communications.index(sent), sent.basis
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
        day, told = sent.received_on, _told(sent, as_of)
        yield TimelineEntry(day, sent.kind, title, rests, provision, late=late, **told)
        if sent.circulated_on and sent.circulated_on <= as_of:
            title = f"Depositary notification {sent.reference or ''}".rstrip()
            day, cited = exact(sent.circulated_on), sent.circulated_sources
            yield TimelineEntry(day, "circulation", title, rests, sources=cited)
        for objection in sent.objections:
            received_on, title = objection.received_on, f"Objection by {objection.name}"
            if received_on is None or received_on.earliest <= as_of:
                told = _told(objection, as_of)
                yield TimelineEntry(received_on, "objection", title, rests, **told)


def _leaving(state: State, histories: Sequence[History], as_of: dt.date) -> Iterator[TimelineEntry]:
    """The computed days of each notice, where every exact reading of the record has it."""
    published, provisions = published_effects(state, as_of), state.treaty.provisions
    for same in zip(*(history.notices for history in histories), strict=False):
        if day := range_of(notice.withdrawal.period_end_on for notice in same):
            title, rests = (
                f"{state.clause.period.capitalize()} over",
                basis(*(notice.assumed for notice in same)),
            )
            yield TimelineEntry(day, "notice-period-end", title, rests, provisions.notice_period)
        if day := range_of(notice.withdrawal.effective_on for notice in same):
            title = f"Withdrawal projected{provisions.condition}"
            confirming = [event for event in published if event.date == day]
            yield TimelineEntry(
                date=day,
                kind="effect",
                title="Withdrawal took effect" if day.latest <= as_of else title,
                basis=basis(*(notice.effect_assumed for notice in same)),
                provision=provisions.effect,
                note="; ".join(event.title for event in confirming) or None,
                sources=tuple(dict.fromkeys(id for event in confirming for id in event.sources)),
            )
    computed = {n.withdrawal.effective_on for history in histories for n in history.notices}
    for event in published:
        if event.date.day not in computed:
            yield of_event(event, as_of)._replace(provision=provisions.effect)
