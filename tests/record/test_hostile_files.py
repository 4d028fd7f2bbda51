"""Files that are not datasets: a clear error, exit 3, in bounded time and memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import small_record
from conftest import Ottawa

from ottawa_cli.dataset import shipped_path
from ottawa_cli.dataset.yaml_reader import LARGEST, MOST_VALUES

SMALL = small_record.text().encode()
SECONDS = 20
BYTES = 1024 * 1024 * 1024  # of address space, of which the interpreter takes its part

BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (97 + n, 97 + n, b",".join([b"*%c" % (96 + n)] * 9)) for n in range(1, 9)
)
FILES: dict[str, bytes] = {
    "empty": b"",
    "only a comment": b"# nothing\n",
    "only a document mark": b"---\n",
    "blank lines": b"\n" * 100_000,
    "binary": bytes(range(256)) * 400,
    "an executable": b"\x7fELF\x02\x01\x01" + b"\0" * 5000,
    "a zip archive": b"PK\x03\x04" + os.urandom(1000),
    "NUL in a text": b"schema_version: 1\nversion: 2026\x00-11-23\n",
    "UTF-16": SMALL.decode().encode("utf-16"),
    "UTF-16 without a mark": SMALL.decode().encode("utf-16-le"),
    "Latin-1": "états: [Côte d'Ivoire]\n".encode("latin-1"),
    "invalid UTF-8": SMALL.replace(b"Estonia", b"Est\xffonia", 1),
    "a surrogate in UTF-8": b"a: \xed\xa0\x80\n",
    "an escaped surrogate": b'a: "\\ud800"\n',
    "half a file": SMALL[: len(SMALL) // 2],
    "a tenth of a file": SMALL[: len(SMALL) // 10],
    "all but its end": SMALL[:-30],
    "the file twice": SMALL * 2,
    "50 MB": b"x" * 50_000_000,
    "50 MB of entries": SMALL + b"- x\n" * 12_500_000,
    "a million small values": b"states: [" + b"a," * 1_000_000 + b"a]\n",
    "a million keys": b"".join(b"k%d: v\n" % n for n in range(1_000_000))[:LARGEST],
    "one key of megabytes": b"k" * (LARGEST - 10) + b": v\n",
    "one long text": b"version: " + b"9" * (LARGEST - 100) + b"\n",
    "lists in lists, 100,000 deep": b"[" * 100_000,
    "lists in lists, closed": b"[" * 100_000 + b"]" * 100_000,
    "mappings in mappings": b"{a: " * 100_000,
    "blocks in blocks": b"".join(b" " * n + b"a:\n" for n in range(2000)),
    "keys of keys": b"? " * 100_000,
    "dashes": b"- " * 100_000,
    "aliases upon aliases": BOMB,
    "a mapping in itself": b"a: &a {b: *a}\n",
    "an unknown alias": b"a: *nobody\n",
    "an anchor": b"schema_version: &one 1\n",
    "a merge key": b"a: {x: y}\nb:\n  <<: {x: y}\n",
    "a tag that runs code": b"!!python/object/apply:os.system ['touch pwned']\n",
    "a tag on a value": b"version: !!timestamp 2026-11-23\n",
    "a directive": b"%YAML 9.9\n---\na: b\n",
    "a tag directive": b"%TAG ! tag:evil.example,2000:\n---\n!x a\n",
    "duplicate keys": SMALL + b"\nversion: 2027-01-01\n",
    "two documents": SMALL + b"\n---\n" + SMALL,
    "a number": b"42\n",
    "a text": b"states\n",
    "a list": b"[EST, LVA]\n",
    "null": b"null\n",
    "JSON": b'{"states": [], "version": 1}',
    "HTML": b"<!doctype html><html><body>404 Not Found</body></html>\n",
    "CSV": b"iso3,name\nEST,Estonia\n",
    "every part null": b"schema_version:\nversion:\nreviewed:\ncommunications:\nconflicts:\n"
    b"events:\nstates:\nsources:\n",
    "no States": SMALL[: SMALL.index(b"\nstates:")],
    "a supplement to nothing": b"extends: nothing\n",
    "a supplement of nonsense": b"extends: shipped\nstates: [LTU]\ncommunications: {}\n",
    "terminal escapes as keys": b'"\\e[2J\\e[31m": x\n',
    "escapes in a name": SMALL.replace(b"name: Lithuania", b'name: "\\e[2JLithuania"', 1),
    "NO written as false": SMALL.replace(b'iso2: "NO"', b"iso2: false", 1),
    "on and off": b"on: off\nyes: no\n",
    "an octal count": SMALL.replace(b"{for: 107,", b"{for: 0o153,", 1),
    "a count with an underscore": SMALL.replace(b"{for: 107,", b"{for: 1_07,", 1),
    "a count in base sixty": SMALL.replace(b"{for: 107,", b"{for: 1:47,", 1),
    "an endless count": SMALL.replace(b"{for: 107,", b"{for: " + b"9" * 6000 + b",", 1),
    "a short month": SMALL.replace(b"received_on: 2025-06-27", b"received_on: 2025-6-27", 1),
    "infinity": SMALL.replace(b"received_on: 2025-06-27", b"received_on: .inf", 1),
    "digits of other scripts": SMALL.replace(
        b"received_on: 2025-06-27", "received_on: ٢٠٢٥-٠٦-٢٧".encode(), 1
    ),
    "a year beyond": SMALL.replace(b"start: 1964\n", b"start: 99999\n", 1),
    "the year nought": SMALL.replace(b"start: 1964\n", b"start: 0000\n", 1),
    "a name of two megabytes": SMALL.replace(
        b"name: Lithuania", b"name: " + b"L" * 2_000_000 + b" \xe2\x80\xae", 1
    ),
}  # fmt: skip


# What may cost time or memory, or run code, is read by a process within limits.
WITHIN_LIMITS = {name for name, content in FILES.items() if len(content) >= 100_000} | {
    "aliases upon aliases", "a mapping in itself", "an endless count", "a tag that runs code",
}  # fmt: skip


def limit() -> None:
    """Bound the memory of the process about to run."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def ask(file: str, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ottawa_cli", *words, "--data", file],
        capture_output=True, encoding="utf-8", env=environment, timeout=SECONDS,
        cwd=Path(file).parent if Path(file).is_file() else "/",
        check=False, stdin=subprocess.DEVNULL,
        preexec_fn=limit if sys.platform == "linux" else None,
    )  # fmt: skip


