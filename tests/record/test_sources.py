"""No fact without a source: in the file, and in what a reader is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ottawa_cli import Record
from ottawa_cli.dates import parse_partial

SOURCED = ("communications", "conflicts", "events", "states")
INNER = (
    "circulated", "objections", "phases", "end", "signature", "deposits", "consents",
    "first_day", "lasts",
)  # fmt: skip


def facts(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry of the file that states a fact, with a name for it."""
    for part in SOURCED:
        section = record.raw[part]
        for key, entry in section.items() if isinstance(section, dict) else enumerate(section):
            yield f"{part} {key}", entry
            for field in INNER:
                inner = entry.get(field, [])
                for each in inner if isinstance(inner, list) else [inner]:
                    yield f"{part} {key} {field}", each
                    if "in_force" in each:
                        yield f"{part} {key} entry into force", each["in_force"]


def test_every_fact_has_a_source_that_is_described(record: Record) -> None:
    sources = record.raw["sources"]
    lacking = [
        name
        for name, entry in facts(record)
        if not entry.get("sources") or not set(entry["sources"]) <= set(sources)
    ]
    assert lacking == []
    assert all(s["title"] and s["publisher"] and s["url"] for s in sources.values())


def test_every_source_is_used(record: Record) -> None:
    used = {id for _, entry in facts(record) for id in entry["sources"]}
    assert used == set(record.raw["sources"])


def test_provenance_is_not_in_comments() -> None:
    """A comment speaks to the editor of the file; what a fact rests on is data."""
    from ottawa_cli.dataset import shipped_path

    lines = shipped_path().read_text("utf-8").splitlines()
    comments = [line for line in lines if line.lstrip().startswith("#")]
    assert not [line for line in comments if "http" in line or "source:" in line.lower()]


def test_every_recorded_event_and_conflict_reaches_the_reader_with_its_source(
    record: Record, ottawa: Any
) -> None:
    answer = json.loads(ottawa("timeline", *record.iso3s, "--format", "json").stdout)
    assert len(answer["states"]) == 197
    seen = 0
    for state in answer["states"]:
        assert state["sources"], state["name"]
        for entry in (*state["events"], *state["conflicts"]):
            recorded = entry.get("basis", "recorded") == "recorded"
            if recorded:
                seen += 1
                assert entry["sources"], (state["name"], entry)
                assert all(source["url"].startswith("http") for source in entry["sources"])
    assert seen > 133 + 166 + 6


def test_every_source_of_a_fact_reaches_the_reader(record: Record, ottawa: Any) -> None:
    """Nothing is lost between the file and the answers."""
    states = json.loads(ottawa("timeline", *record.iso3s, "--format", "json").stdout)["states"]
    shown = {
        source["id"]
        for state in states
        for entry in (state, *state["events"], *state["conflicts"])
        for source in entry["sources"]
    }
    general = {id for event in record.general_events() for id in event.sources}
    protocol = {id for s in record.states() for c in s.consents for id in c.sources}
    treaty = set(record.treaty().sources)
    assert set(record.raw["sources"]) - shown <= general | protocol | treaty


def test_sources_are_written_out_where_asked_for(ottawa: Any) -> None:
    with_them = ottawa("timeline", "ukraine", "--sources").stdout
    without = ottawa("timeline", "ukraine").stdout
    assert "https://www.hrw.org/news/2025/07/24/ukraine-suspends-vital-mine-ban-treaty" in with_them
    assert "https://" not in without


def test_less_than_high_confidence_is_said(record: Record, ottawa: Any) -> None:
    assert "medium" in ottawa("status", "lebanon").stdout
    assert "medium confidence" in ottawa("status", "cyprus").stdout
    assert "medium" in ottawa("timeline", "ukraine").stdout


def latest(record: Record, id: str) -> str:
    """The latest day on which a source can have been published; none given: the end of time."""
    date = record.source(id).date
    return str(parse_partial(date).latest) if date else "9999-12-31"


