"""The command line as tests run it: as a process of its own, or within the process they are."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

import pytest

from ottawa_cli.cli import main

Done = subprocess.CompletedProcess[bytes]
# Read by the interpreter or the system as a process starts: nothing that can be had later.
OF_A_PROCESS = ("LANG", "LC_", "PYTHON")


def started(*words: str, stdin: bytes, cwd: str, env: Mapping[str, str]) -> Done:
    """The end of a process that ran the command."""
    return subprocess.run(
        [sys.executable, "-m", "ottawa_cli", *words], input=stdin, capture_output=True,
        check=False, cwd=cwd, env=env, timeout=120,
    )  # fmt: skip


# Runs the commands that its arguments are, with the word "then" before each of them, and reads
# the shipped record once.
ONE_BY_ONE = """
import sys
from itertools import groupby
from ottawa_cli import dataset
from ottawa_cli.cli import main
from ottawa_cli.dataset.shipped import compile_record, read_compiled

shipped = dataset.load()
text = compile_record(shipped.raw, shipped.further, shipped.names.words, b"")
parts = read_compiled(text)
dataset.compiled = lambda: parts
for then, words in groupby(sys.argv[1:], "then".__eq__):
    if not then:
        status = main.run(list(words))
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.buffer.write(b"\\0%d\\0" % status)
            stream.flush()
"""


def started_once(
    *commands: Sequence[str | bytes], cwd: str | bytes, env: Mapping[str, str]
) -> list[Done]:
    """Of several commands each, where one process ran them all."""
    words = [word for command in commands for word in ("then", *command)]
    process = subprocess.run(
        [sys.executable, "-c", ONE_BY_ONE, *words], stdin=subprocess.DEVNULL, capture_output=True,
        check=False, cwd=cwd, env=env, timeout=120,
    )  # fmt: skip
    *out, last = process.stdout.split(b"\0")
    *err, more = process.stderr.split(b"\0")
    assert (process.returncode, last, more) == (0, b"", b"")
    assert out[1::2] == err[1::2]
    return [
        Done(command, int(status), told, said)
        for command, told, status, said in zip(commands, out[::2], out[1::2], err[::2], strict=True)
    ]


def called(*words: str, stdin: bytes, cwd: str, env: Mapping[str, str]) -> Done:
    """The same from a call: as a process does, it finds these variables, this folder, and files
    of the system as its streams, in UTF-8.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryFile() as read,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        read.write(stdin)
        read.seek(0)
        for name in set(os.environ) - set(env):
            patch.delenv(name)
        for name, value in env.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        for name, file in (("stdin", read), ("stdout", out), ("stderr", err)):
            stream = io.TextIOWrapper(file, "utf-8", "surrogateescape")
            patch.setattr(sys, name, stream)
            patch.setattr(sys, f"__{name}__", stream)  # asked for the width of its terminal
        status = main.run(list(words))
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            stream.detach().seek(0)
        done = Done(words, status, out.read(), err.read())
    if status == main.INTERRUPTED:
        raise KeyboardInterrupt  # meant for the tests
    return done
