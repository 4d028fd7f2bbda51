"""What the reports say: results put into words, in blocks that any human format can draw."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from ottawa_cli.dates import PartialDate
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import Communication, Conflict, State
from ottawa_cli.render.document import (
    Block,
    Citation,
    Citations,
    Document,
    Footer,
    Heading,
    Items,
    Picture,
    Table,
)
from ottawa_cli.rules import article_17
from ottawa_cli.rules.history import basis, lateness
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.result import STATUSES, ConflictStanding, Standing, Step

if TYPE_CHECKING:
    from ottawa_cli.render.chart import Chart, Lane
    from ottawa_cli.rules.open_points import Point
    from ottawa_cli.rules.sensitivity import Sensitivity, Unsettled
    from ottawa_cli.rules.standing import Finding
    from ottawa_cli.rules.timeline import TimelineEntry

MOST_WITH_NOTES = 12  # States in one table whose notes are still written out
# Notes told where one State is asked about: particulars, and what the footer says of all.
ALONE = {"record", "reading-not-default", "no-convention-yet"}
NO_CONVENTION = "There was no Convention to join yet"
NO_STATE = "It did not exist as a State yet"
OUTSIDE = {"not-party", "signatory"}  # nothing deposited yet: a later entry into force is left out
FACTS = (
    "Readings were varied, and days that the record leaves open; other facts, recorded or"
    " assumed, were not."
)
ADVICE = "Information, not legal advice."


def status(
    inquiry: Inquiry, iso3s: list[str], sources: bool, tally: bool, only: Sequence[str] = ()
) -> Document:
    """Where States stand: one State in full, several in a table, and in words that none does."""
    blocks: list[Block]
    if not iso3s:
        none = "No State has given notice or communicated a suspension."
        if only:
            none = f"No State has the status {' or '.join(only)}."
        blocks = [Heading(f"On {inquiry.as_of}", none)]
    elif len(iso3s) == 1:
        blocks = list(_one(inquiry, iso3s[0], sources))
    else:
        blocks = list(_several(inquiry, iso3s, sources))
    if tally:
        blocks.append(_tally(inquiry))
    if sources:
        cited = [id for iso3 in iso3s for id in inquiry.standing(iso3).sources]
        blocks.append(_sources(inquiry, cited))
    return (*blocks, footer(inquiry))


def timeline(inquiry: Inquiry, iso3s: list[str], sources: bool, general: bool) -> Document:
    """The courses of States: a picture, and under it the list of events."""
    lanes = _lanes(inquiry, iso3s)
    blocks: list[Block] = []
    if len(lanes) == 1:
        blocks.append(_heading(lanes[0].standing))
    blocks.append(Picture(_chart(inquiry, lanes)))
    cited: list[str] = []
    for state, standing, _, dated, _ in lanes:
        title = "Events" if len(lanes) == 1 else state.name
        blocks.append(_event_table(title, dated, inquiry.as_of, sources, keyed=True))
        blocks += _notes(standing, "Notes" if len(lanes) == 1 else f"Notes on {state.name}")
        cited += [*standing.sources, *(id for event in dated for id in event.sources)]
    if general:
        from ottawa_cli.rules.timeline import of_event

        entries = tuple(
            of_event(e, inquiry.as_of)
            for e in inquiry.record.general_events()
            if e.date.earliest <= inquiry.as_of
        )
        if entries:
            title = "The Convention at large"
            blocks.append(_event_table(title, entries, inquiry.as_of, sources))
            cited += [id for event in entries for id in event.sources]
    if sources:
        blocks.append(_sources(inquiry, cited))
    return (*blocks, footer(inquiry))


def explanation(inquiry: Inquiry, iso3: str, sources: bool) -> Document:
    """Why a State stands where it stands, how firm that is, what is open and what remains."""
    from ottawa_cli.rules.steps import steps

    explained = inquiry.explanation(iso3)
    standing = explained.standing
    blocks: list[Block] = [_heading(standing)]
    told = tuple(_step(step, standing.as_of, sources) for step in steps(standing))
    blocks.append(Items("Steps", told, numbered=True))
    blocks.append(_firmness(standing, explained.sensitivity))
    if explained.points:
        blocks.append(Items("Open points", tuple(_point(point) for point in explained.points)))
    if explained.remaining:
        lines = tuple(f"{provision}: {text}" for provision, text, _ in explained.remaining)
        blocks.append(Items("What remains", lines))
    blocks += _notes(standing)
    if sources:
        cited = [*standing.sources, *(id for _, _, ids in explained.remaining for id in ids)]
        blocks.append(_sources(inquiry, cited))
    return (*blocks, footer(inquiry))


def _notes(standing: Standing, title: str = "Notes") -> Iterator[Items]:
    told = tuple(note.text for note in notes(standing))
    if told:
        yield Items(title, told)


def _step(step: Step, as_of: dt.date, sources: bool) -> str:
    """A step: the provision, the dates it leads from and to, the sentence and the basis."""
    dates = ""
    if step.after:
        days = [_range(date) for date in (step.before, step.after) if date]
        dates = f" {' -> '.join(dict.fromkeys(days))}."
    cited = f" Sources: {_ids(step.sources)}." if sources and step.sources else ""
    turns = ""
    if step.reading and step.reading not in step.text:
        turns = f" Turns on the reading {step.reading}."
    later = ", later" if step.after and step.after > str(as_of) else ""
    rests = f" ({step.basis}{later})" if step.basis else ""
    return f"{step.provision}{rests}.{dates} {step.text}{turns}{cited}"


def _firmness(standing: Standing, sensitivity: Sensitivity) -> Items:
    """Which unsettled facts and which choices of readings change the answer, and to what."""
    lines = [_unsettled(standing, fact) for fact in sensitivity.unsettled]
    if standing.notice or standing.conflicts:
        lines += [*_by_readings(standing, sensitivity), FACTS]
    elif not lines:
        lines = ["No notice and no armed conflict: there is nothing that a reading could change."]
    return Items("How firm", tuple(lines))


def _unsettled(standing: Standing, unsettled: Unsettled) -> str:
    """On which side of an unknown day what happens."""
    fact, conflict, _, findings = unsettled
    day = {
        "signed_on": "signature", "deposited_on": "deposit",
        "received_on": "receipt of the notice", "revoked_on": "revocation",
        "start": f"the beginning of {conflict}", "end": f"the end of {conflict}",
    }[fact]  # fmt: skip
    if len({finding.bound for _, _, finding in findings}) > 1:
        decided = f"whether {standing.name} is bound"
    elif len({finding.status for _, _, finding in findings}) > 1:
        decided = "the status"
    elif any(finding.effective_on for _, _, finding in findings):
        decided = "the day of effect"
    else:
        decided = "the answer together with another day"
    sides = "; ".join(
        f"{_found(finding)} if it {'is' if first == last else f'lies from {first} to'} {last}"
        for first, last, finding in findings
    )
    return f"The record does not settle the day of {day}, and it decides {decided}: {sides}."


def _found(finding: Finding) -> str:
    """A status, whether the State is bound, and the date of effect, in words."""
    word = {True: "bound", False: "not bound", None: "bound or not"}[finding.bound]
    date = f", effect {_say(finding.effective_on)}" if finding.effective_on else ""
    if not date and finding.status in {"withdrawing", "suspended", "uncertain"}:
        date = ", no date"
    return f"{finding.status}, {word}{date}"


def _by_readings(standing: Standing, sensitivity: Sensitivity) -> list[str]:
    """Which choices of readings change the answer, and to what."""
    tried = f"{sensitivity.combinations} combinations of readings tried"
    if not sensitivity.changes:
        return [f"{tried}: none changes the status or the date."]
    movers = [c.choices[0][0] for c in sensitivity.changes if len(c.choices) == 1]
    deciding = [
        c.choices[0][0] for c in sensitivity.changes
        if len(c.choices) == 1 and c.finding.bound != standing.bound
    ]  # fmt: skip
    named = _and(list(dict.fromkeys(movers)))
    lines = [f"{tried}: no reading but {named} changes the status or the date by itself."]
    lines += [f"{key} decides whether {standing.name} is bound." for key in dict.fromkeys(deciding)]
    if not movers:
        lines = [f"{tried}: no single one changes the status or the date, but together they can."]
    for change in sensitivity.changes:
        choices = _and([f"{key}={value}" for key, value in change.choices])
        choices += " together" if len(change.choices) > 1 else ""
        lines.append(f"{choices}: {_found(change.finding)}.")
    return lines


def _and(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _point(point: Point) -> str:
    reading = f", reading {point.reading}" if point.reading else ""
    return (
        f"({point.letter}{reading}) {point.question} By default: {point.default}"
        f" Against: {point.other}"
    )


def picture(inquiry: Inquiry, iso3s: list[str]) -> Chart:
    """The courses of States as a chart."""
    return _chart(inquiry, _lanes(inquiry, iso3s))


def _chart(inquiry: Inquiry, lanes: list[Lane]) -> Chart:
    from ottawa_cli.render.chart import chart

    return chart(lanes, inquiry.as_of)


def _lanes(inquiry: Inquiry, iso3s: list[str]) -> list[Lane]:
    """What a picture shows of each State, and what a list of events says."""
    from ottawa_cli.inquiry.assumptions import Assumptions
    from ottawa_cli.render.chart import Lane
    from ottawa_cli.rules.possibilities import TooManyUnknownDays
    from ottawa_cli.rules.timeline import spans

    day, readings = inquiry.as_of, inquiry.readings
    lanes = []
    for iso3 in iso3s:
        state, standing = inquiry.state(iso3), inquiry.standing(iso3)
        lane = Lane(state, standing, inquiry.spans(iso3), inquiry.events(iso3))
        if any(note.code == "conditional-notice" for note in notes(standing)):
            given, _ = Assumptions(notices={iso3: (day,)}).lay_over(state, day)
            with suppress(TooManyUnknownDays):  # the note tells what the bar would have shown
                lane = lane._replace(conditional=spans(given, day, readings))
        lanes.append(lane)
    return lanes


def footer(inquiry: Inquiry) -> Footer:
    """The day, the data, the choices made, and what this is not."""
    record = inquiry.record
    changed = [f"{key}={value}" for key, value in inquiry.readings.changed()]
    lines = [
        f"As of {inquiry.as_of}. Record reviewed {record.reviewed_on}, its sources reach to"
        f" {record.sources_to}.",
        f"Readings: {', '.join(changed) if changed else 'all default'}.",
        *(f"Assumed: {sentence}." for sentence in inquiry.said),
    ]
    if str(inquiry.as_of)[: len(record.sources_to)] > record.sources_to:
        lines.insert(1, f"What happened after {record.sources_to} is not in the record.")
    if record.supplement:
        file = PurePath(record.origin).name
        lines.insert(1, f"With the supplement {file}, not part of the record"
                        f" (data version {record.version}).")  # fmt: skip
    return Footer((*lines, ADVICE))


# --- one State -------------------------------------------------------------------------


def headline(standing: Standing) -> str:
    """The answer in a sentence or two: standing first, then what it rests on."""
    effect, six = standing.effective_on, standing.period_end_on
    bound = {True: "Bound", False: "Not bound", None: "Bound or not"}[standing.bound]
    contested = " Contested: a suspension was communicated." if standing.contested else ""
    if standing.status == "uncertain":
        return (
            f"{_marked(standing, 'UNCERTAIN')}. {bound}:"
            f" {' or '.join(standing.possible_statuses)}; it is not settled which."
            f"{_ahead(standing)}{contested}"
        )
    projected = "; no date of effect can be given"
    until = ", with no date that can be given"
    if effect:
        projected = (
            f"; withdrawal projected for {_day(effect)}, subject to the condition in Article 20(3)"
        )
        until = f" until {_day(effect)}"
    elif standing.revoked_on:
        projected = until = ""
    rest = {
        "not-party": _not_joined(standing),
        "signatory": "It has signed the Convention and deposited no instrument.",
        "joining": f"The Convention enters into force for it {_on(standing.in_force_on)}.",
        "party": f"In force since {_day(standing.in_force_on)}{_not_leaving(standing)}.",
        "withdrawing": f"Notice received {_on(standing.received_on)}{projected}.",
        "suspended": "It is the withdrawal that is suspended: the six months were over"
        f" {_on(six)}, and an armed conflict holds it back{until}.",
        "withdrawn": f"The withdrawal took effect {_on(effect)}.",
    }[standing.status]
    rest += _ahead(standing)
    return f"{_marked(standing, standing.status.upper())}. {bound}. {rest}{contested}"


def _not_joined(standing: Standing) -> str:
    """Why a State is no party: perhaps there was no Convention, or no State, yet."""
    through = standing.through
    if standing.as_of < article_17.OPENED_FOR_SIGNATURE:
        return f"{NO_CONVENTION}."
    if standing.state.exists_on(standing.as_of):
        return "It has not joined the Convention."
    if through and through.bound:
        return f"{NO_STATE}; its territory was bound through {through.name}."
    return f"{NO_STATE}."


def _not_leaving(standing: Standing) -> str:
    """Why a State Party is not on its way out: what became of its notice, if it gave one."""
    if standing.notice is None or _to_come(standing.received_on, standing.as_of):
        return ", no notice of withdrawal pending"
    notice = f"; the notice received {_on(standing.received_on)}"
    if standing.revoked_on:
        return f"{notice} was revoked {_on(standing.revoked_on)}"
    return f"{notice} has no effect, by the reading defects=invalid"


def _ahead(standing: Standing) -> str:
    """What comes of a notice or a revocation that a what-if puts after the day asked about."""
    notice, revoked_on, effect = standing.notice, standing.revoked_on, standing.effective_on
    if notice and _to_come(notice.received_on, standing.as_of):
        what = (
            f"notice {'assumed' if notice.assumed else 'recorded'} for {_day(notice.received_on)}"
        )
        if effect:
            return (
                f" With the {what} withdrawal is projected for {_day(effect)}, subject to the"
                " condition in Article 20(3)."
            )
        if revoked_on:
            return f" The {what} is revoked {_on(revoked_on)} and never takes effect."
        return f" With the {what} no date of effect can be given."
    if _to_come(revoked_on, standing.as_of):
        late = lateness(standing.notices)
        comes = f"comes {late}" if late else "would keep it from taking effect"
        return f" The revocation assumed for {_day(revoked_on)} {comes}."
    return ""


def _marked(standing: Standing, status: str) -> str:
    """The status, with a mark where a what-if was laid over the State."""
    state = standing.state
    assumed = (
        state.conflicts_replaced
        or any(communication.assumed for communication in state.communications)
        or any(conflict.assumed for conflict in state.conflicts)
    )
    return f"{status}, on assumed facts" if assumed else status


def _heading(standing: Standing) -> Heading:
    title = f"{standing.name} ({standing.iso3}) on {standing.as_of}"
    return Heading(title, headline(standing), standing.status)


def _one(inquiry: Inquiry, iso3: str, sources: bool) -> Iterator[Block]:
    standing, state = inquiry.standing(iso3), inquiry.state(iso3)
    yield _heading(standing)
    columns: tuple[str, ...] = ("", "Date", "Basis", "Rests on")
    rows = [row if sources else row[:4] for row in _dates(state, standing)]
    if sources:
        columns = (*columns, "Sources")
    if rows:
        yield Table(columns, tuple(rows), wraps=("Date", "Basis", "Rests on", "Sources"))
    yield from _notes(standing)


Fact = tuple[str, str, str, str, str]


def _dates(state: State, standing: Standing) -> Iterator[Fact]:
    """Each date of the answer: what, when, on which basis, resting on what, from where."""
    as_of = standing.as_of
    if standing.signed_on:
        cited = _ids(state.signature_sources)
        yield _fact("Signed", standing.signed_on, as_of, "recorded", "Art. 15", cited)
    if standing.deposited_on:
        deposit = next(d for d in state.deposits if d.deposited_on == standing.deposited_on)
        yield _fact(
            f"{(standing.instrument or '').capitalize()} deposited", standing.deposited_on, as_of,
            "recorded", "Art. 16", _ids(deposit.sources),
        )  # fmt: skip
        yield _fact(
            "In force", standing.in_force_on, as_of,
            "recorded" if deposit.in_force_on else "computed",
            article_17.rests_on(deposit), _ids(deposit.in_force_rests_on),
        )  # fmt: skip
    yield from _leaving(standing)
    for communication in state.communications_of("suspension"):
        if communication.received_on.earliest <= standing.as_of:
            yield (
                "Suspension communicated", _say(communication.received_on), "recorded",
                "contested; no clause of the Convention provides for it",
                _ids(communication.sources),
            )  # fmt: skip
    over = standing.effective_on is not None and standing.effective_on.latest <= standing.as_of
    holds = "held" if over else "would hold" if _to_come(standing.received_on, as_of) else "holds"
    for engaged in standing.conflicts:
        yield _conflict(engaged, as_of, holds)


def _fact(
    what: str, date: PartialDate | None, as_of: dt.date, basis: str, rests: str, ids: str = ""
) -> Fact:
    return what, _say(date) or "no date", _later(basis, date, as_of), rests, ids


def _later(basis: str, date: PartialDate | None, as_of: dt.date) -> str:
    """A basis, marked where its day is still to come."""
    return f"{basis}, later" if _to_come(date, as_of) else basis


def _to_come(date: PartialDate | None, as_of: dt.date) -> bool:
    return date is not None and date.earliest > as_of


def _leaving(standing: Standing) -> Iterator[Fact]:
    notice, as_of, projected = standing.notice, standing.as_of, "Effect projected"
    if notice is None:
        return
    yield _fact(
        "Notice received", standing.received_on, as_of, _recorded(notice),
        notice.reference or "Art. 20(3)", _ids(notice.sources),
    )  # fmt: skip
    yield _fact(
        "Six months over", standing.period_end_on, as_of,
        basis(*(n.assumed for n in standing.notices)), "Art. 20(3), first sentence",
    )  # fmt: skip
    if standing.revoked_on:
        revocation = next(
            c for c in standing.state.communications_of("revocation")
            if c.received_on == standing.revoked_on
        )  # fmt: skip
        late = lateness(standing.notices)
        yield _fact(
            f"Revocation {late}" if late else "Notice revoked", standing.revoked_on, as_of,
            _recorded(revocation), "VCLT Art. 68", _ids(revocation.sources),
        )  # fmt: skip
    elif standing.effective_on is None and standing.status in {"withdrawing", "suspended"}:
        rests = basis(*(n.effect_assumed for n in standing.notices))
        yield projected, "no date", rests, "Art. 20(3), second sentence", ""
    if standing.effective_on:
        taken = standing.effective_on.latest <= standing.as_of
        rests = "Art. 20(3)"
        if any(e.suspends for e in standing.conflicts):
            rests = "Art. 20(3), second sentence: end of the armed conflict"
        published = [
            event
            for event in standing.state.events
            if event.kind == "published-effect" and event.date == standing.effective_on
        ]
        if taken and published:
            rests += "; the sources publish the same day"
        yield _fact(
            "Took effect" if taken else projected, standing.effective_on, as_of,
            standing.effective_basis or "computed", rests,
            _ids(tuple(id for e in published for id in e.sources)) if taken else "",
        )  # fmt: skip


def _recorded(communication: Communication) -> str:
    return basis(communication.assumed, otherwise="recorded")


def _conflict(engaged: ConflictStanding, as_of: dt.date, holds: str) -> Fact:
    conflict = engaged.conflict
    start = _day(conflict.start)
    when = f"{start} to {_day(conflict.end)}" if conflict.end else f"since {start}"
    rests = conflict_words(conflict)
    if engaged.suspends:
        rests += f"; {holds} the withdrawal back"
    begun = _later(basis(conflict.assumed, otherwise="recorded"), conflict.start, as_of)
    sources = tuple(dict.fromkeys((*conflict.sources, *conflict.end_sources)))
    return "Armed conflict", when, begun, rests, _ids(sources)


def conflict_words(conflict: Conflict) -> str:
    """A conflict's name, kind and classifier, and how sure."""
    words = [conflict.kind, f"as classified by {conflict.classifier}" if conflict.classifier else
             None if conflict.assumed else "classified by no source found"]  # fmt: skip
    if conflict.occupation == "only":
        words.append("occupation only")
    if conflict.confidence != "high":
        words.append(f"{conflict.confidence} confidence")
    return ", ".join([conflict.name, *(word for word in words if word)])


