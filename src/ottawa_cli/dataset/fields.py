"""The one definition of the record's format: every field, what it holds and what it means.

The validator, the JSON Schema and the field dictionary of the documentation are all
read off this module.
"""

from ottawa_cli.dataset.kinds import (
    READABLE,
    Count,
    Day,
    Entry,
    Field,
    ListOf,
    MapOf,
    OneOf,
    Partial,
    Reduced,
    Text,
    required,
)
from ottawa_cli.rules.readings import READINGS

ISO3 = Text("[A-Z]{3}", "an ISO 3166-1 alpha-3 code such as LTU")
ISO2 = Text("[A-Z]{2}", "an ISO 3166-1 alpha-2 code such as LT")
SOURCE_ID = Text("[A-Z0-9][A-Za-z0-9-]*", "the id of an entry of sources, such as U26")
CHAPTER = r"[IVXL]+\.[1-9][0-9]*"
REFERENCE = rf"C\.N\.[1-9][0-9]*\.[12][0-9]{{3}}\.TREATIES-{CHAPTER}"
SOURCE_IDS = ListOf(SOURCE_ID, least=1)
LIMITED_NOTE = Entry(
    "a limited note",
    text=required(Text(), "what a reader should know, in one sentence"),
    **{"from": Field(Partial(), "first day on which it holds")},
    until=Field(Partial(), "last day on which it holds"),
    under_what_ifs=Field(
        OneOf("false", also=(False,)),
        "false: it tells of the recorded course, and is left out where a what-if changes that",
    ),
)
NOTES = {
    "note": Field(
        Text(),
        "what a reader should know, in one or two sentences: true whenever what it belongs to is"
        " shown",
    ),
    "notes": Field(ListOf(LIMITED_NOTE), "notes that hold on some days or in some courses only"),
}
CONFIDENCE = Field(OneOf("high", "medium", "low"), "how sure; left out: high")
SOURCES = required(SOURCE_IDS, "ids of the sources that tell it")
OF_THE_STATE = (
    "ids of the sources that tell what is said of the State itself: its notes, and that it is a"
    " party, no longer one or never was"
)


def _sourced(what: str, /, **fields: Field) -> Entry:
    """An entry whose sources tell all of it."""
    return Entry(what, **fields, sources=SOURCES)


def _fact(what: str, /, **fields: Field) -> Entry:
    """An entry that may be unsure and have notes too."""
    return _sourced(what, **fields, confidence=CONFIDENCE, **NOTES)


def _optional(entry: Entry, but: tuple[str, ...] = ()) -> dict[str, Field]:
    """The fields of an entry `but` some, each of which may be left out."""
    kept = (key for key in entry.fields if key not in but)
    return {key: entry.fields[key]._replace(required=False) for key in kept}


