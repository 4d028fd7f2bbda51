"""The derivation: each answer as ordered steps, in the order of the treaty.

Nothing is decided here; every date comes from `course`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import ALL_ADDRESSEES, Communication, State
from ottawa_cli.rules import article_17
from ottawa_cli.rules.article_20 import (
    FIRST_SENTENCE,
    LETS_MOST_IN,
    ONE_DAY,
    REVOCATION,
    SECOND_SENTENCE,
    Engagement,
    Withdrawal,
    end_of,
    engaged_on_expiry,
    names_of,
    withdrawal,
)
from ottawa_cli.rules.history import History, Membership, Notice, basis
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.result import Standing, Step


def steps(standing: Standing) -> tuple[Step, ...]:
    """The derivation of `standing`. Where unknown days lead different ways, it says where."""
    state = standing.state
    per_history = [tuple(_steps(state, standing, history)) for history in standing.histories]
    merged, settled = _aligned(per_history)
    if not settled:
        text = "From here the answer turns on a day the record does not settle."
        merged.append(Step("unknown-day", "Art. 20(3)", None, text))
    merged.append(_standing_step(standing))
    return tuple(merged)


def _aligned(per_history: list[tuple[Step, ...]]) -> tuple[list[Step], bool]:
    """The steps that several exact readings share, and whether they share them to the end.

    That a conflict turns on a reading may hold on some days only: such a step is told as
    an aside, and the others go on.
    """
    ahead = [list(each) for each in per_history]
    merged: list[Step] = []
    while all(ahead):
        ids = {each[0].id for each in ahead}
        if len(ids) == 1:
            merged.append(_merged(tuple(each.pop(0) for each in ahead)))
            continue
        aside = min((id for id in ids if id.replace("-", "_") in LETS_MOST_IN), default=None)
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
        basis=min((step.basis for step in same if step.basis), default=None),  # assumed, if any is
        text=texts[0] if len(texts) == 1 else f"By the exact day: {' Or: '.join(texts)}",
        before=_span({step.before for step in same}),
        after=_span({step.after for step in same}),
        reading=next((step.reading for step in same if step.reading), None),
        sources=_each_once(step.sources for step in same),
    )


def _each_once(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for ids in several for id in ids))


def _span(days: set[str | None]) -> str | None:
    known = sorted(day for day in days if day is not None)
    if len(known) < len(days):
        return None
    return str(PartialDate(dt.date.fromisoformat(known[0]), dt.date.fromisoformat(known[-1])))


def _steps(state: State, standing: Standing, history: History) -> Iterator[Step]:
    if history.signed_on:
        text = f"{state.name} signed the Convention."
        yield Step("signature", "Art. 15", "recorded", text, None, str(history.signed_on), None,
                   state.signature_sources)  # fmt: skip
    for membership in history.memberships:
        yield from _joining(state, membership)
        for notice in membership.notices:
            yield from _received(notice)
            for step in _leaving(state, standing, history, notice):
                yield step._replace(basis="assumed") if notice.assumed else step
    for instrument, why in history.ineffective:
        yield _idle(history, instrument, why)
    for communication in state.communications_of("suspension"):
        if communication.received_on.earliest <= standing.as_of:
            yield _suspension(communication)


def _joining(state: State, membership: Membership) -> Iterator[Step]:
    deposit = membership.deposit
    paper = (
        "notification of succession"
        if deposit.instrument == "succession"
        else f"instrument of {deposit.instrument}"
    )
    deposited, in_force = str(membership.deposited_on), str(membership.in_force_on)
    yield Step(
        "deposit", "Art. 16", "recorded",
        f"{state.name} deposited its {paper} with the Depositary.",
        None, deposited, None, deposit.sources,
    )  # fmt: skip
    rule = article_17.paragraph(membership.deposited_on)
    if deposit.in_force_on:
        computed = article_17.entry_into_force(membership.deposited_on)
        yield Step("entry-into-force", article_17.rests_on(deposit), "recorded",
                   f"{rule} would give {computed}. The record departs from it:"
                   f" {deposit.in_force_reason}",
                   deposited, in_force, None, deposit.in_force_rests_on)  # fmt: skip
    else:
        month = "fortieth deposit" if rule == "Art. 17(1)" else "deposit"
        yield Step("entry-into-force", rule, "computed",
                   "The Convention enters into force for the State on the first day of the"
                   f" sixth month after the month of the {month}.",
                   deposited, in_force, None, deposit.in_force_rests_on)  # fmt: skip
    # Due before any withdrawal can take effect: six months are never shorter than 181 days.
    report = article_17.first_report_due(membership.in_force_on)
    yield Step("first-report", "Art. 7(1)", "computed",
               "The first transparency report is due within 180 days of entry into force.",
               in_force, str(report))  # fmt: skip
    stockpiles = article_17.stockpile_deadline(membership.in_force_on)
    if membership.left_on is None or stockpiles < membership.left_on:
        yield Step("stockpiles", "Art. 4", "computed",
                   "Stockpiles are to be destroyed within four years of entry into force.",
                   in_force, str(stockpiles))  # fmt: skip


def _received(notice: Notice) -> Iterator[Step]:
    instrument, outcome = notice.instrument, notice.withdrawal
    yield Step(
        "receipt", FIRST_SENTENCE, _basis(instrument),
        "The Depositary receives the instrument of withdrawal; nothing else starts the six"
        " months.",
        None, str(outcome.received_on), None, instrument.sources,
    )  # fmt: skip
    yield _form(instrument, outcome)


def _leaving(state: State, standing: Standing, history: History, notice: Notice) -> Iterator[Step]:
    outcome, readings = notice.withdrawal, standing.readings
    if not outcome.void:
        yield _six_months(outcome, readings.month_end)
    if outcome.period_end_on is not None:
        yield from _waiting(state, standing, history, notice, outcome.period_end_on)
    if notice.revocation:
        yield Step("revocation", REVOCATION, basis(notice.revocation_assumed, otherwise="recorded"),
                   _revoked(outcome), str(outcome.received_on), str(outcome.revoked_on), None,
                   notice.revocation.sources)  # fmt: skip
    if outcome.effective_on:
        yield _effect(state, standing, history, notice)


def _waiting(
    state: State, standing: Standing, history: History, notice: Notice, end_on: dt.date
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
    yield from _conflict_readings(standing.readings, history, notice, on_that_day)
    if outcome.holding:
        yield _conflict_end(standing.readings, history, notice)


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
        return Step("form", "Art. 20(2)", None, text)
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


def _six_months(outcome: Withdrawal, reading: str) -> Step:
    six, start = outcome.period, str(outcome.received_on)
    if not six.clamped:
        return Step("notice-period", FIRST_SENTENCE, "computed",
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
    end_on = outcome.period_end_on
    return Step("notice-period", FIRST_SENTENCE, "computed", text, start,
                str(end_on) if end_on else None, "month-end")  # fmt: skip


def _conflict_test(
    state: State, as_of: dt.date, end_on: dt.date, engaged: tuple[Engagement, ...]
) -> Step:
    expiry, sources = str(end_on), _started(engaged)
    tested = None
    if engaged:
        text = f"On that day {state.name} is engaged in armed conflict: {names_of(engaged)}."
        tested = _conflict_basis(engaged)
    elif state.conflicts_replaced:
        text = f"On that day none of the conflicts assumed for {state.name} is on and counts."
        tested = "assumed"
    else:
        text = f"On that day no armed conflict that counts is on record for {state.name}."
    if as_of < end_on:
        text += " It is still to come, and no record knows it: the test is made on that day."
    return Step("conflict-test", SECOND_SENTENCE, tested, text, expiry, expiry, None, sources)


def _conflict_readings(
    readings: Readings, history: History, notice: Notice, engaged: tuple[Engagement, ...]
) -> Iterator[Step]:
    """A step for each reading that lets a conflict into the test or keeps one out of it."""
    outcome = notice.withdrawal
    counted, expiry = outcome.holding, outcome.period_end_on
    widest = readings._replace(
        **{key: LETS_MOST_IN[key] for key in LETS_MOST_IN if key != "conflict_scope"}
    )
    left_out = tuple(e for e in _again(history, notice, widest).holding if e not in counted)
    by_kind = counted if readings.conflict_kinds == LETS_MOST_IN["conflict_kinds"] else left_out
    by_occupation = counted if readings.occupation == LETS_MOST_IN["occupation"] else left_out
    by_edge = counted if readings.conflict_edges == LETS_MOST_IN["conflict_edges"] else left_out
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
    verb = "counts" if value == LETS_MOST_IN[field] else "does not count"
    text = f"By the reading {key}={value} {what} {verb}: {names_of(turning)}."
    sources = _started(turning)
    return SECOND_SENTENCE, _conflict_basis(turning), text, None, None, key, sources


def _conflict_end(readings: Readings, history: History, notice: Notice) -> Step:
    outcome = notice.withdrawal
    after, peace = outcome.would_take_effect_on, end_of(outcome.holding)
    open_ended = tuple(e for e in outcome.holding if e.end is None)
    if open_ended:
        text = f"No end is known of {names_of(open_ended)}: no date can be given."
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
                str(outcome.period_end_on), str(after) if after else None,
                _turns_on("conflict-end", readings, history, notice),
                _ended(open_ended or outcome.holding))  # fmt: skip


def _again(history: History, notice: Notice, readings: Readings) -> Withdrawal:
    """What the same notice, which is not void, comes to under other readings of the conflicts and
    of the day of effect; a revocation is left aside."""
    received_on, asked_for = notice.withdrawal.received_on, notice.instrument.requested_on
    return withdrawal(received_on, history.engagements, None, readings, requested_on=asked_for)


def _turns_on(key: str, readings: Readings, history: History, notice: Notice) -> str | None:
    """`key`, where another value of that reading moves the day of effect."""
    day = notice.withdrawal.would_take_effect_on
    others = (_again(history, notice, readings.choosing(key, value)) for value in READINGS[key])
    return key if any(other.would_take_effect_on != day for other in others) else None


def _effect(state: State, standing: Standing, history: History, notice: Notice) -> Step:
    outcome = notice.withdrawal
    day = outcome.effective_on
    assert day is not None
    confirmed = tuple(
        source
        for event in state.events
        if event.kind == "published-effect" and event.date.day == day <= standing.as_of
        for source in event.sources
    )
    if standing.as_of < day:
        text = "The withdrawal is projected for this day, subject to the condition in Art. 20(3)."
    elif confirmed:
        text = "The withdrawal took effect; the sources publish the same day."
    else:
        text = "The withdrawal took effect."
    return Step("effect", "Art. 20(3)", basis(notice.effect_assumed), text,
                str(outcome.period_end_on), str(day),
                _turns_on("effect-day", standing.readings, history, notice), confirmed)  # fmt: skip


def _idle(history: History, instrument: Communication, why: str) -> Step:
    text = {
        "already-pending": "A second notice does not restart the six months of the first.",
        "not-in-force": "The Convention was not in force for the State on that day: there was"
        " nothing to withdraw from.",
    }[why]
    rests = basis(instrument.assumed, history.assumed_on(instrument.received_on.earliest),
                  otherwise="recorded")  # fmt: skip
    return Step("idle-notice", FIRST_SENTENCE, rests, text, None,
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
        tail = "it is not settled which."
    else:
        tail = f"{'bound' if standing.bound else 'not bound'} by the Convention."
    return Step("standing", "Art. 1, Art. 20", standing.basis,
                f"On the day asked about: {words}; {tail}", None, str(standing.as_of))  # fmt: skip


def _basis(communication: Communication) -> str:
    return basis(communication.assumed, otherwise="recorded")


def _conflict_basis(engagements: tuple[Engagement, ...]) -> str:
    return basis(*(e.assumed for e in engagements), otherwise="recorded")


def _started(engagements: tuple[Engagement, ...]) -> tuple[str, ...]:
    """The sources of the conflicts and of their starts."""
    return _each_once(e.conflict.sources for e in engagements if e.conflict)


def _ended(engagements: tuple[Engagement, ...]) -> tuple[str, ...]:
    """The sources of the conflicts' ends; where none is known, of the conflicts."""
    return _each_once(e.conflict.end_sources or e.conflict.sources
                      for e in engagements if e.conflict)  # fmt: skip
