"""Some States and some events: what picks them, and several States at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Ottawa

from ottawa_cli.dataset.fields import EVENT_KINDS
from ottawa_cli.rules.timeline import KINDS

DAY = "--as-of=2026-11-23"
LOOK = ("--field", "iso3")


def codes(ottawa: Ottawa, *words: str) -> list[str]:
    done = ottawa(*words, *LOOK)
    assert done.returncode == 0
    return done.stdout.split()


def test_bound_yes_no_and_unknown_are_the_whole_roll(ottawa: Ottawa) -> None:
    found = [codes(ottawa, "status", DAY, "--bound", word) for word in ("yes", "no", "unknown")]
    assert [len(each) for each in found] == [161, 35, 1]
    assert found[2] == ["LBN"]
    assert sorted(code for each in found for code in each) == sorted(
        codes(ottawa, "status", "--all", DAY)
    )


def test_who_is_at_war(ottawa: Ottawa) -> None:
    assert codes(ottawa, "status", DAY, "--in-conflict", "--bound", "no") == ["ISR", "PAK", "RUS"]
    bound = codes(ottawa, "status", DAY, "--in-conflict", "--bound", "yes")
    assert codes(ottawa, "leave", DAY, "--in-conflict") == bound
    assert "UKR" in bound
    assert "THA" not in bound  # its conflicts are over
    assert "NOR" in codes(ottawa, "status", DAY, "--in-conflict", "--conflict", "norway")


def test_filters_go_with_named_states_and_with_each_other(ottawa: Ottawa) -> None:
    words = ("lithuania", "ukraine", "norway", DAY)
    assert codes(ottawa, "status", *words, "--bound", "yes") == ["UKR", "NOR"]
    assert codes(ottawa, "status", *words, "--bound", "yes", "--in-conflict") == ["UKR"]
    assert codes(ottawa, "leave", *words, "--only", "withdrawn") == ["LTU"]
    told = ottawa("status", "norway", DAY, "--bound", "no", "--in-conflict").stdout
    assert told.splitlines()[1] == "No State is not bound and is in an armed conflict."
    lanes = json.loads(ottawa("timeline", *words, "--in-conflict", "--format", "json").stdout)
    assert [state["iso3"] for state in lanes["states"]] == ["UKR"]


def test_leave_gives_the_reason_of_those_not_bound_only_where_asked(ottawa: Ottawa) -> None:
    assert len(codes(ottawa, "leave", DAY)) == 161
    assert codes(ottawa, "leave", DAY, "--only", "withdrawn") == ["EST", "FIN", "LVA", "LTU", "POL"]
    assert codes(ottawa, "leave", DAY, "--bound", "unknown") == ["LBN"]


def test_all_goes_without_a_state(ottawa: Ottawa) -> None:
    for command in ("status", "timeline"):
        done = ottawa(command, "norway", "--all")
        assert (done.returncode, done.stdout) == (2, "")
        assert "--all goes without a STATE" in done.stderr


@pytest.mark.parametrize(
    ("names", "lines", "status"),
    [
        (("norway", "france"), "yes\nyes\n", 0),
        (("norway", "estonia"), "yes\nno\n", 1),
        (("estonia", "lebanon", "norway"), "no\nunknown\nyes\n", 4),
    ],
)
def test_bound_of_several_states(
    ottawa: Ottawa, names: tuple[str, ...], lines: str, status: int
) -> None:
    done = ottawa("bound", *names, DAY)
    assert (done.returncode, done.stdout, done.stderr) == (status, lines, "")


def test_bound_says_what_a_bare_no_would_hide(ottawa: Ottawa) -> None:
    done = ottawa("bound", "south sudan", "--as-of", "2005-01-01")
    assert (done.returncode, done.stdout) == (1, "no\n")
    assert done.stderr == "ottawa: South Sudan was no State yet: its first day is 2011-07-09.\n"
    done = ottawa("bound", "norway", "--as-of", "2300-01-01")
    assert (done.returncode, done.stdout) == (0, "yes\n")
    assert done.stderr == "ottawa: what happened after 2026-08 may not be in the record.\n"


def events(ottawa: Ottawa, *words: str) -> list[dict[str, Any]]:
    done = ottawa("timeline", *words, DAY, "--format", "json")
    return [event for state in json.loads(done.stdout)["states"] for event in state["events"]]


def test_kind_and_since_keep_some_events_in_every_form(ottawa: Ottawa) -> None:
    kept = events(ottawa, "--kind", "effect")
    assert {(event["iso3"], event["kind"]) for event in kept} == {
        (iso3, "effect") for iso3 in ("EST", "FIN", "LVA", "LTU", "POL")
    }
    both = events(ottawa, "--kind", "effect", "--kind", "withdrawal", "--since", "2025-07-10")
    assert [(event["iso3"], event["kind"]) for event in both if event["iso3"] == "EST"] == [
        ("EST", "effect")
    ]
    assert all(event["date"] >= "2025-07-10" for event in both)
    rows = ottawa("timeline", DAY, "--kind", "effect", "--format", "csv").stdout.splitlines()
    assert len(rows) == 6
    calendar = ottawa("timeline", DAY, "--kind", "effect", "--format", "ics").stdout
    assert calendar.count("BEGIN:VEVENT") == 5
    told = ottawa("timeline", DAY, "--kind", "effect").stdout
    assert "Instrument of withdrawal received" not in told
    assert "Notes on" not in told
    assert "The Convention at large" not in told


def test_the_whole_roll_since_a_day_has_those_with_events(ottawa: Ottawa) -> None:
    found = events(ottawa, "--all", "--since", "2026-02-01", "--kind", "deposit")
    assert [event["iso3"] for event in found] == ["LBN"]  # half of its days lie after it
    named = ottawa("timeline", "norway", "--kind", "effect", DAY, "--format", "json").stdout
    assert [state["iso3"] for state in json.loads(named)["states"]] == ["NOR"]


def test_an_objection_without_a_day_is_after_no_day(ottawa: Ottawa) -> None:
    words = ("ukraine", "--kind", "objection")
    assert len(events(ottawa, *words)) == 6
    assert len(events(ottawa, *words, "--since", "2025-01-01")) == 2


def test_the_kinds_offered_are_those_there_are(ottawa: Ottawa) -> None:
    told = {event["kind"] for event in events(ottawa, "--all")}
    assert told <= {*KINDS, *EVENT_KINDS}
    done = ottawa("timeline", "--kind", "efect")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean effect?" in done.stderr


def test_no_events_leaves_the_picture(ottawa: Ottawa) -> None:
    whole, bare = (ottawa("timeline", DAY, *more).stdout for more in ((), ("--no-events",)))
    assert whole.startswith(bare[: bare.index("\n\nAs of")])
    assert "Instrument of withdrawal received" in whole
    assert "Instrument of withdrawal received" not in bare


def test_today_is_a_day(ottawa: Ottawa) -> None:
    said = [ottawa("status", "norway", *more).stdout for more in (("--as-of", "Today"), ())]
    assert said[0] == said[1]
    assert ottawa("status", "norway", OTTAWA_AS_OF="today").stdout == said[0]


def test_a_war_over_in_time_leaves_the_conditional_answer(ottawa: Ottawa) -> None:
    words = ("status", "ukraine", DAY, "--conflict")
    told = ottawa(*words, "ukraine=2014-02-27..2027-03-01").stdout
    assert "the withdrawal would take effect on 2027-05-23: the conflict is over in time" in told
    gone = ottawa(*words, "ukraine=2014-02-27..2026-03-01").stdout
    assert "No notice of withdrawal is on record" not in gone
    later = ottawa(*words, "ukraine=2014-02-27..2027-07-01").stdout
    assert "would be suspended until 2027-07-01" in later


@pytest.mark.parametrize(
    "form", ["plain", "table", "markdown", "html", "json", "csv", "svg", "ics"]
)
def test_nobody_is_an_answer_in_every_form(ottawa: Ottawa, form: str) -> None:
    for words in (
        ("timeline", "--only", "signatory"), ("leave", "--only", "signatory"),
        ("leave", "norway", "--bound", "no"), ("status", "--only", "signatory"),
        ("timeline", "--all", "--since", "2100-01-01", "--kind", "effect"),
    ):  # fmt: skip
        if words[0] == "timeline" or form not in {"svg", "ics"}:
            done = ottawa(*words, DAY, "--format", form)
            assert (done.returncode, done.stderr) == (0, ""), words
            assert (
                form in {"csv", "svg", "json", "ics"}
                or "No State" in done.stdout
                or ("There is no State" in done.stdout)
            )


def test_an_assumption_about_a_state_that_a_filter_leaves_out_is_told(ottawa: Ottawa) -> None:
    unused = "ottawa: what was assumed about Lithuania is not in this answer.\n"
    for command in (("leave", "--in-conflict"), ("status", "--bound", "yes"),
                    ("timeline", "--all", "--kind", "objection")):  # fmt: skip
        done = ottawa(*command, "--conflict", "lithuania", DAY, *LOOK)
        assert (done.returncode, done.stderr) == (0, unused), command
