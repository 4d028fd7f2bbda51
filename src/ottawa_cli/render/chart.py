"""The picture's geometry: bars to scale on a time axis, before characters or pixels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from ottawa_cli.model import Conflict, State
from ottawa_cli.rules.result import Standing
from ottawa_cli.rules.timeline import Span, TimelineEntry

# The phases a bar can show, in legend order, with their words.
LEGEND = {
    "party": "bound",
    "withdrawing": "notice running (bound)",
    "suspended": "suspended by armed conflict (bound)",
    "operation-suspended": "operation suspended, as claimed (not bound)",
    "withdrawn": "withdrawn (not bound)",
    "joining": "joining (not yet bound)",
    "signatory": "signatory (not bound)",
    "uncertain": "not settled",
    "conflict": "armed conflict",
}
# The events that are written at their day under a bar, with their words.
MARKED = {
    "deposit": "deposit",
    "entry-into-force": "in force",
    "withdrawal": "notice",
    "revocation": "revoked",
    "suspension": "suspension communicated",
    "notice-period-end": "six months over",
    "effect": "effect",
}
COMMUNICATED = frozenset({"withdrawal", "revocation", "suspension", "notice-period-end", "effect"})
# The phases of leaving, with what each one follows.
AFTER = {"withdrawing": "notice", "suspended": "six months over", "withdrawn": "effect"}
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between ticks
Number = TypeVar("Number", int, float)


class Bar(NamedTuple):
    """One phase within the window, which began before it (`opens`) or goes on after it
    (`continues`). `assumed`: it rests on a what-if."""

    phase: str
    start: dt.date
    end: dt.date
    opens: bool
    continues: bool
    assumed: bool = False


class Mark(NamedTuple):
    """A day of an event within the window, and its words."""

    day: dt.date
    words: str


class Row(NamedTuple):
    """A labelled line of bars; `inset`: of a conflict or a what-if of the State above."""

    label: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...] = ()
    inset: bool = False


class Lane(NamedTuple):
    """What the picture shows of one State; `conditional`: the spans after a notice never given."""

    state: State
    standing: Standing
    spans: tuple[Span, ...]
    entries: tuple[TimelineEntry, ...]
    conditional: tuple[Span, ...] = ()


class Window(NamedTuple):
    """The time shown, from `start` to `end`."""

    start: dt.date
    end: dt.date

    def position(self, day: dt.date) -> float:
        """Where a day lies in the window, from 0 to 1."""
        share = (day - self.start).days / (self.end - self.start).days
        return min(1.0, max(0.0, share))

    def bar(
        self, phase: str, first: dt.date | None, after: dt.date | None, assumed: bool = False
    ) -> Iterator[Bar]:
        """The part of a time that lies within the window, if any."""
        if (first and first >= self.end) or (after and after <= self.start):
            return
        opens = first is None or first < self.start
        continues = after is None or after > self.end
        start = self.start if opens or first is None else first
        end = self.end if continues or after is None else after
        yield Bar(phase, start, end, opens, continues, assumed)


class Chart(NamedTuple):
    """Rows over the window, with the day asked about."""

    window: Window
    as_of: dt.date
    rows: tuple[Row, ...]

    @property
    def bars(self) -> list[Bar]:
        """Every bar of every row."""
        return [bar for row in self.rows for bar in row.bars]

    @property
    def phases(self) -> list[str]:
        """The phases that occur, in legend order."""
        shown = {bar.phase for bar in self.bars}
        return [phase for phase in LEGEND if phase in shown]

    @property
    def assumes(self) -> bool:
        """Whether a bar rests on a what-if."""
        return any(bar.assumed for bar in self.bars)

    @property
    def goes_on(self) -> bool:
        """Whether a bar goes on beyond the window."""
        return any(bar.opens or bar.continues for bar in self.bars)

    def ticks(self, most: int) -> list[tuple[dt.date, str]]:
        """At most `most` labelled days: years, or months as YYYY-MM where there is room."""
        for step in STEPS:
            days = list(_every(step, *self.window))
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


def chart(lanes: list[Lane], as_of: dt.date) -> Chart:
    """The picture of some States, over the time in which something happens to them."""
    window = _window(lanes, as_of)
    rows = tuple(row for lane in lanes for row in _rows(window, lane, as_of))
    return Chart(window, as_of, rows or (Row("No State", ()),))


def _rows(window: Window, lane: Lane, as_of: dt.date) -> Iterator[Row]:
    """A State's own row, its conflicts, and what would follow from a notice on that day."""
    yield Row(lane.state.name, _bars(window, lane.spans), _marks(window, lane.entries))
    for conflict in lane.state.conflicts:
        after = conflict.end.latest + dt.timedelta(1) if conflict.end else None
        shown = (*window.bar("conflict", conflict.start.earliest, after, conflict.assumed),)
        if shown:
            yield Row(_conflict(conflict), shown, inset=True)
    if lane.conditional:
        label = f"If a notice were received on {as_of} (none was)"
        later = [span for span in lane.conditional if span.phase in AFTER]
        marks = (Mark(s.start, AFTER[s.phase]) for s in later if s.start and s.start != as_of)
        yield Row(label, _bars(window, later), (*marks,), inset=True)


