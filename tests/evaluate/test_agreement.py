"""One law, three ways in: a row of a table, the Python API and `ottawa status` agree."""

import contextlib
import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from conftest import Ottawa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ottawa_cli import READINGS, AssumedConflict, Assumptions, Inquiry, Readings, Record, clause
from ottawa_cli.cases.evaluator import OUTPUTS, Answer, Evaluator
from ottawa_cli.cli.main import run
from ottawa_cli.rules.notes import notes

VECTORS = Path(__file__).parent.parent / "vectors"
FIRST, LAST = dt.date(1999, 3, 1), dt.date(2040, 12, 31)
# The same cases on every machine and in every run.
steady = settings(derandomize=True, deadline=None, database=None,
                  suppress_health_check=[HealthCheck.too_slow])  # fmt: skip


@pytest.mark.parametrize("file", ["withdrawal.csv", "derived.csv"])
def test_the_published_cases(ottawa: Ottawa, file: str) -> None:
    done = ottawa("evaluate", str(VECTORS / file))
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    with (VECTORS / file).open(encoding="utf-8", newline="") as table:
        assert [row["id"] for row in rows] == [row["id"] for row in csv.DictReader(table)]
    refused = 0
    for row in rows:
        if row["error"]:  # the reading that gives no day gives a row no answer
            assert row["error"].startswith("month-end=refuse: "), row["id"]
            assert "month-end=refuse" in row["readings"]
            assert row["status"] == "error"
            refused += 1
            continue
        for key in ("status", "effective_on", "bound"):
            assert row[key] == row[f"expected_{key}"], f"{row['id']} {key}: {row['note']}"
    assert refused == (0 if file == "withdrawal.csv" else 5)
    assert done.returncode == (3 if refused else 0)


# Around one another more often than not: cases at the edges are the ones that tell.
anchors = some.dates(FIRST, dt.date(2030, 12, 31))


@some.composite
def cases(draw: some.DrawFn) -> dict[str, str]:
    """The facts of a case, as the texts of a row."""
    anchor = draw(anchors)

    def near(least: dt.date = FIRST) -> dt.date:
        day = anchor + dt.timedelta(draw(some.integers(-30, 500)))
        return max(least, min(day, LAST))

    received = draw(some.one_of(some.none(), some.just(anchor), some.just(anchor)))
    conflicts = []
    for _ in range(draw(some.integers(0, 3))):
        start = near()
        end = near(start) if draw(some.booleans()) else ""
        conflicts.append(f"{start}..{end}{draw(some.sampled_from(['', '@IAC', '@NIAC', '@OCC']))}")
    revoked = near(received) if received and draw(some.booleans()) else None
    chosen = draw(some.lists(some.sampled_from(sorted(READINGS)), max_size=3, unique=True))
    return {
        "received_on": str(received or ""),
        "conflicts": ";".join(conflicts),
        "revoked_on": str(revoked or ""),
        "as_of": str(near()),
        "readings": ";".join(f"{key}={draw(some.sampled_from(READINGS[key]))}" for key in chosen),
    }


def there(case: dict[str, str]) -> list[str]:
    """What is received by the day asked about. A case is answered by that; of a what-if, what
    it leads to later is told as well."""
    return [key for key in ("received_on", "revoked_on") if "" < case[key] <= case["as_of"]]


def same_by_api(case: dict[str, str], record: Record) -> Answer | None:
    """The answer of the API to the same facts about Norway; None where no date is given."""
    days = {key: (dt.date.fromisoformat(case[key]),) for key in there(case)}
    wars = tuple(AssumedConflict.parse(text) for text in case["conflicts"].split(";") if text)
    assumptions = Assumptions(
        {"NOR": days["received_on"]} if "received_on" in days else {},
        {"NOR": days["revoked_on"]} if "revoked_on" in days else {},
        {"NOR": wars} if wars else {},
    )
    readings = Readings.parse(filter(None, case["readings"].split(";")))
    as_of = dt.date.fromisoformat(case["as_of"])
    found = Inquiry(record, as_of, readings, assumptions).standing("Norway")
    codes = dict.fromkeys(note.code for note in notes(found))
    if "month-end-refused" in codes:
        return None
    return Answer(
        str(found.period_end_on or ""), found.status, str(found.effective_on or ""),
        "yes" if found.bound else "no", ";".join(codes), "",
    )  # fmt: skip


