"""The reasons and the word for scripts, as the command gives them."""

import json
import shlex
import subprocess
import sys
from typing import Any

import pytest
from conftest import Ottawa

DAY = "--as-of=2026-11-23"
MONTH_END = ["--notice", "estonia=2024-08-31", "--conflict", "estonia=2025-03-01.."]


def robustness(ottawa: Ottawa, *words: str) -> dict[str, Any]:
    done = ottawa("explain", *words, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    (state,) = json.loads(done.stdout)["states"]
    found: dict[str, Any] = state["robustness"]
    return found


def test_month_end_decides_whether_estonia_is_bound(ottawa: Ottawa) -> None:
    text = ottawa("explain", *MONTH_END, "--as-of", "2025-03-01").stdout
    assert "month-end decides whether Estonia is bound." in text
    assert "month-end=next-day: suspended, bound, no date." in text
    found = robustness(ottawa, *MONTH_END, "--as-of", "2025-03-01")
    singles = [change for change in found["changes"] if len(change["choices"]) == 1]
    assert {"choices": {"month-end": "next-day"}, "status": "suspended", "bound": True,
            "effective_on": None} in singles  # fmt: skip
    assert ottawa("bound", "estonia", *MONTH_END, "--as-of", "2025-03-01").returncode == 1
    bound = ottawa("bound", "estonia", *MONTH_END, "--as-of", "2025-03-01",
                   "--reading", "month-end=next-day")  # fmt: skip
    assert (bound.returncode, bound.stdout) == (0, "yes\n")


@pytest.mark.parametrize("day", ["2025-07-01", "2025-12-27", "2026-11-23"])
def test_no_reading_but_effect_day_moves_the_date_of_lithuania(ottawa: Ottawa, day: str) -> None:
    text = ottawa("explain", "lithuania", "--as-of", day).stdout
    assert "no reading but effect-day changes the status or the date by itself" in text
    found = robustness(ottawa, "lithuania", "--as-of", day)
    assert found["firm"] is False
    assert [(change["choices"], change["effective_on"]) for change in found["changes"]] == [
        ({"effect-day": "next-day"}, "2025-12-28")
    ]


@pytest.mark.parametrize(
    ("state", "day", "status", "said"),
    [("finland", "2026-01-09", 0, "yes"), ("finland", "2026-01-10", 1, "no"),
     ("lebanon", "2026-11-23", 4, "unknown")],
)  # fmt: skip
def test_bound_is_made_for_if(
    environment: dict[str, str], state: str, day: str, status: int, said: str
) -> None:
    command = f"{shlex.quote(sys.executable)} -m ottawa_cli bound {state} --as-of {day}"
    line = f"if {command}; then echo so; else echo $?; fi"
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, text=True,
                          check=True, cwd="/")  # fmt: skip
    assert done.stdout.split() == [said, "so" if status == 0 else str(status)]
    assert done.stderr == ""


def test_readings_by_whose_view_they_are(ottawa: Ottawa) -> None:
    assert ottawa("bound", "ukraine", DAY, "--reading", "as=Ukraine").stdout == "no\n"
    chosen = json.loads(
        ottawa("status", "ukraine", DAY, "--reading", "as=switzerland", "--format", "json").stdout
    )["readings"]
    assert (chosen["conflict-scope"], chosen["suspension"]) == ("until-peace", "no-effect")
    for words, told in (
        (("as=sweden",), "choose one of switzerland, ukraine, estonia"),
        (("as=ukraine", "as=switzerland"), "suspension is given twice"),
    ):
        done = ottawa("status", *(f"--reading={word}" for word in words))
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr
    rows = ottawa("evaluate", "-", "--reading", "as=estonia", stdin="received_on\n2025-06-27\n")
    assert "2025-12-28" in rows.stdout


def test_the_reading_on_suspension_decides_whether_ukraine_is_bound(ottawa: Ottawa) -> None:
    done = ottawa("bound", "ukraine", DAY, "--reading", "suspension=as-communicated")
    assert (done.returncode, done.stdout) == (1, "no\n")
    assert "contested: 'ottawa status UKR' has both views" in done.stderr
    assert ottawa("bound", "ukraine", "--as-of", "2025-07-01").stderr == ""  # not communicated yet
    told = ottawa("explain", "ukraine", DAY).stdout
    assert "suspension decides whether Ukraine is bound." in told
    assert "(g, reading suspension)" in told
    claimed = ("--reading", "suspension=as-communicated", DAY)
    first = ottawa("status", "ukraine", *claimed).stdout.splitlines()[1]
    assert first.startswith("OPERATION-SUSPENDED. Not bound.")
    leave = ottawa("leave", "ukraine", *claimed).stdout.splitlines()[1]
    assert leave.startswith("Ukraine is not bound on 2026-11-23: it holds the operation suspended")
    lanes = ottawa("timeline", "ukraine", *claimed, "--format", "svg").stdout
    assert "operation suspended, as claimed (not bound)" in lanes
