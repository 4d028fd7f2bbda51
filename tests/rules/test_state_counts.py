"""How many States: the numbers of a day, what changed them, and what others printed."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from ottawa_cli import AssumedConflict, Assumptions, Inquiry, Readings, Record
from ottawa_cli.rules.state_counts import Count, ends

DAY = dt.date(2026, 11, 23)
OPENED = dt.date(1997, 12, 3)
PUBLISHED = Path(__file__).parent.parent / "vectors" / "published-counts.csv"
OUTSIDE = {"not-party", "signatory", "withdrawn"}


@pytest.fixture(scope="module")
def count(record: Record) -> Count:
    return Inquiry(record, DAY).count()


with PUBLISHED.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def counts(record: Record, count: Count) -> dict[str, Count]:
    return {"ottawa": count, "ccm": Inquiry(record, DAY, treaty="ccm").count()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join([*row.values()][:3]))
def test_what_others_printed_is_reproduced_or_explained(
    row: dict[str, str], counts: dict[str, Count]
) -> None:
    tally = counts[row["treaty"]].on(dt.date.fromisoformat(row["day"]))
    assert str(getattr(tally, row["number"])) == row["record"]
    if row["record"] != row["count"]:
        docs = Path(__file__).parents[2] / "docs" / "explanation" / "limits.md"
        told = docs.read_text(encoding="utf-8").partition('<a id="counts"></a>')[2]
        assert f"| {row['count']} | {row['record']} |" in told


@pytest.mark.parametrize(
    "day",
    ["1990-01-01", "1997-12-03", "1998-09-16", "1999-03-01", "2011-07-09", "2011-11-10",
     "2025-06-27", "2025-12-26", "2025-12-27", "2026-02-20", "2026-08-01", "2026-11-23"],
)  # fmt: skip
def test_a_day_counts_as_the_standings_of_that_day_do(
    record: Record, count: Count, day: str
) -> None:
    on = dt.date.fromisoformat(day)
    standings = Inquiry(record, on).standings()
    bound = Counter(standing.bound for standing in standings)
    tally = count.on(on)
    assert (tally.bound_least, tally.bound_most) == (bound[True], bound[True] + bound[None])
    inside = [s for s in standings if OUTSIDE.isdisjoint(s.possible_statuses)]
    assert tally.joined == sum(s.deposited_on is not None and s.deposited_on.latest <= on
                               for s in inside)  # fmt: skip
    assert [s.iso3 for s in count.unsettled(on)] == [s.iso3 for s in standings if s.bound is None]


def test_the_changes_of_a_year(count: Count) -> None:
    """Five notices and five effects, two States that join, and the numbers after each."""
    found = count.changes(dt.date(2025, 1, 1), dt.date(2026, 2, 3))
    told = [
        (str(change.event.date), change.state.iso3, change.kind, *change.after[2:4])
        for change in found
        if change.kind != "notice-period-end"
    ]
    assert told == [
        ("2025-03-12", "MHL", "deposit", 165, 164),
        ("2025-06-25", "TON", "deposit", 166, 164),
        ("2025-06-27", "EST", "notice", 166, 164),
        ("2025-06-27", "LVA", "notice", 166, 164),
        ("2025-06-27", "LTU", "notice", 166, 164),
        ("2025-07-10", "FIN", "notice", 166, 164),
        ("2025-07-18", "UKR", "suspension", 166, 164),
        ("2025-08-20", "POL", "notice", 166, 164),
        ("2025-09-01", "MHL", "entry-into-force", 166, 165),
        ("2025-12-01", "TON", "entry-into-force", 166, 166),
        ("2025-12-27", "EST", "effect", 163, 163),
        ("2025-12-27", "LVA", "effect", 163, 163),
        ("2025-12-27", "LTU", "effect", 163, 163),
        ("2026-01-10", "FIN", "effect", 162, 162),
    ]


def test_a_change_on_a_day_not_known_is_told_where_it_can_have_been(count: Count) -> None:
    """Lebanon deposited between 4 February and 25 August 2026."""

    def lebanon(first: dt.date, last: dt.date) -> list[tuple[str, str, int, int, int]]:
        return [
            (str(change.event.date), change.kind, *change.after[2:])
            for change in count.changes(first, last)
            if change.state.iso3 == "LBN"
        ]

    deposit, in_force = "2026-02-04/2026-08-25", "2026-08-01/2027-02-01"
    assert lebanon(OPENED, dt.date(2026, 2, 3)) == []
    assert lebanon(OPENED, dt.date(2026, 3, 1)) == [(deposit, "deposit", 161, 161, 161)]
    assert lebanon(dt.date(2026, 8, 25), dt.date(2027, 1, 31)) == [
        (deposit, "deposit", 162, 161, 162), (in_force, "entry-into-force", 162, 161, 162),
    ]  # fmt: skip
    assert lebanon(dt.date(2026, 9, 1), dt.date(2027, 3, 1)) == [
        (in_force, "entry-into-force", 162, 162, 162)
    ]


def test_every_number_that_changes_has_a_change_that_says_why(count: Count) -> None:
    told = {change.after.date for change in count.changes(OPENED, DAY)}
    days = [OPENED + dt.timedelta(n) for n in range((DAY - OPENED).days + 1)]
    numbers = {day: count.on(day)[1:] for day in days if day >= dt.date(2025, 1, 1)}
    moved = {day for (before, first), (day, then) in pairwise(numbers.items()) if first != then}
    # Lebanon may have been bound from 1 August on: its entry into force is told at the end.
    assert moved - told == {dt.date(2026, 8, 1)}


def test_a_state_whose_suspension_counts_is_joined_and_not_bound(record: Record) -> None:
    claimed = Inquiry(record, DAY, Readings(suspension="as-communicated")).count()
    days = [dt.date(2025, 7, 17), dt.date(2025, 7, 18)]
    assert [claimed.on(day)[2:] for day in days] == [(166, 164, 164), (166, 163, 163)]


def test_a_succession_binds_before_it_is_deposited(count: Count) -> None:
    """South Sudan: bound from its first day, 9 July 2011, by an instrument of 11 November."""
    days = [dt.date(2011, 7, 8), dt.date(2011, 7, 9), dt.date(2011, 11, 11)]
    assert [count.on(day)[2:4] for day in days] == [(156, 156), (156, 157), (158, 157)]


def test_the_end_of_each_period_and_of_the_count(count: Count) -> None:
    first, last = dt.date(2024, 6, 1), dt.date(2026, 2, 20)
    assert [str(tally.date) for tally in count.every("year", first, last)] == [
        "2024-12-31", "2025-12-31", "2026-02-20",
    ]  # fmt: skip
    assert [tally.bound_least for tally in count.every("year", first, last)] == [164, 163, 161]
    months = [str(day) for day in ends("month", dt.date(2023, 12, 31), dt.date(2024, 3, 31))]
    assert months == ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31"]


def test_a_panel_says_of_every_state_where_it_stood(record: Record, count: Count) -> None:
    found = count.panel("year", dt.date(2024, 1, 1), DAY)
    assert len(found) == 3 * len(record.iso3s)
    told = {(place.state.iso3, place.date.year): (place.status, place.bound) for place in found}
    assert told["POL", 2024] == ("party", True)
    assert told["POL", 2025] == ("withdrawing", True)
    assert told["POL", 2026] == ("withdrawn", False)
    assert told["LBN", 2026] == ("uncertain", None)


def test_a_day_that_a_reading_refuses_is_counted_as_status_tells_it(record: Record) -> None:
    """Six months from 31 August: by month-end=refuse they end on no day that could be named."""
    assumed = Assumptions(
        notices={"EST": (dt.date(2024, 8, 31),), "FIN": (dt.date(2024, 8, 31),)},
        conflicts={"FIN": (AssumedConflict(dt.date(2025, 1, 1), dt.date(2025, 6, 1)),)},
    )
    refused = Readings(month_end="refuse")
    count = Inquiry(record, DAY, refused, assumed).count()
    for day in (dt.date(2025, 2, 27), dt.date(2025, 3, 15), dt.date(2025, 7, 1)):
        inquiry = Inquiry(record, day, refused, assumed)
        known = {name: inquiry.finding(name) for name in ("EST", "FIN")}
        unsettled = {state.iso3 for state in count.unsettled(day)}
        assert unsettled == {name for name, found in known.items() if found.bound is None}
        places = {p.state.iso3: p for p in count.panel("year", day, day)}
        assert {name: places[name].status for name in known} == {
            name: found.status for name, found in known.items()
        }


def test_the_changes_are_those_under_the_readings(record: Record) -> None:
    later = Readings(effect_day="next-day")
    changes = Count.of([record.state("LTU")], DAY, later).changes(OPENED, DAY)
    effects = [str(change.event.date) for change in changes if change.kind == "effect"]
    assert effects == ["2025-12-28"]


def test_a_level_for_each_number_of_the_bound_up_to_the_last_day(record: Record) -> None:
    """Joining before entry into force changes no level; entry into force on the last day does."""
    count = Count.of([record.state("LTU")], DAY, Readings())
    in_force_on = dt.date(2003, 11, 1)
    levels = count.levels(dt.date(2003, 5, 1), in_force_on)
    assert [(str(level.date), level.bound_least) for level in levels] == [
        ("2003-05-01", 0), ("2003-11-01", 1),
    ]  # fmt: skip
