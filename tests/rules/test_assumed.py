"""What an answer rests on: the course of a State knows which of its days a what-if decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.inquiry.assumptions import AssumedConflict, Assumptions
from ottawa_cli.model import Communication, Deposit, State
from ottawa_cli.rules.readings import READINGS, Readings
from ottawa_cli.rules.sensitivity import Unsettled, sensitivity
from ottawa_cli.rules.standing import finding, standing
from ottawa_cli.rules.steps import steps
from ottawa_cli.rules.timeline import events, spans

D = dt.date.fromisoformat
N, E = D("2026-01-10"), D("2026-07-10")
Make = Callable[..., Any]


def _laid(state: State, as_of: dt.date, **what_ifs: Any) -> State:
    return Assumptions(**{key: {"XXA": days} for key, days in what_ifs.items()}).lay_over(
        state, as_of
    )[0]


def _bases(state: State, as_of: dt.date, readings: Readings | None = None) -> dict[str, str | None]:
    found = standing(state, as_of, readings or Readings())
    return {step.id: step.basis for step in steps(found)}


# --- what a standing rests on ------------------------------------------------------------


def test_nothing_assumed_rests_on_nothing_assumed(party: Make, conflict: Make) -> None:
    state = party([N], [D("2026-08-01")], conflicts=(conflict(D("2026-07-01"), D("2026-09-01")),))
    assert "assumed" not in {one.basis for one in events(state, D("2026-12-01"))}
    assert {one.basis for one in spans(state, D("2026-12-01"))} == {"computed"}
    assert standing(state, D("2026-12-01")).basis == "computed"


def test_a_recorded_notice_that_only_an_assumed_revocation_lets_run(party: Make) -> None:
    """It came after the day of effect of the first: its receipt is a fact, its six months not."""
    again = D("2026-09-01")
    state = _laid(party([N, again]), again, revocations=(D("2026-03-01"),))
    found = standing(state, again)
    assert (found.status, found.basis) == ("withdrawing", "assumed")
    assert str(found.received_on) == "2026-09-01"
    taken = [(step.id, step.after, step.basis) for step in steps(found) if step.after]
    assert ("receipt", "2026-09-01", "recorded") in taken
    assert ("notice-period", "2027-03-01", "assumed") in taken
    assert ("notice-period", "2026-07-10", "computed") in taken
    dated = [(one.kind, str(one.date), one.basis) for one in events(state, again)]
    assert ("withdrawal", "2026-09-01", "recorded") in dated
    assert ("notice-period-end", "2027-03-01", "assumed") in dated
    assert ("effect", "2027-03-01", "assumed") in dated


def test_a_notice_idle_for_a_what_if_rests_on_it(party: Make) -> None:
    """A conflict assumed holds the first back, and so the second cannot start its own time."""
    again = D("2026-09-01")
    plain = party([N, again])
    assert _bases(plain, again)["idle-notice"] == "recorded"  # the State was out already
    state = _laid(plain, again, conflicts=(AssumedConflict(D("2026-07-01")),))
    assert _bases(state, again)["idle-notice"] == "assumed"
    assert _bases(_laid(party(), again, notices=(N, again)), again)["idle-notice"] == "assumed"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-09", ("party", "computed")), ("2026-01-10", ("withdrawing", "computed")),
        ("2026-07-09", ("withdrawing", "computed")), ("2026-07-10", ("suspended", "assumed")),
        ("2026-08-31", ("suspended", "assumed")), ("2026-09-01", ("party", "assumed")),
    ],
)  # fmt: skip
def test_from_which_day_on_a_conflict_decides(
    day: str, expected: tuple[str, str], party: Make
) -> None:
    """Held back by an assumed conflict, and revoked while it was."""
    whole = party([N], [D("2026-09-01")])
    state = _laid(whole, D(day), conflicts=(AssumedConflict(D("2026-06-01")),))
    found = standing(state, D(day))
    assert (found.status, found.basis) == expected


@pytest.mark.parametrize(
    ("revoked", "basis"), [("2026-07-09", "recorded"), ("2026-07-10", "assumed"),
                           ("2026-09-01", "assumed")],
)  # fmt: skip
def test_a_recorded_revocation_that_only_an_assumed_conflict_lets_come_in_time(
    revoked: str, basis: str, party: Make
) -> None:
    """One before the six months are over is in time whatever the conflicts."""
    state = _laid(party([N], [D(revoked)]), E, conflicts=(AssumedConflict(D("2026-06-01")),))
    assert _bases(state, D("2026-09-01"))["revocation"] == basis


def test_a_void_notice_rests_on_no_conflict(party: Make, sent: Make) -> None:
    """By defects=invalid it never ran; by month-end=refuse no test was made on any day."""
    void = party(communications=(sent("withdrawal", N, reasons=False),))
    war = (AssumedConflict(D("2026-06-01")),)
    found = standing(_laid(void, E, conflicts=war), E, Readings(defects="invalid"))
    assert (found.status, found.basis) == ("party", "computed")
    refused = party([D("2025-08-31")], conflicts=_laid(void, E, conflicts=war).conflicts)
    found = standing(refused, E, Readings(month_end="refuse"))
    assert (found.status, found.basis) == ("uncertain", "computed")


def test_a_notice_taken_away_is_missed_from_its_day_on_in_its_own_spell(party: Make) -> None:
    deposits = tuple(Deposit("accession", exact(D(day))) for day in ("1998-06-01", "2010-01-15"))
    state = _laid(party([D("2005-01-01")], deposits=deposits), E, notices=(D("2015-01-01"),))
    found = {(one.phase, str(one.start)): one.basis for one in spans(state, E)}
    assert found[("party", "1999-03-01")] == "computed"
    assert found[("party", "2005-01-01")] == "assumed"
    assert found[("joining", "2010-01-15")] == "computed"
    assert found[("party", "2010-07-01")] == "computed"
    assert found[("withdrawn", "2015-07-01")] == "assumed"


# --- a what-if of a later day ------------------------------------------------------------


def test_a_notice_taken_away_from_the_day_of_the_deposit_is_missed_too(party: Make) -> None:
    state = _laid(party([D("1998-06-01")]), E, notices=(N,))
    assert standing(state, D("2000-01-01")).basis == "assumed"
    assert standing(state, D("1998-05-31")).basis == "computed"


def test_a_later_notice_in_a_later_spell_is_told(party: Make) -> None:
    deposits = tuple(Deposit("accession", exact(D(day))) for day in ("1998-06-01", "2010-01-15"))
    state = _laid(party(deposits=deposits), D("2005-01-01"), notices=(N,))
    found = standing(state, D("2005-01-01"))
    assert (found.status, str(found.effective_on)) == ("party", "2026-07-10")
    before = standing(state, D("1990-01-01"))
    assert (before.status, str(before.effective_on)) == ("not-party", "2026-07-10")


def test_recorded_papers_of_a_later_day_stay_out_without_a_what_if(party: Make, sent: Make) -> None:
    """With one, those it builds on come in; a suspension, which nothing builds on, does not."""
    state = party([N], communications=(sent("suspension", D("2026-02-01")),))
    early = D("2025-06-01")
    assert standing(state, early).received_on is None
    ahead = _laid(state, early, revocations=(D("2026-03-01"),))
    found = standing(ahead, early)
    assert (str(found.received_on), str(found.revoked_on)) == ("2026-01-10", "2026-03-01")
    assert "N1" in found.sources
    assert not found.contested
    assert [one.kind for one in events(ahead, early) if str(one.date) > "2026"] == [
        "withdrawal", "revocation", "notice-period-end",
    ]  # fmt: skip


def test_a_later_revocation_where_the_day_is_refused(party: Make) -> None:
    """Until it comes the withdrawal runs; whether it comes in time turns on the refused day."""
    state = _laid(party([D("2025-08-31")]), E, revocations=(D("2026-08-01"),))
    refuse = Readings(month_end="refuse")
    before, after = (standing(state, day, refuse) for day in (E, D("2026-08-01")))
    assert before.possible_statuses == ("withdrawing", "withdrawn")
    assert after.possible_statuses == ("party", "withdrawn")
    (revocation,) = (one for one in events(state, E, refuse) if one.kind == "revocation")
    assert (revocation.late, revocation.title) == (
        "perhaps too late", "Revocation received by the depositary, perhaps too late",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("revoked", "late"), [("2026-07-09", ""), ("2026-07-20", "perhaps too late"),
                          ("2026-07-31", "too late")],
)  # fmt: skip
def test_a_revocation_late_on_some_days_or_on_all(revoked: str, late: str, party: Make) -> None:
    state = party([PartialDate(N, D("2026-01-31"))], [D(revoked)])
    (found,) = (one for one in events(state, D("2026-12-01")) if one.kind == "revocation")
    assert found.late == late


def test_a_revocation_of_a_void_notice_is_not_late(party: Make, sent: Make) -> None:
    papers = (sent("withdrawal", N, reasons=False), sent("revocation", D("2026-12-01")))
    invalid = Readings(defects="invalid")
    found = events(party(communications=papers), D("2026-12-02"), invalid)
    assert [one.late for one in found if one.kind == "revocation"] == [""]


# --- facts that decide -------------------------------------------------------------------


def _told(found: tuple[Unsettled, ...]) -> list[tuple[str, str | None, str]]:
    return [(one.fact, one.conflict, str(one.date)) for one in found]


def _runs(one: Unsettled) -> list[tuple[str, str, str, str | None]]:
    return [(str(first), str(last), answer.status, answer.effective_on and str(answer.effective_on))
            for first, last, answer in one.findings]  # fmt: skip


def test_each_kind_of_fact_that_decides(party: Make, conflict: Make) -> None:
    january = PartialDate(D("2026-01-01"), D("2026-01-31"))
    (received,) = sensitivity(party([january]), D("2026-12-01")).unsettled
    assert _told((received,)) == [("received_on", None, "2026-01")]
    assert _runs(received) == [("2026-01-01", "2026-01-31", "withdrawn", "2026-07")]

    july = PartialDate(D("2026-07-01"), D("2026-07-31"))
    (revoked,) = sensitivity(party([N], [july]), D("2026-12-01")).unsettled
    assert _told((revoked,)) == [("revoked_on", None, "2026-07")]
    assert _runs(revoked) == [("2026-07-01", "2026-07-09", "party", None),
                              ("2026-07-10", "2026-07-31", "withdrawn", "2026-07-10")]  # fmt: skip

    (start,) = sensitivity(party([N], conflicts=(conflict(july, name="W"),)), E).unsettled
    assert _told((start,)) == [("start", "W", "2026-07")]
    (before,) = sensitivity(party([N], conflicts=(conflict(july, name="W"),)), N).unsettled
    assert _runs(before) == [("2026-07-01", "2026-07-10", "withdrawing", None),
                             ("2026-07-11", "2026-07-31", "withdrawing", "2026-07-10")]  # fmt: skip
    assert _runs(start) == [("2026-07-01", "2026-07-10", "suspended", None),
                            ("2026-07-11", "2026-07-31", "withdrawn", "2026-07-10")]  # fmt: skip

    war = conflict(D("2026-06-01"), july, name="W")
    (end,) = sensitivity(party([N], conflicts=(war,)), D("2026-07-20")).unsettled
    assert _told((end,)) == [("end", "W", "2026-07")]
    assert _runs(end) == [
        ("2026-07-01", "2026-07-20", "withdrawn", "2026-07-10/2026-07-20"),
        ("2026-07-21", "2026-07-31", "suspended", "2026-07-21/2026-07-31"),
    ]  # fmt: skip

    sent_on = D("2026-07-18")
    claim = Communication("suspension", exact(sent_on), lasts_while="hostilities")
    claims = party(communications=(claim,), conflicts=(conflict(july, name="W"),))
    claimed = Readings(suspension="as-communicated")
    (fought,) = sensitivity(claims, D("2026-08-01"), claimed).unsettled
    assert _runs(fought) == [("2026-07-01", "2026-07-18", "operation-suspended", None),
                             ("2026-07-19", "2026-07-31", "party", None)]  # fmt: skip

    around = PartialDate(D("1999-02-15"), D("1999-03-15"))  # of entry into force
    (early,) = sensitivity(party([around]), D("1999-12-01")).unsettled
    assert _runs(early) == [
        ("1999-02-15", "1999-02-28", "party", None),
        ("1999-03-01", "1999-03-15", "withdrawn", "1999-09-01/1999-09-15"),
    ]

    signed = party(deposits=(), signed_on=PartialDate(D("1998-01-01"), D("1998-12-31")))
    (one,) = sensitivity(signed, D("1998-06-01")).unsettled
    assert _runs(one) == [("1998-01-01", "1998-06-01", "signatory", None),
                          ("1998-06-02", "1998-12-31", "not-party", None)]  # fmt: skip


def test_an_unknown_day_that_decides_nothing_leaves_the_answer_firm(
    party: Make, conflict: Make
) -> None:
    deposit = Deposit("accession", PartialDate(D("2010-01-01"), D("2010-12-31")))
    assert sensitivity(party(deposits=(deposit,)), E).firm
    over = conflict(PartialDate(D("2020-01-01"), D("2020-12-31")), D("2021-01-01"))
    assert sensitivity(party([N], conflicts=(over,)), D("2026-12-01")).unsettled == ()


@given(
    received=st.integers(0, 40), width=st.integers(0, 20), revoked=st.integers(170, 230),
    start=st.integers(150, 230), length=st.integers(0, 30), loose=st.integers(0, 20),
    as_of=st.integers(150, 260), shape=st.sampled_from(["notice", "revocation", "start", "end"]),
)  # fmt: skip
def test_the_facts_that_decide_are_those_whose_days_answer_differently(
    received: int, width: int, revoked: int, start: int, length: int, loose: int, as_of: int,
    shape: str, party: Make, conflict: Make,
) -> None:  # fmt: skip
    """One fact is unknown to the day: each day it can be is asked about by itself."""

    def day(number: int) -> dt.date:
        return N + dt.timedelta(number)

    def span(number: int, unknown: bool) -> list[dt.date]:
        return [day(number + more) for more in range(loose + 1 if unknown else 1)]

    facts = [
        span(received, shape == "notice"), span(revoked, shape == "revocation"),
        span(start, shape == "start"), span(start + width + length + 20, shape == "end"),
    ]  # fmt: skip

    def state(days: list[dt.date | PartialDate]) -> State:
        notice, revocation, first, last = days
        return party([notice], [revocation], conflicts=(conflict(first, last),))

    whole = state([PartialDate(one[0], one[-1]) for one in facts])
    answers = {tuple(days): finding(state(list(days)), day(as_of)) for days in product(*facts)}
    with pytest.MonkeyPatch.context() as patch:
        # The combinations of readings are left alone here, and cost the most by far.
        one = {key: values[:1] for key, values in READINGS.items()}
        patch.setattr("ottawa_cli.rules.sensitivity.READINGS", one)
        found = sensitivity(whole, day(as_of)).unsettled
    assert bool(found) is (len(set(answers.values())) > 1)
    for one in found:
        number = next(n for n, days in enumerate(facts) if len(days) > 1)
        covered = []
        for first, last, told in one.findings:
            on = {a for days, a in answers.items() if first <= days[number] <= last}
            assert {(a.status, a.bound) for a in on} == {(told.status, told.bound)}
            covered += [d for d in facts[number] if first <= d <= last]
        assert covered == facts[number]


def test_a_day_that_decides_takes_no_other_with_it(party: Make) -> None:
    signed_on = PartialDate(D("1997-12-01"), D("1997-12-31"))
    january = PartialDate(D("2026-01-01"), D("2026-01-31"))
    (only,) = sensitivity(party([january], signed_on=signed_on), D("2026-12-01")).unsettled
    assert only.fact == "received_on"


def test_two_facts_that_decide_only_together(party: Make, conflict: Make) -> None:
    """Each is named, with what follows from its own days whatever the other was."""
    wars = tuple(
        conflict(D("2026-06-01"), PartialDate(E, D("2026-07-12")), name=name) for name in "AB"
    )
    found = sensitivity(party([N], conflicts=wars), D("2026-07-11")).unsettled
    assert [one.conflict for one in found] == ["A", "B"]
    assert _runs(found[0]) == [
        ("2026-07-10", "2026-07-11", "uncertain", "2026-07-10/2026-07-12"),
        ("2026-07-12", "2026-07-12", "suspended", "2026-07-12"),
    ]  # fmt: skip
