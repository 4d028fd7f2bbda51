"""The same question has the same answer in every process: no order of a set reaches a reader."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import Ottawa

DAY = "--as-of=2026-11-23"


@pytest.mark.parametrize(
    ("words", "said"),
    {
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
    }.items(),
)  # fmt: skip
def test_the_first_fault_of_a_command_line_is_told(
    ottawa: Ottawa, words: tuple[str, ...], said: str
) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(ottawa, *words, PYTHONHASHSEED=str(seed)) for seed in range(6)]
    for run in runs:
        done = run.result()
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ottawa: {said}\n")


@pytest.mark.parametrize(
    "words",
    [("status", "--all", "--format", "json"), ("timeline", "--format", "json"),
     ("explain", "lebanon", "--sources"), ("explain", "ukraine", "--notice", "ukraine=2025-08-31"),
     ("timeline", "--format", "ics"), ("timeline", "--format", "svg"), ("data", "schema"),
     ("status", "--conflict", "ghana", "--conflict", "chad", "--notice", "iraq=2025-01-01"),
     ("status", "guinea")],
    ids=" ".join,
)  # fmt: skip
def test_the_answer_does_not_depend_on_the_process(ottawa: Ottawa, words: tuple[str, ...]) -> None:
    dated = words if words[0] == "data" else (*words, DAY)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(ottawa, *dated, PYTHONHASHSEED=str(seed)) for seed in range(3)]
    answers = {(run.result().returncode, run.result().stdout, run.result().stderr) for run in runs}
    assert len(answers) == 1
