"""The vocabulary of one State: where it stands as plain keys and values.

A date that is not settled to the day is None here, and a pair of ends under `..._between`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ottawa_cli.dataset.record import Record
from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, Source
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.standing import ConflictStanding, Standing

# The keys of a State in the published order.
STANDING = (
    "iso3", "iso2", "name", "treaty", "status", "possible_statuses", "bound", "contested",
    "signed_on", "instrument", "deposited_on", "deposited_between", "in_force_on",
    "in_force_between", "first_report_due_on", "stockpiles_due_on", "received_on", "reference",
    "reference_url", "circulated_on", "reasons", "addressees", "revoked_on", "period_end_on",
    "effective_on", "effective_basis", "days_to_effective", "conflicts", "notes", "sources",
)  # fmt: skip
NOTICE = ("reference", "reference_url", "circulated_on", "reasons", "addressees")

Keys = dict[str, Any]


def of_standing(standing: Standing, record: Record) -> Keys:
    """Every key of one State, in the published order."""
    found = {key: settled(getattr(standing, key, None)) for key in STANDING}
    found |= {
        "treaty": standing.state.treaty.id,
        "possible_statuses": list(standing.possible_statuses),
        "deposited_between": between(standing.deposited_on),
        "in_force_between": between(standing.in_force_on),
        "first_report_due_on": as_text(standing.first_report_due_on),
        "stockpiles_due_on": as_text(standing.stockpiles_due_on),
        **_of_notice(standing, record),
        "conflicts": [of_conflict(conflict, record) for conflict in standing.conflicts],
        "notes": [note._asdict() for note in notes(standing)],
        "sources": of_sources(standing.sources, record),
    }
    return {key: found[key] for key in STANDING}


def _of_notice(standing: Standing, record: Record) -> Keys:
    """What is known of the notice, and of how the depositary told of it."""
    notice, keys = standing.notice, dict.fromkeys(NOTICE)
    if notice:
        keys |= fields(notice, "reference", "reasons")
        found = notification(notice, record)
        keys["reference_url"] = found.url if found else None
        if notice.circulated_on and notice.circulated_on <= standing.as_of:
            keys["circulated_on"] = str(notice.circulated_on)
        if notice.addressees is not None:
            keys["addressees"] = sorted(notice.addressees)
    return keys


def notification(communication: Communication, record: Record) -> Source | None:
    """The depositary notification itself, where it is among the sources of the communication."""
    for id in (*communication.circulated_sources, *communication.sources):
        source = record.source(id)
        if communication.reference and number(communication.reference) in source.url:
            return source
    return None


def number(reference: str) -> str:
    """Of C.N.362.2025.TREATIES-<chapter> what stands in its address: /CN.362.2025-."""
    return f"/CN.{'.'.join(reference.split('.')[2:4])}-"


def of_conflict(found: ConflictStanding, record: Record) -> Keys:
    """A conflict; its dates are ISO 8601 with the precision that is known."""
    conflict = found.conflict
    return {
        **fields(conflict, "name", "kind"),
        "start": str(conflict.start),
        "end": as_text(conflict.end),
        "occupation": conflict.occupation is not None,
        "suspends": found.suspends,
        "sources": of_sources(conflict.sources, record),
        "end_sources": of_sources(conflict.end_sources, record),
    }


def of_sources(ids: Iterable[str], record: Record) -> list[Keys]:
    """The sources with these ids; `title_from` is ``address`` where the page has another title."""
    return [fields(record.source(id), "id", "title", "title_from", "url") for id in ids]


def fields(found: object, *names: str) -> Keys:
    return {name: getattr(found, name) for name in names}


def as_text(value: object) -> str | None:
    return None if value is None else str(value)


def settled(value: object) -> object:
    """A value; of a date its day, or None where that is not settled."""
    return as_text(value.day) if isinstance(value, PartialDate) else value


def between(date: PartialDate | None) -> Keys | None:
    return None if date is None or date.day else ends(date.earliest, date.latest)


def ends(earliest: object, latest: object) -> Keys:
    return {"earliest": str(earliest), "latest": str(latest)}
