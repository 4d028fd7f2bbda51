"""The withdrawal clauses of data/clauses.yaml, which a wheel carries as JSON too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from ottawa_cli.dataset import shipped
from ottawa_cli.dataset.build import Raw, build
from ottawa_cli.model import Clause, Source, UnknownClause

if TYPE_CHECKING:
    from ottawa_cli.dataset.kinds import Problem

SHIPPED, COMPILED = "clauses.yaml", "clauses.json"


@cache
def raw_clauses() -> Any:
    """What stands in the file. Raises DatasetError where the YAML of a checkout is at fault."""
    return shipped.compiled(COMPILED) or _read()


def _read() -> Any:
    from ottawa_cli.dataset.faults import DatasetError
    from ottawa_cli.dataset.yaml_reader import read

    document = read(shipped.shipped_path(SHIPPED))
    faults = [document.fault(path, text) for path, text in problems_in(document.data)]
    if faults:
        raise DatasetError(faults)
    return document.data


def problems_in(data: Any) -> list[Problem]:
    """Every fault of the file: of its form, or else of what it says."""
    from ottawa_cli.dataset.fields import CLAUSES

    return CLAUSES.problems(data, ()) or list(_of_content(data))


def _of_content(data: Any) -> Iterator[Problem]:
    used: set[str] = set()
    entries = [(("clauses", id), entry) for id, entry in data["clauses"].items()]
    entries += [(("not_computed", i), entry) for i, entry in enumerate(data["not_computed"])]
    ids = set(data["clauses"])
    for path, entry in entries:
        for field in ("sources", "practice_sources"):
            for index, id in enumerate(entry.get(field, ())):
                used.add(id)
                if id not in data["sources"]:
                    yield (*path, field, index), f"unknown source {id}: expected a key of sources"
        if path[0] == "clauses" and ("period" in entry) == ("year" in entry):
            yield path, "expected a period or a day of the year, and not both"
        for index, id in enumerate(entry.get("ids", ())):
            if id in ids:
                yield (*path, "ids", index), f"{id} is there already: expected another id"
            ids.add(id)
    for id in data["sources"].keys() - used:
        yield ("sources", id), f"source {id} is used by nothing: expected a use, or no such entry"


@cache
def clauses() -> dict[str, Clause]:
    """Every clause that is computed, by its id."""
    return {id: as_clause(id, entry) for id, entry in raw_clauses()["clauses"].items()}


def clause(id: str | None = None) -> Clause:
    """The clause of that id, in any case, or the first one of the file. Raises UnknownClause."""
    known = clauses()
    wanted = next(iter(known)) if id is None else id.strip().upper()
    if wanted in known:
        return known[wanted]
    refused = {name: each for each in raw_clauses()["not_computed"] for name in each["ids"]}
    if wanted in refused:
        raise UnknownClause(f"{wanted} is not computed: {refused[wanted]['answer'].rstrip('.')}")
    from difflib import get_close_matches

    near = get_close_matches(wanted, [*known, *refused], 1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UnknownClause(f"no clause {id!r}: {hint}'ottawa data clauses' lists them")


def clause_source(id: str) -> Source:
    """A source of the clauses. Raises KeyError."""
    return Source(id, **raw_clauses()["sources"][id])


def as_clause(id: str, entry: Raw) -> Clause:
    """One clause from its entry in a file."""
    return build(Clause, {**entry, "id": id, **_period(**entry.get("period", {}))})


def _period(number: str = "0", unit: str = "") -> dict[str, Any]:
    """A period in months and in words, none by default."""
    count = int(number)
    words = {0: "", 1: f"one {unit}", 3: f"three {unit}s", 6: f"six {unit}s"}
    period = words.get(count, f"{count} {unit}s")
    return {"months": count * (12 if unit == "year" else 1), "period": period}
