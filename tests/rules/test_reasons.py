"""Notes and steps: what a reader must not miss, and a reason for every date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottawa_cli import Assumptions, Record
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.inquiry.assumptions import AssumedConflict
from ottawa_cli.model import Communication, Conflict, Deposit, Event, FirstDay, RecordNote, State
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.standing import Standing, standing
from ottawa_cli.rules.steps import steps
from ottawa_cli.rules.timeline import events

D = dt.date.fromisoformat
N, E = D("2026-01-10"), D("2026-07-10")
Party = Callable[..., State]
Sent = Callable[..., Communication]


def _codes(found: Standing) -> list[str]:
    return [note.code for note in notes(found)]


def _text(found: Standing, code: str) -> str:
    (note,) = (note for note in notes(found) if note.code == code)
    return note.text


# --- notes ---------------------------------------------------------------------------


def test_month_end_clamped(party: Party) -> None:
    found = standing(party([D("2024-08-31")]), D("2025-02-28"))
    text = _text(found, "month-end-clamped")
    assert all(word in text for word in ("2025-02-28", "2025-03-01", "refuse"))
    assert "month-end-clamped" not in _codes(standing(party([D("2024-08-28")]), D("2025-02-28")))


def test_month_end_refused(party: Party) -> None:
    found = standing(party([D("2024-08-31")]), D("2025-02-28"), Readings(month_end="refuse"))
    text = _text(found, "month-end-refused")
    assert "2025-02-28" in text
    assert "2025-03-01" in text
    assert "effect-projected" not in _codes(found)


def test_a_revocation_where_no_day_is_given(party: Party) -> None:
    """It cannot be called too late for a day that nobody gave."""
    state = party([D("2024-08-31")], [D("2025-02-28")])
    found = standing(state, D("2025-06-01"), Readings(month_end="refuse"))
    assert found.status == "uncertain"
    assert found.possible_statuses == ("party", "withdrawn")
    before = standing(party([D("2024-08-31")]), D("2025-06-01"), Readings(month_end="refuse"))
    assert before.possible_statuses == ("withdrawing", "withdrawn")
    assert "revocation-too-late" not in _codes(found)
    assert not any("None" in note.text for note in notes(found))


def test_projected_before_and_took_effect_from_the_day_on(party: Party) -> None:
    before, after = (standing(party([N]), day) for day in (D("2026-07-09"), E))
    assert "subject to the condition" in _text(before, "effect-projected")
    assert "effect-projected" not in _codes(after)
    told = [{step.id: step.text for step in steps(each)} for each in (before, after)]
    assert "projected" in told[0]["effect"]
    assert "subject to the condition" in told[0]["effect"]
    assert "took effect" in told[1]["effect"]
    assert "projected" not in told[1]["effect"]
    assert (before.days_to_effective, after.days_to_effective) == (1, 0)
    assert standing(party([N]), D("2026-07-11")).days_to_effective == -1


def test_resting_on_an_assumed_end(party: Party) -> None:
    what_if = Assumptions(conflicts={"XXA": (AssumedConflict(D("2026-06-01"), D("2026-12-31")),)})
    state, _ = what_if.lay_over(party([N]), E)
    found = standing(state, E)
    assert "2026-12-31" in _text(found, "rests-on-assumed-conflict-end")
    assert found.effective_basis == "assumed"


def test_conflict_ongoing(party: Party, conflict: Callable[..., Conflict]) -> None:
    found = standing(party([N], conflicts=(conflict(D("2026-06-01"), name="the war"),)), E)
    assert "the war" in _text(found, "conflict-ongoing")
    assert found.effective_on is None
    assert [c.suspends for c in found.conflicts] == [True]


def test_later_conflict_not_counted(party: Party, conflict: Callable[..., Conflict]) -> None:
    wars = (conflict(D("2026-06-01"), D("2026-08-01")), conflict(D("2026-07-20"), name="later"))
    state = party([N], conflicts=wars)
    assert "later" in _text(standing(state, E), "later-conflict-not-counted")
    wide = standing(state, E, Readings(conflict_scope="until-peace"))
    assert "later-conflict-not-counted" not in _codes(wide)
    assert "later" in _text(wide, "conflict-ongoing")


def test_suspension_contested_with_both_views(record: Record) -> None:
    text = _text(standing(record.state("UKR"), D("2026-11-23")), "suspension-contested")
    assert all(word in text for word in ("Art. 62", "takes another view", "Switzerland"))
    early = _text(standing(record.state("UKR"), D("2025-07-18")), "suspension-contested")
    assert "Switzerland" not in early


def test_revocation_too_late(party: Party) -> None:
    found = standing(party([N], [E]), E)
    assert "accession" in _text(found, "revocation-too-late")
    assert "revocation-too-late" not in _codes(standing(party([N], [D("2026-07-09")]), E))


@pytest.mark.parametrize(
    "reading", [f"{key}={value}" for key, values in READINGS.items() for value in values]
)
def test_reading_not_default(reading: str, party: Party) -> None:
    key, _, value = reading.partition("=")
    found = standing(party([N]), E, Readings.parse([reading]))
    given_away = value != READINGS[key][0]
    assert ("reading-not-default" in _codes(found)) is given_away
    if given_away:
        assert reading in _text(found, "reading-not-default")


def test_partial_dates_are_said_and_no_day_inside_is_named(party: Party) -> None:
    """Only the ends of what is unknown may be read; the days tried in between are nobody's."""
    month = PartialDate(D("2026-08-01"), D("2026-09-30"))
    state = party([month])
    found = standing(state, D("2026-12-01"))
    assert str(found.effective_on) == "2027-02-01/2027-03-30"
    partial = [note.text for note in notes(found) if note.code == "partial-date"]
    assert [("gave notice" in text, "day of effect" in text) for text in partial] == [
        (True, False), (False, True),
    ]  # fmt: skip
    said = " ".join(note.text for note in notes(found))
    allowed = {"2026-08-01", "2026-09-30", "2027-02-01", "2027-03-30"}
    assert set(re.findall(r"\d{4}-\d\d-\d\d", said)) <= allowed
    assert _codes(found).count("effect-projected") == 1
    assert _codes(found).count("month-end-clamped") == 1
    refused = standing(state, D("2026-12-01"), Readings(month_end="refuse"))
    assert _codes(refused).count("month-end-refused") == 1
    assert refused.effective_on is None


