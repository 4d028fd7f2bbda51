"""Counts and days published by others, which the record must give without having been told."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from ottawa_cli import Inquiry, Record, notes
from ottawa_cli.rules.article_17 import entry_into_force

VECTORS = Path(__file__).parent.parent / "vectors"
SUCCESSIONS = {"MNE", "SSD"}  # in force on days of their own, with the reason in the record


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def deposits(record: Record) -> dict[str, dt.date]:
    """The first deposit of each State whose day is known."""
    return {
        state.iso3: state.deposits[0].deposited_on.day
        for state in record.states()
        if state.deposits and state.deposits[0].deposited_on.day
    }


def joined_and_not_left(record: Record, day: str) -> int:
    """States that had deposited by that day and whose withdrawal had not taken effect."""
    inquiry = Inquiry(record, dt.date.fromisoformat(day))
    joined = {"joining", "party", "withdrawing", "suspended"}
    return sum(standing.status in joined for standing in inquiry.standings())


def test_the_roll_is_of_197_states(record: Record) -> None:
    assert len(record.iso3s) == 197


def test_133_states_signed(record: Record) -> None:
    assert sum(state.signed_on is not None for state in record.states()) == 133


def test_122_signed_by_5_december_1997(record: Record) -> None:
    """The two days of Ottawa, and Kenya in New York on 5 December."""
    last = dt.date(1997, 12, 5)
    assert sum(bool(s.signed_on and s.signed_on.latest <= last) for s in record.states()) == 122


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2002-07-31", 125),
        ("2006-07-31", 151),
        ("2012-12-31", 161),
        ("2017-12-13", 163),
        ("2017-12-31", 164),
        ("2025-03-12", 165),
        ("2025-06-25", 166),  # Tonga joins; nobody has left
        ("2026-02-03", 162),  # the Depositary's page of that day, Poland still on it
        ("2026-02-20", 161),
    ],
)
def test_parties_on_a_day(record: Record, day: str, count: int) -> None:
    assert joined_and_not_left(record, day) == count


def test_131_of_156_parties_of_2008_had_signed(record: Record) -> None:
    last = dt.date(2008, 6, 1)
    parties = {iso3 for iso3, day in deposits(record).items() if day <= last}
    assert len(parties) == 156
    assert sum(record.state(iso3).signed_on is not None for iso3 in parties) == 131


def test_the_first_forty_deposits(record: Record) -> None:
    """Art. 17(1): the forty whose instruments brought the Convention into force."""
    published = {row["iso3"]: dt.date.fromisoformat(row["deposited_on"])
                 for row in rows("first-forty.csv")}  # fmt: skip
    assert len(published) == 40
    fortieth = max(published.values())
    assert {i: d for i, d in deposits(record).items() if d <= fortieth} == published


def test_deposits_by_year(record: Record) -> None:
    by_year = Counter(day.year for day in deposits(record).values())
    assert by_year == {
        1997: 3, 1998: 55, 1999: 32, 2000: 19, 2001: 13, 2002: 8, 2003: 11, 2004: 3, 2005: 4,
        2006: 4, 2007: 4, 2011: 2, 2012: 3, 2014: 1, 2017: 2, 2025: 2,
    }  # fmt: skip


def test_of_1999_23_were_deposited_once_the_convention_was_in_force(record: Record) -> None:
    days = deposits(record).values()
    assert sum(dt.date(1999, 3, 1) <= day <= dt.date(1999, 12, 31) for day in days) == 23


def test_of_2006_three_were_deposited_by_july(record: Record) -> None:
    days = deposits(record).values()
    assert sum(dt.date(2006, 1, 1) <= day <= dt.date(2006, 7, 31) for day in days) == 3


def test_kinds_of_instrument(record: Record) -> None:
    kinds = Counter(s.deposits[0].instrument for s in record.states() if s.deposits)
    assert kinds == {
        "ratification": 130, "accession": 32, "acceptance": 2, "approval": 1, "succession": 2,
    }  # fmt: skip


@pytest.mark.parametrize("row", rows("printed-entry-into-force.csv"), ids=lambda row: row["iso3"])
def test_printed_entry_into_force(record: Record, row: dict[str, str]) -> None:
    """A day of entry into force that somebody printed is the one Article 17 gives."""
    (deposit,) = record.state(row["iso3"]).deposits
    printed = dt.date.fromisoformat(row["in_force_on"])
    assert str(deposit.deposited_on) == row["deposited_on"]
    computed = entry_into_force(dt.date.fromisoformat(row["deposited_on"]), record.treaty().joining)
    assert (deposit.in_force_on or computed) == printed
    assert computed == printed or row["iso3"] in SUCCESSIONS


@pytest.mark.parametrize(
    ("iso3", "received_on", "effective_on", "reference"),
    [
        ("EST", "2025-06-27", "2025-12-27", "C.N.360.2025.TREATIES-XXVI.5"),
        ("LVA", "2025-06-27", "2025-12-27", "C.N.361.2025.TREATIES-XXVI.5"),
        ("LTU", "2025-06-27", "2025-12-27", "C.N.362.2025.TREATIES-XXVI.5"),
        ("FIN", "2025-07-10", "2026-01-10", "C.N.372.2025.TREATIES-XXVI.5"),
        ("POL", "2025-08-20", "2026-02-20", "C.N.421.2025.TREATIES-XXVI.5"),
    ],
)
def test_withdrawals(
    record: Record, iso3: str, received_on: str, effective_on: str, reference: str
) -> None:
    """The five exits, on the days of the Depositary's own footnotes."""
    before, on = (
        Inquiry(record, dt.date.fromisoformat(effective_on) + dt.timedelta(shift)).standing(iso3)
        for shift in (-1, 0)
    )
    assert (before.status, on.status) == ("withdrawing", "withdrawn")
    assert str(on.received_on) == received_on
    assert str(on.effective_on) == effective_on
    assert on.notice is not None
    assert on.notice.reference == reference


