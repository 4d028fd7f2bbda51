"""The same question has the same answer in every process: no order of a set reaches a reader."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from command_line import Done, started_once

DAY = "--as-of=2026-11-23"
FAULTS = {
    ("status", "--revoke", "ghana=2020-01-01", "--revoke", "chad=2020-01-01"):
        "Ghana has given no notice that could be revoked on 2020-01-01.",
    ("status", "--revoke", "chad=2020-01-01", "--revoke", "ghana=2020-01-01"):
        "Chad has given no notice that could be revoked on 2020-01-01.",
    ("status", "ghana", "--notice", "russia=2020-01-01", "--notice", "china=2020-01-01"):
        "Russia is not a State Party on 2020-01-01: it has nothing to withdraw from.",
    ("status", "--conflict", "nowhere", "--conflict", "elsewhere"):
        "no State answers to 'nowhere'.",
    ("bound", "ghana", "--conflict", "elsewhere", "--conflict", "nowhere"):
        "no State answers to 'elsewhere'.",
}  # fmt: skip
ANSWERS = [
    ("status", "--all", "--format", "json"), ("timeline", "--format", "json"),
    ("explain", "lebanon", "--sources"), ("explain", "ukraine", "--notice", "ukraine=2025-08-31"),
    ("timeline", "--format", "ics"), ("timeline", "--format", "svg"), ("data", "schema"),
    ("status", "--conflict", "ghana", "--conflict", "chad", "--notice", "iraq=2025-01-01"),
    ("status", "guinea"),
]  # fmt: skip
Words = tuple[str, ...]


@pytest.fixture(scope="module")
def processes(environment: dict[str, str]) -> list[dict[Words, Done]]:
    """By the words of a command, how it ended: in six processes, each with an order of its own."""
    commands = [*FAULTS, *(words if words[0] == "data" else (*words, DAY) for words in ANSWERS)]

    def run(seed: int) -> dict[Words, Done]:
        ends = started_once(*commands, cwd="/", env={**environment, "PYTHONHASHSEED": str(seed)})
        return dict(zip([*FAULTS, *ANSWERS], ends, strict=True))

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(6)))


@pytest.mark.parametrize(("words", "said"), FAULTS.items())
def test_the_first_fault_of_a_command_line_is_told(
    processes: list[dict[Words, Done]], words: Words, said: str
) -> None:
    for found in processes:
        done = found[words]
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode() == f"ottawa: {said}\n"


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
def test_the_answer_does_not_depend_on_the_process(
    processes: list[dict[Words, Done]], words: Words
) -> None:
    ends = [found[words] for found in processes]
    assert len({(done.returncode, done.stdout, done.stderr) for done in ends}) == 1
