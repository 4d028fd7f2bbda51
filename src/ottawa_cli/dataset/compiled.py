"""The compiled form: the validated record and its index of names, made with the wheel.

YAML is the source of truth; the compiled form carries its SHA-256. Each line is a part of
the record, or one State of it: a key, a tab, and JSON. A question about one State decodes
one State.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ottawa_cli.dataset.record import Record

NAME = "states.compiled"
STATE = "states."  # starts the key of a State's line


class Lines(Mapping[str, Any]):
    """Lines of JSON by key, each decoded when it is first asked for."""

    def __init__(self, lines: dict[str, str], **decoded: Any) -> None:
        self._encoded = set(lines)
        self._values: dict[str, Any] = {**lines, **decoded}

    def __getitem__(self, key: str) -> Any:
        if key in self._encoded:
            self._encoded.remove(key)
            self._values[key] = json.loads(self._values[key])
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def compile_record(source: Path) -> str:
    """The compiled form of the YAML file `source`. Raises DatasetError where it has faults."""
    import hashlib

    from ottawa_cli.dataset import validated

    record = validated.load(source)
    parts = dict(record.raw)
    states = {STATE + iso3: state for iso3, state in parts.pop("states").items()}
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    content = {"sha256": digest, "index": record.index, **parts, **states}
    return "".join(
        f"{key}\t{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"
        for key, value in content.items()
    )


def load(path: Path) -> Record | None:
    """The record in the compiled file, or None where there is no such file (a checkout)."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    parts: dict[str, str] = {}
    states: dict[str, str] = {}
    for line in text.split("\n")[:-1]:
        key, _, value = line.partition("\t")
        if key.startswith(STATE):
            states[key[len(STATE) :]] = value
        else:
            parts[key] = value
    index = json.loads(parts.pop("index"))
    del parts["sha256"]
    return Record(Lines(parts, states=Lines(states)), str(path), index)
