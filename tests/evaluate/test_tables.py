"""Tables of every form and in every state, through the command."""

import csv
import io
import json
import os
import pty
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Done, called, started
from conftest import Ottawa
from pseudo_terminal import received

ADDED = ["period_end_on", "status", "effective_on", "bound", "notes", "error"]
DAY = "--as-of=2026-11-23"
Evaluate = Callable[..., Done]


@pytest.fixture
def evaluate(environment: dict[str, str]) -> Evaluate:
    """`ottawa evaluate - WORDS` on some bytes; bytes come out, as they are.

    Variables are those of a locale: with some of them it is a process of its own.
    """

    def run(table: bytes, *words: str, **variables: str) -> Done:
        how = started if variables else called
        env = {**environment, **variables}
        return how("evaluate", "-", DAY, *words, stdin=table, cwd="/", env=env)

    return run


def rows(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))


def test_ten_bad_rows_among_a_thousand_good_ones(ottawa: Ottawa, tmp_path: Path) -> None:
    good = [f"{number},2025-0{number % 6 + 1}-15,2025-11-01..2026-02-01" for number in range(1000)]
    bad = [f"bad {number},2025-02-3{number % 10},2025-11-01.." for number in range(10)]
    lines = good + bad
    random.Random(20).shuffle(lines)
    file = tmp_path / "cases.csv"
    file.write_text("\n".join(["id,received_on,conflicts", *lines]) + "\n", encoding="utf-8")
    done = ottawa("evaluate", str(file), DAY)
    assert done.returncode == 3
    assert done.stderr == "ottawa: 10 of 1010 rows have an error: see the column error.\n"
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["id"] for row in found] == [line.split(",")[0] for line in lines]
    for row in found:
        assert (row["status"] == "error") is bool(row["error"]) is row["id"].startswith("bad")


# --- what passes through -----------------------------------------------------------------

CASES = (
    'name,received_on,conflicts,note\nCôte d\'Ivoire,2025-06-27,,"one, two\nthree ""four"""\n'
    '"Україна 🇺🇦",2025-08-31,2026-01-01..,  spaced  \nLao,,,\0\n'
)


@pytest.mark.parametrize("variables", [{}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C"},
                                       {"LC_ALL": "C", "PYTHONUTF8": "0"},
                                       {"PYTHONUNBUFFERED": "1"}], ids=str)  # fmt: skip
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_cells_quotes_and_line_ends_stay_as_they_are(
    evaluate: Evaluate, variables: dict[str, str], mark: bytes, end: str
) -> None:
    table = CASES.replace("\n", end)
    done = evaluate(mark + table.encode(), **variables)
    assert (done.returncode, done.stderr) == (0, b"")
    added = iter([
        ",".join(ADDED), "2025-12-27,withdrawn,2025-12-27,no,,",
        "2026-02-28,suspended,,yes,month-end-clamped;conflict-ongoing,", ",party,,yes,,",
    ])  # fmt: skip
    places = [len("name,received_on,conflicts,note"), table.index('four"""') + 7,
              table.index("spaced  ") + 8, len(table) - len(end)]  # fmt: skip
    expected, start = "", 0
    for place in places:
        expected += f"{table[start:place]},{next(added)}"
        start = place
    assert done.stdout.decode() == expected + end


def test_a_last_line_without_an_end_and_blank_lines(evaluate: Evaluate) -> None:
    done = evaluate(b"\r\n".join([b"received_on", b"", b"2025-06-27", b"", b"", b"2025-06-27"]))
    answer = b"2025-06-27,2025-12-27,withdrawn,2025-12-27,no,,"
    header = ",".join(["received_on", *ADDED]).encode()
    assert done.stdout == b"\r\n".join([header, answer, answer]) + b"\n"


