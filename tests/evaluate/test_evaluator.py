"""One case at a time: what the texts of a row may be."""

import datetime as dt

from ottawa_cli import Evaluator, clause
from ottawa_cli.cases.evaluator import FIRST

DAY = dt.date(2026, 11, 23)
WAR = "2025-01-01..2025-12-31"


def test_a_day_that_is_none_is_told_whatever_else_the_row_says() -> None:
    evaluator = Evaluator(DAY, clauses=clause)
    alone = evaluator.answer("2025-02-30")
    assert (alone.status, alone.error) == ("error", "2025-02-30 is not a day of the calendar")
    assert evaluator.answer("2025-02-30", WAR, "", "2026-01-01", "effect-day=next-day") == alone


def test_blanks_and_stray_semicolons_between_conflicts_say_nothing() -> None:
    evaluator = Evaluator(DAY, clauses=clause)
    plain = evaluator.answer("2025-02-27", f"{WAR};2025-11-01..2026-02-01@NIAC")
    assert plain.notes == "rests-on-assumed-conflict-end;later-conflict-not-counted"
    assert evaluator.answer("2025-02-27", f"; {WAR} ;; 2025-11-01..2026-02-01@niac;") == plain
    assert evaluator.answer("2025-02-27", " ; ") == evaluator.answer("2025-02-27")


def test_it_answers_alike_once_it_remembers_no_more() -> None:
    full, fresh = Evaluator(DAY, clauses=clause), Evaluator(DAY, clauses=clause)
    first = dt.date(2010, 1, 1)
    for number in range(FIRST + 10):
        full.answer("2025-02-27", f"{first + dt.timedelta(number)}..")
    for conflicts in (f"{first + dt.timedelta(FIRST + 5)}..", "2001-01-01..2025-09-30", WAR, "x"):
        for _ in range(2):
            assert full.answer("2025-02-27", conflicts) == fresh.answer("2025-02-27", conflicts)
