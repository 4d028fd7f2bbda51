"""The earliest day on which a State could be out, and what that rests on.

The rule is that of every answer: here a notice is only laid over a State that has none pending.
"""

from typing import NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication
from ottawa_cli.rules.article_20 import ONE_DAY, end_of
from ottawa_cli.rules.history import lateness
from ottawa_cli.rules.readings import READINGS
from ottawa_cli.rules.standing import Standing, finding, range_of, standing

NOTHING_TO_LEAVE = {  # why there is nothing to leave, by the status
    "not-party": "it has not joined",
    "signatory": "it has signed and deposited no instrument",
    "joining": "its instrument is deposited and not yet in force",
    "operation-suspended": "it holds the operation suspended (reading suspension=as-communicated)",
    "withdrawn": "its withdrawal took effect {effect}",
    "uncertain": "it is {possible}",
}


class Leaving(NamedTuple):
    """When a State could be out.

    `standing` is its standing with the notice of the answer: a pending or an assumed one, else
    one received on the day asked about. `notice` is that one, None where there is nothing to
    leave or that is not settled. `earliest_effect_on` is None where no day can be given; a
    revocation has to come before it. `waits_for` are the names of the conflicts that hold the
    effect back; `month_ends` has the day of effect by each value of that reading, where the
    notice period ends on a day that does not exist.
    """

    standing: Standing
    notice: Communication | None
    earliest_effect_on: PartialDate | None
    waits_for: tuple[str, ...]
    month_ends: tuple[tuple[str, PartialDate | None], ...]
    sentence: str

    @property
    def last_day_to_revoke(self) -> PartialDate | None:
        """The day before the effect."""
        effect = self.earliest_effect_on
        return effect and PartialDate(effect.earliest - ONE_DAY, effect.latest - ONE_DAY)


def leaving(now: Standing) -> Leaving:
    """When the State that stands as `now` could be out. Raises TooManyUnknownDays."""
    state, as_of, readings, supposed = now.state, now.as_of, now.readings, now
    given = any(c.assumed for c in state.communications_of("withdrawal")) or bool(
        {"withdrawing", "suspended"} & set(now.possible_statuses)
    )
    if not given and now.bound is not False:
        notice = Communication("withdrawal", exact(as_of), assumed=True)
        state = state._replace(communications=(*state.communications, notice))
        supposed = standing(state, as_of, readings)
    if supposed.notice is None or not (given or now.bound):
        return Leaving(now, None, None, (), (), _nothing_to_leave(now, supposed))
    waits_for = tuple(conflict.name for conflict, suspends in supposed.conflicts if suspends)
    clamped = any(notice.withdrawal.period.clamped for notice in supposed.notices)
    month_ends = tuple(
        (value, finding(state, as_of, readings.choosing("month-end", value)).effective_on)
        for value in (READINGS["month-end"] if clamped else ())
    )
    effect = supposed.effective_on
    sentence = _earliest(supposed, effect, waits_for) if effect else _no_day(supposed, waits_for)
    return Leaving(supposed, supposed.notice, effect, waits_for, month_ends, sentence)


def _nothing_to_leave(now: Standing, supposed: Standing) -> str:
    possible = " or ".join(now.possible_statuses)
    if not now.state.exists_on(now.as_of):
        return f"{now.name} is not bound on {now.as_of}: it did not exist as a State yet."
    if now.bound is False:
        why = NOTHING_TO_LEAVE[now.status].format(effect=_on(now.effective_on), possible=possible)
        return f"{now.name} is not bound on {now.as_of}: {why}."
    effect = range_of(notice.withdrawal.effective_on for notice in supposed.notices)
    could = f"it could be out {_on(effect)} at the earliest" if effect else "no day can be given"
    return (
        f"Whether {now.name} is bound on {now.as_of} is not settled ({possible}); if it is,"
        f" {could}, by a notice received on that day."
    )


def _earliest(supposed: Standing, effect: PartialDate, waits_for: tuple[str, ...]) -> str:
    """The day, and the conditions it is given under."""
    received, as_of = supposed.received_on, supposed.as_of
    assert supposed.notice and received
    by, joint = f"by its notice received {_on(received)}", ", if"
    if supposed.notice.assumed:
        tense = "receives" if received.latest >= as_of else "received"
        by, joint = f"if the Depositary {tense} its notice {_on(received)}", " and"
    holding = (notice.withdrawal.holding for notice in supposed.notices)
    peace = range_of(end_of(conflicts) for conflicts in holding if conflicts)
    condition = f"{joint} no armed conflict holds it back {_on(supposed.period_end_on)}"
    if waits_for and peace:
        condition = f"{joint} the armed conflict that it waits for ends {_on(peace)}"
    if supposed.state.clause.conflict == "none":
        condition = ""
    could = "could have been" if effect.latest <= as_of else "could be"
    return f"{supposed.name} {could} out {_on(effect)} at the earliest, {by}{condition}."


def _no_day(supposed: Standing, waits_for: tuple[str, ...]) -> str:
    over = supposed.period_end_on
    why = f"the record does not settle which armed conflict is on {_on(over)}, and until when"
    if supposed.revoked_on and not lateness(supposed.notices):
        why = f"the notice is revoked {_on(supposed.revoked_on)} and never takes effect"
    elif any(notice.withdrawal.void for notice in supposed.notices):
        why = "by the reading defects=invalid its notice has no effect"
    elif over is None and supposed.readings.month_end != "refuse":
        why = "whether the notice counts turns on a day that the record does not settle"
    elif over is None:
        why = "its notice period ends on a day that does not exist (reading month-end=refuse)"
    elif waits_for:
        why = (
            f"after a notice received {_on(supposed.received_on)} the notice period is over"
            f" {_on(over)}, and no end is known of what the effect then waits for"
            f" ({'; '.join(waits_for)})"
        )
    return f"No day can be given for {supposed.name}: {why}."


def _on(date: PartialDate | None) -> str:
    if date is None or date.day:
        return f"on {date}"
    return f"between {date.earliest} and {date.latest}"
