"""`ottawa count` from outside: what it leads with, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import pytest
from conftest import Ottawa

DAY = "--as-of=2026-11-23"


def test_it_leads_with_the_sentence_for_the_day(ottawa: Ottawa) -> None:
    head = ottawa("count", DAY).stdout.splitlines()[:2]
    assert head == [
        "On 2026-11-23",
        "161 States are bound; for 1 it is not settled (Lebanon)."
        " 162 have joined and not left, 133 have signed.",
    ]
    before = ottawa("count", DAY, "--to=2025-12-31").stdout.splitlines()[1]
    assert before.endswith("On 2025-12-31: 163 States are bound. 163 have joined and not left,"
                           " 133 have signed.")  # fmt: skip


def test_the_five_notices_and_effects_as_csv(ottawa: Ottawa) -> None:
    told = ottawa("count", DAY, "--from=2025-01-01", "--to=2026-03-01", "--format=csv").stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert list(rows[0]) == [
        "date", "iso3", "name", "treaty", "kind", "basis",
        "signatories", "joined", "bound_least", "bound_most",
    ]  # fmt: skip
    assert Counter(row["kind"] for row in rows) == {
        "notice": 5, "notice-period-end": 5, "effect": 5, "deposit": 3, "entry-into-force": 2,
        "suspension": 1,
    }  # fmt: skip
    assert {"Marshall Islands", "Tonga"} <= {row["name"] for row in rows}
    effects = [(row["date"], row["joined"]) for row in rows if row["kind"] == "effect"]
    assert effects == [*[("2025-12-27", "163")] * 3, ("2026-01-10", "162"), ("2026-02-20", "161")]


def test_many_states_on_one_day_are_one_row_for_people(ottawa: Ottawa) -> None:
    told = ottawa("count", DAY, "--from=1999-03-01", "--to=1999-04-01").stdout.splitlines()
    assert "1999-03-01  133     67      45     45 States: in force" in told
    assert any("Guinea, Panama, Qatar, Slovenia: in force" in line for line in told)


def test_without_a_first_day_people_are_told_the_latest_changes(ottawa: Ottawa) -> None:
    short, whole = (ottawa("count", DAY, *words).stdout for words in ([], ["--from=1997-12-03"]))
    assert "204 earlier days with a change are left out here: --from 1997-12-03 tells" in short
    assert "left out" not in whole
    assert len(whole.splitlines()) > 200 > len(short.splitlines())
    assert len(ottawa("count", DAY, "--format=csv").stdout.splitlines()) > 400


def test_what_lies_ahead_and_what_is_assumed_is_marked(ottawa: Ottawa) -> None:
    words = ("count", "--as-of=2026-01-01", "--from=2026-01-01", "--to=2027-07-01")
    told = ottawa(*words, "--notice=norway=2026-12-01").stdout
    assert "Finland: withdrawal effective, later\n" in told
    assert "Norway: notice of withdrawal, assumed, later\n" in told
    assert "Norway: withdrawal effective, assumed, later\n" in told
    assert "Assumed: Norway: " in told


def test_the_sources_of_each_change(ottawa: Ottawa) -> None:
    told = ottawa("count", DAY, "--from=2025-06-27", "--to=2025-06-27", "--sources").stdout
    assert "[U26] " in told
    marked = ottawa(
        "count", DAY, "--from=2025-03-01", "--to=2025-03-31", "--sources", "--format=markdown",
        "--field=name", "--field=joined",
    ).stdout  # fmt: skip
    assert "| Marshall Islands | 165 | [^U26]" in marked


def test_a_series_and_a_panel_for_people(ottawa: Ottawa) -> None:
    yearly = ottawa("count", DAY, "--every", "year").stdout
    assert "\n2025-12-31  133     163     163\n" in yearly
    panel = ottawa("count", DAY, "--panel", "--from=2026-01-01").stdout
    assert "\n2026-11-23  Lebanon " in panel
    assert any(line.split()[1:] == ["Lebanon", "uncertain", "?"] for line in panel.splitlines())


def test_the_steps_in_characters(ottawa: Ottawa) -> None:
    told = ottawa("count", DAY).stdout.splitlines()
    start = told.index("161 to 162 States are bound by the Mine Ban Convention")
    assert "163: Estonia, Latvia, Lithuania leave 2025-12-27" in told[start:]
    top, bottom = (
        next(n for n, line in enumerate(told) if n > start and line.startswith(number))
        for number in ("166 ", "  0 ")
    )
    full = [line.count("█") for line in told[top : bottom + 1]]
    assert len(full) == 12
    assert full == sorted(full)
    assert told[bottom].startswith("  0    █")  # nobody is bound before March 1999
    dumb = ottawa("count", DAY, TERM="dumb").stdout
    assert "######" in dumb
    assert dumb.isascii()


def test_a_number_that_is_not_settled_is_drawn_so(ottawa: Ottawa) -> None:
    told = ottawa("count", DAY, "--from=2026-01-01", "--format=svg").stdout
    assert ">not settled<" in told
    assert ">not settled<" not in ottawa(
        "count", "--as-of=2020-01-01", "--from=2019-01-01", "--format=svg"
    ).stdout  # fmt: skip


def test_two_treaties_are_counted_each_by_itself(ottawa: Ottawa) -> None:
    words = ("count", "--treaty=all", DAY, "--from=2025-01-01", "--to=2025-12-31")
    rows = list(csv.DictReader(io.StringIO(ottawa(*words, "--format=csv").stdout)))
    lithuania = [
        (row["date"], row["treaty"], row["kind"], row["joined"], row["bound_least"])
        for row in rows
        if row["iso3"] == "LTU"
    ]
    assert lithuania == [
        ("2025-03-06", "ccm", "notice-period-end", "111", "111"),
        ("2025-03-06", "ccm", "effect", "111", "111"),
        ("2025-06-27", "ottawa", "notice", "166", "164"),
        ("2025-12-27", "ottawa", "notice-period-end", "163", "163"),
        ("2025-12-27", "ottawa", "effect", "163", "163"),
    ]
    told = ottawa(*words).stdout
    assert "On 2026-11-23, Convention on Cluster Munitions\n112 States are bound." in told
    assert "Lithuania: withdrawal effective, Convention on Cluster Munitions\n" in told
    numbers = json.loads(ottawa(*words, "--format=json").stdout)["count"]
    assert [(each["treaty"], each["bound_least"]) for each in numbers] == [
        ("ottawa", 161), ("ccm", 112),
    ]  # fmt: skip
    for refused in (ottawa(*words, "--every=year"), ottawa(*words, "--format=svg")):
        assert (refused.returncode, refused.stdout) == (2, "")
    assert ottawa(*words, "--panel", "--every=month", "--format=csv").stdout.count("LTU,") == 24


def test_a_suspension_is_named_where_it_counts(ottawa: Ottawa) -> None:
    words = ("count", DAY, "--from=2025-01-01")
    claimed = ottawa(*words, "--reading=suspension=as-communicated").stdout
    assert "163: Ukraine suspends 2025-07-18" in claimed
    assert "suspends" not in ottawa(*words).stdout


def test_a_theme_goes_with_the_picture(ottawa: Ottawa) -> None:
    dark = ottawa("count", DAY, "--format=svg", "--theme=dark").stdout
    assert "#0d1117" in dark
    refused = ottawa("count", DAY, "--theme=dark")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_before_there_was_a_convention_nothing_is_counted(ottawa: Ottawa) -> None:
    done = ottawa("count", "--as-of=1990-01-01")
    assert "bound by" not in done.stdout
    assert ottawa("count", "--as-of=1990-01-01", "--format=svg").returncode == 0
    assert done.stdout.splitlines()[1] == (
        "There was no Convention to join yet: no State is counted."
    )
    assert len(ottawa("count", "--as-of=1990-01-01", "--format=csv").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from=2027-01-01",), "--from 2027-01-01 comes after the last day counted, 2026-11-23."),
        (("--to=2027",), "'2027' is not a date"),
        (("--every=decade",), "--every 'decade': choose year or month."),
        (("lithuania",), "unexpected extra argument"),
    ],
)
def test_what_is_refused(ottawa: Ottawa, words: tuple[str, ...], why: str) -> None:
    done = ottawa("count", DAY, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
