"""The format of the record for readers: as a JSON Schema and as a dictionary of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ottawa_cli.dataset.fields import CLAUSES, FURTHER_TREATY, RECORD, SUPPLEMENT
from ottawa_cli.dataset.kinds import Entry, Json, Kind

ID = "urn:ottawa-cli:record:1"


def schema() -> Json:
    """A schema that accepts a whole record or a supplement to the shipped one; `$defs` has that of
    the clauses too."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "A record of a treaty",
        "description": "Parties, notices of withdrawal, conflicts and sources, or with"
        " `extends: shipped` what is added to the shipped record: a `treaty` beside its own, or"
        " else a supplement.",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {
            "if": {"required": ["treaty"]},
            "then": FURTHER_TREATY.schema,
            "else": SUPPLEMENT.schema,
        },
        "else": RECORD.schema,
        "$defs": {entry.id: entry.definition() for entry in entries()},
    }


def entries() -> list[Entry]:
    """Every kind of entry, each before those that stand in it: of a record, of the clauses."""
    found: dict[str, Entry] = {}

    def find(kinds: Iterable[Kind]) -> None:
        for kind in kinds:
            if isinstance(kind, Entry):
                found.setdefault(kind.id, kind)
            find(kind.inner)

    find((RECORD, FURTHER_TREATY, SUPPLEMENT, CLAUSES))
    return list(found.values())


def dictionary() -> str:
    """The field dictionary as Markdown: a table for each kind of entry."""
    return "\n".join(line for entry in entries() for line in _table(entry))


def _table(entry: Entry) -> Iterator[str]:
    yield f"## {entry.title[:1].upper()}{entry.title[1:]}"
    yield from ("", "| field | holds | means |", "|---|---|---|")
    for key, field in entry.fields.items():
        name = f"**`{key}`**" if field.required else f"`{key}`"
        holds = field.kind.holds.replace("|", "\\|")
        yield f"| {name} | {holds} | {field.means} |"
    yield ""