def test_columns_in_any_order_and_only_received_on_required(evaluate: Evaluate) -> None:
    done = evaluate(b"as_of,x,readings,received_on\n2025-12-27,1,effect-day=next-day,2025-06-27\n")
    (row,) = rows(done)
    assert list(row) == ["as_of", "x", "readings", "received_on", *ADDED]
    assert (row["status"], row["effective_on"], row["notes"]) == (
        "withdrawing", "2025-12-28", "effect-projected;reading-not-default",
    )  # fmt: skip


def test_a_header_alone(evaluate: Evaluate) -> None:
    done = evaluate(b"id,received_on\n")
    assert (done.returncode, done.stdout, done.stderr) == (
        0, ",".join(["id", "received_on", *ADDED]).encode() + b"\n", b"",
    )  # fmt: skip


# --- forms -------------------------------------------------------------------------------


def test_every_way_from_form_to_form_arrives_at_the_same(ottawa: Ottawa, tmp_path: Path) -> None:
    keys = ["name", "received_on", "conflicts", "note"]
    table = list(csv.reader(io.StringIO(CASES, newline="")))[1:]
    (tmp_path / "cases.csv").write_bytes(CASES.encode())
    (tmp_path / "cases.jsonl").write_text("".join(
        json.dumps(dict(zip(keys, [cell or None for cell in row], strict=True))) + "\n"
        for row in table
    ), encoding="utf-8")  # fmt: skip
    with (tmp_path / "cases.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows([keys, *table])

    def read(form: str, name: str) -> list[dict[str, str | None]]:
        text = (tmp_path / name).read_bytes().decode()
        if form == "jsonl":
            return [json.loads(line) for line in text.splitlines()]
        found = csv.DictReader(io.StringIO(text, newline=""),
                               delimiter={"csv": ",", "tsv": "\t"}[form])  # fmt: skip
        return [{key: cell or None for key, cell in row.items()} for row in found]

    arrived = []
    for start in ("csv", "tsv", "jsonl"):
        for end in ("csv", "tsv", "jsonl"):
            out = f"{start}.{end}"
            done = ottawa("evaluate", f"cases.{start}", DAY, "--output", out, cwd=str(tmp_path))
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
            arrived.append(read(end, out))
    assert all(each == arrived[0] for each in arrived)
    assert [row["status"] for row in arrived[0]] == ["withdrawn", "suspended", "party"]
    assert list(arrived[0][0]) == [*keys, *ADDED]


def test_the_form_is_the_one_asked_for_else_of_the_output_else_of_the_input(
    ottawa: Ottawa, tmp_path: Path
) -> None:
    (tmp_path / "cases").write_text("received_on\tid\n2025-06-27\t1\n", encoding="utf-8")

    def first(*words: str) -> str:
        return ottawa("evaluate", "cases", DAY, *words, cwd=str(tmp_path)).stdout.split("\n")[0]

    assert first() == "\t".join(["received_on", "id", *ADDED])  # no ending: by the first line
    assert first("--format", "csv") == ",".join(["received_on", "id", *ADDED])
    assert first("--format", "jsonl").startswith("{")
    for words in (["--output", "a.ndjson"], ["--output", "b.csv", "--format", "jsonl"]):
        assert first(*words) == ""
        assert (tmp_path / words[1]).read_text(encoding="utf-8").startswith("{")
    assert first("--output", "-") == "\t".join(["received_on", "id", *ADDED])


def test_json_lines_keep_their_types(evaluate: Evaluate) -> None:
    case = {"id": 7, "share": 0.1, "on": True, "tags": ["a", {"b": None}], "name": "Côte",
            "half": "\ud800", "received_on": "2025-06-27"}  # fmt: skip
    done = evaluate(json.dumps(case).encode() + b"\r\n\r\n")
    assert json.loads(done.stdout) == {
        **case, "period_end_on": "2025-12-27", "status": "withdrawn",
        "effective_on": "2025-12-27", "bound": "no", "notes": None, "error": None,
    }  # fmt: skip
    assert "Côte" in done.stdout.decode()
    (row,) = rows(evaluate(json.dumps(case).encode(), "--format", "csv"))
    assert (row["id"], row["on"], row["tags"]) == ("7", "true", '["a", {"b": null}]')
    assert row["half"] == "\\ud800"


def test_json_lines_of_wrong_types(evaluate: Evaluate) -> None:
    lines = ['{"received_on": 20250627}', '{"received_on": "2025-06-27", "conflicts": []}',
             '["received_on"]', "no json", '{"received_on": NaN}', '{"x": 1e999}',
             '{"status": "party"}', "[" * 100_000, '{"x": ' + "9" * 5000 + "}", "{}"]  # fmt: skip
    done = evaluate("\n".join(['{"id": "good"}', *lines]).encode())
    assert done.returncode == 3
    assert done.stderr == b"ottawa: 9 of 11 rows have an error: see the column error.\n"
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["status"] for row in found] == ["party", *["error"] * 9, "party"]
    assert [row["error"] for row in found][1:9] == [
        "line 2: received_on is not a text", "line 3: conflicts is not a text",
        "line 4: expected a JSON object", "line 5: Expecting value: line 1 column 1 (char 0)",
        "line 6: NaN is no number of JSON", "line 7: 1e999 is too large a number",
        "line 8: status is there already", "line 9: nested too deeply",
    ]  # fmt: skip
    assert found[1]["received_on"] == 20250627


