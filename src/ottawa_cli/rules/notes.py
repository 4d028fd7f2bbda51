"""The notes: what a reader of the bare answer must not miss, each with a stable code.

Every date comes from `history`.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Clause, Communication, Conflict, Provisions, note_on
from ottawa_cli.rules import article_17, article_20
from ottawa_cli.rules.article_20 import Engagement, Withdrawal, end_of, names_of
from ottawa_cli.rules.history import History, Notice, published_effects
from ottawa_cli.rules.possibilities import unknown_dates
from ottawa_cli.rules.standing import Standing

CONDITIONAL_NOTICE = "conditional-notice"
READING_NOT_DEFAULT = "reading-not-default"
LATER_DATE_REQUESTED = "later-date-requested"
EFFECT_DAY_SETTLED = "effect-day-settled"  # of a table of cases: by the clause or its depositary
MEMBERSHIP_NOT_GIVEN = "membership-not-given"  # of a table: the earliest notice is not known
# What is said of a withdrawal, with its fields and what `_sentence` adds to them in braces.
SENTENCES = {
    "notice-too-early": "The notice of {received_on} came before {earliest_notice_on}, the first"
    " day on which one counts: it has no effect.",
    "notice-void": "By the reading defects=invalid the notice has no effect.",
    "month-end-refused": "{{period}} after {received_on} is a day that does not exist; by the"
    " reading month-end=refuse no date is given (last-day: {period.day}, next-day:"
    " {period.next_day}).",
    "month-end-clamped": "{{period}} after {received_on} is a day that does not exist: last-day"
    " gives {period.day}, next-day gives {period.next_day}, refuse gives no date (reading"
    " month-end).",
    "revocation-too-late": "The revocation of {revoked_on} came on the day of effect or later"
    " ({would_take_effect_on}); the way back is accession ({deposit}).",
    "effect-projected": "Projected for {would_take_effect_on}{condition}{unless_engaged}.",
    "conflict-ongoing": "No end is known of {open_ended}: until there is one the withdrawal does"
    " not take effect, and no date can be given.",
    "rests-on-assumed-conflict-end": "{would_take_effect_on} rests on an assumed end of the armed"
    " conflict ({peace}).",
    "later-conflict-not-counted": "A conflict begun before an earlier one had ended is not counted:"
    " {not_counted} (reading conflict-scope).",
}
# The same where only some of the possibilities call for it, if its own sentence would name a day
# of theirs; any other note is said to hold on some of the possible days.
UNSETTLED = {
    "month-end-refused": "{{period}} after some of the days on which the notice may have been"
    " received is a day that does not exist; by the reading month-end=refuse those give no date.",
    "month-end-clamped": "{{period}} after some of the days on which the notice may have been"
    " received is a day that does not exist; which day is meant is open (reading month-end).",
    "revocation-too-late": "On some of the possible days the revocation came on the day of effect"
    " or later; the way back is then accession ({deposit}).",
    "effect-projected": "{projected}{condition}.",
    "rests-on-assumed-conflict-end": "The day of effect rests on an assumed end of the armed"
    " conflict.",
}


class Note(NamedTuple):
    """Something the reader must not miss: a stable code and a sentence."""

    code: str
    text: str


def called_for(withdrawal: Withdrawal, as_of: dt.date) -> list[str]:
    """The codes of the notes that a withdrawal calls for on the day asked about."""
    if withdrawal.void:
        return ["notice-too-early" if withdrawal.earliest_notice_on else "notice-void"]
    codes, effect, holding = [], withdrawal.would_take_effect_on, withdrawal.holding
    if withdrawal.period.clamped:
        codes.append("month-end-clamped" if withdrawal.period_end_on else "month-end-refused")
    if withdrawal.revoked_in_time:
        return codes
    if effect and withdrawal.revoked_on:
        codes.append("revocation-too-late")
    if effect and as_of < effect:
        codes.append("effect-projected")
    if not holding:
        return codes
    if effect is None:
        codes.append("conflict-ongoing")
    elif withdrawal.held_back and end_of(holding) in [e.end for e in holding if e.assumed]:
        codes.append("rests-on-assumed-conflict-end")
    if withdrawal.disregarded:
        codes.append("later-conflict-not-counted")
    return codes


def _sentence(code: str, withdrawal: Withdrawal, provisions: Provisions) -> str:
    holding, condition = withdrawal.holding, provisions.unless_engaged
    return SENTENCES[code].format(
        **withdrawal._asdict(),
        deposit=provisions.deposit,
        condition=provisions.condition,
        unless_engaged="" if holding else condition.format(withdrawal.period_end_on),
        open_ended=names_of(e for e in holding if e.end is None),
        peace=end_of(holding),
        not_counted=names_of(withdrawal.disregarded),
    )


def notes(standing: Standing) -> tuple[Note, ...]:
    """What a reader of the bare answer must not miss."""
    by_history = [(*_of_history(standing, history),) for history in standing.histories]
    following = (
        note if all(note in found for found in by_history) else _unsettled(note, standing)
        for note in chain(*by_history)
    )
    every = (
        *_not_yet(standing),
        *_partial_dates(standing),
        *dict.fromkeys(following),
        *_of_the_record(standing),
    )
    return tuple(note._replace(text=standing.state.clause.worded(note.text)) for note in every)


def _unsettled(note: Note, standing: Standing) -> Note:
    """A note that only some of the possibilities call for: it names no day of theirs."""
    projected = "On some of the possible days the effect is still to come: projected"
    if standing.effective_on:
        projected = f"Projected for a day {_range(standing.effective_on)}"
    provisions, sentence = standing.state.treaty.provisions, UNSETTLED.get(note.code)
    if sentence is None:
        return note._replace(text=f"On some of the possible days: {note.text}")
    condition, deposit = provisions.condition, provisions.deposit
    text = sentence.format(projected=projected, condition=condition, deposit=deposit)
    return note._replace(text=text)


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
    if history.notice:
        yield from _of_notice(history, history.notice)
    elif standing.bound and standing.state.conflicts:
        yield from _conditional(standing)


def _of_notice(history: History, notice: Notice) -> Iterator[Note]:
    instrument, withdrawal = notice.instrument, notice.withdrawal
    provisions = history.state.treaty.provisions
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
    for code in called_for(withdrawal, history.as_of):
        yield Note(code, _sentence(code, withdrawal, provisions))
    computed = withdrawal.effective_on
    for event in published_effects(history.state, history.as_of):
        day = event.date.day
        if day and computed and withdrawal.received_on <= day != computed:
            text = f"The sources publish {day} as the day of effect; {computed} is computed."
            yield Note("recorded-date-differs", text)


def _conditional(standing: Standing) -> Iterator[Note]:
    """What would happen to a notice received on the day asked about, in wartime.

    A longer conflict never makes the effect earlier: so the shortest and the longest time
    that partial dates allow every conflict bound all that can happen.
    """
    as_of, readings, clause = standing.as_of, standing.readings, standing.state.clause
    shortest, longest = zip(*map(_extents, standing.state.conflicts), strict=True)
    least = article_20.withdrawal(as_of, shortest, readings=readings, clause=clause)
    most = article_20.withdrawal(as_of, longest, readings=readings, clause=clause)
    met = would_meet(most, longest, clause)
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


def would_meet(
    supposed: Withdrawal, engagements: Sequence[Engagement], clause: Clause
) -> tuple[Engagement, ...]:
    """The conflicts that a notice received on a day would meet: those that hold it back, or else
    those of that day of which the clause speaks, if they are all over in time."""
    day, over = supposed.received_on, supposed.period_end_on
    if supposed.held_back or over is None:
        return supposed.holding
    now = tuple(e for e in article_20.of_clause_kind(engagements, clause) if e.on(day))
    return now if all(e.end and e.end <= over for e in now) else ()


def _extents(conflict: Conflict) -> tuple[Engagement, Engagement]:
    """The conflict as short, and as long, as its partial dates allow; none begins after its end."""
    engagement, start, end = Engagement.of(conflict), conflict.start, conflict.end
    if end is None:
        return engagement._replace(start=start.latest), engagement
    shortest = (min(start.latest, end.latest), max(start.earliest, end.earliest))
    return (
        engagement._replace(start=shortest[0], end=shortest[1]),
        engagement._replace(end=end.latest),
    )


def _of_the_record(standing: Standing) -> Iterator[Note]:
    """What the record itself says, and on which choices the answer rests."""
    state, as_of = standing.state, standing.as_of
    for communication in state.communications:
        yield from _of_communication(standing, communication)
    for conflict, suspends in standing.conflicts:
        if suspends and (text := note_on(conflict.notes, as_of)):
            yield Note("record", f"{conflict.name}: {text}")
    for deposit in state.deposits:
        deposited_on, in_force_on = deposit.deposited_on.earliest, deposit.in_force_on
        if as_of < min(deposited_on, in_force_on or dt.date.max):
            continue
        if in_force_on:
            rule = state.treaty.provisions.entry_into_force
            computed = article_17.entry_into_force(deposited_on, state.treaty.joining)
            text = f"In force from {in_force_on} as recorded; {rule} on the deposit would give"
            yield Note("recorded-date-differs", f"{text} {computed}. {deposit.in_force_reason}")
        if text := note_on(deposit.notes, as_of):
            yield Note("record", text)
    if text := note_on(state.notes, as_of):
        yield Note("record", text)
    if state.confidence != "high":
        yield Note("confidence", f"The record of {state.name} is of {state.confidence} confidence.")
    lasting = [conflict.name for conflict in state.conflicts_replaced if conflict.end is None]
    if lasting and all(conflict.end for conflict in state.conflicts):
        text = "What is assumed takes the place of every armed conflict on record, also of those"
        text += f" without a known end ({'; '.join(lasting)}): to keep one, assume it too."
        yield Note("conflicts-replaced", text)
    settled = dict(state.clause.settles)
    for key, value in standing.readings.changed():
        if key in settled:
            continue
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
    consequence, view = "so by this tool's reading nothing changes", "takes another view"
    if standing.readings.suspension == "as-communicated":
        consequence, view = "and by the default reading nothing changes", "claims what is told here"
    return (
        f"Contested: {standing.name} communicated a suspension of the operation of the Convention"
        f"{lasts} (received {communication.received_on}){invokes}. The Convention has no clause for"
        f" it and its ban holds under any circumstances ({ban}), {consequence};"
        f" {standing.name} {view}, and no court is known to have ruled on it."
        f"{objections}"
    )
