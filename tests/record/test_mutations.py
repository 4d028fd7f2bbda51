"""A record broken in many ways: each fault is found where it is."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import small_record

from ottawa_cli.cli.main import run
from ottawa_cli.dataset import DatasetError, load

pytestmark = pytest.mark.long

TEXT = small_record.text()
VERSION, CONFLICTS = re.findall(r"(?m)^version: .*$|^  conflicts: \{.*$", TEXT)

# (what is written, what it becomes, a word of the message). The sign § marks the line on which
# the fault is to be reported; it is not part of the file. The first place found is changed.
BROKEN: tuple[tuple[str, str, str], ...] = (
    # The head of the file
    ("schema_version: 1", "§schema_version: 2", "expected 1"),
    ("schema_version: 1\n", "", "lacks 'schema_version'"),
    (VERSION, "§version: 23.11.2026", "not a date"),
    (VERSION, "§version: 2026-11-31", "not a day of the calendar"),
    (VERSION, "§version: 2026-11", "write YYYY-MM-DD"),
    (VERSION, "§version: [2026-11-24]", "not a list"),
    (VERSION, "§version:", "not a date"),
    ("reviewed:", "§reviewed_on:", "unknown key 'reviewed_on'"),
    ("  communications: {on: 2026", "§  communications: {in: 2026", "lacks 'on'"),
    ("  events: {on: 2026-", "§  events: {on: 2027-", "after the last review"),
    (f"{CONFLICTS}\n", "", "lacks 'conflicts'"),
    ("sources_to: 2026", "§sources_to: August 2026", "not a date"),
    ("\ncommunications:\n", "\n§communications: none\nothers:\n", "expected a list"),
    ("\ncommunications:\n", "\n§communications: {EST: none}\nothers:\n", "expected a list"),
    ("\nstates:\n", "\n§state:\n", "unknown key 'state'"),
    ("\nevents:\n", "\n§events: {}\nother_events:\n", "not a mapping"),
    ("\nsources:\n", "\n§sources: []\nmore_sources:\n", "not a list"),
    # YAML
    ("communications:\n- state: EST", "communications:\n- §state: *EST", "aliases"),
    ("- state: EST", "§- state: &estonia EST", "anchors"),
    ("- state: EST", "§- state: !!str EST", "tags"),
    ("- state: EST", "§- state: !!python/object:os.system EST", "tags"),
    ("  kind: withdrawal\n", "  kind: withdrawal\n§  kind: withdrawal\n", "written twice"),
    ("  LTU:\n", "§  EST:\n    iso2: XX\n  LTU:\n", "written twice"),
    ("  kind: withdrawal\n", "  kind: [withdrawal\n§", "a flow sequence from line"),
    ("  kind: withdrawal\n", "§  kind: with: drawal\n", "not allowed"),
    ("  kind: withdrawal\n", "§\tkind: withdrawal\n", ""),
    ('  note: "War Watch', '§  note: War Watch', "not allowed"),
    ("  kind: withdrawal\n", "§  ? [a, b]\n  : withdrawal\n", "as a key"),
    ("  kind: withdrawal\n", "§  kind: {? {a: b} : c}\n", "as a key"),
    ("\nsources:\n", "\n§---\nsources:\n", "second document"),
    ("  kind: withdrawal\n", "§  kind: [[[[[[[[[[[[[x]]]]]]]]]]]]]\n", "nested more than"),
    ("  kind: withdrawal\n", "§  kind: with\x07drawal\n", "control character"),
    # First days
    ("      on: 2011-07-09", "§      on: 2011-07", "write YYYY-MM-DD"),
    ("      on: 2011-07-09", "§      on: 2031-07-09", "after the last review"),
    ("      on: 2011-07-09", "§      on: 1997-12-03", "no later than the Convention"),
    ("      through: SDN", "§      through: SUN", "unknown State SUN"),
    ("      through: SDN", "§      through: MNE", "MNE has a first day itself"),
    ("      before: Until then it was part of Sudan.\n", "", "lacks 'before'"),
    ("sources: [MON-SSD, MON-SSD-2012]", "sources: [MON-SSD, §MON-SSD-2022]", "unknown source"),
    ("      deposited_on: 2006-10-23", "§      deposited_on: 2006-06-02",
     "lies before the first day of Montenegro (2006-06-03)"),
    ("        from: 2011-07-09", "§        from: 2011-07-08",
     "lies before the first day of South Sudan (2011-07-09)"),
    ("    first_day:\n      on: 2002-05-20",
     "    signature: {on: §1997-12-04, sources: [U26]}\n    first_day:\n      on: 2002-05-20",
     "lies before the first day of Timor-Leste (2002-05-20)"),
    # Notes
    ("  - {from: 2022-04, text: The truce", "§  - {text: The truce", "has no limit"),
    ("  - {from: 2022-04, text: The truce", "§  - {from: 2022-04, txt: The truce", "lacks 'text'"),
    ("  - {from: 2022-04, text: The truce", "§  - {from: spring, text: The truce", "not a date"),
    ("  - {from: 2022-04, text: The truce", "§  - {from: 2022-04, until: 2022-03, text: The truce",
     "lies before 2022-04"),
    ("  - from: 2025-07-15\n    under_what_ifs: false\n",
     "  - from: 2025-07-15\n§    under_what_ifs: true\n", "expected false"),
    ("      - {from: 2014-02-21, text: \"Ext", "§      - {text: \"Ext", "has no limit"),
    # Communications
    ("- state: EST\n  kind: withdrawal", "- state: EST\n§  kind: denunciation", "expected one of"),
    ("- state: EST\n  kind: withdrawal", "- state: EST\n§  kind: Withdrawal", "expected one of"),
    ("- state: EST\n  kind", "§- kind", "lacks 'state'"),
    ("- state: EST", "§- state: EE", "alpha-3"),
    ("- state: EST", "§- state: Estonia", "alpha-3"),
    ("- state: EST", "§- state: SUN", "unknown State SUN"),
    ("- state: EST\n  kind: withdrawal\n", "- state: RUS\n  kind: withdrawal\n§",
     "not in force for Russia"),
    ("- state: EST\n  kind: withdrawal\n", "§- state: EST\n", "lacks 'kind'"),
    ("  received_on: 2025-06-27\n", "", "lacks 'received_on'"),
    ("  received_on: 2025-06-27", "§  received_on: 2025-06-31", "not a day of the calendar"),
    ("  received_on: 2025-06-27", "§  received_on: 27/06/2025", "not a date"),
    ("  received_on: 2025-06-27", "§  received_on: 2025-6-27", "not a date"),
    ("  received_on: 2025-06-27", "§  received_on: 20250627", "not a date"),
    ("  received_on: 2025-06-27", "§  received_on: 27 June 2025", "not a date"),
    ("  received_on: 2025-06-27", "§  received_on: 2025-06-27T10:00:00Z", "not a date"),
    ("  received_on: 2025-06-27", "§  received_on: yesterday", "not a date"),
    ("  received_on: 2025-06-27", "§  received_on: 2035-06-27", "after the last review"),
    ("  received_on: 2025-06-27", "§  received_on: 1995-06-27", "not in force for Estonia"),
    ("  received_on: 2025-06-27", "§  received_on: 2004-06-27", "not in force for Estonia"),
    ("  received_on: 2025-06-27", "§  received_on: {earliest: 2025-06-27}", "lacks 'latest'"),
    ("  received_on: 2025-06-27",
     "§  received_on: {earliest: 2025-06-28, latest: 2025-06-27}", "before earliest"),
    ("  reference: C.N.360.2025.TREATIES-XXVI.5", "§  reference: CN 360", "C.N.<number>"),
    ("  reference: C.N.360.2025.TREATIES-XXVI.5",
     "§  reference: C.N.347.2024.TREATIES-XXVI.6", "of another treaty"),
    ("  reference: C.N.360.2025.TREATIES-XXVI.5",
     "§  reference: C.N.360.2024.TREATIES-XXVI.5", "same year"),
    ("  reference: C.N.361.2025.TREATIES-XXVI.5",
     "§  reference: C.N.360.2025.TREATIES-XXVI.5", "used already"),
    ("  circulated: {on: 2025-07-03", "  circulated: {on: §2025-06-03", "before the receipt"),
    ("  circulated: {on: 2025-07-03", "  circulated: {on: §2025-07", "write YYYY-MM-DD"),
    ("  circulated: {on: 2025-07-03, sources: [U26]}", "§  requested_on: 2025-06-03",
     "before the receipt"),
    ("  circulated: {on: 2025-07-03", "§  circulated_on: {on: 2025-07-03", "unknown key"),
    ("  sources: [U26, HRW-2025]\n", "", "lacks 'sources'"),
    ("  circulated: {on: 2025-07-03, sources: [U26]}", "§  circulated: {on: 2025-07-03}",
     "lacks 'sources'"),
    ("  circulated: {on: 2025-07-03, sources: [U26]}",
     "  circulated: {on: 2025-07-03, sources: [§HRW-2025]}", "(2025-07-03)"),
    ("  sources: [U26, HRW-2025]", "§  sources: []", "1 or more"),
    ("  sources: [U26, HRW-2025]", "§  sources: U26", "expected a list"),
    ("  sources: [U26, HRW-2025]", "§  sources: [U27]", "unknown source U27"),
    ("  sources: [U26, HRW-2025]", "§  sources: [U26, U26]", "listed twice"),
    ("  sources: [U26, HRW-2025]", "§  sources: [https://treaties.un.org]", "id of an entry"),
    ("addressees: [depositary, states-parties, security-council]",
     "addressees: [depositary, §states, security-council]", "expected one of"),
    ("addressees: [depositary, states-parties, security-council]", "addressees: §everybody",
     "expected a list"),
    ("  reasons: true", "§  reasons: yes", "expected one of true, false"),
    ("  reasons: true", "§  reasons: True", "expected one of true, false"),
    ("  invokes: Vienna", "§  invokes: [Vienna]\n  note2: Vienna", "expected one line of text"),
    ("  - state: CHE", "  §- state: ZZZ", "unknown State ZZZ"),
    ("    received_on: 2025-10-17", "§    received_on: 2025-07-10", "before what it objects to"),
    ("    received_on: 2025-10-17", "§    received_on: 2027-01-01", "after the last review"),
    ("  objections:\n", "  §objection:\n", "unknown key 'objection'"),
    ("- state: LVA\n", "- state: EST\n", "earlier notice stands"),
    ("- state: UKR\n  kind: suspension", "- state: RUS\n  kind: suspension", "was not bound"),
    ("- state: UKR\n  kind: suspension", "- state: UKR\n  kind: revocation", "no notice"),
    ("  received_on: 2025-06-27",
     "§  lasts: {while: hostilities, sources: [U26]}\n  received_on: 2025-06-27",
     "goes with a suspension"),
    ("  lasts: {while: hostilities", "  lasts: {while: §ever", "expected hostilities"),
    # Conflicts
    ("- name: Colombia v ELN\n  states", "§- states", "lacks 'name'"),
    ("- name: Colombia v ELN\n  states: [COL]", "- name: Colombia v ELN\n§  states: []", "or more"),
    ("- name: Colombia v ELN\n  states: [COL]", "- name: Colombia v ELN\n§  states: COL", "a list"),
    ("- name: Colombia v ELN\n  states: [COL]",
     "- name: Colombia v ELN\n§  states: [COL, COL]", "listed twice"),
    ("  kind: NIAC", "§  kind: CIVIL-WAR", "expected one of IAC, NIAC"),
    ("  kind: NIAC", "§  kind: [NIAC]", "expected one of IAC, NIAC"),
    ("  start: 1967-06-05", "§  start: 1967-06-05..", "not a date"),
    ("  start: 1967-06-05", "§  start: 2067-06-05", "after the last review"),
    ("  start: 1967-06-05", "  start: 1967-06-05\n  end: {on: §1966, sources: [RULAC-PSE]}",
     "before it starts"),
    ("  start: 1967-06-05", "  start: 1967-06-05\n  end: {on: §ongoing, sources: [RULAC-PSE]}",
     "not a date"),
    ("  start: 1967-06-05", "  start: 1967-06-05\n  end: {on: §2999, sources: [RULAC-PSE]}",
     "after the last review"),
    ("  start: 1967-06-05", "  start: 1967-06-05\n§  end: 2020", "a mapping"),
    ("  start: 1967-06-05", "  start: 1967-06-05\n§  end: {on: 2020}", "lacks 'sources'"),
    ("  start: 1967-06-05\n", "", "lacks 'start'"),
    ("  occupation: also", "§  occupation: true", "expected one of only, also"),
    ("  confidence: medium", "§  confidence: certain", "expected one of"),
    ("  phases:\n", "§  phase:\n", "unknown key 'phase'"),
    # Events
    ("- date: 2023-01-12", "§- date: 2023-02-29", "not a day of the calendar"),
    ("- date: 2023-01-12", "§- date: 2027-01-12", "after the last review"),
    ("- date: 2023-01-12\n  states: [EST]", "- date: 2023-01-12\n§  states: [EE]", "alpha-3"),
    ("- date: 2023-01-12\n  states: [EST]\n", "§- date: 2023-01-12\n", "lacks 'states'"),
    ("  kind: parliament", "§  kind: vote", "expected one of"),
    ("vote: {for: 107,", "vote: {for: §many,", "whole number"),
    ("vote: {for: 107,", "vote: {for: §-3,", "whole number"),
    ("vote: {for: 107,", "vote: {§yes: 107,", "unknown key 'yes'"),
    ("  title: Bill 726", "§  title:\n  subtitle: Bill 726", "empty"),
    ("  title: Bill 726", '§  title: "\\e[31m"\n  note2: Bill 726', "expected one line of text"),
    ("  title: Bill 726", "§  title: |\n    Two\n    lines\n  note2: 726", "line break"),
    # States
    ("  LTU:\n", "§  Lithuania:\n", "alpha-3"),
    ("  LTU:\n", "§  ltu:\n", "alpha-3"),
    ("  LTU:\n    iso2: LT\n", "§  LTU:\n", "lacks 'iso2'"),
    ("    iso2: LT\n", "§    iso2: LTU\n", "alpha-2"),
    ("    iso2: LT\n", "§    iso2: LV\n", "is a name of LVA"),
    ("    name: Lithuania\n", "§    name: Latvia\n", "is a name of LVA"),
    ("    name: Lithuania\n", "§    name: Congo\n", "ambiguous_names"),
    ("    name: Lithuania\n", "§    name: '!!!'\n", "neither letter nor digit"),
    ("Литва, 立陶宛", "Литва, §Эстония", "is a name of EST"),
    ("Литва, 立陶宛", "Литва, §Литва", "listed twice"),
    ("Литва, 立陶宛", "Литва, §''", "empty"),
    ("    signature: {on: 1999-02-26", "    signature: {on: §1996-02-26", "Art. 15"),
    ("    signature: {on: 1999-02-26", "    signature: {on: §1999-03-26", "Art. 15"),
    ("    signature: {on: 1999-02-26", "§    signed: {on: 1999-02-26", "unknown key 'signed'"),
    ("      deposited_on: 2003-05-12", "§      deposited_on: 1996-05-12", "before the Convention"),
    ("      deposited_on: 2003-05-12", "§      deposited_on: 2003-05-32", "not a day"),
    ("      deposited_on: 2003-05-12", "§      deposited_on: 2033-05-12", "after the last review"),
    ("      deposited_on: 2003-05-12", "      deposited_on: 2003-05-12\n      in_force:"
     " {from: §2003-11-01, reason: x, sources: [U26]}", "it is computed"),
    ("      deposited_on: 2003-05-12",
     "      deposited_on: 2003-05-12\n      in_force: §{from: 2003-12-01, sources: [U26]}",
     "both or neither"),
    ("    consents: [{to: Amended Protocol II to the CCW, on: 1998-06-03",
     "    consents: [{to: Amended Protocol II to the CCW, §on: 1995-06-03", "the first day for it"),
    ("    consents: [{to: Amended Protocol II to the CCW, on: 1998-06-03",
     "    consents: [{§to: Protocol II to the CCW, on: 1998-06-03", "no provision of remaining"),
    ("    consents: [{to: Amended Protocol II to the CCW, on: 1998-06-03, sources: [U26-AP2]}]",
     "    consents: [§1998-06-03]", "a mapping"),
    ("    - instrument: succession\n      deposited_on: 2011-11-11",
     "§    - instrument: ratification\n      deposited_on: 2011-11-11", "Art. 16"),
    ("        from: 2011-07-09\n", "", "both or neither"),
    ("      deposited_on: 2011-11-11\n",
     "      deposited_on: 2011-11-11\n      sources: [U26]\n    - instrument: accession\n"
     "§      deposited_on: 2015-01-01\n", "while still a party"),
    ("      deposited_on: 2011-11-11\n",
     "      deposited_on: 2011-11-11\n      sources: [U26]\n    - instrument: accession\n"
     "§      deposited_on: 2010-01-01\n", "order of their days"),
    # A source older than what it is given for
    ("    signature: {on: 1999-02-26, sources: [U26,", "    signature: {on: 1999-02-26, sources: ["
     "§ICRC40,", "source ICRC40 is of 1998-09-30, older than what it is given for (1999-02-26)"),
    ("      deposited_on: 2025-03-12\n      sources: [U26,", "      deposited_on: 2025-03-12\n"
     "      sources: [§U14,", "expected a source of that day or later"),
    ("      in_force: {sources: [ICBL-MHL]}", "      in_force: {sources: [§U14]}", "(2025-03-12)"),
    ("        sources: [ISU-SSD, MON-SSD]", "        sources: [§FS2010]", "(2011-11-11)"),
    ("  consents: [{to: Amended Protocol II to the CCW, on: 2000-04-20, sources: [U26-AP2]}]",
     "  consents: [{to: Amended Protocol II to the CCW, on: 2000-04-20, sources: [§ICRC40]}]",
     "(2000-04-20)"),
    ("  end: {on: 2022-02, sources: [RULAC-UKR]}",
     "  end: {on: 2022-02, sources: [§GA-359]}", "is of 2020-07-23"),
    ("start: 2022-02-24, sources: [RULAC-UKR]}", "start: 2022-02-24, sources: [§GA-359]}", "older"),
    ("  sources: [GA-622]", "  sources: [§GA-359]", "(2023-04-15)"),
    ("  sources: [ERR-2023-01-12, ", "  sources: [§LM2002, ", "is of 2002, older"),
    ("  sources: [M26]\n\nstates:", "  sources: [§U26]\n\nstates:", "(2026-02-20)"),
    ("  sources: [U26, HRW-2025]", "  sources: [U26, §U14]", "(2025-06-27)"),
    ("    sources: [CHE-2025-10-17, ", "    sources: [§U14, ", "(2025-10-17)"),
    ("    sources: [GAZETA-2025-12-02, ", "    sources: [§U14, ", "(2025-07-18)"),
    # Names and sources
    ("  congo: [COG, COD]", "§  congo: [COG]", "2 or more"),
    ("  congo: [COG, COD]", "§  congo: [COG, ZAR]", "unknown State ZAR"),
    ("  congo: [COG, COD]", "  congo: [COG, COD]\n§  Congo: [COG, COD]", "listed twice"),
    ("- names: [ottawa]", "§- names: [ottawa, canada]", "is a name of CAN"),
    ("- names: [ottawa]", "§- names: [ottawa, Ottawa]", "refused already"),
    ("- names: [ottawa]\n", "§- ", "lacks 'names'"),
    ("  U14: {title", "§  u14: {title", "id of an entry"),
    ("  U14: {title", "  SPARE: {title: x, publisher: y, url: 'https://example.org'}\n"
     "  U14: {title", "used by no fact"),
    ("  U14: {title: \"Status", "§  U14: {titel: \"Status", "unknown key 'titel'"),
    ("url: \"https://github.com/zmjones/untreaties\"", "url: §github.com/zmjones", "web address"),
    ("url: \"https://github.com/zmjones/untreaties\"", "url: §'javascript:alert(1)'",
     "web address"),
    ("date: 2014-01-27", "date: §2034-01-27", "after the last review"),
    ("date: 2014-01-27", "date: §{earliest: 2014-01-01, latest: 2014-02-01}", "not a mapping"),
)  # fmt: skip


def broken(old: str, new: str) -> tuple[str, int | None]:
    """The file with one place changed, and the line the sign stands on."""
    assert old in TEXT, f"{old!r} is not in the record any more"
    text = TEXT.replace(old, new, 1)
    line = text[: text.index("§")].count("\n") + 1 if "§" in new else None
    return text.replace("§", ""), line


@pytest.mark.parametrize(
    ("old", "new", "word"), BROKEN, ids=[f"{n}: {b[1][:40]!r}" for n, b in enumerate(BROKEN)]
)
def test_each_is_found_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, word: str
) -> None:
    text, line = broken(old, new)
    file = tmp_path / "states.yaml"
    file.write_text(text, "utf-8")
    assert run(["data", "check", str(file)]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    faults = err.splitlines()
    assert all(re.match(rf"{re.escape(str(file))}:\d+:\d+: .+", fault) for fault in faults), err
    assert any(word in fault for fault in faults), err
    if line is not None:
        there = [fault for fault in faults if fault.startswith(f"{file}:{line}:")]
        assert any(word in fault for fault in there), (line, err)


def test_unbroken_it_is_right(tmp_path: Path) -> None:
    file = tmp_path / "states.yaml"
    file.write_text(TEXT, "utf-8")
    assert set(load(file).iso3s) == small_record.FEW


def test_they_are_more_than_a_hundred() -> None:
    assert len(set(BROKEN)) == len(BROKEN) >= 130


def test_every_fault_is_reported_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Faults of form and of law in different places, in the order of the file."""
    text = TEXT
    changes = (
        ("  received_on: 2025-06-27", "  received_on: 2025-06-31"),
        ("  start: 1967-06-05", "  start: 1967-06-05\n  end: {on: 1966, sources: [RULAC-PSE]}"),
        ("vote: {for: 107,", "vote: {for: many,"),
        ("    iso2: LT\n", "    iso2: LV\n"),
        ("date: 2014-01-27", "date: 2034-01-27"),
    )
    for old, new in changes:
        text = text.replace(old, new, 1)
    file = tmp_path / "states.yaml"
    file.write_text(text, "utf-8")
    assert run(["data", "check", str(file)]) == 3
    faults = capsys.readouterr().err.splitlines()
    lines = [int(fault.split(":")[1]) for fault in faults]
    assert lines == sorted(lines)
    assert len(faults) == len(changes)


