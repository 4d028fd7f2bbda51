"""The dated events of a course, and an answer explained with what speaks for and against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from explained import explain

from ottawa_cli import Assumptions, ReadingError, Record
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.inquiry.assumptions import AssumedConflict
from ottawa_cli.model import (
    Communication,
    Conflict,
    Consent,
    Deposit,
    Duty,
    Event,
    Objection,
    Phase,
    State,
)
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings
from ottawa_cli.rules.standing import standing
from ottawa_cli.rules.steps import steps
from ottawa_cli.rules.timeline import TimelineEntry, events

D = dt.date.fromisoformat
N, E = D("2026-01-10"), D("2026-07-10")
Party = Callable[..., State]
Sent = Callable[..., Communication]


def _by_kind(found: tuple[TimelineEntry, ...]) -> dict[str, TimelineEntry]:
    return {one.kind: one for one in found}


# --- events --------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", ["1997-12-03", "2025-06-27", "2026-02-19", "2026-11-23"])
def test_events_of_the_whole_record(as_of: str, record: Record) -> None:
    """In order, each with a basis; what was received later is not there; effects agree."""
    for iso3 in record.iso3s:
        state = record.state(iso3)
        found = events(state, D(as_of))
        days = [one.date.earliest for one in found if one.date]
        assert days == sorted(days) or any(one.date is None for one in found)
        for one in found:
            assert one.basis in {"recorded", "computed", "assumed"}
            if one.kind in {"withdrawal", "revocation", "suspension", "circulation"}:
                assert one.date
                assert one.date.earliest <= D(as_of)
            if one.basis == "recorded":
                assert one.sources, (iso3, one)
        effects = [one.date for one in found if one.kind == "effect"]
        assert standing(state, D(as_of)).effective_on in (effects or [None])


def test_joining_and_leaving(party: Party) -> None:
    state = party([N], signed_on=exact(D("1997-12-03")))
    before, after = (_by_kind(events(state, day)) for day in (D("2026-07-09"), E))
    assert [(kind, str(one.date), one.basis) for kind, one in before.items()] == [
        ("signature", "1997-12-03", "recorded"), ("deposit", "1998-06-01", "recorded"),
        ("entry-into-force", "1999-03-01", "computed"), ("deadline", "2009-03-01", "computed"),
        ("withdrawal", "2026-01-10", "recorded"), ("notice-period-end", "2026-07-10", "computed"),
        ("effect", "2026-07-10", "computed"),
    ]  # fmt: skip
    assert "projected, subject to the condition" in before["effect"].title
    assert after["effect"].title == "Withdrawal took effect"
    assert "withdrawal" not in _by_kind(events(state, D("2026-01-09")))


def test_recorded_entry_into_force_has_its_reason(party: Party) -> None:
    deposit = Deposit("succession", exact(D("2011-11-11")), D("2011-07-09"), "From independence.")
    found = _by_kind(events(party(deposits=(deposit,)), E))["entry-into-force"]
    assert (str(found.date), found.basis, found.note) == (
        "2011-07-09", "recorded", "From independence.",
    )  # fmt: skip


def test_unknown_days_are_spans_and_start_no_deadlines(party: Party) -> None:
    deposit = Deposit("accession", PartialDate(D("2026-02-04"), D("2026-08-31")))
    found = _by_kind(events(party(deposits=(deposit,)), D("2026-11-23")))
    assert str(found["entry-into-force"].date) == "2026-08-01/2027-02-01"
    assert "deadline" not in found
    late = _by_kind(events(party([PartialDate(N, D("2026-01-31"))]), D("2026-11-23")))
    assert str(late["effect"].date) == "2026-07-10/2026-07-31"


def test_conflicts_and_their_phases(party: Party, conflict: Callable[..., Conflict]) -> None:
    phase = Phase("a new phase", exact(D("2022-02-24")), ("C2",))
    war = conflict(D("2014-02-20"), None, "IAC", name="a war", phases=(phase,), classifier="RULAC")
    found = _by_kind(events(party(conflicts=(war, conflict(D("2000-01-01"), D("2000-02-01")))), E))
    assert found["conflict-phase"].title == "a war: a new phase"
    starts = [one for one in events(party(conflicts=(war,)), E) if one.kind == "conflict-start"]
    assert [one.title for one in starts] == [
        "Armed conflict begins: a war (IAC, RULAC); no known end"
    ]
    assert found["conflict-end"].title == "Armed conflict ends: conflict from 2000-01-01"
    laid, _ = Assumptions(conflicts={"XXA": (AssumedConflict(N, E),)}).lay_over(party([N]), E)
    assert {one.basis for one in events(laid, E) if one.kind in {"conflict-start", "effect"}} == {
        "assumed"
    }


def test_the_record_of_a_notice(party: Party, sent: Sent) -> None:
    """Circular and objections from their own days on; an undated objection at the end."""
    objections = (
        Objection("CHE", "Switzerland", exact(D("2026-03-01"))), Objection("NOR", "Norway", None),
    )  # fmt: skip
    notice = sent("withdrawal", N, reference="C.N.1", circulated_on=D("2026-01-20"),
                  circulated_sources=("N2",), objections=objections)  # fmt: skip
    vote = Event(exact(D("2025-12-01")), ("XXA",), "parliament", "Vote", (("in_favour", 90),))
    state = party(communications=(notice,), events=(vote,))
    early, late = events(state, D("2026-01-19")), events(state, D("2026-03-01"))
    assert [one.kind for one in early if one.kind in {"circulation", "objection"}] == ["objection"]
    assert [one.title for one in late if one.kind in {"circulation", "objection"}] == [
        "Depositary notification C.N.1", "Objection by Switzerland", "Objection by Norway",
    ]  # fmt: skip
    assert _by_kind(late)["circulation"].sources == ("N2",)
    assert "Vote: 90 in favour" in [one.title for one in late]
    assert "parliament" not in _by_kind(events(state, D("2025-11-30")))


def test_a_published_day_of_effect_confirms_or_differs(party: Party) -> None:
    published = Event(exact(E), ("XXA",), "published-effect", "Published", sources=("S2",))
    same = events(party([N], events=(published,)), E)
    assert [one.kind for one in same].count("effect") == 1
    assert (_by_kind(same)["effect"].note, _by_kind(same)["effect"].sources) == (
        "Published", ("S2",),
    )  # fmt: skip
    assert "published-effect" not in _by_kind(same)
    other = published._replace(date=exact(D("2026-07-12")))
    found = _by_kind(events(party([N], events=(other,)), D("2026-07-12")))
    assert (str(found["published-effect"].date), found["published-effect"].basis) == (
        "2026-07-12",
        "recorded",
    )


def test_no_effect_where_none_is_sure(party: Party, conflict: Callable[..., Conflict]) -> None:
    war = conflict(D("2026-06-01"))
    assert "effect" not in _by_kind(events(party([N], conflicts=(war,)), E))
    refused = events(party([D("2024-08-31")]), E, Readings(month_end="refuse"))
    assert not {"effect", "notice-period-end"} & set(_by_kind(refused))
    revoked = _by_kind(events(party([N], [D("2026-03-01")]), E))
    assert "effect" not in revoked
    assert str(revoked["notice-period-end"].date) == "2026-07-10"


# --- explanation ---------------------------------------------------------------------


def _letters(state: State, as_of: dt.date = E, readings: Readings = DEFAULT) -> set[str]:
    return {
        point.letter + (point.reading or "") for point in explain(state, as_of, readings).points
    }


def test_the_open_points_are_those_of_the_facts(
    party: Party, conflict: Callable[..., Conflict], sent: Sent
) -> None:
    assert _letters(party([N])) == {"beffect-day"}
    assert "amonth-end" in _letters(party([D("2024-08-31")]), D("2025-02-28"))
    assert "f" in _letters(party([N], [E]))
    war = conflict(E, D("2026-08-01"), "OCC")
    later = conflict(D("2026-07-20"), D("2026-09-01"), "NIAC")
    assert _letters(party([N], conflicts=(war, later))) >= {
        "d1conflict-edges", "d2conflict-scope", "d3occupation", "econflict-end",
    }  # fmt: skip
    defective = sent("withdrawal", N, reasons=False)
    assert "idefects" in _letters(party(communications=(defective,)))
    assert "gsuspension" in _letters(party(communications=(sent("suspension", N),)))
    assert "c" in _letters(party([PartialDate(N, D("2026-01-31"))]))


def test_a_clamp_that_decides_whether_the_state_is_bound(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    state = party([D("2024-08-31")], conflicts=(conflict(D("2025-03-01")),))
    found = explain(state, D("2025-03-01"))
    singles = {change.choices: change for change in found.sensitivity.changes}
    change = singles[(("month-end", "next-day"),)]
    assert change.finding == ("suspended", None, True)
    assert found.standing.bound is False


def test_what_remains_after_leaving(party: Party) -> None:
    state = party([N])
    found = {provision: text for provision, text, _ in explain(state, E).remaining}
    assert "Art. 20(4)" in found
    assert "does not hold" in found["Amended Protocol II to the CCW"]
    bound = state._replace(
        consents=(Consent("Amended Protocol II to the CCW", D("1999-12-15"), ("P2",)),)
    )
    *_, (_, text, sources) = explain(bound, E).remaining
    assert "1999-12-15" in text
    assert sources == ("P2",)
    assert explain(party(), E).remaining == ()
    assert explain(party([N], [D("2026-03-01")]), E).remaining == ()


def test_a_consent_of_which_the_duty_says_nothing_changes_no_word(party: Party) -> None:
    state = party([N], consents=(Consent("Art. 1", D("1999-12-15"), ("P2",)),))
    treaty = state.treaty._replace(remaining=(Duty("Art. 1", "It binds {state}."),))
    told = explain(state._replace(treaty=treaty), E).remaining
    assert told == (("Art. 1", "It binds Someland.", ()),)


def test_short_spells_have_no_deadline_after_their_end(party: Party) -> None:
    """In force 1 September 2025, out on 10 September 2026: the report was due, no stockpiles."""
    state = party([D("2026-03-10")], deposits=(Deposit("accession", exact(D("2025-03-12"))),))
    ids = [step.id for step in steps(standing(state, D("2027-01-01")))]
    assert "first-report" in ids
    assert "stockpiles" not in ids
    deadlines = [one for one in events(state, D("2027-01-01")) if one.kind == "deadline"]
    assert [one.provision for one in deadlines] == ["Art. 7(1)"]
    # Out with the first hour of the day on which stockpiles would have been due: 1 March 2003.
    state = party([D("2002-09-01")])
    assert "stockpiles" not in [step.id for step in steps(standing(state, D("2027-01-01")))]
    assert "Art. 4" not in [one.provision for one in events(state, D("2027-01-01"))]
    stayed = party([D("2002-09-02")])
    assert "stockpiles" in [step.id for step in steps(standing(stayed, D("2027-01-01")))]
    assert "Art. 4" in [one.provision for one in events(stayed, D("2027-01-01"))]
    state = party([D("2025-09-01")], deposits=(Deposit("accession", exact(D("2025-03-12"))),))
    found = standing(state, D("2027-01-01"))
    report = [step.after for step in steps(found) if step.id == "first-report"]
    assert (report, str(found.effective_on)) == (["2026-02-28"], "2026-03-01")


# --- readings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (["month-ends=last-day"], "not a reading: choose one of month-end, effect-day, conf"),
        (["month-end"], "not a value"),
        (["month-end=first-day"], "last-day, next-day, refuse"),
        (["month-end=refuse", "month-end=next-day"], "given twice"),
    ],
)
def test_readings_that_cannot_be_read(choices: list[str], words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        Readings.parse(choices)


def test_readings_read_back() -> None:
    assert Readings.parse([]) == DEFAULT
    assert [READINGS[key][0] for key, _ in DEFAULT.items()] == [v for _, v in DEFAULT.items()]
    for key, values in READINGS.items():
        for value in values:
            one = Readings.parse([f" {key} = {value} ", f"{key}={value}"])
            assert dict(one.items())[key] == value
            assert one.changed() == ([] if value == values[0] else [(key, value)])
            assert one == DEFAULT.choosing(key, value)
