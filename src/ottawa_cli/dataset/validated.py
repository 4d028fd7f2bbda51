"""A YAML file on its way to a Record: read, judged as a whole, then built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ottawa_cli.dataset import check, load as load_shipped, yaml_reader
from ottawa_cli.dataset.faults import DatasetError, Fault
from ottawa_cli.dataset.fields import RECORD, SUPPLEMENT, Path as Place
from ottawa_cli.dataset.record import Record


def load(file: Path) -> Record:
    """The record in the YAML file, or the shipped one with the file's entries on top.

    Raises DatasetError with every fault found, in the order of the file.
    """
    document = yaml_reader.read(file)
    if isinstance(document.data, dict) and "extends" in document.data:
        return _supplemented(document)
    _refuse(document, check.problems(document.data))
    return Record(document.data, document.file)


def _supplemented(document: yaml_reader.Document) -> Record:
    """The shipped record with the entries of a supplement added."""
    _refuse(document, SUPPLEMENT.problems(document.data, ()))
    base = load_shipped().raw
    added = {key: value for key, value in document.data.items() if key != "extends"}
    offsets: dict[str, int] = {}
    merged: dict[str, Any] = dict(base)
    for part, value in added.items():
        if isinstance(value, list):
            offsets[part] = len(base[part])
            merged[part] = base[part] + value
        elif isinstance(value, dict):
            merged[part] = {**base.get(part, {}), **value}
        else:
            merged[part] = value
    if "version" not in added:
        merged = {**merged, "version": _latest(base["version"], added)}
    problems = [(_own(path, offsets), text) for path, text in check.problems(merged, RECORD)]
    _refuse(document, problems)
    return Record({**merged, "version": base["version"]} if "version" not in added else merged,
                  document.file)  # fmt: skip


def _own(path: Place, offsets: dict[str, int]) -> Place:
    """The path in the supplement of what stands at `path` in the merged record."""
    if len(path) > 1 and path[0] in offsets and isinstance(path[1], int):
        return (path[0], path[1] - offsets[str(path[0])], *path[2:])
    return path


def _latest(version: str, added: dict[str, Any]) -> str:
    """The last day a supplement speaks of: it is expected to be newer than the record."""
    days = [version]
    for part, field in (("communications", "received_on"), ("events", "date"),
                        ("conflicts", "start")):  # fmt: skip
        for entry in added.get(part, ()):
            value = entry[field]
            days.append(value if isinstance(value, str) else str(value["earliest"]))
    return max(days)


def _refuse(document: yaml_reader.Document, problems: list[tuple[Place, str]]) -> None:
    """Raise DatasetError for the problems, if there are any, in the order of the file."""
    faults: list[Fault] = [document.fault(path, text) for path, text in problems]
    if faults:
        raise DatasetError(sorted(faults, key=lambda fault: (fault.line, fault.column)))