def test_partial_dates_of_signature_deposit_and_revocation(party: Party) -> None:
    state = party(
        [N], [PartialDate(D("2026-03-01"), D("2026-03-31"))],
        signed_on=PartialDate(D("1997-12-01"), D("1997-12-31")),
        deposits=(Deposit("ratification", PartialDate(D("1999-01-01"), D("1999-12-31"))),),
    )  # fmt: skip
    found = standing(state, D("2026-12-01"))
    texts = [note.text for note in notes(found) if note.code == "partial-date"]
    assert [text.partition(" is not")[0].split()[-1] for text in texts[:3]] == [
        "signed", "instrument", "notice",
    ]  # fmt: skip
    assert "month 1997-12" in texts[0]
    assert "year 1999" in texts[1]
    assert found.status == "party"


def test_a_revocation_too_late_on_some_days(party: Party) -> None:
    state = party([N], [PartialDate(D("2026-07-01"), D("2026-07-31"))])
    found = standing(state, D("2026-12-01"))
    assert found.possible_statuses == ("party", "withdrawn")
    assert "some of the possible days" in _text(found, "revocation-too-late")


def test_recorded_date_differs(party: Party) -> None:
    published = Event(exact(D("2026-07-12")), ("XXA",), "published-effect", "Out", sources=("S2",))
    state = party([N], events=(published,))
    assert "2026-07-12" in _text(standing(state, D("2026-07-12")), "recorded-date-differs")
    assert "recorded-date-differs" not in _codes(standing(state, D("2026-07-11")))
    at_once = published._replace(date=exact(N))
    found = standing(state._replace(events=(at_once,)), N)
    assert "2026-01-10" in _text(found, "recorded-date-differs")
    same = published._replace(date=exact(E))
    found = standing(state._replace(events=(same,)), E)
    assert "recorded-date-differs" not in _codes(found)
    (effect,) = (step for step in steps(found) if step.id == "effect")
    assert (effect.sources, "publish the same day" in effect.text) == (("S2",), True)


def test_conditional_notice(party: Party, conflict: Callable[..., Conflict]) -> None:
    """A State Party with a conflict and no notice: what a notice that day would meet."""

    def at(*wars: Conflict, as_of: dt.date = N) -> Standing:
        return standing(party(conflicts=wars), as_of)

    text = _text(at(conflict(D("2014-02-27"))), "conditional-notice")
    assert "2026-07-10" in text
    assert "no date" in text
    assert "2026-09-01" in _text(at(conflict(E, D("2026-09-01"))), "conditional-notice")
    in_time = _text(at(conflict(D("2026-01-01"), D("2026-07-09"))), "conditional-notice")
    assert "would take effect on 2026-07-10: the conflict is over in time" in in_time
    assert "over in time" in _text(at(conflict(N, N)), "conditional-notice")
    assert _codes(at(conflict(D("2026-01-01"), D("2026-01-09")))) == []
    narrow = Readings(conflict_kinds="international")
    goes_on = standing(party(conflicts=(conflict(D("2026-01-01"), None, "NIAC"),)), N, narrow)
    assert _codes(goes_on) == ["reading-not-default"]
    autumn = PartialDate(D("2026-09-01"), D("2026-11-30"))
    assert "2026-09-01" not in _text(at(conflict(E, autumn)), "conditional-notice")


