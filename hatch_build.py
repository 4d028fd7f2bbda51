"""Build hook: validates data/states.yaml and puts it into the wheel, with its compiled form."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """YAML and its compiled form into the wheel; an editable install goes on reading the YAML."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from ottawa_cli.dataset.compiled import NAME, compile_record

        source = Path(self.root, "data", "states.yaml")
        compiled = Path(tempfile.mkdtemp(), NAME)
        compiled.write_text(compile_record(source), "utf-8")
        build_data["force_include"][str(source)] = "ottawa_cli/data/states.yaml"
        build_data["force_include"][str(compiled)] = f"ottawa_cli/data/{NAME}"
