"""Help leads with examples, and the examples run; the manual page says what the help says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT, Ottawa, tool

from ottawa_cli.cli.app import command
from ottawa_cli.cli.commands import split_examples

NOTICE = """\
extends: shipped
communications:
- state: NOR
  kind: withdrawal
  received_on: 2026-10-01
  sources: [EXAMPLE]
sources:
  EXAMPLE: {title: Made up, publisher: Nobody, url: "https://example.org/"}
"""
CASES = "received_on,as_of\n2025-06-27,2025-12-27\n"


def commands(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group, with the words that call it."""
    yield path, found
    if hasattr(found, "list_commands"):
        context = typer.Context(found)
        for name in found.list_commands(context):
            yield from commands(found.get_command(context, name), (*path, name))


ALL = dict(commands(command()))
EXAMPLES = [(path, line) for path, found in ALL.items() for line in split_examples(found.help)[0]]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_leads_with_examples_of_the_command(ottawa: Ottawa, path: tuple[str, ...]) -> None:
    done = ottawa(*path, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    usage, empty, heading, first, *_ = done.stdout.splitlines()
    assert usage.startswith(" ".join(["Usage: ottawa", *path, "[OPTIONS]"]))
    assert (empty, heading) == ("", "Examples:")
    assert " ".join(["ottawa", *path]) in first
    assert done.stdout == ottawa(*path, "-h").stdout
    assert max(map(len, done.stdout.splitlines())) < 80


@pytest.mark.parametrize(("path", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_of_the_help_runs(
    path: tuple[str, ...], line: str, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "my-notice.yaml").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    (tmp_path / "ottawa").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m ottawa_cli "$@"\n', encoding="utf-8"
    )
    (tmp_path / "ottawa").chmod(0o755)
    done = subprocess.run(
        [tool("bash"), "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**environment, "PATH": f"{tmp_path}:{environment['PATH']}", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", [(), ("data",)], ids=["ottawa", "ottawa data"])
def test_without_a_command_the_help_is_an_error(ottawa: Ottawa, path: tuple[str, ...]) -> None:
    done = ottawa(*path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ottawa(*path, "--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    {
        ("stat",): "ottawa: no command 'stat'. Did you mean status?\nTry 'ottawa --help'.\n",
        ("xyz",): "ottawa: no command 'xyz'.\nTry 'ottawa --help'.\n",
        ("lithuania",): "ottawa: no command 'lithuania'. Did you mean 'ottawa status lithuania'?\n"
        "Try 'ottawa --help'.\n",
        ("changes",): "ottawa: no command 'changes'. Did you mean"
        " 'ottawa timeline --all --since DATE'?\nTry 'ottawa --help'.\n",
        ("list",): "ottawa: no command 'list'. Did you mean 'ottawa status --all'?\n"
        "Try 'ottawa --help'.\n",
        ("help",): "ottawa: no command 'help'. Did you mean 'ottawa --help'?\n"
        "Try 'ottawa --help'.\n",
        ("2026-01-01",): "ottawa: no command '2026-01-01'. Did you mean"
        " 'ottawa status --as-of 2026-01-01'?\nTry 'ottawa --help'.\n",
        ("status", "2026-01-01"): "ottawa: 2026-01-01 is no State: did you mean"
        " --as-of 2026-01-01?\n",
        ("status", "--json"): "ottawa: No such option: --json. Did you mean --format json?\n"
        "Try 'ottawa status --help'.\n",
        ("--json",): "ottawa: No such option: --json. Did you mean --format json?\n"
        "Try 'ottawa --help'.\n",
        ("bound", "norway", "--asof", "2026-01-01"): "ottawa: No such option: --asof. Did you mean"
        " --as-of?\nTry 'ottawa bound --help'.\n",
        ("leave", "--date", "2026-01-01"): "ottawa: No such option: --date. Did you mean --as-of?\n"
        "Try 'ottawa leave --help'.\n",
        ("status", "norway", "--field", "name,bound"): "ottawa: there is no field 'name,bound'.\n"
        "Did you mean --field name --field bound?\n",
        ("data", "chek"): "ottawa: no command 'chek'. Did you mean check?\n"
        "Try 'ottawa data --help'.\n",
    }.items(),
)  # fmt: skip
def test_an_unknown_word_gets_help(ottawa: Ottawa, words: tuple[str, ...], said: str) -> None:
    done = ottawa(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


MANUAL = ROOT / "man" / "ottawa.1"


def test_the_manual_page_is_what_the_commands_say() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "scripts" / "man_page.py", "--check"], check=False, cwd="/"
    )
    assert made.returncode == 0, "stale: run python scripts/man_page.py"


def test_the_manual_page_names_every_command_and_option() -> None:
    text = MANUAL.read_text(encoding="ascii").replace("\\-", "-")
    for path, found in ALL.items():
        assert " ".join(["ottawa", *path]) in text
        for option in found.params:
            if option.param_type_name == "option":
                assert all(name in text for name in option.opts)


def test_a_formatter_finds_nothing_wrong_in_the_manual_page() -> None:
    requests = set(re.findall(r"^\.(\S*)", MANUAL.read_text(encoding="ascii"), re.MULTILINE))
    assert requests <= {'\\"', "TH", "SH", "SS", "TP", "PP", "RS", "RE", "nf", "fi", "br"}
    formatter = tool("groff", "mandoc")
    strictly = ["-ww", "-man", "-z"] if "groff" in formatter else ["-T", "lint", "-W", "warning"]
    done = subprocess.run([formatter, *strictly, MANUAL], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_wheel_brings_the_manual_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert all((ROOT / source).is_file() for source in shared)
    assert set(shared.values()) == {"share/man/man1/ottawa.1"}


def test_no_option_is_proposed_that_a_command_lacks(ottawa: Ottawa) -> None:
    assert "--format" not in ottawa("bound", "norway", "--json").stderr
