"""The calendar, read back by a library that did not write it."""

import datetime as dt
import json
import re
from pathlib import Path

import vobject
from conftest import Ottawa

from ottawa_cli import Record

DAY = "--as-of=2025-12-26"


def calendar(ottawa: Ottawa, *words: str) -> str:
    done = ottawa("timeline", *words, "--format", "ics")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def entries(text: str) -> dict[str, vobject.base.Component]:
    """The events by their summary."""
    return {event.summary.value: event for event in vobject.readOne(text).vevent_list}


def test_every_event_of_a_known_day_and_no_other(ottawa: Ottawa) -> None:
    found = entries(calendar(ottawa, "ukraine", DAY))
    done = ottawa("timeline", "ukraine", DAY, "--format", "json")
    (state,) = json.loads(done.stdout)["states"]
    known = {
        (f"Ukraine: {e['title']}", e["date"])
        for e in state["events"]
        if e["date_precision"] == "day"
    }
    assert {(name, str(e.dtstart.value)) for name, e in found.items()} == known
    assert all(type(e.dtstart.value) is dt.date for e in found.values())
    assert all(e.dtend.value - e.dtstart.value == dt.timedelta(days=1) for e in found.values())
    text = vobject.readOne(calendar(ottawa, "ukraine", DAY)).contents["x-wr-caldesc"][0].value
    assert "Left out, their day is not known: 2014-02 Ukraine: Armed conflict begins" in text
    assert "Information, not legal advice." in text


def test_what_is_to_come_or_assumed_is_tentative(ottawa: Ottawa, record: Record) -> None:
    found = entries(calendar(ottawa, "lithuania", DAY))
    projected = "Lithuania: Withdrawal projected, subject to the condition in Article 20(3)"
    assert found[projected].status.value == "TENTATIVE"
    received = found["Lithuania: Instrument of withdrawal received by the depositary"]
    assert received.status.value == "CONFIRMED"
    assert received.dtstamp.value.isoformat().startswith(record.version)
    assert "https://" in received.description.value
    assert received.url.value.startswith("https://")
    assumed = entries(calendar(ottawa, "--notice", "latvia=2020-01-15", "--as-of=2026-11-23"))
    assert assumed["Latvia: Withdrawal took effect"].status.value == "TENTATIVE"


def test_a_moved_day_updates_and_a_what_if_does_not(ottawa: Ottawa) -> None:
    before, after = (
        entries(calendar(ottawa, "lithuania", f"--as-of={day}"))
        for day in ("2025-12-26", "2025-12-27")
    )
    projected = before["Lithuania: Withdrawal projected, subject to the condition in Article 20(3)"]
    took = after["Lithuania: Withdrawal took effect"]
    assert projected.uid.value == took.uid.value
    assert int(projected.sequence.value) < int(took.sequence.value)
    moved = entries(
        calendar(ottawa, "lithuania", "--as-of=2026-11-23", "--reading", "effect-day=next-day")
    )["Lithuania: Withdrawal took effect"]
    assert moved.uid.value == took.uid.value
    assert moved.dtstart.value == took.dtstart.value + dt.timedelta(days=1)
    assumed = entries(calendar(ottawa, "--notice", "lithuania=2025-07-27", "--as-of=2026-11-23"))
    assert assumed["Lithuania: Withdrawal took effect"].uid.value != took.uid.value


def test_the_file_is_the_same_twice_and_as_the_standard_wants_it(
    process: Ottawa, tmp_path: Path
) -> None:
    for name in ("a.ics", "b.ics"):
        done = process("timeline", DAY, "--output", str(tmp_path / name), PYTHONHASHSEED="random")
        assert done.returncode == 0
    data = (tmp_path / "a.ics").read_bytes()
    assert data == (tmp_path / "b.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
    uids = re.findall(r"^UID:(.+)\r$", data.decode(), re.M)
    assert len(uids) == len(set(uids)) == data.count(b"BEGIN:VEVENT") > 50


def test_without_the_library_it_says_what_to_install(process: Ottawa, tmp_path: Path) -> None:
    (tmp_path / "icalendar.py").write_text("raise ImportError('not there')\n", encoding="utf-8")
    done = process("timeline", DAY, "--format", "ics", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install icalendar" in done.stderr
    assert len(done.stderr.splitlines()) == 1
