"""Cases as texts in, answers as texts out: a withdrawal clause applied to one row of a table.

A case counts as a State Party throughout. The rules are the same as everywhere; what
repeats from row to row is computed once and remembered, up to a bound.
"""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.inquiry.assumptions import AssumedConflict, ScenarioError
from ottawa_cli.model import Clause, UnknownClause
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_20 import Engagement
from ottawa_cli.rules.history import BOUND_STATUSES
from ottawa_cli.rules.notes import (
    CONDITIONAL_NOTICE,
    EFFECT_DAY_SETTLED,
    LATER_DATE_REQUESTED,
    MEMBERSHIP_NOT_GIVEN,
    READING_NOT_DEFAULT,
    called_for,
    would_meet,
)
from ottawa_cli.rules.readings import ReadingError, Readings

T = TypeVar("T")

# How much is remembered: days of receipt (some thirty years), and the first texts and rows.
DAYS, FIRST = 12000, 2048


class Answer(NamedTuple):
    """What Article 20 makes of a case, as texts; empty where there is nothing to say.

    Dates are ISO 8601, `bound` is ``yes`` or ``no``, `notes` are codes joined by ``;``.
    Where `error` says what is wrong, `status` is ``error`` and the others are empty.
    """

    period_end_on: str
    status: str
    effective_on: str
    bound: str
    notes: str
    error: str


Cells = tuple[str, str, str, str, str, str]  # the values of an Answer, quicker to make
# What every case uses, and what only one with a clause of its own may.
COMMON = ("received_on", "conflicts", "revoked_on", "as_of", "readings")
INPUTS = (*COMMON, "clause", "member_since", "requested_on")
OUTPUTS = Answer._fields


class Chosen(NamedTuple):
    """The clause of a case, the readings with what it settles, and the notes these call for."""

    clause: Clause
    readings: Readings
    notes: tuple[str, ...]


def failed(problem: object) -> Cells:
    """The answer to a case that has none."""
    return ("", "error", "", "", "", str(problem))


class Evaluator:
    """Answers cases; `as_of`, `readings` (KEY=VALUE texts) and the `clause` of that id stand in
    where a case has none. `clauses` gives the clause of an id, and of None the one that counts
    where none is asked for.

    Raises ReadingError for readings that do not exist or that clash, and UnknownClause.
    """

    def __init__(
        self,
        as_of: dt.date,
        readings: tuple[str, ...] = (),
        *,
        clauses: Callable[[str | None], Clause],
        clause: str | None = None,
    ) -> None:
        self.as_of = as_of
        self._default_choices = readings
        self._clauses = clauses
        self._clause = clauses(clause)
        self._defaults = self._of_choices("", "")
        self._receipt = lru_cache(DAYS)(self._of_receipt)
        self._row = _remembering(self._of_row)
        self._engagements = _remembering(_engagements)
        self._chosen = _remembering(self._of_choices)

    def answer(self, *texts: str, **named: str) -> Answer:
        """The answer to the case that `cells` takes. For a bad one too it is an answer."""
        return Answer(*self.cells(*texts, **named))

    def cells(
        self,
        received_on: str,
        conflicts: str = "",
        revoked_on: str = "",
        as_of: str = "",
        readings: str = "",
        clause: str = "",
        member_since: str = "",
        requested_on: str = "",
    ) -> Cells:
        """The cells of the answer to a case, which is given as the texts of its row."""
        if clause or member_since or requested_on:
            common = (received_on, conflicts, revoked_on, as_of, readings)
            return self._row(*common, clause, member_since, requested_on)
        if conflicts or revoked_on or as_of or readings:
            return self._row(received_on, conflicts, revoked_on, as_of, readings)
        return self._receipt(received_on)[1]

    def _of_receipt(self, text: str) -> tuple[dt.date | None, Cells]:
        """A day of receipt, and the answer to a case that has nothing else."""
        try:
            day = parse_day(text) if text else None
        except DateError as error:
            return None, failed(error)
        return day, _applied(day, (), None, self.as_of, self._defaults)

    def _of_row(
        self,
        received_on: str,
        conflicts: str,
        revoked_on: str,
        as_of: str,
        readings: str,
        clause: str = "",
        member_since: str = "",
        requested_on: str = "",
    ) -> Cells:
        day, cells = self._receipt(received_on)
        if day is None and cells[-1]:
            return cells
        try:
            return _applied(
                day,
                self._engagements(conflicts) if conflicts else (),
                parse_day(revoked_on) if revoked_on else None,
                parse_day(as_of) if as_of else self.as_of,
                self._chosen(readings, clause) if readings or clause else self._defaults,
                parse_day(member_since) if member_since else None,
                parse_day(requested_on) if requested_on else None,
            )
        except (DateError, ReadingError, ScenarioError, UnknownClause) as error:
            return failed(error)

    def _of_choices(self, texts: str, id: str) -> Chosen:
        """What stands in where a case says nothing, with the choices of a case in its place."""
        own = [choice.strip() for choice in texts.split(";") if choice.strip()]
        Readings.parse(own)
        keys = {choice.partition("=")[0].strip() for choice in own}
        kept = [c for c in self._default_choices if c.partition("=")[0].strip() not in keys]
        readings = Readings.parse([*kept, *own])
        clause = self._clauses(id) if id else self._clause
        settled = dict(clause.settles)
        notes = []
        if any(key not in settled for key, _ in readings.changed()):
            notes.append(READING_NOT_DEFAULT)
        days = {readings.effect_day, settled.get("effect-day")}
        if "effect-day" in settled and days != {"same-day"}:
            notes.append(EFFECT_DAY_SETTLED)
        return Chosen(clause, readings, tuple(notes))