def test_what_the_record_says_of_itself(party: Party) -> None:
    deposit = Deposit(
        "accession", exact(D("1998-06-01")), notes=(RecordNote("A note on the deposit."),)
    )
    found = standing(
        party(deposits=(deposit,), notes=(RecordNote("On the State."),), confidence="low"), E
    )
    assert [(note.code, note.text.rstrip(".")) for note in notes(found)[:2]] == [
        ("record", "A note on the deposit"), ("record", "On the State"),
    ]  # fmt: skip
    assert "low" in _text(found, "confidence")


def test_a_note_holds_on_its_days(party: Party) -> None:
    """A limit that is not known to the day is taken at its stricter end."""
    month = PartialDate(D("2020-06-01"), D("2020-06-30"))
    limited = (
        RecordNote("Always."),
        RecordNote("Later.", since=month),
        RecordNote("At first.", until=month),
    )
    state = party(notes=limited)

    def told(day: str) -> str:
        return _text(standing(state, D(day)), "record")

    assert told("2020-06-01") == "Always. At first."
    assert told("2020-06-29") == "Always."
    assert told("2020-06-30") == "Always. Later."
    assert _codes(standing(party(notes=limited[1:2]), D("2020-06-29"))) == []


def test_a_note_on_a_deposit_waits_for_it(party: Party) -> None:
    """Or for the entry into force, where that reaches back."""
    accession = Deposit("accession", exact(D("1998-06-01")), notes=(RecordNote("On the deposit."),))
    succession = accession._replace(
        instrument="succession", in_force_on=D("1998-03-01"), in_force_reason="Independence."
    )
    for deposit, first in ((accession, "1998-06-01"), (succession, "1998-03-01")):
        state = party(deposits=(deposit,))
        day = D(first)
        assert _codes(standing(state, day - dt.timedelta(1))) == []
        assert _text(standing(state, day), "record") == "On the deposit."


def test_a_note_on_the_recorded_course_is_not_told_of_another(party: Party) -> None:
    """Wherever in the record it stands."""
    both = (RecordNote("Always."), RecordNote("As recorded.", under_what_ifs=False))
    war = Conflict("war", exact(D("2026-07-01")), notes=both)
    vote = Event(exact(D("2026-01-01")), ("XXA",), "parliament", "Vote", notes=both)
    notice = Communication("withdrawal", exact(N), notes=both)
    deposit = Deposit("accession", exact(D("1998-06-01")), notes=both)
    state = party(
        notes=both, deposits=(deposit,), communications=(notice,), conflicts=(war,), events=(vote,)
    )
    revoked, _ = Assumptions(revocations={"XXA": (D("2026-08-01"),)}).lay_over(state, E)
    for one, expected in ((state, "Always. As recorded."), (revoked, "Always.")):
        found = [note.text for note in notes(standing(one, E)) if note.code == "record"]
        assert found == [expected, f"war: {expected}", expected, expected]
        by_kind = {event.kind: event.note for event in events(one, E)}
        told = {by_kind[kind] for kind in ("deposit", "withdrawal", "conflict-start", "parliament")}
        assert told == {expected}


def test_before_the_first_day(party: Party) -> None:
    """What is said of the State through which the territory was bound is what is known of it."""
    first = FirstDay(D("2006-06-03"), "It was part of another.", "YYY", ("F1",))
    state = party(first_day=first, deposits=())
    day = D("2006-06-02")
    young = standing(state, day)
    assert "F1" in young.sources
    assert _text(young, "no-state-yet").endswith(" 2006-06-03. It was part of another.")
    unknown = (Deposit("accession", PartialDate(D("2005-10-01"), D("2006-02-28"))),)
    for deposits, words in (
        (state.deposits, "was not bound either."),
        ((Deposit("accession", exact(D("1998-06-01"))),), "was bound through Someland."),
        (unknown, "Whether Someland was bound on that day is not settled."),
    ):
        through = standing(party(deposits=deposits), day)
        assert _text(young._replace(through=through), "no-state-yet").endswith(words)
    assert _codes(standing(state, first.on)) == []
    (born,) = events(state, day)
    assert (str(born.date), born.kind, born.sources) == ("2006-06-03", "first-day", ("F1",))
    assert "F1" not in standing(state, first.on).sources


