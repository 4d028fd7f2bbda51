"""A user's own entries on top of the shipped record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ottawa_cli import DatasetError, UnknownState, load
from ottawa_cli.dataset import shipped_path

Write = Callable[[str], Path]
NOTICE = """\
extends: shipped
communications:
- state: NOR
  kind: withdrawal
  received_on: 2026-12-01
  reference: C.N.500.2026.TREATIES-XXVI.5
  circulated: {on: 2026-12-03, sources: [CN-500-2026]}
  sources: [CN-500-2026]
sources:
  CN-500-2026:
    title: "Norway: withdrawal"
    publisher: Secretary-General of the United Nations (depositary)
    url: https://treaties.un.org/doc/Publication/CN/2026/CN.500.2026-Eng.pdf
    date: 2026-12-03
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        file = tmp_path / "my-notice.yaml"
        file.write_text(text, "utf-8")
        return file

    return write


def faults(write: Write, text: str) -> list[tuple[int, str]]:
    with pytest.raises(DatasetError) as error:
        load(write(text))
    return [(fault.line, fault.text) for fault in error.value.faults]


def test_one_notice_and_one_source(write: Write, ottawa: Any) -> None:
    file = str(write(NOTICE))
    run = ottawa("status", "norway", "--as-of", "2027-05-31", "--format", "json", "--data", file)
    answer = json.loads(run.stdout)
    (norway,) = answer["states"]
    assert (norway["status"], norway["effective_on"]) == ("withdrawing", "2027-06-01")
    assert "CN-500-2026" in {source["id"] for source in norway["sources"]}
    assert answer["data_version"] == f"{load().version}+my-notice.yaml"


def test_the_environment_names_it_too(write: Write, ottawa: Any) -> None:
    file = str(write(NOTICE))
    run = ottawa("bound", "norway", "--as-of", "2027-06-01", OTTAWA_DATA=file)
    assert (run.returncode, run.stdout) == (1, "no\n")
    assert ottawa("bound", "norway", "--as-of", "2027-06-01").returncode == 0


def test_everybody_else_stays_as_shipped(write: Write) -> None:
    shipped, mine = load(), load(write(NOTICE))
    assert mine.iso3s == shipped.iso3s
    assert mine.raw["reviewed"] == shipped.raw["reviewed"]
    for iso3 in set(shipped.iso3s) - {"NOR"}:
        assert mine.state(iso3) == shipped.state(iso3)


def test_human_formats_say_that_it_is_no_part_of_the_record(write: Write, ottawa: Any) -> None:
    out = ottawa("status", "norway", "--data", str(write(NOTICE)), "--as-of", "2027-01-01").stdout
    assert "With the supplement my-notice.yaml, not part of the record" in out
    assert f"Record reviewed {load().version}" in out
    assert f"data version {load().version}+my-notice.yaml" in out


def test_its_own_version_names_it(write: Write) -> None:
    record = load(write(NOTICE + "version: 2026-12-05\n"))
    assert record.version == f"{load().version}+2026-12-05"
    assert record.reviewed_on == load().version


def test_check_counts_the_whole(write: Write, ottawa: Any) -> None:
    run = ottawa("data", "check", str(write(NOTICE)))
    assert run.returncode == 0
    assert f"{load().version}+my-notice.yaml" in run.stdout
    assert "8 communications" in run.stdout


def test_a_state_changes_in_the_fields_given(write: Write) -> None:
    """Lebanon, once somebody finds the day of its deposit."""
    record = load(
        write("""\
extends: shipped
states:
  LBN:
    deposits:
    - instrument: accession
      deposited_on: 2026-04-02
      sources: [CN-500-2026]
    confidence: high
sources:
  CN-500-2026: {title: x, publisher: y, url: "https://example.org"}
""")
    )
    lebanon, shipped = record.state("LBN"), load().state("LBN")
    assert str(lebanon.deposits[0].deposited_on) == "2026-04-02"
    assert lebanon.confidence == "high"
    assert lebanon.name == shipped.name
    assert lebanon.deposits[0].sources == ("CN-500-2026",)
    assert lebanon.sources == shipped.sources
    assert record.names.words == load().names.words


def test_a_file_that_does_not_say_what_it_extends_is_told_so_and_no_more(write: Write) -> None:
    with pytest.raises(DatasetError) as error:
        load(write("communications: []\nsources: {}\n"))
    (fault,) = error.value.faults
    assert "'extends: shipped'" in fault.text


def test_a_new_name_answers(write: Write) -> None:
    state = load().raw["states"]["LTU"]
    names = json.dumps([*state["other_names"], "Lietava"], ensure_ascii=False)
    text = f"extends: shipped\nstates:\n  LTU:\n    other_names: {names}\n"
    assert load(write(text)).names.words["lietava"] == "LTU"


