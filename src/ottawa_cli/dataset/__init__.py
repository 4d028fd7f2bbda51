"""Reading the record: the shipped one, a user's own, or a supplement to the shipped one.

`fields` defines the format once, in the `kinds` of values there are; `yaml_reader` reads
without guessing; `check` finds the faults; `build` makes the facts of the model, `record` gives
them; `shipped` knows the files of the package.
"""

from __future__ import annotations

from pathlib import Path

from ottawa_cli.dataset.faults import DatasetError, Fault
from ottawa_cli.dataset.record import Record, UnknownTreaty
from ottawa_cli.dataset.shipped import compiled, further_treaties, raw_clauses, shipped_path

__all__ = ["DatasetError", "Fault", "Record", "UnknownTreaty", "from_yaml", "load", "shipped_path"]


def load(path: str | Path | None = None) -> Record:
    """The shipped record, or the one in the YAML file at `path`, validated.

    A file with ``extends: shipped`` is a supplement: its entries come on top of the
    shipped record. Raises DatasetError with every fault found.
    """
    if path is None and (parts := compiled()):
        return Record(parts["record"], parts["words"], further=parts["further"])
    from ottawa_cli.dataset.validated import validated

    return validated(Path(path), load) if path is not None else from_yaml()


def from_yaml() -> Record:
    """The shipped record from its YAML files: the roll's, and those of further treaties on top.

    Raises DatasetError with every fault of the first file that has any, the clauses' before all.
    """
    from ottawa_cli.dataset.validated import refuse_clauses, validated, with_treaty
    from ottawa_cli.dataset.yaml_reader import read

    refuse_clauses(shipped_path("clauses.yaml"), raw_clauses())
    record = validated(shipped_path(), load)
    for file in further_treaties():
        record = with_treaty(read(file), record)
    return Record(record.raw, record.names.words, further=record.further)
