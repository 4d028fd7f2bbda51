"""A State's course as spans and dated events, for a picture and a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Event, State, said
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import FIRST_SENTENCE, REVOCATION, SECOND_SENTENCE
from ottawa_cli.rules.history import History, Notice, basis, known, lateness
from ottawa_cli.rules.possibilities import possibilities
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import histories_of


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
        statuses = {history.status_on(start or dt.date.min) for history in histories}
        phase = statuses.pop() if len(statuses) == 1 else "uncertain"
        rests = basis(*(history.assumed_on(start or dt.date.min) for history in histories))
        if found and (found[-1].phase, found[-1].basis) == (phase, rests):
            continue
        if found:
            found[-1] = found[-1]._replace(end=start)
        found.append(Span(phase, start, None, rests))
    return tuple(found)


def turning_days(history: History) -> Iterator[dt.date]:
    """The days on which a standing can change."""
    if history.signed_on:
        yield history.signed_on
    if history.state.notice_replaced_on:
        yield history.state.notice_replaced_on
    for membership in history.memberships:
        yield from (membership.begins_on, membership.in_force_on)
        for notice in membership.notices:
            outcome = notice.withdrawal
            yield outcome.received_on
            yield outcome.period.day
            for day in (
                outcome.revoked_on, outcome.earliest_effect_on, outcome.would_take_effect_on,
            ):  # fmt: skip
                if day:
                    yield day


def events(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> tuple[TimelineEntry, ...]:
    """Everything dated in a State's course, recorded, computed and assumed, by date.

    Communications, objections and events after `as_of` are not yet there, unless a what-if looks
    ahead; signature, deposits and conflicts are, and what is computed may lie ahead.
    """
    histories = histories_of(possibilities(state, as_of), as_of, readings)
    found: list[tuple[dt.date, TimelineEntry]] = []
    for entry in (
        *_joining(state, histories, as_of),
        *_conflicts(state, as_of),
        *_of_the_record(state, as_of),
        *_leaving(state, histories, as_of),
    ):
        assert entry.date is not None
        found.append((entry.date.earliest, entry))
    for communication in known(state, as_of):
        number = state.communications.index(communication)
        revoked = [
            notice for history in histories for notice in history.notices
            if notice.revocation is history.state.communications[number]
        ]  # fmt: skip
        found.extend(_communicated(communication, as_of, lateness(revoked)))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _joining(state: State, histories: Sequence[History], as_of: dt.date) -> Iterator[TimelineEntry]:
    if state.first_day:
        yield TimelineEntry(exact(state.first_day.on), "first-day", "First day as a State",
                            "recorded", sources=state.first_day.sources)  # fmt: skip
    if state.signed_on:
        yield TimelineEntry(state.signed_on, "signature", "Signature", "recorded", "Art. 15",
                        sources=state.signature_sources)  # fmt: skip
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    for number, deposit in enumerate(deposits):
        yield TimelineEntry(deposit.deposited_on, "deposit", f"Deposit: {deposit.instrument}",
                        "recorded", "Art. 16", said(deposit.notes, as_of), state.confidence,
                        deposit.sources)  # fmt: skip
        days = [history.memberships[number].in_force_on for history in histories]
        in_force = PartialDate(min(days), max(days))
        yield TimelineEntry(
            in_force, "entry-into-force", "Entry into force",
            deposit.in_force_basis, article_17.rests_on(deposit),
            deposit.in_force_reason, sources=deposit.in_force_rests_on,
        )  # fmt: skip
        if in_force.day:
            yield TimelineEntry(exact(article_17.first_report_due(in_force.day)), "deadline",
                            "First transparency report due", "computed", "Art. 7(1)")  # fmt: skip
            stockpiles = article_17.stockpile_deadline(in_force.day)
            left = [history.memberships[number].left_on for history in histories]
            if any(day is None or stockpiles < day for day in left):
                yield TimelineEntry(exact(stockpiles), "deadline", "Stockpiles to be destroyed by",
                                "computed", "Art. 4")  # fmt: skip


def _conflicts(state: State, as_of: dt.date) -> Iterator[TimelineEntry]:
    for conflict in state.conflicts:
        rests = conflict.basis
        what = _conflict_words(conflict)
        tail = "" if conflict.end else "; no known end"
        start = TimelineEntry(
            date=conflict.start,
            kind="conflict-start",
            title=f"Armed conflict begins: {what}{tail}",
            basis=rests,
            provision=SECOND_SENTENCE,
            note=said(conflict.notes, as_of),
            confidence=conflict.confidence,
            sources=conflict.sources,
        )
        yield start
        for phase in conflict.phases:
            title = f"{conflict.name}: {phase.name}"
            yield TimelineEntry(phase.start, "conflict-phase", title, rests, sources=phase.sources)
        if conflict.end:
            yield start._replace(
                date=conflict.end,
                kind="conflict-end",
                title=f"Armed conflict ends: {what}",
                note=None,
                sources=conflict.end_sources,
            )


def _conflict_words(conflict: Conflict) -> str:
    words = [word for word in (conflict.kind, conflict.classifier) if word]
    return f"{conflict.name} ({', '.join(words)})" if words else conflict.name


def _of_the_record(state: State, as_of: dt.date) -> Iterator[TimelineEntry]:
    for event in state.events:
        if event.kind != "published-effect" and event.date.earliest <= as_of:
            yield of_event(event, as_of)


def of_event(event: Event, as_of: dt.date) -> TimelineEntry:
    """A recorded event, with its tally, and its notes as they stand on `as_of`."""
    tally = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in event.vote)
    return TimelineEntry(
        date=event.date,
        kind=event.kind,
        title=f"{event.title}: {tally}" if tally else event.title,
        basis="recorded",
        note=said(event.notes, as_of),
        confidence=event.confidence,
        sources=event.sources,
    )


def _communicated(
    communication: Communication, as_of: dt.date, late: str
) -> Iterator[tuple[dt.date, TimelineEntry]]:
    """The receipt of a communication, its circular and the objections to it."""
    rests = communication.basis
    received = communication.received_on.earliest
    title, provision = {
        "withdrawal": ("Instrument of withdrawal received by the depositary", FIRST_SENTENCE),
        "revocation": ("Revocation of the notice received by the depositary", REVOCATION),
        "suspension": (
            "Communication of suspension received: contested, without effect under the Convention",
            "VCLT Arts. 42(2), 57",
        ),
    }[communication.kind]
    if late:
        title = f"Revocation received by the depositary, {late}"
    yield received, TimelineEntry(
        communication.received_on, communication.kind, title, rests, provision,
        said(communication.notes, as_of), communication.confidence, communication.sources, late,
    )  # fmt: skip
    circulated = communication.circulated_on
    if circulated and circulated <= as_of:
        yield circulated, TimelineEntry(
            exact(circulated), "circulation",
            f"Depositary notification {communication.reference or ''}".strip(), rests, None,
            None, "high", communication.circulated_sources,
        )  # fmt: skip
    for objection in communication.objections:
        day = objection.received_on
        if day is None or day.earliest <= as_of:
            yield (day.earliest if day else dt.date.max), TimelineEntry(
                day, "objection", f"Objection by {objection.name}", rests, None,
                said(objection.notes, as_of), objection.confidence, objection.sources,
            )  # fmt: skip


def _leaving(state: State, histories: Sequence[History], as_of: dt.date) -> Iterator[TimelineEntry]:
    """The computed days of each notice, where every exact reading of the record has it."""
    per_history = [history.notices for history in histories]
    for same in zip(*per_history, strict=False):
        ends = [n.withdrawal.period_end_on for n in same]
        if all(ends):
            rests = basis(*(n.assumed for n in same))
            yield TimelineEntry(_between(ends), "notice-period-end", "Six months over", rests,
                            FIRST_SENTENCE)  # fmt: skip
        effects = [n.withdrawal.effective_on for n in same]
        if all(effects):
            yield _effect(state, same, _between(effects), as_of)
    published = [
        e for e in state.events if e.kind == "published-effect" and e.date.earliest <= as_of
    ]
    computed = {n.withdrawal.effective_on for notices in per_history for n in notices}
    for event in published:
        if event.date.day not in computed:
            yield of_event(event, as_of)._replace(provision="Art. 20(3)")


def _effect(
    state: State, same: tuple[Notice, ...], day: PartialDate, as_of: dt.date
) -> TimelineEntry:
    confirming = [
        e for e in state.events
        if e.kind == "published-effect" and e.date == day and e.date.earliest <= as_of
    ]  # fmt: skip
    if day.latest <= as_of:
        title = "Withdrawal took effect"
    else:
        title = "Withdrawal projected, subject to the condition in Art. 20(3)"
    return TimelineEntry(
        day, "effect", title, basis(*(n.effect_assumed for n in same)), "Art. 20(3)",
        "; ".join(e.title for e in confirming) or None, "high",
        tuple(dict.fromkeys(source for e in confirming for source in e.sources)),
    )  # fmt: skip


def _between(days: list[dt.date | None]) -> PartialDate:
    known = [day for day in days if day]
    return PartialDate(min(known), max(known))
