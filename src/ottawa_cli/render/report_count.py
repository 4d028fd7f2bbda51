"""`ottawa count` in words: how many States are bound, and what changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import State
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.chart import Mark, StepCurve, Window
from ottawa_cli.render.document import Block, Document, Heading, Items, Picture, Table
from ottawa_cli.rules.state_counts import Change, Count, Counted, Place, Tally

QUESTION = "how many States are bound by {}?"
NUMBERS = ("Signed", "Joined", "Bound")
WORDS = {  # of the kinds of changes
    "signature": "signature", "deposit": "deposit", "entry-into-force": "in force",
    "notice": "notice of withdrawal", "revocation": "notice revoked",
    "suspension": "suspension communicated", "notice-period-end": "{period} over",
    "effect": "withdrawal effective",
}  # fmt: skip
BINDING = {"entry-into-force": "join", "suspension": "suspend", "effect": "leave"}  # in a picture
LATEST = 20  # days of change told where nobody said from when


def document(
    inquiry: Inquiry,
    counts: list[tuple[Inquiry, Count]],
    rows: Sequence[Counted],
    first: dt.date,
    last: dt.date,
    *,
    whole: bool,
    cite: bool,
) -> Document:
    """How many States are bound, and the rows; of changes the latest, where not `whole`."""
    changes = [row for row in rows if isinstance(row, Change)]
    days = [list(group) for _, group in groupby(changes, key=lambda change: change.after.date)]
    shown = days if whole else days[-LATEST:]
    blocks: list[Block] = [_heading(each, count, last) for each, count in counts]
    if len(counts) == 1 and not any(isinstance(row, Place) for row in rows):
        drawn = picture(inquiry, counts[0][1], first, last)
        if drawn.most:
            blocks.append(Picture(drawn))
    blocks.append(_table(inquiry, rows, shown))
    if len(shown) < len(days):
        before = f"{len(days) - len(shown)} earlier days with a change are left out here"
        blocks.append(Items("Before that", (f"{before}: --from {first} tells them all.",)))
    cited = (id for day in shown for change in day for id in change.event.sources)
    return parts.report(inquiry, QUESTION, blocks, cited, sources=cite)


def picture(inquiry: Inquiry, count: Count, first: dt.date, last: dt.date) -> StepCurve:
    """How many are bound from `first` on, and what is projected; the days that stand out named."""
    as_of, treaty = inquiry.as_of, inquiry.treaty
    end = max(last, as_of)
    window = Window(first, end + dt.timedelta(max(30, (end - first).days // 16)), as_of)
    levels = count.levels(*window[:2])
    on = count.on(as_of)
    return StepCurve(
        window,
        as_of,
        tuple(levels),
        tuple(_marks(count, levels, window)),
        title=f"{_bound(on)} States are bound by the {treaty.short}",
        subtitle=f"{treaty.name}, as of {as_of}",
        source=f"Source: ottawa, data version {inquiry.record.version}.",
    )


def _marks(count: Count, levels: list[Tally], window: Window) -> Iterator[Mark]:
    """The days that are named: all, or of many the first, the highest and each on which the
    number falls."""
    tallies = {tally.date: tally for tally in levels[1:]}
    named = set(tallies)
    if len(tallies) > parts.MOST_NAMED:
        highest = max(tallies.values(), key=lambda tally: tally.bound_least)
        falls = {b.date for a, b in pairwise(levels) if b.bound_least < a.bound_least}
        named = {levels[1].date, highest.date} | falls
    binding = (change for change in count.changes(*window[:2]) if change.kind in BINDING)
    alike = groupby(binding, key=lambda change: (change.event.date, change.kind))
    for (date, kind), group in alike:
        if date and date.earliest in named:
            changes = list(group)
            verb = BINDING[kind] + ("s" if len(changes) == 1 else "")
            when = "" if date.day else f" {parts.dated(date)}"
            words = f"{_bound(tallies[date.earliest])}: {_who(changes)} {verb}{when}"
            yield Mark(date.earliest, words, dated=not when)


def _table(inquiry: Inquiry, rows: Sequence[Counted], days: list[list[Change]]) -> Table:
    """The places or the numbers, a row each; of changes those of these days."""
    places = [row for row in rows if isinstance(row, Place)]
    if places:
        cells = [
            (str(day), f"{state.name}{_of(inquiry, state)}", status, parts.YES_NO[bound])
            for day, state, status, bound in places
        ]
        tones = tuple(place.status for place in places)
        return Table(("Date", "State", "Status", "Bound"), tuple(cells), tones=tones, keyed=True)
    tallies = [row for row in rows if isinstance(row, Tally)]
    if tallies:
        numbers = tuple((str(tally.date), *_numbers(tally)) for tally in tallies)
        return Table(("Date", *NUMBERS), numbers, keyed=True)
    columns = ("Date", *NUMBERS, "Change", "Sources")
    changes = tuple(row for day in days for row in _day(inquiry, day))
    return Table(columns, changes, wraps=("Change", "Sources"), keyed=True)


def _heading(inquiry: Inquiry, count: Count, last: dt.date) -> Heading:
    """The sentence for the day asked about, and for the last day counted where that is another."""
    as_of = inquiry.as_of
    lead = _sentence(inquiry, count, as_of)
    if last != as_of:
        lead += f" On {last}: {_sentence(inquiry, count, last)}"
    return Heading(parts.asked(inquiry), lead)


def _sentence(inquiry: Inquiry, count: Count, day: dt.date) -> str:
    if day < inquiry.treaty.opened_on:
        return parts.NOT_COUNTED
    tally = count.on(day)
    bound = parts.how_many(tally.bound_least, [state.name for state in count.unsettled(day)])
    return f"{bound}. {tally.joined} have joined and not left, {tally.signatories} have signed."


def _day(inquiry: Inquiry, changes: list[Change]) -> Iterator[tuple[str, ...]]:
    """The rows of one day: what happened to which States, each kind of change by itself."""

    def alike(change: Change) -> tuple[str, str]:
        words = WORDS[change.kind].format(period=change.state.treaty.clause.period)
        words += _of(inquiry, change.state)
        words += ", assumed" if change.event.basis == "assumed" else ""
        date = change.event.date
        return parts.dated(date), parts.later(words, date, inquiry.as_of)

    for (date, words), group in groupby(changes, key=alike):
        same = list(group)
        cited = dict.fromkeys(id for change in same for id in change.event.sources)
        yield date, *_numbers(same[0].after), f"{_who(same)}: {words}", ", ".join(cited)


def _of(inquiry: Inquiry, state: State) -> str:
    """After a comma the treaty under which it is a State, where several are counted."""
    return f", {state.treaty.short}" if len(inquiry.each) > 1 else ""


def _who(changes: list[Change]) -> str:
    return parts.named([change.state.name for change in changes])


def _numbers(tally: Tally) -> tuple[str, ...]:
    return str(tally.signatories), str(tally.joined), _bound(tally)


def _bound(tally: Tally) -> str:
    least, most = tally.bound_least, tally.bound_most
    return str(least) if least == most else f"{least} to {most}"
