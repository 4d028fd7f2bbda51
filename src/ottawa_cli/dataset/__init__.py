"""Reading the record: the shipped one, a user's own, or a supplement to the shipped one.

`fields` defines the format once, in the `kinds` of values there are; `yaml_reader` reads
without guessing; `check` finds the faults; `record` builds the model; `shipped` knows the
files of the package.
"""

from __future__ import annotations

from pathlib import Path

from ottawa_cli.dataset.faults import DatasetError, Fault
from ottawa_cli.dataset.record import Record
from ottawa_cli.dataset.shipped import compiled, shipped_path

__all__ = ["DatasetError", "Fault", "Record", "load", "shipped_path"]


def load(path: str | Path | None = None) -> Record:
    """The shipped record, or the one in the YAML file at `path`, validated.

    A file with ``extends: shipped`` is a supplement: its entries come on top of the
    shipped record. Raises DatasetError with every fault found.
    """
    if path is None and (parts := compiled()):
        return Record(parts["record"], parts["words"])
    from ottawa_cli.dataset.validated import validated

    return validated(shipped_path() if path is None else Path(path), load)