def test_json_cases_with_different_keys_become_columns(evaluate: Evaluate) -> None:
    lines = ['{no json', '{"received_on": "2025-06-27"}',
             '{"received_on": "2025-06-27", "conflicts": "2025-11-01..", "id": 1}']  # fmt: skip
    late = ['{"id": 2}'] * 1000 + ['{"id": 3, "surprise": 1}']
    found = rows(done := evaluate("\n".join(lines + late).encode(), "--format", "csv"))
    assert list(found[0]) == ["received_on", "conflicts", "id", *ADDED]
    assert [row["status"] for row in found[:4]] == ["error", "withdrawn", "suspended", "party"]
    assert found[-1]["error"] == "keys that none of the first 1,000 cases has: ['surprise']"
    assert done.stderr == b"ottawa: 2 of 1004 rows have an error: see the column error.\n"


# --- rows and tables that are not as they should be --------------------------------------


def test_rows_that_do_not_fit_the_header(evaluate: Evaluate) -> None:
    done = evaluate(b"id,received_on\n1\n2,2025-06-27,x,y\n3,2025-06-27\n")
    assert done.returncode == 3
    found = rows(done)
    assert [row["error"] for row in found] == [
        "1 cells under a header of 2", "4 cells under a header of 2, beyond it: ['x', 'y']", "",
    ]  # fmt: skip
    assert [row["id"] for row in found] == ["1", "2", "3"]


def test_a_quote_out_of_place_swallows_no_row_in_silence(evaluate: Evaluate) -> None:
    done = evaluate(b'id,received_on\n1,2025-06-27\n2,"2025-06-27" \n3,"open\n4,x\n5,"y"\n6,\n')
    assert [(row["id"], row["error"]) for row in rows(done)] == [
        ("1", ""), ("", "line 3: ',' expected after '\"'"),
        ("", "lines 4 to 6: ',' expected after '\"'"), ("6", ""),
    ]  # fmt: skip
    done = evaluate(b'received_on,note\n2025-06-27,"never closed\n2025-06-27,x\n')
    assert done.returncode == 3
    assert [row["error"] for row in rows(done)] == ["lines 2 to 3: unexpected end of data"]


