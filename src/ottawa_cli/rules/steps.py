"""The derivation: each answer as ordered steps, in the order of the treaty.

Nothing is decided here; every date comes from `history`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ottawa_cli.dates import ordinal
from ottawa_cli.model import State
from ottawa_cli.rules import article_17, article_20
from ottawa_cli.rules.article_20 import MOST_INCLUSIVE, REVOCATION, Engagement, Withdrawal, names_of
from ottawa_cli.rules.history import (
    History,
    Membership,
    Notice,
    Suspension,
    basis_of,
    published_effects,
)
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.standing import Standing, range_of

# What each step stands on, by what the treaty calls it; what follows a deposit says for itself.
PROVISIONS = {
    "signature": "{signature}", "deposit": "{deposit}", "form": "{notice_form}",
    "receipt": "{notice_period}", "notice-period": "{notice_period}",
    "effect-day": "{notice_period}", "requested-day": "{notice_period}",
    "idle-notice": "{notice_period}", "revocation": REVOCATION,
    "conflict-test": "{conflict}", "conflict-kinds": "{conflict}", "occupation": "{conflict}",
    "conflict-edges": "{conflict}", "conflict-scope": "{conflict}", "conflict-end": "{conflict}",
    "effect": "{effect}", "unknown-day": "{effect}", "standing": "{ban}, {withdrawal}",
    "suspension-communication": "Vienna Convention on the Law of Treaties, Arts. 42(2), 57",
}  # fmt: skip
# What each reading on which conflicts count is about.
TURNS_ON = {
    "conflict-kinds": "a non-international armed conflict",
    "occupation": "occupation without hostilities",
    "conflict-edges": "a conflict begun on that very day",
    "conflict-scope": "a conflict begun before an earlier one had ended",
}
# What is said of a revocation, by whether it came too late; None: that turns on a day not given.
REVOKED = {
    False: "The revocation came before the withdrawal took effect: the notice never takes effect.",
    True: "The revocation came on the day of effect or later: too late.",
    None: "Whether the revocation came in time turns on the day that is not given.",
}
INEFFECTIVE = {  # what is said of a notice that starts no period, by the reason
    "already-pending": "A second notice does not restart the {period} of the first.",
    "not-in-force": "The Convention was not in force for the State on that day: there was nothing"
    " to withdraw from.",
}
CLAMPED = {  # what is taken for a day that does not exist, by the reading month-end
    "last-day": "; the last day of the month is taken ({next_day} by the other count).",
    "next-day": "; the first day of the next month is taken ({day} by the other count).",
    "refuse": ", and by the reading month-end=refuse no day is given ({day} or {next_day}).",
}
Day = dt.date | None


class Step(NamedTuple):
    """One step of the derivation.

    `basis` is ``recorded``, ``computed`` or ``assumed``, or None where the step says that
    no source tells; `before` and `after` are the ISO dates the step starts from and arrives
    at; `reading` is the key of the open point it turns on, if any.
    """

    id: str
    provision: str
    basis: str | None
    text: str
    before: str | None = None
    after: str | None = None
    reading: str | None = None
    sources: tuple[str, ...] = ()


def steps(standing: Standing) -> tuple[Step, ...]:
    """The derivation of `standing`. Where unknown days lead different ways, it says where."""
    merged, settled = _aligned([list(_steps(history)) for history in standing.histories])
    if not settled:
        text = "From here the answer turns on a day the record does not settle."
        merged.append(_step("unknown-day", None, text))
    bound = "it is not settled which."
    if standing.status != "uncertain":
        bound = f"{'bound' if standing.bound else 'not bound'} by the Convention."
    text = f"On the day asked about: {' or '.join(standing.possible_statuses)}; {bound}"
    merged.append(_step("standing", standing.basis, text, None, standing.as_of))
    provisions = standing.state.treaty.provisions._asdict()
    return tuple(
        step._replace(
            provision=step.provision.format(**provisions),
            text=standing.state.clause.worded(step.text),
        )
        for step in merged
    )


def _step(
    id: str, basis: str | None, text: str, before: Day = None, after: Day = None,
    sources: tuple[str, ...] = (), reading: str | None = None, provision: str | None = None,
) -> Step:  # fmt: skip
    first, last = (str(day) if day else None for day in (before, after))
    return Step(id, provision or PROVISIONS[id], basis, text, first, last, reading, sources)


def _aligned(ahead: list[list[Step]]) -> tuple[list[Step], bool]:
    """The steps that several possibilities share, and whether they share them to the end.

    That a conflict turns on a reading may hold on some days only: such a step is told as
    an aside, and the others go on.
    """
    merged: list[Step] = []
    while all(ahead):
        ids = {possibility[0].id for possibility in ahead}
        asides = ids & set(TURNS_ON)
        if len(ids) == 1:
            merged.append(_merged([possibility.pop(0) for possibility in ahead]))
        elif asides:
            aside = min(asides)
            step = _merged([steps.pop(0) for steps in ahead if steps[0].id == aside])
            merged.append(step._replace(text=f"On some of the possible days: {step.text}"))
        else:
            return merged, False
    return merged, not any(ahead)


def _merged(same: Sequence[Step]) -> Step:
    """One step for several possibilities, its dates spanning theirs."""
    first = same[0]
    if len(set(same)) == 1:
        return first
    texts = list(dict.fromkeys(step.text for step in same))
    return first._replace(
        basis=min((step.basis for step in same if step.basis), default=None),  # assumed, if any is
        text=texts[0] if len(texts) == 1 else f"By the exact day: {' Or: '.join(texts)}",
        before=_span(step.before for step in same),
        after=_span(step.after for step in same),
        reading=next((step.reading for step in same if step.reading), None),
        sources=_each_once(step.sources for step in same),
    )


def _each_once(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for ids in several for id in ids))


def _span(days: Iterable[str | None]) -> str | None:
    span = range_of(dt.date.fromisoformat(day) if day else None for day in days)
    return str(span) if span else None


def _steps(history: History) -> Iterator[Step]:
    state, signed_on = history.state, history.signed_on
    if signed_on:
        text = f"{state.name} signed the Convention."
        yield _step("signature", "recorded", text, None, signed_on, state.signature_sources)
    for membership in history.memberships:
        yield from _joining(state, membership)
        for notice in membership.notices:
            yield from _received(notice)
            for step in _leaving(history, notice):
                yield step._replace(basis="assumed") if notice.assumed else step
    for instrument, why in history.ineffective:
        day = instrument.received_on.earliest
        basis = basis_of(instrument.assumed, history.assumed_on(day), otherwise="recorded")
        yield _step("idle-notice", basis, INEFFECTIVE[why], None, day, instrument.sources)
    for suspension in history.suspensions:
        yield _suspended(suspension, history.readings)


def _suspended(suspension: Suspension, readings: Readings) -> Step:
    """A communicated suspension: without effect, or for as long as it says."""
    sent, day, last_on, _ = suspension
    holds, text = suspension.holds_on(day), "A suspension of the operation was communicated."
    if readings.suspension == "no-effect":
        text += " No clause of the Convention provides for it: it starts no {period} and ends"
        text += " nothing."
    elif not holds:
        text += " By the reading suspension=as-communicated it holds for as long as it says, and"
        text += " that time had not begun when it was received, or was over."
    else:
        end = f"to {last_on}" if last_on else "and no end is known"
        text += f" By the reading suspension=as-communicated it holds from that day on, {end}."
    sources, turns = _each_once((sent.sources, sent.lasts_sources)), "suspension" if holds else None
    return _step("suspension-communication", sent.basis, text, None, day, sources, turns)


def _joining(state: State, membership: Membership) -> Iterator[Step]:
    deposit, in_force_on, _ = membership
    deposited_on = deposit.deposited_on.earliest
    succession = deposit.instrument == "succession"
    paper = "notification of succession" if succession else f"instrument of {deposit.instrument}"
    text = f"{state.name} deposited its {paper} with the Depositary."
    yield _step("deposit", "recorded", text, None, deposited_on, deposit.sources)
    treaty, joining = state.treaty, state.treaty.joining
    first = f"{joining.ordinal} " if deposited_on <= joining.completed_on else ""
    text = "The Convention enters into force for the State on the first day of the"
    text += f" {ordinal(joining.months)} month after the month of the {first}deposit."
    if deposit.in_force_on:
        rule = article_17.paragraph(deposited_on, treaty)
        text = f"{rule} would give {article_17.entry_into_force(deposited_on, joining)}."
        text += f" The record departs from it: {deposit.in_force_reason}"
    yield _step(
        "entry-into-force", deposit.in_force_basis, text, deposited_on, in_force_on,
        deposit.in_force_rests_on, provision=article_17.rests_on(deposit, treaty),
    )  # fmt: skip
    for limit in treaty.deadlines:
        due = article_17.due_on(in_force_on, limit)
        if membership.left_on is None or due < membership.left_on:
            days = (in_force_on, due)
            yield _step(limit.id, "computed", limit.text, *days, provision=limit.provision)


def _received(notice: Notice) -> Iterator[Step]:
    """The receipt, and whether the notice has the form that Art. 20(2) asks for."""
    instrument, received_on = notice.instrument, notice.withdrawal.received_on
    basis: str | None = instrument.basis
    sources = instrument.sources
    text = "The Depositary receives the instrument of withdrawal; nothing else starts the {period}."
    yield _step("receipt", basis, text, None, received_on, sources)
    lacks = ["it gave no reasons"] if instrument.reasons is False else []
    if missing := ", ".join(sorted(article_20.left_out(instrument))):
        lacks.append(f"it was not sent to all three addressees (missing: {missing})")
    defect = " and ".join(lacks)
    if defect and notice.withdrawal.void:
        text = f"By the reading defects=invalid the notice has no effect: {defect}."
    elif defect:
        text = f"A defect is recorded: {defect}. The Depositary's receipt counts all the same."
    elif instrument.assumed:
        text = "A what-if: taken to give full reasons and to go to all three addressees."
    elif instrument.reasons is None and instrument.addressees is None:
        text = "No source in the record tells of reasons or of all three addressees; the receipt"
        text, basis, sources = f"{text} counts.", None, ()
    else:
        has = ["reasons were given"] if instrument.reasons else []
        has += ["all three addressees were told"] if instrument.addressees else []
        text = f"On record: {' and '.join(has)}."
    yield _step("form", basis, text, sources=sources, reading="defects" if defect else None)


def _leaving(history: History, notice: Notice) -> Iterator[Step]:
    """From the end of the period to the effect, or to what came in its way."""
    withdrawal, revocation = notice.withdrawal, notice.revocation
    if not withdrawal.void:
        yield _notice_period(withdrawal, history.readings)
    if withdrawal.period_end_on:
        yield from _waiting(history, notice, withdrawal.period_end_on)
    if revocation:
        text = REVOKED[notice.too_late]
        if withdrawal.void:
            text = "The notice had no effect that could be revoked."
        basis = basis_of(notice.revocation_assumed, otherwise="recorded")
        days = (withdrawal.received_on, withdrawal.revoked_on)
        yield _step("revocation", basis, text, *days, revocation.sources)
    if withdrawal.effective_on:
        yield _effect(history, notice, withdrawal.effective_on)


def _notice_period(withdrawal: Withdrawal, readings: Readings) -> Step:
    days = (withdrawal.received_on, withdrawal.period_end_on)
    if not withdrawal.period.clamped:
        text = "{period} later is the same-numbered day; the period never pauses."
        return _step("notice-period", "computed", text, *days)
    taken = CLAMPED[readings.month_end].format(**withdrawal.period._asdict())
    text = f"The same-numbered day does not exist{taken}"
    return _step("notice-period", "computed", text, *days, reading="month-end")


def _waiting(history: History, notice: Notice, end_on: dt.date) -> Iterator[Step]:
    """From the end of the period to the first day that the conflicts allow."""
    instrument, withdrawal, readings = notice.instrument, notice.withdrawal, history.readings
    treaty, first = history.state.treaty, end_on
    if readings.effect_day == "next-day":
        first = end_on + article_20.ONE_DAY
        text = "By the reading effect-day=next-day the {period} run to the end of that day, so"
        text += " the effect comes on the next day at the earliest."
        yield _step("effect-day", "computed", text, end_on, first, reading="effect-day")
    if withdrawal.earliest_effect_on != first:
        text = f"The instrument itself asks for this later day. {treaty.provisions.withdrawal} is"
        text += " silent on it; a State is not put out sooner than it asked."
        days = (end_on, withdrawal.earliest_effect_on)
        yield _step("requested-day", instrument.basis, text, *days, instrument.sources)
    if treaty.clause.conflict == "none":
        return
    engaged = article_20.engaged_on_expiry(withdrawal.holding, end_on, readings)
    yield _conflict_test(history, end_on, engaged)
    yield from _conflict_readings(history, notice, engaged)
    if withdrawal.holding:
        yield _conflict_end(history, notice)


def _conflict_test(history: History, end_on: dt.date, engaged: tuple[Engagement, ...]) -> Step:
    state, (basis, sources) = history.state, _grounds(engaged)
    if engaged:
        text = f"On that day {state.name} is engaged in armed conflict: {names_of(engaged)}."
    elif state.conflicts_replaced:
        text = f"On that day none of the conflicts assumed for {state.name} is on and counts."
        basis = "assumed"
    else:
        text = f"On that day no armed conflict that counts is on record for {state.name}."
        basis = None
    if history.as_of < end_on:
        text += " It is still to come, and no record knows it: the test is made on that day."
    return _step("conflict-test", basis, text, end_on, end_on, sources)


def _conflict_readings(
    history: History, notice: Notice, engaged: tuple[Engagement, ...]
) -> Iterator[Step]:
    """A step for each reading that lets a conflict into the test or keeps one out of it."""
    readings, withdrawal = history.readings, notice.withdrawal
    counted, expiry = withdrawal.holding, withdrawal.period_end_on
    widest = readings._replace(**{**MOST_INCLUSIVE, "conflict_scope": readings.conflict_scope})
    left_out = tuple(e for e in _again(history, notice, widest).holding if e not in counted)
    for key, what in TURNS_ON.items():
        field = key.replace("-", "_")
        value = getattr(readings, field)
        lets_in = value == MOST_INCLUSIVE[field]
        among = counted if lets_in else left_out
        turning = tuple(e for e in among if field in article_20.readings_deciding(e, expiry))
        if key == "conflict-scope":
            later = tuple(e for e in counted if e not in engaged)
            turning = withdrawal.disregarded or later
        if turning:
            verb = "counts" if lets_in else "does not count"
            text = f"By the reading {key}={value} {what} {verb}: {names_of(turning)}."
            basis, sources = _grounds(turning)
            yield _step(key, basis, text, sources=sources, reading=key)


def _conflict_end(history: History, notice: Notice) -> Step:
    withdrawal, holding = notice.withdrawal, notice.withdrawal.holding
    open_ended = tuple(e for e in holding if e.end is None)
    peace, value = article_20.end_of(holding), history.readings.conflict_end
    if open_ended:
        text = f"No end is known of {names_of(open_ended)}: no date can be given."
    elif not withdrawal.held_back:
        text = f"The armed conflict ends on {peace}: by the reading conflict-end={value} that moves"
        text += " nothing, for the effect could not come sooner."
    else:
        day = "on that day" if value == "same-day" else "on the day after"
        text = "The withdrawal does not take effect before the end of the armed conflict,"
        text += f" {peace}; by the reading conflict-end={value} it does so {day}."
    ended = [e.conflict for e in open_ended or holding if e.conflict]
    sources = _each_once(conflict.end_sources or conflict.sources for conflict in ended)
    days = (withdrawal.period_end_on, withdrawal.would_take_effect_on)
    turns = _turns_on("conflict-end", history, notice)
    return _step("conflict-end", _grounds(holding)[0], text, *days, sources, turns)


def _effect(history: History, notice: Notice, day: dt.date) -> Step:
    published = published_effects(history.state, history.as_of)
    confirmed = _each_once(event.sources for event in published if event.date.day == day)
    text = "The withdrawal took effect."
    if history.as_of < day:
        condition = history.state.treaty.provisions.condition
        text = f"The withdrawal is projected for this day{condition}."
    elif confirmed:
        text = "The withdrawal took effect; the sources publish the same day."
    basis, end_on = basis_of(notice.effect_assumed), notice.withdrawal.period_end_on
    turns = _turns_on("effect-day", history, notice)
    return _step("effect", basis, text, end_on, day, confirmed, turns)


def _again(history: History, notice: Notice, readings: Readings) -> Withdrawal:
    """What the same notice, which is not void, comes to under other readings of the conflicts and
    of the day of effect; a revocation is left aside."""
    return article_20.withdrawal(
        notice.withdrawal.received_on,
        history.engagements,
        readings=readings,
        clause=history.state.clause,
        requested_on=notice.instrument.requested_on,
    )


def _turns_on(key: str, history: History, notice: Notice) -> str | None:
    """`key`, where another value of that reading moves the day of effect."""
    day = notice.withdrawal.would_take_effect_on
    others = (history.readings.choosing(key, value) for value in READINGS[key])
    moves = any(_again(history, notice, other).would_take_effect_on != day for other in others)
    return key if moves else None


def _grounds(engagements: tuple[Engagement, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The basis of a step on conflicts, and the sources of these and of their starts."""
    basis = basis_of(*(e.assumed for e in engagements), otherwise="recorded")
    return basis, _each_once(e.conflict.sources for e in engagements if e.conflict)
