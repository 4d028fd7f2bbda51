"""`ottawa evaluate`: Article 20 applied to a table of cases, streamed.

A table is data, not a report: it is read and written as UTF-8 whatever the locale.
"""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Optional, TextIO

import typer

from ottawa_cli.cases.evaluator import Evaluator
from ottawa_cli.cases.tables import (
    SEMICOLONS,
    Evaluation,
    TableError,
    as_cases,
    as_json_lines,
    as_lines,
    parted_by_semicolons,
)
from ottawa_cli.cli import completions, files, options, output
from ottawa_cli.cli.commands import SETTINGS, Command, choice
from ottawa_cli.cli.exits import INVALID, USAGE, Failure, tell
from ottawa_cli.dataset import UnknownTreaty, load
from ottawa_cli.dataset.clauses import clause as find_clause
from ottawa_cli.model import UnknownClause
from ottawa_cli.rules.readings import ReadingError

CHUNK = 1 << 16  # bytes read at a time
LONGEST_LINE = 1 << 26  # bytes

app = typer.Typer(**SETTINGS)


FORMS = ("csv", "tsv", "jsonl")
SUFFIXES = {"csv": "csv", "tsv": "tsv", "jsonl": "jsonl", "ndjson": "jsonl"}
CLAUSE = "Apply this withdrawal clause, as in rome-127. Default: Article 20 of the Convention."
DEFAULT = "csv, tsv or jsonl. Default: by the ending of --output, else as the input."
UTF_16 = "UTF-16: save the table as UTF-8"
NO_TABLES = {  # how they begin
    b"\xff\xfe": UTF_16, b"\xfe\xff": UTF_16, b"\x1f\x8b": "gzip: unpack it first",
    b"PK\x03\x04": (SHEET := "a spreadsheet or an archive: save the table as CSV in UTF-8"),
    b"\xd0\xcf\x11\xe0": SHEET,
}  # fmt: skip


@app.command("evaluate", cls=Command)
def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The table; - for stdin.")],
    as_of: options.AsOf = None,
    reading: options.ReadingChoices = None,
    clause: Annotated[
        Optional[str], options.option("--clause", "ID", CLAUSE, completions.clauses)
    ] = None,
    treaty: options.Treaty = None,
    format: Annotated[
        Optional[str],
        choice("--format", "NAME", FORMS, DEFAULT),
    ] = None,
    output_file: output.FileOption = None,
) -> None:
    """Article 20 applied to a table of cases: CSV, TSV or JSON Lines, one case a row.

    Columns: received_on, conflicts (FROM..[TO][@KIND] joined by ;), revoked_on, as_of,
    readings (KEY=VALUE joined by ;); for the clauses of other treaties also clause (an ID of
    'ottawa data clauses'), member_since, requested_on; others pass through. Each case counts
    as a State Party. A bad row is kept with its error, and the exit status is 3.

    \b
    ottawa evaluate cases.csv > answers.csv
    ottawa evaluate cases.csv --output answers.jsonl
    ottawa evaluate cases.csv --clause rome-127
    """  # fmt: skip
    try:
        if treaty and not clause:
            clause = load().treaty_named(treaty).clause.id
        choices = tuple(options.read_as(reading))
        evaluator = Evaluator(options.day(as_of), choices, clauses=find_clause, clause=clause)
    except (ReadingError, UnknownClause, UnknownTreaty) as error:
        raise Failure(USAGE, f"{error}".rstrip(".") + ".") from None
    evaluation = Evaluation(evaluator)
    name = "stdin" if file == "-" else file
    target = output.named(output_file)
    wanted = format or output.by_ending(target or "", SUFFIXES)
    try:
        with _opened(file) as table, _written(target) as out, _progress(table, evaluation, out):
            if table.form == SEMICOLONS:
                tell(f"ottawa: {name}: read as parted by semicolons.")
                wanted = SEMICOLONS if wanted == "csv" else wanted
            out.writelines(_answers(evaluation, table.lines, table.form, wanted or table.form))
    except TableError as error:
        raise Failure(INVALID, f"{name}:1:1: {error}.") from None
    except UnicodeDecodeError as error:
        line = evaluation.lines + 1 + _line_ends(error.object[: error.start])
        raise Failure(INVALID, f"{name}:{line}: this is not UTF-8: save the table as UTF-8."
                      ) from None  # fmt: skip
    if evaluation.bad:
        have = "has" if evaluation.bad == 1 else "have"
        raise Failure(
            INVALID,
            f"{evaluation.bad} of {evaluation.rows} rows {have} an error: see the column error.",
        )


def _answers(evaluation: Evaluation, lines: Iterable[str], form: str, wanted: str) -> Iterator[str]:
    """The lines of the answer, from any form to any other."""
    if form == "jsonl":
        cases = evaluation.json_lines(lines)
        if wanted == "jsonl":
            return as_json_lines(cases)
        return as_lines(evaluation.as_rows(cases), wanted)
    if wanted == form:
        return evaluation.appended(lines, form)
    rows = evaluation.delimited(lines, form)
    if wanted == "jsonl":
        return as_json_lines(as_cases(rows))
    return as_lines(((*row, *found) for row, found in rows), wanted)


