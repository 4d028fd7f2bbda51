"""Whole courses: joining, leaving and joining again, and notices that start nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ottawa_cli import Record
from ottawa_cli.dates import exact
from ottawa_cli.model import ALL_ADDRESSEES, Communication, Conflict, Deposit, State
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.readings import Readings
from ottawa_cli.rules.standing import standing
from ottawa_cli.rules.steps import steps
from ottawa_cli.rules.timeline import Span, spans

D = dt.date.fromisoformat
Party = Callable[..., State]
Sent = Callable[..., Communication]
N, DISTANT = D("2026-01-10"), D("8999-12-31")


def _statuses(state: State, days: dict[str, str], **readings: str) -> None:
    """Each day has its status, and `bound` says the same."""
    chosen = Readings(**readings)
    found = {day: standing(state, D(day), chosen) for day in days}
    assert {day: one.status for day, one in found.items()} == days
    for one in found.values():
        assert one.bound is (one.status in {"party", "withdrawing", "suspended"})


def _deposit(day: str, instrument: str = "accession", **more: Any) -> Deposit:
    return Deposit(instrument, exact(D(day)), **more)


# --- joining -------------------------------------------------------------------------


def test_signature_ratification_entry_into_force(party: Party) -> None:
    """1 December 2001 + the first day of the sixth month after: 1 June 2002."""
    state = party(
        signed_on=exact(D("1997-12-04")), deposits=(_deposit("2001-12-01", "ratification"),)
    )
    _statuses(state, {
        "0001-01-01": "not-party", "1997-12-03": "not-party", "1997-12-04": "signatory",
        "2001-11-30": "signatory", "2001-12-01": "joining", "2002-05-31": "joining",
        "2002-06-01": "party", "8999-12-31": "party",
    })  # fmt: skip


def test_nothing_is_due_on_the_day_of_leaving_or_after_it(party: Party) -> None:
    due = D("2003-03-01")  # four years after entry into force
    for received_on, stockpiles in (("2002-09-01", None), ("2002-09-02", due)):
        assert standing(party([D(received_on)]), D("2002-10-01")).stockpiles_due_on == stockpiles


def test_the_first_forty_wait_for_the_convention(party: Party) -> None:
    _statuses(party(deposits=(_deposit("1997-12-03"),)), {
        "1997-12-02": "not-party", "1997-12-03": "joining", "1999-02-28": "joining",
        "1999-03-01": "party",
    })  # fmt: skip
    for day, provision in (("1998-09-16", "Art. 17(1)"), ("1998-09-17", "Art. 17(2)")):
        found = standing(party(deposits=(_deposit(day),)), D("1999-06-01"))
        (step,) = (step for step in steps(found) if step.id == "entry-into-force")
        assert (step.after, step.provision) == ("1999-03-01", provision)


def test_neither_signed_nor_deposited(party: Party) -> None:
    found = standing(party(deposits=()), D("2026-11-23"))
    assert (found.status, found.bound, found.in_force_on) == ("not-party", False, None)
    found = standing(party(deposits=(), signed_on=exact(D("1997-12-03"))), DISTANT)
    assert (found.status, found.bound) == ("signatory", False)


def test_south_sudan_is_bound_from_before_its_deposit(record: Record) -> None:
    """A succession of 11 November 2011, in force from independence on 9 July."""
    state = record.state("SSD")
    _statuses(state, {
        "2011-07-08": "not-party", "2011-07-09": "party", "2011-11-10": "party",
        "2011-11-11": "party", "2026-11-23": "party",
    })  # fmt: skip
    codes = [note.code for note in notes(standing(state, D("2011-08-01")))]
    assert "recorded-date-differs" in codes


def test_a_notice_between_retroactive_entry_into_force_and_deposit(party: Party) -> None:
    deposit = _deposit("2011-11-11", "succession", in_force_on=D("2011-07-09"),
                       in_force_reason="From independence.")  # fmt: skip
    state = party([D("2011-08-01")], deposits=(deposit,))
    _statuses(state, {"2011-08-01": "withdrawing", "2012-01-31": "withdrawing",
                      "2012-02-01": "withdrawn"})  # fmt: skip


# --- several memberships ------------------------------------------------------------------


def _rejoined(party: Party, notices: list[dt.date], **fields: Any) -> State:
    """Out on 10 July 2010, in again by an accession of 15 January 2012 from 1 July 2012."""
    deposits = (_deposit("1998-06-01"), _deposit("2012-01-15"))
    return party(notices, deposits=deposits, **fields)


def test_out_and_in_again(party: Party) -> None:
    state = _rejoined(party, [D("2010-01-10")])
    _statuses(state, {
        "1999-03-01": "party", "2010-01-10": "withdrawing", "2010-07-10": "withdrawn",
        "2012-01-14": "withdrawn", "2012-01-15": "joining", "2012-06-30": "joining",
        "2012-07-01": "party", "2026-11-23": "party",
    })  # fmt: skip
    found = standing(state, D("2026-11-23"))
    assert (str(found.deposited_on), str(found.in_force_on)) == ("2012-01-15", "2012-07-01")
    assert found.notice is found.received_on is found.effective_on is None
    before = standing(state, D("2011-01-01"))
    assert (str(before.deposited_on), str(before.effective_on)) == ("1998-06-01", "2010-07-10")


def test_out_in_and_out_again(party: Party) -> None:
    state = _rejoined(party, [D("2010-01-10"), D("2020-01-10")])
    _statuses(state, {"2019-12-31": "party", "2020-01-10": "withdrawing",
                      "2020-07-10": "withdrawn"})  # fmt: skip
    assert str(standing(state, D("2020-07-10")).effective_on) == "2020-07-10"
    assert str(standing(state, D("2010-07-10")).effective_on) == "2010-07-10"


def test_each_spell_has_its_own_war(party: Party, conflict: Callable[..., Conflict]) -> None:
    """The first withdrawal was held to the end of 2010; that war says nothing of the second."""
    war = conflict(D("2010-05-01"), D("2010-12-31"))
    state = _rejoined(party, [D("2010-01-10"), D("2020-01-10")], conflicts=(war,))
    _statuses(state, {"2010-12-30": "suspended", "2010-12-31": "withdrawn",
                      "2020-07-10": "withdrawn"})  # fmt: skip
    assert [c.suspends for c in standing(state, D("2010-08-01")).conflicts] == [True]
    assert [c.suspends for c in standing(state, D("2020-08-01")).conflicts] == [False]


def test_order_in_the_record_is_no_fact(party: Party) -> None:
    state = party([D("2020-01-10"), D("2010-01-10")],
                  deposits=(_deposit("2012-01-15"), _deposit("1998-06-01")))  # fmt: skip
    _statuses(state, {"2010-07-10": "withdrawn", "2012-01-15": "joining", "2020-07-09":
                      "withdrawing", "2020-07-10": "withdrawn"})  # fmt: skip


def _within(day: dt.date, span: Span) -> bool:
    return (span.start is None or span.start <= day) and (span.end is None or day < span.end)


def test_spans_are_the_statuses_of_every_day(party: Party) -> None:
    state = _rejoined(party, [D("2010-01-10"), D("2020-01-10")])
    found = spans(state, D("2026-11-23"))
    assert [span.phase for span in found] == [
        "not-party", "joining", "party", "withdrawing", "withdrawn", "joining", "party",
        "withdrawing", "withdrawn",
    ]  # fmt: skip
    day = D("1998-01-01")
    while day < D("2021-01-01"):
        (one,) = (span for span in found if _within(day, span))
        # What is known later changes no earlier status: nothing here was revoked.
        assert standing(state, day).status == one.phase
        day += dt.timedelta(days=9)


@pytest.mark.parametrize("iso3", ["LBN", "UKR", "LTU", "SSD", "USA"])
def test_spans_of_the_record_are_the_statuses_of_every_day(iso3: str, record: Record) -> None:
    state = record.state(iso3)
    found = spans(state, D("2026-11-23"))
    day = D("2025-06-01")
    while day < D("2027-03-01"):
        (one,) = (span for span in found if _within(day, span))
        if day >= D("2026-01-01"):  # later than every communication of these States
            assert standing(state, day).status == one.phase, day
        day += dt.timedelta(days=1)


# --- notices that start nothing ------------------------------------------------------


def test_a_notice_before_entry_into_force(party: Party) -> None:
    state = party([D("2025-03-20")], deposits=(_deposit("2025-03-12"),))
    _statuses(state, {"2025-03-20": "joining", "2025-09-01": "party", "2025-09-20": "party"})
    found = standing(state, D("2026-11-23"))
    assert found.effective_on is None
    assert "notice-not-in-force" in [note.code for note in notes(found)]


def test_a_notice_after_one_that_came_too_early(party: Party) -> None:
    """The first withdraws from nothing; the second starts its own six months."""
    state = party([D("2025-03-20"), D("2025-10-01")], deposits=(_deposit("2025-03-12"),))
    _statuses(state, {"2025-09-30": "party", "2025-10-01": "withdrawing",
                      "2026-04-01": "withdrawn"})  # fmt: skip


def _idle(state: State) -> list[tuple[str, str | None]]:
    """The notices that start nothing, each as told once in the notes and once in the steps."""
    found = standing(state, D("2026-11-23"))
    codes = [n.code for n in notes(found) if n.code in {"notice-not-in-force", "second-notice"}]
    days = [step.after for step in steps(found) if step.id == "idle-notice"]
    return list(zip(codes, days, strict=True))


def test_a_notice_on_the_day_of_a_deposit(party: Party) -> None:
    """It belongs to the membership that the deposit begins, and to that one alone."""
    first = party([D("2025-03-12")], deposits=(_deposit("2025-03-12"),))
    assert _idle(first) == [("notice-not-in-force", "2025-03-12")]
    again = _rejoined(party, [D("2010-01-10"), D("2012-01-15")])
    assert _idle(again) == [("notice-not-in-force", "2012-01-15")]
    _statuses(again, {"2012-07-01": "party"})


def test_three_spells(party: Party) -> None:
    state = party(
        [D("2010-01-10"), D("2015-01-10"), D("2020-01-10")],
        deposits=(_deposit("1998-06-01"), _deposit("2012-01-15"), _deposit("2018-01-15")),
    )
    _statuses(state, {"2010-07-10": "withdrawn", "2012-07-01": "party", "2015-07-10": "withdrawn",
                      "2018-07-01": "party", "2020-07-09": "withdrawing",
                      "2020-07-10": "withdrawn"})  # fmt: skip
    assert _idle(state) == []


def test_two_notices_of_one_day_are_one(party: Party, sent: Sent) -> None:
    """The first in the record counts, whatever else is known of either."""
    one, other = sent("withdrawal", N), sent("withdrawal", N, reference="C.N.1")
    for notices in ((one, other), (other, one)):
        found = standing(party(communications=notices), D("2026-03-01"))
        assert found.notice == notices[0]
        assert _idle(party(communications=notices)) == [("second-notice", "2026-01-10")]


def test_a_third_notice_after_one_that_came_while_another_was_pending(party: Party) -> None:
    state = party([N, D("2026-02-01"), D("2026-05-01")], [D("2026-03-01")])
    _statuses(state, {"2026-02-28": "withdrawing", "2026-03-01": "party",
                      "2026-05-01": "withdrawing", "2026-11-01": "withdrawn"})  # fmt: skip


def test_a_notice_before_any_deposit(party: Party) -> None:
    state = party([D("2025-01-20")], deposits=(_deposit("2025-03-12"),))
    found = standing(state, D("2026-11-23"))
    assert (found.status, found.notice) == ("party", None)
    assert "notice-not-in-force" in [note.code for note in notes(found)]
    assert standing(party([D("2025-01-20")], deposits=()), DISTANT).status == "not-party"


def test_a_second_notice_does_not_restart_the_clock(party: Party) -> None:
    state = party([D("2026-01-10"), D("2026-03-01")])
    _statuses(state, {"2026-07-09": "withdrawing", "2026-07-10": "withdrawn"})
    found = standing(state, D("2026-07-10"))
    assert str(found.received_on) == "2026-01-10"
    assert [n.code for n in notes(found)] == ["second-notice"]


def test_a_second_notice_while_suspended(party: Party, conflict: Callable[..., Conflict]) -> None:
    war = conflict(D("2026-06-01"), D("2026-09-01"))
    state = party([D("2026-01-10"), D("2026-08-01")], conflicts=(war,))
    _statuses(state, {"2026-08-31": "suspended", "2026-09-01": "withdrawn"})


def test_a_notice_after_leaving_withdraws_from_nothing(party: Party) -> None:
    """It is no second notice beside a pending one: the Convention is not in force any more."""
    state = party([D("2026-01-10"), D("2026-08-01")])
    found = standing(state, D("2027-03-01"))
    assert (found.status, str(found.effective_on)) == ("withdrawn", "2026-07-10")
    assert [n.code for n in notes(found)] == ["notice-not-in-force"]


# --- revocations ---------------------------------------------------------------------


def test_revoked_and_given_again(party: Party) -> None:
    """A fresh six months: 1 March to 1 September 2026."""
    state = party([D("2025-10-10"), D("2026-03-01")], [D("2026-01-15")])
    _statuses(state, {
        "2025-10-10": "withdrawing", "2026-01-14": "withdrawing", "2026-01-15": "party",
        "2026-02-28": "party", "2026-03-01": "withdrawing", "2026-04-10": "withdrawing",
        "2026-08-31": "withdrawing", "2026-09-01": "withdrawn",
    })  # fmt: skip
    found = standing(state, D("2026-03-01"))
    assert (str(found.received_on), found.revoked_on) == ("2026-03-01", None)


def test_revoked_and_given_again_on_the_same_day(party: Party) -> None:
    """One act revokes one notice: the new one stands."""
    state = party([D("2025-10-10"), D("2026-01-15")], [D("2026-01-15")])
    _statuses(state, {"2026-01-14": "withdrawing", "2026-01-15": "withdrawing",
                      "2026-07-15": "withdrawn"})  # fmt: skip


def test_revoked_twice(party: Party) -> None:
    state = party([D("2025-10-10"), D("2026-03-01")], [D("2026-01-15"), D("2026-05-01")])
    _statuses(state, {"2026-02-01": "party", "2026-04-01": "withdrawing", "2026-05-01": "party",
                      "2030-01-01": "party"})  # fmt: skip


def test_a_late_revocation_and_a_new_spell(party: Party) -> None:
    """The revocation of August 2010 came after the effect; it leaves the next membership alone."""
    deposits = (_deposit("1998-06-01"), _deposit("2012-01-15"))
    state = party([D("2010-01-10"), D("2020-01-10")], [D("2010-08-01")], deposits=deposits)
    _statuses(state, {"2010-08-01": "withdrawn", "2012-07-01": "party",
                      "2020-07-10": "withdrawn"})  # fmt: skip


def test_what_is_received_later_is_not_yet_there(party: Party) -> None:
    state = party([D("2026-01-10")], [D("2026-07-09")])
    assert standing(state, D("2026-01-09")).notice is None
    assert standing(state, D("2026-01-09")).sources == ("D1", "S1")
    assert standing(state, D("2026-01-10")).sources == ("D1", "S1", "N1")
    assert standing(state, D("2026-07-08")).revoked_on is None
    found = standing(state, D("2026-07-09"))
    assert (str(found.revoked_on), found.effective_on) == ("2026-07-09", None)
    assert str(found.period_end_on) == "2026-07-10"


# --- the form of a notice ------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"reasons": False, "addressees": ALL_ADDRESSEES}, "notice-without-reasons"),
        ({"reasons": True, "addressees": frozenset({"depositary"})}, "notice-not-sent-to-all"),
        ({"reasons": True, "addressees": ALL_ADDRESSEES}, None),
        ({"reasons": None, "addressees": None}, None),
    ],
)
def test_defects(form: dict[str, Any], code: str | None, party: Party, sent: Sent) -> None:
    """A known defect is a warning, or by the other reading leaves a party a party."""
    state = party(communications=(sent("withdrawal", D("2026-01-10"), **form),))
    warned = standing(state, D("2026-07-10"))
    assert (warned.status, str(warned.effective_on)) == ("withdrawn", "2026-07-10")
    assert [n.code for n in notes(warned)] == ([code] if code else [])
    found = standing(state, D("2026-07-10"), Readings(defects="invalid"))
    assert (found.status, found.bound) == (("party", True) if code else ("withdrawn", False))
    assert ("notice-void" in [n.code for n in notes(found)]) is bool(code)
    assert (found.effective_on is None) is bool(code)
    assert (found.period_end_on is None) is bool(code), "a void notice starts no six months"


def test_a_void_notice_does_not_bar_a_sound_one(party: Party, sent: Sent) -> None:
    """By defects=invalid the second starts its own six months; by warn it is the first's."""
    first = sent("withdrawal", D("2026-01-10"), reasons=False)
    state = party(communications=(first, sent("withdrawal", D("2026-03-01"))))
    days = {"2026-02-01": "party", "2026-03-01": "withdrawing", "2026-08-31": "withdrawing",
            "2026-09-01": "withdrawn"}  # fmt: skip
    _statuses(state, days, defects="invalid")
    _statuses(state, {"2026-07-10": "withdrawn"})


