"""What is told of a day is what was true on that day."""

import csv
import io
import json
import re
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
    return text.replace("\r\n ", "").replace("\\,", ",")


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


# --- before there was a State, or a Convention ------------------------------------------


def answer(ottawa: Ottawa, *words: str) -> tuple[str, list[str]]:
    """The headline, and the codes of the notes."""
    lines = ottawa("status", *words, "--format", "plain").stdout.splitlines()
    (state,) = json.loads(ottawa("status", *words, "--format", "json").stdout)["states"]
    assert (state["status"], state["bound"]) == ("not-party", False)
    return lines[1], [note["code"] for note in state["notes"]]


@pytest.mark.parametrize(
    ("state", "last", "through"),
    [
        ("montenegro", "2006-06-02", "Serbia"),
        ("south sudan", "2011-07-08", "Sudan"),
        ("timor-leste", "2002-05-19", None),
    ],
)
def test_a_state_that_did_not_exist_yet(
    ottawa: Ottawa, told: Told, state: str, last: str, through: str | None
) -> None:
    headline, codes = answer(ottawa, state, "--as-of", last)
    tail = f"; its territory was bound through {through}" if through else ""
    expected = f"NOT-PARTY. Not bound. It did not exist as a State yet{tail}."
    assert (headline, codes) == (expected, ["no-state-yet"])
    (note,) = told(state, "--as-of", last, code="no-state-yet")
    assert (f"bound through {through}." in note) is bool(through)
    bound = ottawa("bound", state, "--as-of", last)
    assert (bound.stdout, bound.returncode) == ("no\n", 1)
    for command in ("explain", "timeline"):
        assert expected in ottawa(command, state, "--as-of", last, "--format", "plain").stdout


@pytest.mark.parametrize(
    ("state", "first", "status"),
    [
        ("montenegro", "2006-06-03", "not-party"),
        ("south sudan", "2011-07-09", "party"),
        ("timor-leste", "2002-05-20", "not-party"),
    ],
)
def test_the_first_day_of_a_state(ottawa: Ottawa, state: str, first: str, status: str) -> None:
    done = ottawa("status", state, "--as-of", first, "--format", "json")
    (found,) = json.loads(done.stdout)["states"]
    assert found["status"] == status
    assert "no-state-yet" not in {note["code"] for note in found["notes"]}


def test_a_territory_is_bound_no_longer_than_the_state_it_was_part_of(
    ottawa: Ottawa, told: Told
) -> None:
    before = ("montenegro", "--as-of", "2004-02-29")
    assert answer(ottawa, *before)[0].endswith("It did not exist as a State yet.")
    (note,) = told(*before, code="no-state-yet")
    assert "On that day Serbia was not bound either." in note
    left = ("montenegro", "--as-of", "2005-01-01", "--notice", "serbia=2004-04-01")
    assert answer(ottawa, *left)[0].endswith("It did not exist as a State yet.")


def test_the_sources_of_the_state_bound_are_cited(ottawa: Ottawa) -> None:
    def cited(state: str) -> set[str]:
        done = ottawa("status", state, "--as-of", "2005-01-01", "--format", "json")
        return {source["id"] for source in json.loads(done.stdout)["states"][0]["sources"]}

    assert cited("serbia") <= cited("montenegro")
    assert "WIPO-302" in cited("montenegro")


def test_serbia_under_its_earlier_names(told: Told) -> None:
    assert "Federal Republic of Yugoslavia" in told("serbia", "--as-of", "2003-02-03")[0]
    for day in ("2003-02-04", "2006-06-02"):
        (note,) = told("serbia", "--as-of", day)
        assert "was called Serbia and Montenegro" in note
    assert told("serbia", "--as-of", "2006-06-03") == []


def test_a_state_to_come_is_marked_and_not_counted(ottawa: Ottawa) -> None:
    lines = ottawa("status", "--all", "--as-of", "2006-06-02", "--format", "plain").stdout
    assert lines.count("not-party, no State yet") == 2
    assert "- 195 States: " in lines
    assert "- No States yet, and not counted: Montenegro and South Sudan." in lines
    assert "- No state yet: Montenegro, South Sudan\n" in lines
    today = ottawa("status", "--all", "--as-of", "2011-07-09", "--format", "plain").stdout
    assert "- 197 States: " in today
    assert "no State yet" not in today


@pytest.mark.parametrize(
    ("state", "row"),
    [
        ("lithuania", "Notice received +2025-06-27 +recorded, later +C.N.362.2025"),
        ("ukraine", "Suspension communicated +2025-07-18 +recorded, later"),
    ],
)
def test_what_was_received_after_the_day_is_told_and_does_not_count(
    ottawa: Ottawa, state: str, row: str
) -> None:
    told = ottawa("status", state, "--as-of", "2025-06-20", "--format", "plain").stdout
    assert re.search(row, told)
    assert "PARTY. Bound." in told
    assert "Contested" not in told


def test_a_day_before_the_convention(ottawa: Ottawa) -> None:
    codes = ["no-convention-yet"]
    headline = "NOT-PARTY. Not bound. There was no Convention to join yet."
    assert answer(ottawa, "france", "--as-of", "1997-12-02") == (headline, codes)
    both = answer(ottawa, "montenegro", "--as-of", "1997-12-02")
    assert both == (headline, [*codes, "no-state-yet"])
    done = ottawa("status", "france", "--as-of", "1997-12-03", "--format", "json")
    (france,) = json.loads(done.stdout)["states"]
    assert (france["status"], france["notes"]) == ("signatory", [])
    lines = ottawa("status", "--all", "--as-of", "1997-12-02", "--format", "plain").stdout
    assert lines.startswith("On 1997-12-02. There was no Convention to join yet:\n")
    assert "no-convention-yet" not in lines
    assert "no State is counted" in lines
    table = ottawa("status", "--all", "--as-of", "1997-12-02", "--format", "csv").stdout
    assert {row["bound"] for row in csv.DictReader(io.StringIO(table))} == {"no"}