# --- several States ----------------------------------------------------------------------


def _several(inquiry: Inquiry, iso3s: list[str], sources: bool) -> Iterator[Block]:
    standings = [inquiry.standing(iso3) for iso3 in iso3s]
    columns = (
        "State", "Status", "Bound", "In force", "Notice", "Six months", "Effect", "Sources",
    )[: 8 if sources else 7]  # fmt: skip
    rows = tuple(
        (
            one.name, _shown(one), {True: "yes", False: "no", None: "?"}[one.bound],
            "" if one.status in OUTSIDE else _say(one.in_force_on), _say(one.received_on),
            _say(one.period_end_on),
            _say(one.effective_on), _ids(one.sources),
        )[: len(columns)]
        for one in standings
    )  # fmt: skip
    tones = tuple(one.status for one in standings)
    title = f"On {inquiry.as_of}"
    if inquiry.as_of < article_17.OPENED_FOR_SIGNATURE:
        title += f". {NO_CONVENTION}"
    yield Table(columns, rows, title, tones, wraps=columns, keyed=True)
    few = len(standings) <= MOST_WITH_NOTES
    if few:
        told = [line for one in standings for line in _briefly(one)]
    else:
        noted: dict[str, list[str]] = {}
        for one in standings:
            for code in dict.fromkeys(note.code for note in notes(one) if note.code not in ALONE):
                noted.setdefault(code, []).append(one.name)
        told = [f"{code}: {', '.join(names)}" for code, names in noted.items()]
    if told:
        title = "Notes" if few else "Notes, told in full for a State asked about alone"
        yield Items(title, tuple(told))


