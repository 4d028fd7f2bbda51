"""`ottawa leave`: the earliest day on which States could be out, and why there is none."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from conftest import ROOT, Ottawa

DAY = "--as-of=2026-11-23"
AT_WAR = ("leave", "ukraine", "--notice", "ukraine=2026-11-24", DAY)
SCHEMA = json.loads((ROOT / "docs/reference/result.schema.json").read_text(encoding="utf-8"))


def states(ottawa: Ottawa, *words: str) -> list[dict[str, Any]]:
    content = json.loads(ottawa("leave", *words, "--format", "json").stdout)
    jsonschema.validate(content, SCHEMA)
    return content["states"]


def sentence(ottawa: Ottawa, *words: str) -> str:
    return ottawa("leave", *words).stdout.splitlines()[1]


def test_a_war_that_ends_gives_the_day_and_the_condition(ottawa: Ottawa) -> None:
    words = (*AT_WAR, "--conflict", "ukraine=2014-02-27..2027-07-01")
    done = ottawa(*words, "--field", "earliest_effect_on")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2027-07-01\n", "")
    told = ottawa(*words).stdout
    assert told.splitlines()[1] == (
        "Ukraine could be out on 2027-07-01 at the earliest, if the Depositary receives its notice"
        " on 2026-11-24 and the armed conflict that it waits for ends on 2027-07-01."
    )
    rows = {line[:19].strip(): line.split() for line in told.splitlines()}
    assert "2027-05-24" in rows["Notice period over"]
    assert "2027-06-30" in rows["Last day to revoke"]


def test_a_war_without_an_end_gives_no_day_and_says_why(ottawa: Ottawa) -> None:
    done = ottawa(*AT_WAR, "--conflict", "ukraine=2014-02-27..", "--field", "earliest_effect_on")
    assert (done.returncode, done.stdout) == (0, "\n")
    assert done.stderr.startswith(
        "ottawa: No day can be given for Ukraine: after a notice received"
    )
    assert "no end is known" in done.stderr
    assert ottawa("leave", "ukraine", DAY, "--field", "iso3").stderr == ""


def test_the_columns_are_those_of_the_contract(ottawa: Ottawa) -> None:
    head, row = ottawa("leave", "norway", DAY, "--format", "csv").stdout.splitlines()
    assert head == (
        "iso3,name,treaty,received_on,period_end_on,earliest_effect_on,waits_for,revoke_before,notes"
    )
    assert row == "NOR,Norway,ottawa,2026-11-23,2027-05-23,2027-05-23,,2027-05-23,effect-projected"


def test_everyone_who_is_bound_those_held_back_first(ottawa: Ottawa) -> None:
    found = states(ottawa, DAY)
    bound = ottawa("status", "--all", DAY, "--field", "iso3", "--field", "bound").stdout
    assert {one["iso3"] for one in found} == {
        line[:3] for line in bound.splitlines() if line.endswith("yes")
    }
    held = [bool(one["waits_for"]) for one in found]
    assert held == sorted(held, reverse=True)
    assert 0 < sum(held) < len(held)
    assert all(one["earliest_effect_on"] is None for one in found if one["waits_for"])
    assert {one["earliest_effect_on"] for one in found if not one["waits_for"]} == {"2027-05-23"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lithuania", DAY), "Lithuania is not bound on 2026-11-23: its withdrawal took effect on"
         " 2025-12-27."),
        (("russia", DAY), "Russia is not bound on 2026-11-23: it has not joined."),
        (("finland", "--as-of=2025-12-01"), "Finland could be out on 2026-01-10 at the earliest, by"
         " its notice received on 2025-07-10, if no armed conflict holds it back on 2026-01-10."),
        (("estonia", "--notice", "estonia=2024-08-31", DAY), "Estonia could have been out on"
         " 2025-02-28 at the earliest, if the Depositary received its notice on 2024-08-31 and no"
         " armed conflict holds it back on 2025-02-28."),
        (("norway", "--notice", "norway=2027-01-01", "--revoke", "norway=2027-02-01", DAY),
         "No day can be given for Norway: the notice is revoked on 2027-02-01 and never takes"
         " effect."),
        (("norway", "--as-of=2026-08-31", "--reading", "month-end=refuse"),
         "No day can be given for Norway: its notice period ends on a day that does not exist"
         " (reading month-end=refuse)."),
    ],
)  # fmt: skip
def test_the_sentence(ottawa: Ottawa, words: tuple[str, ...], told: str) -> None:
    assert sentence(ottawa, *words) == told


def test_what_is_not_settled_gives_no_day(ottawa: Ottawa) -> None:
    told = sentence(ottawa, "lebanon", DAY)
    assert told.startswith(
        "Whether Lebanon is bound on 2026-11-23 is not settled (joining or party)"
    )
    (keys,) = states(ottawa, "lebanon", DAY)
    assert keys["received_on"] is keys["earliest_effect_on"] is keys["basis"] is None


def test_a_month_end_and_what_it_would_change(ottawa: Ottawa) -> None:
    (keys,) = states(ottawa, "norway", "--as-of=2026-08-31")
    assert keys["month_ends"] == {
        "last-day": "2027-02-28", "next-day": "2027-03-01", "refuse": None,
    }  # fmt: skip
    assert "- next-day: 2027-03-01" in ottawa("leave", "norway", "--as-of=2026-08-31").stdout
    assert states(ottawa, "norway", DAY)[0]["month_ends"] is None


def test_it_says_what_status_says_of_the_same_notice(ottawa: Ottawa) -> None:
    """The notice on the day asked about is the one that a what-if makes."""
    for state in ("thailand", "ukraine", "cyprus", "norway"):
        ahead = ottawa("status", state, "--notice", f"{state}=2026-11-23", DAY,
                       "--field", "period_end_on", "--field", "effective_on").stdout  # fmt: skip
        own = ottawa("leave", state, DAY, "--field", "period_end_on",
                     "--field", "earliest_effect_on").stdout  # fmt: skip
        assert own == ahead


def test_several_states_and_who_has_nothing_to_leave(ottawa: Ottawa) -> None:
    told = ottawa("leave", "lithuania", "ukraine", "norway", DAY).stdout
    assert told.splitlines()[1] == (
        "3 States: 1 held back by an armed conflict, 1 held back by none that is known and"
        " 1 with nothing to leave."
    )
    assert "- Lithuania is not bound on 2026-11-23" in told