def test_a_cell_of_a_megabyte_passes_and_a_larger_one_is_an_error(evaluate: Evaluate) -> None:
    huge = b"x" * (1 << 20)
    done = evaluate(b"received_on,note\n," + huge + b"\n," + huge + b"x\n2025-06-27,\n")
    assert done.returncode == 3
    first, second, third = done.stdout.splitlines()[1:]
    assert first == b"," + huge + b",,party,,yes,,"
    assert second == b",,,error,,,,line 3: field larger than field limit (1048576)"
    assert third.endswith(b"withdrawn,2025-12-27,no,,")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", "stdin:1:1: no column received_on in the header: the first line is empty; columns"
         " of csv are parted by ',' or ';'."),
        (b"\n", "stdin:1:1: no column received_on in the header: the first line is empty; columns"
         " of csv are parted by ',' or ';'."),
        (b"id;received\n1;2025-06-27\n", "stdin:1:1: no column received_on in the header:"
         " found 'id;received'; columns of csv are parted by ',' or ';'."),
        (b"received_on,received_on\n", "stdin:1:1: column received_on is there already:"
         " expected it once."),
        (b"received_on,status\n", "stdin:1:1: column status is there already: expected it not"
         " at all, it is added."),
        (b'"received_on\n', "stdin:1:1: unexpected end of data."),
        ("received_on\n".encode("utf-16"), "stdin:1:1: this is UTF-16: save the table as UTF-8."),
        (b"PK\x03\x04\x14\0\x06\0", "stdin:1:1: this is a spreadsheet or an archive: save the"
         " table as CSV in UTF-8."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "stdin:1:1: this is a spreadsheet or an archive: save the"
         " table as CSV in UTF-8."),
        (b"\x1f\x8b\x08\0", "stdin:1:1: this is gzip: unpack it first."),
        (b"received_on,name\r\n,\"a\r\nb\"\r\n,\xe9\n", "stdin:4: this is not UTF-8: save the"
         " table as UTF-8."),
        (b"x" * ((1 << 26) + 1), "stdin: a line is longer than 64 MiB: this is no table of"
         " cases."),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(evaluate: Evaluate, table: bytes, said: str) -> None:
    done = evaluate(table)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode() == f"ottawa: {said}\n"