def _shown(standing: Standing) -> str:
    """The status in a table, where no headline says what it comes from."""
    if standing.state.exists_on(standing.as_of):
        return _marked(standing, standing.status)
    return f"{standing.status}, no State yet"


def _briefly(standing: Standing) -> Iterator[str]:
    """The notes of one State among several."""
    for note in notes(standing):
        if note.code == "suspension-contested":
            both = f"both views: ottawa status {standing.iso3}"
            yield f"{standing.name}: Contested: a suspension was communicated ({both})."
        elif note.code not in ALONE:
            yield f"{standing.name}: {note.text}"


def _tally(inquiry: Inquiry) -> Items:
    """How many States are bound, which are not settled, and how many have each status."""
    roll, day = inquiry.standings(), inquiry.as_of
    standings = [one for one in roll if one.state.exists_on(day)]
    to_come = [one.name for one in roll if not one.state.exists_on(day)]
    count = Counter(one.status for one in standings)
    words = ", ".join(f"{count[status]} {status}" for status in STATUSES if count[status])
    bound = sum(one.bound is True for one in standings)
    unsettled = [one.name for one in standings if one.bound is None]
    says = f"On {inquiry.as_of}, {bound} {'State is' if bound == 1 else 'States are'} bound"
    if unsettled:
        says += f"; for {len(unsettled)} it is not settled ({', '.join(unsettled)})"
    lines = [f"{says}.", f"{len(standings)} States{': ' * bool(words)}{words}."]
    if to_come:
        lines.append(f"No States yet, and not counted: {_and(to_come)}.")
    return Items("The whole roll", tuple(lines))


