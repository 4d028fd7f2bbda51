"""The notes: what a reader of the bare answer must not miss, each with a stable code.

Whether a note is called for and what it says stand together; every date comes from `history`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, Conflict, Deposit, Provisions, Treaty, note_on
from ottawa_cli.rules import article_17, article_20
from ottawa_cli.rules.article_20 import Engagement, Withdrawal, end_of, names_of
from ottawa_cli.rules.history import History, Notice, published_effects
from ottawa_cli.rules.possibilities import unknown_dates
from ottawa_cli.rules.result import Note, Standing

CONDITIONAL_NOTICE = "conditional-notice"
READING_NOT_DEFAULT = "reading-not-default"
LATER_DATE_REQUESTED = "later-date-requested"
EFFECT_DAY_SETTLED = "effect-day-settled"  # of a table of cases: by the clause or its depositary
MEMBERSHIP_NOT_GIVEN = "membership-not-given"  # of a table: the earliest notice is not known
Words = Callable[[Withdrawal, Provisions], str]


def called_for(withdrawal: Withdrawal, as_of: dt.date) -> dict[str, Words]:
    """The notes that a withdrawal calls for on the day asked about: the code, what words it."""
    found: dict[str, Words] = {}
    if withdrawal.void and withdrawal.earliest_notice_on:
        found["notice-too-early"] = lambda it, at: (
            f"The notice of {it.received_on} came before {it.earliest_notice_on}, the first day on"
            " which one counts: it has no effect."
        )
        return found
    if withdrawal.void:
        found["notice-void"] = lambda it, at: (
            "By the reading defects=invalid the notice has no effect."
        )
        return found
    effect = withdrawal.would_take_effect_on
    if withdrawal.period.clamped and withdrawal.period_end_on is None:
        found["month-end-refused"] = lambda it, at: (
            f"{{period}} after {it.received_on} is a day that does not exist; by the reading"
            f" month-end=refuse no date is given (last-day: {it.period.day}, next-day:"
            f" {it.period.next_day})."
        )
    elif withdrawal.period.clamped:
        found["month-end-clamped"] = lambda it, at: (
            f"{{period}} after {it.received_on} is a day that does not exist: last-day gives"
            f" {it.period.day}, next-day gives {it.period.next_day}, refuse gives no date"
            " (reading month-end)."
        )
    if withdrawal.revoked_in_time:
        return found
    if effect and withdrawal.revoked_on:
        found["revocation-too-late"] = lambda it, at: (
            f"The revocation of {it.revoked_on} came on the day of effect or later"
            f" ({it.would_take_effect_on}); the way back is accession ({at.deposit})."
        )
    if effect and as_of < effect:
        found["effect-projected"] = lambda it, at: (
            f"Projected for {it.would_take_effect_on}{at.condition}"
            f"{'' if it.holding else at.unless_engaged.format(it.period_end_on)}."
        )
    if not withdrawal.holding:
        return found
    if effect is None:
        found["conflict-ongoing"] = lambda it, at: (
            f"No end is known of {names_of(e for e in it.holding if e.end is None)}: until there is"
            " one the withdrawal does not take effect, and no date can be given."
        )
    elif withdrawal.rests_on_assumed_end:
        found["rests-on-assumed-conflict-end"] = lambda it, at: (
            f"{it.would_take_effect_on} rests on an assumed end of the armed conflict"
            f" ({end_of(it.holding)})."
        )
    if withdrawal.disregarded:
        found["later-conflict-not-counted"] = lambda it, at: (
            "A conflict begun before an earlier one had ended is not counted:"
            f" {names_of(it.disregarded)} (reading conflict-scope)."
        )
    return found


# The sentence of a note that only some of the possibilities call for, where its own would name a
# day of theirs; any other note is said to hold on some of the possible days.
UNSETTLED = {
    "month-end-refused": "{period} after some of the days on which the notice may have been"
    " received is a day that does not exist; by the reading month-end=refuse those give no date.",
    "month-end-clamped": "{period} after some of the days on which the notice may have been"
    " received is a day that does not exist; which day is meant is open (reading month-end).",
    "revocation-too-late": "On some of the possible days the revocation came on the day of effect"
    " or later; the way back is then accession ({deposit}).",
    "effect-projected": "{projected}{condition}.",
    "rests-on-assumed-conflict-end": "The day of effect rests on an assumed end of the armed"
    " conflict.",
}


def notes(standing: Standing) -> tuple[Note, ...]:
    """What a reader of the bare answer must not miss."""
    times = Counter(
        note
        for history in standing.histories
        for note in dict.fromkeys(_of_history(standing, history))
    )
    told = [
        note if number == len(standing.histories) else _unsettled(note, standing)
        for note, number in times.items()
    ]
    found = (
        *_not_yet(standing),
        *_partial_dates(standing),
        *dict.fromkeys(told),
        *_of_the_record(standing),
    )
    return tuple(note._replace(text=standing.state.clause.worded(note.text)) for note in found)


def _unsettled(note: Note, standing: Standing) -> Note:
    """A note that only some of the possibilities call for: it names no day of theirs."""
    projected = "On some of the possible days the effect is still to come: projected"
    if standing.effective_on:
        projected = f"Projected for a day {_range(standing.effective_on)}"
    sentence = UNSETTLED.get(note.code)
    if sentence is None:
        return Note(note.code, f"On some of the possible days: {note.text}")
    at = standing.state.treaty.provisions
    words = {"projected": projected, "condition": at.condition}
    words |= {"deposit": at.deposit, "period": "{period}"}
    return Note(note.code, sentence.format(**words))


def _not_yet(standing: Standing) -> Iterator[Note]:
    """Before there was a Convention to join, or a State to join it."""
    as_of, first, through = standing.as_of, standing.state.first_day, standing.through
    treaty = standing.state.treaty
    if as_of < treaty.opened_on:
        where = treaty.provisions.signature
        opened = f"it was opened for signature on {treaty.opened_on} ({where})"
        yield Note("no-convention-yet", f"On {as_of} there was no Convention to join: {opened}.")
    if first and as_of < first.on:
        bound = ""
        if through:
            bound = {
                True: f" Its territory was bound through {through.name}.",
                False: f" On that day {through.name} was not bound either.",
                None: f" Whether {through.name} was bound on that day is not settled.",
            }[through.bound]
        text = f"{standing.name} did not exist as a State on {as_of}: its first day is {first.on}."
        yield Note("no-state-yet", f"{text} {first.before}{bound}")


def _partial_dates(standing: Standing) -> Iterator[Note]:
    """The days that are not known, and those that follow from one."""
    name, state = standing.name, standing.state
    unknown = [
        (f"{name} signed", standing.signed_on),
        (f"{name} deposited its instrument", standing.deposited_on),
        (f"{name} gave notice", standing.received_on),
        (f"{name} revoked its notice", standing.revoked_on),
    ]
    if standing.notice:
        unknown += [
            (f"{state.conflicts[index].name} {'began' if edge == 'start' else 'ended'}", date)
            for (field, index, edge), date in unknown_dates(state, standing.as_of)
            if field == "conflicts"
        ]
    following = [
        ("Entry into force follows from the unknown day", standing.in_force_on),
        ("The day of effect follows from an unknown day", standing.effective_on),
    ]
    for what, date in unknown:
        if date and date.day is None:
            yield Note("partial-date", f"The day {what} is not established ({_range(date)}).")
    for what, date in following:
        if date and date.day is None:
            yield Note("partial-date", f"{what}: it is {_range(date)}.")


def _range(date: PartialDate) -> str:
    if date.precision == "range":
        return f"between {date.earliest} and {date.latest}"
    return f"{date.precision} {date}"


def _of_history(standing: Standing, history: History) -> Iterator[Note]:
    for instrument, why in history.ineffective:
        text = f"The notice of {instrument.received_on}"
        if why == "already-pending":
            text += " does not restart the {period} of the one before it."
            yield Note("second-notice", text)
        else:
            text += " comes on a day on which the Convention was not in force for the State"
            yield Note("notice-not-in-force", f"{text}; it is given no effect.")
    notice = history.notice_on(standing.as_of)
    if notice:
        yield from _of_notice(standing, notice)
    elif standing.bound and standing.state.conflicts:
        yield from _conditional(standing)


def _of_notice(standing: Standing, notice: Notice) -> Iterator[Note]:
    instrument, withdrawal = notice.instrument, notice.withdrawal
    provisions = standing.state.treaty.provisions
    where = provisions.notice_form
    open_question = "whether that matters is open (reading defects)."
    if instrument.reasons is False:
        text = f"The notice is recorded as giving no full explanation of reasons ({where})"
        yield Note("notice-without-reasons", f"{text}; {open_question}")
    if article_20.left_out(instrument):
        text = f"The notice is recorded as not sent to all three addressees of {where}"
        yield Note("notice-not-sent-to-all", f"{text}; {open_question}")
    if instrument.requested_on and not withdrawal.void:
        text = f"The instrument asks for {instrument.requested_on}: a later day is honoured, an"
        text += f" earlier one is void; {provisions.withdrawal} is silent."
        yield Note(LATER_DATE_REQUESTED, text)
    for code, words in called_for(withdrawal, standing.as_of).items():
        yield Note(code, words(withdrawal, provisions))
    computed = withdrawal.effective_on
    for event in published_effects(standing.state, standing.as_of):
        day = event.date.day
        if day and computed and withdrawal.received_on <= day != computed:
            text = f"The sources publish {day} as the day of effect; {computed} is computed."
            yield Note("recorded-date-differs", text)


def _conditional(standing: Standing) -> Iterator[Note]:
    """What would happen to a notice received on the day asked about, in wartime.

    A longer conflict never makes the effect earlier: so the shortest and the longest time
    that partial dates allow every conflict bound all that can happen.
    """
    as_of, conflicts = standing.as_of, standing.state.conflicts
    clause, readings = standing.state.clause, standing.readings
    least, most = (
        article_20.withdrawal(as_of, [extent(c) for c in conflicts], None, readings, clause=clause)
        for extent in (_shortest, _longest)
    )
    met = would_meet(most, [_longest(c) for c in conflicts])
    if not met:
        return
    if not most.held_back:
        tail = f"would take effect on {most.would_take_effect_on}: the conflict is over in time"
    elif not least.held_back:
        tail = "might be suspended: the record does not settle whether the conflict is on then"
    elif most.would_take_effect_on != least.would_take_effect_on:
        tail = "would be suspended until the conflict ends, on a day the record does not settle"
    elif most.would_take_effect_on is None:
        tail = "would be suspended, with no date, while the conflict lasts"
    else:
        tail = f"would be suspended until {most.would_take_effect_on}"
    text = (
        f"No notice of withdrawal is on record by {as_of}. The {{period}} of one received that"
        f" day would be over on {most.period_end_on}, and the withdrawal {tail}"
        f" ({names_of(met)})."
    )
    yield Note(CONDITIONAL_NOTICE, text)


def would_meet(supposed: Withdrawal, engagements: Sequence[Engagement]) -> tuple[Engagement, ...]:
    """The conflicts that a notice received on a day would meet: those that hold it back, or else
    those of that day, if they are all over in time."""
    day, over = supposed.received_on, supposed.period_end_on
    if supposed.held_back or over is None:
        return supposed.holding
    now = tuple(e for e in engagements if e.start <= day and (e.end is None or e.end >= day))
    return now if all(e.end and e.end <= over for e in now) else ()


def _shortest(conflict: Conflict) -> Engagement:
    """The conflict as begun as late and ended as early as its partial dates allow."""
    start, end = conflict.start.latest, None
    if conflict.end:  # none begins after its end
        start = min(start, conflict.end.latest)
        end = max(conflict.end.earliest, conflict.start.earliest)
    return Engagement.of(conflict)._replace(start=start, end=end)


def _longest(conflict: Conflict) -> Engagement:
    """The conflict as begun as early and ended as late as its partial dates allow."""
    return Engagement.of(conflict)._replace(end=conflict.end.latest if conflict.end else None)


def _of_the_record(standing: Standing) -> Iterator[Note]:
    """What the record itself says, and on which choices the answer rests."""
    state, as_of = standing.state, standing.as_of
    for communication in state.communications:
        yield from _of_communication(standing, communication)
    for conflict, suspends in standing.conflicts:
        if suspends and (text := note_on(conflict.notes, as_of)):
            yield Note("record", f"{conflict.name}: {text}")
    for deposit in state.deposits:
        if as_of >= min(deposit.deposited_on.earliest, deposit.in_force_on or dt.date.max):
            yield from _of_deposit(deposit, state.treaty, as_of)
    if text := note_on(state.notes, as_of):
        yield Note("record", text)
    if state.confidence != "high":
        yield Note("confidence", f"The record of {state.name} is of {state.confidence} confidence.")
    for key, value in standing.readings.changed():
        yield Note(READING_NOT_DEFAULT, f"Reading {key}={value}, not the default.")


def _of_communication(standing: Standing, communication: Communication) -> Iterator[Note]:
    as_of, received_on = standing.as_of, communication.received_on
    if received_on.earliest <= as_of:
        if communication.kind == "suspension":
            yield Note("suspension-contested", _both_views(standing, communication))
        if text := note_on(communication.notes, as_of):
            yield Note("record", text)
    elif communication.assumed:
        what = "notice" if communication.kind == "withdrawal" else "revocation"
        text = (
            f"The {what} assumed for {received_on} comes after {as_of}: status and bound are those"
            f" of {as_of}, what follows from the {what} is projected."
        )
        yield Note("assumption-after-day", text)


def _of_deposit(deposit: Deposit, treaty: Treaty, as_of: dt.date) -> Iterator[Note]:
    if deposit.in_force_on:
        computed = article_17.entry_into_force(deposit.deposited_on.earliest, treaty.joining)
        rule = treaty.provisions.entry_into_force
        text = f"In force from {deposit.in_force_on} as recorded; {rule} on the deposit would give"
        yield Note("recorded-date-differs", f"{text} {computed}. {deposit.in_force_reason}")
    if own := note_on(deposit.notes, as_of):
        yield Note("record", own)


def _both_views(standing: Standing, communication: Communication) -> str:
    """Both sides of a communicated suspension, and who objected."""
    lasts = " for as long as the hostilities last" if communication.lasts_while else ""
    invokes = f", invoking {communication.invokes}" if communication.invokes else ""
    objecting = [
        f"{o.name} ({o.received_on or 'day not found'}"
        f"{'' if o.confidence == 'high' else f', {o.confidence} confidence'})"
        for o in communication.objections
        if o.received_on is None or o.received_on.earliest <= standing.as_of
    ]
    ban = standing.state.treaty.provisions.ban
    objections = f" Objections on record: {', '.join(objecting)}." if objecting else ""
    here, other = "so by this tool's reading nothing changes", "takes another view"
    if standing.readings.suspension == "as-communicated":
        here, other = "and by the default reading nothing changes", "claims what is told here"
    return (
        f"Contested: {standing.name} communicated a suspension of the operation of the Convention"
        f"{lasts} (received {communication.received_on}){invokes}. The Convention has no clause for"
        f" it and its ban holds under any circumstances ({ban}), {here};"
        f" {standing.name} {other}, and no court is known to have ruled on it."
        f"{objections}"
    )
