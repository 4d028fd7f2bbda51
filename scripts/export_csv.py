#!/usr/bin/env python3
"""Write the record as flat CSV tables, with a description of them, into data/flat/.

For people who want a spreadsheet and not a YAML file. What is recorded is exported and
nothing computed; a date that is not known to the day is written as far as it is known
(2026-08, or 2026-02-04/2026-08-31).

    python scripts/export_csv.py            # write data/flat/*.csv and datapackage.json
    python scripts/export_csv.py --check    # exit status 1 where they are out of date
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ottawa_cli import Record
from ottawa_cli.dataset import from_yaml
from ottawa_cli.dates import PartialDate
from ottawa_cli.model import RecordNote

ROOT = Path(__file__).parent.parent
FLAT = ROOT / "data" / "flat"

# For each table: what it holds, its columns and what they mean, its key.
Columns = dict[str, str]
DATE = "YYYY-MM-DD, or as far as it is known: YYYY-MM, YYYY, earliest/latest"
IDS = "ids of rows of sources.csv, joined by spaces"
TABLES: dict[str, tuple[str, Columns, list[str]]] = {
    "states": (
        "The roll: one row for each State and treaty, and for each time it joined",
        {
            "iso3": "ISO 3166-1 alpha-3 code",
            "iso2": "ISO 3166-1 alpha-2 code",
            "name": "name shown",
            "treaty": "ottawa or ccm (the Convention on Cluster Munitions)",
            "first_day": "first day as a State, where it is younger than the Convention",
            "signed_on": f"day of signature (Art. 15); {DATE}",
            "signature_sources": IDS,
            "instrument": "ratification, acceptance, approval, accession or succession",
            "deposited_on": f"day of deposit of that instrument; {DATE}",
            "deposit_sources": IDS,
            "in_force_on": "day of entry into force, only where it departs from Art. 17",
            "in_force_sources": f"of those that print entry into force, {IDS}",
            "confidence": "high, medium or low",
            "note": "what a reader should know; in brackets before a sentence, when it holds",
            "sources": f"of those that tell its standing and its notes, {IDS}",
        },
        ["treaty", "iso3", "deposited_on"],
    ),
    "communications": (
        "Instruments and communications under or beside Article 20",
        {
            "iso3": "the State that gives notice or communicates",
            "treaty": "ottawa or ccm (the Convention on Cluster Munitions)",
            "kind": "withdrawal, revocation or suspension",
            "received_on": f"day of receipt by the Depositary; {DATE}",
            "reference": "number of the depositary notification",
            "circulated_on": "date of the depositary notification",
            "circulated_sources": IDS,
            "addressees": "whom it is known to have gone to, joined by spaces",
            "reasons": "true or false; empty where no source tells",
            "lasts_while": "what a suspension is to last as long as, by its own account; or empty",
            "lasts_sources": IDS,
            "objections": "States that object, joined by spaces",
            "confidence": "high, medium or low",
            "note": "what a reader should know; in brackets before a sentence, when it holds",
            "sources": IDS,
        },
        ["treaty", "iso3", "kind", "received_on"],
    ),
    "conflicts": (
        "Armed conflicts that named sources report, one row for each State engaged",
        {
            "iso3": "a State engaged in it",
            "name": "the parties, as the classifier names them",
            "kind": "IAC or NIAC; empty where nobody has classified it",
            "start": f"first day; {DATE}",
            "end": f"last day; empty while no source tells of one; {DATE}",
            "end_sources": IDS,
            "occupation": "only, also, or empty",
            "classifier": "who classifies it",
            "confidence": "high, medium or low",
            "note": "what a reader should know; in brackets before a sentence, when it holds",
            "sources": IDS,
        },
        ["iso3", "name", "start"],
    ),
    "sources": (
        "Every source once",
        {
            "id": "what the other tables call it",
            "title": "title of the page or document",
            "publisher": "who published it",
            "url": "its address",
            "date": f"day of publication, or of the copy used; {DATE}",
            "title_from": "address: the title is read off the address; empty: the page's own",
            "archived": "where the copy used is kept",
        },
        ["id"],
    ),
}


def rows(record: Record, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one table, in the order of the record."""
    if table == "sources":
        for source in map(record.source, record.sources):
            yield {column: getattr(source, column) for column in TABLES[table][1]}
        return
    treaties = record.treaties if "treaty" in TABLES[table][1] else [record.treaty()]
    for state in (state for treaty in treaties for state in record.states(treaty.id)):
        treaty = {"treaty": state.treaty.id}
        if table == "states":
            for deposit in state.deposits or (None,):
                instrument = {
                    "instrument": deposit.instrument,
                    "deposited_on": deposit.deposited_on, "deposit_sources": deposit.sources,
                    "in_force_on": deposit.in_force_on,
                    "in_force_sources": deposit.in_force_sources,
                } if deposit else {}  # fmt: skip
                notes = (*state.notes, *(deposit.notes if deposit else ()))
                yield {
                    "iso3": state.iso3, "iso2": state.iso2, "name": state.name, **treaty,
                    "first_day": state.first_day and state.first_day.on,
                    "signed_on": state.signed_on,
                    "signature_sources": state.signature_sources, **instrument,
                    "confidence": state.confidence, "note": [in_words(note) for note in notes],
                    "sources": state.sources,
                }  # fmt: skip
            continue
        for entry in getattr(state, table):
            columns = {column: getattr(entry, column, None) for column in TABLES[table][1]}
            if table == "communications":
                columns["objections"] = [objection.iso3 for objection in entry.objections]
                columns["addressees"] = sorted(entry.addressees or ())
            columns |= treaty if "treaty" in columns else {}
            yield {**columns, "iso3": state.iso3, "note": [in_words(note) for note in entry.notes]}


