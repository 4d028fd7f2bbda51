"""The command on a real terminal: a pseudo-terminal of some width, and what arrives there."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from pseudo_terminal import received

from ottawa_cli.cli.files import opened

COMMAND = [sys.executable, "-m", "ottawa_cli"]
DAY = "--as-of=2026-11-23"
Environment = dict[str, str]
Screen = Callable[..., str]


def attached(columns: int, words: list[str], env: Environment) -> tuple[int, str]:
    """Run the command with a terminal `columns` wide as its stdout; its status and output."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *words], stdin=follower, stdout=follower, stderr=follower, env=env, cwd="/"
    )
    os.close(follower)
    told = received(leader).decode()
    return process.wait(60), told.replace("\r\n", "\n")


@pytest.fixture
def screen(environment: Environment) -> Screen:
    """What a person sees who runs the command in a terminal."""

    def run(*words: str, columns: int = 80, **variables: str) -> str:
        env = {**environment, "TERM": "xterm-256color", **variables}
        code, text = attached(columns, [*words, DAY], env)
        assert code == 0, text
        return text

    return run


def bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200, 300])
def test_it_fits_the_terminal(screen: Screen, columns: int) -> None:
    for words in (["status"], ["timeline", "--conflict", "ukraine"]):
        lines = bare(screen(*words, columns=columns)).splitlines()
        assert max(map(len, lines)) <= columns
        assert not any("…" in line for line in lines)
    axis = max(len(line) for line in lines if "┬" in line)
    assert axis == columns  # the picture uses all there is


def test_a_terminal_of_no_known_width_counts_as_80(screen: Screen) -> None:
    assert max(map(len, bare(screen("timeline", columns=0)).splitlines())) == 80


def test_of_several_states_the_picture_fits_a_terminal_and_the_lists_are_for_the_asking(
    screen: Screen,
) -> None:
    seen = bare(screen("timeline"))
    assert len(seen.splitlines()) <= 24
    assert seen.startswith("Five States have left the Mine Ban Convention")
    assert seen.endswith("for the events and notes of each State add --events, or name one.\n")
    received = "Instrument of withdrawal received"
    assert received not in seen
    for words in (["--events"], ["--kind", "withdrawal"], ["--sources"]):
        assert received in bare(screen("timeline", *words))
    assert received in bare(screen("timeline", "latvia"))
    assert received not in bare(screen("timeline", "latvia", "--no-events"))
    listed = bare(screen("timeline", "--no-picture"))
    assert received in listed
    assert "have left" not in listed


def test_colour_on_a_terminal_unless_it_is_unwanted(screen: Screen) -> None:
    assert "\x1b[" in screen("status", "lithuania")
    for unwanted in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in screen("status", "lithuania", **unwanted)
    assert "\x1b" not in screen("status", "lithuania", "--color", "never")
    assert "\x1b[" in screen("status", "lithuania", "--color", "always", NO_COLOR="1")
    assert "\x1b[" in screen("status", "lithuania", NO_COLOR="")  # set to nothing is not set


def test_without_unicode_it_draws_with_letters(screen: Screen) -> None:
    for variables in ({"LC_ALL": "C"}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"}):
        text = screen("timeline", "lithuania", **variables)
        assert bare(text).isascii()
        assert "##" in text
    text = screen("status", "turkey", LC_ALL="C")
    assert "Turkiye" in text


def test_a_dumb_terminal_keeps_names_as_they_are(screen: Screen) -> None:
    assert "Türkiye" in screen("status", "turkey", TERM="dumb")


@contextmanager
def once_read(fifo: Path, process: subprocess.Popen[bytes]) -> Iterator[int]:
    """Hold a pipe open from the moment the command waits for it: it is past its start."""
    while True:
        try:
            held = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            assert process.poll() is None, "it ended before it read"
            time.sleep(0.01)
    try:
        yield held
    finally:
        os.close(held)


@contextmanager
def started(words: list[str], **how: object) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has ended, its pipes closed, however the test ends."""
    with subprocess.Popen(words, **how) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_person_interrupts(environment: Environment, tmp_path: Path) -> None:
    fifo = tmp_path / "data.yaml"
    os.mkfifo(fifo)
    leader, follower = pty.openpty()
    # The first terminal that the leader of a session opens is the one whose Ctrl-C it hears.
    words = ["sh", "-c", 'exec "$@" <"$0" >"$0"', os.ttyname(follower), *COMMAND, "evaluate",
             str(fifo)]  # fmt: skip
    with started(words, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
        with once_read(fifo, process):
            deadline = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < deadline:
                os.write(leader, b"\x03")
                select.select([], [], [], 0.1)
        _, said = process.communicate(timeout=30)
    os.close(leader)
    os.close(follower)
    assert process.returncode == 130
    assert said == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_elsewhere_is_the_same_and_leaves_nothing_behind(
    environment: Environment, tmp_path: Path, number: signal.Signals
) -> None:
    fifo, answers = tmp_path / "cases.csv", tmp_path / "answers.csv"
    os.mkfifo(fifo)
    answers.write_text("old", encoding="utf-8")
    words = [*COMMAND, "evaluate", str(fifo), "--output", str(answers)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with started(words, env=environment, **pipes) as process, once_read(fifo, process) as held:
        os.write(held, b"received_on\n")
        deadline = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)  # until it has begun to write
        process.send_signal(number)
        out, said = process.communicate(timeout=30)
    assert (process.returncode, out, said) == (130, b"", b"")
    assert sorted(tmp_path.iterdir()) == [answers, fifo]
    assert answers.read_text(encoding="utf-8") == "old"


def test_an_interrupt_at_the_very_making_of_the_file_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making = os.open

    def interrupted(*how: Any, **more: Any) -> int:
        made = making(*how, **more)
        if Path(how[0]).suffix == ".tmp":
            os.close(made)
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(os, "open", interrupted)
    with pytest.raises(KeyboardInterrupt), opened(str(tmp_path / "answers.csv")):
        pytest.fail("the file was made after all")
    assert not list(tmp_path.iterdir())


def test_the_tests_can_be_started_in_the_background(tmp_path: Path) -> None:
    """As nohup and a script's & start them: with signals ignored, which children inherit."""
    done = subprocess.run(
        ["sh", "-c", 'trap "" INT HUP QUIT TERM; exec "$@"', "sh", sys.executable, "-m", "pytest",
         "-q", "-n0", "-p", "no:cacheprovider", "-k", "interrupts or elsewhere", Path(__file__)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=110,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout
