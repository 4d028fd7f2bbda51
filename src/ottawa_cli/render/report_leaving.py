"""`ottawa leave` in words: one State with what its day rests on, several in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import Communication
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.document import Block, Document, Heading, Items, Table
from ottawa_cli.render.report_status import FACTS, Fact
from ottawa_cli.rules.history import basis_of
from ottawa_cli.rules.leaving import Leaving

QUESTION = "when at the earliest, under {}?"
MOST_NAMED = 12  # States in one line; more are counted
COLUMNS = ("State", "Notice", "Period over", "Out at the earliest", "Waits for", "Sources")


def leaving(
    inquiry: Inquiry, found: list[Leaving], sources: bool, unsettled: Sequence[str] = ()
) -> Document:
    """When States could be out: one State in full, several in a table; and the names of those of
    which it is not settled whether they are bound."""
    if len(found) == 1:
        blocks = [*_one(inquiry, found[0], sources)]
    elif not found:
        blocks = [Heading(f"Leaving, as of {inquiry.as_of}{parts.under(inquiry)}", parts.NOBODY)]
    else:
        blocks = [Heading(f"Leaving, as of {inquiry.as_of}{parts.under(inquiry)}", _summary(found))]
        blocks += _several(found, sources)
    if unsettled:
        blocks.append(Items("Not settled whether bound, and left out", tuple(unsettled)))
    cited = [id for one in found for id in one.standing.sources]
    return (*blocks, *parts.closing(inquiry, QUESTION, cited if sources else None))


def _one(inquiry: Inquiry, found: Leaving, sources: bool) -> Iterator[Block]:
    standing = found.standing
    title = (
        f"{standing.name} ({standing.iso3}) leaving, as of {standing.as_of}{parts.under(inquiry)}"
    )
    yield Heading(title, found.sentence)
    if found.notice:
        facts = [fact.cells(standing.as_of) for fact in _facts(found, found.notice)]
        rows = tuple(cells[: 4 + sources] for cells in facts)
        yield Table(FACTS[: 4 + sources], rows, wraps=FACTS[1:], keyed=True)
    if found.month_ends:
        days = (f"{value}: {parts.said(day) or 'no day'}" for value, day in found.month_ends)
        yield Items("By the reading month-end", tuple(days))
    yield from parts.noted(standing)


def _facts(found: Leaving, notice: Communication) -> Iterator[Fact]:
    """What the day rests on."""
    standing, provisions = found.standing, found.standing.state.treaty.provisions
    time, effect = (
        basis_of(*(getattr(one, what) for one in standing.notices))
        for what in ("assumed", "effect_assumed")
    )
    rests = notice.reference or provisions.effect
    yield Fact("Notice received", standing.received_on, notice.basis, rests, notice.sources)
    yield Fact("Notice period over", standing.period_end_on, time, provisions.notice_period)
    for conflict, suspends in standing.conflicts:
        if suspends:
            span = f"since {parts.said(conflict.start)}, no known end"
            if conflict.end:
                span = f"{parts.said(conflict.start)} to {parts.said(conflict.end)}"
            cited = (*conflict.sources, *conflict.end_sources)
            what = ("Waits for", conflict.start, conflict.basis, conflict.name, cited, span)
            yield Fact(*what)
    day, last = found.earliest_effect_on, found.last_day_to_revoke
    rests = provisions.conflict if found.waits_for else provisions.notice_period
    yield Fact("Out at the earliest", day, effect, rests)
    if not standing.revoked_on:
        any_day = "any day, while it is held back" if found.waits_for else "before the effect"
        any_day = "" if last else any_day
        yield Fact("Last day to revoke", last, effect, "VCLT Art. 68", time=any_day)


def _summary(found: list[Leaving]) -> str:
    """How many are held back, and how many are not."""
    counts = {
        "held back by an armed conflict": sum(bool(one.waits_for) for one in found),
        "held back by none that is known": sum(
            bool(one.notice and not one.waits_for) for one in found
        ),
        "with nothing to leave": sum(one.notice is None for one in found),
    }
    return f"{len(found)} States: {parts.listed(f'{n} {what}' for what, n in counts.items() if n)}."


def _several(found: list[Leaving], sources: bool) -> Iterator[Block]:
    shown = 5 + sources
    rows = tuple(_row(one)[:shown] for one in found)
    yield Table(COLUMNS[:shown], rows, wraps=COLUMNS, keyed=True)
    ends: dict[str, list[str]] = {}
    for one in found:
        if any(day for _, day in one.month_ends):
            days = (f"{value} {parts.said(day) or 'no day'}" for value, day in one.month_ends)
            ends.setdefault(", ".join(days), []).append(one.standing.name)
    if ends:
        told = (f"{days}: {_who(names)}" for days, names in ends.items())
        yield Items("Out by the reading month-end, for the period ends on no day", tuple(told))
    if others := tuple(one.sentence for one in found if one.notice is None):
        yield Items("Nothing to leave, or not settled", others)


def _who(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} States"


def _row(found: Leaving) -> tuple[str, ...]:
    standing, cited = found.standing, ", ".join(found.standing.sources)
    if found.notice is None:
        return (standing.name, "", "", "", "", cited)
    received = parts.said(standing.received_on) + " (assumed)" * found.notice.assumed
    effect = parts.said(found.earliest_effect_on) or "no date"
    over, waits_for = parts.said(standing.period_end_on), "; ".join(found.waits_for)
    return (standing.name, received, over, effect, waits_for, cited)
