"""The shipped files: the record, its compiled form, the commentary.

YAML is the source of truth. A wheel carries it beside its compiled form: the validated record
and the words its States answer to as JSON, with the SHA-256 of the YAML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ottawa_cli.rules.open_points import Commentary

COMPILED = "states.json"
PACKAGE = Path(__file__).parent.parent


def shipped_path(name: str = "states.yaml") -> Path:
    """A file of the shipped record: beside the code, or in the checkout it runs from."""
    packaged = PACKAGE / "data" / name
    return packaged if packaged.exists() else PACKAGE.parent.parent / "data" / name


def commentary() -> Commentary:
    """What the sources say on the points that the text leaves open, and on what remains."""
    import tomllib

    from ottawa_cli.rules.open_points import Commentary, Duty, Point
    from ottawa_cli.rules.readings import READINGS

    raw = tomllib.loads(shipped_path("commentary.toml").read_text(encoding="utf-8"))
    points = {
        key: Point(reading=key if key in READINGS else None, **point)
        for key, point in raw["points"].items()
    }
    return Commentary(points, tuple(Duty(**duty) for duty in raw["remaining"]))


def compile_record(raw: Mapping[str, Any], words: Mapping[str, str], source: bytes) -> str:
    """The compiled form of a record, as it stands in the YAML `source`, and its index."""
    from hashlib import sha256

    parts = {"sha256": sha256(source).hexdigest(), "words": words, "record": raw}
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def compiled(name: str = COMPILED) -> Any:
    """A compiled file of this package, or None where it has none (a checkout)."""
    try:
        return json.loads((PACKAGE / "data" / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
