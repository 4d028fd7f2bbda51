"""The record in the treaty's words: frozen facts, each with its sources.

Nothing here is computed by a rule and nothing is read from a file.
Source ids are the keys of the record's `sources`. The types are read when the facts are built
(`dataset.build`), so they stand here as types and not as texts: no annotations from the future.
"""

import datetime as dt
from typing import NamedTuple

from ottawa_cli.dates import PartialDate

ALL_ADDRESSEES = frozenset({"depositary", "states-parties", "security-council"})  # Art. 20(2)


class Source(NamedTuple):
    """Where a fact is to be read: `date` is of publication or of the copy used, if known."""

    id: str
    title: str
    publisher: str
    url: str
    date: str | None = None
    archived: str | None = None
    title_from: str | None = None

    @property
    def as_cited(self) -> str:
        """The title, with a word where it is not the page's own."""
        return f"{self.title} (title read off the address)" if self.title_from else self.title


class RecordNote(NamedTuple):
    """A note and the days it holds on, from `since` to `until` (None: no limit).

    `under_what_ifs` is False where it tells of the recorded course and may be untrue of another.
    """

    text: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    under_what_ifs: bool = True

    def holds_on(self, day: dt.date) -> bool:
        """Whether it surely holds on the day, however its limits are to be read."""
        return (self.since is None or self.since.latest <= day) and (
            self.until is None or day <= self.until.earliest
        )


Notes = tuple[RecordNote, ...]


def note_on(notes: Notes, day: dt.date) -> str | None:
    """The notes that hold on the day as one text, or None."""
    return " ".join(note.text for note in notes if note.holds_on(day)) or None


class UnknownClause(ValueError):
    """No clause has this id, or it is one that is not computed; the message says why."""


class YearlyDay(NamedTuple):
    """The day of the year, MM-DD, on which a withdrawal takes effect by a notice up to `notice_by`.

    `years_after` counts from the year of `notice_by`.
    """

    day: str
    notice_by: str
    years_after: int


class Clause(NamedTuple):
    """A treaty's clause on withdrawal: its words, and what the one rule needs of them.

    The effect comes so many `months` after the receipt (`period`: in words), with `first_of_month`
    on the first of the month that follows, or else on a day of the `year`. A notice counts after
    `membership_years`. `later_day` is ``stated`` where the instrument may state one, ``open`` where
    the clause only sets the earliest day, None where it sets the day. `conflict` is the kind of
    conflicts that bar the effect (``any``, ``NIAC`` or ``none``). `settles` are readings that its
    words or the depositary's `practice` have settled.
    """

    id: str
    treaty: str
    article: str
    depositary: str
    starts: str
    months: int = 0
    period: str = ""
    first_of_month: bool = False
    year: YearlyDay | None = None
    membership_years: int = 0
    later_day: str | None = None
    conflict: str = "none"
    settles: tuple[tuple[str, str], ...] = ()
    quote: str = ""
    practice: str = ""
    practice_sources: tuple[str, ...] = ()
    note: str | None = None
    sources: tuple[str, ...] = ()

    def worded(self, text: str) -> str:
        """`text` with the period in words for each ``{period}``, with a capital one at its head."""
        if text.startswith("{period}"):
            text = text.replace("{period}", self.period.capitalize(), 1)
        return text.replace("{period}", self.period)


class Joining(NamedTuple):
    """How a treaty came into force, and the `months` after its deposit until it does for a State.

    The deposit that brought it about is called by its `ordinal` word (``fortieth``).
    """

    ordinal: str
    completed_on: dt.date
    in_force_on: dt.date
    months: int


class Deadline(NamedTuple):
    """What a State is to do within `years` or `days` of entry into force; `text` is a sentence."""

    id: str
    provision: str
    title: str
    text: str
    years: int = 0
    days: int = 0


class Provisions(NamedTuple):
    """The provisions of a treaty by what they say; `conflict` is empty where none does."""

    ban: str
    signature: str
    deposit: str
    deposit_by_signatories: str
    entry_into_force: str
    first_entry_into_force: str
    later_entry_into_force: str
    withdrawal: str
    notice_form: str
    notice_period: str
    effect: str
    conflict: str = ""

    @property
    def condition(self) -> str:
        """What a projected effect is subject to, after a comma; empty where nothing is."""
        where = self.effect.replace("Art.", "Article")
        return f", subject to the condition in {where}" if self.conflict else ""

    @property
    def unless_engaged(self) -> str:
        """That condition, after a colon, with ``{}`` for the day; empty where there is none."""
        return ": no armed conflict on {}" if self.conflict else ""


class Duty(NamedTuple):
    """What a withdrawal leaves in place, with ``{state}`` for the State's name.

    `consented` takes the place of `text` for a State that is bound by the treaty that `provision`
    names, with ``{day}`` for the day of its consent, which is not before `consents_from`.
    """

    provision: str
    text: str
    consented: str = ""
    consents_from: dt.date | None = None


class Treaty(NamedTuple):
    """A treaty of the record, with everything in which one differs from another.

    `names` is what it answers to, its id first. With `chapter`, its place among the depositary's
    treaties, notifications are numbered: C.N.<number>.<year>.TREATIES-<chapter>. `open_points`
    are the keys of what its text leaves open.
    """

    names: tuple[str, ...]
    title: str
    name: str
    short: str
    chapter: str
    opened_on: dt.date
    joining: Joining
    clause: Clause
    provisions: Provisions
    deadlines: tuple[Deadline, ...]
    open_points: tuple[str, ...]
    remaining: tuple[Duty, ...]
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        """What it is called in machine formats."""
        return self.names[0]


