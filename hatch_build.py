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

        from ottawa_cli.dataset import clauses, load
        from ottawa_cli.dataset.shipped import COMPILED, compile_record, further_treaties

        data = Path(self.root, "data")
        files = [data / "states.yaml", *further_treaties()]
        record, source = load(), b"".join(file.read_bytes() for file in files)
        compiled = Path(tempfile.mkdtemp(), COMPILED)
        text = compile_record(record.raw, record.further, record.names.words, source)
        compiled.write_text(text, "utf-8")
        facts = compiled.with_name(clauses.COMPILED)
        facts.write_text(json.dumps(clauses.raw_clauses(), ensure_ascii=False), "utf-8")
        texts = [data / name for name in ("names.tsv", "commentary.toml", clauses.SHIPPED)]
        for file in (*files, compiled, facts, *texts):
            build_data["force_include"][str(file)] = f"ottawa_cli/data/{file.name}"