def _remembering(function: Callable[..., T]) -> Callable[..., T]:
    """The function, with what it gave for the first texts kept for when they come again.

    A table either repeats itself soon or never: to forget what was kept, for room, would
    cost a table of the second kind more than it could save one of the first.
    """
    known: dict[tuple[str, ...], T] = {}

    def remembered(*texts: str) -> T:
        result = known.get(texts)
        if result is None:
            result = function(*texts)
            if len(known) < FIRST:
                known[texts] = result
        return result

    return remembered


def _engagements(text: str) -> tuple[Engagement, ...]:
    """Conflicts joined by ``;`` as engagements. Raises ScenarioError or DateError."""
    found = []
    for part in text.split(";"):
        if part.strip():
            start, end, kind = AssumedConflict.parse(part)
            only = kind == "OCC"
            found.append(Engagement(start, end, "IAC" if only else kind, only))
    return tuple(found)


def _applied(
    received_on: dt.date | None,
    engagements: tuple[Engagement, ...],
    revoked_on: dt.date | None,
    as_of: dt.date,
    chosen: Chosen,
    member_since: dt.date | None = None,
    requested_on: dt.date | None = None,
) -> Cells:
    """The clause applied to the facts that are there on the day asked about."""
    clause, readings, own_notes = chosen
    if revoked_on and (received_on is None or revoked_on < received_on):
        return failed(f"a revocation on {revoked_on} with no notice before it")
    if member_since or requested_on:
        problem = _contradiction(received_on, clause, member_since, requested_on)
        if problem:
            return failed(problem)
    if received_on is None or as_of < received_on:
        # As for a State with no notice: what a notice received on the day would meet.
        if engagements:
            supposed = article_20.withdrawal(as_of, engagements, readings=readings, clause=clause)
            if would_meet(supposed, engagements, clause):
                own_notes = (CONDITIONAL_NOTICE, *own_notes)
        return ("", "party", "", "yes", ";".join(own_notes), "")
    if revoked_on and revoked_on > as_of:
        revoked_on = None
    withdrawal = article_20.withdrawal(
        received_on,
        engagements,
        revoked_on,
        readings,
        clause=clause,
        requested_on=requested_on,
        member_since=member_since,
    )
    end_on, effective_on = withdrawal.period_end_on, withdrawal.effective_on
    if end_on is None and not withdrawal.void:
        what = f"{clause.period} after {received_on} is a day that does not exist"
        day, next_day, _ = withdrawal.period
        return failed(f"month-end=refuse: {what} ({day} or {next_day})")
    end = effective = end_on.isoformat() if end_on else ""
    if effective_on is not end_on:
        effective = effective_on.isoformat() if effective_on else ""
    status = withdrawal.status_on(as_of)
    bound = "yes" if status in BOUND_STATUSES else "no"
    if requested_on and not withdrawal.void:
        own_notes = (LATER_DATE_REQUESTED, *own_notes)
    if clause.membership_years and not member_since:
        own_notes = (MEMBERSHIP_NOT_GIVEN, *own_notes)
    notes = ";".join([*called_for(withdrawal, as_of), *own_notes])
    return (end, status, effective, bound, notes, "")


def _contradiction(
    received_on: dt.date | None,
    clause: Clause,
    member_since: dt.date | None,
    requested_on: dt.date | None,
) -> str:
    """What is wrong with what the notice asks for, or with its coming before the membership."""
    if requested_on and not clause.later_day:
        return f"requested_on {requested_on}: {clause.id} sets the day and leaves no other"
    if requested_on and (received_on is None or requested_on < received_on):
        return f"requested_on {requested_on}: there is no notice before it"
    early = member_since and received_on and received_on < member_since
    if early and not clause.membership_years:
        return f"a notice on {received_on}, before the State was a party ({member_since})"
    return ""
