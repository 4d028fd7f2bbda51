"""The vocabulary of one State: where it stands as plain keys and values.

A date that is not settled to the day is None here, and a pair of ends under `..._between`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
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

Keys = dict[str, Any]
DATES = (dt.date, PartialDate)


def of_standing(standing: Standing, record: Record) -> Keys:
    """Every key of one State, in the published order."""
    keys = {
        "treaty": standing.state.treaty.id,
        "possible_statuses": list(standing.possible_statuses),
        "deposited_between": between(standing.deposited_on),
        "in_force_between": between(standing.in_force_on),
        **(_of_notice(standing.notice, standing.as_of, record) if standing.notice else {}),
        "conflicts": [_of_conflict(conflict, record) for conflict in standing.conflicts],
        "notes": [note._asdict() for note in notes(standing)],
        "sources": of_sources(map(record.source, standing.sources)),
    }
    return {
        key: keys[key] if key in keys else settled(getattr(standing, key, None)) for key in STANDING
    }


def _of_notice(notice: Communication, as_of: dt.date, record: Record) -> Keys:
    """What is known of the notice, and of how the depositary told of it."""
    copy, circulated_on = notification(notice, record), notice.circulated_on
    return {
        **fields(notice, "reference", "reasons"),
        "reference_url": copy.url if copy else None,
        "circulated_on": str(circulated_on) if circulated_on and circulated_on <= as_of else None,
        "addressees": None if notice.addressees is None else sorted(notice.addressees),
    }


def notification(communication: Communication, record: Record) -> Source | None:
    """The depositary notification itself, where it is among the sources of the communication."""
    if not communication.reference:
        return None
    # Of C.N.362.2025.TREATIES-<chapter> its address has /CN.362.2025-.
    number = f"/CN.{'.'.join(communication.reference.split('.')[2:4])}-"
    ids = (*communication.circulated_sources, *communication.sources)
    return next((source for source in map(record.source, ids) if number in source.url), None)


def _of_conflict(conflict_standing: ConflictStanding, record: Record) -> Keys:
    """A conflict, its dates with the precision that is known."""
    conflict, suspends = conflict_standing
    return {
        **fields(conflict, "name", "kind", "start", "end"),
        "occupation": conflict.occupation is not None,
        "suspends": suspends,
        "sources": of_sources(map(record.source, conflict.sources)),
        "end_sources": of_sources(map(record.source, conflict.end_sources)),
    }


def of_sources(sources: Iterable[Source]) -> list[Keys]:
    """Sources; `title_from` is ``address`` where the page has another title."""
    return [_of_source(source).copy() for source in sources]


@cache
def _of_source(source: Source) -> Keys:
    return fields(source, "id", "title", "title_from", "url")


def fields(result: object, *names: str) -> Keys:
    """These fields of a result as keys."""
    return {name: written(getattr(result, name)) for name in names}


def written(value: object) -> object:
    """A value; of a date ISO 8601 with the precision that is known."""
    return str(value) if isinstance(value, DATES) else value


def settled(value: object) -> object:
    """A value; of a date its day, or None where that is not settled."""
    if isinstance(value, PartialDate):
        value = value.day
    return str(value) if isinstance(value, dt.date) else value


def between(date: PartialDate | None) -> Keys | None:
    """The ends of a date that is not settled to the day."""
    return None if date is None or date.day else fields(date, "earliest", "latest")
