"""Memory does not grow with the table."""

import subprocess
import sys
from pathlib import Path

PEAK = """\
import os, sys
words = [sys.executable, "-m", "ottawa_cli", *sys.argv[1:]]
child = os.posix_spawn(sys.executable, words, os.environ)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def kilobytes(rows: int, folder: Path, environment: dict[str, str]) -> int:
    """Peak memory of `evaluate` on a table in which hardly anything repeats."""
    table = folder / f"{rows}.csv"
    with table.open("w", encoding="utf-8") as file:
        file.write("id,received_on,conflicts,as_of\n")
        for number in range(rows):
            year, month, day = 2000 + number % 30, number * 7 % 12 + 1, number * 11 % 28 + 1
            war = f"{year}-{day % 12 + 1:02}-01..{year + 2}-01-{day:02}" if number % 3 else ""
            asked = f"{year + 1}-{number // 360 % 12 + 1:02}-{day:02}"
            file.write(f"case {number},{year}-{month:02}-{day:02},{war},{asked}\n")
    # A process of its own measures: a child starts with the peak of the one that started it.
    done = subprocess.run(
        [sys.executable, "-c", PEAK, "evaluate", str(table), "--output", str(folder / "out.csv")],
        env=environment, capture_output=True, text=True, check=True, cwd="/",
    )  # fmt: skip
    with (folder / "out.csv").open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == rows + 1
    return int(done.stdout)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, environment: dict[str, str]) -> None:
    small = kilobytes(10_000, tmp_path, environment)
    assert kilobytes(200_000, tmp_path, environment) <= small + 4096