def test_before_the_convention(party: Party) -> None:
    state = party(deposits=())
    assert _codes(standing(state, D("1997-12-02"))) == ["no-convention-yet"]
    assert _codes(standing(state, D("1997-12-03"))) == []


def test_an_assumption_after_the_day(party: Party) -> None:
    state, _ = Assumptions(notices={"XXA": (D("2027-01-10"),)}).lay_over(party(), E)
    assert "2027-01-10" in _text(standing(state, E), "assumption-after-day")
    assert "assumption-after-day" not in _codes(standing(state, D("2027-01-10")))


# --- steps ---------------------------------------------------------------------------

WHERE = {  # the step that arrives at each date of a standing
    "signed_on": "signature", "deposited_on": "deposit", "in_force_on": "entry-into-force",
    "received_on": "receipt", "revoked_on": "revocation", "period_end_on": "notice-period",
    "effective_on": "effect",
}  # fmt: skip


def _every_date_has_its_step(found: Standing, known: set[str]) -> None:
    for field, id in WHERE.items():
        date = getattr(found, field)
        if date is not None:
            arrived = [step.after for step in steps(found) if step.id == id]
            assert str(date) in arrived, (field, arrived)
    for step in steps(found):
        assert step.basis in {"recorded", "computed", "assumed", None}
        assert step.basis or not step.sources
        assert step.text[-1] in ".?"
        assert step.provision
        assert set(step.sources) <= known
        assert step.reading is None or step.reading in READINGS
    assert set(found.sources) <= known
    assert [step.id for step in steps(found)][-1] == "standing"


CHOICES = st.builds(
    Readings, **{key.replace("-", "_"): st.sampled_from(v) for key, v in READINGS.items()}
)


@st.composite
def _facts(draw: st.DrawFn) -> dict[str, Any]:
    received_on = draw(st.one_of(
        st.dates(D("2025-01-01"), D("2027-12-31")), st.just(D("2026-08-31")),
    ))  # fmt: skip
    near = st.integers(-20, 60)
    expiry = received_on + dt.timedelta(days=182)
    return {
        "received_on": received_on,
        "form": {
            "reasons": draw(st.sampled_from([None, True, False])),
            "addressees": draw(st.sampled_from([None, frozenset({"depositary"})])),
            "requested_on": draw(st.sampled_from([None, expiry, expiry + dt.timedelta(9)])),
        },
        "revoked_on": draw(st.one_of(st.none(), near.map(lambda n: expiry + dt.timedelta(n)))),
        "wars": draw(st.lists(st.tuples(near, st.one_of(st.none(), st.integers(0, 40))),
                              max_size=2)),
        "as_of": expiry + dt.timedelta(days=draw(st.integers(-200, 90))),
    }  # fmt: skip


@given(facts=_facts(), chosen=CHOICES)
def test_every_date_has_a_step_that_arrives_at_it(
    facts: dict[str, Any], chosen: Readings, party: Party, conflict: Callable[..., Conflict],
    sent: Sent,
) -> None:  # fmt: skip
    expiry = facts["received_on"] + dt.timedelta(days=182)
    wars = tuple(
        conflict(expiry + dt.timedelta(s), None if n is None else expiry + dt.timedelta(s + n))
        for s, n in facts["wars"]
    )
    state = party(
        revocations=[facts["revoked_on"]] if facts["revoked_on"] else [],
        communications=(sent("withdrawal", facts["received_on"], **facts["form"]),),
        conflicts=wars,
        signed_on=exact(D("1997-12-03")),
    )
    found = standing(state, facts["as_of"], chosen)
    _every_date_has_its_step(found, {"G1", "D1", "S1", "N1", "C1", "E1"})
    assert not any("None" in step.text for step in steps(found))
    assert not any("None" in note.text for note in notes(found))


@settings(max_examples=60)
@given(first=st.dates(D("2025-06-01"), D("2026-09-30")), length=st.integers(1, 60),
       after=st.integers(-10, 300), chosen=CHOICES)  # fmt: skip
def test_a_partial_receipt_has_steps_with_its_ends(
    first: dt.date, length: int, after: int, chosen: Readings, party: Party
) -> None:
    date = PartialDate(first, first + dt.timedelta(days=length))
    found = standing(party([date]), first + dt.timedelta(days=length + after), chosen)
    if found.status != "uncertain":
        _every_date_has_its_step(found, {"D1", "S1", "N1"})
    for text in [note.text for note in notes(found)] + [step.text for step in steps(found)]:
        assert "None" not in text


