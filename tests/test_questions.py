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
    assert "no court is known to have ruled on it" in told


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
    published = [
        event for event in state["events"]
        if event["kind"] in {"effect", "published-effect"} and event["date"] == "2025-12-27"
    ]  # fmt: skip
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


def test_how_many_are_bound_and_which_are_not_settled(ottawa: Ottawa) -> None:
    told = ottawa("status", DAY).stdout
    assert "- On 2026-11-23, 161 States are bound; for 1 it is not settled (Lebanon).\n" in told
    before = ottawa("status", "--as-of", "2020-01-01").stdout
    assert "- On 2020-01-01, 164 States are bound.\n" in before
    assert "On 1998-01-01, 0 States are bound." in ottawa("status", "--as-of=1998-01-01").stdout


def test_a_day_somewhere_in_a_range_is_not_told_as_a_time_with_an_end(ottawa: Ottawa) -> None:
    either = "between 2026-08-01 and 2027-02-01"
    head = ottawa("status", "lebanon", "--as-of=2027-03-01").stdout.splitlines()[1]
    assert head == f"PARTY. Bound. In force since a day {either}, no notice of withdrawal pending."
    for command in ("status", "timeline", "explain"):
        told = ottawa(command, "lebanon", DAY).stdout
        assert either in told
        assert "2026-08-01 to" not in told


def test_a_notice_revoked_is_told_as_revoked(ottawa: Ottawa) -> None:
    head = ottawa("status", "lithuania", "--revoke", "lithuania=2025-08-01", DAY).stdout
    assert "; the notice received on 2025-06-27 was revoked on 2025-08-01." in head
    assert "pending" not in head


def test_a_status_that_no_state_has_is_said(ottawa: Ottawa) -> None:
    words = ("status", "--only", "signatory", "--only", "suspended", DAY)
    for form in ("plain", "table", "markdown", "html"):
        told = ottawa(*words, "--format", form)
        assert "No State has the status signatory or suspended." in told.stdout
        assert told.returncode == 0
    assert len(ottawa(*words, "--format", "csv").stdout.splitlines()) == 1
    assert json.loads(ottawa(*words, "--format", "json").stdout)["states"] == []


def test_several_states_say_since_when_and_leave_particulars_for_one(ottawa: Ottawa) -> None:
    told = ottawa("status", DAY).stdout
    assert told.splitlines()[1].split()[:6] == ["State", "Status", "Bound", "In", "force", "Notice"]
    assert "Poland     withdrawn  no     2013-06-01  2025-08-20" in told
    early = ottawa("status", "finland", "poland", "norway", "--as-of=2011-01-01").stdout
    assert [row.split() for row in early.splitlines()[2:5]] == [
        ["Finland", "not-party", "no"], ["Poland", "signatory", "no"],
        ["Norway", "party", "yes", "1999-03-01"],
    ]  # fmt: skip
    assert [line for line in told.splitlines() if "ontested" in line] == [
        "- Ukraine: Contested: a suspension was communicated (both views: ottawa status UKR)."
    ]


def test_the_whole_roll_fits_a_terminal_of_80_columns(ottawa: Ottawa) -> None:
    words = ("status", "--all", DAY, "--format", "table")
    table, notes = ottawa(*words, COLUMNS="80").stdout.split("\n\n")[:2]
    assert "Liechtenstein  party      yes    2000-04-01" in table
    assert len(table.splitlines()) < 230
    assert "- A source has another date than the rule: South Sudan\n" in notes
    narrow = ottawa(*words, COLUMNS="60").stdout
    assert "Estonia\n  Status: withdrawn, Bound: no, In force: 2004-11-01,\n  Notice" in narrow


def test_a_recorded_entry_into_force_rests_on_its_reason_and_not_on_the_rule(
    ottawa: Ottawa,
) -> None:
    reason = "The record's reason, not Art. 17(2)"
    rows = ottawa("status", "south sudan", DAY).stdout.splitlines()
    row = next(row for row in rows if row.startswith("In force "))
    assert row.split("  ")[-1] == reason
    assert (
        f"\n2. {reason} (recorded). 2011-11-11 -> 2011-07-09. Art. 17(2) would give 2012-05-01."
        in (ottawa("explain", "south sudan", DAY).stdout)
    )
    assert f"Entry into force [{reason}]" in ottawa("timeline", "south sudan", DAY).stdout
    assert "not Art. 17" not in ottawa("status", "montenegro", DAY).stdout


def test_where_no_source_tells_there_is_no_basis_and_no_source(ottawa: Ottawa) -> None:
    told = ottawa("explain", "lithuania", "--sources", DAY).stdout.splitlines()
    (silent,) = (line for line in told if "No source in the record tells" in line)
    assert silent.endswith(
        ". Art. 20(2). No source in the record tells of reasons or of all three addressees; the"
        " receipt counts."
    )


def test_a_day_that_a_reading_refuses_is_no_fault_of_the_record(ottawa: Ottawa) -> None:
    told = ottawa("status", "estonia", "--notice=estonia=2024-08-31", "--reading=month-end=refuse",
                  DAY).stdout  # fmt: skip
    assert "withdrawing or withdrawn; it is not settled which." in told
    (row,) = (row for row in told.splitlines() if row.startswith("Six months over"))
    assert "no date" in row