def in_words(note: RecordNote) -> str:
    """A note, with its limits in brackets before it."""
    limits = [
        f"from {note.since}" if note.since else "",
        f"until {note.until}" if note.until else "",
        "" if note.under_what_ifs else "not under what-ifs",
    ]
    said = ", ".join(filter(None, limits))
    return f"[{said}] {note.text}" if said else note.text


def cell(value: Any) -> str:
    """A value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PartialDate):
        return str(value)
    return " ".join(value) if isinstance(value, list | tuple) else str(value)


def as_csv(record: Record, table: str) -> str:
    """One table as CSV (RFC 4180 quoting, UTF-8, lines ended by a line feed)."""
    text = io.StringIO()
    columns = list(TABLES[table][1])
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows(record, table):
        writer.writerow({column: cell(value) for column, value in row.items()})
    return text.getvalue()


def package(record: Record) -> dict[str, Any]:
    """The description of the tables, as a Data Package (datapackage.org)."""
    return {
        "name": "mine-ban-convention-membership",
        "title": "Membership of the Anti-Personnel Mine Ban Convention and of the Convention on"
        " Cluster Munitions",
        "description": "Signatures, deposits, notices of withdrawal and the armed conflicts that"
        " bear on them, each with its sources. A flat export of states.yaml and"
        " cluster-munitions.yaml, which hold more.",
        "version": record.version,
        "licenses": [
            {
                "name": "CC0-1.0",
                "title": "CC0 1.0 Universal",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            }
        ],
        "sources": [
            {"title": f"{source.publisher}: {source.as_cited}", "path": source.url}
            for source in map(record.source, record.sources)
        ],
        "resources": [
            {
                "name": table,
                "path": f"{table}.csv",
                "description": description,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": [
                        {"name": name, "type": "string", "description": meaning}
                        for name, meaning in columns.items()
                    ],
                    "primaryKey": key,
                    "missingValues": [""],
                },
            }
            for table, (description, columns, key) in TABLES.items()
        ],
    }


def files(record: Record) -> dict[str, str]:
    """Name -> content of every file of the export."""
    description = json.dumps(package(record), ensure_ascii=False, indent=2) + "\n"
    tables = {f"{table}.csv": as_csv(record, table) for table in TABLES}
    return {**tables, "datapackage.json": description}


def main() -> int:
    """Write the export, or with --check compare it. Return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    args = parser.parse_args()
    stale = 0
    FLAT.mkdir(exist_ok=True)
    for name, content in files(from_yaml()).items():
        path = FLAT / name
        if path.exists() and path.read_bytes() == content.encode():
            continue
        stale += 1
        if args.check:
            print(f"{path} is out of date: run python scripts/export_csv.py", file=sys.stderr)
        else:
            path.write_bytes(content.encode())
            print(f"wrote {path}")
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
