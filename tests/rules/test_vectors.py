"""The cases of the law, one by one: `tests/vectors/*.csv` through the rules."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ottawa_cli.dataset.clauses import clause
from ottawa_cli.dates import add_months
from ottawa_cli.model import Conflict, State, Treaty
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.article_20 import Engagement
from ottawa_cli.rules.history import BOUND_STATUSES
from ottawa_cli.rules.readings import Readings
from ottawa_cli.rules.standing import finding, standing

withdrawal = partial(article_20.withdrawal, clause=clause())
VECTORS = Path(__file__).parent.parent / "vectors"
Row = dict[str, str]


def _rows(*files: str) -> list[object]:
    found = []
    for file in files:
        with (VECTORS / file).open(encoding="utf-8", newline="") as lines:
            found += [pytest.param(row, id=row["id"]) for row in csv.DictReader(lines)]
    return found


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _why(row: Row) -> str:
    return f"{row['id']}: {row['case']}: {row['note']}"


def _conflicts(row: Row) -> list[tuple[dt.date, dt.date | None, str | None]]:
    """`FROM..[TO][@KIND]` joined by semicolons, read here and not by the project's parser."""
    found = []
    for text in filter(None, row["conflicts"].split(";")):
        span, _, kind = text.partition("@")
        first, _, last = span.partition("..")
        found.append((dt.date.fromisoformat(first), _day(last), kind or None))
    return found


def _readings(row: Row) -> Readings:
    return Readings.parse(filter(None, row["readings"].split(";")))


withdrawals = pytest.mark.parametrize("row", _rows("withdrawal.csv", "derived.csv"))


@withdrawals
def test_article_20(row: Row) -> None:
    """The bare rule: what is known on the day, and the status it gives."""
    as_of, received_on = _day(row["as_of"]), _day(row["received_on"])
    assert as_of is not None
    if received_on is None or received_on > as_of:
        assert (row["expected_status"], row["expected_effective_on"]) == ("party", ""), _why(row)
        return
    revoked_on = _day(row["revoked_on"])
    found = withdrawal(
        received_on,
        [
            Engagement(start, end, "IAC" if kind == "OCC" else kind, kind == "OCC")
            for start, end, kind in _conflicts(row)
        ],
        revoked_on if revoked_on and revoked_on <= as_of else None,
        _readings(row),
    )
    assert found.status_on(as_of) == row["expected_status"], _why(row)
    assert found.effective_on == _day(row["expected_effective_on"]), _why(row)


@withdrawals
def test_standing(row: Row, party: Callable[..., State], conflict: Callable[..., Conflict]) -> None:
    """The same through the record's own words: a State, its notice and its conflicts."""
    as_of, received_on = _day(row["as_of"]), _day(row["received_on"])
    assert as_of is not None
    state = party(
        notices=filter(None, [received_on]),
        revocations=filter(None, [_day(row["revoked_on"])]),
        conflicts=tuple(conflict(*each) for each in _conflicts(row)),
    )
    found = standing(state, as_of, _readings(row))
    effective_on = found.effective_on
    assert found.status == row["expected_status"], _why(row)
    assert (effective_on and effective_on.day) == _day(row["expected_effective_on"]), _why(row)
    bound = {"yes": True, "no": False, "": None}[row["expected_bound"]]
    assert found.bound is bound, _why(row)
    if found.status != "uncertain":
        assert bound is (found.status in BOUND_STATUSES), _why(row)
    bare = finding(state, as_of, _readings(row))
    assert bare == (found.status, found.effective_on, bound), _why(row)


@pytest.mark.parametrize("row", _rows("entry-into-force.csv"))
def test_article_17(row: Row, treaty: Treaty) -> None:
    deposited_on = dt.date.fromisoformat(row["deposited_on"])
    assert str(entry_into_force(deposited_on, treaty.joining)) == row["expected_in_force_on"], _why(
        row
    )


@pytest.mark.parametrize("row", _rows("add-months.csv"))
def test_add_months(row: Row) -> None:
    found = add_months(dt.date.fromisoformat(row["start"]), int(row["months"]))
    day = {"last-day": found.day, "next-day": found.next_day}[row["month_end"]]
    assert str(day) == row["expected"], _why(row)
    assert found.clamped is (found.day.day != int(row["start"][-2:])), _why(row)
