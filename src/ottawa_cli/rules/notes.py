"""The notes: what a reader of the bare answer must not miss, each with a stable code.

Nothing is decided here; every date comes from `history`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import ALL_ADDRESSEES, Communication, Conflict, Deposit, State, said
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import Engagement, Withdrawal, end_of, names_of, withdrawal
from ottawa_cli.rules.history import History, Notice, engagement
from ottawa_cli.rules.possibilities import unknown_dates
from ottawa_cli.rules.result import Note, Standing


def notes(standing: Standing) -> tuple[Note, ...]:
    """What a reader of the bare answer must not miss, each with a stable code."""
    state, histories = standing.state, standing.histories
    found: dict[Note, int] = {}
    for history in histories:
        for note in dict.fromkeys(_notes(state, standing, history)):
            found[note] = found.get(note, 0) + 1
    settled = [
        note if times == len(histories) else _unsettled(note, standing)
        for note, times in found.items()
    ]
    return (
        *_not_yet(standing),
        *_partial_dates(state, standing),
        *dict.fromkeys(settled),
        *_of_the_record(state, standing),
    )


def _not_yet(standing: Standing) -> Iterator[Note]:
    """Before there was a Convention to join, or a State to join it."""
    as_of, first, through = standing.as_of, standing.state.first_day, standing.through
    if as_of < article_17.OPENED_FOR_SIGNATURE:
        yield Note("no-convention-yet", f"On {as_of} there was no Convention to join: it was opened"
                   f" for signature on {article_17.OPENED_FOR_SIGNATURE} (Art. 15).")  # fmt: skip
    if first and as_of < first.on:
        text = f"{standing.name} did not exist as a State on {as_of}: its first day is {first.on}."
        bound = {
            True: f" Its territory was bound through {through.name}.",
            False: f" On that day {through.name} was not bound either.",
            None: f" Whether {through.name} was bound on that day is not settled.",
        }[through.bound] if through else ""  # fmt: skip
        yield Note("no-state-yet", f"{text} {first.before}{bound}")


def _unsettled(note: Note, standing: Standing) -> Note:
    """A note that only some of the possibilities call for: it names no day of theirs."""
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
    for (field, index, edge), date in unknown_dates(state, standing.as_of):
        if standing.notice and field == "conflicts":
            verb = "began" if edge == "start" else "ended"
            yield Note("partial-date", f"The day {state.conflicts[index].name} {verb} is not"
                       f" established ({_range(date)}).")  # fmt: skip
    if standing.in_force_on and standing.in_force_on.day is None:
        yield Note("partial-date", "Entry into force follows from the unknown day: it is"
                   f" {_range(standing.in_force_on)}.")  # fmt: skip
    if standing.effective_on and standing.effective_on.day is None:
        yield Note("partial-date", "The day of effect follows from an unknown day: it is"
                   f" {_range(standing.effective_on)}.")  # fmt: skip


def _range(date: PartialDate) -> str:
    if date.precision == "range":
        return f"between {date.earliest} and {date.latest}"
    return f"{date.precision} {date}"


def _notes(state: State, standing: Standing, history: History) -> Iterator[Note]:
    notice = history.notice_on(standing.as_of)
    for instrument, why in history.ineffective:
        yield _idle_note(instrument, why)
    if notice:
        yield from _notice_notes(state, standing, notice)
    elif standing.bound:
        yield from _conditional(state, standing)


def _idle_note(instrument: Communication, why: str) -> Note:
    start = f"The notice of {instrument.received_on}"
    return {
        "already-pending": Note("second-notice", f"{start} does not restart the six months of the"
                                " one before it."),
        "not-in-force": Note("notice-not-in-force", f"{start} comes on a day on which the"
                             " Convention was not in force for the State; it is given no effect."),
    }[why]  # fmt: skip


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
        yield Note(code, SENTENCES[code](outcome))
    yield from _published(state, standing, outcome)


# The sentence of each note that a withdrawal calls for: one for every code of Withdrawal.codes.
SENTENCES: dict[str, Callable[[Withdrawal], str]] = {
    "notice-void": lambda _: "By the reading defects=invalid the notice has no effect.",
    "month-end-refused": lambda it: (
        f"Six months after {it.received_on} is a day that does not exist; by the reading"
        f" month-end=refuse no date is given (last-day: {it.period.day}, next-day:"
        f" {it.period.next_day})."
    ),
    "month-end-clamped": lambda it: (
        f"Six months after {it.received_on} is a day that does not exist: last-day gives"
        f" {it.period.day}, next-day gives {it.period.next_day}, refuse gives no date"
        " (reading month-end)."
    ),
    "revocation-too-late": lambda it: (
        f"The revocation of {it.revoked_on} came on the day of effect or later"
        f" ({it.would_take_effect_on}); the way back is accession (Art. 16)."
    ),
    "effect-projected": lambda it: (
        f"Projected for {it.would_take_effect_on}, subject to the condition in Article 20(3)"
        f"{'' if it.holding else f': no armed conflict on {it.period_end_on}'}."
    ),
    "conflict-ongoing": lambda it: (
        f"No end is known of {names_of(e for e in it.holding if e.end is None)}: until there is"
        " one the withdrawal does not take effect, and no date can be given."
    ),
    "rests-on-assumed-conflict-end": lambda it: (
        f"{it.would_take_effect_on} rests on an assumed end of the armed conflict"
        f" ({end_of(it.holding)})."
    ),
    "later-conflict-not-counted": lambda it: (
        "A conflict begun before an earlier one had ended is not counted:"
        f" {names_of(it.disregarded)} (reading conflict-scope)."
    ),
}


def _published(state: State, standing: Standing, outcome: Withdrawal) -> Iterator[Note]:
    """Where a source publishes another day of effect than the computed one."""
    day = outcome.effective_on
    for event in state.events:
        published = event.date.day
        if event.kind == "published-effect" and published and day and published != day and (
            outcome.received_on <= published <= standing.as_of
        ):  # fmt: skip
            yield Note("recorded-date-differs", f"The sources publish {published} as the day of"
                       f" effect; {day} is computed.")  # fmt: skip


def _conditional(state: State, standing: Standing) -> Iterator[Note]:
    """What would happen to a notice received on the day asked about, in wartime.

    A longer conflict never makes the effect earlier: so the shortest and the longest time
    that partial dates allow every conflict bound all that can happen.
    """
    if not state.conflicts:
        return
    least, most = (
        withdrawal(standing.as_of, [extent(c) for c in state.conflicts], None, standing.readings)
        for extent in (_shortest, _longest)
    )
    if not most.held_back:
        return
    if not least.held_back:
        tail = "might be suspended: the record does not settle whether the conflict is on then"
    elif most.would_take_effect_on != least.would_take_effect_on:
        tail = "would be suspended until the conflict ends, on a day the record does not settle"
    elif most.would_take_effect_on is None:
        tail = "would be suspended, with no date, while the conflict lasts"
    else:
        tail = f"would be suspended until {most.would_take_effect_on}"
    yield Note("conditional-notice", f"No notice of withdrawal is on record by {standing.as_of}."
               " The six months of one received that day would be over on"
               f" {most.period_end_on}, and the withdrawal {tail}"
               f" ({names_of(most.holding)}).")  # fmt: skip


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
        if received_on.earliest <= as_of and (text := said(communication.notes, as_of)):
            yield Note("record", text)
        if communication.assumed and received_on.earliest > as_of:
            what = "notice" if communication.kind == "withdrawal" else "revocation"
            yield Note("assumption-after-day", f"The {what} assumed for {received_on} comes after"
                       f" {as_of}: status and bound are those of {as_of}, what follows from the"
                       f" {what} is projected.")  # fmt: skip
    for engaged in standing.conflicts:
        if engaged.suspends and (text := said(engaged.conflict.notes, as_of)):
            yield Note("record", f"{engaged.conflict.name}: {text}")
    for deposit in state.deposits:
        if as_of >= min(deposit.deposited_on.earliest, deposit.in_force_on or dt.date.max):
            yield from _of_a_deposit(deposit, as_of)
    if text := said(state.notes, as_of):
        yield Note("record", text)
    if state.confidence != "high":
        yield Note("confidence", f"The record of {state.name} is of {state.confidence}"
                   " confidence.")  # fmt: skip
    for key, value in standing.readings.changed():
        yield Note("reading-not-default", f"Reading {key}={value}, not the default.")


def _of_a_deposit(deposit: Deposit, as_of: dt.date) -> Iterator[Note]:
    if deposit.in_force_on:
        computed = article_17.entry_into_force(deposit.deposited_on.earliest)
        yield Note("recorded-date-differs", f"In force from {deposit.in_force_on} as"
                   f" recorded; Art. 17 on the deposit would give {computed}."
                   f" {deposit.in_force_reason}")  # fmt: skip
    if text := said(deposit.notes, as_of):
        yield Note("record", text)


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
        f" changes; {state.name} takes another view, and no court is known to have ruled on it."
        f"{objections}"
    )
