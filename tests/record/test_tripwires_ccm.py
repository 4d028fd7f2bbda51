"""The Convention on Cluster Munitions: what others printed, which the record must give."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ottawa_cli import Inquiry, Record
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.state_counts import Count

VECTORS = Path(__file__).parent.parent / "vectors"
TABLE = (VECTORS / "printed-entry-into-force-ccm.csv").read_text(encoding="utf-8")
PRINTED = list(csv.DictReader(TABLE.splitlines()))
Asked = Callable[[str], Inquiry]


@pytest.fixture(scope="module")
def asked(shipped: Record) -> Asked:
    return lambda day: Inquiry(shipped, day, treaty="ccm")


@pytest.fixture(scope="module")
def count(asked: Asked) -> Count:
    return asked("2026-11-24").count()


@pytest.mark.parametrize(
    ("day", "joined"),
    [
        ("2009-12-22", 26),  # Handicap International: Belgium is the 26th
        ("2010-02-15", 28),
        ("2010-02-16", 30),  # the thirtieth deposit: Burkina Faso and Moldova on one day
        ("2011-03-24", 55),  # the Coalition: Lithuania is the 55th
        ("2014-01-27", 84),  # the depositary's table of January 2014
        ("2019-02-28", 106),  # the Monitor
        ("2022-08-01", 110),  # Cluster Munition Monitor 2022
        ("2023-12-31", 112),
        ("2025-03-06", 111),  # the depositary: the withdrawal took effect for Lithuania
        ("2025-09-05", 112),  # the Coalition: Vanuatu
        ("2026-02-03", 112),  # the depositary's page
    ],
)
def test_printed_counts(count: Count, day: str, joined: int) -> None:
    assert count.on(dt.date.fromisoformat(day)).joined == joined


@pytest.mark.parametrize(
    ("day", "names"), [("2014-01-27", 113), ("2019-02-28", 120), ("2025-03-05", 124),
                       ("2025-03-06", 123), ("2026-02-03", 124)],
)  # fmt: skip
def test_printed_numbers_of_names(asked: Asked, day: str, names: int) -> None:
    """Parties, and signatories that are none: the ICRC counts 124, and 123 without Lithuania."""
    outside = {"not-party", "withdrawn"}
    assert sum(s.status not in outside for s in asked(day).standings()) == names


def test_108_states_signed_92_of_them_at_oslo_on_the_first_day(count: Count) -> None:
    """The depositary's page of 2026 says 107, for it puts Lithuania's signature in brackets."""
    assert count.on(dt.date(2026, 2, 3)).signatories == 108
    assert count.on(dt.date(2008, 12, 3)).signatories == 92
    assert count.on(dt.date(2008, 12, 4)).signatories == 94


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row["iso3"])
def test_printed_entry_into_force(shipped: Record, row: dict[str, str]) -> None:
    (deposit,) = shipped.state(row["iso3"], "ccm").deposits
    assert str(deposit.deposited_on) == row["deposited_on"]
    joining = shipped.treaty("ccm").joining
    computed = entry_into_force(deposit.deposited_on.earliest, joining)
    assert str(computed) == row["in_force_on"]
    assert set(row["printed_by"].split()) <= set(deposit.in_force_sources)


def test_twenty_are_printed_and_thirty_brought_it_into_force(asked: Asked) -> None:
    assert len(PRINTED) == 20
    first = dt.date(2010, 8, 1)
    assert sum(s.in_force_on is not None and s.in_force_on.day == first
               for s in asked("2026-02-03").standings()) == 30  # fmt: skip


def test_lithuania_left_on_6_march_2025(asked: Asked) -> None:
    before, after = (asked(day).standing("lithuania") for day in ("2025-03-05", "2025-03-06"))
    assert (before.status, before.bound) == ("withdrawing", True)
    assert (after.status, after.bound) == ("withdrawn", False)
    assert str(after.effective_on) == "2025-03-06"
    assert after.notice
    assert after.notice.reference == "C.N.347.2024.TREATIES-XXVI.6"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("poland", "not-party"),
        ("ukraine", "not-party"),
        ("vanuatu", "party"),
        ("angola", "signatory"),
    ],
)
def test_who_else(asked: Asked, state: str, status: str) -> None:
    assert asked("2026-11-24").standing(state).status == status


def test_conflicts_are_of_states_and_names_of_the_roll(asked: Asked, shipped: Record) -> None:
    here, there = shipped.state("UKR"), shipped.state("UKR", "ccm")
    assert (here.conflicts, here.name) == (there.conflicts, there.name)
    assert there.communications == ()
    assert asked("2026-11-24").standing("holy see").status == "party"
