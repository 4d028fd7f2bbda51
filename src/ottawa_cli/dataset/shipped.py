"""The shipped files: the record, the clauses, their compiled forms, the commentary.

YAML is the source of truth. A wheel carries it beside its compiled form, which is JSON: of the
record, validated, with its further treaties, the words its States answer to and the SHA-256 of the
YAML files, one after the other; of the clauses what stands in the YAML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
        "record": raw,
        "further": further,
    }
    return json.dumps(parts, separators=(",", ":"))


def compiled(name: str = COMPILED) -> Any:
    """A compiled file of this package, or None where it has none (a checkout)."""
    try:
        return json.loads((PACKAGE / "data" / name).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


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
