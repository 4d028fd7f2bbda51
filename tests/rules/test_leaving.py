"""When a State could be out: the notice that the answer is about, and the words for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Deposit, State
from ottawa_cli.rules.leaving import Leaving, leaving
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import standing

D = dt.date.fromisoformat
DAY = D("2026-01-10")
Party = Callable[..., State]


def asked(state: State, as_of: dt.date = DAY, readings: Readings = DEFAULT) -> Leaving:
    return leaving(standing(state, as_of, readings))


def between(first: str, last: str) -> PartialDate:
    return PartialDate(D(first), D(last))


def test_a_notice_is_laid_over_a_state_that_has_none_pending(party: Party) -> None:
    found = asked(party())
    assert found.notice == Communication("withdrawal", exact(DAY), assumed=True)
    assert found.earliest_effect_on == exact(D("2026-07-10"))
    assert found.last_day_to_revoke == exact(D("2026-07-09"))
    assert found.month_ends == ()
    again = asked(party([D("2025-01-01")], [D("2025-03-01")]))
    assert again.earliest_effect_on == found.earliest_effect_on


def test_a_pending_notice_is_the_one_that_counts(party: Party) -> None:
    state = party([D("2025-12-01")])
    found = asked(state)
    assert found.notice is state.communications[0]
    assert found.sentence.startswith("Someland could be out on 2026-06-01 at the earliest, by its")


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
    assert (found.standing.status, found.waits_for, found.month_ends) == (
        standing(found.standing.state, DAY).status, (), (),
    )  # fmt: skip


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


def test_the_words_for_a_notice_that_is_there(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    state = party([D("2025-12-01")])
    assert asked(state).sentence == (
        "Someland could be out on 2026-06-01 at the earliest, by its notice received on 2025-12-01,"
        " if no armed conflict holds it back on 2026-06-01."
    )
    war = conflict(D("2026-01-01"), name="the war")
    other = conflict(D("2026-02-01"), name="the other")
    for day in (DAY, D("2026-06-01")):  # its period runs, and it is over
        found = asked(state._replace(conflicts=(war, other)), day)
        assert found.standing.notice is state.communications[0]
        assert "second-notice" not in [note.code for note in notes(found.standing)]
        assert found.waits_for == ("the war", "the other")
        assert found.sentence == (
            "No day can be given for Someland: after a notice received on 2025-12-01 the notice"
            " period is over on 2026-06-01, and no end is known of what the effect then waits for"
            " (the war; the other)."
        )
    assert asked(state, D("2026-06-01")).sentence == (
        "Someland is not bound on 2026-06-01: its withdrawal took effect on 2026-06-01."
    )


def test_the_words_for_a_notice_that_is_supposed(
    party: Party, sent: Callable[..., Communication], conflict: Callable[..., Conflict]
) -> None:
    def after(received_on: str, **more: Any) -> str:
        notice = sent("withdrawal", D(received_on), assumed=True)
        return asked(party(communications=(notice,), **more)).sentence

    free = "no armed conflict holds it back on"
    assert after("2026-01-10") == asked(party()).sentence
    assert after("2026-02-01") == (
        "Someland could be out on 2026-08-01 at the earliest, if the Depositary receives its notice"
        f" on 2026-02-01 and {free} 2026-08-01."
    )
    assert after("2026-01-09").startswith(
        "Someland could be out on 2026-07-09 at the earliest, if the Depositary received its"
    )
    assert after("2025-07-10") == (
        "Someland could have been out on 2026-01-10 at the earliest, if the Depositary received its"
        f" notice on 2025-07-10 and {free} 2026-01-10."
    )
    assert after("2026-01-10", conflicts=(conflict(D("2025-01-01"), D("2026-09-01")),)) == (
        "Someland could be out on 2026-09-01 at the earliest, if the Depositary receives its notice"
        " on 2026-01-10 and the armed conflict that it waits for ends on 2026-09-01."
    )
    over = conflict(D("2025-01-01"), D("2026-07-10"))  # meets the test, and moves nothing
    assert after("2026-01-10", conflicts=(over,)).endswith(f"and {free} 2026-07-10.")


def test_a_treaty_that_knows_no_war_names_none(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    state = party(conflicts=(conflict(D("2020-01-01")),))
    clause = state.clause._replace(conflict="none")
    found = asked(state._replace(treaty=state.treaty._replace(clause=clause)))
    assert found.sentence == (
        "Someland could be out on 2026-07-10 at the earliest, if the Depositary receives its notice"
        " on 2026-01-10."
    )


def test_the_words_where_there_is_no_day(
    party: Party, sent: Callable[..., Communication], conflict: Callable[..., Conflict]
) -> None:
    no_day = "No day can be given for Someland:"
    notices = (sent("withdrawal", D("2026-01-10"), assumed=True),
               sent("revocation", D("2026-02-01"), assumed=True))  # fmt: skip
    assert asked(party(communications=notices)).sentence == (
        f"{no_day} the notice is revoked on 2026-02-01 and never takes effect."
    )
    refused = asked(party(), D("2026-03-31"), Readings(month_end="refuse"))
    assert refused.sentence == (
        f"{no_day} its notice period ends on a day that does not exist (reading month-end=refuse)."
    )
    assert dict(refused.month_ends)["last-day"] == exact(D("2026-09-30"))
    claimed = sent("suspension", D("2026-01-01"))
    assert asked(
        party(communications=(claimed,)), readings=Readings(suspension="as-communicated")
    ).sentence == (
        "Someland is not bound on 2026-01-10: it holds the operation suspended (reading"
        " suspension=as-communicated)."
    )
    unsettled = (Deposit("accession", between("2025-06-01", "2025-09-01")),)
    state = party(deposits=unsettled, conflicts=(conflict(D("2020-01-01")),))
    assert asked(state).sentence == (
        "Whether Someland is bound on 2026-01-10 is not settled (joining or party); if it is, no"
        " day can be given, by a notice received on that day."
    )


def test_a_recorded_notice_whose_day_is_refused_is_still_the_one(party: Party) -> None:
    found = asked(party([D("2025-08-31")]), D("2026-03-15"), Readings(month_end="refuse"))
    assert found.standing.bound is None
    assert found.notice is not None
    assert dict(found.month_ends) == {
        "last-day": exact(D("2026-02-28")), "next-day": exact(D("2026-03-01")), "refuse": None,
    }  # fmt: skip
