"""The format of the record as a JSON Schema (2020-12), read off its one definition in `fields`."""

from __future__ import annotations

from collections.abc import Iterator

from ottawa_cli.dataset.fields import RECORD, SUPPLEMENT, Entry, Json, Kind

ID = "urn:ottawa-cli:record:1"


def schema() -> Json:
    """A schema that accepts a whole record or a supplement to the shipped one."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "A record of the Anti-Personnel Mine Ban Convention",
        "description": "Parties, notices of withdrawal, conflicts and sources, or with"
        " `extends: shipped` what is added to the shipped record.",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": SUPPLEMENT.schema(),
        "else": RECORD.schema(),
        "$defs": {entry.id: entry.definition() for entry in entries()},
    }


def entries() -> list[Entry]:
    """Every kind of entry, the record first, each before those that stand in it."""
    found: dict[str, Entry] = {}
    for root in (RECORD, SUPPLEMENT):
        for entry in _entries(root):
            found.setdefault(entry.id, entry)
    return list(found.values())


def _entries(kind: Kind) -> Iterator[Entry]:
    if isinstance(kind, Entry):
        yield kind
    for inner in kind.inner():
        yield from _entries(inner)