def test_a_later_day_asked_for_is_a_floor(party: Party, sent: Sent) -> None:
    """An earlier day is void; a later one is honoured, and a war is still tested on E."""

    def asking(day: str) -> State:
        return party(communications=(sent("withdrawal", D("2026-01-10"), requested_on=D(day)),))

    _statuses(asking("2026-05-01"), {"2026-05-01": "withdrawing", "2026-07-10": "withdrawn"})
    _statuses(asking("2026-12-31"), {"2026-07-10": "withdrawing", "2026-12-30": "withdrawing",
                                     "2026-12-31": "withdrawn"})  # fmt: skip
    codes = [n.code for n in notes(standing(asking("2026-12-31"), D("2026-08-01")))]
    assert codes == ["later-date-requested", "effect-projected"]


# --- communications of suspension ----------------------------------------------------


def test_a_suspension_communication_ends_nothing(party: Party, sent: Sent) -> None:
    state = party(communications=(sent("suspension", D("2025-07-18")),))
    before, after = standing(state, D("2025-07-17")), standing(state, D("2025-07-18"))
    assert (before.status, before.contested, notes(before)) == ("party", False, ())
    assert (after.status, after.bound, after.contested) == ("party", True, True)
    assert [n.code for n in notes(after)] == ["suspension-contested"]
    assert "suspension-communication" in [step.id for step in steps(after)]
    assert "suspension-communication" not in [step.id for step in steps(before)]
    assert after.effective_on is None