def test_nobody_else_has_given_notice(record: Record) -> None:
    kinds = {
        (communication.kind, state.iso3)
        for state in record.states()
        for communication in state.communications
    }
    assert kinds == {
        *(("withdrawal", iso3) for iso3 in ("EST", "LVA", "LTU", "FIN", "POL")),
        ("suspension", "UKR"),
    }


@pytest.mark.parametrize(("iso3", "named"), [("EST", 3), ("FIN", 3), ("LVA", 0), ("LTU", 0)])
def test_addressees_named_by_the_states_themselves(record: Record, iso3: str, named: int) -> None:
    """Estonia and Finland say whom they told; of the others no source was found."""
    (notice,) = record.state(iso3).communications
    assert len(notice.addressees or ()) == named


def test_a_day_of_effect_that_a_state_gives_does_not_replace_the_depositary_s(
    record: Record,
) -> None:
    """Estonia's mission said 28 December 2025; the Depositary, 27 December."""
    estonia = record.state("EST")
    by_day = {str(event.date): event for event in estonia.events}
    assert "28 December 2025" in by_day["2025-11-04"].title
    assert [str(event.date) for event in estonia.events if event.kind == "published-effect"] == [
        "2025-12-27"
    ]
    after = Inquiry(record, dt.date(2025, 12, 28)).standing("EST")
    assert str(after.effective_on) == "2025-12-27"
    assert "recorded-date-differs" not in {note.code for note in notes(after)}


@pytest.mark.parametrize(
    ("iso3", "start", "kind", "ended"),
    [
        ("UKR", "2014-02", "IAC", False),
        ("LBN", "2023-10-08", "IAC", False),  # cease-fires of 2024 and 2026: no end
        ("COD", "2022-03", "IAC", False),  # the accords of 2025: no end
        ("AFG", "2026-02-22/2026-02-27", None, False),  # "open war"; no classifier
        ("THA", "2025-12-07", "IAC", True),
    ],
)
def test_what_is_on_and_what_is_over(
    record: Record, iso3: str, start: str, kind: str | None, ended: bool
) -> None:
    """No cease-fire or accord ends a conflict by itself; no kind without a classifier."""
    (found,) = (
        conflict
        for conflict in record.state(iso3).conflicts
        if str(conflict.start) == start and conflict.occupation != "only"
    )
    assert (found.kind, bool(found.end)) == (kind, ended)
    assert found.kind is None or found.classifier


def test_lebanon_has_joined_on_a_day_nobody_gives(record: Record) -> None:
    (deposit,) = record.state("LBN").deposits
    assert deposit.deposited_on.day is None
    assert str(deposit.deposited_on) == "2026-02-04/2026-08-25"
    assert record.state("LBN").confidence == "medium"
