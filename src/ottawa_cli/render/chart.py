"""The picture's geometry: bars to scale on a time axis, before characters or pixels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import State
from ottawa_cli.rules.result import Standing
from ottawa_cli.rules.timeline import Happening, Span

# The phases a bar can show, in legend order, with their words.
LEGEND = {
    "party": "bound",
    "withdrawing": "notice running (bound)",
    "suspended": "suspended by armed conflict (bound)",
    "withdrawn": "free",
    "joining": "joining",
    "signatory": "signatory",
    "uncertain": "not settled",
    "conflict": "armed conflict",
}
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between ticks


@dataclass(frozen=True, slots=True)
class Bar:
    """One phase within the window; `opens` and `continues` where it goes on beyond an end."""

    phase: str
    start: dt.date
    end: dt.date
    opens: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled line of bars; `inset` rows (conflicts) belong to the State above."""

    label: str
    bars: tuple[Bar, ...]
    inset: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows over the window from `start` to `end`, with the day asked about."""

    start: dt.date
    end: dt.date
    as_of: dt.date
    rows: tuple[Row, ...]

    def position(self, day: dt.date) -> float:
        """Where a day lies in the window, from 0 to 1."""
        share = (day - self.start).days / (self.end - self.start).days
        return min(1.0, max(0.0, share))

    @property
    def phases(self) -> list[str]:
        """The phases that occur, in legend order."""
        shown = {bar.phase for row in self.rows for bar in row.bars}
        return [phase for phase in LEGEND if phase in shown]

    def ticks(self, most: int) -> list[tuple[dt.date, str]]:
        """At most `most` labelled days: years, or months as YYYY-MM where there is room."""
        for step in STEPS:
            days = list(_every(step, self.start, self.end))
            if len(days) <= most:
                break
        yearly = step % 12 == 0
        return [(day, str(day)[: 4 if yearly else 7]) for day in days]


def _every(step: int, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The first days of months, `step` months apart, within the window."""
    month = -(-(start.year * 12 + start.month - (start.day == 1)) // step) * step
    while True:
        day = dt.date(month // 12, month % 12 + 1, 1)
        if day > end:
            return
        if day >= start:
            yield day
        month += step


def chart(
    courses: list[tuple[State, Standing, tuple[Span, ...], tuple[Happening, ...]]],
    as_of: dt.date,
) -> Chart:
    """The picture of some States' courses, over the time in which something happens to them."""
    start, end = _window(courses, as_of)
    rows: list[Row] = []
    for state, _, spans, _ in courses:
        bars = [
            bar
            for span in spans
            if span.phase != "not-party"
            and (bar := _bar(span.phase, span.start, span.end, start, end))
        ]
        rows.append(Row(state.name, tuple(bars)))
        for conflict in state.conflicts:
            first, last = conflict.start.earliest, conflict.end.latest if conflict.end else None
            after = last + dt.timedelta(1) if last else None
            if conflict_bar := _bar("conflict", first, after, start, end):
                until = f"to {conflict.end}" if conflict.end else "no known end"
                label = conflict.name
                if not conflict.assumed:
                    label += f", from {conflict.start}, {until}"
                rows.append(Row(label, (conflict_bar,), inset=True))
    return Chart(start, end, as_of, tuple(rows))


def _bar(
    phase: str, first: dt.date | None, after: dt.date | None, start: dt.date, end: dt.date
) -> Bar | None:
    """The part of a time that lies within the window, or None."""
    if (first and first >= end) or (after and after <= start):
        return None
    opens = first is None or first < start
    continues = after is None or after > end
    return Bar(
        phase,
        start if opens or first is None else first,
        end if continues or after is None else after,
        opens,
        continues,
    )


def _window(
    courses: list[tuple[State, Standing, tuple[Span, ...], tuple[Happening, ...]]],
    as_of: dt.date,
) -> tuple[dt.date, dt.date]:
    """From before the first thing that bears on leaving (else on joining) to after the last."""
    days = [as_of]
    for state, standing, spans, happenings in courses:
        bearing = [h.date for h in happenings if h.kind not in {"signature", "deposit",
                   "entry-into-force", "deadline", "denial"}]  # fmt: skip
        if not any(state.communications) and not state.conflicts:
            bearing += [h.date for h in happenings if h.kind != "deadline"]
        days += [end for date in bearing if date for end in _ends(date)]
        days += [s.start for s in spans if s.start and s.phase not in {"party", "signatory",
                 "joining"}]  # fmt: skip
        if standing.bound and not standing.notice and state.conflicts:
            days.append(as_of + dt.timedelta(days=190))  # the conditional six months
    first, last = min(days), max(days)
    room = max(30, (last - first).days // 16)
    return max(first, dt.date(100, 1, 1)) - dt.timedelta(room), last + dt.timedelta(room)


def _ends(date: PartialDate) -> tuple[dt.date, dt.date]:
    return (date.earliest, date.latest)
