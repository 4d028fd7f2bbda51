"""Cases as texts in, answers as texts out: Article 20 applied to one row of a table.

A case counts as a State Party throughout. The rules are the same as everywhere; what
repeats from row to row is computed once and remembered, up to a bound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.inquiry.assumptions import ScenarioError, read_conflict
from ottawa_cli.model import Clause
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_20 import Engagement
from ottawa_cli.rules.history import BOUND
from ottawa_cli.rules.notes import CONDITIONAL_NOTICE, READING_NOT_DEFAULT, called_for, would_meet
from ottawa_cli.rules.readings import DEFAULT, ReadingError, Readings

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
Chosen = tuple[Readings, tuple[str, ...]]  # and the code of the note they call for, if any
INPUTS = ("received_on", "conflicts", "revoked_on", "as_of", "readings")
OUTPUTS = Answer._fields


def failed(problem: object) -> Cells:
    """The answer to a case that has none."""
    return ("", "error", "", "", "", str(problem))


class Evaluator:
    """Answers cases; `as_of` and `readings` (KEY=VALUE texts) stand in where a case has none.

    Raises ReadingError for readings that do not exist or that clash.
    """

    def __init__(self, as_of: dt.date, readings: tuple[str, ...] = (), *, clause: Clause) -> None:
        self.as_of = as_of
        self.clause = clause
        self._default_choices = readings
        self._defaults = _chosen(Readings.parse(readings) if readings else DEFAULT)
        self._receipt = lru_cache(DAYS)(self._of_receipt)
        self._row = _remembering(self._of_row)
        self._engagements = _remembering(_engagements)
        self._readings = _remembering(self._of_readings)

    def answer(
        self,
        received_on: str,
        conflicts: str = "",
        revoked_on: str = "",
        as_of: str = "",
        readings: str = "",
    ) -> Answer:
        """The answer to a case given as the texts of a row. For a bad one too it is an answer."""
        return Answer(*self.cells(received_on, conflicts, revoked_on, as_of, readings))

    def cells(
        self, received_on: str, conflicts: str, revoked_on: str, as_of: str, readings: str
    ) -> Cells:
        """The same as the bare cells of a row."""
        if conflicts or revoked_on or as_of or readings:
            return self._row(received_on, conflicts, revoked_on, as_of, readings)
        return self._receipt(received_on)[1]

    def _of_receipt(self, text: str) -> tuple[dt.date | None, Cells]:
        """A day of receipt, and the answer to a case that has nothing else."""
        try:
            day = parse_day(text) if text else None
        except DateError as error:
            return None, failed(error)
        return day, _applied(day, (), None, self.as_of, self._defaults, self.clause)

    def _of_row(
        self, received_on: str, conflicts: str, revoked_on: str, as_of: str, readings: str
    ) -> Cells:
        day, alone = self._receipt(received_on)
        if day is None and alone[-1]:
            return alone
        try:
            engagements = self._engagements(conflicts) if conflicts else ()
            revoked = parse_day(revoked_on) if revoked_on else None
            asked = parse_day(as_of) if as_of else self.as_of
            chosen = self._readings(readings) if readings else self._defaults
        except (DateError, ReadingError, ScenarioError) as error:
            return failed(error)
        return _applied(day, engagements, revoked, asked, chosen, self.clause)

    def _of_readings(self, text: str) -> Chosen:
        """The defaults of this evaluator, with the choices of a case in their place."""
        own = [choice.strip() for choice in text.split(";") if choice.strip()]
        Readings.parse(own)
        keys = {choice.partition("=")[0].strip() for choice in own}
        kept = [c for c in self._default_choices if c.partition("=")[0].strip() not in keys]
        return _chosen(Readings.parse([*kept, *own]))


def _chosen(readings: Readings) -> Chosen:
    return readings, (READING_NOT_DEFAULT,) if readings.changed() else ()


def _remembering(function: Callable[..., T]) -> Callable[..., T]:
    """The function, with what it gave for the first texts kept for when they come again.

    A table either repeats itself soon or never: to forget what was kept, for room, would
    cost a table of the second kind more than it could save one of the first.
    """
    known: dict[tuple[str, ...], T] = {}

    def remembered(*texts: str) -> T:
        found = known.get(texts)
        if found is None:
            found = function(*texts)
            if len(known) < FIRST:
                known[texts] = found
        return found

    return remembered


def _engagements(text: str) -> tuple[Engagement, ...]:
    """Conflicts joined by ``;`` as engagements. Raises ScenarioError or DateError."""
    found = []
    for part in text.split(";"):
        if part.strip():
            start, end, kind = read_conflict(part)
            only = kind == "OCC"
            found.append(Engagement(start, end, "IAC" if only else kind, only))
    return tuple(found)


def _applied(
    received_on: dt.date | None,
    engagements: tuple[Engagement, ...],
    revoked_on: dt.date | None,
    as_of: dt.date,
    chosen: Chosen,
    clause: Clause,
) -> Cells:
    """Article 20(3) applied to the facts that are there on the day asked about."""
    readings, own_note = chosen
    if revoked_on and (received_on is None or revoked_on < received_on):
        return failed(f"a revocation on {revoked_on} with no notice before it")
    if received_on is None or as_of < received_on:
        # As for a State with no notice: what a notice received on the day would meet.
        supposed = article_20.withdrawal(as_of, engagements, readings=readings, clause=clause)
        met = engagements and would_meet(supposed, engagements)
        notes = (CONDITIONAL_NOTICE, *own_note) if met else own_note
        return ("", "party", "", "yes", ";".join(notes), "")
    if revoked_on and revoked_on > as_of:
        revoked_on = None
    withdrawal = article_20.withdrawal(
        received_on, engagements, revoked_on, readings, clause=clause
    )
    end_on, effective_on = withdrawal.period_end_on, withdrawal.effective_on
    if end_on is None:
        what = f"{clause.period} after {received_on} is a day that does not exist"
        day, next_day, _ = withdrawal.period
        return failed(f"month-end=refuse: {what} ({day} or {next_day})")
    end = effective = end_on.isoformat()
    if effective_on is not end_on:
        effective = effective_on.isoformat() if effective_on else ""
    status = withdrawal.status_on(as_of)
    bound = "yes" if status in BOUND else "no"
    return (
        end,
        status,
        effective,
        bound,
        ";".join([*called_for(withdrawal, as_of), *own_note]),
        "",
    )
