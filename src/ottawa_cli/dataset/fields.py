"""The one definition of the record's format: every field, what it holds and what it means.

The validator, the JSON Schema and the field dictionary of the documentation are all
read off this module.
"""

from ottawa_cli.dataset.kinds import (
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
)

ISO3 = Text("[A-Z]{3}", "an ISO 3166-1 alpha-3 code such as LTU")
ISO2 = Text("[A-Z]{2}", "an ISO 3166-1 alpha-2 code such as LT")
SOURCE_ID = Text("[A-Z0-9][A-Za-z0-9-]*", "the id of an entry of sources, such as U26")
FLAG = OneOf("true", "false", also=(True, False))
COUNT = Count()
LIMITED_NOTE = Entry(
    "a limited note",
    {
        "text": Field(Text(), "what a reader should know, in one sentence", required=True),
        "from": Field(Partial(), "first day on which it holds"),
        "until": Field(Partial(), "last day on which it holds"),
        "under_what_ifs": Field(
            OneOf("false", also=(False,)),
            "false: it tells of the recorded course, and is left out where a what-if changes that",
        ),
    },
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
SOURCES = Field(ListOf(SOURCE_ID, least=1), "ids of the sources that tell it", required=True)

OBJECTION = Entry(
    "an objection",
    {
        "state": Field(ISO3, "the State that objects", required=True),
        "received_on": Field(
            Partial(), "day the Secretary-General received it; left out where not found"
        ),
        "confidence": CONFIDENCE,
        "note": NOTES["note"],
        "sources": SOURCES,
    },
)
CIRCULATED = Entry(
    "a circulation",
    {
        "on": Field(Day(), "date of the depositary notification", required=True),
        "sources": SOURCES,
    },
)
COMMUNICATION = Entry(
    "a communication",
    {
        "state": Field(ISO3, "the State that gives notice or communicates", required=True),
        "kind": Field(
            OneOf("withdrawal", "revocation", "suspension"),
            "what it is: an instrument of withdrawal (Art. 20), its revocation, or a"
            " communication of suspension, for which the Convention has no clause",
            required=True,
        ),
        "received_on": Field(
            Partial(),
            "day the Depositary received it, as the Depositary records it (New York date):"
            " not the vote, the signature, or the circular",
            required=True,
        ),
        "reference": Field(
            Text(
                r"C\.N\.[1-9][0-9]*\.[12][0-9]{3}\.TREATIES-XXVI\.5",
                "C.N.<number>.<year>.TREATIES-XXVI.5",
            ),
            "number of the depositary notification",
        ),
        "circulated": Field(CIRCULATED, "its circulation by the Depositary; starts nothing"),
        "addressees": Field(
            ListOf(OneOf("depositary", "states-parties", "security-council"), least=1),
            "whom the notice is known to have gone to; left out where no source tells",
        ),
        "reasons": Field(
            FLAG, "whether it explained its reasons (Art. 20(2)); left out where no source tells"
        ),
        "requested_on": Field(Day(), "a later day of effect that the instrument itself asks for"),
        "invokes": Field(Text(), "the rule of law it relies on"),
        "objections": Field(ListOf(OBJECTION), "objections of other States to it"),
        "confidence": CONFIDENCE,
        **NOTES,
        "sources": SOURCES,
    },
)
CONFLICT_END = Entry(
    "an end of a conflict",
    {
        "on": Field(Partial(), "its last day (a cease-fire alone is no end)", required=True),
        "sources": SOURCES,
    },
)
PHASE = Entry(
    "a phase",
    {
        "name": Field(Text(), "what the phase is called", required=True),
        "start": Field(Partial(), "its first day", required=True),
        "sources": SOURCES,
    },
)
CONFLICT = Entry(
    "a conflict",
    {
        "name": Field(Text(), "the parties, as the classifier names them", required=True),
        "states": Field(
            ListOf(ISO3, least=1), "the States engaged in it themselves", required=True
        ),
        "kind": Field(
            OneOf("IAC", "NIAC"),
            "international or non-international, as classified; left out where nobody has",
        ),
        "start": Field(Partial(), "first day of the armed conflict", required=True),
        "end": Field(CONFLICT_END, "its end; left out while no source tells of one"),
        "occupation": Field(
            OneOf("only", "also"), "only: nothing but occupation; also: besides hostilities"
        ),
        "phases": Field(ListOf(PHASE), "parts that a source tells apart; no conflicts themselves"),
        "classifier": Field(Text(), "who classifies it"),
        "confidence": CONFIDENCE,
        **NOTES,
        "sources": SOURCES,
    },
)
VOTE = Entry(
    "a tally",
    {
        key: Field(COUNT, meaning)
        for key, meaning in {
            "for": "votes in favour",
            "against": "votes against",
            "abstained": "abstentions",
            "not_voting": "present and not voting",
            "absent": "absent",
        }.items()
    },
)
EVENT_KINDS = (
    "consideration", "statement", "government", "parliament", "president", "denial", "incident",
    "meeting", "depositary", "published-effect", "status", "aftermath", "other-treaty",
)  # fmt: skip
EVENT = Entry(
    "an event",
    {
        "date": Field(Partial(), "the day it happened", required=True),
        "states": Field(
            ListOf(ISO3), "the States it concerns; [] for the Convention at large", required=True
        ),
        "kind": Field(
            OneOf(*EVENT_KINDS),
            "what sort of step; published-effect: a source's statement that a withdrawal took"
            " effect that day; other-treaty: under another treaty, without any bearing on this one",
            required=True,
        ),
        "title": Field(Text(), "what happened, in one line", required=True),
        "vote": Field(VOTE, "the tally of a vote"),
        "confidence": CONFIDENCE,
        **NOTES,
        "sources": SOURCES,
    },
)
SIGNATURE = Entry(
    "a signature",
    {
        "on": Field(Partial(), "day of signature (Art. 15)", required=True),
        "sources": SOURCES,
    },
)
IN_FORCE = Entry(
    "an entry into force",
    {
        "from": Field(Day(), "its day, only where it departs from Art. 17 on the deposit"),
        "reason": Field(Text(), "why it departs; goes with from"),
        "sources": Field(
            SOURCES.kind, "ids of the sources that print it, or a deadline it starts", required=True
        ),
    },
)
DEPOSIT = Entry(
    "a deposit",
    {
        "instrument": Field(
            OneOf("ratification", "acceptance", "approval", "accession", "succession"),
            "kind of consent to be bound (Art. 16)",
            required=True,
        ),
        "deposited_on": Field(
            Partial(), "day the instrument was deposited with the Depositary", required=True
        ),
        "in_force": Field(
            IN_FORCE, "its entry into force, where a source prints it or it departs from Art. 17"
        ),
        **NOTES,
        "sources": SOURCES,
    },
)
AMENDED_PROTOCOL_II = Entry(
    "a consent to Amended Protocol II",
    {
        "consented_on": Field(
            Day(), "day of consent to be bound by Amended Protocol II to the CCW", required=True
        ),
        "sources": SOURCES,
    },
)
FIRST_DAY = Entry(
    "a first day",
    {
        "on": Field(Day(), "the day it became a State", required=True),
        "through": Field(ISO3, "the State through which its territory was bound until then"),
        "before": Field(Text(), "what its territory was until then, in a sentence", required=True),
        "sources": SOURCES,
    },
)
STATE = Entry(
    "a State",
    {
        "iso2": Field(ISO2, "ISO 3166-1 alpha-2 code", required=True),
        "name": Field(Text(), "the name shown", required=True),
        "un_name": Field(Text(), "the Depositary's name for it, where it differs"),
        "other_names": Field(ListOf(Text()), "every other name it answers to"),
        "first_day": Field(FIRST_DAY, "its first day, where it is younger than the Convention"),
        "signature": Field(SIGNATURE, "its signature, where it signed"),
        "deposits": Field(
            ListOf(DEPOSIT), "instruments by which it joined, one for each time it did"
        ),
        "amended_protocol_ii": Field(
            AMENDED_PROTOCOL_II, "its consent to Amended Protocol II to the CCW, where on record"
        ),
        "confidence": CONFIDENCE,
        **NOTES,
        "sources": Field(
            SOURCES.kind,
            "ids of the sources that tell what is said of the State itself: its notes, and that it"
            " is a party, no longer one or never was",
            required=True,
        ),
    },
)
SOURCE = Entry(
    "a source",
    {
        "title": Field(Text(), "title of the page or document", required=True),
        "publisher": Field(Text(), "who published it", required=True),
        "url": Field(Text(r"https?://[!-~]+", "a web address"), "its address", required=True),
        "date": Field(Reduced(), "day of publication, or of the copy used"),
        "title_from": Field(
            OneOf("address"), "address: the title is read off the address of the page"
        ),
        "archived": Field(Text(), "where the copy used is kept"),
    },
)
REFUSED = Entry(
    "some refused names",
    {
        "names": Field(ListOf(Text(), least=1), "words that name no State here", required=True),
        "answer": Field(Text(), "what to tell the reader", required=True),
    },
)
REVIEW = Entry(
    "a review",
    {
        "on": Field(Day(), "day this part was last reviewed", required=True),
        "sources_to": Field(Reduced(), "how far the sources used reach", required=True),
    },
)
PARTS = ("communications", "conflicts", "events", "states")
RECORD = Entry(
    "the record",
    {
        "schema_version": Field(OneOf("1", also=(1,)), "version of this format", required=True),
        "version": Field(Day(), "day of the last review: the data version", required=True),
        "reviewed": Field(
            Entry("the reviews", {p: Field(REVIEW, f"of {p}", required=True) for p in PARTS}),
            "when each part was last reviewed",
            required=True,
        ),
        "communications": Field(
            ListOf(COMMUNICATION),
            "instruments and communications under or beside Article 20",
            required=True,
        ),
        "conflicts": Field(
            ListOf(CONFLICT), "armed conflicts that named sources report", required=True
        ),
        "events": Field(
            ListOf(EVENT), "votes, decrees, statements: no legal effect here", required=True
        ),
        "states": Field(MapOf(ISO3, STATE), "the roll, by alpha-3 code", required=True),
        "ambiguous_names": Field(
            MapOf(Text(), ListOf(ISO3, least=2)), "words that several States answer to"
        ),
        "refused_names": Field(
            ListOf(REFUSED), "words that must not resolve, with what the reader is told"
        ),
        "sources": Field(MapOf(SOURCE_ID, SOURCE), "every source once, by id", required=True),
    },
)
CHANGED_STATE = Entry(
    "a changed State",
    {key: Field(field.kind, field.means) for key, field in STATE.fields.items()},
)
SUPPLEMENT = Entry(
    "a supplement",
    {
        "extends": Field(
            OneOf("shipped"),
            "shipped: these entries are added to the shipped record",
            required=True,
        ),
        **{
            key: Field(field.kind, field.means)
            for key, field in RECORD.fields.items()
            if key != "reviewed"
        },
        "version": Field(Day(), "version of the supplement: the day it was last changed"),
        "states": Field(
            MapOf(ISO3, CHANGED_STATE),
            "States as they differ: a field given replaces the shipped one, the others stay",
        ),
    },
)
