"""What is told of a day is what was true on that day."""

import json
from collections.abc import Callable

import pytest
from conftest import Ottawa

Told = Callable[..., list[str]]


@pytest.fixture
def told(ottawa: Ottawa) -> Told:
    """The particulars of the record that an answer tells."""

    def ask(*words: str, code: str = "record") -> list[str]:
        done = ottawa("status", *words, "--format", "json")
        assert done.returncode == 0, done.stderr
        (state,) = json.loads(done.stdout)["states"]
        return [note["text"] for note in state["notes"] if note["code"] == code]

    return ask


BRACKETS = "puts the signature in brackets"


def test_the_brackets_of_lithuania_wait_for_the_page_that_shows_them(told: Told) -> None:
    for day in ("2000-01-01", "2025-12-27", "2026-02-02"):
        assert told("lithuania", "--as-of", day) == []
    (note,) = told("lithuania", "--as-of", "2026-02-03")
    assert BRACKETS in note


@pytest.mark.parametrize(
    "what_if",
    [
        ("--revoke", "lithuania=2025-08-01"),
        ("--notice", "lithuania=2025-09-01"),
        ("--conflict", "lithuania=2025-12-01.."),
    ],
)
def test_the_brackets_of_lithuania_follow_the_recorded_withdrawal(
    told: Told, what_if: tuple[str, str]
) -> None:
    assert told("lithuania", "--as-of", "2026-11-23", *what_if) == []
    kenya = ("kenya", "--as-of", "2026-11-23", *what_if)
    assert len(told(*kenya)) == 1  # a what-if about another State changes nothing here


@pytest.mark.parametrize(
    ("state", "before", "words", "first"),
    [
        ("kenya", "1997-12-04", "Signed in New York", "1997-12-05"),
        ("mauritius", "2020-01-30", "Chagos", "2020-01-31"),
        ("palestine", "2012-11-28", "Observer State", "2012-11-29"),
        ("netherlands", "2014-02-20", "Bonaire", "2014-02-21"),
        ("united kingdom", "2001-12-03", "overseas territories", "2001-12-04"),
        ("united kingdom", "2002-04-02", "Crown dependencies", "2002-04-03"),
        ("marshall islands", "2025-03-11", "last signatory", "2025-03-12"),
        ("tonga", "2025-06-24", "news site", "2025-06-25"),
        ("finland", "2025-07-09", "The addressees", "2025-07-10"),
    ],
)
def test_a_note_begins_on_its_day(
    told: Told, state: str, before: str, words: str, first: str
) -> None:
    assert words not in " ".join(told(state, "--as-of", before))
    assert words in " ".join(told(state, "--as-of", first))


def test_a_note_on_a_conflict_begins_on_its_day(told: Told) -> None:
    notice = ("--notice", "ukraine=2021-01-01")
    assert "invasion of 2022" not in " ".join(told("ukraine", *notice, "--as-of", "2022-02-23"))
    assert "invasion of 2022" in " ".join(told("ukraine", *notice, "--as-of", "2022-02-24"))


def test_a_departure_from_the_rule_is_told_from_the_deposit_it_is_about(told: Told) -> None:
    differs = {
        day: told("south sudan", "--as-of", day, code="recorded-date-differs")
        for day in ("2011-07-08", "2011-07-09")
    }
    assert [len(notes) for notes in differs.values()] == [0, 1]


def calendar(ottawa: Ottawa, *words: str) -> str:
    text = ottawa("timeline", *words, "--format", "ics").stdout
    return text.replace("\n ", "").replace("\\,", ",")


def test_the_calendar_tells_of_no_course_but_the_one_asked_about(ottawa: Ottawa) -> None:
    followed = "No instrument of withdrawal is known to have followed"
    assert followed not in calendar(ottawa, "ukraine", "--as-of=2025-07-14")
    assert followed in calendar(ottawa, "ukraine", "--as-of=2025-07-15")
    notice = ("--notice", "ukraine=2025-08-01")
    assert followed not in calendar(ottawa, "ukraine", *notice, "--as-of=2026-11-23")
    plans = "reported in connection with the withdrawal"
    assert plans in calendar(ottawa, "lithuania", "--as-of=2026-11-23")
    revoked = calendar(
        ottawa, "lithuania", "--revoke", "lithuania=2025-08-01", "--as-of=2026-11-23"
    )
    assert plans not in revoked
    assert "Seimas votes" in revoked