@pytest.mark.parametrize("as_of", ["1997-01-01", "2011-08-01", "2025-12-27", "2026-11-23"])
def test_the_whole_record_has_its_steps_and_sources(as_of: str, record: Record) -> None:
    known = set(record.raw["sources"])
    for iso3 in record.iso3s:
        found = standing(record.state(iso3), D(as_of))
        _every_date_has_its_step(found, known)
        for step in steps(found):
            rests = step.basis == "recorded" or step.id == "entry-into-force"
            assert step.sources or not rests, (iso3, step)


def test_a_void_notice_and_its_revocation(party: Party, sent: Sent) -> None:
    notice = sent("withdrawal", N, reasons=False)
    state = party(revocations=[D("2026-03-01")], communications=(notice,))
    found = standing(state, E, Readings(defects="invalid"))
    told = {step.id: step for step in steps(found)}
    assert "notice-period" not in told
    assert "no effect" in told["revocation"].text
    assert "no effect" in told["form"].text


def test_a_day_asked_for_is_later_than_the_six_months_or_says_nothing(
    party: Party, sent: Sent
) -> None:
    """The step is there only where the request moves the effect, and each step keeps its day."""

    def asked(requested_on: str, **readings: str) -> dict[str, str | None]:
        state = party(communications=(sent("withdrawal", N, requested_on=D(requested_on)),))
        return {step.id: step.after for step in steps(standing(state, E, Readings(**readings)))}

    assert "requested-day" not in asked("2026-07-10")
    assert "requested-day" not in asked("2026-07-11", effect_day="next-day")
    assert asked("2026-12-31")["requested-day"] == "2026-12-31"
    found = asked("2026-12-31", effect_day="next-day")
    assert (found["effect-day"], found["requested-day"]) == ("2026-07-11", "2026-12-31")


def test_where_unknown_days_lead_different_ways_each_is_told(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    """No step says of one possible day what holds of another only."""
    war = conflict(PartialDate(D("2026-07-01"), D("2026-07-31")), name="the war")
    found = standing(party([N], conflicts=(war,)), D("2026-12-01"))
    assert found.possible_statuses == ("suspended", "withdrawn")
    (test,) = (step for step in steps(found) if step.id == "conflict-test")
    assert "no armed conflict" in test.text
    assert "the war" in test.text
    assert [step.id for step in steps(found)][-2:] == ["unknown-day", "standing"]
    assert [c.suspends for c in found.conflicts] == [False]


def test_the_effect_of_an_earlier_spell_is_not_assumed(party: Party, sent: Sent) -> None:
    """Out in 2010 by the record, in again, and a what-if for 2020: only the second is assumed."""
    state = party(
        [D("2010-01-10")],
        communications=(sent("withdrawal", D("2020-01-10"))._replace(assumed=True),),
        deposits=(
            Deposit("accession", exact(D("1998-06-01"))),
            Deposit("accession", exact(D("2012-01-15"))),
        ),
    )
    found = standing(state, D("2026-11-23"))
    basis = [(step.after, step.basis) for step in steps(found) if step.id == "effect"]
    assert basis == [("2010-07-10", "computed"), ("2020-07-10", "assumed")]


def test_entry_into_force_rests_on_the_deposit_where_it_is_computed(party: Party) -> None:
    computed = Deposit("accession", exact(D("2004-05-12")), sources=("D1", "F1"),
                       in_force_sources=("F1", "F2"))  # fmt: skip
    recorded = computed._replace(in_force_on=D("2004-05-12"), in_force_reason="From the start.")
    for deposit, expected in ((computed, ("D1", "F1", "F2")), (recorded, ("F1", "F2"))):
        state = party(deposits=(deposit,))
        told = {step.id: step.sources for step in steps(standing(state, E))}
        dated = {event.kind: event.sources for event in events(state, E)}
        assert (told["deposit"], dated["deposit"]) == (("D1", "F1"), ("D1", "F1"))
        assert told["entry-into-force"] == dated["entry-into-force"] == expected


def test_the_end_of_a_conflict_has_its_own_sources(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    ended, ongoing = conflict(D("2014-02-27"), D("2026-08-01")), conflict(D("2014-02-27"))
    for war, expected in ((ended, ("E1",)), (ongoing, ("C1",))):
        told = {step.id: step for step in steps(standing(party([N], conflicts=(war,)), E))}
        assert told["conflict-test"].sources == ("C1",)
        assert told["conflict-end"].sources == expected
    dated = {event.kind: event.sources for event in events(party(conflicts=(ended,)), E)}
    assert (dated["conflict-start"], dated["conflict-end"]) == (("C1",), ("E1",))
