"""Run the examples of the documentation, and write down what they print.

An example is a fenced block marked ``console``. A line that starts with ``$`` and a
space is typed, a line that starts with ``>`` and a space goes on with it, the rest is
what came back. To change an example, change what is typed and run this script:

    python scripts/examples.py                 # rewrite the outputs
    python scripts/examples.py --check         # say which outputs are stale; exit 1
    python scripts/examples.py README.md       # only these files

The pictures of the pages, in docs/pictures, are drawn by it too. Each block is one bash session
in an empty folder, with the day asked about and the width of the terminal fixed, so that it prints
the same everywhere and every day.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAY = "2026-11-23"
WIDTH = "88"
FENCE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "--- end of output ---"
PICTURES = {  # in docs/pictures, and what draws each
    "withdrawals.svg": "ottawa timeline --format svg",
    "poland.svg": "ottawa timeline poland --format svg",
    "count.svg": "ottawa count --format svg",
}
OPTIONAL = ("jq",)  # programs in examples that nobody needs for ottawa itself


@dataclass(frozen=True)
class Example:
    """One block: the file it stands in, the line of its first command, its text."""

    file: Path
    line: int
    body: str

    @property
    def commands(self) -> list[str]:
        """What is typed, one entry a command."""
        typed: list[str] = []
        for line in self.body.splitlines():
            if line.startswith("$ "):
                typed.append(line[2:])
            elif line.startswith("> ") and typed:
                typed[-1] += "\n" + line[2:]
        return typed

    @property
    def lacks(self) -> list[str]:
        """Programs it needs that are not on this machine: it cannot be run here."""
        typed = " ".join(self.commands).split()
        return [name for name in OPTIONAL if name in typed and not shutil.which(name)]

    def run(self) -> str:
        """The block as it should read: each command, and what it prints now."""
        answers = _session(self.commands)
        return "".join(
            "$ " + command.replace("\n", "\n> ") + "\n" + answer
            for command, answer in zip(self.commands, answers, strict=True)
        )


def files() -> list[Path]:
    """The README and every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples(file: Path) -> Iterator[Example]:
    """The examples of one file."""
    text = file.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Example(file, text.count("\n", 0, found.start("body")) + 1, found["body"])


def _session(commands: list[str]) -> list[str]:
    """What each command prints on stdout and stderr, typed into one shell."""
    bash = shutil.which("bash")
    if bash is None:
        raise SystemExit("the examples are typed into bash, and there is none on PATH")
    # ( exit $status ) lets the next command ask for $?, as it would at a prompt.
    script = "exec 2>&1\n" + "".join(
        f"{command}\nstatus=$?; echo '{MARK}'; (exit $status)\n" for command in commands
    )
    with tempfile.TemporaryDirectory() as folder:
        answer = subprocess.run(
            [bash, "--noprofile", "--norc", "-c", script],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=folder, env=_environment(),
            encoding="utf-8", timeout=120, check=False,
        ).stdout  # fmt: skip
    if "internal error:" in answer:
        raise SystemExit(f"no example for readers: {commands}\n{answer}")
    parts = answer.split(f"{MARK}\n")
    if len(parts) != len(commands) + 1 or parts[-1]:
        raise SystemExit(f"a command ended the shell: {commands}\n{answer}")
    return [part if not part or part.endswith("\n") else part + "\n" for part in parts[:-1]]


def _environment() -> dict[str, str]:
    """A user's environment, with what could change an output held fixed."""
    kept = {key: os.environ[key] for key in ("HOME", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])
    return {
        **kept, "PATH": path, "OTTAWA_AS_OF": DAY, "COLUMNS": WIDTH, "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1", "TZ": "UTC", "NO_COLOR": "1",
    }  # fmt: skip


def rewritten(file: Path) -> str:
    """The file with the outputs its examples print now."""

    def again(found: re.Match[str]) -> str:
        example = Example(file, 0, found["body"])
        if example.lacks:
            print(f"not run in {file}, for want of {', '.join(example.lacks)}: {example.commands}")
            return found[0]
        return f"```console\n{example.run()}```"

    return FENCE.sub(again, file.read_text(encoding="utf-8"))


def fresh(file: Path) -> str:
    """A page, or a picture, as it should be now."""
    if file.suffix == ".svg":
        return _session([PICTURES[file.name]])[0]
    return rewritten(file)


def main(arguments: list[str]) -> int:
    """Rewrite the outputs, or with --check compare them. Returns the exit status."""
    check = "--check" in arguments
    named = [Path(argument).resolve() for argument in arguments if argument != "--check"]
    stale = 0
    drawn = [ROOT / "docs" / "pictures" / name for name in PICTURES]
    for file in named or [*files(), *drawn]:
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        after = fresh(file)
        if before == after:
            continue
        stale += 1
        if check:
            sys.stdout.writelines(
                difflib.unified_diff(
                    before.splitlines(keepends=True), after.splitlines(keepends=True),
                    f"{file} as written", f"{file} as it runs",
                )
            )  # fmt: skip
        else:
            file.write_text(after, encoding="utf-8", newline="\n")
            print(f"rewrote {file}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
