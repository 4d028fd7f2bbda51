"""The reference names what the code names: nothing missing, nothing that is gone."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from ottawa_cli import READINGS, Inquiry, Readings, Record, load
from ottawa_cli.cli import exits
from ottawa_cli.cli.app import COMMANDS
from ottawa_cli.dataset.shipped import commentary, views
from ottawa_cli.render import machine_keys
from ottawa_cli.rules import notes as rules_notes
from ottawa_cli.rules.history import BOUND_STATUSES
from ottawa_cli.rules.standing import STATUSES
from ottawa_cli.rules.steps import PROVISIONS

ROOT = Path(__file__).parent.parent.parent
POINTS = commentary()
RULES = ROOT / "src" / "ottawa_cli" / "rules"
REFERENCE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
ARTICLE_20 = (ROOT / "docs" / "explanation" / "article-20.md").read_text(encoding="utf-8")
LIMITS = (ROOT / "docs" / "explanation" / "limits.md").read_text(encoding="utf-8")

# A clause that says what States or lawyers at large do or hold, and what bears it out or limits it:
# a link, a provision, a case; or how far anybody looked.
SWEEPING = re.compile(
    r"\b(most|mostly|many|few|nobody|no one|no State|every State|all (other )?(States|parties)"
    r"|general view|generally|widely|usually|commonly|often|regularly)\b", re.IGNORECASE,
)  # fmt: skip
BORNE_OUT = re.compile(
    r"\]\[|\]\(|\bArts?\. ?\d|\b(cases?|known|seen|found|records?|sources?|inference|reported)\b"
)


def section(anchor: str, text: str = REFERENCE) -> str:
    """The part of a page under an anchor, up to the next heading of any level."""
    place = rf'(<a id="{anchor}"></a>|^## (?i:{anchor})$)'
    found = re.search(rf"{place}.*?\n(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None, anchor
    return found[2]


def table(anchor: str, text: str = REFERENCE) -> list[list[str]]:
    """The rows of the first table of a section, without its head."""
    lines = [line for line in section(anchor, text).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def words(cell: str) -> list[str]:
    """What is set as code in a cell or a text."""
    return re.findall(r"`([^`\n]+)`", cell)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section_with_its_help_and_its_python(command: str) -> None:
    own = section(command)
    assert f"$ ottawa {command} --help\n" in own
    assert "In Python: " in own


def test_readings_are_those_of_the_code_in_its_order() -> None:
    rows = [(words(row[0])[0], tuple(words(row[1]))) for row in table("readings")]
    assert rows == list(READINGS.items())


def test_views_are_those_of_the_commentary_and_have_a_source(record: Record) -> None:
    told = [
        (words(who), tuple(words(readings)), says, words(source))
        for who, readings, says, source in table("views")
    ]
    assert told == [([who], *view[:2], [view.source]) for who, view in views().items()]
    for view in views().values():
        assert record.source(view.source)
        assert Readings.parse(view.readings)


def test_statuses_are_those_of_the_code_in_its_order() -> None:
    rows = table("statuses")
    assert [words(row[0])[0] for row in rows] == list(STATUSES)
    assert {words(row[0])[0] for row in rows if row[1] == "yes"} == BOUND_STATUSES


def test_exit_statuses_are_those_of_the_code() -> None:
    named = {value for name, value in vars(exits).items() if name.isupper() and type(value) is int}
    assert {int(row[0]) for row in table("exit")} == named


def _codes() -> set[str]:
    """The codes that notes are made with, those that a withdrawal calls for, and those that only
    a table of cases has."""
    tree = ast.parse((RULES / "notes.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    keys = [c.args[0] for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Note"]
    names = {k.id for k in keys if isinstance(k, ast.Name) and k.id.isupper()}
    texts = {k.value for k in keys if isinstance(k, ast.Constant) and isinstance(k.value, str)}
    names |= {"EFFECT_DAY_SETTLED", "MEMBERSHIP_NOT_GIVEN"}
    return texts | {getattr(rules_notes, name) for name in names} | set(rules_notes.SENTENCES)


STEPS = {*PROVISIONS, "entry-into-force", *(d.id for d in load().treaty().deadlines)}


def test_note_codes_are_those_the_rules_give() -> None:
    given = _codes()
    documented = [words(row[0])[0] for row in table("notes")]
    assert len(documented) == len(set(documented))
    assert set(documented) == given


def test_step_ids_are_those_the_rules_give() -> None:
    documented = words(section("steps").replace("\n", " "))
    assert len(documented) == len(set(documented))
    assert set(documented) == STEPS


def test_json_keys_are_those_of_an_answer(record: Record) -> None:
    as_of = dt.date(2026, 11, 23)
    inquiry = Inquiry(record, as_of)
    documented = [key for row in table("json") for key in words(row[0])]
    assert documented == list(inquiry.standing("LTU").to_dict())
    prose = section("json")
    explained, course = (
        machine_keys.of_explanation(inquiry, "LTU"),
        machine_keys.of_timeline(inquiry, "LTU"),
    )
    for part in ("steps", "points", "remaining"):
        assert {part, *explained[part][0]} <= set(words(prose))
    for part in ("events", "spans"):
        assert {part, *course[part][0]} <= set(words(prose))
    assert set(explained["robustness"]) <= set(words(prose))
    assert set(machine_keys.envelope(inquiry)) | {"states"} <= set(words(prose))


def test_the_law_page_argues_every_reading_under_its_letter() -> None:
    for key, values in READINGS.items():
        anchor = "occupation" if key == "occupation" else POINTS[key].letter
        own = section(anchor, ARTICLE_20)
        for value in values:
            assert f"`{key}={value}`" in own, (key, value)
        assert f"`{key}={values[0]}` (default)" in own


@pytest.mark.parametrize(
    "text",
    [*(f"{point.default} {point.other}" for point in POINTS.values()), ARTICLE_20, LIMITS],
    ids=[*POINTS, "article-20", "limits"],
)
def test_nothing_sweeping_is_said_of_law_or_practice_without_what_bears_it_out(text: str) -> None:
    """Once the page said that most parties had not objected: no source told how they stood."""
    prose = re.sub(r"(?ms)^```.*?^```|^\|.*?$|^\[.*?$|^#.*?$", "", text)
    clauses = re.split(r"(?<=[.;:?!])\s+(?!\d)", re.sub(r'"[^"]*"', "", re.sub(r"\s+", " ", prose)))
    assert [c for c in clauses if SWEEPING.search(c) and not BORNE_OUT.search(c)] == []


@pytest.mark.parametrize("key", POINTS)
def test_both_sides_of_a_point_name_an_authority(key: str) -> None:
    """A provision, a case, a practice with its day, or who says so."""
    authority = r"Arts?\. ?\d|Article \d|paragraph \d|case \d|\b(19|20)\d\d\b"
    for side in (POINTS[key].default, POINTS[key].other):
        assert re.search(authority, side), side


def test_the_law_page_has_every_letter_and_names_every_step() -> None:
    letters = {point.letter for point in POINTS.values()} | {"d4", "end", "h"}
    anchors = set(re.findall(r'<a id="([^"]+)">', ARTICLE_20))
    assert letters <= anchors
    assert set(words(ARTICLE_20)) >= STEPS
    codes = {word for line in re.findall(r"^- Step.*(?:\n  .*)*", ARTICLE_20, re.MULTILINE)
             for word in words(line)}  # fmt: skip
    assert codes <= STEPS | _codes()
