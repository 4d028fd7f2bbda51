"""YAML without guessing: every scalar stays a text, every value keeps its line and column.

Read as a stream of events, so that aliases, tags, duplicate keys and deep nesting are
refused where they stand, in bounded time and memory.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from ottawa_cli.dataset.faults import DatasetError, Fault
from ottawa_cli.dataset.fields import AT_KEY, Path

LARGEST = 4 * 1024 * 1024  # bytes; the shipped record has a twentieth of it
MOST_VALUES = 200_000  # keys, texts, lists and mappings; the shipped record has 9,000
DEEPEST = 12

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file as plain texts, lists and mappings, and where each value stands.

    `marks` holds, by the id of each list or mapping in `data`, the marks of what is in
    it: of each item of a list; of each key, and of its value, of a mapping.
    """

    file: str
    data: Any
    start: Any
    marks: dict[int, Any]

    def fault(self, path: Path, text: str) -> Fault:
        """A fault at the value at `path` (its key, if the path ends in AT_KEY), or nearest to it."""
        mark, inside = self.start, self.data
        for step in path:
            marks = self.marks.get(id(inside))
            try:
                found, inside = marks[step], inside[step]
            except (LookupError, TypeError):
                break
            if isinstance(found, tuple):
                key, value = found
                # A block below its key is spoken of at the key, which names it.
                beside = key.line == value.line and path[-1] != AT_KEY
                found = value if beside else key
            mark = found
        return Fault(self.file, mark.line + 1, mark.column + 1, text)


def read(file: FilePath) -> Document:
    """Read a YAML file. Raises DatasetError with every fault of form found."""
    name = str(file)
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe may never end, nor even begin
            raise DatasetError([Fault(name, 0, 0, "is not a file: expected a YAML file")])
        with open(file, "rb") as stream:
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DatasetError([Fault(name, 0, 0, f"cannot be read: {why}")]) from None
    return parse(raw, name)


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

    def build(self, text: str) -> Document:
        root: list[Any] = []
        marks: dict[int, Any] = {}
        container: Any = root  # the innermost open list or mapping
        places: Any = []  # the marks of what is in it
        key = key_mark = None  # of a mapping: the key whose value comes next
        outer: list[Any] = []  # what was open around it, with its places and pending key
        values = 0
        for event in iter(Loader(text).get_event, None):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                value = event.value
            elif kind is yaml.MappingStartEvent:
                value = {}
            elif kind is yaml.SequenceStartEvent:
                value = []
            elif kind is yaml.AliasEvent:
                self._fail(event, "aliases (*name) are not read: expected the value itself")
                value = ""
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                container, places, key, key_mark = outer.pop()
                continue
            elif kind is yaml.DocumentStartEvent and root:
                self._fail(event, "a second document: expected one")
                break
            elif kind is yaml.StreamEndEvent:
                break
            else:
                continue

            values += 1
            if values > MOST_VALUES:
                self._fail(event, f"more than {MOST_VALUES:,} values: expected a dataset of States")
                break
            if kind is not yaml.AliasEvent and (event.tag is not None or event.anchor is not None):
                self._refuse_extras(event)
            if type(container) is list:
                container.append(value)
                places.append(event.start_mark)
            elif key is None:
                if kind is not yaml.ScalarEvent:
                    self._fail(event, "a list or mapping as a key: expected a word")
                    break
                if value in container:
                    line = places[value][0].line + 1
                    self._fail(event, f"key {value!r} is written twice: line {line} has it already")
                key, key_mark = value, event.start_mark
                continue
            else:
                container[key] = value
                places[key] = (key_mark, event.start_mark)
                key = None
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                outer.append((container, places, key, key_mark))
                if len(outer) > DEEPEST:
                    self._fail(event, f"nested more than {DEEPEST} deep: expected a record")
                    break
                container = value
                marks[id(value)] = places = {} if kind is yaml.MappingStartEvent else []
        if not self.faults and not root:
            self.faults.append(Fault(self.name, 1, 1, "empty: expected a record"))
        if self.faults:
            raise DatasetError(self.faults)
        return Document(self.name, root[0], places[0], marks)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._fail(event, f"anchors (&{event.anchor}) are not read: expected the value alone")
        if event.tag is not None:
            self._fail(event, f"tags ({event.tag}) are not read: expected the value alone")

    def _fail(self, event: Any, text: str) -> None:
        mark = event.start_mark
        self.faults.append(Fault(self.name, mark.line + 1, mark.column + 1, text))
