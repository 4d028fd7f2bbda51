"""`ottawa evaluate`: Article 20 applied to a table of cases, streamed."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Annotated, Optional, TextIO

import typer

from ottawa_cli.cli import offers, options
from ottawa_cli.cli.app import SETTINGS, Command
from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import INTERNAL, INVALID, USAGE
from ottawa_cli.evaluation import Evaluator
from ottawa_cli.rules.readings import ReadingError
from ottawa_cli.tables import Evaluation, TableError, as_cases, write_delimited, write_json_lines

app = typer.Typer(**SETTINGS)


class Form(str, Enum):
    """The forms of a table."""

    csv = "csv"
    tsv = "tsv"
    jsonl = "jsonl"


FORMS = tuple(form.value for form in Form)


@app.command("evaluate", cls=Command)
def run(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The table; - for stdin.",
            autocompletion=offers.files,
        ),
    ],
    as_of: options.AsOf = None,
    reading: options.ReadingChoices = None,
    format: Annotated[
        Optional[Form],
        typer.Option(
            "--format",
            help="Form of the answer; default as the input.",
            autocompletion=lambda incomplete: offers.among(FORMS, incomplete),
        ),
    ] = None,
) -> None:
    """Article 20 applied to a table of cases: CSV, TSV or JSON Lines, one case a row.

    Columns: received_on, conflicts (FROM..[TO][@KIND] joined by ;), revoked_on, as_of,
    readings (KEY=VALUE joined by ;); others pass through. Each case counts as a State
    Party. A bad row is kept with its error, and the exit status is 3.

    \b
    ottawa evaluate cases.csv > answers.csv
    """
    try:
        evaluator = Evaluator(options.day(as_of), tuple(reading or ()))
    except ReadingError as error:
        raise Failure(USAGE, f"{error}.") from None
    if sys.stdout is None:
        raise Failure(INTERNAL, "stdout is closed: there is nowhere to write the answer.")
    evaluation = Evaluation(evaluator)
    try:
        with _opened(file) as table, _progress(table) as lines:
            _stream(evaluation, lines, table.form, (format or table.form).value, sys.stdout)
    except TableError as error:
        raise Failure(INVALID, f"{file}:1:1: {error}.") from None
    except UnicodeDecodeError:
        raise Failure(INVALID, f"{file}: not UTF-8 text after row {evaluation.rows}.") from None
    if evaluation.bad:
        raise Failure(
            INVALID,
            f"{evaluation.bad} of {evaluation.rows} rows have an error: see the column error.",
        )


def _stream(
    evaluation: Evaluation, lines: Iterable[str], form: Form, wanted: str, out: TextIO
) -> None:
    """Evaluate the lines and write the answers, from any form to any other."""
    if form is Form.jsonl:
        cases = evaluation.json_lines(lines)
        if wanted == "jsonl":
            write_json_lines(cases, out)
        else:
            write_delimited(evaluation.as_rows(cases), wanted, out)
        return
    rows = evaluation.delimited(lines, form.value)
    if wanted == "jsonl":
        write_json_lines(as_cases(rows), out)
    else:
        write_delimited(rows, wanted, out)


class Lines:
    """The lines of a table, the form its name or first line shows, and how far they are read."""

    def __init__(self, stream: TextIO, name: str, size: int | None) -> None:
        self._stream = stream
        self._first = stream.readline()
        self.size = size
        self.form = _form(name, self._first)

    def __iter__(self) -> Iterator[str]:
        return chain([self._first], self._stream)

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._stream.buffer.tell()


def _form(name: str, first: str) -> Form:
    suffix = Path(name).suffix.lower()
    if suffix in {".jsonl", ".ndjson"} or first.lstrip().startswith("{"):
        return Form.jsonl
    return Form.tsv if suffix == ".tsv" or (suffix != ".csv" and "\t" in first) else Form.csv


@contextmanager
def _opened(file: str) -> Iterator[Lines]:
    """A file, or stdin for ``-``, as lines. Raises Failure where it cannot be read."""
    if file == "-":
        if sys.stdin is None:
            raise Failure(INVALID, "stdin is closed: there is no table to read.")
        buffer = sys.stdin.buffer
        yield Lines(io.TextIOWrapper(buffer, encoding="utf-8-sig", newline=""), "", None)
        return
    try:
        with Path(file).open(encoding="utf-8-sig", newline="") as stream:
            yield Lines(stream, file, Path(file).stat().st_size)
    except OSError as error:
        if error.filename != file:
            raise
        raise Failure(INVALID, f"{file}: cannot be read: {error.strerror}.") from None


@contextmanager
def _progress(lines: Lines) -> Iterator[Iterable[str]]:
    """The lines, with a progress bar where stderr is a terminal and the answers go elsewhere."""
    size = lines.size
    if not (size and sys.stderr and sys.stderr.isatty()) or sys.stdout.isatty():
        yield lines
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("evaluating", total=size)

        def reported() -> Iterator[str]:
            for number, line in enumerate(lines):
                if number % 4096 == 0:
                    progress.update(task, completed=lines.position)
                yield line

        yield reported()
