"""What every test may ask for: the record, and the command line as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from ottawa_cli import Record, load

# The same cases each time, however slow the machine: a run says something about the change.
# To look for new ones: pytest --hypothesis-profile=default
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent
Ottawa = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def record() -> Record:
    """The record of this checkout, read from its YAML."""
    return load(ROOT / "data" / "states.yaml")


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a user who has set nothing."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="session")
def ottawa(environment: dict[str, str]) -> Ottawa:
    """Run `ottawa` with some words, as a process of its own, away from the checkout."""

    def run(
        *words: str, stdin: str | None = None, cwd: str = "/", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ottawa_cli", *words],
            input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
            cwd=cwd, env={**environment, **variables}, timeout=120,
        )  # fmt: skip

    return run
