"""Leaving: Article 20(3), applied to exact days.

    "Such withdrawal shall only take effect six months after the receipt of the
    instrument of withdrawal by the Depositary. If, however, on the expiry of that
    six-month period, the withdrawing State Party is engaged in an armed conflict, the
    withdrawal shall not take effect before the end of the armed conflict."

The six months never pause. A conflict decides only what happens when they are over:
it is tested once, on the day they end.

The number of months, and what else differs from one treaty to another, is in the clause.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

from ottawa_cli.dates import MonthSum, add_months
from ottawa_cli.model import ALL_ADDRESSEES, Clause, Communication, Conflict, YearlyDay
from ottawa_cli.rules.readings import DEFAULT, Readings

ONE_DAY = dt.timedelta(days=1)
REVOCATION = "Vienna Convention on the Law of Treaties, Art. 68"
# The readings on which conflicts count, each with its value that lets the most of them in.
MOST_INCLUSIVE: dict[str, Any] = {
    "conflict_kinds": "all",
    "occupation": "counts",
    "conflict_edges": "inclusive",
    "conflict_scope": "until-peace",
}


class Engagement(NamedTuple):
    """A State engaged in one armed conflict from `start` to `end`, both included.

    `end` None: no end known. `kind` None counts as international. `occupation_only`:
    nothing but occupation. `conflict` is the entry of the record it stands for;
    without one, or where that entry is a what-if, the engagement is assumed.
    """

    start: dt.date
    end: dt.date | None
    kind: str | None = None
    occupation_only: bool = False
    conflict: Conflict | None = None

    @classmethod
    def of(cls, conflict: Conflict) -> Self:
        """The conflict as the rules test it; of a partial date, its first day."""
        end = conflict.end.earliest if conflict.end else None
        only = conflict.occupation == "only"
        return cls(conflict.start.earliest, end, conflict.kind, only, conflict)

    @property
    def assumed(self) -> bool:
        """True where no record stands behind it."""
        return self.conflict is None or self.conflict.assumed

    def on(self, day: dt.date) -> bool:
        """Whether the conflict is on that day, the days of its start and end included."""
        return self.start <= day and (self.end is None or day <= self.end)


class Withdrawal(NamedTuple):
    """What Article 20(3) makes of one instrument of withdrawal.

    `period_end_on` is None where the reading ``month-end=refuse`` gives no day, and where the
    notice is void; `period` still holds both candidates. `earliest_effect_on` is the first day
    that the period, and a later day the instrument asks for, allow. `holding` are the conflicts
    that bar the effect, `disregarded` those that began while it was barred and do not count.
    `would_take_effect_on` leaves a revocation aside and is None where a holding conflict has no
    known end, or where the period has none. `earliest_notice_on` is given where the notice is void
    because it came before that day.
    """

    received_on: dt.date
    period: MonthSum
    period_end_on: dt.date | None = None
    earliest_effect_on: dt.date | None = None
    holding: tuple[Engagement, ...] = ()
    disregarded: tuple[Engagement, ...] = ()
    would_take_effect_on: dt.date | None = None
    revoked_on: dt.date | None = None
    revoked_in_time: bool = False
    void: bool = False
    earliest_notice_on: dt.date | None = None

    @property
    def effective_on(self) -> dt.date | None:
        """The day the withdrawal takes effect; None where it never does or no date can be given."""
        return None if self.revoked_in_time or self.void else self.would_take_effect_on

    @property
    def held_back(self) -> bool:
        """Whether a conflict moves the effect past the first day that would else allow it.

        One that ends on the very day of expiry meets the test and yet moves nothing.
        """
        return self.would_take_effect_on != self.earliest_effect_on

    def revoked_by(self, day: dt.date) -> bool:
        """Whether a revocation has undone it by that day."""
        return self.revoked_in_time and self.revoked_on is not None and day >= self.revoked_on

    def status_on(self, day: dt.date) -> str:
        """The State's standing on a day not before the receipt."""
        if self.void or (self.revoked_in_time and self.revoked_by(day)):
            return "party"
        earliest, effect = self.earliest_effect_on, self.would_take_effect_on
        if day < (earliest or self.period.day):
            return "withdrawing"
        if earliest is None:
            return "uncertain"
        return "suspended" if effect is None or day < effect else "withdrawn"


def left_out(instrument: Communication) -> frozenset[str]:
    """The addressees of Art. 20(2) that it is known not to have gone to."""
    known = instrument.addressees
    return frozenset() if known is None else ALL_ADDRESSEES - known


def notice_period(received_on: dt.date, months: int, year: YearlyDay | None) -> MonthSum:
    """The months of a clause after the receipt, or the day of the year that it names."""
    if year is None:
        return add_months(received_on, months)
    late = received_on.isoformat()[5:] > year.notice_by
    day = dt.date.fromisoformat(f"{received_on.year + late + year.years_after}-{year.day}")
    return MonthSum(day, day, False)


def with_settled(readings: Readings, clause: Clause) -> Readings:
    """The readings with those in place that the clause or its depositary's practice has settled."""
    for key, value in clause.settles:
        readings = readings.choosing(key, value)
    return readings


