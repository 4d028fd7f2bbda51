"""The house rules that docs/architecture.md draws: what may import what.

Read from the syntax tree, so that an import inside a function counts as one at the top.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "ottawa_cli"
MODULES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts): file
    for file in sorted(PACKAGE.rglob("*.py"))
}
# What is imported by a name -> the module that is: of a folder, its `__init__`.
FOLDERS = {name.removesuffix("__init__").rstrip("."): name for name in MODULES}

# Each part of the package, and the parts it may import. A part is a module or a folder;
# the order is the way the data flow, from the facts to the terminal.
MAY_IMPORT = {
    "dates": set(),
    "model": {"dates"},
    "names": set(),
    "rules": {"dates", "model"},
    "dataset": {"dates", "model", "names", "rules"},
    "inquiry": {"dataset", "dates", "model", "rules"},
    "cases": {"dates", "inquiry", "model", "rules"},
    "render": {"__init__", "dataset", "dates", "inquiry", "model", "rules"},
    "cli": {
        "__init__", "cases", "dataset", "dates", "inquiry", "model", "names", "render", "rules"
    },
    "__init__": {"cases", "dataset", "dates", "inquiry", "model", "names", "rules"},
    "__main__": {"cli"},
}  # fmt: skip

# The core: no clock, no file, no terminal.
CORE = [
    module
    for module in MODULES
    if module in {"dates", "model", "inquiry.assumptions", "cases.evaluator"}
    or module.startswith(("names.", "rules."))
]
# What the core may take from the standard library: texts, numbers, calendars, types.
PURE = {
    "__future__", "bisect", "collections", "datetime", "difflib", "enum",
    "functools", "itertools", "math", "operator", "re", "types", "typing", "unicodedata",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "time"}

# Each third-party package, and the only modules that know it.
KNOWN_TO = {
    "dateutil": {"dates"},
    "yaml": {"dataset.yaml_reader"},
    "icalendar": {"render.ics"},
    "rich": {"render.terminal", "cli.output", "cli.evaluate"},
    "typer": {name for name in MODULES if name.startswith("cli.")},
}


def part(module: str) -> str:
    """The part of the package a module belongs to."""
    return module.partition(".")[0]


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """The full name of everything a module imports, wherever in it."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import hides its direction"
            assert node.module is not None
            for alias in node.names:  # a module of a package, or a name in a module
                name = f"{node.module}.{alias.name}"
                yield name if name.removeprefix("ottawa_cli.") in FOLDERS else node.module


def ours(module: str) -> set[str]:
    """The modules of this package that a module imports."""
    paths = {name.partition(".")[2] for name in imports(module) if name.startswith("ottawa_cli")}
    return {FOLDERS[path] for path in paths}


def outside(module: str) -> set[str]:
    """The top-level packages a module imports that are not ours."""
    return {name.split(".")[0] for name in imports(module)} - {"ottawa_cli"}


def test_every_part_has_its_place_in_the_picture() -> None:
    assert {part(module) for module in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_part_may(module: str) -> None:
    assert {part(name) for name in ours(module)} - {part(module)} <= MAY_IMPORT[part(module)]


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_no_clock_no_file_and_no_terminal(module: str) -> None:
    third_party = {package for package, homes in KNOWN_TO.items() if module in homes}
    assert outside(module) <= PURE | third_party
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            assert name not in {"open", "print", "input", "exec", "eval", "__import__"}
            assert name not in CLOCKS, f"{module}:{node.lineno} asks a clock"


@pytest.mark.parametrize("module", MODULES)
def test_a_package_from_elsewhere_is_known_to_few_modules(module: str) -> None:
    for package in outside(module) - sys.stdlib_module_names:
        assert module in KNOWN_TO[package], package


def test_no_import_leads_back_to_where_it_began() -> None:
    """Imports inside functions and for types alone count too."""
    graph = {module: ours(module) for module in MODULES}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_only_the_command_line_asks_what_day_it_is() -> None:
    asking = {
        module
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    }
    assert asking == {"cli.options"}


def test_the_core_is_what_must_be_covered() -> None:
    root = PACKAGE.parent.parent
    tool = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    covered = [file for one in tool["coverage"]["run"]["include"] for file in root.glob(one)]
    assert sorted(covered) == sorted(MODULES[module] for module in CORE)
    assert tool["coverage"]["run"]["branch"] is True
    assert tool["coverage"]["report"]["fail_under"] == 100
    assert "exclude_also" not in tool["coverage"]["report"]


@pytest.mark.parametrize("module", MODULES)
def test_no_line_asks_not_to_be_covered(module: str) -> None:
    assert not re.search(r"pragma: no (cover|branch)", MODULES[module].read_text(encoding="utf-8"))
