"""The picture's geometry: bars to scale on a time axis, before characters or pixels."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ottawa_cli.model import Conflict, State
from ottawa_cli.rules.standing import Standing
from ottawa_cli.rules.state_counts import Tally
from ottawa_cli.rules.timeline import Span, TimelineEntry

# The phases a bar can show, in legend order, with their words. `contested` lies over another.
LEGEND = {
    "withdrawn": "withdrawn (not bound)",
    "withdrawing": "notice running (bound)",
    "suspended": "suspended by armed conflict (bound)",
    "operation-suspended": "operation suspended, as claimed (not bound)",
    "party": "bound",
    "contested": "suspension contested",
    "joining": "joining (not yet bound)",
    "signatory": "signatory (not bound)",
    "uncertain": "not settled",
    "conflict": "armed conflict",
}
# The events that are written at their day in or under a bar, with their words.
MARKED = {
    "deposit": "deposit",
    "entry-into-force": "in force",
    "withdrawal": "notice",
    "revocation": "revoked",
    "suspension": "suspension communicated",
    "notice-period-end": "period over",
    "effect": "left",
}
COMMUNICATED = frozenset({"withdrawal", "revocation", "suspension", "notice-period-end", "effect"})
JOINING = {"first-day", "signature", "deposit", "entry-into-force", "deadline", "denial"}
# The phases that a communication of suspension is about.
CONTESTED = frozenset({"party", "withdrawing", "suspended", "operation-suspended", "uncertain"})
# The phases of leaving, with what each one follows.
AFTER = {"withdrawing": "notice", "suspended": "period over", "withdrawn": "to leave"}
# With room for a tick beyond.
EARLIEST, LATEST = dt.date(100, 1, 1).toordinal(), dt.date(9900, 1, 1).toordinal()
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between ticks
Entry = tuple[str, str, bool]  # of a legend: a phase, its words, whether it is assumed


class Bar(NamedTuple):
    """One phase within the window, which began before it (`opens`) or goes on after it
    (`continues`). `projected`: it lies after the day asked about; `assumed`: it rests on a
    what-if."""

    phase: str
    start: dt.date
    end: dt.date
    opens: bool
    continues: bool
    projected: bool
    assumed: bool = False

    @property
    def description(self) -> str:
        """The bar in words."""
        phase = LEGEND[self.phase] + " (assumed)" * self.assumed + ", projected" * self.projected
        since = "from before" if self.opens else "from"
        until = "and goes on" if self.continues else f"to {self.end}"
        return f"{phase} {since} {self.start} {until}"


class Mark(NamedTuple):
    """A day within the window, and what is written at it."""

    day: dt.date
    words: str
    dated: bool = True
    assumed: bool = False

    @property
    def text(self) -> str:
        """The words, the day and whether it is a what-if."""
        day = f" {self.day}" if self.dated else ""
        return f"{self.words}{day}{' (assumed)' if self.assumed else ''}"


class Row(NamedTuple):
    """A labelled line of bars; `inset`: of a conflict or a what-if of the State above."""

    label: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...] = ()
    inset: bool = False

    def room(self, mark: Mark) -> tuple[Bar, dt.date, tuple[str, ...]] | None:
        """The bar that begins at a mark, if one does, where what is written in it must end, and
        what may be written there, the best first: of a notice the day alone says enough."""
        begun = [bar for bar in self.bars if bar.start == mark.day and not bar.opens]
        if not begun:
            return None
        edges = {day for bar in self.bars for day in (bar.start, bar.end)}
        edges |= {other.day for other in self.marks}
        short = begun[0].phase == "withdrawing" and not mark.assumed
        texts = (mark.text, str(mark.day)) if short else (mark.text,)
        return begun[0], min(day for day in edges if day > mark.day), texts


class Lane(NamedTuple):
    """What the picture shows of one State; `conditional`: the spans after a notice never given."""

    state: State
    standing: Standing
    spans: tuple[Span, ...]
    entries: tuple[TimelineEntry, ...]
    conditional: tuple[Span, ...] = ()


class Window(NamedTuple):
    """The time shown, from `start` to `end`; what lies from `ahead` on has not happened yet."""

    start: dt.date
    end: dt.date
    ahead: dt.date

    def position(self, day: dt.date) -> float:
        """Where a day lies in the window, from 0 to 1."""
        share = (day - self.start).days / (self.end - self.start).days
        return min(1.0, max(0.0, share))

    def bars(
        self, phase: str, first: dt.date | None, after: dt.date | None, assumed: bool = False
    ) -> Iterator[Bar]:
        """The parts of a time that lie within the window: what has been, and what is projected."""
        opens = first is None or first < self.start
        continues = after is None or after > self.end
        start, end = max(first or self.start, self.start), min(after or self.end, self.end)
        known, ahead = (start, min(end, self.ahead)), (max(start, self.ahead), end)
        for projected, (since, until) in enumerate((known, ahead)):
            if since < until:
                begun, goes_on = opens and since == start, continues and until == end
                yield Bar(phase, since, until, begun, goes_on, bool(projected), assumed)

    def ticks(self, most: int) -> list[tuple[dt.date, str]]:
        """At most `most` labelled days: years, or months as YYYY-MM where there is room."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.start, self.end))
        months = range(first + (self.start.day > 1), last + 1)
        for step in STEPS:
            shown = [month for month in months if month % step == 0]
            if len(shown) <= most:
                break
        days = [dt.date(month // 12, month % 12 + 1, 1) for month in shown]
        return [(day, str(day)[: 7 if step % 12 else 4]) for day in days]


class Chart(NamedTuple):
    """Rows over the window, under the story they tell, the treaty and the day asked about;
    `source`: what they rest on."""

    window: Window
    as_of: dt.date
    rows: tuple[Row, ...]
    title: str
    subtitle: str
    source: str

    @property
    def legend(self) -> list[Entry]:
        """The phases that occur, and how what rests on a what-if looks."""
        bars = [bar for row in self.rows for bar in row.bars]
        shown = {bar.phase for bar in bars}
        entries = [(phase, words, False) for phase, words in LEGEND.items() if phase in shown]
        return entries + [(bar.phase, "assumed", True) for bar in bars if bar.assumed][:1]

    @property
    def description(self) -> str:
        """The bars in words, for those who cannot see them."""
        sentences = []
        for row in self.rows:
            bars = "; ".join(bar.description for bar in row.bars)
            sentences.append(f"{row.label}: {bars or 'no bar'}.")
        return " ".join([*sentences, f"The day asked about is {self.as_of}."])


class StepCurve(NamedTuple):
    """How many States are bound over the window: the numbers from each day on, and the days that
    are named."""

    window: Window
    as_of: dt.date
    levels: tuple[Tally, ...]
    marks: tuple[Mark, ...]
    title: str
    subtitle: str
    source: str

    @property
    def most(self) -> int:
        """The highest number."""
        return max(level.bound_most for level in self.levels)

    @property
    def legend(self) -> list[Entry]:
        """What the areas under the steps stand for."""
        unsettled = any(level.bound_least < level.bound_most for level in self.levels)
        shown = ("party", "uncertain") if unsettled else ("party",)
        return [(phase, LEGEND[phase], False) for phase in shown]

    @property
    def description(self) -> str:
        """The named days in words, for those who cannot see them."""
        return " ".join(f"{mark.text}." for mark in self.marks)

    def stretches(self) -> Iterator[tuple[dt.date, dt.date, int, int]]:
        """From which day to which how many are bound: at least, and at most."""
        ends = [*(level.date for level in self.levels[1:]), self.window.end]
        for level, end in zip(self.levels, ends, strict=True):
            yield level.date, end, level.bound_least, level.bound_most


def chart(lanes: list[Lane], as_of: dt.date, title: str, subtitle: str, source: str) -> Chart:
    """The picture of some States, over the time in which something happens to them."""
    window = _window(lanes, as_of)
    parties: dict[Conflict, dict[str, str]] = {}  # a conflict that several share is drawn once
    for lane in lanes:
        for conflict in lane.state.conflicts:
            parties.setdefault(conflict, {})[lane.state.iso3] = lane.state.name
    rows = tuple(row for lane in lanes for row in _rows(window, lane, parties))
    return Chart(window, as_of, rows or (Row("No State", ()),), title, subtitle, source)


def _rows(window: Window, lane: Lane, parties: dict[Conflict, dict[str, str]]) -> Iterator[Row]:
    """A State's own row, its conflicts, and what would follow from a notice on that day."""
    as_of = lane.standing.as_of
    bars = _bars(window, lane.spans)
    if lane.standing.contested:
        first = lane.state.communications_of("suspension")[0].received_on.latest
        for span in lane.spans:
            if span.phase in CONTESTED and (span.end is None or first < span.end):
                start = max(first, span.start or first)
                bars += (*window.bars("contested", start, span.end),)
    yield Row(lane.state.name, bars, tuple(sorted(_marks(window, lane))))
    for conflict in lane.state.conflicts:
        after = conflict.end.latest + dt.timedelta(1) if conflict.end else None
        bars = (*window.bars("conflict", conflict.start.earliest, after, conflict.assumed),)
        if bars and conflict in parties:
            _, *others = parties.pop(conflict).values()
            also = ", ".join(name for name in others if name not in conflict.name)
            yield Row(_conflict(conflict) + f" (also of {also})" * bool(also), bars, inset=True)
    if lane.conditional:
        label = f"If a notice were received on {as_of} (none was)"
        leaving = [span for span in lane.conditional if span.phase in AFTER]
        later = [(span.start, span.phase) for span in leaving if span.start and span.start != as_of]
        marks = tuple(Mark(day, AFTER[phase]) for day, phase in later)
        yield Row(label, _bars(window, leaving), marks, inset=True)


def _conflict(conflict: Conflict) -> str:
    if conflict.assumed:
        return conflict.name[:1].upper() + conflict.name[1:]
    until = f" to {conflict.end}" if conflict.end else ", no known end"
    return f"{conflict.name}, from {conflict.start}{until}".replace("/", " or by ")


def _bars(window: Window, spans: Iterable[Span]) -> tuple[Bar, ...]:
    return tuple(
        bar
        for span in spans
        if span.phase != "not-party"
        for bar in window.bars(span.phase, span.start, span.end, span.basis == "assumed")
    )


def _marks(window: Window, lane: Lane) -> Iterator[Mark]:
    """The days to be written at a bar, those of the Convention's own steps, and what an
    unsettled stretch of it may be."""
    steps: dict[tuple[dt.date, bool], list[str]] = {}
    for entry in lane.entries:
        day = entry.date.day if entry.date else None
        if entry.kind in MARKED and day and window.start <= day <= window.end:
            words = f"revocation {entry.late}" if entry.late else MARKED[entry.kind]
            if entry.kind == "effect" and day >= window.ahead:
                words = AFTER["withdrawn"]
            steps.setdefault((day, entry.basis == "assumed"), []).append(words)
    for (day, assumed), phrases in steps.items():
        over = MARKED["notice-period-end"]  # on the day of effect, the effect says it
        shown = [words for words in phrases if words != over or len(phrases) == 1]
        yield Mark(day, ", ".join(shown), assumed=assumed)
    for span in lane.spans:
        start, end = span.start or dt.date.min, span.end or dt.date.max
        if span.phase == "uncertain" and window.start <= start < window.end:
            asked = start <= lane.standing.as_of < end
            which = f": {' or '.join(lane.standing.possible_statuses)}" if asked else ""
            yield Mark(start, f"not settled{which}", dated=False)


def _window(lanes: list[Lane], as_of: dt.date) -> Window:
    """From before the first thing that bears on leaving (else on joining) to after the last.

    Beside other States, only a State's communications and what follows from them count.
    """
    days = [as_of]
    for lane in lanes:
        for entry in _within(lane, alone=len(lanes) == 1):
            if entry.date:
                days += [entry.date.earliest, entry.date.latest]
        for span in lane.spans:
            for day in (span.start, span.end):
                if day and (day > as_of or span.phase in {*AFTER, "uncertain"}):
                    days.append(day)
        days += [span.start for span in lane.conditional if span.start and span.phase in AFTER]
    first, last = min(days).toordinal(), max(days).toordinal()
    room = max(30, (last - first) // 16)
    end = max(last + room, as_of.toordinal() + 1 + (last - first) // 5)
    start, end = min(max(EARLIEST, first - room), last), min(LATEST, end)
    return Window(dt.date.fromordinal(start), dt.date.fromordinal(end), as_of + dt.timedelta(1))


def _within(lane: Lane, alone: bool) -> list[TimelineEntry]:
    """The events whose days the window must hold."""
    if not lane.state.communications and not (alone and lane.state.conflicts):
        return [entry for entry in lane.entries if entry.kind != "deadline"]
    if not alone:
        return [entry for entry in lane.entries if entry.kind in COMMUNICATED]
    return [entry for entry in lane.entries if entry.kind not in JOINING]


def placed(ends: list[float], left: float, widths: list[float], gap: float) -> int:
    """The first line with room, and a gap, for a label that starts at `left` and has lines of
    these widths. `ends` holds where the lines end so far, and is brought up to date."""
    for first in range(len(ends) + 1):
        taken = slice(first, first + len(widths))
        if all(left >= end + gap for end in ends[taken]):
            break
    ends[taken] = [left + width for width in widths]
    return first
