"""A communicated suspension of the operation: without effect, or for as long as it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ottawa_cli import AssumedConflict, Assumptions, Record
from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, Conflict, Deposit, State
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.sensitivity import sensitivity
from ottawa_cli.rules.standing import finding, standing
from ottawa_cli.rules.steps import steps
from ottawa_cli.rules.timeline import spans

D = dt.date.fromisoformat
SENT = D("2026-01-10")
CLAIMED = Readings(suspension="as-communicated")
Party = Callable[..., State]
War = Callable[..., Conflict]
Sent = Callable[..., Communication]


def status(state: State, day: str, readings: Readings = CLAIMED) -> str:
    return finding(state, D(day), readings).status


@pytest.fixture
def suspending(party: Party, sent: Sent) -> Party:
    """A State that communicates a suspension for as long as the hostilities last."""

    def make(*wars: Conflict, lasts: str | None = "hostilities", **more: object) -> State:
        own = sent("suspension", SENT, lasts_while=lasts, lasts_sources=("L1",))
        return party(communications=(own,), conflicts=wars, **more)

    return make


def test_by_default_it_changes_nothing(suspending: Party, conflict: War) -> None:
    found = standing(suspending(conflict(D("2025-01-01"))), D("2026-06-01"))
    assert (found.status, found.bound, found.contested) == ("party", True, True)


def test_as_communicated_it_lasts_as_long_as_the_hostilities(
    suspending: Party, conflict: War
) -> None:
    state = suspending(conflict(D("2025-01-01"), D("2026-06-01")))
    days = ("2026-01-09", "2026-01-10", "2026-06-01", "2026-06-02")
    told = [status(state, day) for day in days]
    assert told == ["party", "operation-suspended", "operation-suspended", "party"]
    assert [finding(state, D(day), CLAIMED).bound for day in days] == [True, False, False, True]
    found = standing(state, D("2026-06-01"), CLAIMED)
    assert (found.contested, found.basis, "L1" in found.sources) == (True, "computed", True)
    phases = [(span.phase, str(span.start)) for span in spans(state, D("2026-12-01"), CLAIMED)]
    assert phases[-2:] == [("operation-suspended", "2026-01-10"), ("party", "2026-06-02")]


def test_without_a_war_or_by_occupation_alone_it_never_begins(
    suspending: Party, conflict: War
) -> None:
    over = conflict(D("2025-01-01"), D("2026-01-09"))
    later = conflict(D("2026-01-11"))
    occupation = conflict(D("2025-01-01"), None, "OCC")
    for wars in ((), (over,), (later,), (occupation,)):
        state = suspending(*wars)
        assert status(state, "2026-02-01") == "party"
        assert sensitivity(state, D("2026-02-01")).firm
        (step,) = (s for s in steps(standing(state, SENT, CLAIMED)) if "suspension" in s.id)
        assert step.reading is None
        assert step.text.endswith("had not begun when it was received, or was over.")


def test_one_that_names_no_end_has_none(suspending: Party) -> None:
    state = suspending(lasts=None)
    assert status(state, "2500-01-01") == "operation-suspended"
    assert standing(state, D("2500-01-01"), CLAIMED).basis == "computed"
    note = next(n for n in notes(standing(state, SENT)) if n.code == "suspension-contested")
    assert "hostilities" not in note.text


def test_the_reading_decides_and_its_step_says_so(suspending: Party, conflict: War) -> None:
    for end, told in ((None, "and no end is known"), (D("2026-06-01"), "to 2026-06-01")):
        state = suspending(conflict(D("2025-01-01"), end))
        (change,) = sensitivity(state, D("2026-02-01")).changes
        assert change.choices == (("suspension", "as-communicated"),)
        assert change.finding == ("operation-suspended", None, False)
        (step,) = (s for s in steps(standing(state, SENT, CLAIMED)) if "suspension" in s.id)
        assert (step.reading, step.sources) == ("suspension", ("N1", "L1"))
        assert step.text == (
            "A suspension of the operation was communicated. By the reading"
            f" suspension=as-communicated it holds from that day on, {told}."
        )


def test_a_notice_runs_all_the_same(suspending: Party, conflict: War, sent: Sent) -> None:
    """Held back by the war, out on the day it ends: the suspension delays and hastens nothing."""
    state = suspending(conflict(D("2025-01-01"), D("2026-10-01")), notices=[D("2026-02-10")])
    assert status(state, "2026-08-10") == "operation-suspended"
    assert status(state, "2026-08-10", DEFAULT) == "suspended"
    assert status(state, "2026-10-01") == "withdrawn"


def test_where_a_day_is_refused_it_may_run_under_the_suspension(
    suspending: Party, conflict: War
) -> None:
    state = suspending(conflict(D("2025-01-01")), notices=[D("2026-03-31")])
    found = standing(state, D("2026-10-01"), CLAIMED._replace(month_end="refuse"))
    assert found.possible_statuses == ("operation-suspended",)
    assert found.bound is False


def test_it_ends_with_the_membership(suspending: Party, conflict: War) -> None:
    joined = (
        Deposit("accession", PartialDate(D("1998-06-01"), D("1998-06-01"))),
        Deposit("accession", PartialDate(D("2026-09-01"), D("2026-09-01"))),
    )
    state = suspending(
        conflict(D("2025-01-01"), None, "NIAC"), deposits=joined, notices=[D("2025-12-01")]
    )
    chosen = CLAIMED._replace(conflict_kinds="international")
    days = ("2026-05-31", "2026-06-01", "2027-03-01")
    told = [status(state, day, chosen) for day in days]
    assert told == ["operation-suspended", "withdrawn", "party"]


def test_the_days_that_partial_dates_leave_open_are_tried(
    party: Party, conflict: War, sent: Sent
) -> None:
    received = PartialDate(D("2026-01-10"), D("2026-01-20"))
    own = sent("suspension", received, lasts_while="hostilities")
    ends = PartialDate(D("2026-06-01"), D("2026-06-30"))
    state = party(communications=(own,), conflicts=(conflict(D("2025-01-01"), ends),))
    days = ("2026-01-15", "2026-01-20", "2026-06-15", "2026-07-01")
    assert [status(state, day) for day in days] == [
        "uncertain", "operation-suspended", "uncertain", "party",
    ]  # fmt: skip
    assert [status(state, day, DEFAULT) for day in days] == ["party"] * 4


def test_what_rests_on_an_assumed_war_is_assumed(record: Record) -> None:
    day = D("2026-11-23")
    state = record.state("UKR")
    assert standing(state, day, CLAIMED).basis == "computed"
    for end, told in ((D("2026-10-01"), "party"), (None, "operation-suspended")):
        war = {"UKR": (AssumedConflict(D("2014-02-27"), end),)}
        supposed, _ = Assumptions(conflicts=war).lay_over(state, day)
        found = standing(supposed, day, CLAIMED)
        assert (found.status, found.basis) == (told, "assumed")
        before = standing(supposed, D("2025-07-17"), CLAIMED)
        assert (before.status, before.basis) == ("party", "computed")
    over = {"UKR": (AssumedConflict(D("2014-02-27"), D("2025-01-01")),)}
    supposed, _ = Assumptions(conflicts=over).lay_over(state, day)
    found = standing(supposed, day, CLAIMED)
    assert (found.status, found.basis) == ("party", "assumed")


def test_the_edges_of_the_hostilities_and_who_assumes_them(
    suspending: Party, conflict: War
) -> None:
    begun, ended = conflict(SENT), conflict(D("2025-01-01"), SENT)
    assert status(suspending(begun), "2026-01-11") == "operation-suspended"
    assert status(suspending(ended), "2026-01-10") == "operation-suspended"
    assert status(suspending(ended), "2026-01-11") == "party"
    for assumed, basis in ((False, "computed"), (True, "assumed")):
        found = standing(suspending(begun._replace(assumed=assumed)), SENT, CLAIMED)
        assert found.basis == basis


def test_one_received_on_the_first_day_of_a_membership_belongs_to_it(
    suspending: Party, conflict: War
) -> None:
    joined = Deposit("accession", PartialDate(SENT, SENT), in_force_on=SENT, in_force_reason="So.")
    assert status(suspending(conflict(SENT), deposits=(joined,)), "2026-02-01") == (
        "operation-suspended"
    )