def test_a_partial_day_is_no_fault_where_one_of_its_days_is_none(tmp_path: Path) -> None:
    """Estonia's notice some time in 2025: after the review's reach or not, it may be right."""
    text = TEXT.replace("  received_on: 2025-06-27", "  received_on: 2025", 1)
    file = tmp_path / "states.yaml"
    circulated = "  circulated: {on: 2025-07-03, sources: [U26]}\n"
    file.write_text(text.replace(circulated, "", 1), "utf-8")
    assert str(load(file).state("EST").communications[0].received_on) == "2025"


def test_accidents_of_every_sort_are_located_or_harmless(tmp_path: Path) -> None:
    """Lines lost, doubled, swapped, shifted and garbled: a record or faults, nothing else."""
    lot = random.Random(20)
    lines = TEXT.splitlines(keepends=True)
    file = tmp_path / "states.yaml"
    refused = 0
    for _ in range(120):
        changed = list(lines)
        at = lot.randrange(len(changed))
        line = changed[at]
        changed[at] = lot.choice([
            "", line * 2, " " + line, line[1:], line.rstrip("\n"), line.replace(":", ""),
            line.replace("[", ""), line.replace("20", "30"), line[: len(line) // 2],
            "".join(lot.sample(line, len(line))), line.upper(), line.replace(" ", "\u00a0"),
        ])  # fmt: skip
        file.write_text("".join(changed), "utf-8")
        try:
            load(file)
        except DatasetError as error:
            refused += 1
            for fault in error.faults:
                assert 1 <= fault.line <= len(lines) + 2
                assert fault.column >= 1
                assert len(fault.text) < 500
    assert refused > 40
