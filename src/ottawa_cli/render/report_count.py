"""`ottawa count` in words: how many States are bound, and what changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import State
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.chart import Mark, Steps, Window
from ottawa_cli.render.document import Block, Document, Heading, Items, Picture, Table
from ottawa_cli.rules.counting import Change, Count, Counted, Place, Tally

QUESTION = "how many States are bound by {}?"
NUMBERS = ("Signed", "Joined", "Bound")
WORDS = {  # of the kinds of changes
    "signature": "signature", "deposit": "deposit", "entry-into-force": "in force",
    "notice": "notice of withdrawal", "revocation": "notice revoked",
    "suspension": "suspension communicated", "notice-period-end": "{period} over",
    "effect": "withdrawal effective",
}  # fmt: skip
MOST_NAMED = 12  # States in one cell; more are counted
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
    drawn = [picture(each, count, first, last) for each, count in counts]
    if len(drawn) == 1 and drawn[0].most and not any(isinstance(row, Place) for row in rows):
        blocks.append(Picture(drawn[0]))
    blocks.append(_table(inquiry, rows, shown, cite))
    if len(shown) < len(days):
        before = f"{len(days) - len(shown)} earlier days with a change are left out here"
        blocks.append(Items("Before that", (f"{before}: --from {first} tells them all.",)))
    cited = [id for day in shown for change in day for id in change.event.sources]
    return (*blocks, *parts.closing(inquiry, QUESTION, cited if cite else None))


def picture(inquiry: Inquiry, count: Count, first: dt.date, last: dt.date) -> Steps:
    """How many are bound from `first` on, and what is projected; the days that stand out named."""
    as_of, treaty = inquiry.as_of, inquiry.treaty
    end = max(last, as_of)
    window = Window(first, end + dt.timedelta(max(30, (end - first).days // 16)), as_of)
    levels = count.levels(*window[:2])
    on = count.on(as_of)
    return Steps(
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
    told = {tally.date: tally for tally in levels[1:]}
    top = max(told.values(), key=lambda tally: tally.bound_least, default=None)
    falls = {
        after.date for before, after in pairwise(levels) if after.bound_least < before.bound_least
    }
    named = set(told)
    if top and len(told) > MOST_NAMED:
        named = {levels[1].date, top.date} | falls
    binding = [change for change in count.changes(*window[:2]) if change.kind in BINDING]
    for (date, kind), group in groupby(
        binding, key=lambda change: (change.event.date, change.kind)
    ):
        if date and date.earliest in named:
            changes = list(group)
            verb = BINDING[kind] + ("s" if len(changes) == 1 else "")
            when = "" if date.day else f" {parts.said(date)}"
            words = f"{_bound(told[date.earliest])}: {_who(changes)} {verb}{when}"
            yield Mark(date.earliest, words, dated=not when)


def _table(
    inquiry: Inquiry, rows: Sequence[Counted], days: list[list[Change]], cite: bool
) -> Table:
    places = [row for row in rows if isinstance(row, Place)]
    if places:
        told = [
            (str(p.date), f"{p.state.name}{_of(inquiry, p.state)}", p.status, parts.YES_NO[p.bound])
            for p in places
        ]
        tones = tuple(place.status for place in places)
        return Table(("Date", "State", "Status", "Bound"), tuple(told), tones=tones, keyed=True)
    tallies = [row for row in rows if isinstance(row, Tally)]
    if tallies:
        lines = tuple((str(tally.date), *_numbers(tally)) for tally in tallies)
        return Table(("Date", *NUMBERS), lines, keyed=True)
    columns = ("Date", *NUMBERS, "Change", "Sources")[: 5 + cite]
    found = tuple(row[: 5 + cite] for day in days for row in _day(inquiry, day))
    return Table(columns, found, wraps=("Change", "Sources"), keyed=True)


def _heading(inquiry: Inquiry, count: Count, last: dt.date) -> Heading:
    """The sentence for the day asked about, and for the last day counted where that is another."""
    as_of = inquiry.as_of
    lead = _sentence(inquiry, count, as_of)
    if last != as_of:
        lead += f" On {last}: {_sentence(inquiry, count, last)}"
    return Heading(f"On {as_of}{parts.under(inquiry)}", lead)


def _sentence(inquiry: Inquiry, count: Count, day: dt.date) -> str:
    if day < inquiry.treaty.opened_on:
        return f"{parts.NO_CONVENTION}: no State is counted."
    tally = count.on(day)
    says = parts.how_many(tally.bound_least, [state.name for state in count.unsettled(day)])
    return f"{says}. {tally.joined} have joined and not left, {tally.signatories} have signed."


def _day(inquiry: Inquiry, found: list[Change]) -> Iterator[tuple[str, ...]]:
    """The rows of one day: what happened to which States, each kind of change by itself."""

    def alike(change: Change) -> tuple[str, str]:
        words = WORDS[change.kind].format(period=change.state.treaty.clause.period)
        words += _of(inquiry, change.state)
        assumed = ", assumed" if change.event.basis == "assumed" else ""
        later = ", later" if parts.to_come(change.event.date, inquiry.as_of) else ""
        return parts.said(change.event.date), words + assumed + later

    for (date, words), group in groupby(found, key=alike):
        alike_changes = list(group)
        cited = dict.fromkeys(id for change in alike_changes for id in change.event.sources)
        numbers = _numbers(alike_changes[0].after)
        yield date, *numbers, f"{_who(alike_changes)}: {words}", ", ".join(cited)


def _of(inquiry: Inquiry, state: State) -> str:
    """After a comma the treaty under which it is a State, where several are counted."""
    return f", {state.treaty.short}" if len(inquiry.each) > 1 else ""


def _who(changes: list[Change]) -> str:
    names = [change.state.name for change in changes]
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} States"


def _numbers(tally: Tally) -> tuple[str, ...]:
    return str(tally.signatories), str(tally.joined), _bound(tally)


def _bound(tally: Tally) -> str:
    least, most = tally.bound_least, tally.bound_most
    return str(least) if least == most else f"{least} to {most}"
