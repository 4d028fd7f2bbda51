"""`ottawa timeline` in words and bars: the dated course of States."""

from __future__ import annotations

from contextlib import suppress

from ottawa_cli.inquiry.assumptions import Assumptions
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.chart import Chart, Lane, chart
from ottawa_cli.render.document import Block, Document, Picture, Table
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.possibilities import TooManyUnknownDays
from ottawa_cli.rules.timeline import TimelineEntry, of_event, spans

COLUMNS = ("Date", "Basis", "Event", "Sources")


def timeline(inquiry: Inquiry, iso3s: list[str], sources: bool, general: bool) -> Document:
    """The courses of States: a picture, and under it the list of events."""
    lanes, shown = _lanes(inquiry, iso3s), 3 + sources
    blocks: list[Block] = [parts.heading(lanes[0].standing)] if len(lanes) == 1 else []
    blocks.append(Picture(chart(lanes, inquiry.as_of)))
    cited: list[str] = []
    for lane in lanes:
        name = lane.state.name
        title, noted = ("Events", "Notes") if len(lanes) == 1 else (name, f"Notes on {name}")
        rows = tuple(_row(inquiry, entry)[:shown] for entry in lane.entries)
        blocks.append(Table(COLUMNS[:shown], rows, title, wraps=COLUMNS, keyed=True))
        blocks += parts.noted(lane.standing, noted)
        cited += [*lane.standing.sources, *(id for e in lane.entries for id in e.sources)]
    events = inquiry.record.general_events() if general else ()
    at_large = [of_event(e, inquiry.as_of) for e in events if e.date.earliest <= inquiry.as_of]
    if at_large:
        rows = tuple(_row(inquiry, entry)[:shown] for entry in at_large)
        blocks.append(Table(COLUMNS[:shown], rows, "The Convention at large", wraps=COLUMNS))
        cited += [id for entry in at_large for id in entry.sources]
    return (*blocks, *parts.closing(inquiry, cited if sources else None))


def picture(inquiry: Inquiry, iso3s: list[str]) -> Chart:
    """The courses of States as a chart."""
    return chart(_lanes(inquiry, iso3s), inquiry.as_of)


def _lanes(inquiry: Inquiry, iso3s: list[str]) -> list[Lane]:
    """What a picture shows of each State, and what a list of events says."""
    as_of, readings = inquiry.as_of, inquiry.readings
    lanes = []
    for iso3 in iso3s:
        state, standing = inquiry.state(iso3), inquiry.standing(iso3)
        lane = Lane(state, standing, inquiry.spans(iso3), inquiry.events(iso3))
        if any(note.code == "conditional-notice" for note in notes(standing)):
            given, _ = Assumptions(notices={iso3: (as_of,)}).lay_over(state, as_of)
            with suppress(TooManyUnknownDays):  # the note tells what the bar would have shown
                lane = lane._replace(conditional=spans(given, as_of, readings))
        lanes.append(lane)
    return lanes


def _row(inquiry: Inquiry, entry: TimelineEntry) -> tuple[str, ...]:
    basis = parts.later(entry.basis, entry.date, inquiry.as_of)
    if entry.confidence != "high":
        basis += f", {entry.confidence}"
    event = f"{entry.title} [{entry.provision}]" if entry.provision else entry.title
    return (parts.said(entry.date) or "day not found", basis, event, ", ".join(entry.sources))
