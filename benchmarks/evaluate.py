"""What a table of cases costs: `ottawa evaluate`, CSV to CSV, against a bare copy of the file.

    python benchmarks/evaluate.py                 # a million rows, with the Python that runs this
    python benchmarks/evaluate.py --rows 100000 --rounds 9
    python benchmarks/evaluate.py --python ~/env/bin/python    # what is installed there

The floor is `csv.writer(...).writerows(csv.reader(...))`, a process of its own. Three tables:
`distinct`, in which every conflict is another one (days of receipt over thirty years, a third
of the rows with conflicts, some with a revocation, a day asked about, readings); `recorded`,
the same with conflicts from a list of 200, as a record of wars would give; `repeated`, a
hundred cases over and over. Whole processes in shuffled rounds; medians.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

COPY = """\
import csv, sys
with (open(sys.argv[1], encoding="utf-8", newline="") as table,
      open(sys.argv[2], "w", encoding="utf-8", newline="") as copy):
    csv.writer(copy, lineterminator="\\n").writerows(csv.reader(table))
"""
COLUMNS = ["id", "received_on", "conflicts", "revoked_on", "as_of", "readings"]
FIRST = dt.date(1999, 3, 1)
DAYS = [str(FIRST + dt.timedelta(number)) for number in range(30 * 365)]
CHOICES = [
    "month-end=next-day",
    "effect-day=next-day",
    "conflict-edges=strict",
    "conflict-scope=until-peace;conflict-end=next-day",
    "conflict-kinds=international",
]
SMALL = 10_000
Case = list[str]


def conflicts(day: int, chance: random.Random) -> str:
    """One or two armed conflicts about the day of that number."""
    found = []
    start = max(0, day - chance.randrange(1500))
    for _ in range(chance.choice([1, 1, 1, 1, 2])):
        end = min(len(DAYS) - 1, start + chance.randrange(2000))
        until = "" if chance.random() < 0.3 else DAYS[end]
        found.append(f"{DAYS[start]}..{until}{chance.choice(['', '@IAC', '@NIAC', '@OCC'])}")
        start = min(len(DAYS) - 1, end + chance.randrange(300))
    return ";".join(found)


def case(chance: random.Random, war: Callable[[int], str]) -> Case:
    """A case of which hardly any other has all the facts."""
    day = chance.randrange(len(DAYS))

    def later(most: int, share: float) -> str:
        if chance.random() >= share:
            return ""
        return DAYS[min(len(DAYS) - 1, day + chance.randrange(most))]

    return [
        DAYS[day],
        war(day) if chance.random() < 1 / 3 else "",
        later(400, 0.05),
        later(1000, 0.3),
        chance.choice(CHOICES) if chance.random() < 0.1 else "",
    ]


def write(folder: Path, rows: int) -> dict[str, Path]:
    """The three tables, and the same with few rows to compare memory with."""
    chance = random.Random(20)
    wars = [conflicts(chance.randrange(len(DAYS)), chance) for _ in range(200)]
    few = [case(chance, lambda day: conflicts(day, chance)) for _ in range(100)]
    makers: dict[str, Callable[[int], Case]] = {
        "distinct": lambda _: case(chance, lambda day: conflicts(day, chance)),
        "recorded": lambda _: case(chance, lambda _: chance.choice(wars)),
        "repeated": lambda number: few[number % len(few)],
    }
    found = {}
    for name, make in makers.items():
        for size in (rows, SMALL):
            path = found[f"{name} {size}"] = folder / f"{name}-{size}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                table = csv.writer(file, lineterminator="\n")
                table.writerow(COLUMNS)
                table.writerows([f"case-{n:07d}", *make(n)] for n in range(size))
    return found


@dataclass
class Run:
    """A command, and what it took each time."""

    words: list[str]
    seconds: list[float] = field(default_factory=list)
    kilobytes: list[int] = field(default_factory=list)

    def once(self) -> None:
        """Run the command to its end and note what it took."""
        dropped = ("OTTAWA_AS_OF", "PYTHONPATH", "PYTHONUNBUFFERED")
        env = {key: value for key, value in os.environ.items() if key not in dropped}
        start = time.perf_counter()
        child = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        self.seconds.append(time.perf_counter() - start)
        self.kilobytes.append(usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1))
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{' '.join(self.words)}: exit status {child.returncode}")

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def memory(self) -> float:
        """Peak resident memory, median, in MiB."""
        return statistics.median(self.kilobytes) / 1024


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="one that has ottawa-cli")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = write(folder, chosen.rows)
        copy, out = [chosen.python, "-c", COPY], str(folder / "out.csv")
        evaluate = [chosen.python, "-m", "ottawa_cli", "evaluate", "--as-of", "2026-11-23"]
        floors, ours = {}, {}
        for key, table in tables.items():
            floors[key] = Run([*copy, str(table), out])
            ours[key] = Run([*evaluate, str(table), "--output", out])
        runs = [*floors.values(), *ours.values()]
        for number in range(chosen.rounds):
            for run in random.Random(number).sample(runs, len(runs)):
                run.once()
    print(f"{chosen.rows:,} rows, {chosen.rounds} rounds, medians\n")
    print("| table | copy s | evaluate s | ratio | rows/s | peak MiB | more than for 10,000 rows |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for kind in ("distinct", "recorded", "repeated"):
        key = f"{kind} {chosen.rows}"
        floor, run, small = floors[key], ours[key], ours[f"{kind} {SMALL}"]
        print(f"| {kind} | {floor.median:.2f} | {run.median:.2f} | {run.median / floor.median:.2f}"
              f" | {chosen.rows / run.median:,.0f} | {run.memory:.1f}"
              f" | {run.memory - small.memory:+.1f} |")  # fmt: skip
    print("\nBars: ratio 5, memory +4 MiB.")


if __name__ == "__main__":
    main()
