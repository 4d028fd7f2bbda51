"""What a cold start costs: whole processes, shuffled rounds, medians, as ratios in one table.

    python benchmarks/startup.py                  # builds the wheel into a fresh environment
    python benchmarks/startup.py --rounds 40
    python benchmarks/startup.py --python ~/env/bin/python    # measure what is installed there

`hello` is the smallest Typer program there is, in the same environment, with bytecode
compiled. Every row is divided by the floor that the bar names for it, in the same run.
Only Linux and macOS: rows on a terminal need a pseudo-terminal.
"""

from __future__ import annotations

import argparse
import os
import pty
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAY = {"OTTAWA_AS_OF": "2026-11-23"}
HELLO = """\
import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def hello(name: str) -> None:
    typer.echo(f"Hello {name}")


app()
"""
TABLE = """\
import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def hello(name: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Date", "Basis", "Rests on")
    table.add_row(name, "recorded", "Art. 15")
    Console().print(table)


app()
"""
DATEUTIL = (
    "import datetime as d; from dateutil.relativedelta import relativedelta as r;"
    " print(d.date(2025, 8, 31) + r(months=6))"
)

WEIGH = """\
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
print(os.wait4(child, 0)[2].ru_maxrss, file=sys.stderr)
"""
PEERS = {"eol": ["python"], "pypistats": ["recent", "pip"]}  # where installed


@dataclass
class Row:
    """One command: what it is measured against, the most it may cost, and what it took."""

    name: str
    words: list[str]
    floor: str | None = None
    bar: float | None = None
    terminal: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    kilobytes: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def memory(self) -> float:
        """Peak resident memory, median, in MiB."""
        unit = 1024 if sys.platform == "darwin" else 1
        return statistics.median(self.kilobytes) / unit / 1024

    @property
    def environment(self) -> dict[str, str]:
        """The user's own, with what could change the answer held fixed."""
        env = {**os.environ, **DAY, **self.variables}
        for name in ("OTTAWA_DATA", "NO_COLOR", "FORCE_COLOR", "PYTHONPATH", "COLUMNS"):
            env.pop(name, None)
        return {**env, "TERM": "xterm-256color"}

    def weigh(self) -> None:
        """Run the command once and note its peak memory.

        A process counts what it was forked from: here, next to nothing.
        """
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", WEIGH, *self.words], env=self.environment, cwd="/",
            stdin=subprocess.DEVNULL, capture_output=True, check=True,
        )  # fmt: skip
        self.kilobytes.append(int(done.stderr.split()[-1]))

    def run(self) -> None:
        """Run the command once, to its end, and note how long it took."""
        ours, out = pty.openpty() if self.terminal else os.pipe()
        start = time.perf_counter()
        child = subprocess.Popen(
            self.words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL,
            env=self.environment, cwd="/",
        )  # fmt: skip
        os.close(out)
        while _read(ours):
            pass
        status = child.wait()
        self.seconds.append(time.perf_counter() - start)
        os.close(ours)
        if status not in (0, 1):
            raise SystemExit(f"{self.name}: exit status {status}")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # a pseudo-terminal whose other end is gone
        return b""


def rows(python: str, scripts: Path, folder: Path) -> list[Row]:
    """Every command of the table, floors first."""
    hello, table = folder / "hello.py", folder / "table.py"
    hello.write_text(HELLO, "utf-8")
    table.write_text(TABLE, "utf-8")
    ottawa = str(scripts / "ottawa")
    copy = str(folder / "copy.yaml")
    shipped = subprocess.run([ottawa, "data", "path"], capture_output=True, text=True, check=True)
    shutil.copy(shipped.stdout.strip(), copy)
    found = [
        Row("python -I -c pass", [python, "-I", "-c", "pass"]),
        Row("hello", [python, str(hello), "x"]),
        Row("hello + one rich table, terminal", [python, str(table), "x"], terminal=True),
        Row("ottawa --version", [ottawa, "--version"], "hello", 1.10),
        Row("ottawa bound lithuania", [ottawa, "bound", "lithuania"], "hello", 1.10),
        Row("ottawa --help", [ottawa, "--help"], "hello", 1.10),
        Row("status lithuania, plain", [ottawa, "status", "lithuania"], "hello", 1.15),
        Row("status lithuania, json",
            [ottawa, "status", "lithuania", "--format", "json"], "hello", 1.15),
        Row("status lithuania, terminal", [ottawa, "status", "lithuania"],
            "hello + one rich table, terminal", 1.15, terminal=True),
        Row("status --all, plain", [ottawa, "status", "--all"], "hello", 1.4),
        Row("status --all, json", [ottawa, "status", "--all", "--format", "json"], "hello", 1.4),
        Row("completion of a State", [ottawa], "hello", 1.15,
            variables={"_OTTAWA_COMPLETE": "complete_bash", "COMP_CWORD": "2",
                       "COMP_WORDS": "ottawa\nstatus\nlith"}),
        Row("status lithuania --data copy.yaml",
            [ottawa, "status", "lithuania", "--data", copy], "hello", 2.5),
        Row("dateutil one-liner", [python, "-c", DATEUTIL]),
    ]  # fmt: skip
    if date := shutil.which("date"):
        found.append(Row("date -d '2025-08-31 +6 months'", [date, "-d", "2025-08-31 +6 months"]))
    for name, words in PEERS.items():
        if peer := shutil.which(name, path=f"{scripts}{os.pathsep}{os.environ['PATH']}"):
            found.append(Row(" ".join([name, *words]), [peer, *words]))
    return found


