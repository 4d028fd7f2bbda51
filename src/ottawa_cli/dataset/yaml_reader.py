"""YAML without guessing: every scalar stays a text, every value keeps its line and column.

Read as a stream of events, so that aliases, tags, duplicate keys and deep nesting are
refused where they stand, in bounded time and memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from ottawa_cli.dataset.faults import DatasetError, Fault
from ottawa_cli.dataset.fields import Path

LARGEST = 8 * 1024 * 1024  # bytes; the shipped record is a fiftieth of it
DEEPEST = 12
MOST_FAULTS = 100

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file as plain texts, lists and mappings, and where each value stands."""

    file: str
    data: Any
    marks: dict[Path, tuple[int, int]]

    def fault(self, path: Path, text: str) -> Fault:
        """A fault at the value at `path`, or at the nearest value around it."""
        while path not in self.marks and path:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Fault(self.file, line, column, text)


def read(file: FilePath) -> Document:
    """Read a YAML file. Raises DatasetError with every fault of form found."""
    name = str(file)
    try:
        with open(file, "rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise DatasetError([Fault(name, 0, 0, f"cannot be read: {error.strerror}")]) from None
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
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0] if str(error) else "cannot be read"
        raise DatasetError([Fault(name, 1, 1, f"not YAML: {what}")]) from None


class _Builder:
    """Builds plain values from parser events, collecting faults of form on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.marks: dict[Path, tuple[int, int]] = {}
        self.faults: list[Fault] = []

    def build(self, text: str) -> Document:
        # Each open container is [container, path, pending key]; the root is a list of one.
        root: list[Any] = []
        stack: list[list[Any]] = [[root, None, None]]
        documents = 0
        for event in yaml.parse(text, Loader=Loader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._refuse_tag(event)
                self._place(stack[-1], event.value, event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._refuse_tag(event)
                container: Any = {} if kind is yaml.MappingStartEvent else []
                path = self._place(stack[-1], container, event)
                stack.append([container, path, None])
                if len(stack) > DEEPEST:
                    self._fail(event, f"nested more than {DEEPEST} deep")
                    break
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
            elif kind is yaml.AliasEvent:
                self._fail(event, "aliases (*name) are not read: write the value out")
                self._place(stack[-1], "", event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._fail(event, "a second document: expected one")
                    break
            if len(self.faults) >= MOST_FAULTS:
                break
        if not self.faults and not root:
            self.faults.append(Fault(self.name, 1, 1, "empty: expected a record"))
        if self.faults:
            raise DatasetError(self.faults)
        return Document(self.name, root[0], self.marks)

    def _place(self, frame: list[Any], value: Any, event: Any) -> Path:
        """Put a value into the open container and return its path."""
        container, path, key = frame
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        if path is None:
            container.append(value)
            self.marks[()] = mark
            return ()
        if type(container) is list:
            here: Path = (*path, len(container))
            container.append(value)
        elif key is None:
            if not isinstance(value, str):
                self._fail(event, "a list or mapping as a key: expected a word")
                value = f"?{len(container)}"
            if value in container:
                self._fail(event, f"key {value!r} is written twice")
            frame[2] = value
            self.marks[(*path, value)] = mark
            return (*path, value)
        else:
            here = (*path, key)
            container[key] = value
            frame[2] = None
            if self.marks[here][0] == mark[0]:
                self.marks[here] = mark
            return here
        self.marks[here] = mark
        return here

    def _refuse_tag(self, event: Any) -> None:
        if event.anchor:
            self._fail(event, "anchors (&name) are not read")
        if event.tag is not None and event.tag != "!":
            self._fail(event, f"tags ({event.tag}) are not read")

    def _fail(self, event: Any, text: str) -> None:
        mark = event.start_mark
        self.faults.append(Fault(self.name, mark.line + 1, mark.column + 1, text))
