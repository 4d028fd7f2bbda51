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
from ottawa_cli.scenario import AssumedConflict, ScenarioError

# How much is remembered: some thirty years of days, and the latest texts and rows of each kind.
DAYS = 12000
TEXTS = 512

_day = lru_cache(DAYS)(parse_day)  # the same day again is the same object: quick to look up


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


INPUTS = ("received_on", "conflicts", "revoked_on", "as_of", "readings")
OUTPUTS = Answer._fields


class Chosen(NamedTuple):
    """Readings, and the note that they call for."""

    readings: Readings
    note: str


class Evaluator:
    """Answers cases; `as_of` and `readings` (KEY=VALUE texts) stand in where a case has none.

    Raises ReadingError for readings that do not exist or that clash.
    """

    def __init__(self, as_of: dt.date, readings: tuple[str, ...] = ()) -> None:
        self.as_of = as_of
        self._default_choices = readings
        self._defaults = _chosen(Readings.parse(readings) if readings else DEFAULT)
        self._of_receipt = lru_cache(DAYS)(self._answer)
        self._of_case = lru_cache(TEXTS)(self._answer)
        self._readings = lru_cache(TEXTS)(self._read_readings)

    def answer(
        self,
        received_on: str,
        conflicts: str = "",
        revoked_on: str = "",
        as_of: str = "",
        readings: str = "",
    ) -> Answer:
        """The answer to a case given as the texts of a row; never raises for a bad one."""
        if conflicts or revoked_on or as_of or readings:
            return self._of_case(received_on, conflicts, revoked_on, as_of, readings)
        return self._of_receipt(received_on)

    def _answer(
        self,
        received_on: str,
        conflicts: str = "",
        revoked_on: str = "",
        as_of: str = "",
        readings: str = "",
    ) -> Answer:
        try:
            return self._apply(
                _day(received_on) if received_on else None,
                _engagements(conflicts) if conflicts else (),
                parse_day(revoked_on) if revoked_on else None,
                parse_day(as_of) if as_of else self.as_of,
                self._readings(readings) if readings else self._defaults,
            )
        except (DateError, ReadingError, ScenarioError) as error:
            return Answer("", "error", "", "", "", str(error))

    def _apply(
        self,
        received_on: dt.date | None,
        engagements: tuple[Engagement, ...],
        revoked_on: dt.date | None,
        as_of: dt.date,
        chosen: Chosen,
    ) -> Answer:
        readings, note = chosen
        if revoked_on and (received_on is None or revoked_on < received_on):
            raise ScenarioError(f"a revocation on {revoked_on} with no notice before it")
        if received_on is None or as_of < received_on:
            codes = _conditional(as_of, engagements, readings)
            return Answer("", "party", "", "yes", _joined(codes, note), "")
        if revoked_on and revoked_on > as_of:
            revoked_on = None
        outcome = withdrawal(received_on, engagements, revoked_on, readings)
        end_on, effective_on = outcome.six_months_end_on, outcome.effective_on
        if end_on is None:
            six = outcome.six_months
            raise ReadingError(
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
        return Answer(end, status, effective, bound, _joined(outcome.codes(as_of), note), "")

    def _read_readings(self, text: str) -> Chosen:
        """The defaults of this evaluator, with the choices of a case in their place."""
        own = [choice.strip() for choice in text.split(";") if choice.strip()]
        Readings.parse(own)
        keys = {choice.partition("=")[0].strip() for choice in own}
        kept = [c for c in self._default_choices if c.partition("=")[0].strip() not in keys]
        return _chosen(Readings.parse([*kept, *own]))


def _chosen(readings: Readings) -> Chosen:
    return Chosen(readings, "reading-not-default" if readings.changed() else "")


@lru_cache(TEXTS)
def _engagements(text: str) -> tuple[Engagement, ...]:
    """Conflicts joined by ``;`` as engagements. Raises ScenarioError or DateError."""
    found = []
    for part in text.split(";"):
        if part.strip():
            start, end, kind = AssumedConflict.parse(part)
            only = kind == "OCC"
            found.append(Engagement(start, end, "IAC" if only else kind, only))
    return tuple(found)


def _conditional(
    day: dt.date, engagements: tuple[Engagement, ...], readings: Readings
) -> tuple[str, ...]:
    """As for a State with no notice: what a notice received on the day would meet."""
    would_hold = engagements and withdrawal(day, engagements, None, readings).held_back
    return ("conditional-notice",) if would_hold else ()


def _joined(codes: tuple[str, ...], note: str) -> str:
    return ";".join((*codes, note) if note else codes)
