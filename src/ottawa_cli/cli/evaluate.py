"""`ottawa evaluate`: Article 20 applied to a table of cases, streamed.

A table is data, not a report: it is read and written as UTF-8 whatever the locale.
"""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Annotated, Any

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
from ottawa_cli.cli.commands import Text, choice, option
from ottawa_cli.cli.exits import INVALID, Failure, tell
from ottawa_cli.dataset import load
from ottawa_cli.dataset.clauses import clause as find_clause

LONGEST_LINE = 1 << 26  # bytes
FORMS = ("csv", "tsv", "jsonl")
SUFFIXES = {"csv": "csv", "tsv": "tsv", "jsonl": "jsonl", "ndjson": "jsonl"}
CLAUSE = "Apply this withdrawal clause, as in rome-127. Default: Article 20 of the Convention."
DEFAULT = "csv, tsv or jsonl. Default: by the ending of --output, else as the input."
UTF_16 = "UTF-16: save the table as UTF-8"
SHEET = "a spreadsheet or an archive: save the table as CSV in UTF-8"
NO_TABLES = {  # how they begin
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
    b"\x1f\x8b": "gzip: unpack it first",
    b"PK\x03\x04": SHEET,
    b"\xd0\xcf\x11\xe0": SHEET,
}


@options.refusing()
def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The table; - for stdin.")],
    as_of: options.AsOf = None,
    reading: options.ReadingChoices = None,
    clause: Annotated[Text, option("--clause", "ID", CLAUSE, completions.clauses)] = None,
    treaty: options.Treaty = None,
    format: Annotated[Text, choice("--format", "NAME", FORMS, DEFAULT)] = None,
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
    """
    if treaty and not clause:
        clause = load().treaty_named(treaty).clause.id
    choices = tuple(options.read_as(reading))
    evaluation = Evaluation(
        Evaluator(options.day(as_of), choices, clauses=find_clause, clause=clause)
    )
    target = output.named(output_file)
    wanted = format or output.by_ending(target or "", SUFFIXES)
    source = _opened(file)
    try:
        with source, _text(source) as text:
            first = text.readline()
            form = _form(str(source.name), first)
            with _written(target) as out, _progress(source, evaluation, out):
                if form == SEMICOLONS:
                    tell(f"ottawa: {source.name}: read as parted by semicolons.")
                    wanted = SEMICOLONS if wanted == "csv" else wanted
                lines = chain([first], text)
                out.writelines(_answers(evaluation, lines, form, wanted or form))
    except TableError as error:
        raise Failure(INVALID, f"{source.name}:1:1: {error}.") from None
    except UnicodeDecodeError as error:
        line = evaluation.lines + len(error.object[: error.start + 1].splitlines())
        problem = "this is not UTF-8: save the table as UTF-8."
        raise Failure(INVALID, f"{source.name}:{line}: {problem}") from None
    if evaluation.bad:
        have = "has" if evaluation.bad == 1 else "have"
        rows = f"{evaluation.bad} of {evaluation.rows} rows"
        raise Failure(INVALID, f"{rows} {have} an error: see the column error.")


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
    return as_lines(((*row, *answer) for row, answer in rows), wanted)


class Source(io.FileIO):
    """The bytes of a table, as they are read."""

    unbroken = 0  # bytes since the last end of a line
    advance: Callable[[int], object] | None = None  # told how many bytes were read

    def readinto(self, buffer: Any) -> int | None:
        """Read some bytes. Raises Failure, also for a line longer than any table has."""
        try:
            count = super().readinto(buffer)
        except OSError as error:
            raise _unreadable(self.name, error) from None
        if count:
            data = bytes(buffer[:count])
            end = max(data.rfind(b"\n"), data.rfind(b"\r"))
            self.unbroken = self.unbroken + count if end < 0 else count - end
            if self.unbroken > LONGEST_LINE:
                problem = f"a line is longer than {LONGEST_LINE >> 20} MiB"
                raise Failure(INVALID, f"{self.name}: {problem}: this is no table of cases.")
            if self.advance:
                self.advance(count)
        return count


def _opened(file: str) -> Source:
    """The bytes of a file, or of stdin for ``-``. Raises Failure where it cannot be read."""
    if file == "-" and sys.stdin is None:
        raise Failure(INVALID, "stdin is closed: there is no table to read.")
    name = "stdin" if file == "-" else file
    try:
        source = Source(file) if file != "-" else Source(sys.stdin.fileno(), closefd=False)
    except OSError as error:
        raise _unreadable(name, error) from None
    source.name = name
    return source


def _unreadable(name: object, error: OSError) -> Failure:
    return Failure(INVALID, f"{name}: cannot be read: {error.strerror or error}.")


def _text(source: Source) -> io.TextIOWrapper:
    """The text of a table. Raises TableError for a file that begins as no table does."""
    buffered = io.BufferedReader(source)
    begins = buffered.peek(4)
    for mark, kind in NO_TABLES.items():
        if begins.startswith(mark):
            raise TableError(f"this is {kind}")
    return io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")


def _form(name: str, first: str) -> str:
    """The form of a table, by its first line and the ending of its name."""
    if first.lstrip().startswith("{"):
        return "jsonl"
    form = SUFFIXES.get(Path(name).suffix[1:].lower(), "tsv" if "\t" in first else "csv")
    return SEMICOLONS if form == "csv" and parted_by_semicolons(first) else form


def _written(file: str | None) -> AbstractContextManager[IO[str]]:
    """Where the answers go: the file, there only once it is whole, or stdout."""
    if file:
        return files.opened(file)
    try:
        # With a buffer of its own: stdout may have none (PYTHONUNBUFFERED).
        return files.open_utf_8(sys.stdout.fileno(), "w", closefd=False)
    except (io.UnsupportedOperation, AttributeError):  # a stand-in, as in a notebook
        return nullcontext(sys.stdout)


@contextmanager
def _progress(source: Source, evaluation: Evaluation, out: IO[str]) -> Iterator[None]:
    """A progress bar where stderr is a terminal, unless rows are typed or answers read there."""
    shown = sys.stderr is not None and sys.stderr.isatty() and not output.dumb()
    if not shown or out.isatty() or source.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    rows = TextColumn("{task.fields[evaluation].rows:,} rows")
    with Progress(BarColumn(), rows, console=Console(stderr=True), transient=True) as progress:
        status = os.fstat(source.fileno())
        size = status.st_size if stat.S_ISREG(status.st_mode) else None  # of a pipe, unknown
        task = progress.add_task("", total=size, evaluation=evaluation)
        source.advance = partial(progress.advance, task)
        yield