def test_a_suspension_communication_of_a_state_that_left(party: Party, sent: Sent) -> None:
    """Once out, there is nothing left to contest."""
    state = party([D("2026-01-10")], communications=(sent("suspension", D("2026-02-01")),))
    assert standing(state, D("2026-03-01")).contested
    assert not standing(state, D("2026-07-10")).contested


def test_ukraine(record: Record) -> None:
    state = record.state("UKR")
    _statuses(state, {"2006-06-01": "party", "2025-07-18": "party", "2026-11-23": "party"})
    assert not standing(state, D("2025-07-17")).contested
    assert standing(state, D("2025-07-18")).contested


# --- the ends of the calendar --------------------------------------------------------


@pytest.mark.parametrize("day", ["0001-01-01", "8999-12-31"])
def test_every_state_on_the_first_and_the_last_day(day: str, record: Record) -> None:
    for iso3 in record.iso3s:
        found = standing(record.state(iso3), D(day))
        assert found.status != "uncertain"
        if day < "1997":
            assert found.status == "not-party"


def test_a_notice_on_the_last_day_read(party: Party, conflict: Callable[..., Conflict]) -> None:
    state = party([DISTANT], conflicts=(conflict(DISTANT),))
    found = standing(state, DISTANT)
    assert (found.status, str(found.period_end_on)) == ("withdrawing", "9000-06-30")


def test_a_void_notice_uses_up_no_revocation(party: Party, sent: Sent) -> None:
    """By defects=invalid there was nothing to revoke but the second, sound notice."""
    first = sent("withdrawal", D("2026-01-10"), reasons=False)
    state = party(
        revocations=[D("2026-05-01")], communications=(first, sent("withdrawal", D("2026-03-01")))
    )
    _statuses(state, {"2026-04-30": "withdrawing", "2026-05-01": "party",
                      "2027-01-01": "party"}, defects="invalid")  # fmt: skip
