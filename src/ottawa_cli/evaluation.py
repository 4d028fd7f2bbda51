"""Cases as texts in, answers as texts out: Article 20 applied to one row of a table.

A case counts as a State Party throughout. The rules are the same as everywhere; what
repeats from row to row is computed once and remembered, up to a bound.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.rules.article_20 import Engagement, withdrawal
from ottawa_cli.rules.readings import DEFAULT, ReadingError, Readings
from ottawa_cli.rules.result import BOUND
from ottawa_cli.scenario import ScenarioError, read_conflict

# How much is remembered: days of receipt (some thirty years), texts of conflicts, whole rows.
DAYS, TEXTS, ROWS = 12000, 512, 512


class Answer(NamedTuple):
    """What Article 20 makes of a case, as texts; empty where there is nothing to say.

    Dates are ISO 8601, `bound` is ``yes`` or ``no``, `notes` are codes joined by ``;``.
    Where `error` says what is wrong, `status` is ``error`` and the others are empty.
    """

    six_months_end_on: str
    status: str
    effective_on: str
    bound: str
    notes: str
    error: str


Cells = tuple[str, str, str, str, str, str]  # the values of an Answer, quicker to make
INPUTS = ("received_on", "conflicts", "revoked_on", "as_of", "readings")
OUTPUTS = Answer._fields


def failed(problem: object) -> Cells:
    """The answer to a case that has none."""
    return ("", "error", "", "", "", str(problem))


class Evaluator:
    """Answers cases; `as_of` and `readings` (KEY=VALUE texts) stand in where a case has none.

    Raises ReadingError for readings that do not exist or that clash.
    """

    def __init__(self, as_of: dt.date, readings: tuple[str, ...] = ()) -> None:
        self.as_of = as_of
        self._default_choices = readings
        self._defaults = _chosen(Readings.parse(readings) if readings else DEFAULT)
        self._receipt = lru_cache(DAYS)(self._of_receipt)
        self._row = lru_cache(ROWS)(self._of_row)
        self._readings = lru_cache(TEXTS)(self._of_readings)

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
        return day, _applied(day, (), None, self.as_of, self._defaults)

    def _of_row(
        self, received_on: str, conflicts: str, revoked_on: str, as_of: str, readings: str
    ) -> Cells:
        day, alone = self._receipt(received_on)
        if day is None and alone[-1]:
            return alone
        try:
            engagements = _engagements(conflicts) if conflicts else ()
            revoked = parse_day(revoked_on) if revoked_on else None
            asked = parse_day(as_of) if as_of else self.as_of
            chosen = self._readings(readings) if readings else self._defaults
        except (DateError, ReadingError, ScenarioError) as error:
            return failed(error)
        return _applied(day, engagements, revoked, asked, chosen)

    def _of_readings(self, text: str) -> Chosen:
        """The defaults of this evaluator, with the choices of a case in their place."""
        own = [choice.strip() for choice in text.split(";") if choice.strip()]
        Readings.parse(own)
        keys = {choice.partition("=")[0].strip() for choice in own}
        kept = [c for c in self._default_choices if c.partition("=")[0].strip() not in keys]
        return _chosen(Readings.parse([*kept, *own]))


class Chosen(NamedTuple):
    """Readings, and the code of the note that they call for."""

    readings: Readings
    code: str


def _chosen(readings: Readings) -> Chosen:
    return Chosen(readings, "reading-not-default" if readings.changed() else "")


@lru_cache(TEXTS)
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
) -> Cells:
    """Article 20(3) applied to the facts that are there on the day asked about."""
    readings, code = chosen
    if revoked_on and (received_on is None or revoked_on < received_on):
        return failed(f"a revocation on {revoked_on} with no notice before it")
    if received_on is None or as_of < received_on:
        codes = _conditional(as_of, engagements, readings)
        return ("", "party", "", "yes", _joined(codes, code), "")
    if revoked_on and revoked_on > as_of:
        revoked_on = None
    outcome = withdrawal(received_on, engagements, revoked_on, readings)
    end_on, effective_on = outcome.six_months_end_on, outcome.effective_on
    if end_on is None:
        six = outcome.six_months
        return failed(
            f"month-end=refuse: six months after {received_on} is a day that does not exist"
            f" ({six.day} or {six.next_day})"
        )
    end = end_on.isoformat()
    if effective_on is None:
        effective = ""
    else:
        effective = end if effective_on is end_on else effective_on.isoformat()
    status = outcome.status_on(as_of)
    bound = "yes" if status in BOUND else "no"
    return (end, status, effective, bound, _joined(outcome.codes(as_of), code), "")


def _conditional(
    day: dt.date, engagements: tuple[Engagement, ...], readings: Readings
) -> tuple[str, ...]:
    """As for a State with no notice: what a notice received on the day would meet."""
    would_hold = engagements and withdrawal(day, engagements, None, readings).held_back
    return ("conditional-notice",) if would_hold else ()


def _joined(codes: tuple[str, ...], code: str) -> str:
    return ";".join((*codes, code) if code else codes)
