"""Tables of cases, streamed: CSV, TSV or JSON Lines in, the same with the answers out.

A row at a time, so that memory does not grow with the file.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator
from itertools import chain, islice, tee
from operator import itemgetter
from typing import Any, NoReturn

from ottawa_cli.cases.evaluator import COMMON, INPUTS, OUTPUTS, Cells, Evaluator, failed

SEMICOLONS = "csv;"  # the form of a CSV table as spreadsheets write it where the comma is decimal
DELIMITERS = {"csv": ",", "tsv": "\t", SEMICOLONS: ";"}
LONGEST_CELL = 1 << 20  # characters
LOOKED_AT = 1000  # JSON cases whose keys become the columns of a CSV or TSV answer


class TableError(ValueError):
    """The table cannot be read at all; the message says what is expected."""


class Evaluation:
    """Runs an Evaluator over a table, once, and counts what it meets.

    `rows` are the cases so far, `bad` those among them that have no answer.
    """

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._reader: Any = None  # of CSV or TSV
        self._line = 0  # of JSON
        self.rows = 0
        self.bad = 0

    @property
    def lines(self) -> int:
        """Lines of the table read so far."""
        return self._reader.line_num if self._reader else self._line

    def appended(self, lines: Iterable[str], form: str) -> Iterator[str]:
        """The lines of a CSV or TSV table as they are, with the columns of OUTPUTS at their end.

        Only a row that cannot be answered is written anew, its `error` told. Raises
        TableError as `delimited` does.
        """
        delimiter, read = DELIMITERS[form], 0
        ahead, texts = tee(lines)
        for row, answer in self.delimited(ahead, form):
            upto = self._reader.line_num
            count, read = upto - read, upto
            # Several lines: blank ones before the row, or line ends in its cells.
            line = next(texts) if count == 1 else "".join(islice(texts, count)).lstrip("\r\n")
            text = line.rstrip("\r\n")
            ending = line[len(text) :] or "\n"
            if answer[1] == "error":
                yield next(as_lines([(*row, *answer)], form)).rstrip("\n") + ending
            elif form == SEMICOLONS:  # which join notes too
                yield f"{text};{next(as_lines([answer], form)).rstrip()}{ending}"
            else:
                yield f"{text}{delimiter}{delimiter.join(answer)}{ending}"

    def delimited(self, lines: Iterable[str], form: str) -> Iterator[tuple[list[str], Cells]]:
        """The header and the rows of a CSV or TSV table, each with what OUTPUTS adds to it.

        Raises TableError for a header without received_on, or with a column twice.
        """
        csv.field_size_limit(LONGEST_CELL)
        # Strict: a quote out of place is an error of its row, not a reason to guess.
        self._reader = reader = csv.reader(lines, delimiter=DELIMITERS[form], strict=True)
        header = _header(reader, form)
        yield header, OUTPUTS
        few = set(INPUTS) & set(header) <= set(COMMON)
        inputs = COMMON if few else INPUTS
        # The texts of a case, from a row and an empty cell after it for each that has no column.
        texts = itemgetter(*(header.index(name) if name in header else -1 for name in inputs))
        answered, width, whole = self._evaluator.cells, len(header), set(inputs) <= set(header)
        while True:
            line = reader.line_num
            try:
                for row in reader:
                    if len(row) != width:
                        if row:
                            yield self._misfit(row, width)
                        continue
                    self.rows += 1
                    answer = answered(*texts(row if whole else [*row, ""]))
                    if answer[-1]:
                        self.bad += 1
                    yield row, answer
                    line = reader.line_num
                return
            except csv.Error as error:
                last = reader.line_num
                place = f"line {last}" if last == line + 1 else f"lines {line + 1} to {last}"
                yield self._refused([""] * width, f"{place}: {error}")

    def _misfit(self, row: list[str], width: int) -> tuple[list[str], Cells]:
        """A row with too few or too many cells, kept, with what is wrong."""
        surplus = f", beyond it: {row[width:]}" if len(row) > width else ""
        problem = f"{len(row)} cells under a header of {width}{surplus}"
        return self._refused((row + [""] * width)[:width], problem)

    def _refused(self, row: list[str], problem: str) -> tuple[list[str], Cells]:
        self.rows += 1
        self.bad += 1
        return row, failed(problem)

    def json_lines(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The objects of a JSON Lines table with the keys of OUTPUTS added, null where empty."""
        for self._line, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            self.rows += 1
            case, problem = _case(line)
            if problem:
                answer = failed(f"line {self._line}: {problem}")
            else:
                answer = self._evaluator.cells(*[case.get(name) or "" for name in INPUTS])
            if answer[-1]:
                self.bad += 1
            yield {**case, **{key: text or None for key, text in zip(OUTPUTS, answer, strict=True)}}

    def as_rows(self, cases: Iterator[dict[str, Any]]) -> Iterator[list[str]]:
        """Objects as a header and rows: the columns are the keys of the first 1,000 of them.

        A later key without a column is an error of its case.
        """
        first = list(islice(cases, LOOKED_AT))
        keys = dict.fromkeys(key for case in first for key in case)
        columns = [*(key for key in keys if key not in OUTPUTS), *OUTPUTS]
        if first:
            yield columns
        for case in chain(first, cases):
            surplus = [key for key in case if key not in columns]
            if surplus and not case["error"]:
                self.bad += 1
                problem = f"keys that none of the first {LOOKED_AT:,} cases has: {surplus}"
                case.update(zip(OUTPUTS, failed(problem), strict=True))
            yield [_cell(case.get(key)) for key in columns]


