"""What is wrong with a dataset, and where."""

from collections.abc import Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault of a dataset file; `line` and `column` count from 1, 0 where there is no place."""

    file: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{place}: {self.text}"


class DatasetError(Exception):
    """A dataset cannot be used; `faults` holds every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def named(file: object) -> str:
    """The name of a file as it can stand in a message: bytes of no letter by their number."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(file))
