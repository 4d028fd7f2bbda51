"""What CONTRIBUTING.md and the how-to tell people to do, done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ottawa_cli.cli.main import run
from ottawa_cli.dataset import load, shipped_path

ROOT = Path(__file__).parent.parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
HOW_TO = (ROOT / "docs" / "how-to" / "own-record.md").read_text("utf-8")


def template(part: str) -> str:
    """The commented template for one part of the record."""
    found = re.search(rf"<!-- template: {part} -->\n```yaml\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert found, f"CONTRIBUTING.md has no template for {part}"
    return found[1]


def filled_in(**changes: str) -> str:
    """The shipped record with both templates pasted in and filled in for Norway."""
    notice = template("communications").replace("state: ZZZ", "state: NOR")
    for field, value in changes.items():
        notice = re.sub(rf"(?m)^(\W+{field}:).*$", rf"\1 {value}", notice)
    text = shipped_path().read_text("utf-8")
    text = text.replace("\nconflicts:\n", f"\n{notice}\nconflicts:\n", 1)
    text = re.sub(r"(?m)^version: .*$", "version: 2026-12-05", text, count=1)
    return text.rstrip("\n") + "\n" + template("sources")


def test_the_template_is_right_once_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "states.yaml"
    file.write_text(filled_in(), "utf-8")
    assert run(["data", "check", str(file)]) == 0, capsys.readouterr().err
    assert "7 communications" in capsys.readouterr().out
    (notice,) = load(file).state("NOR").communications
    assert str(notice.received_on) == "2026-12-01"
    assert notice.reasons is True
    assert run(["bound", "norway", "--as-of", "2027-06-01", "--data", str(file)]) == 1


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ({"received_on": "2026-12-32"}, "not a day of the calendar"),
        ({"received_on": "1 December 2026"}, "not a date"),
        ({"received_on": "2026-12-24"}, "lies after the last review"),
        ({"circulated": "{on: 2026-11-30, sources: [CN-500-2026]}"}, "lies before the receipt"),
        ({"state": "NOX"}, "unknown State"),
        ({"state": "LTU", "received_on": "2025-08-01"}, "while an earlier notice stands"),
        ({"state": "LTU"}, "was not in force for"),
        ({"state": "RUS"}, "was not in force for"),
        ({"sources": "[CN-501-2026]"}, "unknown source"),
        ({"sources": "[U26]"}, "older than what it is given for"),
        (
            {"sources": "[CN-501]", "circulated": "{on: 2026-12-03, sources: [CN-501]}"},
            "is used by no fact",
        ),
        ({"note": "Mind: this"}, "not YAML: mapping values are not allowed"),
    ],
)
def test_a_slip_gets_the_words_that_contributing_explains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], slip: dict[str, str], message: str
) -> None:
    file = tmp_path / "states.yaml"
    file.write_text(filled_in(**slip), "utf-8")
    assert run(["data", "check", str(file)]) == 3
    assert message in capsys.readouterr().err
    assert message in CONTRIBUTING


def test_the_unfilled_template_is_not_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "states.yaml"
    file.write_text(filled_in().replace("state: NOR", "state: ZZZ"), "utf-8")
    assert run(["data", "check", str(file)]) == 3
    assert "unknown State ZZZ" in capsys.readouterr().err


@pytest.mark.parametrize(
    "example", re.findall(r"(?ms)^ *```yaml\n(.*?)^ *```$", HOW_TO), ids=["notice", "state"]
)
def test_the_supplements_of_the_how_to_are_right(tmp_path: Path, example: str) -> None:
    lines = example.splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    file = tmp_path / "my-notice.yaml"
    file.write_text("\n".join(line[indent:] for line in lines) + "\n", "utf-8")
    assert load(file).supplement


def test_the_words_of_the_table_are_those_of_the_checks() -> None:
    """Each message that CONTRIBUTING.md explains is one the code can give."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "ottawa_cli").rglob("*.py"))
    rows = re.findall(r"(?m)^\| (`.*?) \| ", CONTRIBUTING)
    assert len(rows) >= 10
    for message in re.findall(r"`([^`]+)`", " ".join(rows)):
        words = re.sub(r" '.*'| …|not YAML: mapping values.*", "", message)
        assert words in code, message
