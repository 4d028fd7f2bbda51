"""A YAML file on its way to a Record: read, checked as a whole, then built."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ottawa_cli.dataset.build import Raw
from ottawa_cli.dataset.check import faults_in
from ottawa_cli.dataset.fields import CLAUSES, FURTHER_TREATY, SUPPLEMENT
from ottawa_cli.dataset.kinds import AT_KEY, Problem
from ottawa_cli.dataset.record import Record
from ottawa_cli.dataset.yaml_reader import Document, read
from ottawa_cli.dates import LAST_YEAR


def validated(file: Path, shipped: Callable[[], Record]) -> Record:
    """The record in the YAML file, or the shipped one with the file's entries on top.

    A file with ``extends`` and a `treaty` of its own puts that treaty beside the shipped one.
    Raises DatasetError with every fault found, in the order of the file.
    """
    document = read(file)
    if isinstance(document.data, dict) and "extends" in document.data:
        if "treaty" in document.data:
            return with_treaty(document, shipped())
        return _supplemented(document, shipped)
    if isinstance(document.data, dict) and not {"states", "treaty"} & document.data.keys():
        what = "has neither a roll nor 'extends: shipped'"
        document.refuse([((), f"{what}: expected the latter, of what is added to the record")])
    problems, words = faults_in(document.data)
    document.refuse(problems)
    return Record(document.data, words, document.file)


def with_treaty(document: Document, base: Record) -> Record:
    """The record with a further treaty, in the place of the one that has its id."""
    given: Raw = document.data
    document.refuse(faults_in(given, FURTHER_TREATY, base.raw)[0])
    id, *others = given["treaty"]["names"]
    taken = {name for treaty in base.treaties if treaty.id != id for name in treaty.names}
    what = "is a name of another treaty: expected a name of its own"
    names = enumerate((id, *others))
    document.refuse((("treaty", "names", i), f"{n} {what}") for i, n in names if n in taken)
    further = {**base.further, id: given}
    return Record(base.raw, base.names.words, document.file, further=further)


def refuse_clauses(file: Path, data: Raw) -> None:
    """Raise DatasetError for what is wrong with the clauses in the YAML file."""
    if problems := faults_in(data, CLAUSES)[0]:
        read(file).refuse(problems)


def _supplemented(document: Document, shipped: Callable[[], Record]) -> Record:
    """The shipped record with the entries of a supplement added."""
    given: Raw = document.data
    document.refuse(SUPPLEMENT.problems(given, ()))
    record = shipped()
    base = record.raw
    merged = _merged(base, given)
    # The days a supplement speaks of may lie after the review of the shipped record.
    version = max(base["version"], given.get("version", f"{LAST_YEAR}-12-31"))
    # What a supplement changes comes last, so that a clash is found in it and not in the shipped.
    order = [iso3 for iso3 in merged["states"] if iso3 not in given.get("states", ())]
    states = {iso3: merged["states"][iso3] for iso3 in (*order, *given.get("states", ()))}
    problems, words = faults_in({**merged, "version": version, "states": states})
    found = [p for problem in problems for p in _here(problem, base, given)]
    for id in base["sources"].keys() & given.get("sources", ()):
        what = f"source {id} is shipped already: expected another id"
        found.append((("sources", id, AT_KEY), what))
    document.refuse(found)
    label = given.get("version") or re.sub(r"[^\w.-]+", "-", Path(document.file).name)
    return Record(merged, words, document.file, label, record.further)


def _merged(base: Raw, given: Raw) -> Raw:
    """The shipped entries and the given ones. Of a State, the fields given replace the shipped."""
    merged = dict(base)
    for part, value in given.items():
        if isinstance(value, list):
            merged[part] = [*base.get(part, ()), *value]
        elif part == "states":
            changed = {iso3: {**base[part].get(iso3, {}), **state} for iso3, state in value.items()}
            merged[part] = {**base[part], **changed}
        elif isinstance(value, dict):
            merged[part] = {**base.get(part, {}), **value}
    return merged


def _here(problem: Problem, base: Raw, given: Raw) -> list[Problem]:
    """A problem of the merged record, at its place in the supplement."""
    path, text = problem
    part, key = (*path, None, None)[:2]
    if isinstance(key, int):
        key -= len(base.get(str(part), ()))
        if key >= 0:
            return [((str(part), key, *path[2:]), text)]
    elif part is None or key is None or key in given.get(str(part), ()):
        return [(path, text)]
    if part == "sources":
        return []  # a shipped source whose only use the supplement has replaced
    what = f"does not go with the shipped record ({part} {path[1]}): {text}"
    return [(("extends", AT_KEY), what)]
