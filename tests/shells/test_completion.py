"""Completion in the real shells: what is typed with a Tab, and what the command is then given."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import tool

PROMPT = "typed here: "

# How each shell is told what stands in the file that it reads when it starts.
START = {
    "bash": ["--noprofile", "--rcfile", ".rc", "-i"],
    "zsh": ["--no-globalrcs", "-i"],
    "fish": ["--no-config", "-C", "source .rc", "-i"],
}
PREPARED = {
    "bash": f"PS1='{PROMPT}'; source <(ottawa --show-completion)",
    "zsh": f"PS1='{PROMPT}'; autoload -U compinit; compinit -D; source <(ottawa --show-completion)",
    "fish": f"function fish_prompt; echo -n '{PROMPT}'; end; ottawa --show-completion | source",
}

# What is typed, with <Tab> where it is pressed, and the words that the command is run with.
TYPED = {
    "tim<Tab>": ["timeline"],
    "data ch<Tab>ca<Tab>": ["data", "check", "cases.csv"],
    "status lith<Tab>--sou<Tab>": ["status", "lithuania", "--sources"],
    "status cote<Tab>": ["status", "cote-divoire"],
    "status bosnia-<Tab>": ["status", "bosnia-and-herzegovina"],
    "status south-af<Tab>": ["status", "south-africa"],
    "status Лит<Tab>": ["status", "Литва"],
    "status --format mark<Tab>": ["status", "--format", "markdown"],
    "status --reading month-end=n<Tab>": ["status", "--reading", "month-end=next-day"],
    "status --notice cote<Tab>2025-08-31": ["status", "--notice", "cote-divoire=2025-08-31"],
    "status --conflict ukraine=2025-01-01..": ["status", "--conflict", "ukraine=2025-01-01.."],
    "evaluate my<Tab>": ["evaluate", "my table.csv"],
    "status --output ca<Tab>": ["status", "--output", "cases.csv"],
    "evaluate ca<Tab>> ou<Tab>": ["evaluate", "cases.csv"],
}

# In the place of ottawa: it completes as ottawa does, and writes down how it is called.
STANDIN = r"""#!/bin/sh
if [ -n "$_OTTAWA_COMPLETE" ] || [ ! -e "$STARTED" ]; then
    exec "$PYTHON" -m ottawa_cli "$@"
fi
{ [ $# = 0 ] || printf '%s\t' "$@"; printf '\n'; } >> "$LOG"
"""


class Terminal:
    """A shell at a terminal, and someone who types into it."""

    def __init__(self, leader: int, log: Path) -> None:
        self._leader, self._log, self._seen = leader, log, ""

    def type(self, line: str) -> list[str]:
        """Type a line and end it; the words that the command was run with."""
        before, prompts = len(self._calls()), self._seen.count(PROMPT)
        os.write(self._leader, f"ottawa {line}\r".replace("<Tab>", "\t").encode())
        self.wait(lambda: len(self._calls()) > before and self._seen.count(PROMPT) > prompts)
        return self._calls()[-1]

    def wait(self, done: Callable[[], bool] | None = None) -> None:
        """Watch the screen until something is so; at first, until the shell asks for a line."""
        deadline = time.monotonic() + 30
        while not (done or (lambda: PROMPT in self._seen))():
            assert time.monotonic() < deadline, self._seen
            if select.select([self._leader], [], [], 0.02)[0]:
                self._seen += os.read(self._leader, 65536).decode(errors="replace")

    def _calls(self) -> list[list[str]]:
        return [line.split("\t")[:-1] for line in self._log.read_text("utf-8").splitlines()]


@contextmanager
def terminal(shell: str, folder: Path, environment: dict[str, str]) -> Iterator[Terminal]:
    """A terminal in which the shell has just started, in a home of its own."""
    tool(shell)
    home, started, log = folder / "home", folder / "started", folder / "log"
    home.mkdir()
    log.touch()
    for name in ("cases.csv", "my table.csv", "out.txt"):
        (home / name).touch()
    (home / (".zshrc" if shell == "zsh" else ".rc")).write_text(PREPARED[shell], encoding="utf-8")
    (folder / "ottawa").write_text(STANDIN, encoding="utf-8")
    (folder / "ottawa").chmod(0o755)
    leader, follower = pty.openpty()
    # The first terminal that the leader of a session opens is its own.
    process = subprocess.Popen(
        ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', os.ttyname(follower), shell, *START[shell]],
        cwd=home, start_new_session=True,
        env={**environment, "PATH": f"{folder}{os.pathsep}{environment['PATH']}", "TERM": "xterm",
             "HOME": str(home), "PYTHON": sys.executable, "LOG": str(log), "STARTED": str(started)},
    )  # fmt: skip
    try:
        screen = Terminal(leader, log)
        screen.wait()
        started.touch()
        yield screen
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        os.close(leader)
        os.close(follower)


@pytest.mark.parametrize("shell", START)
def test_a_tab_ends_what_is_typed(shell: str, environment: dict[str, str], tmp_path: Path) -> None:
    with terminal(shell, tmp_path, environment) as screen:
        assert {line: screen.type(line) for line in TYPED} == TYPED


@pytest.mark.parametrize("shell", START)
def test_the_script_is_installed_for_the_shell(
    shell: str, environment: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [tool(shell), "-c", f"{sys.executable} -m ottawa_cli --install-completion; true"],
        env={**environment, "HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
        cwd=tmp_path,
    )  # fmt: skip
    assert f"{shell} completion installed in {tmp_path}" in done.stdout
    written = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert any("_OTTAWA_COMPLETE" in text for text in written)
