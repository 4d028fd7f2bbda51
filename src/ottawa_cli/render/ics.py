"""iCalendar (RFC 5545): the dated events of States as all-day entries of a calendar.

An entry keeps its UID when its day moves, so that a calendar that subscribes updates
it; the same question to the same record gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from hashlib import sha256
from itertools import product

from icalendar import Calendar, Event, vText

from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.render import report_parts
from ottawa_cli.rules.timeline import TimelineEntry

FIRST_REVISION = dt.date(2026, 1, 1)  # SEQUENCE counts the record's reviews from here, by days
# One of these is told from another of its State by its number in time, not by its words.
NUMBERED = frozenset({
    "signature", "deposit", "entry-into-force", "withdrawal", "revocation", "suspension",
    "notice-period-end", "effect",
})  # fmt: skip


def render(inquiry: Inquiry, iso3s: list[str]) -> str:
    """A calendar of the States' events. Those without a known day are named in its
    description instead: no day is made up."""
    entries: list[Event] = []
    left_out: list[str] = []
    for iso3, each in product(iso3s, inquiry.each):
        seen = Counter[str]()
        for event in each.events(iso3):
            subject = event.kind if event.kind in NUMBERED else f"{event.kind}: {event.title}"
            if event.basis == "assumed":
                subject += " (assumed)"
            seen[subject] += 1
            title = f"{inquiry.record.name(iso3)}{report_parts.under(each)}: {event.title}"
            if event.date is None or event.date.day is None:
                left_out.append(f"{event.date or 'day not found'} {title}")
            else:
                uid = _uid(iso3, each.treaty.id, subject, seen[subject])
                entries.append(_entry(inquiry, event, event.date.day, title, uid))
    lines = list(report_parts.footer(inquiry).lines)
    if left_out:
        lines.append(f"Left out, their day is not known: {'; '.join(left_out)}.")
    names = ", ".join(map(inquiry.record.name, iso3s))
    treaties = "; ".join(each.treaty.short for each in inquiry.each)
    calendar = Calendar()
    calendar.add("prodid", "-//ottawa//Withdrawal timelines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(f"{treaties}: {names}"))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, vText("\n".join(lines)))
    for entry in entries:
        calendar.add_component(entry)
    text: str = calendar.to_ical(sorted=False).decode("utf-8")
    return text


def _entry(inquiry: Inquiry, event: TimelineEntry, day: dt.date, title: str, uid: str) -> Event:
    """One event: tentative where it is assumed, or computed for a day still to come."""
    tentative = event.basis == "assumed" or (event.basis == "computed" and day > inquiry.as_of)
    reviewed = inquiry.record.revised_on
    sources = [inquiry.record.source(id) for id in event.sources]
    basis = f"{event.basis.capitalize()}{f', {event.provision}' if event.provision else ''}."
    confidence = f"Confidence: {event.confidence}." if event.confidence != "high" else None
    cited = (f"{source.as_cited}: {source.url}" for source in sources)
    lines = filter(None, (basis, confidence, event.note, *cited, report_parts.ADVICE))
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", dt.datetime(*reviewed.timetuple()[:3], tzinfo=dt.UTC))
    entry.add("dtstart", day)
    entry.add("dtend", day + dt.timedelta(days=1))
    entry.add("summary", title)
    entry.add("status", "TENTATIVE" if tentative else "CONFIRMED")
    # A step further once the day has come, with the same record.
    entry.add("sequence", 2 * max(0, (reviewed - FIRST_REVISION).days) + (not tentative))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [event.kind])
    entry.add("description", "\n".join(lines))
    if sources:
        entry.add("url", sources[0].url)
    return entry


def _uid(iso3: str, treaty: str, subject: str, number: int) -> str:
    """What names an event for good: its State, its treaty and what it is, not when."""
    digest = sha256(f"{iso3}|{treaty}|{subject}|{number}".encode()).hexdigest()
    return f"{iso3.lower()}-{digest[:24]}@ottawa-cli"
