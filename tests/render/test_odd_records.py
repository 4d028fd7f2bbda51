"""Records that are odd and sound: every answer about them can be given in every form."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ottawa_cli.cli import main, output

HEAD = """\
schema_version: 1
version: 2026-11-23
reviewed:
  communications: &PART {on: 2026-11-23, sources_to: 2026-08}
  conflicts: &PART {on: 2026-11-23, sources_to: 2026-08}
  events: &PART {on: 2026-11-23, sources_to: 2026-08}
  states: &PART {on: 2026-11-23, sources_to: 2026-08}
treaty:
  names: [invented]
  title: Convention on Nothing
  name: Nothing Convention
  short: Nothing
  chapter: XL.1
  clause: ROME-127
  opened_on: 1997-12-03
  joining: {deposit: first, completed_on: 1998-09-16, in_force_on: 1999-03-01, months: 6}
  provisions:
    {ban: A, signature: B, deposit: C, deposit_by_signatories: D, entry_into_force: E,
    first_entry_into_force: F, later_entry_into_force: G, withdrawal: H, notice_form: I,
    notice_period: J, conflict: K, effect: L}
  deadlines: []
  open_points: []
  remaining: []
  sources: [S]
""".replace("&PART ", "")
SOURCE = 'sources:\n  S: {title: T, publisher: P, url: "https://example.org/"}\n'
NOTHING = "communications: []\nconflicts: []\nevents: []\n"
SOMELAND = "states:\n  XXA: {iso2: XA, name: Someland, sources: [S]}\n"
PARTY = (
    "states:\n  XXA: {iso2: XA, name: Someland, sources: [S],"
    " deposits: [{instrument: accession, deposited_on: 2001, sources: [S]}]}\n"
)
RECORDS = {
    "no State at all": f"{NOTHING}states: {{}}\n{SOURCE}",
    "a State that has done nothing": f"{NOTHING}{SOMELAND}{SOURCE}",
    "a party, the day not known": f"{NOTHING}{PARTY}{SOURCE}",
    "nothing but an event at large": NOTHING.replace(
        "events: []", "events: [{date: 2020, states: [], kind: meeting, title: M, sources: [S]}]"
    ) + f"states: {{}}\n{SOURCE}",
    "nothing but a conflict": NOTHING.replace(
        "conflicts: []", "conflicts: [{name: War, states: [XXA], start: 0001, sources: [S]}]"
    ) + f"{SOMELAND}{SOURCE}",
    "a name of one long word": f"{NOTHING}{SOMELAND}{SOURCE}".replace("Someland", "S" * 300),
}  # fmt: skip
FORMS = {"status": output.FORMATS, "timeline": output.FORMATS}


@pytest.mark.parametrize("named", [[], ["xxa"]], ids=["no State named", "a State named"])
@pytest.mark.parametrize("name", RECORDS)
def test_an_odd_record_is_answered_in_every_form(
    name: str, named: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(HEAD + RECORDS[name], encoding="utf-8")
    assert main.run(["data", "check", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"{file}: no fault found. Version 2026-11-23: ")
    known = not named or "XXA" in RECORDS[name]
    for command, forms in FORMS.items():
        for form in forms:
            for day in ("0001-01-01", "2026-11-23", "8999-12-31"):
                words = [command, *named, "--data", str(file), "--as-of", day, "--format", form]
                assert main.run(words) == (0 if known else 2), words
                text, said = capsys.readouterr()
                assert bool(text) == known
                assert said.startswith("" if known else "ottawa: no State answers to 'xxa'.")
                if known and form == "svg":
                    assert ET.fromstring(text).tag.endswith("svg")
                if known and form == "json":
                    assert json.loads(text)["as_of"] == day


@pytest.mark.parametrize("name", RECORDS)
def test_the_states_of_an_odd_record_are_counted(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(HEAD + RECORDS[name], encoding="utf-8")
    for form in (*output.FORMATS, "svg"):
        for day in ("0001-01-01", "2001-08-01", "8999-12-31"):
            words = ["count", "--data", str(file), "--as-of", day, "--format", form]
            assert main.run(words) == 0, words
            text, said = capsys.readouterr()
            assert text
            assert said == ""


def test_where_no_state_fits_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(HEAD + RECORDS["a State that has done nothing"], encoding="utf-8")
    for words in (["status"], ["status", "--all", "--only", "withdrawn"], ["timeline"]):
        for form in ("plain", "table", "html"):
            assert main.run([*words, "--data", str(file), "--format", form]) == 0
            assert "No State" in capsys.readouterr().out
    assert main.run(["timeline", "--data", str(file), "--format", "svg"]) == 0
    assert ">No State</" in capsys.readouterr().out
