"""`ottawa status` in words: one State in full, several in a table, a tally of the roll."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.inquiry.inquiry import Inquiry, SourcedStanding
from ottawa_cli.model import Communication, Conflict
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.document import Block, Document, Heading, Items, Table
from ottawa_cli.rules import article_17
from ottawa_cli.rules.history import basis_of, lateness, published_effects
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.standing import STATUSES, Standing

MOST_WITH_NOTES = 12  # States in one table whose notes are still written out
# Notes told where one State is asked about: particulars, and what the footer says of all.
ALONE = {"record", "reading-not-default", "no-convention-yet"}
OUTSIDE = {"not-party", "signatory"}  # nothing deposited yet: a later entry into force is left out
KINDS = {  # of notes, where the code does not read as words
    "conditional-notice": "A notice received that day would meet an armed conflict",
    "confidence": "Not of high confidence",
    "effect-projected": "Effect still to come",
    "later-conflict-not-counted": "A later armed conflict is not counted",
    "month-end-clamped": "The notice period ends on a day that does not exist",
    "month-end-refused": "The notice period ends on no day, and no date is given",
    "partial-date": "A day is not known",
    "recorded-date-differs": "A source has another date than the rule",
}
COLUMNS = ("State", "Status", "Bound", "In force", "Notice", "Six months", "Effect", "Sources")
FACTS = ("", "Date", "Basis", "Rests on", "Sources")
ADDRESSED = {
    "depositary": "the depositary",
    "security-council": "the Security Council",
    "states-parties": "all States Parties",
}
UNPROVIDED = "contested; no clause of the Convention provides for it"


def status(
    inquiry: Inquiry,
    standings: list[SourcedStanding],
    sources: bool,
    tally: bool,
    searched: str = "",
) -> Document:
    """Where States stand: one State in full, several in a table, and in words that none does."""
    blocks: list[Block]
    if not standings:
        none = f"No State {searched or 'has given notice or communicated a suspension'}."
        blocks = [Heading(f"On {inquiry.as_of}{parts.under(inquiry)}", none)]
    elif len(standings) == 1:
        blocks = [*_one(inquiry, standings[0], sources)]
    else:
        blocks = [*_several(inquiry, standings, sources)]
    blocks += [_tally(each) for each in inquiry.each if tally]
    cited = [id for standing in standings for id in standing.sources]
    question = f"where {'does it' if len(standings) == 1 else 'do States'} stand under {{}}?"
    return (*blocks, *parts.closing(inquiry, question, cited if sources else None))


# --- one State -------------------------------------------------------------------------


def _one(inquiry: Inquiry, standing: Standing, sources: bool) -> Iterator[Block]:
    yield parts.heading(inquiry, standing)
    rows = tuple(fact.cells(standing.as_of)[: 4 + sources] for fact in _facts(standing))
    if rows:
        yield Table(FACTS[: 4 + sources], rows, wraps=("Date", "Basis", "Rests on", "Sources"))
    yield from parts.noted(standing)
    if others := tuple(_elsewhere(inquiry, standing)):
        yield Items("Another treaty", others)


def _elsewhere(inquiry: Inquiry, standing: Standing) -> Iterator[str]:
    """What the State has done under the treaties that were not asked about."""
    record, iso3 = inquiry.record, standing.iso3
    for treaty in record.treaties:
        if treaty == standing.state.treaty or iso3 not in record.with_communications(treaty.id):
            continue
        # What is assumed of a conflict holds for every treaty, a notice for the one asked about.
        wars = inquiry.assumptions._replace(notices={}, revocations={})
        asked = Inquiry(record, inquiry.as_of, inquiry.readings, wars, treaty.id)
        there = asked.standing(iso3)
        if there.notice or there.contested:
            command = f"ottawa status {iso3} --treaty {treaty.id} --as-of {inquiry.as_of}"
            if inquiry.said or inquiry.readings.changed():
                command = f"the same question with --treaty {treaty.id}"
            says = f"Under the {treaty.name} {standing.name} is {there.status}"
            if there.status == "withdrawn":
                day = parts.on(there.effective_on)
                also = "also " if standing.status == "withdrawn" else ""
                says = f"{standing.name} has {also}left the {treaty.name}, {day}"
            yield f"{says}: {command}"


class Fact(NamedTuple):
    """What, on which day, on which basis, resting on what, from where; `time`: a span's words."""

    what: str
    date: PartialDate | None
    basis: str
    rests: str
    sources: tuple[str, ...] = ()
    time: str = ""

    def cells(self, as_of: dt.date) -> tuple[str, ...]:
        """The row of a table."""
        time = self.time or parts.said(self.date) or "no date"
        basis = parts.later(self.basis, self.date, as_of)
        return self.what, time, basis, self.rests, ", ".join(dict.fromkeys(self.sources))


