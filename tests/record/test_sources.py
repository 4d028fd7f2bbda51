"""No fact without a source: in the file, and in what a reader is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ottawa_cli import Record

SOURCED = ("communications", "conflicts", "events", "states")
INNER = (
    "objections", "phases", "end", "signature", "deposits", "amended_protocol_ii", "first_day",
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
    assert used == set(record.source_ids())


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
    protocol = {id for s in record.states() for id in s.amended_protocol_ii_sources}
    assert set(record.source_ids()) - shown <= general | protocol


def test_sources_are_written_out_where_asked_for(ottawa: Any) -> None:
    with_them = ottawa("timeline", "ukraine", "--sources").stdout
    without = ottawa("timeline", "ukraine").stdout
    assert "https://www.hrw.org/news/2025/07/24/ukraine-suspends-vital-mine-ban-treaty" in with_them
    assert "https://" not in without


def test_less_than_high_confidence_is_said(record: Record, ottawa: Any) -> None:
    assert "medium" in ottawa("status", "lebanon").stdout
    assert "medium confidence" in ottawa("status", "cyprus").stdout
    assert "medium" in ottawa("timeline", "ukraine").stdout
