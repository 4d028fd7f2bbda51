"""Two treaties, as a user asks about them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from ottawa_cli import Inquiry, Record, UnknownTreaty


@pytest.mark.parametrize("name", ["ccm", "cluster-munitions", "oslo", "xxvi-6", "OSLO", " ccm "])
def test_a_treaty_answers_to_each_of_its_names(ottawa: Any, name: str) -> None:
    run = ottawa("status", "lithuania", "--treaty", name, "--field", "effective_on")
    assert (run.stdout, run.stderr) == ("2025-03-06\n", "")


def test_the_environment_names_one_for_a_whole_script(ottawa: Any) -> None:
    run = ottawa("bound", "lithuania", "--as-of", "2025-03-06", OTTAWA_TREATY="oslo")
    assert (run.returncode, run.stdout) == (1, "no\n")
    over = ottawa(
        "bound", "lithuania", "--treaty", "ottawa", "--as-of", "2025-03-06", OTTAWA_TREATY="oslo"
    )
    assert (over.returncode, over.stdout) == (0, "yes\n")


def test_an_unknown_one_is_refused_with_the_list(ottawa: Any, shipped: Record) -> None:
    run = ottawa("status", "lithuania", "--treaty", "geneva")
    assert (run.returncode, run.stdout) == (2, "")
    for treaty in shipped.treaties:
        assert all(name in run.stderr for name in treaty.names)
    with pytest.raises(UnknownTreaty):
        Inquiry(shipped, "2026-11-24", treaty="geneva")


@pytest.mark.parametrize("command", ["bound", "explain", "leave", "cite"])
def test_where_one_answer_is_given_one_treaty_is_named(ottawa: Any, command: str) -> None:
    run = ottawa(command, "lithuania", "--treaty", "all")
    assert (run.returncode, run.stdout) == (2, "")
    assert "name one treaty" in run.stderr


def test_all_gives_a_row_for_each_state_and_treaty(ottawa: Any) -> None:
    words = ("status", "lithuania", "poland", "--treaty", "all", "--as-of", "2026-01-01")
    rows = list(csv.DictReader(io.StringIO(ottawa(*words, "--format", "csv").stdout)))
    assert [(row["iso3"], row["treaty"], row["status"]) for row in rows] == [
        ("LTU", "ottawa", "withdrawn"), ("LTU", "ccm", "withdrawn"),
        ("POL", "ottawa", "withdrawing"), ("POL", "ccm", "not-party"),
    ]  # fmt: skip
    found = json.loads(ottawa(*words, "--format", "json").stdout)
    assert found["treaties"] == ["ottawa", "ccm"]
    assert [state["treaty"] for state in found["states"]] == ["ottawa", "ccm"] * 2


def test_all_draws_a_lane_for_each_and_keeps_calendar_entries_apart(ottawa: Any) -> None:
    words = ("timeline", "lithuania", "--treaty", "all", "--as-of", "2026-01-01")
    picture = ottawa(*words, "--format", "svg").stdout
    assert "Lithuania, Mine Ban Convention" in picture
    assert "Lithuania, Convention on Cluster Munitions" in picture
    calendar = ottawa(*words, "--format", "ics").stdout.replace("\r\n ", "")
    names = [line for line in calendar.splitlines() if line.startswith("UID:")]
    assert len(names) == len(set(names))
    left = [line for line in calendar.splitlines() if line.endswith("Withdrawal took effect")]
    assert len(left) == 2


@pytest.mark.parametrize("format", ["plain", "table", "markdown", "html"])
def test_an_answer_under_the_other_treaty_names_it(ottawa: Any, format: str) -> None:
    for command in ("status", "explain", "leave", "timeline", "count"):
        state = [] if command == "count" else ["lithuania"]
        run = ottawa(command, *state, "--treaty", "ccm", "--format", format)
        assert run.returncode == 0, run.stderr
        assert "Convention on Cluster Munitions" in " ".join(run.stdout.split()), command


def test_what_a_state_has_done_under_the_other_treaty_is_said(ottawa: Any) -> None:
    line = "Lithuania has {}left the Convention on Cluster Munitions, on 2025-03-06: ottawa"
    assert line.format("") in ottawa("status", "lithuania", "--as-of", "2025-03-06").stdout
    assert line.format("also ") in ottawa("status", "lithuania", "--as-of", "2026-01-01").stdout
    there = ottawa("status", "poland", "--treaty", "ccm", "--as-of", "2026-03-01").stdout
    assert "Poland has left the Anti-Personnel Mine Ban Convention, on 2026-02-20" in there
    before = ottawa("status", "lithuania", "--as-of", "2025-03-05").stdout
    assert "Under the Convention on Cluster Munitions Lithuania is withdrawing: ottawa" in before
    assert "Cluster" not in ottawa("status", "lithuania", "--as-of", "2024-09-05").stdout
    assert "Cluster" not in ottawa("status", "poland").stdout


def test_a_war_is_a_state_s_and_holds_it_back_from_leaving_either(ottawa: Any) -> None:
    for treaty in ("ottawa", "ccm"):
        run = ottawa(
            "status", "norway", "--treaty", treaty, "--notice", "norway=2026-01-10",
            "--conflict", "norway=2026-07-01..", "--as-of", "2026-08-01", "--field", "status",
        )  # fmt: skip
        assert run.stdout == "suspended\n"


def test_what_remains_is_the_treaty_s_own(ottawa: Any) -> None:
    here, there = (
        json.loads(ottawa("explain", "lithuania", "--treaty", id, "--format", "json").stdout)
        for id in ("ottawa", "ccm")
    )
    provisions = [
        {each["provision"] for each in found["states"][0]["remaining"]} for found in (here, there)
    ]
    assert "Art. 20(4)" in provisions[0]
    assert "Art. 20(4)" not in provisions[1]
    assert "Vienna Convention on the Law of Treaties, Art. 43" in provisions[1]


def test_a_state_without_a_course_under_a_treaty_has_no_lane(ottawa: Any) -> None:
    picture = ottawa("timeline", "lithuania", "poland", "--treaty", "all", "--format", "svg").stdout
    assert "Lithuania, Convention on Cluster Munitions" in picture
    assert "Poland, Mine Ban Convention" in picture
    assert "Poland, Convention on Cluster Munitions" not in picture


def test_the_picture_of_a_count_makes_up_no_day(ottawa: Any) -> None:
    """Lebanon's deposit is not known to the day: neither is the day on which it is bound."""
    told = ottawa("count", "--from", "2020-01-01", "--as-of", "2026-11-24").stdout
    assert "161 to 162: Lebanon joins between 2026-08-01 and 2027-02-01\n" in told
    assert "Lebanon joins 20" not in told