def assert_refused(run: subprocess.CompletedProcess[str], file: str) -> None:
    assert (run.returncode, run.stdout) == (3, ""), run.stderr[:500]
    lines = run.stderr.splitlines()
    assert 1 <= len(lines) <= 2
    assert lines[0].startswith(f"ottawa: {file}")
    assert "Traceback" not in run.stderr
    assert "\x1b" not in run.stderr
    assert len(run.stderr) < 1200


@pytest.mark.parametrize("name", FILES)
def test_refused_in_two_lines(
    tmp_path: Path, environment: dict[str, str], ottawa: Ottawa, name: str
) -> None:
    file = tmp_path / "data.yaml"
    file.write_bytes(FILES[name])
    words = ["status", "lithuania", "--format", "json"]
    if name in WITHIN_LIMITS:
        run = ask(str(file), environment, *words)
    else:
        run = ottawa(*words, "--data", str(file), cwd=str(tmp_path))
    assert_refused(run, str(file))
    assert list(tmp_path.iterdir()) == [file]  # nothing was run, nothing written
    assert re.match(rf"ottawa: {re.escape(str(file))}:\d+:\d+: ", run.stderr)


@pytest.mark.parametrize("special", ["/", "/nowhere/data.yaml", "/dev/zero", "/dev/null", "x\0y"])
def test_what_is_no_file(environment: dict[str, str], special: str) -> None:
    if "\0" in special:  # no argument can hold it, but a call can
        from ottawa_cli import DatasetError, load

        with pytest.raises(DatasetError):
            load(special)
        return
    assert_refused(ask(special, environment, "status", "lithuania"), special)


def test_a_pipe_that_nobody_writes_to(tmp_path: Path, environment: dict[str, str]) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert_refused(ask(str(pipe), environment, "status", "lithuania"), str(pipe))


def test_a_pipe_that_somebody_writes_to(tmp_path: Path, environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    with subprocess.Popen(["cat", str(shipped_path())], stdout=writing):
        os.close(writing)
        run = subprocess.run(
            [sys.executable, "-m", "ottawa_cli", "bound", "lithuania", "--data",
             f"/dev/fd/{reading}", "--as-of", "2025-12-26"],
            capture_output=True, env=environment, timeout=SECONDS, check=False,
            pass_fds=[reading],
        )  # fmt: skip
        os.close(reading)
    assert (run.returncode, run.stdout) == (0, b"yes\n"), run.stderr


def test_a_file_that_may_not_be_read(tmp_path: Path, environment: dict[str, str]) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert_refused(ask(str(loop), environment, "status", "lithuania"), str(loop))


@pytest.mark.parametrize(
    "words", [("timeline",), ("explain", "estonia"), ("bound", "estonia"), ("status", "--all")]
)
def test_every_command_refuses(tmp_path: Path, ottawa: Ottawa, words: tuple[str, ...]) -> None:
    file = tmp_path / "data.yaml"
    file.write_bytes(SMALL[: len(SMALL) // 2])
    assert_refused(ottawa(*words, "--data", str(file)), str(file))


def test_the_limits_leave_room() -> None:
    """The shipped record may grow tenfold before a limit meant for accidents is in its way."""
    shipped = shipped_path().read_bytes()
    assert len(shipped) * 10 < LARGEST
    assert len(re.findall(rb"[\w\]}]+", shipped)) < MOST_VALUES


def test_yaml_is_read_without_guessing(tmp_path: Path, ottawa: Ottawa) -> None:
    """A plain NO is Norway's code, other line ends and a byte order mark change nothing."""
    file = tmp_path / "data.yaml"
    plain = SMALL.replace(b'iso2: "NO"', b"iso2: NO", 1)
    assert plain != SMALL
    file.write_bytes(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"))
    run = ottawa("status", "NO", "--data", str(file))
    assert run.returncode == 0, run.stderr
    assert "Norway" in run.stdout


def test_the_files_differ_from_a_right_one() -> None:
    """A change that finds nothing to change would test nothing."""
    assert [name for name, content in FILES.items() if content == SMALL] == []