def _event_table(
    title: str, dated: Iterable[TimelineEntry], as_of: dt.date, sources: bool, keyed: bool = False
) -> Table:
    rows = []
    for event in dated:
        rests = _later(event.basis, event.date, as_of)
        if event.confidence != "high":
            rests += f", {event.confidence}"
        what = event.title
        if event.provision:
            what += f" [{event.provision}]"
        row = (_say(event.date) or "day not found", rests, what)
        rows.append((*row, _ids(event.sources)) if sources else row)
    columns = ("Date", "Basis", "Event", "Sources") if sources else ("Date", "Basis", "Event")
    return Table(
        columns, tuple(rows), title, wraps=("Date", "Basis", "Event", "Sources"), keyed=keyed
    )


def _sources(inquiry: Inquiry, ids: Iterable[str]) -> Citations:
    """The sources by id, as they can be cited."""
    entries = []
    for id in dict.fromkeys(ids):
        source = inquiry.record.source(id)
        date = f", {source.date}" if source.date else ""
        entries.append(Citation(id, f"{source.as_cited}. {source.publisher}{date}.", source.url))
    return Citations("Sources", tuple(entries))


def _say(date: PartialDate | None) -> str:
    """A date as it stands in a cell of a table."""
    return _range(str(date)) if date else ""


def _range(date: str) -> str:
    """An interval ``A/B`` as no time from A to B, but one day somewhere in it."""
    first, slash, last = date.partition("/")
    return f"between {first} and {last}" if slash else date


def _day(date: PartialDate | None) -> str:
    """A date within a sentence."""
    words = _say(date)
    return f"a day {words}" if " " in words else words


def _on(date: PartialDate | None) -> str:
    """A date within a sentence, after its preposition."""
    words = _day(date)
    return f"{'on' if len(words) > len('2026-08') else 'in'} {words}"


def _ids(ids: tuple[str, ...]) -> str:
    return ", ".join(ids)
