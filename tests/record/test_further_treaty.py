"""A third treaty, invented: a period of a year, no conflict clause, and no line of code for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ottawa_cli import DatasetError, Inquiry, Record, load, steps
from ottawa_cli.inquiry.assumptions import AssumedConflict, Assumptions

ROOT = Path(__file__).parent.parent.parent
HOW_TO = (ROOT / "docs" / "how-to" / "add-a-treaty.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```yaml\n(extends: shipped\n.*?)```", HOW_TO, flags=re.S)
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        file = tmp_path / "seabed.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_no_module_names_a_treaty() -> None:
    named = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in (ROOT / "src").rglob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"Ottawa|Mine Ban|Cluster|XXVI|\b197\b", line)
    ]
    assert named == []


def test_the_example_of_the_how_to_is_asked(write: Write) -> None:
    record = load(write(EXAMPLE))
    assert [treaty.id for treaty in record.treaties] == ["ottawa", "ccm", "seabed"]
    before, after = (
        Inquiry(record, day, treaty="seabed").standing("norway")
        for day in ("2026-01-30", "2026-01-31")
    )
    assert (before.status, after.status) == ("withdrawing", "withdrawn")
    assert str(after.in_force_on) == "2011-06-01"  # the first of the third month after March
    assert (str(after.received_on), str(after.effective_on)) == ("2025-01-31", "2026-01-31")
    assert Inquiry(record, "2026-01-31", treaty="seabed").standing("iceland").status == "party"
    assert Inquiry(record, "2026-01-31", treaty="seabed").standing("chad").status == "not-party"


def test_war_holds_nobody_in_it_back(write: Write) -> None:
    conflict = AssumedConflict.parse("2025-02-01..2027-02-01@IAC")
    at_war = Assumptions(conflicts={"norway": (conflict,)})
    record = load(write(EXAMPLE))
    left = Inquiry(record, "2026-01-31", assumptions=at_war, treaty="seabed").standing("norway")
    assert left.status == "withdrawn"
    assert "armed conflict" not in " ".join(step["text"] for step in derivation(record, at_war))


def derivation(record: Record, assumptions: Assumptions) -> list[dict[str, str]]:
    inquiry = Inquiry(record, "2026-01-31", assumptions=assumptions, treaty="seabed")
    return [step._asdict() for step in steps(inquiry.standing("norway"))]


@pytest.mark.parametrize("command", ["status", "explain", "timeline", "leave"])
@pytest.mark.parametrize("format", ["plain", "json", "html"])
def test_every_command_answers_in_its_words(
    ottawa: Any, write: Write, command: str, format: str
) -> None:
    run = ottawa(
        command, "norway", "--treaty", "seabed", "--data", str(write(EXAMPLE)), "--as-of",
        "2025-06-01", "--format", format,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    text = run.stdout
    assert "six months" not in text.lower()
    assert "Article 20" not in text
    assert "armed conflict" not in text
    if format == "json":
        assert json.loads(text)["treaties"] == ["seabed"]
    else:
        assert "Seabed Convention" in text
        assert "2026-01-31" in text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("chapter: XX.9", "chapter: XX.8", "is of another treaty: expected one of XX.8"),
        ("clause: SEABED-12", "clause: SEABED-13", "unknown clause SEABED-13"),
        (
            "period: {number: 12, unit: month}",
            "membership_years: 1",
            "a period or a day of the year",
        ),
        ("  NOR:", "  NOO:", "unknown State NOO"),
        ("names: [seabed", "names: [seabed, oslo", "oslo is a name of another treaty"),
        ("sources: [TREATY]", "sources: [TREATIES]", "unknown source TREATIES"),
    ],
)
def test_what_is_wrong_is_said(write: Write, old: str, new: str, expected: str) -> None:
    assert old in EXAMPLE
    with pytest.raises(DatasetError) as raised:
        load(write(EXAMPLE.replace(old, new, 1)))
    assert expected in "\n".join(map(str, raised.value.faults))
