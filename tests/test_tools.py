"""A tool that is not on the machine: its tests are skipped in sight, or fail where all must run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

# Of each file some tests that need a tool, and what is said where it is missing.
NEEDED = {
    "tests/shells/test_completion.py::test_the_script_is_installed_for_the_shell": [
        "bash is not on this machine", "zsh is not on this machine", "fish is not on this machine",
    ],
    "tests/shells/test_help.py::test_a_formatter_finds_nothing_wrong_in_the_manual_page": [
        "groff or mandoc is not on this machine",
    ],
    "tests/render/test_svg.py::test_no_text_is_cut_or_overlaps_in_a_browser": [
        "chromium or chromium-browser or google-chrome or chrome is not on this machine",
    ],
    "tests/render/test_programs.py::test_every_letter_is_drawn[soffice-light]": [
        "soffice or libreoffice is not on this machine",
    ],
}  # fmt: skip


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run those tests where no program is found but the shell."""
    sh = shutil.which("sh")
    assert sh
    (folder / "sh").symlink_to(sh)
    kept = {name: value for name, value in os.environ.items() if name != "OTTAWA_ALL_TOOLS"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", *NEEDED],
        cwd=ROOT, env={**kept, "PATH": str(folder), "COLUMNS": "200", **variables},
        capture_output=True, text=True, check=False, timeout=110,
    )  # fmt: skip


@pytest.mark.parametrize("all_tools", ["", "1"], ids=["a skip", "a failure"])
def test_a_missing_tool_shows(tmp_path: Path, all_tools: str) -> None:
    done = run(tmp_path, OTTAWA_ALL_TOOLS=all_tools)
    said = [reason for reasons in NEEDED.values() for reason in reasons]
    outcome = "FAILED" if all_tools else "SKIPPED"
    summary = done.stdout.partition("short test summary info")[2]
    assert done.returncode == bool(all_tools), done.stdout
    assert summary.count(outcome) == len(said)
    assert [reason for reason in said if reason not in summary] == []