def test_two_columns_of_one_name_have_no_json(evaluate: Evaluate) -> None:
    done = evaluate(b"received_on,x,x\n", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"column 'x' is there twice" in done.stderr
    assert evaluate(b"received_on,x,x\n,1,2\n").returncode == 0


def test_a_byte_that_is_not_utf_8_is_found_where_it_is(evaluate: Evaluate) -> None:
    lines = [f"2025-06-27,{number}".encode() for number in range(20_000)]
    lines[15_000] = b"2025-06-27,\xff"
    done = evaluate(b"\n".join([b"received_on,id", *lines]))
    assert (done.returncode, done.stderr) == (
        3, b"ottawa: stdin:15002: this is not UTF-8: save the table as UTF-8.\n",
    )  # fmt: skip


def test_readings_that_do_not_exist_are_a_usage_error(evaluate: Evaluate) -> None:
    done = evaluate(b"received_on\n", "--reading", "effect-day=noon")
    assert (done.returncode, done.stdout) == (2, b"")


# --- where the answers go ----------------------------------------------------------------


def shell(line: str, environment: dict[str, str], cwd: Path) -> Done:
    command = f"{sys.executable} -m ottawa_cli evaluate"
    return subprocess.run(["sh", "-c", line], env={**environment, "EVALUATE": command},
                          capture_output=True, check=False, cwd=cwd, timeout=60)  # fmt: skip


FEW = "received_on,id\n2025-06-27,1\nbad,x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a table larger than any buffer."""
    lines = ["received_on,id", *[f"2025-06-27,{number}" for number in range(20_000)]]
    (tmp_path / "cases.csv").write_text("\n".join(lines) + "\nbad,x\n", encoding="utf-8")
    return tmp_path


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_a_file_is_there_once_it_is_whole_bad_rows_or_not(
    folder: Path, environment: dict[str, str]
) -> None:
    done = shell("$EVALUATE cases.csv --output answers.csv", environment, folder)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"ottawa: 1 of 20001 rows has an error: see the column error.\n"
    whole = (folder / "answers.csv").read_bytes()
    assert whole == shell("$EVALUATE cases.csv", environment, folder).stdout
    assert names(folder) == {"cases.csv", "answers.csv"}
    # Over itself: the table is read to its end before the answers take its place.
    assert shell("$EVALUATE cases.csv --output cases.csv", environment, folder).returncode == 3
    assert (folder / "cases.csv").read_bytes() == whole


@pytest.mark.parametrize(
    "line",
    ["ulimit -f 8; trap '' XFSZ; $EVALUATE cases.csv --output old.csv",  # stands for a full disk
     "{ cat cases.csv; printf '\\377'; } | $EVALUATE - --output old.csv",
     "$EVALUATE missing.csv --output old.csv",
     "$EVALUATE cases.csv --output missing/old.csv"],
)  # fmt: skip
def test_what_goes_wrong_leaves_the_old_file(
    folder: Path, environment: dict[str, str], line: str
) -> None:
    (folder / "old.csv").write_text("old", encoding="utf-8")
    done = shell(line, environment, folder)
    assert done.returncode in {3, 70}
    assert 1 <= len(done.stderr.splitlines()) <= 2
    assert (folder / "old.csv").read_text(encoding="utf-8") == "old"
    assert names(folder) == {"cases.csv", "old.csv"}


def test_pipes_disks_and_closed_streams(folder: Path, environment: dict[str, str]) -> None:
    head = shell("{ $EVALUATE cases.csv; echo $? >&2; } | head -n 1", environment, folder)
    assert head.stdout.startswith(b"received_on,id,period_end_on,")
    assert head.stderr == b"141\n"
    full = shell("$EVALUATE cases.csv > /dev/full", environment, folder)
    assert (full.returncode, full.stderr) == (
        70, b"ottawa: cannot write the output: No space left on device.\n",
    )  # fmt: skip
    closed = shell("$EVALUATE cases.csv >&-", environment, folder)
    assert (closed.returncode, closed.stderr) == (
        70, b"ottawa: cannot write the output: stdout is closed.\n",
    )  # fmt: skip
    none = shell("$EVALUATE - <&-", environment, folder)
    assert (none.returncode, none.stderr) == (
        3, b"ottawa: stdin is closed: there is no table to read.\n",
    )  # fmt: skip
    odd = shell("$EVALUATE .", environment, folder)
    assert (odd.returncode, odd.stderr) == (3, b"ottawa: .: cannot be read: Is a directory.\n")


@pytest.mark.parametrize("ending", ["xlsx", "png", "txt", "json", "csv.gz"])
def test_an_ending_that_says_no_form_is_refused(
    ottawa: Ottawa, tmp_path: Path, ending: str
) -> None:
    (tmp_path / "cases.csv").write_text(FEW, encoding="utf-8")

    def evaluate(*words: str) -> subprocess.CompletedProcess[str]:
        return ottawa("evaluate", "cases.csv", *words, cwd=str(tmp_path))

    done = evaluate("--output", f"answers.{ending}")
    assert (done.returncode, done.stdout) == (2, "")
    first, *more = done.stderr.splitlines()
    assert first.endswith("here: choose .csv, .tsv, .jsonl, .ndjson, or say --format.")
    assert [bool(re.search("libreoffice|rsvg-convert", line)) for line in more] == (
        [True] if ending in {"xlsx", "png"} else []
    )
    assert names(tmp_path) == {"cases.csv"}
    assert evaluate("--format", "tsv", "--output", f"x.{ending}").returncode == 3
    assert (tmp_path / f"x.{ending}").read_bytes().startswith(b"received_on\tid\t")
    wrong = evaluate("--format", "tvs")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "ottawa: --format 'tvs': choose csv, tsv or jsonl. Did you mean tsv?\n"


@pytest.mark.parametrize("name", ["answers", "answers.CSV", "answers.jsonl", "answers.ndjson"])
def test_an_ending_or_none_says_the_form(ottawa: Ottawa, tmp_path: Path, name: str) -> None:
    (tmp_path / "cases.csv").write_text(FEW, encoding="utf-8")
    done = ottawa("evaluate", "cases.csv", "--output", name, cwd=str(tmp_path))
    assert done.returncode == 3
    first = b"{" if "json" in name else b"received_on,id,"
    assert (tmp_path / name).read_bytes().startswith(first)


def test_the_answers_come_before_the_count_of_bad_rows(
    folder: Path, environment: dict[str, str]
) -> None:
    both = shell("$EVALUATE cases.csv 2>&1", environment, folder).stdout.splitlines()
    assert both[-1].startswith(b"ottawa: 1 of 20001 rows")
    assert both[-2].startswith(b"bad,x,,error,")


# --- the bar -----------------------------------------------------------------------------


def on_a_terminal(line: str, environment: dict[str, str], cwd: Path) -> tuple[int, bytes]:
    """Run a line of sh with a terminal as its stderr; its status and what the terminal got."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        ["sh", "-c", line], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=follower,
        cwd=cwd, env={**environment, "TERM": "xterm",
                      "EVALUATE": f"{sys.executable} -m ottawa_cli evaluate"},
    )  # fmt: skip
    os.close(follower)
    told = received(leader)
    return process.wait(60), told


@pytest.mark.parametrize("words", ["cases.csv > out.csv", "- < cases.csv > out.csv",
                                   "cases.csv --output out.csv", "- > out.csv"])  # fmt: skip
def test_a_bar_on_a_terminal_and_nothing_of_it_stays(
    folder: Path, environment: dict[str, str], words: str
) -> None:
    line = f"$EVALUATE {words}"
    if words.startswith("- >"):
        line = f"cat cases.csv | {line}"
    code, received = on_a_terminal(line, environment, folder)
    assert code == 3
    assert b" rows" in received
    last = received.rpartition(b"\x1b[2K")[2]  # the line of the bar is cleared
    assert last == b"ottawa: 1 of 20001 rows has an error: see the column error.\r\n"
    plain = shell("$EVALUATE cases.csv 2>/dev/null", environment, folder).stdout
    assert (folder / "out.csv").read_bytes() == plain


def test_no_bar_on_a_terminal_that_cannot_draw_it(
    folder: Path, environment: dict[str, str]
) -> None:
    code, received = on_a_terminal("TERM=dumb $EVALUATE cases.csv > out", environment, folder)
    assert (code, received.count(b"\n"), b"\x1b" in received) == (3, 1, False)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_table_parted_by_semicolons_is_read_and_answered_so(ottawa: Ottawa, ending: str) -> None:
    """As spreadsheets write it where the comma is the decimal sign; what joins stays quoted."""
    lines = [
        '"name";received_on;conflicts;as_of',
        'Łódź, one;2025-06-27;"2025-11-01..2025-12-30;2025-12-29..2026-03-01";2025-12-28',
        "no such day;2025-06-31;;",
    ]
    done = ottawa("evaluate", "-", stdin=ending.join([*lines, ""]))
    assert done.returncode == 3
    assert done.stderr.startswith("ottawa: stdin: read as parted by semicolons.\n")
    header, first, second = done.stdout.splitlines()
    assert header == lines[0] + ";period_end_on;status;effective_on;bound;notes;error"
    assert first == lines[1] + (
        ';2025-12-27;suspended;2025-12-30;yes;"effect-projected;rests-on-assumed-conflict-end;'
        'later-conflict-not-counted";'
    )
    assert second == lines[2] + ";;error;;;;2025-06-31 is not a day of the calendar"


@pytest.mark.parametrize("wanted", ["tsv", "jsonl"])
def test_a_table_parted_by_semicolons_in_another_form(ottawa: Ottawa, wanted: str) -> None:
    table = "id;received_on\n1;2025-06-27\n"
    done = ottawa("evaluate", "-", "--format", wanted, stdin=table)
    commas = ottawa("evaluate", "-", "--format", wanted, stdin=table.replace(";", ","))
    assert (done.returncode, done.stdout) == (0, commas.stdout)
    assert (done.stderr, commas.stderr) == ("ottawa: stdin: read as parted by semicolons.\n", "")
