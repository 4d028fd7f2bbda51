"""`ottawa status` in words: one State in full, several in a table, a tally of the roll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ottawa_cli.dates import exact
from ottawa_cli.inquiry.inquiry import Inquiry, SourcedStanding
from ottawa_cli.model import Communication, Conflict
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.document import Block, Document, Heading, Items, Table
from ottawa_cli.render.report_parts import FactRow
from ottawa_cli.rules import article_17
from ottawa_cli.rules.history import basis_of, known_on, lateness, published_effects
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
ADDRESSED = {
    "depositary": "the depositary",
    "security-council": "the Security Council",
    "states-parties": "all States Parties",
}
SENT = {  # what each communication is called, and what a suspension rests on
    "withdrawal": ("Notice received", None),
    "revocation": ("Revocation received", None),
    "suspension": (
        "Suspension communicated",
        "contested; no clause of the Convention provides for it",
    ),
}


def status(
    inquiry: Inquiry,
    standings: list[SourcedStanding],
    sources: bool,
    tally: bool,
    searched: str = "",
) -> Document:
    """Where States stand: one State in full, several in a table, and in words that none does."""
    blocks: Iterable[Block]
    if not standings:
        none = f"No State {searched or 'has given notice or communicated a suspension'}."
        blocks = [Heading(parts.asked(inquiry), none)]
    elif len(standings) == 1:
        blocks = _one(inquiry, standings[0])
    else:
        blocks = _several(inquiry, standings)
    tallies = [_tally(each) for each in inquiry.each if tally]
    cited = (id for standing in standings for id in standing.sources)
    question = f"where {'does it' if len(standings) == 1 else 'do States'} stand under {{}}?"
    return parts.report(inquiry, question, [*blocks, *tallies], cited, sources)


def _one(inquiry: Inquiry, standing: Standing) -> Iterator[Block]:
    yield parts.heading(inquiry, standing)
    if facts := list(_facts(standing)):
        yield parts.facts(facts, standing.as_of, keyed=False)
    yield parts.noted(standing)
    yield Items("Another treaty", tuple(_elsewhere(inquiry, standing)))


def _elsewhere(inquiry: Inquiry, standing: Standing) -> Iterator[str]:
    """What the State has done under the treaties that were not asked about."""
    record, iso3, name = inquiry.record, standing.iso3, standing.name
    for treaty in record.treaties:
        if treaty == standing.state.treaty or iso3 not in record.with_communications(treaty.id):
            continue
        # What is assumed of a conflict holds for every treaty, a notice for the one asked about.
        wars = inquiry.assumptions._replace(notices={}, revocations={})
        other = Inquiry(record, inquiry.as_of, inquiry.readings, wars, treaty.id).standing(iso3)
        if other.notice or other.contested:
            command = f"ottawa status {iso3} --treaty {treaty.id} --as-of {inquiry.as_of}"
            if inquiry.said or inquiry.readings.changed():
                command = f"the same question with --treaty {treaty.id}"
            sentence = f"Under the {treaty.name} {name} is {other.status}"
            if other.status == "withdrawn":
                has = "has also" if standing.status == "withdrawn" else "has"
                sentence = f"{name} {has} left the {treaty.name}, {parts.on(other.effective_on)}"
            yield f"{sentence}: {command}"


def _facts(standing: Standing) -> Iterator[FactRow]:
    """Each date of the answer."""
    state, as_of, provisions = standing.state, standing.as_of, standing.state.treaty.provisions
    if standing.signed_on:
        cited = state.signature_sources
        yield FactRow("Signed", standing.signed_on, "recorded", provisions.signature, cited)
    if standing.deposited_on:
        deposit = next(d for d in state.deposits if d.deposited_on == standing.deposited_on)
        what = f"{deposit.instrument.capitalize()} deposited"
        yield FactRow(what, deposit.deposited_on, "recorded", provisions.deposit, deposit.sources)
        basis_of_day, cited = deposit.in_force_basis, deposit.in_force_rests_on
        provision = article_17.rests_on(deposit, state.treaty)
        yield FactRow("In force", standing.in_force_on, basis_of_day, provision, cited)
    if standing.notice:
        yield from _leaving(standing, standing.notice)
    known = known_on(state, as_of)
    for sent in state.communications:  # what came later is told, and the answer is without it
        if sent.kind == "suspension" or sent not in known:
            what, where = SENT[sent.kind]
            rests_on = where or sent.reference or provisions.withdrawal
            yield FactRow(what, sent.received_on, sent.basis, rests_on, sent.sources)
    holds = "would hold" if parts.to_come(standing.received_on, as_of) else "holds"
    if standing.effective_on and standing.effective_on.latest <= as_of:
        holds = "held"
    for conflict, suspends in standing.conflicts:
        start, end = parts.day(conflict.start), parts.day(conflict.end)
        span = f"{start} to {end}" if conflict.end else f"since {start}"
        what = _conflict_words(conflict) + (f"; {holds} the withdrawal back" if suspends else "")
        cited = (*conflict.sources, *conflict.end_sources)
        yield FactRow("Armed conflict", conflict.start, conflict.basis, what, cited, span)


def _leaving(standing: Standing, notice: Communication) -> Iterator[FactRow]:
    """The notice, the end of its period, and its revocation or its effect."""
    state, notices, effect = standing.state, standing.notices, standing.effective_on
    provisions, circulated = state.treaty.provisions, notice.circulated_on
    reference = notice.reference or provisions.effect
    form = "; ".join([reference, *_form(notice)])
    yield FactRow("Notice received", standing.received_on, notice.basis, form, notice.sources)
    if circulated and circulated <= standing.as_of:
        cited = notice.circulated_sources
        yield FactRow("Notice circulated", exact(circulated), "recorded", reference, cited)
    over = f"{state.clause.period.capitalize()} over"
    time_basis = basis_of(*(each.assumed for each in notices))
    yield FactRow(over, standing.period_end_on, time_basis, provisions.notice_period)
    if standing.revoked_on:
        revocations = state.communications_of("revocation")
        sent = next(c for c in revocations if c.received_on == standing.revoked_on)
        late = lateness(notices)
        what = f"Revocation {late}" if late else "Notice revoked"
        yield FactRow(what, standing.revoked_on, sent.basis, "VCLT Art. 68", sent.sources)
    elif effect is None and standing.status in {"withdrawing", "suspended"}:
        effect_basis = basis_of(*(each.effect_assumed for each in notices))
        yield FactRow("Effect projected", None, effect_basis, provisions.conflict)
    if effect:
        what, provision, cited = "Effect projected", provisions.effect, ()
        if any(conflict.suspends for conflict in standing.conflicts):
            provision += ", second sentence: end of the armed conflict"
        if effect.latest <= standing.as_of:
            events = published_effects(state, standing.as_of)
            cited = tuple(id for event in events if event.date == effect for id in event.sources)
            what = "Took effect"
            provision += "; the sources publish the same day" if cited else ""
        yield FactRow(what, effect, standing.effective_basis or "computed", provision, cited)


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
    return ", ".join(filter(None, words))


def _several(inquiry: Inquiry, standings: Sequence[Standing]) -> Iterator[Block]:
    several_treaties = len(inquiry.each) > 1
    period = standings[0].state.clause.period.capitalize()
    where = ("Treaty", "Status", "Bound") if several_treaties else ("Status", "Bound")
    columns = ("State", *where, "In force", "Notice", period, "Effect", "Sources")
    rows = tuple(_row(standing, several_treaties) for standing in standings)
    tones = tuple(standing.status for standing in standings)
    title = parts.asked(inquiry)
    if inquiry.as_of < inquiry.treaty.opened_on and not several_treaties:
        title += f". {parts.NO_CONVENTION}"
    yield Table(columns, rows, title, tones, wraps=columns, keyed=True, spare=(period,))
    if len(standings) > MOST_WITH_NOTES:
        yield _kinds_of_notes(standings)
    else:
        lines = (line for standing in standings for line in _briefly(standing, several_treaties))
        yield Items("Notes", tuple(lines))


def _row(standing: Standing, with_treaty: bool) -> tuple[str, ...]:
    state, shown = standing.state, standing.status
    bases = {sent.basis for sent in state.communications} | {c.basis for c in state.conflicts}
    if not state.exists_on(standing.as_of):
        shown += ", no State yet"
    elif "assumed" in bases or state.conflicts_replaced:  # of the whole row: no headline tells
        shown += parts.ASSUMED
    in_force_on = None if standing.status in OUTSIDE else standing.in_force_on
    dates = (in_force_on, standing.received_on, standing.period_end_on, standing.effective_on)
    where = (shown, parts.YES_NO[standing.bound], *map(parts.dated, dates))
    treaty = (state.treaty.id,) if with_treaty else ()
    return (standing.name, *treaty, *where, ", ".join(standing.sources))


def _briefly(standing: Standing, with_treaty: bool) -> Iterator[str]:
    """The notes of one State among several, with the treaty where there are several too."""
    name = standing.name + f", {standing.state.treaty.short}" * with_treaty
    for note in notes(standing):
        if note.code == "suspension-contested":
            both = f"both views: ottawa status {standing.iso3}"
            yield f"{name}: Contested: a suspension was communicated ({both})."
        elif note.code not in ALONE:
            yield f"{name}: {note.text}"


def _kinds_of_notes(standings: Sequence[Standing]) -> Items:
    """Which kinds of notes there are, and on which States."""
    names: dict[str, dict[str, None]] = {}
    for standing in standings:
        for note in notes(standing):
            if note.code not in ALONE:
                names.setdefault(note.code, {})[standing.name] = None
    kinds = {code: KINDS.get(code, code.replace("-", " ").capitalize()) for code in names}
    lines = tuple(f"{kinds[code]}: {', '.join(who)}" for code, who in names.items())
    return Items("Notes, told in full for a State asked about alone", lines)


def _tally(inquiry: Inquiry) -> Items:
    """How many States are bound, which are not settled, and how many have each status."""
    title, as_of = f"The whole roll{parts.under(inquiry)}", inquiry.as_of
    if as_of < inquiry.treaty.opened_on:
        return Items(title, (parts.NOT_COUNTED,))
    roll = [inquiry.standing(iso3) for iso3 in inquiry.record.iso3s]
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
    return Items(title, tuple(lines), leads=True)