def test_the_supplement_goes_before_names_in_further_languages(write: Write) -> None:
    text = "extends: shipped\n"
    assert load(write(text)).names.resolve("Lettland") == "LVA"
    refused = text + "refused_names:\n- {names: [lettland], answer: Ask for Latvia.}\n"
    with pytest.raises(UnknownState, match="Ask for Latvia"):
        load(write(refused)).names.resolve("Lettland")
    ambiguous = text + "ambiguous_names:\n  lettland: [LVA, EST]\n"
    with pytest.raises(UnknownState, match=r"Latvia \(LVA\) or Estonia \(EST\)"):
        load(write(ambiguous)).names.resolve("Lettland")


def test_faults_lie_in_the_supplement(write: Write) -> None:
    assert faults(write, NOTICE.replace("2026-12-01", "2026-12-32")) == [
        (5, "2026-12-32 is not a day of the calendar")
    ]
    assert faults(write, NOTICE.replace("state: NOR", "state: RUS"))[0][0] == 5
    assert faults(write, NOTICE.replace("state: NOR", "state: LTU"))[0][0] == 5
    assert faults(write, NOTICE.replace("[CN-500-2026]", "[CN-501-2026]")) == [
        (7, "unknown source CN-501-2026: expected a key of sources"),
        (8, "unknown source CN-501-2026: expected a key of sources"),
        (10, "source CN-500-2026 is used by no fact: expected a use, or no such entry"),
    ]
    assert faults(write, NOTICE.replace("CN-500-2026", "U26")) == [
        (10, "source U26 is shipped already: expected another id")
    ]
    assert faults(write, NOTICE + "reviewed: {}\n")[0][0] == 15


def test_its_version_bounds_its_days(write: Write) -> None:
    ((line, text),) = faults(write, NOTICE.replace("2026-12-03", "2026-12-02").replace(
        "2026-12-01", "2026-12-02") + "version: 2026-12-01\n")[:1]  # fmt: skip
    assert line == 5
    assert "after the last review (2026-12-01)" in text


def test_what_a_release_has_by_now_is_said(write: Write) -> None:
    """The shipped record has caught up: the supplement has done its work."""
    text = NOTICE.replace("NOR", "FIN").replace("500.2026", "372.2025").replace(
        "2026-12-01", "2025-07-10").replace("2026-12-03", "2025-07-11")  # fmt: skip
    found = faults(write, text)
    assert {line for line, _ in found} == {5, 6}
    assert any("used already" in text for _, text in found)


def test_a_change_that_the_shipped_record_contradicts(write: Write) -> None:
    """Finland cannot have joined after the notice that the shipped record has of it."""
    ((line, text),) = faults(
        write,
        """\
extends: shipped
states:
  FIN:
    deposits: [{instrument: accession, deposited_on: 2026-01-09, sources: [U26]}]
""",
    )
    assert line == 1
    assert "does not go with the shipped record" in text
    assert "not in force for Finland" in text


def test_a_clash_of_names_is_found_in_the_supplement(write: Write) -> None:
    ((line, text),) = faults(
        write,
        """\
extends: shipped
states:
  AFG:
    name: Latvia
""",
    )
    assert line == 4
    assert "is a name of LVA" in text


def test_an_empty_supplement_changes_nothing(write: Write) -> None:
    assert load(write("extends: shipped\n")).raw == load(shipped_path()).raw


@pytest.mark.parametrize("version", ["", "version: 2026-12-05\n"])
@pytest.mark.parametrize(
    "words",
    [
        (command, "--format", form)
        for command, forms in {
            "status": ("table", "plain", "json", "csv", "tsv", "markdown", "html"),
            "timeline": ("table", "plain", "json", "csv", "html", "ics", "svg"),
            "explain": ("plain", "json"),
        }.items()
        for form in forms
    ],
)
def test_every_form_takes_it(
    write: Write, ottawa: Any, words: tuple[str, ...], version: str
) -> None:
    file = write(NOTICE.replace("\n", f"\n{version}", 1))
    run = ottawa(*words, "norway", "--sources", "--data", str(file), "--as-of", "2027-01-01")
    assert (run.returncode, run.stderr) == (0, "")
    days = ("2026-12-01", "1 Dec 2026", "DTSTART;VALUE=DATE:20261201")
    assert any(day in run.stdout for day in days)


def test_a_calendar_tells_what_is_newer(write: Write, ottawa: Any) -> None:
    def stamps(*data: str) -> set[str]:
        text = ottawa("timeline", "poland", "--format", "ics", *data).stdout
        return set(re.findall(r"^DTSTAMP:(\d{8})", text, re.MULTILINE))

    shipped = {load().version.replace("-", "")}
    assert stamps() == shipped
    assert stamps("--data", str(write(NOTICE))) == shipped
    dated = NOTICE.replace("\n", "\nversion: 2026-12-05\n", 1)
    assert stamps("--data", str(write(dated))) == {"20261205"}
