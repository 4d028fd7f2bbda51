"""Build hook: validates data/states.yaml, and puts data and its compiled form into the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """The record and its compiled form into the wheel; an editable install reads the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        import json

        from ottawa_cli.dataset import load, shipped

        data = Path(self.root, "data")
        files = [data / "states.yaml", *shipped.further_treaties()]
        record, source = load(), b"".join(file.read_bytes() for file in files)
        text = shipped.compile_record(record.raw, record.further, record.names.words, source)
        compiled = Path(tempfile.mkdtemp())
        (compiled / shipped.COMPILED).write_text(text, "utf-8")
        clauses = json.dumps(shipped.raw_clauses())
        (compiled / shipped.COMPILED_CLAUSES).write_text(clauses, "utf-8")
        files += [data / name for name in ("names.tsv", "commentary.toml", "clauses.yaml")]
        for file in (*files, *compiled.iterdir()):
            build_data["force_include"][str(file)] = f"ottawa_cli/data/{file.name}"