class Deposit(NamedTuple):
    """An instrument of ratification, acceptance, approval, accession or succession.

    `in_force_on` is recorded only where it departs from the rule, with the reason;
    `in_force_sources` print the day of entry into force, recorded or computed.
    """

    instrument: str
    deposited_on: PartialDate
    in_force_on: dt.date | None = None
    in_force_reason: str | None = None
    notes: Notes = ()
    sources: tuple[str, ...] = ()
    in_force_sources: tuple[str, ...] = ()

    @property
    def in_force_basis(self) -> str:
        """``recorded`` where the record departs from the rule, else ``computed``."""
        return "recorded" if self.in_force_on else "computed"

    @property
    def in_force_rests_on(self) -> tuple[str, ...]:
        """The sources of entry into force: where it is computed, the deposit's before its own."""
        before = () if self.in_force_on else self.sources
        return tuple(dict.fromkeys((*before, *self.in_force_sources)))


class Objection(NamedTuple):
    """A State's objection to a communication; `received_on` None: day not found."""

    iso3: str
    name: str
    received_on: PartialDate | None = None
    notes: Notes = ()
    confidence: str = "high"
    sources: tuple[str, ...] = ()


class Communication(NamedTuple):
    """A withdrawal, revocation or suspension (its `kind`) that the depositary received.

    `reasons` and `addressees` are None where no source tells (Art. 20(2)). `lasts_while` is what
    a suspension is to last as long as, by its own words: ``hostilities``, or None. `assumed`: it
    is a what-if and not part of the record.
    """

    kind: str
    received_on: PartialDate
    reference: str | None = None
    circulated_on: dt.date | None = None
    addressees: frozenset[str] | None = None
    reasons: bool | None = None
    requested_on: dt.date | None = None
    invokes: str | None = None
    objections: tuple[Objection, ...] = ()
    notes: Notes = ()
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    circulated_sources: tuple[str, ...] = ()
    lasts_while: str | None = None
    lasts_sources: tuple[str, ...] = ()
    assumed: bool = False

    @property
    def basis(self) -> str:
        """``assumed`` where it is a what-if, else ``recorded``."""
        return "assumed" if self.assumed else "recorded"


class Phase(NamedTuple):
    """A part of a conflict that a source tells apart; no conflict of its own."""

    name: str
    start: PartialDate
    sources: tuple[str, ...]


class Conflict(NamedTuple):
    """An armed conflict a State is engaged in (Art. 20(3), second sentence).

    `kind` is ``IAC``, ``NIAC`` or None (no classifier names it); `end` is None where none is
    known; `occupation` is ``only`` (nothing but occupation), ``also`` or None.
    """

    name: str
    start: PartialDate
    kind: str | None = None
    end: PartialDate | None = None
    occupation: str | None = None
    phases: tuple[Phase, ...] = ()
    classifier: str | None = None
    notes: Notes = ()
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    end_sources: tuple[str, ...] = ()
    assumed: bool = False

    @property
    def basis(self) -> str:
        """``assumed`` where it is a what-if, else ``recorded``."""
        return "assumed" if self.assumed else "recorded"

    def surely_on(self, day: dt.date) -> bool:
        """Whether it is on that day, however its partial dates are to be read."""
        return self.start.latest <= day and (self.end is None or self.end.earliest >= day)


class Event(NamedTuple):
    """A dated step beside the instruments: a vote, a decree, a statement. No legal effect here."""

    date: PartialDate
    iso3s: tuple[str, ...]
    kind: str
    title: str
    vote: tuple[tuple[str, int], ...] = ()
    notes: Notes = ()
    confidence: str = "high"
    sources: tuple[str, ...] = ()


class FirstDay(NamedTuple):
    """The first day of a State, and the code of that `through` which its territory was bound."""

    on: dt.date
    before: str
    through: str | None = None
    sources: tuple[str, ...] = ()


class Consent(NamedTuple):
    """A State's consent to be bound by another treaty than the one asked about."""

    to: str
    on: dt.date
    sources: tuple[str, ...]


class State(NamedTuple):
    """A State and all the record knows of it under a treaty.

    `sources` are those of its standing and its notes. What-ifs that replaced facts of the record
    leave a trace: `conflicts_replaced`, and `notice_replaced_on`, the receipt of the first notice.
    """

    iso3: str
    iso2: str
    name: str
    treaty: Treaty
    first_day: FirstDay | None = None
    signed_on: PartialDate | None = None
    signature_sources: tuple[str, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    communications: tuple[Communication, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    events: tuple[Event, ...] = ()
    consents: tuple[Consent, ...] = ()
    conflicts_replaced: tuple[Conflict, ...] = ()
    notice_replaced_on: dt.date | None = None
    notes: Notes = ()
    confidence: str = "high"
    sources: tuple[str, ...] = ()

    @property
    def clause(self) -> Clause:
        """The treaty's clause on withdrawal."""
        return self.treaty.clause

    def exists_on(self, day: dt.date) -> bool:
        """Whether it was a State on the day already."""
        return self.first_day is None or self.first_day.on <= day

    def communications_of(self, kind: str) -> tuple[Communication, ...]:
        """The communications of one kind, in order of receipt."""
        return tuple(c for c in self.communications if c.kind == kind)
