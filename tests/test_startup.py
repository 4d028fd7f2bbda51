"""What a command imports: the guard on start-up time that no other process can disturb.

Modules are counted, not milliseconds; benchmarks/startup.py measures those.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ottawa_cli.dataset import load, shipped, shipped_path

RUN = """\
import sys
from pathlib import Path

import typer

known = set(sys.modules)

import ottawa_cli.dataset.shipped as shipped

shipped.PACKAGE = Path(sys.argv.pop(1))
from ottawa_cli.cli.main import run

code = run(sys.argv[1:])
print(code, *sorted(set(sys.modules) - known), file=sys.stderr)
"""
# command -> the most modules of this package it may import: raise one knowingly
CEILINGS = {
    ("--version",): 15,
    ("bound", "lithuania"): 29,
    ("status", "lithuania"): 35,
    ("status", "lithuania", "--format", "json"): 34,
    ("status", "--all"): 35,
}
NEVER = {
    "rich", "yaml", "jsonschema", "importlib.metadata", "importlib.resources", "csv",
    "difflib", "xml.etree.ElementTree", "icalendar", "babel",
    "ottawa_cli.names.spelling", "ottawa_cli.dataset.check", "ottawa_cli.dataset.fields",
    "ottawa_cli.dataset.kinds",
    "ottawa_cli.dataset.yaml_reader", "ottawa_cli.dataset.validated", "ottawa_cli.cases.evaluator",
    "ottawa_cli.render.chart", "ottawa_cli.render.chart_text", "ottawa_cli.render.delimited",
    "ottawa_cli.render.html", "ottawa_cli.render.ics", "ottawa_cli.render.transliteration",
    "ottawa_cli.render.markdown", "ottawa_cli.render.svg", "ottawa_cli.render.terminal",
    "ottawa_cli.rules.explanation", "ottawa_cli.rules.sensitivity", "ottawa_cli.rules.timeline",
    "ottawa_cli.cases.tables",
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record as a wheel carries it."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "data").mkdir()
    record, source = load(), shipped_path().read_bytes()
    text = shipped.compile_record(record.raw, record.further, record.names.words, source)
    (folder / "data" / shipped.COMPILED).write_text(text, encoding="utf-8")
    text = json.dumps(shipped.raw_clauses())
    (folder / "data" / shipped.COMPILED_CLAUSES).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("words", CEILINGS)
def test_a_command_imports_what_it_uses(
    words: tuple[str, ...], package: Path, environment: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(package), *words],
        env=environment, capture_output=True, text=True, check=True, cwd="/",
    )  # fmt: skip
    code, *imported = done.stderr.split()
    assert code in {"0", "1"}
    assert not NEVER & set(imported)
    ours = [name for name in imported if name.startswith("ottawa_cli")]
    assert len(ours) <= CEILINGS[words], ours