# --- reading --------------------------------------------------------------------------


class Source(io.RawIOBase):
    """The bytes of a table, counted as they are read; what hinders reading is a Failure."""

    def __init__(self, raw: Any, name: str) -> None:
        self._raw = raw
        self._name = name
        self._unbroken = 0  # bytes since the last end of a line
        self.done = 0
        self.told: Callable[[], None] | None = None

    def readable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def readinto(self, buffer: Any) -> int | None:
        """Read some bytes. Raises Failure, also for a line longer than any table has."""
        try:
            count: int | None = self._raw.readinto(buffer)
        except OSError as error:
            raise _unreadable(self._name, error) from None
        if count:
            self.done += count
            data = bytes(buffer[:count])
            end = max(data.rfind(b"\n"), data.rfind(b"\r"))
            self._unbroken = self._unbroken + count if end < 0 else count - end
            if self._unbroken > LONGEST_LINE:
                raise Failure(INVALID, f"{self._name}: a line is longer than"
                              f" {LONGEST_LINE >> 20} MiB: this is no table of cases.")  # fmt: skip
            if self.told:
                self.told()
        return count


class Table:
    """A table as it is read: its lines, and the form that its name or first line shows.

    `size` is in bytes, None where it is not known.
    """

    def __init__(self, source: Source, name: str, size: int | None) -> None:
        buffered = io.BufferedReader(source, CHUNK)
        begins = buffered.peek(4)
        for mark, what in NO_TABLES.items():
            if begins.startswith(mark):
                raise TableError(f"this is {what}")
        text = io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")
        first = text.readline()
        self.source = source
        self.size = size
        self.form = _form(name, first)
        self.lines: Iterable[str] = chain([first] if first else [], text)


def _form(name: str, first: str) -> str:
    if first.lstrip().startswith("{"):
        return "jsonl"
    form = SUFFIXES.get(Path(name).suffix[1:].lower(), "tsv" if "\t" in first else "csv")
    return SEMICOLONS if form == "csv" and parted_by_semicolons(first) else form


@contextmanager
def _opened(file: str) -> Iterator[Table]:
    """A file, or stdin for ``-``, as a table. Raises Failure where it cannot be read."""
    if file == "-":
        if sys.stdin is None:
            raise Failure(INVALID, "stdin is closed: there is no table to read.")
        raw = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
        yield Table(Source(raw, "stdin"), "", _size(raw))
        return
    try:
        raw = io.FileIO(file)
    except OSError as error:
        raise _unreadable(file, error) from None
    with raw:
        yield Table(Source(raw, file), file, _size(raw))


def _unreadable(name: str, error: OSError) -> Failure:
    return Failure(INVALID, f"{name}: cannot be read: {error.strerror}.")


def _size(raw: Any) -> int | None:
    """How many bytes there are to read; None where only the end will tell."""
    try:
        status = os.fstat(raw.fileno())
    except (OSError, AttributeError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _line_ends(data: bytes) -> int:
    return data.count(b"\n") + data.replace(b"\r\n", b"").count(b"\r")


# --- writing --------------------------------------------------------------------------


@contextmanager
def _written(file: str | None) -> Iterator[TextIO]:
    """Where the answers go: the file, there only once it is whole, or stdout."""
    if file:
        with files.opened(file) as raw, _utf_8(raw) as out:
            yield out
        return
    try:
        # With a buffer of its own: stdout may have none (PYTHONUNBUFFERED).
        raw = os.fdopen(sys.stdout.fileno(), "wb", closefd=False)
    except (io.UnsupportedOperation, AttributeError):  # a stand-in, as in a notebook
        yield sys.stdout
        return
    with raw, _utf_8(raw) as out:
        yield out


@contextmanager
def _utf_8(raw: BinaryIO) -> Iterator[TextIO]:
    """Text written as UTF-8; half of a surrogate pair as JSON escapes it, since UTF-8 has none."""
    out = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield out
    finally:
        out.detach()  # flushes


# --- progress -------------------------------------------------------------------------


@contextmanager
def _progress(table: Table, evaluation: Evaluation, out: TextIO) -> Iterator[None]:
    """A progress bar where stderr is a terminal, unless rows are typed or answers read there."""
    shown = sys.stderr is not None and sys.stderr.isatty() and not output.dumb()
    if not shown or out.isatty() or table.source.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    rows = TextColumn("{task.fields[rows]:,} rows")
    with Progress(BarColumn(), rows, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=table.size, rows=0)

        def tell() -> None:
            progress.update(task, completed=table.source.done, rows=evaluation.rows)

        table.source.told = tell
        yield