def _conflict(conflict: Conflict) -> str:
    if conflict.assumed:
        return conflict.name[:1].upper() + conflict.name[1:]
    until = f"to {conflict.end}" if conflict.end else "no known end"
    return f"{conflict.name}, from {conflict.start}, {until}"


def _bars(window: Window, spans: Iterable[Span]) -> tuple[Bar, ...]:
    return tuple(
        bar
        for span in spans
        if span.phase != "not-party"
        for bar in window.bar(span.phase, span.start, span.end, span.basis == "assumed")
    )


def _marks(window: Window, entries: Iterable[TimelineEntry]) -> tuple[Mark, ...]:
    """The days to be written under a bar: those of the Convention's own steps."""
    found: dict[dt.date, list[str]] = {}
    for entry in entries:
        day = entry.date.day if entry.date else None
        if entry.kind in MARKED and day and window.start <= day <= window.end:
            words = f"revocation {entry.late}" if entry.late else MARKED[entry.kind]
            if entry.basis == "assumed":
                words += " (assumed)"
            found.setdefault(day, []).append(words)
    for said in found.values():
        if len(said) > 1:  # the six months are over on the day of effect: the effect says it
            said[:] = [words for words in said if not words.startswith("six months")]
    return tuple(Mark(day, ", ".join(said)) for day, said in sorted(found.items()))


def _window(lanes: list[Lane], as_of: dt.date) -> Window:
    """From before the first thing that bears on leaving (else on joining) to after the last.

    Beside other States, only a State's communications and what follows from them count.
    """
    days = [as_of]
    for lane in lanes:
        for entry in _within(lane, alone=len(lanes) == 1):
            if entry.date:
                days += [entry.date.earliest, entry.date.latest]
        days += [s.start for s in lane.spans if s.start and s.phase in {*AFTER, "uncertain"}]
        days += [s.start for s in lane.conditional if s.start and s.phase in AFTER]
    first, last = min(days), max(days)
    room = max(30, (last - first).days // 16)
    earliest = dt.date.fromordinal(max(dt.date(100, 1, 1).toordinal(), first.toordinal() - room))
    return Window(min(earliest, last), last + dt.timedelta(room))


def _within(lane: Lane, alone: bool) -> list[TimelineEntry]:
    """The events whose days the window must hold."""
    if not lane.state.communications and not (alone and lane.state.conflicts):
        return [h for h in lane.entries if h.kind != "deadline"]
    if not alone:
        return [h for h in lane.entries if h.kind in COMMUNICATED]
    joining = {"first-day", "signature", "deposit", "entry-into-force", "deadline", "denial"}
    return [h for h in lane.entries if h.kind not in joining]


def placed(
    ends: list[Number], at: Number, wide: Number, right: Number, gap: Number
) -> tuple[int, Number]:
    """The line and the left end of a label that starts at its place, or ends there where it
    would reach beyond `right`. It goes to the first line with room for it and a gap: `ends`
    holds where the lines end, and is brought up to date."""
    left = at - wide if at + wide > right else at
    line = next((n for n, end in enumerate(ends) if left >= end + gap), len(ends))
    ends[line : line + 1] = [left + wide]
    return line, left
