"""When a State could be out: the notice that the answer is about, and the words for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Deposit, State
from ottawa_cli.rules.leaving import Leaving, leaving
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import standing

D = dt.date.fromisoformat
DAY = D("2026-01-10")
Party = Callable[..., State]


def asked(state: State, as_of: dt.date = DAY, readings: Readings = DEFAULT) -> Leaving:
    return leaving(state, standing(state, as_of, readings))


def between(first: str, last: str) -> PartialDate:
    return PartialDate(D(first), D(last))


def test_a_notice_is_laid_over_a_state_that_has_none_pending(party: Party) -> None:
    found = asked(party())
    assert found.notice == Communication("withdrawal", exact(DAY), assumed=True)
    assert found.earliest_effect_on == exact(D("2026-07-10"))
    assert found.last_day_to_revoke == exact(D("2026-07-09"))
    again = asked(party([D("2025-01-01")], [D("2025-03-01")]))
    assert again.earliest_effect_on == found.earliest_effect_on


def test_a_pending_notice_is_the_one_that_counts(party: Party) -> None:
    state = party([D("2025-12-01")])
    found = asked(state)
    assert found.notice is state.communications[0]
    assert found.sentence.startswith("Someland could be out on 2026-06-01 at the earliest, by its")
    assert "second-notice" not in found.sentence


@pytest.mark.parametrize(
    ("deposited_on", "signed_on", "why"),
    [
        (None, None, "it has not joined"),
        (None, exact(D("1998-01-01")), "it has signed and deposited no instrument"),
        (exact(D("2025-12-01")), None, "its instrument is deposited and not yet in force"),
        (between("2025-12-01", "2026-03-01"), None, "it is not-party or joining"),
    ],
)
def test_who_is_not_bound_has_nothing_to_leave(
    party: Party, deposited_on: PartialDate | None, signed_on: PartialDate | None, why: str
) -> None:
    deposits = (Deposit("accession", deposited_on),) if deposited_on else ()
    found = asked(party(deposits=deposits, signed_on=signed_on))
    assert found.sentence == f"Someland is not bound on 2026-01-10: {why}."
    assert (found.notice, found.earliest_effect_on, found.last_day_to_revoke) == (None,) * 3


def test_who_may_be_bound_could_leave_if_it_is(party: Party) -> None:
    unsettled = (Deposit("accession", between("2025-06-01", "2025-09-01")),)
    found = asked(party(deposits=unsettled))
    assert found.notice is None
    assert found.sentence.endswith(
        "(joining or party); if it is, it could be out on 2026-07-10 at the earliest, by a notice"
        " received on that day."
    )


def test_a_war_of_which_the_record_knows_no_beginning_to_the_day(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    found = asked(party(conflicts=(conflict(between("2026-07-01", "2026-07-31")),)))
    assert found.earliest_effect_on is None
    assert found.waits_for == ()
    assert "the record does not settle which armed conflict is on on 2026-07-10" in found.sentence


def test_an_end_between_two_days_gives_a_day_between_two(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    war = conflict(D("2020-01-01"), between("2026-08-01", "2026-08-31"))
    found = asked(party(conflicts=(war,)))
    assert found.earliest_effect_on == between("2026-08-01", "2026-08-31")
    assert found.last_day_to_revoke == between("2026-07-31", "2026-08-30")
    assert "could be out between 2026-08-01 and 2026-08-31 at the earliest" in found.sentence
    assert "waits for ends between 2026-08-01 and 2026-08-31." in found.sentence


def test_a_void_notice_leads_nowhere(party: Party, sent: Callable[..., Communication]) -> None:
    """An assumed one that is void cannot be given from outside: Python can."""
    bad = sent("withdrawal", DAY, reasons=False, assumed=True)
    found = asked(party(communications=(bad,)), readings=Readings(defects="invalid"))
    assert found.sentence == (
        "No day can be given for Someland: by the reading defects=invalid its notice has no effect."
    )
