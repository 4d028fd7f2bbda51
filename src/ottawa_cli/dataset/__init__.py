"""Reading the record: the shipped one, a user's own, or a supplement to the shipped one.

`fields` defines the format once, in the `kinds` of values there are; `yaml_reader` reads
without guessing; `check` judges; `record` builds the model; `compiled` is the form the
wheel carries; `languages` has the names that the record lacks.
"""

from __future__ import annotations

from pathlib import Path

from ottawa_cli.dataset.faults import DatasetError, Fault
from ottawa_cli.dataset.record import Record

__all__ = ["DatasetError", "Fault", "Record", "load", "shipped_path"]

PACKAGE = Path(__file__).parent.parent


def shipped_path(name: str = "states.yaml") -> Path:
    """A file of the shipped record: beside the code, or in the checkout it runs from."""
    packaged = PACKAGE / "data" / name
    return packaged if packaged.exists() else PACKAGE.parent.parent / "data" / name


def load(path: str | Path | None = None) -> Record:
    """The shipped record, or the one in the YAML file at `path`, validated.

    A file with ``extends: shipped`` is a supplement: its entries come on top of the
    shipped record. Raises DatasetError with every fault found.
    """
    if path is None:
        from ottawa_cli.dataset import compiled

        record = compiled.load(PACKAGE / "data" / compiled.NAME)
        if record is not None:
            return record
        path = shipped_path()
    from ottawa_cli.dataset import validated

    return validated.load(Path(path))
