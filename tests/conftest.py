"""What every test may ask for: the record, and the command line as a real process."""

from __future__ import annotations

import os
import shutil
import signal
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

# What this session was started to ignore (nohup, or & in a script, has it so), it goes on
# ignoring; but what it starts hears every signal, as if started from a terminal.
for number in signal.valid_signals():
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)

ROOT = Path(__file__).parent.parent
Ottawa = Callable[..., "subprocess.CompletedProcess[str]"]


def tool(*names: str) -> str:
    """Where the first of these programs is that this machine has.

    Where it has none of them, the test is skipped and says why; with OTTAWA_ALL_TOOLS=1 it fails.
    """
    for name in names:
        if found := shutil.which(name):
            return found
    why = f"{' or '.join(names)} is not on this machine"
    if os.environ.get("OTTAWA_ALL_TOOLS"):
        pytest.fail(f"{why}, and OTTAWA_ALL_TOOLS is set", pytrace=False)
    pytest.skip(why)


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
