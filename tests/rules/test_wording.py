"""Whole answers as they are told, one file to read and to compare: facts, notes, steps, events.

`pytest tests/rules/test_wording.py --snapshot-update` writes the answers anew; read the difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from explained import explain
from syrupy.assertion import SnapshotAssertion

from ottawa_cli import Assumptions
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.inquiry.assumptions import AssumedConflict
from ottawa_cli.model import (
    ALL_ADDRESSEES,
    Consent,
    Deposit,
    Event,
    FirstDay,
    Objection,
    Phase,
    RecordNote,
    State,
)
from ottawa_cli.rules.explanation import Explanation
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.steps import steps
from ottawa_cli.rules.timeline import events, spans

D = dt.date.fromisoformat
N, E = D("2026-01-10"), D("2026-07-10")
Make = Callable[..., Any]


def _between(first: str, last: str) -> PartialDate:
    return PartialDate(D(first), D(last))


def _lines(state: State, as_of: dt.date, readings: Readings) -> Iterator[str]:
    found = explain(state, as_of, readings)
    yield from _standing(found)
    for step in steps(found.standing):
        yield (
            f"step {step.id} [{step.provision}] {step.basis} {step.before!r} -> {step.after!r}"
            f" ({step.reading}) {step.text} {'+'.join(step.sources)}"
        )
    for note in notes(found.standing):
        yield f"note {note.code}: {note.text}"
    for change in found.sensitivity.changes:
        choices = " & ".join("=".join(choice) for choice in change.choices)
        status, effective_on, bound = change.finding
        yield f"if {choices}: {status} {bound} {effective_on}"
    for point in found.points:
        yield f"point {point.letter} {point.reading}"
    yield f"remains: {len(found.remaining)} rules"
    for one in events(state, as_of, readings):
        yield (
            f"event {one.date} {one.kind} [{one.provision}] {one.basis} {one.confidence}"
            f" {one.title} ({one.note}) {'+'.join(one.sources)}"
        )
    for span in spans(state, as_of, readings):
        yield f"span {span.phase} {span.start} {span.end}"


def _standing(found: Explanation) -> Iterator[str]:
    told = found.standing
    yield f"{told.name} ({told.iso3}, {told.iso2}) on {told.as_of}: {told.status}"
    yield "/".join(told.possible_statuses)
    yield f"bound {told.bound} contested {told.contested} instrument {told.instrument}"
    for field in (
        "signed_on", "deposited_on", "in_force_on", "received_on", "revoked_on",
        "period_end_on", "effective_on", "effective_basis", "days_to_effective",
    ):  # fmt: skip
        yield f"{field} {getattr(told, field)}"
    yield f"notice {told.notice and told.notice.received_on}"
    for engaged in told.conflicts:
        yield f"conflict {engaged.conflict.name} suspends {engaged.suspends}"
    yield f"sources {'+'.join(told.sources)} firm {found.sensitivity.firm}"


def _cases(party: Make, conflict: Make, sent: Make) -> dict[str, tuple[State, str, str]]:
    """Facts, the day asked about and the readings, each by what it is about."""
    month = _between("2026-08-01", "2026-09-30")
    full = {"reasons": True, "addressees": ALL_ADDRESSEES}
    notice = sent(
        "withdrawal",
        N,
        reference="C.N.1",
        circulated_on=D("2026-01-20"),
        circulated_sources=("N2",),
        notes=(RecordNote("On the notice."),),
        **full,
        objections=(
            Objection(
                "NOR",
                "Norway",
                exact(D("2026-02-01")),
                (RecordNote("A note.", exact(N)),),
                "medium",
                ("O",),
            ),
            Objection("CHE", "Switzerland", None),
        ),
    )
    phase = Phase("a new phase", exact(D("2026-05-01")), ("P1",))
    war = conflict(
        D("2026-06-01"),
        D("2026-09-01"),
        "NIAC",
        name="the war",
        phases=(phase,),
        classifier="RULAC",
        notes=(RecordNote("On the war."),),
        confidence="low",
    )
    later = conflict(D("2026-08-15"), D("2026-10-01"), "IAC", name="the later war")
    occupied = conflict(D("2020-01-01"), None, "OCC", name="the occupation")
    vote = Event(
        exact(D("2025-12-01")),
        ("XXA",),
        "parliament",
        "Vote",
        (("in_favour", 90), ("against", 3)),
        (RecordNote("On the vote."),),
        "medium",
        ("V1",),
    )
    said = Event(exact(D("2026-02-10")), ("XXA",), "statement", "Statement", sources=("V2",))
    out = Event(
        exact(E),
        ("XXA",),
        "published-effect",
        "Out",
        notes=(RecordNote("On the day.", exact(N)),),
        sources=("S2",),
    )
    out_too = Event(exact(E), ("XXA",), "published-effect", "Out too", sources=("S3",))
    suspended = sent(
        "suspension",
        D("2025-07-18"),
        invokes="Art. 62",
        objections=(
            Objection("NOR", "Norway", exact(D("2026-02-01"))),
            Objection("CHE", "Switzerland", None),
            Objection("AUT", "Austria", exact(D("2027-02-01"))),
        ),
    )
    lasting = suspended._replace(
        lasts_while="hostilities",
        lasts_sources=("L1",),
        objections=(Objection("NOR", "Norway", exact(D("2026-02-01")), (), "medium"),),
    )
    fighting = conflict(D("2022-02-24"), name="the fighting")
    succession = Deposit(
        "succession",
        exact(D("2011-11-11")),
        D("2011-07-09"),
        "From independence.",
        (RecordNote("On the deposit."),),
        ("D1",),
        ("F1",),
    )
    again = (
        Deposit("accession", exact(D("2012-01-15")), sources=("D2",)),
        Deposit("ratification", exact(D("1998-06-01")), sources=("D1",), in_force_sources=("F1",)),
    )

    def assumed(*wars: AssumedConflict, of: State | None = None, **more: Any) -> State:
        what_if = Assumptions(notices={"XXA": (N,)}, conflicts={"XXA": wars}, **more)
        return what_if.lay_over(of or party(), E)[0]

    return {
        "never joined": (party(deposits=()), "2026-07-10", ""),
        "signed": (party(deposits=(), signed_on=exact(D("1997-12-03"))), "2026-07-10", ""),
        "not yet a State": (
            party(
                deposits=(),
                first_day=FirstDay(D("2011-07-09"), "It was part of another.", sources=("B1",)),
            ),
            "2011-07-08",
            "",
        ),
        "a note on the notice that begins later": (
            party(
                communications=(
                    sent("withdrawal", N, notes=(RecordNote("Known.", exact(D("2026-03-01"))),)),
                )
            ),
            "2026-02-01",
            "",
        ),
        "joining": (
            party(deposits=(Deposit("acceptance", exact(E), sources=("D1",)),)),
            "2026-07-10",
            "",
        ),
        "a succession": (party(deposits=(succession,)), "2026-07-10", ""),
        "of low confidence": (
            party(confidence="low", notes=(RecordNote("On the State."),)),
            "2026-07-10",
            "",
        ),
        "left": (
            party(
                communications=(notice,),
                events=(vote, out),
                signed_on=exact(D("1997-12-03")),
                consents=(Consent("Amended Protocol II to the CCW", D("1999-12-15"), ("P2",)),),
            ),
            "2026-07-10",
            "",
        ),
        "leaving": (
            party(communications=(notice._replace(reference=None),), events=(vote, said, out)),
            "2026-02-10",
            "",
        ),
        "two sources publish the day": (party([N], events=(out, out_too)), "2026-07-10", ""),
        "circulated that day": (party(communications=(notice,)), "2026-01-20", ""),
        "another day is published": (
            party([N], events=(out._replace(date=exact(D("2026-07-12"))),)),
            "2026-08-01",
            "",
        ),
        "next day": (party([N]), "2026-07-10", "effect-day=next-day"),
        "month end": (party([D("2024-08-31")]), "2025-02-10", ""),
        "month end, next day": (party([D("2024-08-31")]), "2025-03-01", "month-end=next-day"),
        "month end, refused": (party([D("2024-08-31")]), "2025-03-01", "month-end=refuse"),
        "month end, refused and revoked": (
            party([D("2024-08-31")], [D("2025-02-28")]),
            "2025-03-01",
            "month-end=refuse",
        ),
        "held back": (party([N], conflicts=(war,)), "2026-08-01", ""),
        "held back, over": (party([N], conflicts=(war,)), "2026-09-01", "conflict-end=next-day"),
        "not held back": (
            party([N], conflicts=(war,)),
            "2026-09-01",
            "conflict-kinds=international",
        ),
        "held back without end": (party([N], conflicts=(war, occupied)), "2026-09-01", ""),
        "occupation left out": (
            party([N], conflicts=(occupied,)),
            "2026-09-01",
            "occupation=excluded",
        ),
        "two wars": (party([N], conflicts=(war, later)), "2026-09-15", ""),
        "two wars, until peace": (
            party([N], conflicts=(war, later)),
            "2026-09-15",
            "conflict-scope=until-peace",
        ),
        "begun that day": (party([N], conflicts=(conflict(E, name="w"),)), "2026-07-10", ""),
        "begun that day, strict": (
            party([N], conflicts=(conflict(E, name="w"),)),
            "2026-07-10",
            "conflict-edges=strict",
        ),
        "ended that day": (party([N], conflicts=(conflict(N, E, name="w"),)), "2026-07-10", ""),
        "asked for later": (
            party(
                communications=(sent("withdrawal", N, requested_on=D("2026-12-31"), reasons=True),)
            ),
            "2026-08-01",
            "effect-day=next-day",
        ),
        "defective": (
            party(
                communications=(
                    sent("withdrawal", N, reasons=False, addressees=frozenset({"depositary"})),
                )
            ),
            "2026-07-10",
            "",
        ),
        "defective, invalid": (
            party(
                communications=(sent("withdrawal", N, reasons=False, addressees=ALL_ADDRESSEES),),
                revocations=[D("2026-03-01")],
            ),
            "2026-07-10",
            "defects=invalid",
        ),
        "told to all": (
            party(communications=(sent("withdrawal", N, addressees=ALL_ADDRESSEES),)),
            "2026-07-10",
            "",
        ),
        "revoked": (party([N], [D("2026-07-09")]), "2026-07-10", ""),
        "revoked while held back": (
            party([N], [D("2026-08-01")], conflicts=(war,)),
            "2026-08-01",
            "",
        ),
        "revoked too late": (party([N], [E]), "2026-07-10", ""),
        "month end without consequence": (
            party([D("2024-08-31")], conflicts=(conflict(D("2020-01-01"), name="w"),)),
            "2025-03-01",
            "",
        ),
        "unknown days of two notices and a revocation": (
            party(
                [N, _between("2026-03-01", "2026-03-31")], [_between("2026-02-20", "2026-03-10")]
            ),
            "2026-12-01",
            "",
        ),
        "second notice": (party([N, D("2026-03-01")]), "2026-07-01", ""),
        "notice after leaving": (party([N, D("2026-08-01")]), "2026-09-01", ""),
        "notice while joining": (
            party([D("2026-02-01")], deposits=(Deposit("accession", exact(N)),)),
            "2026-09-01",
            "",
        ),
        "notice before joining": (party([D("1998-01-01")]), "2026-09-01", ""),
        "in again": (party([D("2010-01-10"), D("2020-01-10")], deposits=again), "2020-05-01", ""),
        "suspension": (party(communications=(suspended,), conflicts=(occupied,)), "2026-07-10", ""),
        "suspension, on the day of an objection": (
            party(communications=(suspended,)),
            "2026-02-01",
            "",
        ),
        "suspension without a ground": (
            party(communications=(sent("suspension", N),)),
            "2026-02-01",
            "",
        ),
        "suspension for the hostilities": (
            party(communications=(lasting,), conflicts=(fighting,)),
            "2026-07-10",
            "",
        ),
        "suspension as communicated": (
            party(communications=(lasting,), conflicts=(fighting,)),
            "2026-07-10",
            "suspension=as-communicated",
        ),
        "suspension as communicated, with no hostilities": (
            party(communications=(lasting,)),
            "2026-07-10",
            "suspension=as-communicated",
        ),
        "assumed for a notice of unknown day": (
            Assumptions(conflicts={"XXA": (AssumedConflict(N, D("2027-02-15")),)}).lay_over(
                party([month]), E
            )[0],
            "2026-12-01",
            "",
        ),
        "suspension by one that left": (party([N], communications=(suspended,)), "2026-07-10", ""),
        "no notice, a war with an end": (
            party(conflicts=(conflict(N, D("2026-09-01"), name="w"),)),
            "2026-01-10",
            "",
        ),
        "no notice, a war with an unknown end": (
            party(conflicts=(conflict(N, _between("2026-09-01", "2026-09-30"), name="w"),)),
            "2026-01-10",
            "",
        ),
        "no notice, perhaps a war": (
            party(conflicts=(conflict(_between("2026-07-01", "2026-07-31"), name="w"),)),
            "2026-01-10",
            "",
        ),
        "unknown day of receipt": (party([month]), "2026-12-01", ""),
        "unknown day of receipt, leaving": (party([month]), "2027-03-01", ""),
        "unknown day of receipt, refused": (party([month]), "2026-12-01", "month-end=refuse"),
        "unknown day of deposit": (
            party(
                signed_on=_between("1997-12-01", "1997-12-31"),
                deposits=(
                    Deposit("ratification", _between("2026-02-04", "2026-08-31"), sources=("D1",)),
                ),
            ),
            "2026-11-23",
            "",
        ),
        "unknown day of revocation": (
            party([N], [_between("2026-07-01", "2026-07-31")]),
            "2026-12-01",
            "",
        ),
        "unknown start of a war": (
            party([N], conflicts=(conflict(_between("2026-07-01", "2026-07-31"), name="w"),)),
            "2026-12-01",
            "",
        ),
        "unknown start of a war up to that day": (
            party([N], conflicts=(conflict(_between("2026-07-09", "2026-07-10"), name="w"),)),
            "2026-12-01",
            "",
        ),
        "unknown end of a war": (
            party(
                [N],
                conflicts=(
                    conflict(N, _between("2026-07-05", "2026-08-31"), "NIAC", name="w"),
                    conflict(D("2026-08-10"), D("2026-09-15"), name="v"),
                ),
            ),
            "2026-07-20",
            "",
        ),
        "assumed": (assumed(AssumedConflict(D("2026-06-01"), D("2026-09-01"))), "2026-10-01", ""),
        "assumed in the place of the recorded": (
            assumed(
                AssumedConflict(D("2026-06-01"), D("2026-06-02"), "OCC"), of=party(conflicts=(war,))
            ),
            "2026-10-01",
            "",
        ),
        "assumed for later": (assumed(), "2026-01-09", ""),
        "assumed and revoked": (assumed(revocations={"XXA": (D("2026-02-01"),)}), "2026-03-01", ""),
        "assumed at war": (assumed(at_war=frozenset({"XXA"})), "2026-10-01", ""),
    }


def test_the_answer_as_it_is_told(
    party: Make, conflict: Make, sent: Make, snapshot: SnapshotAssertion
) -> None:
    for name, (state, as_of, readings) in _cases(party, conflict, sent).items():
        chosen = Readings.parse([readings]) if readings else DEFAULT
        assert "\n".join(_lines(state, D(as_of), chosen)) == snapshot(name=name)


def test_what_remains_as_it_is_told(party: Make, snapshot: SnapshotAssertion) -> None:
    for day in (None, D("1999-12-15")):
        state = party(
            [N], consents=(Consent("Amended Protocol II to the CCW", day, ("P2",)),) if day else ()
        )
        told = [f"{law}: {text} {sources}" for law, text, sources in explain(state, E).remaining]
        assert "\n".join(told) == snapshot(name=f"Amended Protocol II: {day}")
