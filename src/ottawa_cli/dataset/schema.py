"""The format of the record for readers: as a JSON Schema and as a dictionary of its fields."""

from __future__ import annotations

from collections.abc import Iterator

from ottawa_cli.dataset.fields import RECORD, SUPPLEMENT
from ottawa_cli.dataset.kinds import Entry, Field, Json, Kind

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


def dictionary() -> str:
    """The field dictionary as Markdown: a table for each kind of entry."""
    return "\n".join(line for entry in entries() for line in _table(entry))


def _table(entry: Entry) -> Iterator[str]:
    what = entry.what.partition(" ")[2]
    yield from (
        f"## {what[:1].upper()}{what[1:]}",
        "",
        "| field | holds | means |",
        "|---|---|---|",
    )
    for key, field in entry.fields.items():
        name = f"**`{key}`**" if field.required else f"`{key}`"
        yield f"| {name} | {_holds(field)} | {field.means} |"
    yield ""


def _holds(field: Field) -> str:
    return field.kind.holds().replace("|", "\\|")
