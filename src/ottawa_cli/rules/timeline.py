"""A State's course as spans and dated events, for a picture and a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Event, State, said
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import FIRST_SENTENCE, REVOCATION
from ottawa_cli.rules.course import (
    Course,
    Notice,
    basis,
    course,
    exact_states,
    known,
    lateness,
)
from ottawa_cli.rules.readings import DEFAULT, Readings


class Span(NamedTuple):
    """A time of one standing. `phase` is a status; `start` None: always so far; `end` is the
    first day after it, None: open; `basis` is ``computed`` or ``assumed``."""

    phase: str
    start: dt.date | None
    end: dt.date | None
    basis: str


class Happening(NamedTuple):
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
    courses = [course(s, as_of, readings) for s in exact_states(state, as_of)]
    edges = sorted({day for one in courses for day in _edges(one)})
    found: list[Span] = []
    for start in (None, *edges):
        statuses = {one.status_on(start or dt.date.min) for one in courses}
        phase = statuses.pop() if len(statuses) == 1 else "uncertain"
        rests = basis(*(one.assumed_on(start or dt.date.min) for one in courses))
        if found and (found[-1].phase, found[-1].basis) == (phase, rests):
            continue
        if found:
            found[-1] = found[-1]._replace(end=start)
        found.append(Span(phase, start, None, rests))
    return tuple(found)


def _edges(one: Course) -> Iterator[dt.date]:
    """The days on which a standing can change."""
    if one.signed_on:
        yield one.signed_on
    if one.notice_replaced_on:
        yield one.notice_replaced_on
    for spell in one.spells:
        yield from (spell.begins_on, spell.in_force_on)
        for notice in spell.notices:
            outcome = notice.withdrawal
            yield outcome.received_on
            yield outcome.six_months.day
            for day in (
                outcome.revoked_on, outcome.earliest_effect_on, outcome.would_take_effect_on,
            ):  # fmt: skip
                if day:
                    yield day


def events(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> tuple[Happening, ...]:
    """Everything dated in a State's course, recorded, computed and assumed, by date.

    Communications, objections and events after `as_of` are not yet there, unless a what-if looks
    ahead; signature, deposits and conflicts are, and what is computed may lie ahead.
    """
    worlds = [(s, course(s, as_of, readings)) for s in exact_states(state, as_of)]
    courses = [one for _, one in worlds]
    found: list[tuple[dt.date, Happening]] = []
    for happening in (
        *_joining(state, courses, as_of),
        *_conflicts(state, as_of),
        *_of_the_record(state, as_of),
        *_leaving(state, courses, as_of),
    ):
        assert happening.date is not None
        found.append((happening.date.earliest, happening))
    for communication in known(state, as_of):
        number = state.communications.index(communication)
        revoked = [
            notice for exact_state, one in worlds for notice in one.notices
            if notice.revocation is exact_state.communications[number]
        ]  # fmt: skip
        found.extend(_communicated(communication, as_of, lateness(revoked)))
    return tuple(happening for _, happening in sorted(found, key=lambda pair: pair[0]))


def _joining(state: State, courses: list[Course], as_of: dt.date) -> Iterator[Happening]:
    if state.first_day:
        yield Happening(exact(state.first_day.on), "first-day", "First day as a State", "recorded",
                        sources=state.first_day.sources)  # fmt: skip
    if state.signed_on:
        yield Happening(state.signed_on, "signature", "Signature", "recorded", "Art. 15",
                        sources=state.signature_sources)  # fmt: skip
    deposits = sorted(state.deposits, key=lambda d: d.deposited_on.earliest)
    for number, deposit in enumerate(deposits):
        yield Happening(deposit.deposited_on, "deposit", f"Deposit: {deposit.instrument}",
                        "recorded", "Art. 16", said(deposit.notes, as_of), state.confidence,
                        deposit.sources)  # fmt: skip
        days = [one.spells[number].in_force_on for one in courses]
        in_force = PartialDate(min(days), max(days))
        yield Happening(
            in_force, "entry-into-force", "Entry into force",
            "recorded" if deposit.in_force_on else "computed", article_17.rests_on(deposit),
            deposit.in_force_reason, sources=deposit.in_force_rests_on,
        )  # fmt: skip
        if in_force.day:
            yield Happening(exact(article_17.first_report_due(in_force.day)), "deadline",
                            "First transparency report due", "computed", "Art. 7(1)")  # fmt: skip
            stockpiles = article_17.stockpile_deadline(in_force.day)
            left = [one.spells[number].left_on for one in courses]
            if any(day is None or stockpiles < day for day in left):
                yield Happening(exact(stockpiles), "deadline", "Stockpiles to be destroyed by",
                                "computed", "Art. 4")  # fmt: skip


def _conflicts(state: State, as_of: dt.date) -> Iterator[Happening]:
    for conflict in state.conflicts:
        rests = basis(conflict.assumed, otherwise="recorded")
        provision = "Art. 20(3), second sentence"
        what = _conflict_words(conflict)
        tail = "" if conflict.end else "; no known end"
        yield Happening(conflict.start, "conflict-start", f"Armed conflict begins: {what}{tail}",
                        rests, provision, said(conflict.notes, as_of), conflict.confidence,
                        conflict.sources)  # fmt: skip
        for phase in conflict.phases:
            yield Happening(phase.start, "conflict-phase", f"{conflict.name}: {phase.name}",
                            rests, None, sources=phase.sources)  # fmt: skip
        if conflict.end:
            yield Happening(conflict.end, "conflict-end", f"Armed conflict ends: {what}", rests,
                            provision, None, conflict.confidence,
                            conflict.end_sources)  # fmt: skip


def _conflict_words(conflict: Conflict) -> str:
    words = [word for word in (conflict.kind, conflict.classifier) if word]
    return f"{conflict.name} ({', '.join(words)})" if words else conflict.name


def _of_the_record(state: State, as_of: dt.date) -> Iterator[Happening]:
    for event in state.events:
        if event.kind != "effective" and event.date.earliest <= as_of:
            yield of_event(event, as_of)


def of_event(event: Event, as_of: dt.date) -> Happening:
    """A recorded event, with its tally, and its notes as they stand on `as_of`."""
    tally = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in event.vote)
    return Happening(
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
) -> Iterator[tuple[dt.date, Happening]]:
    """The receipt of a communication, its circular and the objections to it."""
    rests = basis(communication.assumed, otherwise="recorded")
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
    yield received, Happening(
        communication.received_on, communication.kind, title, rests, provision,
        said(communication.notes, as_of), communication.confidence, communication.sources, late,
    )  # fmt: skip
    circulated = communication.circulated_on
    if circulated and circulated <= as_of:
        yield circulated, Happening(
            exact(circulated), "circulation",
            f"Depositary notification {communication.reference or ''}".strip(), rests, None,
            None, "high", communication.circulated_sources,
        )  # fmt: skip
    for objection in communication.objections:
        day = objection.received_on
        if day is None or day.earliest <= as_of:
            yield (day.earliest if day else dt.date.max), Happening(
                day, "objection", f"Objection by {objection.name}", rests, None,
                said(objection.notes, as_of), objection.confidence, objection.sources,
            )  # fmt: skip


def _leaving(state: State, courses: list[Course], as_of: dt.date) -> Iterator[Happening]:
    """The computed days of each notice, where every exact reading of the record has it."""
    per_course = [one.notices for one in courses]
    for same in zip(*per_course, strict=False):
        ends = [n.withdrawal.six_months_end_on for n in same]
        if all(ends):
            rests = basis(*(n.assumed for n in same))
            yield Happening(_between(ends), "six-months-end", "Six months over", rests,
                            FIRST_SENTENCE)  # fmt: skip
        effects = [n.withdrawal.effective_on for n in same]
        if all(effects):
            yield _effect(state, same, _between(effects), as_of)
    published = [e for e in state.events if e.kind == "effective" and e.date.earliest <= as_of]
    computed = {n.withdrawal.effective_on for notices in per_course for n in notices}
    for event in published:
        if event.date.day not in computed:
            yield of_event(event, as_of)._replace(provision="Art. 20(3)")


def _effect(state: State, same: tuple[Notice, ...], day: PartialDate, as_of: dt.date) -> Happening:
    confirming = [
        e for e in state.events
        if e.kind == "effective" and e.date == day and e.date.earliest <= as_of
    ]  # fmt: skip
    if day.latest <= as_of:
        title = "Withdrawal took effect"
    else:
        title = "Withdrawal projected, subject to the condition in Art. 20(3)"
    return Happening(
        day, "effect", title, basis(*(n.effect_assumed for n in same)), "Art. 20(3)",
        "; ".join(e.title for e in confirming) or None, "high",
        tuple(dict.fromkeys(source for e in confirming for source in e.sources)),
    )  # fmt: skip


def _between(days: list[dt.date | None]) -> PartialDate:
    known = [day for day in days if day]
    return PartialDate(min(known), max(known))
