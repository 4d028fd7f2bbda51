"""`ottawa timeline` in words and bars: the dated course of States."""

from __future__ import annotations

from contextlib import suppress
from itertools import product

from ottawa_cli.inquiry.assumptions import Assumptions
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.chart import Chart, Lane, chart
from ottawa_cli.render.document import Block, Document, Heading, Picture, Table
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.possibilities import TooManyUnknownDays
from ottawa_cli.rules.standing import Standing
from ottawa_cli.rules.timeline import TimelineEntry, of_event, spans

# What a title says of States, in the order of its story.
VERBS = {
    "withdrawn": "{has} left {it}",
    "suspended": "{is} kept from leaving {it} by armed conflict",
    "operation-suspended": "claim{s} to have suspended {it}",
    "withdrawing": "{is} leaving {it}",
    "would": "would leave {it}",
    "would not": "would be kept from leaving {it} by armed conflict",
    "uncertain": "may or may not be bound by {it}",
    "joining": "{is} joining {it}",
    "signatory": "{has} signed and not joined {it}",
    "party": "{is} bound by {it}",
    "unbound": "{is} not bound by {it}",
    "not-party": "{has} not joined {it}",
}
ONE, SEVERAL = {"is": "is", "has": "has", "s": "s"}, {"is": "are", "has": "have", "s": ""}
# Those of them that leave, and what stands before the day.
LEAVING = {
    "withdrawn": "", "suspended": "leaving projected for ", "withdrawing": "projected for ",
    "would": "projected for ", "would not": "",
}  # fmt: skip
QUESTION = "what has happened under {}, and what is to come?"
NUMBERS = dict(enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight"), 1))
COLUMNS = ("Date", "Basis", "Event", "Sources")


def timeline(
    inquiry: Inquiry,
    iso3s: list[str],
    sources: bool,
    general: bool,
    lists: bool = True,
    pictured: bool = True,
) -> Document:
    """The courses of States: a picture, and under it the list of events."""
    lanes, shown = _lanes(inquiry, iso3s), 3 + sources
    blocks: list[Block] = [parts.heading(inquiry, lanes[0].standing)] if len(lanes) == 1 else []
    if not lanes:
        return (
            Heading(f"On {inquiry.as_of}{parts.under(inquiry)}", parts.NOBODY),
            parts.footer(inquiry),
        )
    if pictured:
        blocks.append(Picture(_chart(inquiry, lanes, general)))
    cited: list[str] = []
    for lane in lanes if lists else ():
        name = lane.state.name
        title, noted = ("Events", "Notes") if len(lanes) == 1 else (name, f"Notes on {name}")
        entries = [entry for entry in lane.entries if inquiry.shows(entry)]
        rows = tuple(_row(inquiry, entry)[:shown] for entry in entries)
        if rows:
            blocks.append(Table(COLUMNS[:shown], rows, title, wraps=COLUMNS, keyed=True))
        if not inquiry.narrowed:
            blocks += parts.noted(lane.standing, noted)
        cited += [*lane.standing.sources, *(id for e in entries for id in e.sources)]
    treaties = [each.treaty.id for each in inquiry.each] if general and lists else []
    events = [event for id in treaties for event in inquiry.record.general_events(id)]
    told = (of_event(e, inquiry.as_of) for e in events if e.date.earliest <= inquiry.as_of)
    at_large = [entry for entry in told if inquiry.shows(entry)]
    if at_large:
        rows = tuple(_row(inquiry, entry)[:shown] for entry in at_large)
        blocks.append(Table(COLUMNS[:shown], rows, "The Convention at large", wraps=COLUMNS))
        cited += [id for entry in at_large for id in entry.sources]
    return (*blocks, *parts.closing(inquiry, QUESTION, cited if sources else None))


def picture(inquiry: Inquiry, iso3s: list[str], general: bool = False) -> Chart:
    """The courses of States as a chart. `general`: they are all that have communicated."""
    return _chart(inquiry, _lanes(inquiry, iso3s), general)


def _chart(inquiry: Inquiry, lanes: list[Lane], general: bool) -> Chart:
    as_of, record = inquiry.as_of, inquiry.record
    treaties, every = [each.treaty for each in inquiry.each], general and not inquiry.narrowed
    numbers = [c.reference for lane in lanes for c in lane.state.communications if c.reference]
    after = f", after the depositary notifications {parts.listed(numbers)}" if numbers else ""
    return chart(
        lanes,
        as_of,
        title="; ".join(
            title([lane for lane in lanes if lane.state.treaty == it], every, f"the {it.short}")
            for it in treaties
        ),
        subtitle=f"{parts.listed(it.name for it in treaties)}, as of {as_of}",
        source=f"Source: ottawa, data version {record.version}{after}.",
    )


def title(lanes: list[Lane], general: bool, treaty: str) -> str:
    """The story of a picture: who has left, is leaving, or else where each State stands.

    `general`: no States were named, so that those it tells of are all there are.
    """
    told: dict[str, list[Standing]] = {}
    for phase in VERBS:
        if found := [lane.standing for lane in lanes if _phase(lane) == phase]:
            told[phase] = found
    leaving = {phase: found for phase, found in told.items() if phase in LEAVING}
    if general or (leaving and len(lanes) > 1):
        told = leaving
    if not told:
        return f"No State is leaving {treaty}"
    clauses: list[str] = []
    for phase, found in told.items():
        who = _who(found, len(lanes), general, first=not clauses)
        forms = SEVERAL if len(found) > 1 else ONE
        verb = VERBS[phase].format(it="it" if clauses else treaty, **forms)
        clauses.append(f"{who} {verb}{_when(phase, found)}")
    assumed = any(
        standing.basis == "assumed" or parts.to_come(standing.received_on, standing.as_of)
        for found in told.values()
        for standing in found
    )
    text = "; ".join(clauses) + parts.ASSUMED * assumed
    if len(lanes) == 1 and lanes[0].standing.contested:
        text += "; its suspension is contested"
    return text[:1].upper() + text[1:]


def _phase(lane: Lane) -> str:
    """Where a State stands, as a title says it."""
    standing = lane.standing
    if parts.to_come(standing.received_on, standing.as_of) and not standing.revoked_on:
        if standing.effective_on:
            return "would"
        if lane.spans[-1].phase == "suspended":
            return "would not"
    if standing.status == "uncertain" and standing.bound is not None:
        return "party" if standing.bound else "unbound"
    return standing.status


def _who(found: list[Standing], of: int, general: bool, first: bool) -> str:
    if len(found) == 1 or (not general and len(found) <= 3):
        return parts.listed(standing.name for standing in found)
    number, whole = (NUMBERS.get(count, str(count)) for count in (len(found), of))
    if general:
        return number + " States" * first
    return f"these {number} States" if len(found) == of else f"{number} of these {whole} States"


def _when(phase: str, found: list[Standing]) -> str:
    """The day or the years in which they left, or are projected to."""
    days = [standing.effective_on for standing in found if standing.effective_on]
    if phase not in LEAVING or len(days) < len(found):
        return ""
    first, last = (min(day.earliest for day in days), max(day.latest for day in days))
    years = f"{first.year}–{last.year % 100:02}" if first.year != last.year else first.year
    return f", {LEAVING[phase]}{first if first == last else years}"


def _lanes(inquiry: Inquiry, iso3s: list[str]) -> list[Lane]:
    """What a picture shows of each State, and what a list of events says."""
    as_of, readings = inquiry.as_of, inquiry.readings
    lanes = []
    each_course = list(product(iso3s, inquiry.showing().each))
    if len(inquiry.each) > 1:  # a lane is of what a State has to do with a treaty
        found = [
            one for one in each_course if any(s.phase != "not-party" for s in one[1].spans(one[0]))
        ]
        each_course = found or each_course
    for iso3, each in each_course:
        state, standing = each.state(iso3), each.standing(iso3)
        if len(inquiry.each) > 1:
            state = state._replace(name=f"{state.name}, {each.treaty.short}")
        lane = Lane(state, standing, each.spans(iso3), each.events(iso3))
        alone = len(iso3s) == len(inquiry.each) == 1
        if alone and any(note.code == "conditional-notice" for note in notes(standing)):
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
