"""The clauses of other treaties: as the depositaries counted, and as their words say."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from conftest import Ottawa

from ottawa_cli import Evaluator, UnknownClause, clause, clauses
from ottawa_cli.cli import completions
from ottawa_cli.dataset import DatasetError, shipped, shipped_path
from ottawa_cli.dataset.check import faults_in
from ottawa_cli.dataset.fields import CLAUSES
from ottawa_cli.dataset.shipped import raw_clauses
from ottawa_cli.dataset.validated import refuse_clauses
from ottawa_cli.dataset.yaml_reader import read

VECTORS = Path(__file__).parent.parent / "vectors"
DAY = dt.date(2026, 11, 23)
DAY_BEFORE = dt.timedelta(-1)


with (VECTORS / "exits.csv").open(encoding="utf-8", newline="") as lines:
    EXITS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", EXITS, ids=[row["id"] for row in EXITS])
def test_a_real_exit_is_as_published(row: dict[str, str]) -> None:
    """Out on the day that was published and not before it; never out by a notice undone or void."""
    evaluator = Evaluator(DAY, clauses=clause, clause=row["clause"])
    facts = [row["received_on"], "", row["revoked_on"]]

    def on(day: str) -> tuple[str, str]:
        answer = evaluator.answer(*facts, as_of=day, member_since=row["member_since"])
        return answer.status, answer.effective_on

    if row["outcome"] == "void":
        assert on("2026-11-23") == ("party", "")
        assert on(row["received_on"]) == ("party", "")
    elif row["outcome"] == "revoked":
        before = str(dt.date.fromisoformat(row["revoked_on"]) + DAY_BEFORE)
        assert on(before)[0] == "withdrawing"
        assert on(row["revoked_on"]) == on("2026-11-23") == ("party", "")
    else:
        published = row["expected_effective_on"]
        before = str(dt.date.fromisoformat(published) + DAY_BEFORE)
        assert on(published) == ("withdrawn", published)
        assert on(before) == ("withdrawing", published)


def test_every_exit_and_every_clause_says_where_it_was_read() -> None:
    assert not faults_in(raw_clauses(), CLAUSES)[0]
    for row in EXITS:
        assert row["source"], row["id"]
        assert row["clause"] in clauses()
    assert all(each.quote and each.sources for each in clauses().values())


@pytest.mark.parametrize(
    ("id", "case", "effective_on", "notes"),
    [
        # The same words, another depositary, another day; the chosen reading changes nothing.
        ("icsid-71", {"received_on": "2024-02-24"}, "2024-08-25", "effect-day-settled"),
        ("icsid-71", {"received_on": "2024-02-24", "readings": "effect-day=next-day"},
         "2024-08-25", "effect-day-settled"),
        ("rome-127", {"received_on": "2018-03-17"}, "2019-03-17", ""),
        ("rome-127", {"received_on": "2018-03-17", "readings": "effect-day=next-day"},
         "2019-03-18", "reading-not-default"),
        # A clause that names the day leaves no reading of it.
        ("istanbul-80", {"received_on": "2021-03-22", "readings": "effect-day=next-day"},
         "2021-07-01", "effect-day-settled"),
        ("istanbul-80", {"received_on": "2021-04-01"}, "2021-08-01", ""),
        ("istanbul-80", {"received_on": "2020-11-30"}, "2021-03-01", "month-end-clamped"),
        # The first of January still is in time for that year, the second for the next.
        ("iwc-xi", {"received_on": "2019-01-01"}, "2019-06-30", ""),
        ("iwc-xi", {"received_on": "2019-01-02"}, "2020-06-30", ""),
        ("unesco-ii6", {"received_on": "2017-12-31"}, "2018-12-31", ""),
        ("unesco-ii6", {"received_on": "2018-01-01"}, "2019-12-31", ""),
        # 29 February has no anniversary.
        ("opac-11", {"received_on": "2024-02-29"}, "2025-02-28", "month-end-clamped"),
        # A later day that the clause lets the notice state, or that it does not rule out.
        ("rome-127", {"received_on": "2018-03-17", "requested_on": "2019-12-31"},
         "2019-12-31", "later-date-requested"),
        ("rome-127", {"received_on": "2018-03-17", "requested_on": "2018-12-31"},
         "2019-03-17", "later-date-requested"),
        ("apmbc-20", {"received_on": "2025-06-27", "requested_on": "2026-01-31"},
         "2026-01-31", "later-date-requested"),
        # Three years to the day are enough, a day less is not.
        ("paris-28", {"received_on": "2019-11-04", "member_since": "2016-11-04"},
         "2020-11-04", ""),
        ("paris-28", {"received_on": "2019-11-03", "member_since": "2016-11-04"},
         "", "notice-too-early"),
        ("paris-28", {"received_on": "2019-11-03", "member_since": "2016-11-04",
                      "revoked_on": "2019-11-10"}, "", "notice-too-early"),
        ("paris-28", {"received_on": "2019-11-04"}, "2020-11-04", "membership-not-given"),
        ("ect-47", {"received_on": "2004-12-26", "member_since": "1999-12-27"},
         "", "effect-day-settled;notice-too-early"),
        # A conflict that no sentence of the clause speaks of.
        ("rome-127", {"received_on": "2018-03-17", "conflicts": "2019-01-01.."}, "2019-03-17", ""),
        # One war after another: the Mine Ban waits for the first, the nuclear ban for both.
        ("apmbc-20", {"received_on": "2024-06-01", "conflicts":
                      "2024-11-01..2025-03-01;2025-02-01..2025-09-01"}, "2025-03-01",
         "rests-on-assumed-conflict-end;later-conflict-not-counted"),
        ("tpnw-17", {"received_on": "2023-12-01", "conflicts":
                     "2024-11-01..2025-03-01;2025-02-01..2025-09-01"}, "2025-09-01",
         "rests-on-assumed-conflict-end"),
        # Additional Protocol II speaks of non-international conflicts alone, whatever is chosen.
        ("apii-25", {"received_on": "2024-06-01", "conflicts": "2024-11-01..2025-03-01@IAC"},
         "2024-12-01", ""),
        ("apii-25", {"received_on": "2024-06-01", "conflicts": "2024-11-01..2025-03-01@NIAC",
                     "readings": "conflict-kinds=international"}, "2025-03-01",
         "rests-on-assumed-conflict-end"),
        ("apii-25", {"received_on": "2024-06-01", "conflicts": "2024-11-01..2025-03-01@OCC"},
         "2024-12-01", ""),
    ],
)  # fmt: skip
def test_what_a_clause_says(id: str, case: dict[str, str], effective_on: str, notes: str) -> None:
    answer = Evaluator(DAY, clauses=clause).answer(**case, clause=id)
    found = Evaluator(DAY, clauses=clause, clause=id.upper()).answer(**case)
    assert (answer.error, answer.effective_on) == ("", effective_on)
    assert set(answer.notes.split(";")) == set(notes.split(";"))
    assert found == answer


@pytest.mark.parametrize(
    ("id", "kind", "notes"),
    [
        ("apmbc-20", "IAC", "conditional-notice"), ("rome-127", "IAC", ""),
        ("apii-25", "IAC", ""), ("apii-25", "NIAC", "conditional-notice"),
    ],
)  # fmt: skip
def test_in_wartime_a_notice_would_meet_a_conflict_that_the_clause_speaks_of(
    id: str, kind: str, notes: str
) -> None:
    for war in ("2026-01-01..", "2026-01-01..2026-12-01"):
        answer = Evaluator(DAY, clauses=clause, clause=id).answer("", f"{war}@{kind}")
        assert (answer.status, answer.notes) == ("party", notes)


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        ({"clause": "rome-172"}, "no clause 'rome-172': did you mean ROME-127?"
         " 'ottawa data clauses' lists them"),
        ({"clause": "?"}, "no clause '?': 'ottawa data clauses' lists them"),
        ({"clause": "unesco-ii6", "requested_on": "2030-01-01"},
         "requested_on 2030-01-01: UNESCO-II6 sets the day and leaves no other"),
        ({"requested_on": "2025-06-26"}, "requested_on 2025-06-26: there is no notice before it"),
        ({"received_on": "", "requested_on": "2025-06-26"},
         "requested_on 2025-06-26: there is no notice before it"),
        ({"member_since": "2025-06-28"},
         "a notice on 2025-06-27, before the State was a party (2025-06-28)"),
        ({"member_since": "yesterday"},
         "'yesterday' is not a date: write YYYY-MM-DD, for example 2025-06-27"),
        ({"clause": "icsid-71", "received_on": "2024-08-31", "readings": "month-end=refuse"},
         "month-end=refuse: six months after 2024-08-31 is a day that does not exist"
         " (2025-02-28 or 2025-03-01)"),
        ({"clause": "rome-127", "received_on": "2024-02-29", "readings": "month-end=refuse"},
         "month-end=refuse: one year after 2024-02-29 is a day that does not exist"
         " (2025-02-28 or 2025-03-01)"),
    ],
)  # fmt: skip
def test_what_a_case_cannot_say(case: dict[str, str], problem: str) -> None:
    answer = Evaluator(DAY, clauses=clause).answer(**{"received_on": "2025-06-27", **case})
    assert (answer.status, answer.error) == ("error", problem)


@pytest.mark.parametrize("name", [n for e in raw_clauses()["not_computed"] for n in e["ids"]])
def test_what_is_contested_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownClause, match=f"^{name} is not computed: .{{40}}"):
        clause(name.lower())


def test_a_contested_clause_is_a_usage_error_and_in_a_row_an_error_of_the_row(
    ottawa: Ottawa, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("received_on,clause\n2025-06-27,npt-x\n2025-06-27,\n", encoding="utf-8")
    refused = ottawa("evaluate", str(table), "--clause", "npt-x")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("ottawa: NPT-X is not computed: notice is given three months")
    meant = ottawa("evaluate", str(table), "--clause", "rome127")
    assert meant.returncode == 2
    assert "did you mean ROME-127?" in meant.stderr
    done = ottawa("evaluate", str(table), "--clause", "Rome-127", "--as-of", "2026-01-01")
    first, second = csv.DictReader(io.StringIO(done.stdout))
    assert (done.returncode, first["status"]) == (3, "error")
    assert first["error"].startswith("NPT-X is not computed: ")
    assert (second["status"], second["effective_on"]) == ("withdrawing", "2026-06-27")


def test_the_columns_of_a_clause_in_json_lines(ottawa: Ottawa, tmp_path: Path) -> None:
    table = tmp_path / "cases.jsonl"
    case = {"received_on": "2017-08-04", "clause": "paris-28", "member_since": "2016-11-04"}
    table.write_text(json.dumps(case) + "\n", encoding="utf-8")
    done = ottawa("evaluate", str(table))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["bound"], answer["notes"]) == (
        "party", "yes", "notice-too-early",
    )  # fmt: skip


@pytest.mark.parametrize("faulty", [
    ("clauses", "ROME-127", "sources", ["NOWHERE"]),
    ("clauses", "ROME-127", "year", {"day": "06-30", "notice_by": "01-01", "years_after": "0"}),
    ("clauses", "ROME-127", "settles", {"effect-day": "never"}),
    ("clauses", "ROME-127", "sources", []),
    ("not_computed", 0, "ids", ["ROME-127"]),
    ("sources", "SPARE", "title", "A source that nothing uses"),
])  # fmt: skip
def test_a_fault_of_the_clauses_is_found(faulty: tuple[str, str | int, str, object]) -> None:
    data = json.loads(json.dumps(raw_clauses()))
    part, key, field, value = faulty
    if key == "SPARE":
        data[part][key] = {**data[part]["U26"]}
    data[part][key][field] = value
    (problem,) = faults_in(data, CLAUSES)[0][:1]
    assert problem[0][0] == part


def test_data_clauses_lists_every_clause_with_its_words_and_sources(ottawa: Ottawa) -> None:
    told = json.loads(ottawa("data", "clauses", "--format", "json").stdout)["clauses"]
    rows = list(csv.DictReader(io.StringIO(ottawa("data", "clauses", "--format", "csv").stdout)))
    assert [keys["id"] for keys in told] == [row["id"] for row in rows]
    assert {keys["id"] for keys in told if not keys["not_computed"]} == set(clauses())
    for keys, row in zip(told, rows, strict=True):
        assert list(keys) == list(row)
        assert all(source["url"] in row["sources"].split() for source in keys["sources"])
        assert keys["sources"]
        assert (keys["quote"] or keys["not_computed"]) in (row["quote"], row["not_computed"])
    whaling = next(keys for keys in told if keys["id"] == "IWC-XI")
    assert (whaling["day"], whaling["notice_by"], whaling["years_after"]) == ("06-30", "01-01", 0)
    assert whaling["settles"] == {"effect-day": "same-day"}


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "html"])
def test_people_read_each_clause_in_words(ottawa: Ottawa, form: str) -> None:
    done = ottawa("data", "clauses", "--format", form, COLUMNS="400")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "on 30 June, by a notice up to 1 January",
        "on 31 December, by a notice up to 31 December of the year before",
        "one year from receipt; no notice in the first 3 years; or a later day that the notice",
        "barred by non-international armed conflict when that time is over",
        "three months from receipt; then the first of the month that follows",
    ):
        assert words in done.stdout
    assert (
        "The denunciation shall take effect six months after receipt of such notice." in done.stdout
    )


def test_ids_of_clauses_are_offered(ottawa: Ottawa) -> None:
    done = ottawa("data", "clauses", "--field", "id", "--field", "treaty")
    assert done.stdout.splitlines()[2] == "ROME-127\tRome Statute (1998)"
    assert completions.clauses("Rome") == completions.clauses("rome") == ["rome-127"]
    assert len(completions.clauses("")) == len(clauses())


def test_clauses_of_one_wording_are_quoted_alike() -> None:
    quoted = {id: each.quote for id, each in clauses().items()}
    assert quoted["APMBC-20"] == quoted["CCM-20"]
    same = quoted["UNFCCC-25"]
    assert quoted["KYOTO-27"] == same
    assert all(quoted[id].endswith(same) for id in ("PARIS-28", "UNCCD-38"))


def test_a_faulty_file_of_clauses_is_told_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shipped_path("clauses.yaml").read_text(encoding="utf-8")
    line = text[: text.index("unit: year")].count("\n") + 1
    (tmp_path / "clauses.yaml").write_text(text.replace("unit: year", "unit: age", 1), "utf-8")
    monkeypatch.setattr(shipped, "shipped_path", tmp_path.joinpath)
    monkeypatch.setattr(shipped, "compiled", lambda name: None)
    with pytest.raises(DatasetError, match=f"clauses.yaml:{line}:\\d+: 'age': expected one of"):
        raw_clauses.__wrapped__()


def test_what_is_wrong_between_the_clauses_is_told_by_its_place(tmp_path: Path) -> None:
    text = shipped_path("clauses.yaml").read_text(encoding="utf-8")
    old, file = "sources: [BWBV0001489]", tmp_path / "clauses.yaml"
    file.write_text(text.replace(old, "sources: [NOWHERE]", 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(DatasetError, match=f"clauses.yaml:{line}:\\d+: unknown source NOWHERE"):
        refuse_clauses(file, read(file).data)