def test_a_what_if_on_a_war_tells_of_the_other_treaty_too(ottawa: Any) -> None:
    told = ottawa("status", "poland", "--treaty", "ccm", "--conflict", "poland=2026-02-01..").stdout
    assert "Under the Anti-Personnel Mine Ban Convention Poland is suspended: the same" in told


@pytest.mark.parametrize("option", ["--notice", "--revoke"])
def test_a_notice_is_of_one_treaty(ottawa: Any, option: str) -> None:
    run = ottawa("status", "poland", "--treaty", "all", option, "poland=2025-09-01")
    assert (run.returncode, run.stdout) == (2, "")
    assert "of one treaty" in run.stderr


def test_a_filter_keeps_rows_and_not_states(ottawa: Any) -> None:
    words = ("status", "--all", "--treaty", "all", "--only", "withdrawn", "--as-of", "2026-11-24")
    rows = list(csv.DictReader(io.StringIO(ottawa(*words, "--format", "csv").stdout)))
    assert {row["status"] for row in rows} == {"withdrawn"}
    assert len(rows) == 6


def test_notes_say_under_which_treaty(ottawa: Any) -> None:
    told = ottawa("status", "south sudan", "--treaty", "all", "--as-of", "2009-01-01").stdout
    assert "South Sudan, Mine Ban Convention: " in told
    assert "South Sudan, Convention on Cluster Munitions: " in told


def test_leave_of_several_tells_of_the_month_end_and_of_who_is_not_settled(ottawa: Any) -> None:
    told = ottawa("leave", "--as-of", "2026-08-31").stdout
    assert "last-day 2027-02-28, next-day 2027-03-01, refuse no day: 137 States" in told
    assert "Not settled whether bound, and left out:\n- Lebanon\n" in told
    unsettled = ottawa("leave", "lebanon", "--notice", "lebanon=2026-09-01").stdout
    assert "month-end" not in unsettled
    assert "turns on a day that the record does not settle" in unsettled


def test_no_state_yet_has_nothing_to_leave(ottawa: Any) -> None:
    told = ottawa("leave", "south sudan", "--as-of", "2009-01-01").stdout
    assert "it did not exist as a State yet" in told


def test_cases_are_under_the_clause_of_a_treaty(ottawa: Any) -> None:
    case = "received_on\n2024-09-06\n"
    run = ottawa("evaluate", "-", "--treaty", "ccm", "--as-of", "2026-01-01", stdin=case)
    assert "2025-03-06" in run.stdout
    assert ottawa("evaluate", "-", "--treaty", "geneva", stdin=case).returncode == 2
    other = ottawa("evaluate", "-", "--clause", "rome-127", stdin=case, OTTAWA_TREATY="ccm")
    assert "2025-09-06" in other.stdout
