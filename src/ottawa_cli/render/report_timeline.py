"""`ottawa timeline` in words and bars: the dated course of States."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from ottawa_cli.rules.timeline import Span, TimelineEntry, of_event, spans

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
    lanes = _lanes(inquiry, iso3s)
    if not lanes:
        return Heading(parts.asked(inquiry), parts.NOBODY), parts.footer(inquiry)
    alone = len(lanes) == 1
    blocks: list[Block] = [parts.heading(inquiry, lanes[0].standing)] if alone else []
    if pictured:
        blocks.append(Picture(_chart(inquiry, lanes, general)))
    cited: list[str] = []
    for lane in lanes if lists else ():
        name, entries = lane.state.name, list(filter(inquiry.shows, lane.entries))
        blocks += _table(inquiry, entries, "Events" if alone else name, keyed=True)
        if not inquiry.narrowed:
            blocks.append(parts.noted(lane.standing, "Notes" if alone else f"Notes on {name}"))
        cited += [*lane.standing.sources, *_cited(entries)]
    if general and lists:
        entries = [
            entry
            for each in inquiry.each
            for event in inquiry.record.general_events(each.treaty.id)
            if event.date.earliest <= inquiry.as_of
            and inquiry.shows(entry := of_event(event, inquiry.as_of))
        ]
        blocks += _table(inquiry, entries, "The Convention at large", keyed=False)
        cited += _cited(entries)
    return parts.report(inquiry, QUESTION, blocks, cited, sources)


def _table(
    inquiry: Inquiry, entries: list[TimelineEntry], title: str, *, keyed: bool
) -> Iterator[Table]:
    if entries:
        rows = tuple(_row(inquiry, entry) for entry in entries)
        yield Table(COLUMNS, rows, title, wraps=COLUMNS, keyed=keyed)


def _row(inquiry: Inquiry, entry: TimelineEntry) -> tuple[str, ...]:
    basis = parts.later(entry.basis, entry.date, inquiry.as_of)
    if entry.confidence != "high":
        basis += f", {entry.confidence}"
    event = f"{entry.title} [{entry.provision}]" if entry.provision else entry.title
    return parts.dated(entry.date) or "day not found", basis, event, ", ".join(entry.sources)


def _cited(entries: Iterable[TimelineEntry]) -> list[str]:
    return [id for entry in entries for id in entry.sources]


def picture(inquiry: Inquiry, iso3s: list[str], general: bool = False) -> Chart:
    """The courses of States as a chart. `general`: they are all that have communicated."""
    return _chart(inquiry, _lanes(inquiry, iso3s), general)


def _chart(inquiry: Inquiry, lanes: list[Lane], general: bool) -> Chart:
    as_of, treaties = inquiry.as_of, [each.treaty for each in inquiry.each]
    numbers = [c.reference for lane in lanes for c in lane.state.communications if c.reference]
    after = f", after the depositary notifications {parts.listed(numbers)}" if numbers else ""
    lanes_of = {it: [lane for lane in lanes if lane.state.treaty == it] for it in treaties}
    every = general and not inquiry.narrowed
    titles = (title(lanes_of[treaty], every, f"the {treaty.short}") for treaty in treaties)
    return chart(
        lanes,
        as_of,
        title="; ".join(titles),
        subtitle=f"{parts.listed(treaty.name for treaty in treaties)}, as of {as_of}",
        source=f"Source: ottawa, data version {inquiry.record.version}{after}.",
    )


def title(lanes: list[Lane], general: bool, treaty: str) -> str:
    """The story of a picture: who has left, is leaving, or else where each State stands.

    `general`: no States were named, so that those it tells of are all there are.
    """
    story: dict[str, list[Standing]] = {phase: [] for phase in VERBS}
    for lane in lanes:
        story[_phase(lane)].append(lane.standing)
    if general or (len(lanes) > 1 and any(story[phase] for phase in LEAVING)):
        story = {phase: story[phase] for phase in LEAVING}
    clauses: list[str] = []
    for phase, standings in story.items():
        if standings:
            who = _who(standings, len(lanes), general, first=not clauses)
            forms = SEVERAL if len(standings) > 1 else ONE
            verb = VERBS[phase].format(it="it" if clauses else treaty, **forms)
            clauses.append(f"{who} {verb}{_when(phase, standings)}")
    if not clauses:
        return f"No State is leaving {treaty}"
    those = [standing for standings in story.values() for standing in standings]
    assumed = any(s.basis == "assumed" or parts.to_come(s.received_on, s.as_of) for s in those)
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


def _who(standings: list[Standing], of: int, general: bool, first: bool) -> str:
    count = len(standings)
    if count == 1 or (not general and count <= 3):
        return parts.listed(standing.name for standing in standings)
    number, whole = NUMBERS.get(count, str(count)), NUMBERS.get(of, str(of))
    if general:
        return number + " States" * first
    return f"these {number} States" if count == of else f"{number} of these {whole} States"


def _when(phase: str, standings: list[Standing]) -> str:
    """The day or the years in which they left, or are projected to."""
    days = [standing.effective_on for standing in standings if standing.effective_on]
    if phase not in LEAVING or len(days) < len(standings):
        return ""
    first, last = min(day.earliest for day in days), max(day.latest for day in days)
    years = f"{first.year}–{last.year % 100:02}" if first.year != last.year else first.year
    return f", {LEAVING[phase]}{first if first == last else years}"


def _lanes(inquiry: Inquiry, iso3s: list[str]) -> list[Lane]:
    """What a picture shows of each State, and what a list of events says."""
    several_treaties = len(inquiry.each) > 1
    lanes = []
    for iso3, each in product(iso3s, inquiry.showing().each):
        state = each.state(iso3)
        if several_treaties:
            state = state._replace(name=f"{state.name}, {each.treaty.short}")
        lanes.append(Lane(state, each.standing(iso3), each.spans(iso3), each.events(iso3)))
    if several_treaties:  # a lane is of what a State has to do with a treaty
        concerned = [lane for lane in lanes if {span.phase for span in lane.spans} - {"not-party"}]
        return concerned or lanes
    if len(lanes) == 1:
        lanes = [lanes[0]._replace(conditional=_conditional(inquiry, lanes[0]))]
    return lanes


def _conditional(inquiry: Inquiry, lane: Lane) -> tuple[Span, ...]:
    """The course after a notice that a State in an armed conflict has not given."""
    as_of, iso3 = inquiry.as_of, lane.standing.iso3
    if any(note.code == "conditional-notice" for note in notes(lane.standing)):
        given, _ = Assumptions(notices={iso3: (as_of,)}).lay_over(lane.state, as_of)
        with suppress(TooManyUnknownDays):  # the note tells what the bar would have shown
            return spans(given, as_of, inquiry.readings)
    return ()
