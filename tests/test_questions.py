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


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "estonia", "--conflict", "estonia=0120-01-01.."),
        ("timeline", "lebanon", "--as-of", "0001-01-01"),
        ("timeline", "estonia", "--conflict", "estonia=0001-01-01..",
         "--notice", "estonia=8999-12-31"),
    ],
)  # fmt: skip
def test_a_picture_of_the_longest_times(ottawa: Ottawa, words: tuple[str, ...]) -> None:
    for form in ("plain", "svg"):
        done = ottawa(*words, "--format", form)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "what_if",
    [
        (),
        ("--revoke", "lithuania=2025-08-01"),
        ("--conflict", "lithuania=2025-12-01.."),
        ("--conflict", "lithuania=2025-12-01..2027-02-01"),
    ],
)
def test_a_what_if_takes_the_published_effect_away(
    ottawa: Ottawa, what_if: tuple[str, ...]
) -> None:
    (state,) = json.loads(
        ottawa("timeline", "lithuania", *what_if, DAY, "--format", "json").stdout
    )["states"]
    published = [event for event in state["events"] if event["kind"] in {"effect", "effective"}
                 and event["date"] == "2025-12-27"]  # fmt: skip
    assert bool(published) == (not what_if)
    assert "recorded-date-differs" not in [note["code"] for note in state["notes"]]


def test_what_was_held_back_and_is_over_is_told_in_the_past(ottawa: Ottawa) -> None:
    words = ("status", "estonia", "--notice", "estonia=2025-06-01",
             "--conflict", "estonia=2025-11-01..2026-02-01")  # fmt: skip
    assert "held the withdrawal back" in ottawa(*words, DAY).stdout
    assert "holds the withdrawal back" in ottawa(*words, "--as-of", "2026-01-01").stdout


def test_only_searches_the_roll_under_what_ifs_too(ottawa: Ottawa) -> None:
    words = ("status", "--only", "withdrawn", "--notice", "ukraine=2025-07-18", DAY)
    assert len(ottawa(*words, "--field", "iso3").stdout.split()) == 5
    suspended = ("status", "--only", "suspended", "--notice", "ukraine=2025-07-18", DAY)
    assert ottawa(*suspended, "--field", "iso3").stdout.split() == ["UKR"]


def test_all_goes_without_a_state(ottawa: Ottawa) -> None:
    done = ottawa("status", "lithuania", "--all")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_second_revocation_of_one_notice_is_refused(ottawa: Ottawa) -> None:
    twice = ("--revoke", "lithuania=2025-08-01", "--revoke", "lithuania=2025-09-01")
    done = ottawa("status", "lithuania", *twice, DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Lithuania has 1 notice to revoke and 2 revocations" in done.stderr