def withdrawal(
    received_on: dt.date,
    engagements: Sequence[Engagement] = (),
    revoked_on: dt.date | None = None,
    readings: Readings = DEFAULT,
    *,
    clause: Clause,
    requested_on: dt.date | None = None,
    member_since: dt.date | None = None,
    defective: bool = False,
) -> Withdrawal:
    """Apply the clause to an instrument received by the Depositary on `received_on`.

    `engagements` are the armed conflicts of that State, `revoked_on` the receipt of a
    revocation (VCLT Art. 68), `requested_on` a later day of effect the instrument asks
    for, `member_since` the entry into force for the State, `defective` whether the notice
    is known to lack its reasons or to have gone to less than all addressees (Art. 20(2)).
    """
    if clause.settles:
        readings = with_settled(readings, clause)
    # First sentence: six months after the receipt; whether the notice counts at all.
    period = notice_period(received_on, clause.months, clause.year)
    first_notice = None
    if member_since and clause.membership_years:
        first_notice = add_months(member_since, 12 * clause.membership_years).next_day
        first_notice = first_notice if received_on < first_notice else None
    void = first_notice is not None or (defective and readings.defects == "invalid")
    end_on: dt.date | None = period.day
    if period.clamped and readings.month_end != "last-day":
        end_on = period.next_day if readings.month_end == "next-day" else None
    if void or end_on is None:
        in_time = not void and revoked_on is not None and revoked_on < period.day
        bare = Withdrawal(received_on, period, revoked_on=revoked_on, revoked_in_time=in_time)
        return bare._replace(void=void, earliest_notice_on=first_notice)
    earliest = end_on if readings.effect_day == "same-day" else end_on + ONE_DAY
    if clause.first_of_month:
        earliest = add_months(end_on.replace(day=1), 1).day
    if requested_on and clause.later_day and requested_on > earliest:
        earliest = requested_on
    # Second sentence: not before the end of an armed conflict that is on when they are over.
    if clause.conflict != "any":
        engagements = of_clause_kind(engagements, clause)
    holding, disregarded = _barring(engagements, end_on, readings) if engagements else ((), ())
    effect = released_on(end_of(holding), readings) if holding else earliest
    if effect is not None and effect < earliest:
        effect = earliest
    # Vienna Convention, Art. 68: revoked at any time before it takes effect.
    in_time = revoked_on is not None and (effect is None or revoked_on < effect)
    return Withdrawal(
        received_on, period, end_on, earliest, holding, disregarded, effect, revoked_on, in_time
    )


def of_clause_kind(engagements: Iterable[Engagement], clause: Clause) -> list[Engagement]:
    """The conflicts of the kind that the clause speaks of, if it speaks of any."""
    return [e for e in engagements if clause.conflict in ("any", e.kind)]


def _barring(
    engagements: Sequence[Engagement], expiry: dt.date, readings: Readings
) -> tuple[tuple[Engagement, ...], tuple[Engagement, ...]]:
    """The conflicts that bar the effect, and those begun while it is barred that do not count."""
    holding = chain = engaged_on_expiry(engagements, expiry, readings)
    while len(chain) < len(engagements) and chain and (peace := end_of(chain)):
        longer = [e for e in engagements if e.on(peace) and e.end != peace]
        begun_before_peace = [e for e in longer if e not in chain and is_counted(e, readings)]
        if not begun_before_peace:
            break
        chain += tuple(begun_before_peace)
    later = chain[len(holding) :]
    if later and readings.conflict_scope == MOST_INCLUSIVE["conflict_scope"]:
        return chain, ()
    return holding, later


def engaged_on_expiry(
    engagements: Iterable[Engagement], expiry: dt.date, readings: Readings
) -> tuple[Engagement, ...]:
    """The conflicts on "on the expiry of that six-month period": one test, on one day."""
    return tuple([e for e in engagements if e.on(expiry) and is_counted(e, readings, expiry)])


def is_counted(engagement: Engagement, readings: Readings, expiry: dt.date | None = None) -> bool:
    """Whether the sentence speaks of it: every reading that it depends on lets it in."""
    for key in readings_deciding(engagement, expiry):
        if getattr(readings, key) != MOST_INCLUSIVE[key]:
            return False
    return True


def readings_deciding(engagement: Engagement, expiry: dt.date | None) -> tuple[str, ...]:
    """The readings by one value of which the conflict counts at that expiry, by another not."""
    edge = ("conflict_edges",) if engagement.start == expiry else ()
    if engagement.occupation_only:
        return ("occupation", *edge)
    return ("conflict_kinds", *edge) if engagement.kind == "NIAC" else edge


def released_on(end: dt.date | None, readings: Readings) -> dt.date | None:
    """The first day on which a conflict that ends on `end` bars no more; None: it has no end."""
    return end + ONE_DAY if end and readings.conflict_end == "next-day" else end


def end_of(engagements: tuple[Engagement, ...]) -> dt.date | None:
    """The latest end, or None where one of them has no known end."""
    if len(engagements) == 1:  # nearly always, and quicker
        return engagements[0].end
    latest = max([e.end or dt.date.max for e in engagements], default=dt.date.max)
    return latest if latest < dt.date.max else None


def names_of(engagements: Iterable[Engagement]) -> str:
    """The names of the conflicts that stand on record or are assumed, as one text."""
    return "; ".join(e.conflict.name for e in engagements if e.conflict)