def _facts(standing: Standing) -> Iterator[Fact]:
    """Each date of the answer."""
    state, as_of = standing.state, standing.as_of
    treaty = state.treaty
    if standing.signed_on:
        rests = treaty.provisions.signature
        yield Fact("Signed", standing.signed_on, "recorded", rests, state.signature_sources)
    if standing.deposited_on:
        deposit = next(d for d in state.deposits if d.deposited_on == standing.deposited_on)
        what = f"{(standing.instrument or '').capitalize()} deposited"
        rests = treaty.provisions.deposit
        yield Fact(what, standing.deposited_on, "recorded", rests, deposit.sources)
        found = deposit.in_force_basis
        rests, cited = article_17.rests_on(deposit, treaty), deposit.in_force_rests_on
        yield Fact("In force", standing.in_force_on, found, rests, cited)
    if standing.notice:
        yield from _leaving(standing, standing.notice)
    for sent in state.communications_of("suspension"):
        if not parts.to_come(sent.received_on, as_of):
            what = "Suspension communicated"
            yield Fact(what, sent.received_on, "recorded", UNPROVIDED, sent.sources)
    holds = "would hold" if parts.to_come(standing.received_on, as_of) else "holds"
    if standing.effective_on and standing.effective_on.latest <= as_of:
        holds = "held"
    for conflict, suspends in standing.conflicts:
        start = parts.day(conflict.start)
        time = f"{start} to {parts.day(conflict.end)}" if conflict.end else f"since {start}"
        rests = _conflict_words(conflict) + (f"; {holds} the withdrawal back" if suspends else "")
        cited = (*conflict.sources, *conflict.end_sources)
        yield Fact("Armed conflict", conflict.start, conflict.basis, rests, cited, time)


def _leaving(standing: Standing, notice: Communication) -> Iterator[Fact]:
    """The notice, the end of its period, and its revocation or its effect."""
    state, notices, effect = standing.state, standing.notices, standing.effective_on
    provisions = state.treaty.provisions
    rests, circulated = notice.reference or provisions.effect, notice.circulated_on
    form = "; ".join([rests, *_form(notice)])
    yield Fact("Notice received", standing.received_on, notice.basis, form, notice.sources)
    if circulated and circulated <= standing.as_of:
        told = notice.circulated_sources
        yield Fact("Notice circulated", exact(circulated), "recorded", rests, told)
    found = basis_of(*(n.assumed for n in notices))
    over = f"{state.clause.period.capitalize()} over"
    yield Fact(over, standing.period_end_on, found, provisions.notice_period)
    if standing.revoked_on:
        revocations = state.communications_of("revocation")
        sent = next(c for c in revocations if c.received_on == standing.revoked_on)
        late = lateness(notices)
        what = f"Revocation {late}" if late else "Notice revoked"
        yield Fact(what, standing.revoked_on, sent.basis, "VCLT Art. 68", sent.sources)
    elif effect is None and standing.status in {"withdrawing", "suspended"}:
        found = basis_of(*(n.effect_assumed for n in notices))
        yield Fact("Effect projected", None, found, provisions.conflict)
    if effect:
        what, rests = "Effect projected", provisions.effect
        cited: tuple[str, ...] = ()
        if any(conflict.suspends for conflict in standing.conflicts):
            rests += ", second sentence: end of the armed conflict"
        if effect.latest <= standing.as_of:
            known = published_effects(state, standing.as_of)
            published = [event for event in known if event.date == effect]
            rests += "; the sources publish the same day" if published else ""
            what, cited = "Took effect", tuple(id for e in published for id in e.sources)
        yield Fact(what, effect, standing.effective_basis or "computed", rests, cited)


def _form(notice: Communication) -> Iterator[str]:
    """What sources tell of the form that Art. 20(2) asks for."""
    if notice.reasons is not None:
        yield "explains its reasons" if notice.reasons else "gives no full explanation of reasons"
    if notice.addressees is not None:
        yield f"sent to {parts.listed(ADDRESSED[name] for name in sorted(notice.addressees))}"


