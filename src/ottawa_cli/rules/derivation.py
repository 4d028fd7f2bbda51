"""The reasons: each answer as ordered steps and as notes, in the order of the treaty.

Nothing is decided here; every date comes from `course`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import ALL_ADDRESSEES, Communication, Conflict, State
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import (
    ONE_DAY,
    Engagement,
    Withdrawal,
    end_of,
    engaged_on_expiry,
    withdrawal,
)
from ottawa_cli.rules.course import (
    Course,
    Notice,
    Spell,
    bearing,
    effect_basis,
    engagement,
)
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.result import Note, Standing, Step

FIRST_SENTENCE = "Art. 20(3), first sentence"
SECOND_SENTENCE = "Art. 20(3), second sentence"
# The value of each reading on which conflicts count that lets the most of them in.
WIDE = {
    "conflict_kinds": "all", "occupation": "counts", "conflict_edges": "inclusive",
    "conflict_scope": "until-peace",
}  # fmt: skip
REVOCATION = "Vienna Convention on the Law of Treaties, Art. 68"


# --- steps ---------------------------------------------------------------------------


def steps(state: State, standing: Standing, courses: tuple[Course, ...]) -> tuple[Step, ...]:
    """The derivation of `standing`. Where unknown days lead different ways, it says where."""
    per_course = [tuple(_steps(state, standing, one)) for one in courses]
    merged, settled = _aligned(per_course)
    if not settled:
        merged.append(
            Step(
                "unknown-day",
                "Art. 20(3)",
                "recorded",
                "From here the answer turns on a day the record does not settle.",
                sources=state.sources,
            )
        )
    merged.append(_standing_step(standing))
    return tuple(merged)


def _aligned(per_course: list[tuple[Step, ...]]) -> tuple[list[Step], bool]:
    """The steps that several exact readings share, and whether they share them to the end.

    That a conflict turns on a reading may hold on some days only: such a step is told as
    an aside, and the others go on.
    """
    ahead = [list(each) for each in per_course]
    merged: list[Step] = []
    while all(ahead):
        ids = {each[0].id for each in ahead}
        if len(ids) == 1:
            merged.append(_merged(tuple(each.pop(0) for each in ahead)))
            continue
        aside = min((id for id in ids if id.replace("-", "_") in WIDE), default=None)
        if aside is None:
            return merged, False
        told = _merged(tuple(each.pop(0) for each in ahead if each[0].id == aside))
        merged.append(told._replace(text=f"On some of the possible days: {told.text}"))
    return merged, not any(ahead)


def _merged(same: tuple[Step, ...]) -> Step:
    """One step for several exact readings, its dates spanning theirs."""
    first = same[0]
    if len(set(same)) == 1:
        return first
    texts = list(dict.fromkeys(step.text for step in same))
    return first._replace(
        basis="assumed" if any(step.basis == "assumed" for step in same) else first.basis,
        text=texts[0] if len(texts) == 1 else f"By the exact day: {' Or: '.join(texts)}",
        before=_span({step.before for step in same}),
        after=_span({step.after for step in same}),
        reading=next((step.reading for step in same if step.reading), None),
        sources=tuple(dict.fromkeys(source for step in same for source in step.sources)),
    )


def _span(days: set[str | None]) -> str | None:
    known = sorted(day for day in days if day is not None)
    if len(known) < len(days):
        return None
    return str(PartialDate(dt.date.fromisoformat(known[0]), dt.date.fromisoformat(known[-1])))


def _steps(state: State, standing: Standing, one: Course) -> Iterator[Step]:
    if one.signed_on:
        text = f"{state.name} signed the Convention."
        yield Step("signature", "Art. 15", "recorded", text, None, str(one.signed_on), None,
                   state.sources)  # fmt: skip
    for spell in one.spells:
        yield from _joining(state, spell)
        for notice in spell.notices:
            yield from _leaving(state, standing, one, notice)
    for instrument, why in one.idle:
        yield _idle(instrument, why)
    for communication in state.communications_of("suspension"):
        if communication.received_on.earliest <= standing.as_of:
            yield _suspension(communication)


def _joining(state: State, spell: Spell) -> Iterator[Step]:
    deposit = spell.deposit
    paper = (
        "notification of succession"
        if deposit.instrument == "succession"
        else f"instrument of {deposit.instrument}"
    )
    deposited, in_force = str(spell.deposited_on), str(spell.in_force_on)
    yield Step(
        "deposit", "Art. 16", "recorded",
        f"{state.name} deposited its {paper} with the Depositary.",
        None, deposited, None, state.sources,
    )  # fmt: skip
    provision = article_17.provision(spell.deposited_on)
    if deposit.in_force_on:
        yield Step("entry-into-force", provision, "recorded",
                   f"The record departs from the rule: {deposit.in_force_reason}",
                   deposited, in_force, None, state.sources)  # fmt: skip
    else:
        month = "fortieth deposit" if provision == "Art. 17(1)" else "deposit"
        yield Step("entry-into-force", provision, "computed",
                   "The Convention enters into force for the State on the first day of the"
                   f" sixth month after the month of the {month}.",
                   deposited, in_force)  # fmt: skip
    # Due before any withdrawal can take effect: six months are never shorter than 181 days.
    report = article_17.first_report_due(spell.in_force_on)
    yield Step("first-report", "Art. 7(1)", "computed",
               "The first transparency report is due within 180 days of entry into force.",
               in_force, str(report))  # fmt: skip
    stockpiles = article_17.stockpile_deadline(spell.in_force_on)
    if spell.left_on is None or stockpiles < spell.left_on:
        yield Step("stockpiles", "Art. 4", "computed",
                   "Stockpiles are to be destroyed within four years of entry into force.",
                   in_force, str(stockpiles))  # fmt: skip


def _leaving(state: State, standing: Standing, one: Course, notice: Notice) -> Iterator[Step]:
    instrument, outcome, readings = notice.instrument, notice.withdrawal, standing.readings
    received = str(outcome.received_on)
    yield Step(
        "receipt", FIRST_SENTENCE, _basis(instrument),
        "The Depositary receives the instrument of withdrawal; nothing else starts the six"
        " months.",
        None, received, None, instrument.sources,
    )  # fmt: skip
    yield _form(instrument, outcome)
    if not outcome.void:
        yield _six_months(instrument, outcome, readings.month_end)
    if outcome.six_months_end_on is not None:
        yield from _waiting(state, standing, one, notice, outcome.six_months_end_on)
    if notice.revocation:
        yield Step("revocation", REVOCATION, _basis(notice.revocation), _revoked(outcome),
                   received, str(outcome.revoked_on), None, notice.revocation.sources)  # fmt: skip
    if outcome.effective_on:
        yield _effect(state, standing, one, notice)


def _waiting(
    state: State, standing: Standing, one: Course, notice: Notice, end_on: dt.date
) -> Iterator[Step]:
    """From the end of the six months to the first day that the conflicts allow."""
    instrument, outcome = notice.instrument, notice.withdrawal
    expiry, first = str(end_on), end_on
    if standing.readings.effect_day == "next-day":
        first = end_on + ONE_DAY
        yield Step("effect-day", FIRST_SENTENCE, "computed",
                   "By the reading effect-day=next-day the six months run to the end of that"
                   " day, so the effect comes on the next day at the earliest.",
                   expiry, str(first), "effect-day")  # fmt: skip
    if outcome.earliest_effect_on != first:
        yield Step("requested-day", FIRST_SENTENCE, _basis(instrument),
                   "The instrument itself asks for this later day. Art. 20 is silent on it; a"
                   " State is not put out sooner than it asked.",
                   expiry, str(outcome.earliest_effect_on), None,
                   instrument.sources)  # fmt: skip
    on_that_day = engaged_on_expiry(outcome.holding, end_on, standing.readings)
    yield _conflict_test(state, standing.as_of, end_on, on_that_day)
    yield from _conflict_readings(standing.readings, one, notice, on_that_day)
    if outcome.holding:
        yield _conflict_end(standing.readings, one, notice)


def _revoked(outcome: Withdrawal) -> str:
    if outcome.void:
        return "The notice had no effect that could be revoked."
    if outcome.revoked_in_time:
        return (
            "The revocation came before the withdrawal took effect: the notice never takes effect."
        )
    if outcome.would_take_effect_on is None:
        return "Whether the revocation came in time turns on the day that is not given."
    return "The revocation came on the day of effect or later: too late."


def _form(instrument: Communication, outcome: Withdrawal) -> Step:
    missing = _missing(instrument)
    if missing and outcome.void:
        text = f"By the reading defects=invalid the notice has no effect: {missing}."
    elif missing:
        text = f"A defect is recorded: {missing}. The Depositary's receipt counts all the same."
    elif instrument.assumed:
        text = "A what-if: taken to give full reasons and to go to all three addressees."
    elif instrument.reasons is None and instrument.addressees is None:
        text = "No source in the record tells of reasons or addressees; the receipt counts."
    else:
        told = "reasons were given" if instrument.reasons else None
        sent = "all three addressees were told" if instrument.addressees else None
        text = f"On record: {' and '.join(filter(None, (told, sent)))}."
    return Step("form", "Art. 20(2)", _basis(instrument), text, None, None,
                "defects" if missing else None, instrument.sources)  # fmt: skip


def _missing(instrument: Communication) -> str:
    """What Art. 20(2) asks for and the notice is known to lack; empty where nothing is."""
    lacks = []
    if instrument.reasons is False:
        lacks.append("it gave no reasons")
    if instrument.addressees is not None and not instrument.addressees >= ALL_ADDRESSEES:
        left_out = ", ".join(sorted(ALL_ADDRESSEES - instrument.addressees))
        lacks.append(f"it was not sent to all three addressees (missing: {left_out})")
    return " and ".join(lacks)


def _six_months(instrument: Communication, outcome: Withdrawal, reading: str) -> Step:
    six, start = outcome.six_months, str(outcome.received_on)
    basis = "assumed" if instrument.assumed else "computed"
    if not six.clamped:
        return Step("six-months", FIRST_SENTENCE, basis,
                    "Six months later is the same-numbered day; the period never pauses.",
                    start, str(six.day))  # fmt: skip
    text = {
        "last-day": f"The same-numbered day does not exist; the last day of the month is taken"
        f" ({six.next_day} by the other count).",
        "next-day": f"The same-numbered day does not exist; the first day of the next month is"
        f" taken ({six.day} by the other count).",
        "refuse": f"The same-numbered day does not exist, and by the reading month-end=refuse"
        f" no day is given ({six.day} or {six.next_day}).",
    }[reading]
    end_on = outcome.six_months_end_on
    return Step("six-months", FIRST_SENTENCE, basis, text, start,
                str(end_on) if end_on else None, "month-end")  # fmt: skip


def _conflict_test(
    state: State, as_of: dt.date, end_on: dt.date, engaged: tuple[Engagement, ...]
) -> Step:
    expiry, sources, basis = str(end_on), _conflict_sources(engaged), "recorded"
    if engaged:
        text = f"On that day {state.name} is engaged in armed conflict: {_names(engaged)}."
        basis = _conflict_basis(engaged)
    elif state.conflicts_replaced:
        text = f"On that day none of the conflicts assumed for {state.name} is on and counts."
        basis = "assumed"
    else:
        text = f"On that day no armed conflict that counts is on record for {state.name}."
    if as_of < end_on:
        text += " It is still to come, and no record knows it: the test is made on that day."
    return Step("conflict-test", SECOND_SENTENCE, basis, text, expiry, expiry, None, sources)


def _conflict_readings(
    readings: Readings, one: Course, notice: Notice, engaged: tuple[Engagement, ...]
) -> Iterator[Step]:
    """A step for each reading that lets a conflict into the test or keeps one out of it."""
    outcome = notice.withdrawal
    counted, expiry = outcome.holding, outcome.six_months_end_on
    widest = readings._replace(**{key: WIDE[key] for key in WIDE if key != "conflict_scope"})
    left_out = tuple(e for e in _again(one, notice, widest).holding if e not in counted)
    by_kind = counted if readings.conflict_kinds == WIDE["conflict_kinds"] else left_out
    by_occupation = counted if readings.occupation == WIDE["occupation"] else left_out
    by_edge = counted if readings.conflict_edges == WIDE["conflict_edges"] else left_out
    internal = tuple(e for e in by_kind if e.kind == "NIAC" and not e.occupation_only)
    occupations = tuple(e for e in by_occupation if e.occupation_only)
    same_day = tuple(e for e in by_edge if e.start == expiry)
    later = outcome.disregarded or tuple(e for e in counted if e not in engaged)
    if internal:
        what = "a non-international armed conflict"
        yield Step("conflict-kinds", *_by_reading(readings, "conflict_kinds", what, internal))
    if occupations:
        what = "occupation without hostilities"
        yield Step("occupation", *_by_reading(readings, "occupation", what, occupations))
    if same_day:
        what = "a conflict begun on that very day"
        yield Step("conflict-edges", *_by_reading(readings, "conflict_edges", what, same_day))
    if later:
        what = "a conflict begun before an earlier one had ended"
        yield Step("conflict-scope", *_by_reading(readings, "conflict_scope", what, later))


def _by_reading(
    readings: Readings, field: str, what: str, turning: tuple[Engagement, ...]
) -> tuple[str, str, str, None, None, str, tuple[str, ...]]:
    """A step, after its id: that a reading counts these conflicts, or does not."""
    key, value = field.replace("_", "-"), getattr(readings, field)
    verb = "counts" if value == WIDE[field] else "does not count"
    text = f"By the reading {key}={value} {what} {verb}: {_names(turning)}."
    sources = _conflict_sources(turning)
    return SECOND_SENTENCE, _conflict_basis(turning), text, None, None, key, sources


def _conflict_end(readings: Readings, one: Course, notice: Notice) -> Step:
    outcome = notice.withdrawal
    after, peace = outcome.would_take_effect_on, end_of(outcome.holding)
    open_ended = tuple(e for e in outcome.holding if e.end is None)
    if open_ended:
        text = f"No end is known of {_names(open_ended)}: no date can be given."
    elif not outcome.held_back:
        text = (
            f"The armed conflict ends on {peace}: by the reading"
            f" conflict-end={readings.conflict_end} that moves nothing, for the effect could not"
            " come sooner."
        )
    else:
        day = "on that day" if readings.conflict_end == "same-day" else "on the day after"
        text = (
            f"The withdrawal does not take effect before the end of the armed conflict, {peace};"
            f" by the reading conflict-end={readings.conflict_end} it does so {day}."
        )
    return Step("conflict-end", SECOND_SENTENCE, _conflict_basis(outcome.holding), text,
                str(outcome.six_months_end_on), str(after) if after else None,
                _turns_on("conflict-end", readings, one, notice),
                _conflict_sources(outcome.holding))  # fmt: skip


def _again(one: Course, notice: Notice, readings: Readings) -> Withdrawal:
    """What the same notice, which is not void, comes to under other readings of the conflicts and
    of the day of effect; a revocation is left aside."""
    received_on, asked_for = notice.withdrawal.received_on, notice.instrument.requested_on
    return withdrawal(received_on, one.engagements, None, readings, requested_on=asked_for)


def _turns_on(key: str, readings: Readings, one: Course, notice: Notice) -> str | None:
    """`key`, where another value of that reading moves the day of effect."""
    day = notice.withdrawal.would_take_effect_on
    others = (_again(one, notice, readings.choosing(key, value)) for value in READINGS[key])
    return key if any(other.would_take_effect_on != day for other in others) else None


def _effect(state: State, standing: Standing, one: Course, notice: Notice) -> Step:
    outcome = notice.withdrawal
    day = outcome.effective_on
    assert day is not None
    confirmed = tuple(
        source
        for event in state.events
        if event.kind == "effective" and event.date.day == day <= standing.as_of
        for source in event.sources
    )
    if standing.as_of < day:
        text = "The withdrawal is projected for this day, subject to the condition in Art. 20(3)."
    elif confirmed:
        text = "The withdrawal took effect; the sources publish the same day."
    else:
        text = "The withdrawal took effect."
    return Step("effect", "Art. 20(3)", effect_basis(state, notice), text,
                str(outcome.six_months_end_on), str(day),
                _turns_on("effect-day", standing.readings, one, notice), confirmed)  # fmt: skip


def _idle(instrument: Communication, why: str) -> Step:
    text = {
        "already-pending": "A second notice does not restart the six months of the first.",
        "not-in-force": "The Convention was not in force for the State on that day: there was"
        " nothing to withdraw from.",
    }[why]
    return Step("idle-notice", FIRST_SENTENCE, _basis(instrument), text, None,
                str(instrument.received_on), None, instrument.sources)  # fmt: skip


def _suspension(communication: Communication) -> Step:
    return Step(
        "suspension-communication", "Vienna Convention on the Law of Treaties, Arts. 42(2), 57",
        _basis(communication),
        "A suspension of the operation was communicated. No clause of the Convention provides"
        " for it: it starts no six months and ends nothing.",
        None, str(communication.received_on), None, communication.sources,
    )  # fmt: skip


def _standing_step(standing: Standing) -> Step:
    words = " or ".join(standing.possible_statuses)
    if standing.status == "uncertain":
        tail = "the record does not settle which."
    else:
        tail = f"{'bound' if standing.bound else 'not bound'} by the Convention."
    return Step("standing", "Art. 1, Art. 20", "computed",
                f"On the day asked about: {words}; {tail}", None, str(standing.as_of))  # fmt: skip


def _basis(communication: Communication) -> str:
    return "assumed" if communication.assumed else "recorded"


def _conflict_basis(engagements: tuple[Engagement, ...]) -> str:
    return "assumed" if any(e.assumed for e in engagements) else "recorded"


def _conflict_sources(engagements: tuple[Engagement, ...]) -> tuple[str, ...]:
    ids = [source for e in engagements if e.conflict for source in e.conflict.sources]
    return tuple(dict.fromkeys(ids))


def _names(engagements: tuple[Engagement, ...]) -> str:
    return "; ".join(e.conflict.name for e in engagements if e.conflict)


# --- notes ---------------------------------------------------------------------------


def notes(state: State, standing: Standing, courses: tuple[Course, ...]) -> tuple[Note, ...]:
    """What a reader of the bare answer must not miss, each with a stable code."""
    found: dict[Note, int] = {}
    for one in courses:
        for note in dict.fromkeys(_notes(state, standing, one)):
            found[note] = found.get(note, 0) + 1
    settled = [
        note if times == len(courses) else _unsettled(note, standing)
        for note, times in found.items()
    ]
    return (
        *_partial_dates(state, standing),
        *dict.fromkeys(settled),
        *_of_the_record(state, standing),
    )


def _unsettled(note: Note, standing: Standing) -> Note:
    """A note that not every exact reading of the record calls for: it names no day of one."""
    effect = standing.effective_on
    projected = (
        f"Projected for a day {_range(effect)}"
        if effect
        else "On some of the possible days the effect is still to come: projected"
    )
    sentence = {
        "month-end-clamped": "Six months after some of the days on which the notice may have been"
        " received is a day that does not exist; which day is meant is open (reading month-end).",
        "month-end-refused": "Six months after some of the days on which the notice may have been"
        " received is a day that does not exist; by the reading month-end=refuse those give no"
        " date.",
        "revocation-too-late": "On some of the possible days the revocation came on the day of"
        " effect or later; the way back is then accession (Art. 16).",
        "effect-projected": f"{projected}, subject to the condition in Article 20(3).",
        "rests-on-assumed-conflict-end": "The day of effect rests on an assumed end of the armed"
        " conflict.",
    }.get(note.code, f"On some of the possible days: {note.text}")
    return Note(note.code, sentence)


def _partial_dates(state: State, standing: Standing) -> Iterator[Note]:
    unknown = {
        "signed": standing.signed_on,
        "deposited its instrument": standing.deposited_on,
        "gave notice": standing.received_on,
        "revoked its notice": standing.revoked_on,
    }
    for what, date in unknown.items():
        if date and date.day is None:
            yield Note("partial-date", f"The day {standing.name} {what} is not established"
                       f" ({_range(date)}).")  # fmt: skip
    for (field, index, edge), date in bearing(state, standing.as_of):
        if standing.notice and field == "conflicts" and date.day is None:
            verb = "began" if edge == "start" else "ended"
            yield Note("partial-date", f"The day {state.conflicts[index].name} {verb} is not"
                       f" established ({_range(date)}).")  # fmt: skip
    if standing.in_force_on and standing.in_force_on.day is None:
        yield Note("partial-date", "Entry into force follows from the unknown day:"
                   f" {_range(standing.in_force_on)}.")  # fmt: skip
    if standing.effective_on and standing.effective_on.day is None:
        yield Note("partial-date", "The day of effect follows from an unknown day:"
                   f" {_range(standing.effective_on)}.")  # fmt: skip


def _range(date: PartialDate) -> str:
    if date.precision == "range":
        return f"from {date.earliest} to {date.latest}"
    return f"{date.precision} {date}"


def _notes(state: State, standing: Standing, one: Course) -> Iterator[Note]:
    spell = one.spell_on(standing.as_of)
    notice = spell.notices[-1] if spell and spell.notices else None
    for instrument, why in one.idle:
        yield _idle_note(instrument, why)
    if notice:
        yield from _notice_notes(state, standing, notice)
    elif standing.bound:
        yield from _conditional(state, standing)


def _idle_note(instrument: Communication, why: str) -> Note:
    day = instrument.received_on
    if why == "already-pending":
        return Note("second-notice", f"The notice of {day} does not restart the six months of"
                    " the one before it.")  # fmt: skip
    text = (
        f"The notice of {day} comes on a day on which the Convention was not in force for the"
        " State; it is given no effect."
    )
    return Note("notice-not-in-force", text)


def _notice_notes(state: State, standing: Standing, notice: Notice) -> Iterator[Note]:
    instrument, outcome = notice.instrument, notice.withdrawal
    if instrument.reasons is False:
        yield Note("notice-without-reasons", "The notice is recorded as giving no full"
                   " explanation of reasons (Art. 20(2)); whether that matters is open"
                   " (reading defects).")  # fmt: skip
    if instrument.addressees is not None and not instrument.addressees >= ALL_ADDRESSEES:
        yield Note("notice-not-sent-to-all", "The notice is recorded as not sent to all three"
                   " addressees of Art. 20(2); whether that matters is open"
                   " (reading defects).")  # fmt: skip
    if instrument.requested_on and not outcome.void:
        yield Note("later-date-requested", f"The instrument asks for {instrument.requested_on}:"
                   " a later day is honoured, an earlier one is void; Art. 20 is"
                   " silent.")  # fmt: skip
    for code in outcome.codes(standing.as_of):
        yield Note(code, _sentence(code, outcome))
    yield from _published(state, standing, outcome)


def _sentence(code: str, outcome: Withdrawal) -> str:
    """The sentence of a note that a withdrawal calls for."""
    six, effect = outcome.six_months, outcome.would_take_effect_on
    if code == "notice-void":
        return "By the reading defects=invalid the notice has no effect."
    if code == "month-end-refused":
        return (
            f"Six months after {outcome.received_on} is a day that does not exist; by the reading"
            f" month-end=refuse no date is given (last-day: {six.day}, next-day: {six.next_day})."
        )
    if code == "month-end-clamped":
        return (
            f"Six months after {outcome.received_on} is a day that does not exist: last-day gives"
            f" {six.day}, next-day gives {six.next_day}, refuse gives no date (reading month-end)."
        )
    if code == "revocation-too-late":
        return (
            f"The revocation of {outcome.revoked_on} came on the day of effect or later"
            f" ({effect}); the way back is accession (Art. 16)."
        )
    if code == "effect-projected":
        condition = "" if outcome.holding else (
            f": no armed conflict on {outcome.six_months_end_on}"
        )  # fmt: skip
        return f"Projected for {effect}, subject to the condition in Article 20(3){condition}."
    if code == "conflict-ongoing":
        open_ended = tuple(e for e in outcome.holding if e.end is None)
        return (
            f"No end is known of {_names(open_ended)}: while it lasts the withdrawal does not take"
            " effect, and no date can be given."
        )
    if code == "rests-on-assumed-conflict-end":
        return (
            f"{effect} rests on an assumed end of the armed conflict ({end_of(outcome.holding)})."
        )
    return (
        "A conflict begun before an earlier one had ended is not counted:"
        f" {_names(outcome.disregarded)} (reading conflict-scope)."
    )


def _published(state: State, standing: Standing, outcome: Withdrawal) -> Iterator[Note]:
    """Where a source publishes another day of effect than the computed one."""
    day = outcome.effective_on
    for event in state.events:
        published = event.date.day
        if event.kind == "effective" and published and day and published != day and (
            outcome.received_on <= published <= standing.as_of
        ):  # fmt: skip
            yield Note("recorded-date-differs", f"The sources publish {published} as the day of"
                       f" effect; {day} is computed.")  # fmt: skip


def _conditional(state: State, standing: Standing) -> Iterator[Note]:
    """What would happen to a notice received on the day asked about, in wartime.

    A longer conflict never makes the effect earlier: so the shortest and the longest course
    that partial dates allow every conflict bound all that can happen.
    """
    if not state.conflicts:
        return
    least, most = (
        withdrawal(standing.as_of, [course(c) for c in state.conflicts], None, standing.readings)
        for course in (_shortest, _longest)
    )
    if not most.held_back:
        return
    start = f"A notice received on {standing.as_of} would end its six months on"
    if not least.held_back:
        tail = "and might be suspended: the record does not settle whether the conflict is on then"
    elif most.would_take_effect_on != least.would_take_effect_on:
        tail = "and be suspended until the conflict ends, on a day the record does not settle"
    elif most.would_take_effect_on is None:
        tail = "and be suspended, with no date, while the conflict lasts"
    else:
        tail = f"and be suspended until {most.would_take_effect_on}"
    yield Note("conditional-notice", "No notice of withdrawal received by then is on record."
               f" {start} {most.six_months_end_on} {tail} ({_names(most.holding)}).")  # fmt: skip


def _shortest(conflict: Conflict) -> Engagement:
    """The conflict as begun as late and ended as early as its partial dates allow."""
    if conflict.end is None:
        return engagement(conflict)._replace(start=conflict.start.latest)
    start = min(conflict.start.latest, conflict.end.latest)  # none begins after its end
    end = max(conflict.end.earliest, conflict.start.earliest)
    return engagement(conflict)._replace(start=start, end=end)


def _longest(conflict: Conflict) -> Engagement:
    """The conflict as begun as early and ended as late as its partial dates allow."""
    return engagement(conflict)._replace(end=conflict.end.latest if conflict.end else None)


def _of_the_record(state: State, standing: Standing) -> Iterator[Note]:
    as_of = standing.as_of
    for communication in state.communications:
        received_on = communication.received_on
        if communication.kind == "suspension" and received_on.earliest <= as_of:
            yield Note("suspension-contested", _both_views(state, communication, as_of))
        if communication.note and received_on.earliest <= as_of:
            yield Note("record", communication.note)
        if communication.assumed and received_on.earliest > as_of:
            yield Note("assumption-after-day", f"The assumed {communication.kind} of"
                       f" {received_on} comes after {as_of} and is not yet there; ask with a"
                       " later --as-of.")  # fmt: skip
    for engaged in standing.conflicts:
        if engaged.suspends and engaged.conflict.note:
            yield Note("record", f"{engaged.conflict.name}: {engaged.conflict.note}")
    for deposit in state.deposits:
        if deposit.in_force_on:
            computed = article_17.entry_into_force(deposit.deposited_on.earliest)
            yield Note("recorded-date-differs", f"In force from {deposit.in_force_on} as"
                       f" recorded; Art. 17 on the deposit would give {computed}."
                       f" {deposit.in_force_reason}")  # fmt: skip
        if deposit.note:
            yield Note("record", deposit.note)
    if state.note:
        yield Note("record", state.note)
    if state.confidence != "high":
        yield Note("confidence", f"The record of {state.name} is of {state.confidence}"
                   " confidence.")  # fmt: skip
    for key, value in standing.readings.changed():
        yield Note("reading-not-default", f"Reading {key}={value}, not the default.")


def _both_views(state: State, communication: Communication, as_of: dt.date) -> str:
    """Both sides of a communicated suspension, and who objected."""
    invokes = f", invoking {communication.invokes}" if communication.invokes else ""
    objecting = [
        f"{o.name} ({o.received_on or 'day not found'}"
        f"{'' if o.confidence == 'high' else f', {o.confidence} confidence'})"
        for o in communication.objections
        if o.received_on is None or o.received_on.earliest <= as_of
    ]
    objections = f" Objections on record: {', '.join(objecting)}." if objecting else ""
    return (
        f"Contested: {state.name} communicated a suspension of the operation of the Convention"
        f" (received {communication.received_on}){invokes}. The Convention has no clause for it"
        " and its ban holds under any circumstances (Art. 1), so by this tool's reading nothing"
        f" changes; {state.name} takes another view, and no body has ruled on it."
        f"{objections}"
    )
