"""What the reports share: a State's headline, facts and dates in words, and how a report ends."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from pathlib import PurePath
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import Source, Treaty
from ottawa_cli.render.document import (
    Block,
    Citation,
    Citations,
    Document,
    Footer,
    Heading,
    Items,
    Table,
)
from ottawa_cli.rules.history import lateness
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.standing import Standing

ADVICE = "Information, not legal advice."
BOUND_WORDS = {True: "bound", False: "not bound", None: "bound or not"}
YES_NO = {True: "yes", False: "no", None: "?"}
ASSUMED = ", on assumed facts"
NO_CONVENTION = "There was no Convention to join yet"
NOT_COUNTED = f"{NO_CONVENTION}: no State is counted."
NOBODY = "No State fits what was asked for."
NO_STATE = "It did not exist as a State yet"
FACTS = ("", "Date", "Basis", "Rests on", "Sources")
MOST_NAMED = 12  # States in one line; more are counted


class FactRow(NamedTuple):
    """What, on which day, on which basis, by which provision or source; `span`: a time in words."""

    what: str
    date: PartialDate | None
    basis: str
    rests_on: str
    sources: tuple[str, ...] = ()
    span: str = ""


def under(inquiry: Inquiry, treaty: Treaty | None = None) -> str:
    """The treaty an answer is under, after a comma; empty for the one asked about by default."""
    treaty = treaty or inquiry.treaty
    return "" if treaty == inquiry.record.treaty() else f", {treaty.name}"


def asked(inquiry: Inquiry) -> str:
    """The day asked about, and the treaty, as a title."""
    return f"On {inquiry.as_of}{under(inquiry)}"


def heading(inquiry: Inquiry, standing: Standing) -> Heading:
    """A State, the day, and the answer: where it stands first, then what that rests on."""
    under_it = under(inquiry, standing.state.treaty)
    title = f"{standing.name} ({standing.iso3}) on {standing.as_of}{under_it}"
    return Heading(title, _headline(standing), standing.status)


def facts(of_answer: Iterable[FactRow], as_of: dt.date, *, keyed: bool) -> Table:
    """What an answer rests on, a fact a row."""
    rows = []
    for what, date, basis, rests_on, ids, span in of_answer:
        time, cited = span or dated(date) or "no date", ", ".join(dict.fromkeys(ids))
        rows.append((what, time, later(basis, date, as_of), rests_on, cited))
    return Table(FACTS, tuple(rows), wraps=FACTS[1:], keyed=keyed)


def noted(standing: Standing, title: str = "Notes") -> Items:
    """What a reader must not miss."""
    return Items(title, tuple(note.text for note in notes(standing)))


def report(
    inquiry: Inquiry, question: str, blocks: Iterable[Block], cited: Iterable[str], sources: bool
) -> Document:
    """The blocks, without lists that are empty; the sources `cited` and those in the tables, or
    none; and the footer.

    `question` is what the report answers, with ``{}`` for the treaty.
    """
    body = [block for block in blocks if not (isinstance(block, Items) and not block.items)]
    if sources:
        tables = [block for block in body if isinstance(block, Table) and block.cites]
        in_tables = (id for table in tables for row in table.rows for id in row[-1].split(", "))
        ids = filter(None, dict.fromkeys((*cited, *in_tables)))
        body.append(citations(map(inquiry.record.source, ids)))
    else:
        body = [block.uncited if isinstance(block, Table) else block for block in body]
    treaties = listed(f"the {each.treaty.short}" for each in inquiry.each)
    return (*body, footer(inquiry, question.format(treaties)))


def citations(sources: Iterable[Source]) -> Citations:
    """The sources, each as it is cited."""
    entries = (
        Citation(s.id, f"{s.as_cited}. {', '.join(filter(None, (s.publisher, s.date)))}.", s.url)
        for s in sources
    )
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
    addresses: dict[str, str] = {}
    for each in inquiry.each:
        treaty, text = each.treaty, record.source(each.treaty.sources[0]).url
        provisions = {*treaty.provisions, *(deadline.provision for deadline in treaty.deadlines)}
        for name in () if len(inquiry.each) > 1 else provisions - {""}:  # of which treaty?
            addresses |= dict.fromkeys((name, name.replace("Art.", "Article")), text)
        for iso3 in record.with_communications(treaty.id):
            for sent in record.state(iso3, treaty.id).communications:
                if sent.reference:
                    first = record.source((*sent.circulated_sources, *sent.sources)[0])
                    addresses[sent.reference] = (notification(sent, record) or first).url
    return addresses


def _headline(standing: Standing) -> str:
    """The status, whether the State is bound, and since or until when."""
    effect, condition = standing.effective_on, standing.state.treaty.provisions.condition
    projected, until = "; no date of effect can be given", ", with no date that can be given"
    if effect:
        projected = f"; withdrawal projected for {day(effect)}{condition}"
        until = f" until {day(effect)}"
    elif standing.revoked_on:
        projected = until = ""
    over, period = on(standing.period_end_on), standing.state.clause.period
    where = {
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
    bound = BOUND_WORDS[standing.bound].capitalize() + (
        ":" if standing.status == "uncertain" else "."
    )
    contested = " Contested: a suspension was communicated." if standing.contested else ""
    status = standing.status.upper() + ASSUMED * (standing.basis == "assumed")
    return f"{status}. {bound} {where}{_ahead(standing, condition)}{contested}"


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
        given = f"notice {notice.basis} for {day(notice.received_on)}"
        if effect:
            return f" With the {given} withdrawal is projected for {day(effect)}{condition}."
        if revoked_on:
            return f" The {given} is revoked {on(revoked_on)} and never takes effect."
        return f" With the {given} no date of effect can be given."
    if to_come(revoked_on, standing.as_of):
        late = lateness(standing.notices)
        comes = f"comes {late}" if late else "would keep it from taking effect"
        return f" The revocation assumed for {day(revoked_on)} {comes}."
    return ""


def how_many(bound: int, unsettled: Collection[str]) -> str:
    """How many States are bound, and the names of those of which it is not settled."""
    sentence = f"{bound} {'State is' if bound == 1 else 'States are'} bound"
    if unsettled:
        sentence += f"; for {len(unsettled)} it is not settled ({', '.join(unsettled)})"
    return sentence


def dated(date: PartialDate | str | None) -> str:
    """A date in a table: an interval is no time from A to B, but one day somewhere in it."""
    first, slash, last = str(date or "").partition("/")
    return f"between {first} and {last}" if slash else first


def day(date: PartialDate | None) -> str:
    """A date within a sentence."""
    words = dated(date)
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


def named(names: Sequence[str]) -> str:
    """Names of States, or of many how many they are."""
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} States"