def _conflict_words(conflict: Conflict) -> str:
    """A conflict's name, kind and classifier, and how sure."""
    classified = "" if conflict.assumed else "classified by no source found"
    words = (
        conflict.name,
        conflict.kind,
        f"as classified by {conflict.classifier}" if conflict.classifier else classified,
        "occupation only" if conflict.occupation == "only" else "",
        f"{conflict.confidence} confidence" if conflict.confidence != "high" else "",
    )
    return ", ".join(word for word in words if word)


# --- several States ----------------------------------------------------------------------


def _several(inquiry: Inquiry, standings: Sequence[Standing], sources: bool) -> Iterator[Block]:
    as_of, shown, several = inquiry.as_of, 7 + sources, len(inquiry.each) > 1
    period = standings[0].state.clause.period.capitalize()
    columns = [*COLUMNS[:5], period, *COLUMNS[6:]][:shown]
    rows = tuple(_row(standing)[:shown] for standing in standings)
    if several:
        columns[1:1] = ["Treaty"]
        treaties = (standing.state.treaty.id for standing in standings)
        rows = tuple((row[0], id, *row[1:]) for row, id in zip(rows, treaties, strict=True))
    tones = tuple(standing.status for standing in standings)
    title = f"On {as_of}{parts.under(inquiry)}"
    if as_of < inquiry.treaty.opened_on and not several:
        title += f". {parts.NO_CONVENTION}"
    yield Table(
        tuple(columns), rows, title, tones, wraps=tuple(columns), keyed=True, spare=(period,)
    )
    title, lines = "Notes", [line for standing in standings for line in _briefly(standing, several)]
    if len(standings) > MOST_WITH_NOTES:
        title += ", told in full for a State asked about alone"
        noted: dict[str, dict[str, None]] = {}
        for standing in standings:
            for note in notes(standing):
                if note.code not in ALONE:
                    noted.setdefault(note.code, {})[standing.name] = None
        lines = [f"{_words(code)}: {', '.join(names)}" for code, names in noted.items()]
    if lines:
        yield Items(title, tuple(lines))


def _row(standing: Standing) -> tuple[str, ...]:
    state, shown = standing.state, standing.status
    assumed = any(c.assumed for c in state.communications) or any(
        conflict.assumed for conflict in state.conflicts
    )
    if not state.exists_on(standing.as_of):
        shown += ", no State yet"
    elif assumed or state.conflicts_replaced:  # of the whole row: no headline tells them apart
        shown += parts.ASSUMED
    bound = parts.YES_NO[standing.bound]
    in_force_on = None if standing.status in OUTSIDE else standing.in_force_on
    ends, effect = standing.period_end_on, standing.effective_on
    dates = map(parts.said, (in_force_on, standing.received_on, ends, effect))
    return (standing.name, shown, bound, *dates, ", ".join(standing.sources))


def _briefly(standing: Standing, several: bool) -> Iterator[str]:
    """The notes of one State among several, with the treaty where there are several too."""
    name = standing.name + f", {standing.state.treaty.short}" * several
    for note in notes(standing):
        if note.code == "suspension-contested":
            both = f"both views: ottawa status {standing.iso3}"
            yield f"{name}: Contested: a suspension was communicated ({both})."
        elif note.code not in ALONE:
            yield f"{name}: {note.text}"


def _words(code: str) -> str:
    """A kind of note, in words."""
    return KINDS.get(code, code.replace("-", " ").capitalize())


def _tally(inquiry: Inquiry) -> Items:
    """How many States are bound, which are not settled, and how many have each status."""
    whole, as_of = f"The whole roll{parts.under(inquiry)}", inquiry.as_of
    roll = [inquiry.standing(iso3) for iso3 in inquiry.record.iso3s]
    if as_of < inquiry.treaty.opened_on:
        return Items(whole, (f"{parts.NO_CONVENTION}: no State is counted.",))
    standings = [standing for standing in roll if standing.state.exists_on(as_of)]
    to_come = [standing.name for standing in roll if not standing.state.exists_on(as_of)]
    count = Counter(standing.status for standing in standings)
    words = ", ".join(f"{count[status]} {status}" for status in STATUSES if count[status])
    bound = sum(standing.bound is True for standing in standings)
    unsettled = [standing.name for standing in standings if standing.bound is None]
    lines = [
        f"On {as_of}, {parts.how_many(bound, unsettled)}.",
        f"{len(standings)} States{': ' * bool(words)}{words}.",
    ]
    if to_come:
        lines.append(f"No States yet, and not counted: {parts.listed(to_come)}.")
    return Items(whole, tuple(lines), leads=True)