def parted_by_semicolons(header: str) -> bool:
    """Whether the first line of a CSV table is a header only so."""
    by_commas, by_semicolons = (
        [cell.strip('" \r\n') for cell in header.split(delimiter)] for delimiter in ",;"
    )
    return "received_on" in by_semicolons and "received_on" not in by_commas


def _header(reader: Iterator[list[str]], form: str) -> list[str]:
    """The names of the columns. Raises TableError."""
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise TableError(str(error)) from None
    if "received_on" not in header:
        names = f"found {', '.join(header)!r:.60}" if header else "the first line is empty"
        parted = f"columns of {form} are parted by " + (
            "',' or ';'" if form == "csv" else repr(DELIMITERS[form])
        )
        raise TableError(f"no column received_on in the header: {names}; {parted}")
    for name in (*INPUTS, *OUTPUTS):
        if header.count(name) > (name in INPUTS):
            wanted = "once" if name in INPUTS else "not at all, it is added"
            raise TableError(f"column {name} is there already: expected it {wanted}")
    return header


def _case(line: str) -> tuple[dict[str, Any], str]:
    """The case of a line of JSON, and what is wrong with it."""
    try:
        case = json.loads(line, parse_constant=_not_json, parse_float=_finite)
    except ValueError as error:
        return {}, str(error)
    except RecursionError:
        return {}, "nested too deeply"
    if not isinstance(case, dict):
        return {}, "expected a JSON object"
    for name in INPUTS:
        if not isinstance(case.get(name, ""), str | None):
            return case, f"{name} is not a text"
    taken = [name for name in OUTPUTS if name in case]
    return case, f"{taken[0]} is there already" if taken else ""


def _not_json(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is too large a number")
    return number


def _cell(value: object) -> str:
    """A value of JSON as a cell: a text as it is, nothing for null, else its JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def as_cases(rows: Iterator[tuple[list[str], Cells]]) -> Iterator[dict[str, Any]]:
    """A header and rows as objects, null where a cell is empty.

    Raises TableError where two columns have one name.
    """
    header, _ = next(rows)
    for name in header:
        if header.count(name) > 1:
            raise TableError(f"column {name!r} is there twice: JSON needs a name for each")
    keys = (*header, *OUTPUTS)
    for row, answer in rows:
        yield {key: cell or None for key, cell in zip(keys, (*row, *answer), strict=True)}


def as_lines(rows: Iterable[Iterable[str]], form: str) -> Iterator[str]:
    """Rows as lines of CSV or TSV."""
    line = io.StringIO(newline="")
    write = csv.writer(line, delimiter=DELIMITERS[form], lineterminator="\n").writerow
    for row in rows:
        write(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_json_lines(cases: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Objects one a line, beyond ASCII unescaped."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return (encode(case) + "\n" for case in cases)
