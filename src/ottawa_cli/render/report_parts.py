"""What the reports share: a State's headline, dates in words, the sources and the footer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import PurePath

from ottawa_cli.dates import PartialDate
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import Source, Treaty
from ottawa_cli.render.document import Block, Citation, Citations, Footer, Heading, Items
from ottawa_cli.rules.history import lateness
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.standing import Standing

ADVICE = "Information, not legal advice."
BOUND = {True: "bound", False: "not bound", None: "bound or not"}
YES_NO = {True: "yes", False: "no", None: "?"}
ASSUMED = ", on assumed facts"
NO_CONVENTION = "There was no Convention to join yet"
NOBODY = "No State fits what was asked for."
NO_STATE = "It did not exist as a State yet"


def under(inquiry: Inquiry, treaty: Treaty | None = None) -> str:
    """The treaty an answer is under, after a comma; empty for the one asked about by default."""
    found = treaty or inquiry.treaty
    return "" if found == inquiry.record.treaty() else f", {found.name}"


def heading(inquiry: Inquiry, standing: Standing) -> Heading:
    """A State, the day, and the answer: where it stands first, then what that rests on."""
    under_it = under(inquiry, standing.state.treaty)
    title = f"{standing.name} ({standing.iso3}) on {standing.as_of}{under_it}"
    return Heading(title, _headline(standing), standing.status)


def noted(standing: Standing, title: str = "Notes") -> Iterator[Items]:
    """What a reader must not miss, if there is anything."""
    told = tuple(note.text for note in notes(standing))
    if told:
        yield Items(title, told)


def closing(inquiry: Inquiry, question: str, cited: Iterable[str] | None) -> Iterator[Block]:
    """The end of a report: the sources cited, where they are asked for, and the footer.

    `question` is what the report answers, with ``{}`` for the treaty.
    """
    if cited is not None:
        yield citations(inquiry.record.source(id) for id in dict.fromkeys(cited))
    treaties = listed(f"the {each.treaty.short}" for each in inquiry.each)
    yield footer(inquiry, question.format(treaties))


def citations(sources: Iterable[Source]) -> Citations:
    """The sources, each as it is cited."""
    dated = [(s, f", {s.date}" if s.date else "") for s in sources]
    entries = (Citation(s.id, f"{s.as_cited}. {s.publisher}{date}.", s.url) for s, date in dated)
    return Citations("Sources", tuple(entries))


def footer(inquiry: Inquiry, question: str = "") -> Footer:
    """The day, the data, the choices made, and what this is not."""
    record, as_of = inquiry.record, str(inquiry.as_of)
    changed = ", ".join(f"{key}={value}" for key, value in inquiry.readings.changed())
    last = min(record.sources_to(each.treaty.id) for each in inquiry.each)
    lines = [f"As of {as_of}. Record reviewed {record.reviewed_on}, its sources reach to {last}."]
    if record.supplement:
        named = f"{PurePath(record.origin).name}, not part of the record"
        lines.append(f"With the supplement {named} (data version {record.version}).")
    if as_of[: len(last)] > last:
        lines.append(f"What happened after {last} may not be in the record.")
    lines.append(f"Readings: {changed or 'all default'}.")
    lines += [f"Assumed: {sentence}." for sentence in inquiry.said]
    day = f"On {as_of}"
    return Footer((*lines, ADVICE), question, day, partial(_addresses, inquiry))


def _addresses(inquiry: Inquiry) -> dict[str, str]:
    """Where to read the notifications and the provisions of the treaty, by what they are called:
    in the notification itself, if the record has it, or else in the first source that tells."""
    from ottawa_cli.inquiry.keys import notification

    record = inquiry.record
    found: dict[str, str] = {}
    for each in inquiry.each:
        treaty, text = each.treaty, record.source(each.treaty.sources[0]).url
        provisions = {*treaty.provisions, *(deadline.provision for deadline in treaty.deadlines)}
        for name in () if len(inquiry.each) > 1 else provisions - {""}:  # of which treaty?
            found |= dict.fromkeys((name, name.replace("Art.", "Article")), text)
        for iso3 in record.with_communications(treaty.id):
            for sent in record.state(iso3, treaty.id).communications:
                if sent.reference:
                    told = record.source((*sent.circulated_sources, *sent.sources)[0])
                    found[sent.reference] = (notification(sent, record) or told).url
    return found


def _headline(standing: Standing) -> str:
    effect, condition = standing.effective_on, standing.state.treaty.provisions.condition
    if effect:
        projected = f"; withdrawal projected for {day(effect)}{condition}"
        until = f" until {day(effect)}"
    elif standing.revoked_on:
        projected = until = ""
    else:
        projected = "; no date of effect can be given"
        until = ", with no date that can be given"
    over, period = on(standing.period_end_on), standing.state.clause.period
    says = {
        "not-party": _not_joined(standing),
        "signatory": "It has signed the Convention and deposited no instrument.",
        "joining": f"The Convention enters into force for it {on(standing.in_force_on)}.",
        "party": f"In force since {day(standing.in_force_on)}{_not_leaving(standing)}.",
        "withdrawing": f"Notice received {on(standing.received_on)}{projected}.",
        "suspended": f"It is the withdrawal that is suspended: the {period} were over {over},"
        f" and an armed conflict holds it back{until}.",
        "operation-suspended": "It holds the operation of the Convention suspended, as it has"
        " communicated (reading suspension=as-communicated).",
        "withdrawn": f"The withdrawal took effect {on(effect)}.",
        "uncertain": f"{' or '.join(standing.possible_statuses)}; it is not settled which.",
    }[standing.status]
    bound = BOUND[standing.bound].capitalize() + (":" if standing.status == "uncertain" else ".")
    contested = " Contested: a suspension was communicated." if standing.contested else ""
    status = standing.status.upper() + ASSUMED * (standing.basis == "assumed")
    return f"{status}. {bound} {says}{_ahead(standing, condition)}{contested}"


def _not_joined(standing: Standing) -> str:
    """Why a State is no party: perhaps there was no Convention, or no State, yet."""
    if standing.as_of < standing.state.treaty.opened_on:
        return f"{NO_CONVENTION}."
    if standing.state.exists_on(standing.as_of):
        return "It has not joined the Convention."
    if standing.through and standing.through.bound:
        return f"{NO_STATE}; its territory was bound through {standing.through.name}."
    return f"{NO_STATE}."


def _not_leaving(standing: Standing) -> str:
    """Why a State Party is not on its way out: what became of its notice, if it gave one."""
    if standing.notice is None or to_come(standing.received_on, standing.as_of):
        return ", no notice of withdrawal pending"
    became = "has no effect, by the reading defects=invalid"
    if standing.revoked_on:
        became = f"was revoked {on(standing.revoked_on)}"
    return f"; the notice received {on(standing.received_on)} {became}"


def _ahead(standing: Standing, condition: str) -> str:
    """What comes of a notice or a revocation that a what-if puts after the day asked about."""
    notice, revoked_on, effect = standing.notice, standing.revoked_on, standing.effective_on
    if notice and to_come(notice.received_on, standing.as_of):
        assumed = "assumed" if notice.assumed else "recorded"
        what = f"notice {assumed} for {day(notice.received_on)}"
        if effect:
            return f" With the {what} withdrawal is projected for {day(effect)}{condition}."
        if revoked_on:
            return f" The {what} is revoked {on(revoked_on)} and never takes effect."
        return f" With the {what} no date of effect can be given."
    if to_come(revoked_on, standing.as_of):
        late = lateness(standing.notices)
        comes = f"comes {late}" if late else "would keep it from taking effect"
        return f" The revocation assumed for {day(revoked_on)} {comes}."
    return ""


def how_many(bound: int, unsettled: Collection[str]) -> str:
    """How many States are bound, and the names of those of which it is not settled."""
    says = f"{bound} {'State is' if bound == 1 else 'States are'} bound"
    if unsettled:
        says += f"; for {len(unsettled)} it is not settled ({', '.join(unsettled)})"
    return says


def said(date: PartialDate | str | None) -> str:
    """A date in a table: an interval is no time from A to B, but one day somewhere in it."""
    first, slash, last = str(date or "").partition("/")
    return f"between {first} and {last}" if slash else first


def day(date: PartialDate | None) -> str:
    """A date within a sentence."""
    words = said(date)
    return f"a day {words}" if " " in words else words


def on(date: PartialDate | None) -> str:
    """A date within a sentence, after its preposition."""
    words = day(date)
    return f"{'on' if len(words) > len('2026-08') else 'in'} {words}"


def later(basis: str, date: PartialDate | None, as_of: dt.date) -> str:
    """A basis, marked where its day is still to come."""
    return f"{basis}, later" if to_come(date, as_of) else basis


def to_come(date: PartialDate | None, as_of: dt.date) -> bool:
    """Whether a date lies after the day asked about."""
    return date is not None and date.earliest > as_of


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
