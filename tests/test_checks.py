"""The checks of `.ci/run` are the ones that the rest of the project speaks of."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "checks.py"


@pytest.fixture(scope="module")
def checks() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("checks", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_contributing_lists_the_steps(checks: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.main(["--list"]) == 0
    listed = f"```text\n$ bash .ci/run --list\n{capsys.readouterr().out}```\n"
    assert listed in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_python_that_is_supported_has_its_step(checks: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = [one for one in project["classifiers"] if ":: Python :: 3." in one]
    steps = [f"python{one.rpartition(' ')[2]}" for one in supported]
    assert [name for name in checks.STEPS if name.startswith("python")] == steps


def test_the_core_that_is_covered_is_the_core_of_the_architecture() -> None:
    parsed = ast.parse((ROOT / "tests" / "test_architecture.py").read_text(encoding="utf-8"))
    (core,) = (
        ast.literal_eval(node.value)
        for node in parsed.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CORE"
    )
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    package = ROOT / "src" / "ottawa_cli"
    expected = {
        f"src/ottawa_cli/{part}{'/*' if (package / part).is_dir() else ''}.py" for part in core
    }
    assert set(tool["coverage"]["run"]["include"]) == expected
    assert tool["coverage"]["run"]["branch"] is True
    assert tool["coverage"]["report"]["fail_under"] == 100
    assert "exclude_also" not in tool["coverage"]["report"]


def test_no_line_of_the_core_asks_not_to_be_covered() -> None:
    assert not [
        file
        for file in (ROOT / "src").rglob("*.py")
        if re.search(r"pragma: no (cover|branch)", file.read_text(encoding="utf-8"))
    ]


def test_what_is_left_out_is_there(checks: Any) -> None:
    assert [name for name in (*checks.LONG, *checks.TERMINAL) if not (ROOT / name).exists()] == []


def test_the_oldest_versions_are_read_off_the_requirements(checks: Any) -> None:
    """Each direct requirement names one, so that each is pinned."""
    needed = [
        *checks.PROJECT["dependencies"], *checks.PROJECT["optional-dependencies"]["test"]
    ]  # fmt: skip
    pins = checks.pinned(needed)
    assert len(pins) == len(needed)
    assert all(re.fullmatch(r"[\w.-]+==[\d.]+", pin) for pin in pins), pins


def test_a_step_that_is_none_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "stile"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "no such step: stile; see --list\n"


LINKED = {
    "index.html": '<a href="sub/">there</a> <a id="here" href="#here">here</a>',
    "sub/index.html": '<a href="../#here">back</a> <img src="../a.svg"> <a href="https://x.y/">',
    "a.svg": "<svg/>",
}
BROKEN = {
    '<a href="nowhere/">': "nowhere/", '<a href="sub/#gone">': "sub/#gone",
    '<img src="b.svg">': "b.svg", '<a href="#gone">': "#gone",
}  # fmt: skip


@pytest.mark.parametrize("added", ["", *BROKEN])
def test_links_of_a_site_are_followed(checks: Any, tmp_path: Path, added: str) -> None:
    (tmp_path / "sub").mkdir()
    for name, text in LINKED.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "more.html").write_text(added, encoding="utf-8")
    found = [f"more.html: {BROKEN[added]}"] if added else []
    assert list(checks.broken_links(tmp_path)) == found


def test_a_site_without_a_page_is_a_fault(checks: Any, tmp_path: Path) -> None:
    assert list(checks.broken_links(tmp_path)) == [f"{tmp_path}: no page"]


def test_a_command_that_fails_or_does_not_end_is_a_fault(checks: Any, tmp_path: Path) -> None:
    bench = checks.Bench(checks.Workshop(tmp_path))
    assert bench.run(sys.executable, "-c", "print('a'); print('b')", cwd=tmp_path) == "a\nb\n"
    assert bench.told[-1] == "b"
    with pytest.raises(checks.Fault, match="status 3"):
        bench.run(sys.executable, "-c", "print('why'); exit(3)", cwd=tmp_path)
    assert bench.told[-1] == "why"
    with pytest.raises(checks.Fault, match="no end in"):
        bench.run(sys.executable, "-c", "import time; time.sleep(60)",
                  cwd=tmp_path, minutes=0.005)  # fmt: skip


def test_one_fault_ends_the_other_steps(
    checks: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(bench: Any) -> None:
        raise checks.Fault("this does not hold")

    def sleeps(bench: Any) -> None:
        bench.run(sys.executable, "-c", "import time; time.sleep(60)", cwd=tmp_path)

    steps = {"sleeps": ("Sleeps", sleeps), "fails": ("Fails", fails)}
    monkeypatch.setattr(checks, "STEPS", steps)
    monkeypatch.setattr(checks.os, "cpu_count", lambda: 2)
    assert not checks.side_by_side(checks.Workshop(tmp_path), list(steps))
    told = capsys.readouterr().out
    assert "FAILED: this does not hold" in told
    assert "== sleeps: stopped" in told
