"""The shipped files: the record, the clauses, their compiled forms, the commentary.

YAML is the source of truth. A wheel carries it beside its compiled form: of the record, validated,
a line of JSON with its further treaties, the words its States answer to and the SHA-256 of the YAML
files, one after the other, and then a line for each State; of the clauses what stands in the YAML.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ottawa_cli.rules.explanation import Point, View

COMPILED, COMPILED_CLAUSES = "states.json", "clauses.json"
NO_TREATIES = {"states.yaml", "clauses.yaml"}
PACKAGE = Path(__file__).parent.parent


def shipped_path(name: str = "states.yaml") -> Path:
    """A file of the shipped record: beside the code, or in the checkout it runs from."""
    packaged = PACKAGE / "data" / name
    return packaged if packaged.exists() else PACKAGE.parent.parent / "data" / name


def further_treaties() -> list[Path]:
    """The files of the treaties beside that of the roll, in the order of their names."""
    files = shipped_path().parent.glob("*.yaml")
    return sorted(file for file in files if file.name not in NO_TREATIES)


def commentary() -> dict[str, Point]:
    """What the sources say on each point that the text leaves open, by its key."""
    from ottawa_cli.rules.explanation import Point
    from ottawa_cli.rules.readings import READINGS

    return {
        key: Point(reading=key if key in READINGS else None, **point)
        for key, point in _commentary("points").items()
    }


def views() -> dict[str, View]:
    """The readings of who has stated its own, by its name."""
    from ottawa_cli.rules.explanation import View

    return {
        name: View(tuple(view["readings"]), view["says"], view["source"])
        for name, view in _commentary("views").items()
    }


@cache
def _commentary(part: str) -> Any:
    import tomllib

    return tomllib.loads(shipped_path("commentary.toml").read_text(encoding="utf-8"))[part]


def compile_record(
    raw: Mapping[str, Any], further: Mapping[str, Any], words: Mapping[str, str], source: bytes
) -> str:
    """The compiled form of a record, as it stands in the YAML `source`, and its index.

    It is ASCII: so it is read in half the time.
    """
    from hashlib import sha256

    parts = {
        "sha256": sha256(source).hexdigest(),
        "words": words,
        "record": {**raw, "states": list(raw["states"])},
        "further": further,
    }
    lines = (parts, *raw["states"].values())
    return "\n".join(json.dumps(line, separators=(",", ":")) for line in lines)


class OnDemand(Mapping[str, Any]):
    """Entries by their keys, each read from its line of JSON when it is first asked for."""

    def __init__(self, keys: Iterable[str], lines: Iterable[str]) -> None:
        self._lines = dict(zip(keys, lines, strict=True))
        self._entries: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._entries:
            self._entries[key] = json.loads(self._lines[key])
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def compiled(name: str = COMPILED) -> Any:
    """A compiled file of this package, or None where it has none (a checkout)."""
    try:
        return read_compiled((PACKAGE / "data" / name).read_bytes().decode("ascii"))
    except FileNotFoundError:
        return None


def read_compiled(text: str) -> Any:
    """What a compiled text holds."""
    first, *lines = text.split("\n")
    parts = json.loads(first)
    if lines:
        parts["record"]["states"] = OnDemand(parts["record"]["states"], lines)
    return parts


@cache
def raw_clauses() -> Any:
    """What the file of the clauses holds. Raises DatasetError for faults of form in a checkout."""
    if data := compiled(COMPILED_CLAUSES):
        return data
    from ottawa_cli.dataset.fields import CLAUSES
    from ottawa_cli.dataset.yaml_reader import read

    document = read(shipped_path("clauses.yaml"))
    document.refuse(CLAUSES.problems(document.data, ()))
    return document.data
