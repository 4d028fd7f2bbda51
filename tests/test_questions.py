"""What a person types, and what must be told so that nothing is misread."""

import json

import pytest
from conftest import Ottawa

DAY = "--as-of=2026-11-23"
NOTICE = ("--notice", "thailand=2025-06-26")


def test_an_answer_on_assumed_facts_says_so_at_once(ottawa: Ottawa) -> None:
    first = ottawa("status", "thailand", *NOTICE, DAY).stdout.splitlines()[1]
    assert first.startswith("WITHDRAWN, on assumed facts. Not bound.")
    rows = ottawa("status", "thailand", "lithuania", *NOTICE, DAY).stdout.splitlines()
    assert next(row for row in rows if row.startswith("Thailand  ")).count("on assumed facts") == 1
    assert "on assumed facts" not in next(row for row in rows if row.startswith("Lithuania"))


def test_the_doubt_about_a_conflict_that_decides_is_told(ottawa: Ottawa) -> None:
    for command in ("status", "timeline", "explain"):
        told = ottawa(command, "thailand", *NOTICE, DAY).stdout
        assert "A cease-fire is not by itself the end of a conflict." in told
    notes = json.loads(ottawa("status", "thailand", *NOTICE, DAY, "--format", "json").stdout)
    texts = [note["text"] for note in notes["states"][0]["notes"] if note["code"] == "record"]
    assert any("cease-fire" in text for text in texts)


def test_how_the_day_of_a_communication_is_known_is_told(ottawa: Ottawa) -> None:
    told = ottawa("status", "ukraine", DAY).stdout
    assert "18 July is the day on which Human Rights Watch" in told
    assert "Switzerland (2025-10-17, medium confidence)" in told
    assert "no body has ruled on it" in told


def test_a_conflict_on_a_day_to_come_is_not_called_settled(ottawa: Ottawa) -> None:
    words = ("explain", "norway", "--notice", "norway=2026-08-31", DAY)
    assert "no record knows it: the test is made on that day" in ottawa(*words).stdout
    later = ottawa(*words[:-1], "--as-of=2027-03-01").stdout
    assert "no record knows it" not in later


def test_what_came_after_the_day_asked_about_is_marked(ottawa: Ottawa) -> None:
    rows = ottawa("status", "finland", "--as-of", "2010-01-01").stdout.splitlines()
    assert [row.split()[3:5] for row in rows if row.startswith("Accession")] == [
        ["recorded,", "later"]
    ]


@pytest.mark.parametrize("command", ["status", "bound", "timeline", "explain"])
def test_an_empty_day_is_no_day(ottawa: Ottawa, command: str) -> None:
    done = ottawa(command, "finland", "--as-of", "")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'' is not a date" in done.stderr


@pytest.mark.parametrize("names", [("north", "korea"), ("holy", "see"), ("Papua", "New", "Guinea")])
def test_a_name_of_several_words_without_quotes(ottawa: Ottawa, names: tuple[str, ...]) -> None:
    done = ottawa("status", *names)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Did you mean the one State '{' '.join(names)}'?" in done.stderr


def test_a_status_in_any_case(ottawa: Ottawa) -> None:
    words = ("status", "--field", "iso3", DAY, "--only")
    assert ottawa(*words, "WITHDRAWN").stdout == ottawa(*words, "withdrawn").stdout != ""