OBJECTION = _sourced(
    "an objection",
    state=required(ISO3, "the State that objects"),
    received_on=Field(Partial(), "day the Secretary-General received it; left out where not found"),
    confidence=CONFIDENCE,
    note=NOTES["note"],
)
CIRCULATED = _sourced("a circulation", on=required(Day(), "date of the depositary notification"))
LASTS = _sourced(
    "a duration",
    **{
        "while": required(
            OneOf("hostilities"),
            "hostilities: as long as those armed conflicts last, occupation alone aside, that the"
            " State is engaged in on the day of receipt",
        )
    },
)
COMMUNICATION = _fact(
    "a communication",
    state=required(ISO3, "the State that gives notice or communicates"),
    kind=required(
        OneOf("withdrawal", "revocation", "suspension"),
        "what it is: an instrument of withdrawal (Art. 20), its revocation, or a communication of"
        " suspension, for which the Convention has no clause",
    ),
    received_on=required(
        Partial(),
        "day the Depositary received it, as the Depositary records it (New York date): not the"
        " vote, the signature, or the circular",
    ),
    reference=Field(
        Text(REFERENCE, "C.N.<number>.<year>.TREATIES-<chapter>"),
        "number of the depositary notification",
    ),
    circulated=Field(CIRCULATED, "its circulation by the Depositary; starts nothing"),
    addressees=Field(
        ListOf(OneOf("depositary", "states-parties", "security-council"), least=1),
        "whom the notice is known to have gone to; left out where no source tells",
    ),
    reasons=Field(
        OneOf("true", "false", also=(True, False)),
        "whether it explained its reasons (Art. 20(2)); left out where no source tells",
    ),
    requested_on=Field(Day(), "a later day of effect that the instrument itself asks for"),
    invokes=Field(Text(), "the rule of law it relies on"),
    lasts=Field(
        LASTS, "how long a suspension is to last by its own account; left out where it names no end"
    ),
    objections=Field(ListOf(OBJECTION), "objections of other States to it"),
)
CONFLICT_END = _sourced(
    "an end of a conflict", on=required(Partial(), "its last day (a cease-fire alone is no end)")
)
PHASE = _sourced(
    "a phase",
    name=required(Text(), "what the phase is called"),
    start=required(Partial(), "its first day"),
)
CONFLICT = _fact(
    "a conflict",
    name=required(Text(), "the parties, as the classifier names them"),
    states=required(ListOf(ISO3, least=1), "the States engaged in it themselves"),
    kind=Field(
        OneOf("IAC", "NIAC"),
        "international or non-international, as classified; left out where nobody has",
    ),
    start=required(Partial(), "first day of the armed conflict"),
    end=Field(CONFLICT_END, "its end; left out while no source tells of one"),
    occupation=Field(
        OneOf("only", "also"), "only: nothing but occupation; also: besides hostilities"
    ),
    phases=Field(ListOf(PHASE), "parts that a source tells apart; no conflicts themselves"),
    classifier=Field(Text(), "who classifies it"),
)
VOTE = Entry(
    "a tally",
    **{"for": Field(Count(), "votes in favour")},
    against=Field(Count(), "votes against"),
    abstained=Field(Count(), "abstentions"),
    not_voting=Field(Count(), "present and not voting"),
    absent=Field(Count(), "absent"),
)
EVENT_KINDS = (
    "consideration", "statement", "government", "parliament", "president", "denial", "incident",
    "meeting", "depositary", "published-effect", "status", "aftermath", "other-treaty",
)  # fmt: skip
EVENT = _fact(
    "an event",
    date=required(Partial(), "the day it happened"),
    states=required(ListOf(ISO3), "the States it concerns; [] for the Convention at large"),
    kind=required(
        OneOf(*EVENT_KINDS),
        "what sort of step; published-effect: a source's statement that a withdrawal took effect"
        " that day; other-treaty: under another treaty, without any bearing on this one",
    ),
    title=required(Text(), "what happened, in one line"),
    vote=Field(VOTE, "the tally of a vote"),
)
SIGNATURE = _sourced("a signature", on=required(Partial(), "day of signature (Art. 15)"))
IN_FORCE = Entry(
    "an entry into force",
    **{"from": Field(Day(), "its day, only where it departs from Art. 17 on the deposit")},
    reason=Field(Text(), "why it departs; goes with from"),
    sources=required(SOURCE_IDS, "ids of the sources that print it, or a deadline it starts"),
)
DEPOSIT = _sourced(
    "a deposit",
    instrument=required(
        OneOf("ratification", "acceptance", "approval", "accession", "succession"),
        "kind of consent to be bound (Art. 16)",
    ),
    deposited_on=required(Partial(), "day the instrument was deposited with the Depositary"),
    in_force=Field(
        IN_FORCE, "its entry into force, where a source prints it or it departs from Art. 17"
    ),
    **NOTES,
)
CONSENT = _sourced(
    "a consent to another treaty",
    to=required(Text(), "the treaty, as remaining calls it"),
    on=required(Day(), "day of consent to be bound by it"),
)
FIRST_DAY = _sourced(
    "a first day",
    on=required(Day(), "the day it became a State"),
    through=Field(ISO3, "the State through which its territory was bound until then"),
    before=required(Text(), "what its territory was until then, in a sentence"),
)
MEMBER = Entry(
    "a member",
    signature=Field(SIGNATURE, "its signature, where it signed"),
    deposits=Field(ListOf(DEPOSIT), "instruments by which it joined, one for each time it did"),
    confidence=CONFIDENCE,
    **NOTES,
    sources=Field(SOURCE_IDS, f"{OF_THE_STATE}; left out: those of the treaty's roll"),
)
STATE = Entry(
    "a State",
    iso2=required(ISO2, "ISO 3166-1 alpha-2 code"),
    name=required(Text(), "the name shown"),
    un_name=Field(Text(), "the Depositary's name for it, where it differs"),
    other_names=Field(ListOf(Text()), "every other name it answers to"),
    first_day=Field(FIRST_DAY, "its first day, where it is younger than the Convention"),
    consents=Field(ListOf(CONSENT), "its consents to be bound by other treaties, where on record"),
    **{**MEMBER.fields, "sources": required(SOURCE_IDS, OF_THE_STATE)},
)
SOURCE = Entry(
    "a source",
    title=required(Text(), "title of the page or document"),
    publisher=required(Text(), "who published it"),
    url=required(Text(r"https?://[!-~]+", "a web address"), "its address"),
    date=Field(Reduced(), "day of publication, or of the copy used"),
    title_from=Field(OneOf("address"), "address: the title is read off the address of the page"),
    archived=Field(Text(), "where the copy used is kept"),
)
REFUSED = Entry(
    "some refused names",
    names=required(ListOf(Text(), least=1), "words that name no State here"),
    answer=required(Text(), "what to tell the reader"),
)
REVIEW = Entry(
    "a review",
    on=required(Day(), "day this part was last reviewed"),
    sources_to=required(Reduced(), "how far the sources used reach"),
)
FURTHER_REVIEWS = Entry(
    "the reviews of a further treaty",
    communications=required(REVIEW, "of communications"),
    events=required(REVIEW, "of events"),
    states=required(REVIEW, "of states"),
)
REVIEWS = Entry(
    "the reviews",
    **FURTHER_REVIEWS.fields,
    conflicts=required(REVIEW, "of conflicts"),
)
CLAUSE_ID = Text("[A-Z0-9]+-[A-Z0-9]+", "an id such as ROME-127")
PERIOD = Entry(
    "a period",
    number=required(Count(), "how many"),
    unit=required(OneOf("month", "year"), "months or years"),
)
MONTH_AND_DAY = Text("(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", "a day of the year as MM-DD")
YEARLY_DAY = Entry(
    "a day of the year",
    day=required(MONTH_AND_DAY, "the day of the year on which every withdrawal takes effect"),
    notice_by=required(MONTH_AND_DAY, "the last day of a year for the notice"),
    years_after=required(Count(), "how many years after that one the effect comes"),
)
SETTLES = Entry(
    "a settled reading",
    **{key: Field(OneOf(*values), "the value that is settled") for key, values in READINGS.items()},
)
CLAUSE = Entry(
    "a clause",
    treaty=required(Text(), "the treaty, and its year"),
    article=required(Text(), "its article"),
    depositary=required(Text(), "who receives the instrument"),
    starts=required(Text(), "what the time runs from"),
    period=Field(PERIOD, "the time from there to the effect"),
    first_of_month=Field(
        OneOf("true", also=(True,)), "true: the effect comes on the first of the month after it"
    ),
    year=Field(YEARLY_DAY, "the day of the year, in the place of a period"),
    membership_years=Field(
        Count(), "how many years after entry into force for the State a notice may come"
    ),
    later_day=Field(
        OneOf("stated", "open"),
        "stated: the instrument may state a later day; open: the clause is silent and sets the"
        " earliest day only; left out: it sets the day",
    ),
    conflict=Field(
        OneOf("any", "NIAC"),
        "the armed conflicts that bar the effect where the State is engaged in them when the period"
        " ends: any, or non-international ones alone; left out: none",
    ),
    settles=Field(
        SETTLES, "readings that are none here: its words or the depositary's practice settle them"
    ),
    quote=required(Text(), "its words; [...] stands for what is left out"),
    practice=required(Text(), "the practice on which its way of counting rests"),
    practice_sources=Field(SOURCE_IDS, "ids of the sources that tell of the practice"),
    note=NOTES["note"],
    sources=required(SOURCE_IDS, "ids of the sources in which the words were read"),
)
JOINING = Entry(
    "an entry into force of the treaty",
    deposit=required(Text("[a-z-]+", "a word such as fortieth"), "the deposit that brought it"),
    completed_on=required(Day(), "day of that deposit"),
    in_force_on=required(Day(), "day the treaty came into force"),
    months=required(
        Count(),
        "how many months after the month of a later deposit it enters into force, on the first day",
    ),
)
PROVISION = Text(READABLE, "a provision such as Art. 20(3)")
PROVISIONS = Entry(
    "the provisions",
    ban=required(PROVISION, "on what is banned under any circumstances"),
    signature=required(PROVISION, "on signature"),
    deposit=required(PROVISION, "on consent to be bound"),
    deposit_by_signatories=required(PROVISION, "on the instruments of signatories"),
    entry_into_force=required(PROVISION, "on entry into force"),
    first_entry_into_force=required(PROVISION, "on entry into force for the first States"),
    later_entry_into_force=required(PROVISION, "on entry into force for a later State"),
    withdrawal=required(PROVISION, "on withdrawal"),
    notice_form=required(PROVISION, "on what a notice says, and to whom it goes"),
    notice_period=required(PROVISION, "on the time between receipt and effect"),
    conflict=Field(PROVISION, "on armed conflict; left out where the treaty has none"),
    effect=required(PROVISION, "on the effect"),
)
DEADLINE = Entry(
    "a time limit",
    id=required(Text("[a-z-]+", "a word"), "what the step of the derivation is called"),
    provision=required(PROVISION, "the provision"),
    title=required(Text(), "the last day for it, in a list of days"),
    text=required(Text(), "the duty, in a sentence"),
    years=Field(Count(), "how many years from entry into force"),
    days=Field(Count(), "how many days from entry into force, in the place of years"),
)
DUTY = Entry(
    "a duty that remains",
    provision=required(Text(), "where it stands"),
    text=required(Text(), "what it says, with {state} for the State's name"),
    consented=Field(Text(), "what it says of a State that has consented to it on {day}"),
    consents_from=Field(Day(), "the first day on which one could consent to it"),
)
TREATY = Entry(
    "a treaty",
    names=required(
        ListOf(Text("[a-z0-9-]+", "a word such as mine-ban"), least=1),
        "what --treaty knows it by; the first is its id in machine formats",
    ),
    title=required(Text(), "the whole title"),
    name=required(Text(), "the usual name"),
    short=required(Text(), "the shortest name"),
    chapter=required(
        Text(CHAPTER, "a chapter such as XVIII.10"),
        "its place among the Depositary's treaties, with which its notifications are numbered",
    ),
    opened_on=required(Day(), "day it was opened for signature"),
    joining=required(JOINING, "how it came into force"),
    clause=required(CLAUSE_ID, "its clause on withdrawal: a key of clauses, or of clauses.yaml"),
    provisions=required(PROVISIONS, "its provisions, by what they are on"),
    deadlines=required(ListOf(DEADLINE), "the time limits that entry into force starts"),
    open_points=required(
        ListOf(Text("[a-z-]+", "a key of commentary.toml")), "what its text leaves open"
    ),
    remaining=required(ListOf(DUTY), "what a withdrawal leaves in place"),
    sources=required(SOURCE_IDS, "ids of the sources that tell of the treaty itself"),
)
VERSION = {
    "schema_version": required(OneOf("1", also=(1,)), "version of this format"),
    "version": required(Day(), "day of the last review: the data version"),
}
UNDER_THE_TREATY = {
    "treaty": required(TREATY, "the treaty that this file is on"),
    "clauses": Field(MapOf(CLAUSE_ID, CLAUSE), "clauses on withdrawal that clauses.yaml lacks"),
    "communications": required(
        ListOf(COMMUNICATION), "instruments and communications under or beside its clause"
    ),
    "events": required(ListOf(EVENT), "votes, decrees, statements: no legal effect here"),
    "sources": required(MapOf(SOURCE_ID, SOURCE), "every source once, by id"),
}
RECORD = Entry(
    "the record",
    **VERSION,
    reviewed=required(REVIEWS, "when each part was last reviewed"),
    **UNDER_THE_TREATY,
    conflicts=required(ListOf(CONFLICT), "armed conflicts that named sources report"),
    states=required(MapOf(ISO3, STATE), "the roll, by alpha-3 code"),
    ambiguous_names=Field(
        MapOf(Text(), ListOf(ISO3, least=2)), "words that several States answer to"
    ),
    refused_names=Field(
        ListOf(REFUSED), "words that must not resolve, with what the reader is told"
    ),
)
FURTHER_TREATY = Entry(
    "a further treaty",
    extends=required(OneOf("shipped"), "shipped: this treaty is asked beside the shipped record"),
    **VERSION,
    reviewed=required(FURTHER_REVIEWS, "when each part was last reviewed"),
    **UNDER_THE_TREATY,
    roll_sources=required(
        SOURCE_IDS, "ids of the sources that tell of every State whether it is a party"
    ),
    states=required(
        MapOf(ISO3, MEMBER), "the States that signed or joined, by alpha-3 code; others never did"
    ),
)

CHANGED_STATE = Entry("a changed State", **_optional(STATE))
SUPPLEMENT = Entry(
    "a supplement",
    **{
        "extends": required(
            OneOf("shipped"), "shipped: these entries are added to the shipped record"
        ),
        **_optional(RECORD, but=("reviewed", "treaty", "clauses")),
        "version": Field(Day(), "version of the supplement: the day it was last changed"),
        "states": Field(
            MapOf(ISO3, CHANGED_STATE),
            "States as they differ: a field given replaces the shipped one, the others stay",
        ),
    },
)
NOT_COMPUTED = Entry(
    "a clause that is not computed",
    ids=required(ListOf(Text(), least=1), "what it may be asked for by"),
    answer=required(Text(), "why it is not computed"),
    sources=required(SOURCE_IDS, "ids of the sources that tell it"),
)
CLAUSES = Entry(
    "the clauses",
    version=required(Day(), "day of the last review"),
    clauses=required(MapOf(CLAUSE_ID, CLAUSE), "the clauses, by id"),
    not_computed=required(
        ListOf(NOT_COMPUTED), "those whose right, start or end is contested, with the reason"
    ),
    sources=required(MapOf(SOURCE_ID, SOURCE), "every source once, by id"),
)
