"""Cases as texts in, answers as texts out: Article 20 applied to one row of a table.

A case counts as a State Party throughout. The rules are the same as everywhere; what
repeats from row to row is only computed once.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.rules.article_20 import Engagement, withdrawal
from ottawa_cli.rules.readings import DEFAULT, ReadingError, Readings
from ottawa_cli.rules.result import BOUND
from ottawa_cli.scenario import AssumedConflict, ScenarioError

INPUTS = ("received_on", "conflicts", "revoked_on", "as_of", "readings")
OUTPUTS = ("six_months_end_on", "status", "effective_on", "bound", "notes", "error")
REMEMBERED = 4096  # rows and texts of each kind: enough for real tables, little for any size
Answer = tuple[str, str, str, str, str, str]

_day = lru_cache(4 * REMEMBERED)(parse_day)


class Evaluator:
    """Answers cases; `as_of` and `readings` (KEY=VALUE texts) stand in where a case has none."""

    def __init__(self, as_of: dt.date, readings: tuple[str, ...] = ()) -> None:
        self.as_of = as_of
        self._default_choices = readings
        self.defaults = Readings.parse(readings) if readings else DEFAULT
        self.answer = lru_cache(REMEMBERED)(self._answer)
        self._readings = lru_cache(REMEMBERED)(self._read_readings)

    def _answer(
        self, received_on: str, conflicts: str, revoked_on: str, as_of: str, readings: str
    ) -> Answer:
        """The values of OUTPUTS for the values of INPUTS; a case that has none fills `error`."""
        try:
            return self._apply(received_on, conflicts, revoked_on, as_of, readings)
        except (DateError, ReadingError, ScenarioError) as error:
            return ("", "error", "", "", "", str(error))

    def _apply(
        self, received_on: str, conflicts: str, revoked_on: str, as_of: str, readings: str
    ) -> Answer:
        day = _day(as_of) if as_of else self.as_of
        chosen = self._readings(readings) if readings else self.defaults
        engagements = _engagements(conflicts) if conflicts else ()
        received = _day(received_on) if received_on else None
        revoked = _day(revoked_on) if revoked_on else None
        if revoked and (received is None or revoked < received):
            raise ScenarioError(f"a revocation on {revoked} with no notice before it")
        if received is None or day < received:
            return (
                "",
                "party",
                "",
                "yes",
                _notes(_conditional(day, engagements, chosen), chosen),
                "",
            )
        outcome = withdrawal(
            received, engagements, revoked if revoked and revoked <= day else None, chosen
        )
        if outcome.six_months_end_on is None:
            six = outcome.six_months
            raise ReadingError(
                f"month-end=refuse: six months after {received} is a day that does not exist"
                f" ({six.day} or {six.next_day})"
            )
        status, effect = outcome.status_on(day), outcome.effective_on
        return (
            outcome.six_months_end_on.isoformat(),
            status,
            effect.isoformat() if effect else "",
            "yes" if status in BOUND else "no",
            _notes(outcome.codes(day), chosen),
            "",
        )

    def _read_readings(self, text: str) -> Readings:
        """The defaults of this evaluator, with the choices of a case in their place."""
        own = [choice.strip() for choice in text.split(";") if choice.strip()]
        Readings.parse(own)
        keys = {choice.partition("=")[0].strip() for choice in own}
        kept = [c for c in self._default_choices if c.partition("=")[0].strip() not in keys]
        return Readings.parse([*kept, *own])


@lru_cache(REMEMBERED)
def _engagements(text: str) -> tuple[Engagement, ...]:
    """Conflicts joined by ``;`` as engagements. Raises ScenarioError or DateError."""
    found = []
    for part in text.split(";"):
        if part.strip():
            conflict = AssumedConflict.parse(part)
            only = conflict.kind == "OCC"
            kind = "IAC" if only else conflict.kind
            found.append(Engagement(conflict.start, conflict.end, kind, only))
    return tuple(found)


def _conditional(
    day: dt.date, engagements: tuple[Engagement, ...], readings: Readings
) -> tuple[str, ...]:
    """As for a State with no notice: what a notice received on the day would meet."""
    would_hold = engagements and withdrawal(day, engagements, None, readings).held_back
    return ("conditional-notice",) if would_hold else ()


def _notes(codes: tuple[str, ...], readings: Readings) -> str:
    if readings is not DEFAULT and readings.changed():
        codes = (*codes, "reading-not-default")
    return ";".join(codes)