def report(found: list[Row]) -> str:
    """The table, in Markdown."""
    by_name = {row.name: row for row in found}
    hello = by_name["hello"]
    lines = [
        "| command | median ms | × hello | × its floor | bar | peak MiB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in found:
        floor = by_name[row.floor] if row.floor else None
        ratio = f"{row.median / floor.median:.2f}" if floor else ""
        lines.append(
            f"| `{row.name}` | {row.median * 1000:.1f} | {row.median / hello.median:.2f}"
            f" | {ratio} | {row.bar or ''} | {row.memory:.1f} |"
        )
    if asked := by_name.get("status lithuania, plain"):
        more = asked.memory - hello.memory
        lines += ["", f"Memory of `status lithuania`, piped: hello {more:+.1f} MiB (bar +4)."]
    return "\n".join(lines)


def answers(ottawa: str) -> str:
    """What others answer to 31 August 2025 plus six months, beside ours."""
    with sqlite3.connect(":memory:") as database:
        (sqlite,) = database.execute("select date('2025-08-31', '+6 months')").fetchone()
    others = {
        f"SQLite {sqlite3.sqlite_version}, `date('2025-08-31', '+6 months')`": sqlite,
        "GNU date, `date -d '2025-08-31 +6 months'`": _says(
            "date", "-u", "-d", "2025-08-31 +6 months", "+%F"
        ),
        "JavaScript, `setUTCMonth(getUTCMonth() + 6)`": _says(
            "node", "-e", "d = new Date('2025-08-31'); d.setUTCMonth(d.getUTCMonth() + 6);"
            " console.log(d.toISOString().slice(0, 10))",
        ),
        "dateutil, `relativedelta(months=6)`": _says(sys.executable, "-c", DATEUTIL),
        "ottawa": _says(ottawa, "status", "estonia", "--notice", "estonia=2025-08-31",
                        "--as-of", "2025-09-01", "--field", "period_end_on"),
        "ottawa, `--reading month-end=next-day`": _says(
            ottawa, "status", "estonia", "--notice", "estonia=2025-08-31", "--as-of",
            "2025-09-01", "--field", "period_end_on", "--reading", "month-end=next-day"),
    }  # fmt: skip
    lines = ["| asked for 31 August 2025 + six months | answers |", "|---|---|"]
    lines += [f"| {who} | {day} |" for who, day in others.items()]
    return "\n".join(lines)


def _says(*words: str) -> str:
    """What a command prints; that it is not installed, or fails, where that is so."""
    program = shutil.which(words[0])
    if program is None:
        return "not installed"
    done = subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "fails"


def environment(folder: Path) -> str:
    """A fresh environment with the wheel of this checkout, bytecode compiled; its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = str(folder / "env" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT)], check=True)
    subprocess.run([python, "-m", "compileall", "-q", folder / "env" / "lib"], check=False)
    return python


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--python", help="the Python of an environment that has ottawa-cli")
    parser.add_argument("--only", help="only rows whose name holds this text, and the floors")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = chosen.python or environment(folder)
        found = rows(python, Path(python).parent, folder)
        if chosen.only:
            found = [row for row in found if row.floor is None or chosen.only in row.name]
        for row in found:  # files get into the cache, bytecode is written
            for _ in range(3):
                row.weigh()
        for _ in range(chosen.rounds):
            for row in random.sample(found, len(found)):
                row.run()
        print(report(found))
        print()
        print(answers(str(Path(python).parent / "ottawa")))


if __name__ == "__main__":
    main()
