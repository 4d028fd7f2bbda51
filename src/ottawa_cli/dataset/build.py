"""Facts of the model from the entries of a file: the types of the model say how each field is read.

A field that an entry lacks has the default of the model.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from functools import cache, partial
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from ottawa_cli.dates import PartialDate, parse_day, parse_partial
from ottawa_cli.model import (
    Clause,
    Communication,
    Conflict,
    Deposit,
    Event,
    Joining,
    Objection,
    RecordNote,
    State,
)

Raw = dict[str, Any]
Reader = Callable[[Any], Any]
Fact = TypeVar("Fact", bound=tuple[Any, ...])

_parsed = cache(parse_partial)  # many States signed on one day

# What a file calls a field by another name than the model; a.b is the field b of the entry a.
IN_FILE: dict[type, dict[str, str]] = {
    Communication: {
        "circulated_on": "circulated.on",
        "circulated_sources": "circulated.sources",
        "lasts_while": "lasts.while",
        "lasts_sources": "lasts.sources",
    },
    Conflict: {"end": "end.on", "end_sources": "end.sources"},
    Deposit: {
        "in_force_on": "in_force.from",
        "in_force_reason": "in_force.reason",
        "in_force_sources": "in_force.sources",
    },
    Event: {"iso3s": "states"},
    Joining: {"ordinal": "deposit"},
    Objection: {"iso3": "state"},
    RecordNote: {"since": "from"},
    State: {"signed_on": "signature.on", "signature_sources": "signature.sources"},
}


def build(kind: type[Fact], entry: Any) -> Fact:
    """The fact of this kind that the entry of a file states; a fact that is made already stays."""
    if isinstance(entry, kind):
        return entry
    values = {}
    for part, fields in _fields(kind).items():
        for key, value in (entry.get(part, {}) if part else entry).items():
            if key in fields:
                name, read = fields[key]
                values[name] = read(value)
    if "note" in entry and "note" not in values:  # it holds always, those with limits beside it
        values["notes"] = (RecordNote(entry["note"]), *values.get("notes", ()))
    return kind(**values)


def as_clause(id: str, entry: Raw) -> Clause:
    """One clause from its entry in a file."""
    return build(Clause, {**entry, "id": id, **_period(**entry.get("period", {}))})


def _period(number: str = "0", unit: str = "") -> dict[str, Any]:
    """A period in months and in words, none by default."""
    count = int(number)
    words = {0: "", 1: f"one {unit}", 3: f"three {unit}s", 6: f"six {unit}s"}
    period = words.get(count, f"{count} {unit}s")
    return {"months": count * (12 if unit == "year" else 1), "period": period}


def partial_date(value: str | dict[str, str]) -> PartialDate:
    """A date as the file writes it: a text, or the earliest and the latest day."""
    if isinstance(value, str):
        return _parsed(value)
    return PartialDate(parse_day(value["earliest"]), parse_day(value["latest"]))


@cache
def _fields(kind: type[Fact]) -> dict[str, dict[str, tuple[str, Reader]]]:
    """The name and the reader of each field, by the entry inside that it stands in and its key."""
    fields: dict[str, dict[str, tuple[str, Reader]]] = defaultdict(dict)
    for name, hint in kind.__annotations__.items():
        part, _, key = IN_FILE.get(kind, {}).get(name, name).rpartition(".")
        fields[part][key] = (name, _reader(hint))
    return fields


@cache
def _reader(hint: Any) -> Reader:
    """What makes the value of a field of that type from what stands in the file."""
    if get_origin(hint) is UnionType:  # with None, for a field that is left out
        hint = get_args(hint)[0]
    if hint in READERS:
        return READERS[hint]
    if get_origin(hint) is not tuple:
        return partial(build, hint)
    item = get_args(hint)[0]
    if get_origin(item) is tuple:  # pairs, which are a mapping in the file
        read = _reader(get_args(item)[1])
        return lambda mapping: tuple((key, read(value)) for key, value in mapping.items())
    read = _reader(item)
    return lambda values: tuple(map(read, values))


READERS: dict[Any, Reader] = {
    str: str,
    int: int,
    bool: "true".__eq__,
    dt.date: parse_day,
    PartialDate: partial_date,
    tuple[str, ...]: tuple,
    frozenset[str]: frozenset,
}
