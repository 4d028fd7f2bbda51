"""What the text leaves open, with the authority on each side, and what remains after leaving.

In words of this project; the explanation page on Article 20 argues each point at length,
under the same letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ottawa_cli.rules.result import Standing
from ottawa_cli.rules.steps import steps


class Point(NamedTuple):
    """An open point: its letter on the explanation page, the reading it is chosen by (if any),
    the question and the authority on both sides."""

    letter: str
    reading: str | None
    question: str
    default: str
    other: str


POINTS = {
    "month-end": Point(
        "a", "month-end",
        "Which day ends six months whose same-numbered day does not exist?",
        "The last day of the month: European Convention on the Calculation of Time-Limits"
        " (ETS 76) Art. 4(2), Regulation 1182/71 Art. 3(2)(c), neither of which binds the"
        " Depositary; and the two cases found before the Secretary-General, of three months (Rome"
        " Convention 1961, Turkmenistan: 31 August to 30 November 2020; Brussels Convention 1974,"
        " Morocco: 31 March to 30 June 1983).",
        "The first of the next month, since six full months have not passed before it (so counted"
        " in treaties listed by WIPO for Switzerland, 31 March to 1 July 2008, and India, 31"
        " January to 1 May 1975); or no day at all until a rounding is declared (Monat, Fromherz"
        " and Merigoux, ESOP 2024).",
    ),
    "effect-day": Point(
        "b", "effect-day",
        "Does the effect come on the last day of the six months or on the day after?",
        "On the same-numbered day: the Depositary states 27 June to 27 December 2025 and 10 July"
        " 2025 to 10 January 2026 under this very clause, and counts so in each exit found from"
        " its other treaties. That the State is out from the start of that day is an inference.",
        "On the next day: other depositaries count so, the World Bank under the same words (ICSID"
        " Convention Art. 71, Bolivia: 2 May to 3 November 2007) and Portugal (Energy Charter"
        " Treaty Art. 47, France: 7 December 2022 to 8 December 2023); Estonia's mission to the"
        " United Nations spoke of 28 December 2025; and elsewhere a period of months runs to"
        " the end of its last day (ETS 76 Art. 3; Misset v Council, case 152/85).",
    ),
    "conflict-edges": Point(
        "d1", "conflict-edges",
        "Does a conflict that begins on the very day of expiry count?",
        'Yes: "on the expiry" names one day, to its last hour, and in doubt a ban that holds "under'
        ' any circumstances" (Art. 1) goes on.',
        "No: that very day is the Depositary's day of effect (Estonia, 27 December 2025). If the"
        " effect comes with its start, an inference, a conflict begun later that day found the"
        " State already out.",
    ),
    "conflict-scope": Point(
        "d2", "conflict-scope",
        "Does a conflict count that begins while an earlier one still holds the withdrawal back?",
        'No: the sentence looks at one day and then at "the armed conflict" of that day (French'
        " ce conflit, Russian этого конфликта); Art. 17(3) of the nuclear-weapons prohibition"
        " treaty shows how a wider rule is written.",
        "Yes: the aim is to bar withdrawal during armed conflicts (ICRC, 1998), and Switzerland"
        " reads the clause as waiting for the end of any armed conflicts of the State.",
    ),
    "conflict-kinds": Point(
        "d3", "conflict-kinds",
        "Does a non-international armed conflict hold a withdrawal back?",
        'Yes: "an armed conflict" has no qualifier, in a treaty whose ban holds under any'
        " circumstances (Art. 1).",
        "No: the clause has models in the law of international conflicts (CCW of 1980, before its"
        " scope was widened). An inference and weak: the nearest older clause, Additional Protocol"
        " II Art. 25, is for non-international conflicts alone.",
    ),
    "occupation": Point(
        "d3", "occupation",
        "Does occupation without hostilities count as armed conflict?",
        "Yes: the Geneva Conventions apply to occupation even where it meets no resistance (common"
        " Article 2(2)), and the Geneva Academy lists it among armed conflicts.",
        'No: CCW Art. 9(2), Additional Protocol I Art. 99 and Protocol III Art. 14 say "or'
        ' occupation"; Art. 20 does not.',
    ),
    "conflict-end": Point(
        "e", "conflict-end",
        "Does the withdrawal take effect on the day the conflict ends or on the day after?",
        'On that day: "not before the end" (Art. 20(3)) sets a floor, and at the end it is'
        " reached. Medium to low confidence; no State is known to have been in this position.",
        "On the day after: the Russian text and the ICRC's note of 1998 say after the end; and, an"
        " inference, the day a war ended was a day of war.",
    ),
    "revocation": Point(
        "f", None,
        "Until when can a notice be revoked?",
        "Until it takes effect (Vienna Convention on the Law of Treaties, Art. 68, for the"
        " instruments of Art. 67(2), a withdrawal under the treaty's own clause among them; Gambia"
        " and South Africa, Rome Statute, 2017); so also, an inference, while it is suspended."
        " From the day of effect on the way back is accession (Art. 16) and a new wait"
        " (Art. 17(2)).",
        "Art. 20 does not speak of it, and no revocation of a notice under it is known.",
    ),
    "suspension": Point(
        "g", None,
        "Can the operation of the Convention be suspended?",
        "No: no clause allows it, and the ban holds under any circumstances (Art. 1; Arts. 19 and"
        " 20(3); Vienna Convention Arts. 42(2), 57); the 22nd Meeting of the States Parties said"
        " so in its report of December 2025, and States objected. The Depositary took no position"
        " that is known; its page of 3 February 2026 lists the State as a party, with no note.",
        "Yes: the State invokes a fundamental change of circumstances (Vienna Convention Art. 62)"
        " and, in the note to its bill, self-defence (UN Charter Art. 51). What the parties that"
        " are not known to have objected hold, no source says. Only the parties can settle it.",
    ),
    "defects": Point(
        "i", "defects",
        "Does a notice without reasons, or not sent to all three addressees, count?",
        "Yes: paragraph 3 makes the time depend on the Depositary's receipt alone, and the right"
        " is one of national sovereignty (paragraph 2).",
        'No: the instrument "shall include" a full explanation, and where drafters wanted a lack'
        " of reasons to be harmless they said so (UNCLOS Art. 317(1)).",
    ),
    "unknown-day": Point(
        "c", None,
        "What if the day of an instrument is not established?",
        "The day of receipt by the Depositary, as it records it, governs (Arts. 17(2), 20(3) and"
        " 21; Vienna Convention Art. 78(b)), and nothing stands in for it: the rules run on every"
        " day it can have been, and where they differ the answer is uncertain.",
        "A decree, a vote, a ceremony or a press report does give a day, but not this one: the"
        " Philippines' letter on the Rome Statute was handed over on 15 March 2018 and is recorded"
        " on 17 March.",
    ),
}  # fmt: skip


def points(standing: Standing, moved_by: Iterable[str]) -> list[Point]:
    """The open points an answer touches: what its steps turn on, and the readings that move it."""
    touched = {*moved_by, *(step.reading for step in steps(standing))}
    if standing.revoked_on:
        touched.add("revocation")
    if standing.contested:
        touched.add("suspension")
    papers = (standing.signed_on, standing.deposited_on, standing.received_on, standing.revoked_on)
    if any(date and date.day is None for date in papers):
        touched.add("unknown-day")
    return [point for key, point in POINTS.items() if key in touched]


def remaining(standing: Standing) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a withdrawal leaves in place: (provision, sentence, source ids); none without one."""
    if standing.notice is None or set(standing.possible_statuses) == {"party"}:
        return []
    state = standing.state
    found: list[tuple[str, str, tuple[str, ...]]] = [
        ("Art. 20(4)", "Obligations under any relevant rules of international law go on.", ()),
        (
            "Vienna Convention on the Law of Treaties, Art. 70(1)(b) and (2)",
            "Rights, obligations and legal situations from before the day of effect stay as they"
            " are; up to that day every duty of the Convention runs.",
            (),
        ),
        (
            "Customary law",
            "Distinction, proportionality and precautions bind in every armed conflict; on"
            " landmines see rules 81 to 83 of the ICRC study of customary law.",
            (),
        ),
        ("Domestic law", f"The laws of {state.name} stay as they are until it changes them.", ()),
    ]
    if state.amended_protocol_ii_on:
        found.append(
            (
                "Amended Protocol II to the CCW",
                f"{state.name} has consented to be bound ({state.amended_protocol_ii_on}): no"
                " undetectable anti-personnel mines; self-destruction or marked and monitored"
                " areas; records; care for civilians.",
                state.amended_protocol_ii_sources,
            )
        )
    else:
        found.append(
            (
                "Amended Protocol II to the CCW",
                f"The record does not hold whether {state.name} is bound by it.",
                (),
            )
        )
    return found
