"""YAML without guessing: every scalar stays a text, every value keeps its line and column.

Read as a stream of events, so that aliases, tags, duplicate keys and deep nesting are
refused where they stand, in bounded time and memory.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import yaml

from ottawa_cli.dataset.faults import DatasetError, Fault, named
from ottawa_cli.dataset.kinds import AT_KEY, Path, Problem, quoted

LARGEST = 4 * 1024 * 1024  # bytes; the shipped record has a twentieth of it
MOST_VALUES = 200_000  # keys, texts, lists and mappings; the shipped record has 9,000
DEEPEST = 12

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(NamedTuple):
    """A YAML file as plain texts, lists and mappings, and where each value stands.

    `marks` holds, by the id of each list or mapping in `data`, the marks of what is in
    it: of each item of a list; of each key, and of its value, of a mapping.
    """

    file: str
    data: Any
    start: Any
    marks: dict[int, Any]

    def fault(self, path: Path, text: str) -> Fault:
        """A fault at the value at `path`, or nearest to it; at its key if AT_KEY ends the path."""
        mark, inside = self.start, self.data
        at_key = path[-1:] == (AT_KEY,)
        for step in path[:-1] if at_key else path:
            try:
                found, inside = self.marks[id(inside)][step], inside[step]
            except LookupError:
                break  # not written, or a text already
            if isinstance(found, tuple):
                key, value = found
                # A block below its key is spoken of at the key, which names it.
                found = value if key.line == value.line and not at_key else key
            mark = found
        return Fault(self.file, mark.line + 1, mark.column + 1, text)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Raise DatasetError for the problems, if there are any, in the order of the file."""
        faults = {self.fault(path, text): None for path, text in problems}
        if faults:
            raise DatasetError(sorted(faults, key=lambda fault: (fault.line, fault.column)))


def read(file: FilePath) -> Document:
    """Read a YAML file. Raises DatasetError with every fault of form found."""
    name = named(file)
    try:
        with os.fdopen(_open(file), "rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):  # a device may never end
                raise DatasetError([Fault(name, 0, 0, "is not a file: expected a YAML file")])
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DatasetError([Fault(name, 0, 0, f"cannot be read: {why}")]) from None
    return parse(raw, name)


def _open(file: FilePath) -> int:
    """Open a file, or a pipe that has a writer; one that has none counts as empty."""
    binary, at_once = getattr(os, "O_BINARY", 0), getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, os.O_RDONLY | binary | at_once)
    if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        os.set_blocking(descriptor, True)
    return descriptor


def parse(raw: bytes, name: str) -> Document:
    """Read YAML from bytes; `name` is the file that messages speak of."""
    if len(raw) > LARGEST:
        size = f"larger than {LARGEST // 1024 // 1024} MiB: expected a dataset of States"
        raise DatasetError([Fault(name, 1, 1, size)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise DatasetError([Fault(name, line, column, "not UTF-8 text: expected YAML")]) from None
    try:
        return _Builder(name).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = error.problem or error.context or "cannot be read"
        if error.context_mark and error.context_mark.line + 1 != line:
            what += f" ({error.context} from line {error.context_mark.line + 1})"
        raise DatasetError([Fault(name, line, column, f"not YAML: {what}")]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        what = f"a control character (U+{ord(text[error.position]):04X}): expected text"
        raise DatasetError([Fault(name, line, column, what)]) from None


class _Builder:
    """Builds plain values from parser events, collecting faults of form on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.marks: dict[int, Any] = {}
        self.root: list[Any] = []
        self.container: Any = self.root  # the innermost open list or mapping
        self.places: Any = []  # the marks of what is in it
        self.key: str | None = None  # of a mapping: the key whose value comes next
        self.key_mark: Any = None
        self.outer: list[Any] = []  # what is open around it, with its places and pending key

    def build(self, text: str) -> Document:
        start = self.places
        values = 0
        for event in iter(Loader(text).get_event, None):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                goes_on = self._place(event, event.value)
            elif kind is yaml.MappingStartEvent:
                goes_on = self._open(event, {}, {})
            elif kind is yaml.SequenceStartEvent:
                goes_on = self._open(event, [], [])
            elif kind is yaml.AliasEvent:
                self._fail(event, "aliases (*name) are not read: expected the value itself")
                goes_on = self._place(event, "")
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.container, self.places, self.key, self.key_mark = self.outer.pop()
                continue
            elif kind is yaml.DocumentStartEvent and self.root:
                goes_on = self._fail(event, "a second document: expected one")
            else:
                continue
            values += 1
            if values > MOST_VALUES:
                goes_on = self._fail(event, f"more than {MOST_VALUES:,} values: expected a record")
            if not goes_on:
                break
        if not self.faults and not self.root:
            self.faults.append(Fault(self.name, 1, 1, "empty: expected a record"))
        if self.faults:
            raise DatasetError(self.faults)
        return Document(self.name, self.root[0], start[0], self.marks)

    def _open(self, event: Any, value: Any, places: Any) -> bool:
        """Put a list or mapping into the open one and open it. False: reading cannot go on."""
        if self.key is None and type(self.container) is dict:
            return self._fail(event, "a list or mapping as a key: expected a word")
        self._place(event, value)
        self.outer.append((self.container, self.places, self.key, self.key_mark))
        if len(self.outer) > DEEPEST:
            return self._fail(event, f"nested more than {DEEPEST} deep: expected a record")
        self.container = value
        self.marks[id(value)] = self.places = places
        return True

    def _place(self, event: Any, value: Any) -> bool:
        """Put a value into the open list or mapping, or take it as the next key."""
        mark = event.start_mark
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._refuse_extras(event)
        if type(self.container) is list:
            self.container.append(value)
            self.places.append(mark)
        elif self.key is not None:
            self.container[self.key] = value
            self.places[self.key] = (self.key_mark, mark)
            self.key = None
        else:
            if value in self.container:
                only = f"expected line {self.places[value][0].line + 1} only"
                self._fail(event, f"key {quoted(value)} is written twice: {only}")
            self.key, self.key_mark = value, mark
        return True

    def _refuse_extras(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            return  # its anchor is the name it points to
        if event.anchor is not None:
            self._fail(event, "anchors (&name) are not read: expected the value alone")
        if event.tag is not None:
            self._fail(event, f"tags ({quoted(event.tag)}) are not read: expected the value alone")

    def _fail(self, event: Any, text: str) -> bool:
        mark = event.start_mark
        self.faults.append(Fault(self.name, mark.line + 1, mark.column + 1, text))
        return False
