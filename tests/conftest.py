"""What every test may ask for: the record and the command line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from command_line import OF_A_PROCESS, Done, called, started
from hypothesis import settings

from ottawa_cli import Record, dataset, load
from ottawa_cli.cli import app
from ottawa_cli.dataset.shipped import compile_record, read_compiled

# The same cases each time, however slow the machine: a run says something about the change.
# To look for new ones: pytest --hypothesis-profile=default
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

# What this session was started to ignore (nohup, or & in a script, has it so), it goes on
# ignoring; but what it starts hears every signal, as if started from a terminal.
for number in signal.valid_signals():
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)

# They need a pseudo-terminal or a named pipe of Unix.
UNIX = ["shells", "terminal", "record/test_hostile_files.py"]
collect_ignore = UNIX if os.name == "nt" else []

ROOT = Path(__file__).parent.parent
Answer = subprocess.CompletedProcess[str]
Ottawa = Callable[..., Answer]


def tool(*names: str) -> str:
    """Where the first of these programs is that this machine has.

    Where it has none of them, the test is skipped and says why: README's command runs the tests on
    a machine with nothing but Python. With OTTAWA_ALL_TOOLS=1, as in the checks, it fails.
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
    return dataset.from_yaml()


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a user who has set nothing."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="session", autouse=True)
def shipped() -> Iterator[Record]:
    """The shipped record, which nothing changes: read once, and had by all who ask for it here."""
    shipped = load()
    words = shipped.names.words
    parts = read_compiled(compile_record(shipped.raw, shipped.further, words, b""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "compiled", lambda: parts)
        yield shipped


@pytest.fixture(scope="session", autouse=True)
def commands() -> Iterator[None]:
    """The commands, each made once: to make them costs more than to run most of them."""
    make = app.LazyGroup.get_command
    made = cache(lambda name: make(app.command(), None, name))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "command", cache(app.command))
        patch.setattr(app.LazyGroup, "get_command", lambda group, context, name: made(name))
        yield


@pytest.fixture(scope="session")
def ottawa(environment: dict[str, str]) -> Ottawa:
    """Run `ottawa` with some words, away from the checkout, within this process."""

    def run(*words: str, stdin: str = "", cwd: str = "/", **variables: str) -> Answer:
        beyond = [name for name in variables if name.startswith(OF_A_PROCESS)]
        assert not beyond, f"ask for the fixture process: only a process can have {beyond}"
        return _read(called, words, stdin, cwd, {**environment, **variables})

    return run


@pytest.fixture(scope="session")
def process(environment: dict[str, str]) -> Ottawa:
    """Run `ottawa` as the fixture of that name does, as a process of its own.

    For what only a process has: its start, its locale, pipes and signals, the order of its sets.
    """

    def run(*words: str, stdin: str = "", cwd: str = "/", **variables: str) -> Answer:
        return _read(started, words, stdin, cwd, {**environment, **variables})

    return run


def _read(
    how: Callable[..., Done], words: tuple[str, ...], stdin: str, cwd: str, env: dict[str, str]
) -> Answer:
    """Texts for the bytes of a run."""
    done = how(*words, stdin=stdin.encode(), cwd=cwd, env=env)
    return Answer(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
