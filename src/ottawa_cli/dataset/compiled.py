"""The compiled form: the validated record and its index of names as JSON, made with the wheel.

YAML is the source of truth; the compiled form carries its SHA-256.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ottawa_cli.dataset.record import Record


def compile_record(source: Path) -> str:
    """The compiled form of the YAML file `source`. Raises DatasetError where it has faults."""
    import hashlib

    from ottawa_cli.dataset import validated

    record = validated.load(source)
    content: dict[str, Any] = {
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "record": record.raw,
        "index": record.index,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def load(path: Path) -> Record | None:
    """The record in the compiled file, or None where there is no such file (a checkout)."""
    try:
        with path.open(encoding="utf-8") as stream:
            content = json.load(stream)
    except FileNotFoundError:
        return None
    return Record(content["record"], str(path), content["index"])
