"""What the tests of the documentation share: its pages, and the script that runs its examples."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md",
         ROOT / "CONTRIBUTING.md",
         *sorted((ROOT / "docs").rglob("*.md"))]  # fmt: skip


def load_script(name: str) -> ModuleType:
    """A script of the project as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`page` is each page in turn, `example` each ``console`` block."""
    if "page" in metafunc.fixturenames:
        metafunc.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
    if "example" in metafunc.fixturenames:
        script = load_script("examples")
        found = [one for file in script.files() for one in script.examples(file)]
        ids = [f"{one.file.relative_to(ROOT)}:{one.line}" for one in found]
        metafunc.parametrize("example", found, ids=ids)