@settings(steady, max_examples=400)
@given(case=cases())
def test_a_row_and_the_api_agree(record: Record, case: dict[str, str]) -> None:
    answer = Evaluator(FIRST, clauses=clause).answer(**case)
    expected = same_by_api(case, record)
    if expected is None:
        assert answer.status == "error"
        assert answer.error.startswith("month-end=refuse: ")
    else:
        assert answer == expected


@settings(steady, max_examples=60)
@given(case=cases())
def test_a_row_and_status_agree(case: dict[str, str]) -> None:
    answer = Evaluator(FIRST, clauses=clause).answer(**case)
    words = ["status", "norway", "--format", "json", "--as-of", case["as_of"]]
    for option, key in (("--notice", "received_on"), ("--revoke", "revoked_on")):
        words += [option, f"norway={case[key]}"] if key in there(case) else []
    for text in filter(None, case["conflicts"].split(";")):
        words += ["--conflict", f"norway={text}"]
    for text in filter(None, case["readings"].split(";")):
        words += ["--reading", text]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert run(words) == 0
    (state,) = json.loads(out.getvalue())["states"]
    if answer.error:
        assert "month-end-refused" in [note["code"] for note in state["notes"]]
        return
    for key in ("period_end_on", "status", "effective_on"):
        assert getattr(answer, key) == (state[key] or ""), key
    assert answer.bound == {True: "yes", False: "no"}[state["bound"]]


@settings(steady, max_examples=100)
@given(many=some.lists(cases(), max_size=20))
def test_what_is_remembered_changes_no_answer(many: list[dict[str, str]]) -> None:
    """A day, a text or a row met before is answered as if it were the first."""
    evaluator = Evaluator(FIRST, clauses=clause)
    for case in [*many, *many]:
        assert evaluator.answer(**case) == Evaluator(FIRST, clauses=clause).answer(**case)


@settings(steady, max_examples=100)
@given(case=cases())
def test_the_defaults_of_an_evaluator_stand_in(case: dict[str, str]) -> None:
    choices = tuple(filter(None, case["readings"].split(";")))
    evaluator = Evaluator(dt.date.fromisoformat(case["as_of"]), choices, clauses=clause)
    facts = [case[key] for key in ("received_on", "conflicts", "revoked_on")]
    assert evaluator.answer(*facts) == Evaluator(FIRST, clauses=clause).answer(**case)
    # What a row says itself goes first.
    assert evaluator.answer(*facts, as_of="2001-01-01", readings="effect-day=next-day") == (
        Evaluator(dt.date(2001, 1, 1), tuple(
            choice for choice in choices if not choice.startswith("effect-day=")
        ), clauses=clause).answer(*facts, readings="effect-day=next-day")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (["2025-6-27"], "'2025-6-27' is not a date: write YYYY-MM-DD, for example 2025-06-27"),
        (["2025-06-31"], "2025-06-31 is not a day of the calendar"),
        (["9000-01-01"], "9000-01-01 is too far ahead: the last year read is 8999"),
        (["2025-06-27", "2025-07-01"], "conflict '2025-07-01': write FROM..[TO][@KIND], as in"
         " 2014-02-27..2026-12-31@IAC, KIND one of IAC, NIAC, OCC"),
        (["2025-06-27", "2025-07-01..2025-06-30"],
         "a conflict cannot end on 2025-06-30, before it starts on 2025-07-01"),
        (["2025-06-27", "", "2025-06-26"], "a revocation on 2025-06-26 with no notice before it"),
        (["", "", "2025-06-26"], "a revocation on 2025-06-26 with no notice before it"),
        (["2025-06-27", "", "", "tomorrow"],
         "'tomorrow' is not a date: write YYYY-MM-DD, for example 2025-06-27"),
        (["2025-06-27", "", "", "", "effect-day=noon"],
         "'noon' is not a value of effect-day: choose one of same-day, next-day"),
        (["2025-08-31", "", "", "", "month-end=refuse"], "month-end=refuse: six months after"
         " 2025-08-31 is a day that does not exist (2026-02-28 or 2026-03-01)"),
    ],
)  # fmt: skip
def test_a_bad_case_says_what_is_wrong(facts: list[str], problem: str) -> None:
    answer = Evaluator(dt.date(2026, 11, 23), clauses=clause).answer(*facts)
    assert answer == ("", "error", "", "", "", problem)


def test_an_answer_has_named_fields() -> None:
    answer = Evaluator(dt.date(2026, 11, 23), clauses=clause).answer("2025-08-31")
    assert answer.effective_on == "2026-02-28"
    assert answer.notes == "month-end-clamped"
    assert Answer._fields == OUTPUTS
