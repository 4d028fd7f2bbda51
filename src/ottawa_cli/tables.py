"""Tables of cases, streamed: CSV, TSV or JSON Lines in, the same with the answers out.

A row at a time, so that memory does not grow with the file.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TextIO

from ottawa_cli.evaluation import INPUTS, OUTPUTS, Evaluator

DELIMITERS = {"csv": ",", "tsv": "\t"}
LONGEST_CELL = 1 << 20  # characters


class TableError(ValueError):
    """The table cannot be read at all; the message says where and what is expected."""


class Evaluation:
    """Runs an Evaluator over a table and counts what it meets."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self.rows = 0
        self.bad = 0

    def delimited(self, lines: Iterable[str], form: str) -> Iterator[list[str]]:
        """The header and rows of a CSV or TSV table with the columns of OUTPUTS added.

        Raises TableError for a header without received_on, or with a column twice.
        """
        csv.field_size_limit(LONGEST_CELL)
        reader = csv.reader(lines, delimiter=DELIMITERS[form])
        header = next(reader, [])
        _check_header(header)
        yield [*header, *OUTPUTS]
        places = [header.index(name) if name in header else -1 for name in INPUTS]
        received, conflicts, revoked, as_of, readings = places
        width, answer = len(header), self._evaluator.answer
        while True:
            try:
                for row in reader:
                    if not row:
                        continue
                    self.rows += 1
                    if len(row) != width:
                        yield self._misfit(row, width)
                        continue
                    found = answer(
                        row[received],
                        row[conflicts] if conflicts >= 0 else "",
                        row[revoked] if revoked >= 0 else "",
                        row[as_of] if as_of >= 0 else "",
                        row[readings] if readings >= 0 else "",
                    )
                    if found[-1]:
                        self.bad += 1
                    yield [*row, *found]
                return
            except csv.Error as error:
                self.rows += 1
                yield self._refused([""] * width, f"line {reader.line_num}: {error}")

    def _misfit(self, row: list[str], width: int) -> list[str]:
        """A row with too few or too many cells, kept, with what is wrong."""
        surplus = f", beyond it: {row[width:]}" if len(row) > width else ""
        problem = f"{len(row)} cells under a header of {width}{surplus}"
        return self._refused((row + [""] * width)[:width], problem)

    def _refused(self, cells: list[str], problem: str) -> list[str]:
        self.bad += 1
        return [*cells, "", "error", "", "", "", problem]

    def json_lines(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The objects of a JSON Lines table with the keys of OUTPUTS added, null where empty."""
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            self.rows += 1
            case: dict[str, Any] = {}
            try:
                case = json.loads(line)
                if not isinstance(case, dict):
                    case, problem = {}, "expected a JSON object"
                else:
                    problem = _not_texts(case)
            except ValueError as error:
                problem = str(error)
            if problem:
                found = ("", "error", "", "", "", f"line {number}: {problem}")
            else:
                found = self._evaluator.answer(*(case.get(name) or "" for name in INPUTS))
            if found[-1]:
                self.bad += 1
            yield {**case, **{key: text or None for key, text in zip(OUTPUTS, found, strict=True)}}

    def as_rows(self, cases: Iterator[dict[str, Any]]) -> Iterator[list[str]]:
        """Objects as rows under the keys of the first; a later key without a column is an error."""
        first = next(cases, None)
        if first is None:
            return
        header = list(first)
        yield header
        for case in chain([first], cases):
            surplus = [key for key in case if key not in first]
            answer = {key: case[key] for key in OUTPUTS}
            if surplus and not case["error"]:
                self.bad += 1
                problem = f"keys not in the first case: {surplus}"
                answer = {**dict.fromkeys(OUTPUTS), "status": "error", "error": problem}
            cells = [{**case, **answer}.get(key) for key in header]
            yield ["" if cell is None else str(cell) for cell in cells]


def as_cases(rows: Iterator[list[str]]) -> Iterator[dict[str, Any]]:
    """Rows as objects, null where a cell is empty."""
    header = next(rows)
    for row in rows:
        yield {key: cell or None for key, cell in zip(header, row, strict=True)}


def _check_header(header: list[str]) -> None:
    if "received_on" not in header:
        raise TableError("no column received_on in the first line: expected a header")
    for name in (*INPUTS, *OUTPUTS):
        if header.count(name) > (name in INPUTS):
            wanted = "once" if name in INPUTS else "not at all, it is added"
            raise TableError(f"column {name} is there already: expected it {wanted}")


def _not_texts(case: dict[str, Any]) -> str:
    """What is wrong with the values of a JSON case; empty where all are texts or null."""
    for name in INPUTS:
        if not isinstance(case.get(name, ""), str | None):
            return f"{name} is not a text"
    taken = [name for name in OUTPUTS if name in case]
    return f"{taken[0]} is there already" if taken else ""


def write_delimited(rows: Iterable[list[str]], form: str, stream: TextIO) -> None:
    """Write rows as CSV or TSV."""
    csv.writer(stream, delimiter=DELIMITERS[form], lineterminator="\n").writerows(rows)


def write_json_lines(cases: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write objects one a line, UTF-8 unescaped."""
    for case in cases:
        stream.write(json.dumps(case, ensure_ascii=False) + "\n")