@pytest.mark.parametrize(
    ("state", "kind", "date", "too_old"),
    [
        ("marshall islands", "deposit", "2025-03-12", {"U14", "D18"}),
        ("ukraine", "deposit", "2005-12-27", {"TRB2003"}),
        ("ukraine", "conflict-end", "2022-02", {"GA-359"}),
        ("poland", "deposit", "2012-12-27", {"MSZ-POL-2012"}),
    ],
)
def test_a_fact_is_not_shown_with_a_source_older_than_it(
    state: str, kind: str, date: str, too_old: set[str], ottawa: Any
) -> None:
    (answer,) = json.loads(ottawa("timeline", state, "--format", "json").stdout)["states"]
    (event,) = (e for e in answer["events"] if (e["kind"], e["date"]) == (kind, date))
    ids = {source["id"] for source in event["sources"]}
    assert ids
    assert not ids & too_old
    rows = ottawa("timeline", state, "--format", "plain", "--sources").stdout.splitlines()
    (row,) = (row for row in rows if row.startswith(f"{date} ") and row.split("  ")[-1] and
              ", ".join(source["id"] for source in event["sources"]) in row)  # fmt: skip
    assert not any(id in row for id in too_old)


def test_no_date_is_shown_with_a_source_older_than_it(record: Record, ottawa: Any) -> None:
    """Nor one computed from it: entry into force is told once the deposit is made."""
    states = json.loads(ottawa("timeline", *record.iso3s, "--format", "json").stdout)["states"]
    seen = 0
    for state in states:
        deposit = min((e["date"] for e in state["events"] if e["kind"] == "deposit"), default="")
        for event in state["events"]:
            in_force = event["kind"] == "entry-into-force"
            day = deposit if in_force else event["date"]
            assert event["sources"] or (event["basis"] != "recorded" and not in_force)
            for source in event["sources"]:
                seen += 1
                assert day is None or latest(record, source["id"])[: len(day)] >= day[:10], event
        for conflict in state["conflicts"]:
            assert bool(conflict["end"]) == bool(conflict["end_sources"])
    assert seen > 1500


def test_each_row_of_an_answer_has_the_sources_of_its_fact(ottawa: Any) -> None:
    def row(state: str, what: str, as_of: str = "2026-11-23") -> set[str]:
        out = ottawa("status", state, "--sources", "--format", "plain", "--as-of", as_of).stdout
        (line,) = (line for line in out.splitlines() if line.startswith(what))
        return set(line.rpartition("  ")[2].split(", "))

    assert row("lithuania", "Signed") == {"U26", "U14", "D18", "TRB2003"}
    assert row("lithuania", "Ratification deposited") == {"U26", "U14", "D18"}
    assert row("lithuania", "In force") == {"U26", "U14", "D18"}
    assert row("afghanistan", "In force") == {"U26", "U14", "D18", "LM2004", "FS2010"}
    assert row("south sudan", "In force") == {"ISU-SSD", "MON-SSD"}
    assert row("eritrea", "Armed conflict") == {"RULAC-NEWS-P16", "DMETHIO"}


WORDS = "(title read off the address)"


@pytest.mark.parametrize("format", ["plain", "table", "markdown", "html", "ics"])
def test_a_title_read_off_an_address_says_so(format: str, ottawa: Any) -> None:
    """Lithuania's course rests on both kinds of title."""
    sources = () if format == "ics" else ("--sources",)
    out = ottawa("timeline", "lithuania", *sources, "--format", format).stdout
    text = " ".join(re.sub(r"\\(?=[\[\](])|\r?\n ", "", out).split())
    read_off, seen = "Decision is made: Lithuania withdraws from the Ottawa Convention", "HRW-2025"
    assert f"{read_off} {WORDS}" in text.replace("\\,", ",")
    assert seen in text or format == "ics"
    assert f"Five European States Withdraw from Mine Ban Treaty (as reprinted) {WORDS}" not in text


def test_a_title_read_off_an_address_is_a_key_for_machines(record: Record, ottawa: Any) -> None:
    explained = json.loads(ottawa("explain", "lithuania", "--format", "json").stdout)["states"][0]
    course = json.loads(ottawa("timeline", "lithuania", "--format", "json").stdout)["states"][0]
    given = [*explained["sources"], *(s for e in course["events"] for s in e["sources"])]
    assert {source["title_from"] for source in given} == {"address", None}
    for source in given:
        recorded = record.raw["sources"][source["id"]]
        assert source["title_from"] == recorded.get("title_from")
        assert source["title"] == recorded["title"]


@pytest.mark.parametrize("command", ["status", "timeline", "explain", "leave"])
@pytest.mark.parametrize("state", ["poland", "lithuania", "ukraine", "lebanon"])
def test_each_source_that_a_row_names_is_described_below(
    command: str, state: str, ottawa: Any
) -> None:
    page = ottawa(command, state, "--sources", "--format", "html", "--as-of=2026-11-23").stdout
    named = re.findall(r'<a href="#source-([^"]+)">', page)
    assert named or command == "leave"
    assert "<a>" not in page  # the name of a source that leads nowhere
