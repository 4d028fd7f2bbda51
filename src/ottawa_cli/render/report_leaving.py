"""`ottawa leave` in words: one State with what its day rests on, several in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import Communication
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.document import Block, Document, Heading, Items, Table
from ottawa_cli.render.report_parts import FactRow
from ottawa_cli.rules.history import basis_of
from ottawa_cli.rules.leaving import Leaving

QUESTION = "when at the earliest, under {}?"
COLUMNS = ("State", "Notice", "Period over", "Out at the earliest", "Waits for", "Sources")


def leaving(
    inquiry: Inquiry, leavings: list[Leaving], sources: bool, unsettled: Sequence[str] = ()
) -> Document:
    """When States could be out: one State in full, several in a table; and the names of those of
    which it is not settled whether they are bound."""
    asked = f"as of {inquiry.as_of}{parts.under(inquiry)}"
    if len(leavings) == 1:
        standing, sentence = leavings[0].standing, leavings[0].sentence
        title = f"{standing.name} ({standing.iso3}) leaving, {asked}"
        blocks = [Heading(title, sentence), *_one(leavings[0])]
    else:
        summary = _summary(leavings) if leavings else parts.NOBODY
        blocks = [Heading(f"Leaving, {asked}", summary), *_several(leavings)]
    left_out = Items("Not settled whether bound, and left out", tuple(unsettled))
    cited = (id for leaving in leavings for id in leaving.standing.sources)
    return parts.report(inquiry, QUESTION, [*blocks, left_out], cited, sources)


def _one(leaving: Leaving) -> Iterator[Block]:
    if leaving.notice:
        facts = _facts(leaving, leaving.notice)
        yield parts.facts(facts, leaving.standing.as_of, keyed=True)
    ends = tuple(f"{value}: {day}" for value, day in _month_ends(leaving))
    yield Items("By the reading month-end", ends)
    yield parts.noted(leaving.standing)


def _month_ends(leaving: Leaving) -> list[tuple[str, str]]:
    """The values of that reading, where it matters, each with the day of effect in words."""
    return [(value, parts.dated(day) or "no day") for value, day in leaving.month_ends]


def _facts(leaving: Leaving, notice: Communication) -> Iterator[FactRow]:
    """What the day rests on."""
    standing, provisions = leaving.standing, leaving.standing.state.treaty.provisions
    period_end, reference = provisions.notice_period, notice.reference or provisions.effect
    time_basis = basis_of(*(each.assumed for each in standing.notices))
    effect_basis = basis_of(*(each.effect_assumed for each in standing.notices))
    yield FactRow("Notice received", standing.received_on, notice.basis, reference, notice.sources)
    yield FactRow("Notice period over", standing.period_end_on, time_basis, period_end)
    for conflict, suspends in standing.conflicts:
        if suspends:
            start, end = parts.dated(conflict.start), parts.dated(conflict.end)
            span = f"{start} to {end}" if end else f"since {start}, no known end"
            cited = (*conflict.sources, *conflict.end_sources)
            yield FactRow("Waits for", conflict.start, conflict.basis, conflict.name, cited, span)
    provision, any_day = period_end, "before the effect"
    if leaving.waits_for:
        provision, any_day = provisions.conflict, "any day, while it is held back"
    yield FactRow("Out at the earliest", leaving.earliest_effect_on, effect_basis, provision)
    if not standing.revoked_on:
        last = leaving.last_day_to_revoke
        span = "" if last else any_day
        yield FactRow("Last day to revoke", last, effect_basis, "VCLT Art. 68", span=span)


def _summary(leavings: list[Leaving]) -> str:
    """How many are held back, and how many are not."""
    held_back = sum(bool(leaving.waits_for) for leaving in leavings)
    nothing = sum(leaving.notice is None for leaving in leavings)
    counts = {
        "held back by an armed conflict": held_back,
        "held back by none that is known": len(leavings) - held_back - nothing,
        "with nothing to leave": nothing,
    }
    words = parts.listed(f"{number} {what}" for what, number in counts.items() if number)
    return f"{len(leavings)} States: {words}."


def _several(leavings: list[Leaving]) -> Iterator[Block]:
    if not leavings:
        return
    yield Table(COLUMNS, tuple(map(_row, leavings)), wraps=COLUMNS, keyed=True)
    names: dict[str, list[str]] = {}
    for leaving in leavings:
        if any(day for _, day in leaving.month_ends):
            days = ", ".join(f"{value} {day}" for value, day in _month_ends(leaving))
            names.setdefault(days, []).append(leaving.standing.name)
    ends = tuple(f"{days}: {parts.named(who)}" for days, who in names.items())
    yield Items("Out by the reading month-end, for the period ends on no day", ends)
    others = tuple(leaving.sentence for leaving in leavings if leaving.notice is None)
    yield Items("Nothing to leave, or not settled", others)


def _row(leaving: Leaving) -> tuple[str, ...]:
    standing, notice = leaving.standing, leaving.notice
    cells = ("", "", "", "")
    if notice:
        received = parts.dated(standing.received_on) + " (assumed)" * notice.assumed
        over = parts.dated(standing.period_end_on)
        effect = parts.dated(leaving.earliest_effect_on) or "no date"
        cells = (received, over, effect, "; ".join(leaving.waits_for))
    return (standing.name, *cells, ", ".join(standing.sources))
