"""The one vocabulary of machine formats: a result as plain keys and values.

JSON, CSV, TSV and --field all read these; a date that is not settled to
the day is null here and a pair of ends under `..._between`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ottawa_cli import __version__
from ottawa_cli.dataset.record import Record
from ottawa_cli.dates import PartialDate
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import Conflict
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.result import Standing

if TYPE_CHECKING:
    from ottawa_cli.rules.sensitivity import Unsettled
    from ottawa_cli.rules.standing import Finding

SCHEMA_VERSION = 2
SCALARS = (
    "iso3", "iso2", "name", "status", "bound", "contested", "signed_on", "instrument",
    "deposited_on", "in_force_on", "received_on", "reference", "revoked_on",
    "period_end_on", "effective_on", "effective_basis", "days_to_effective",
)  # fmt: skip

EVENT_SCALARS = (
    "date", "date_precision", "iso3", "kind", "title", "basis", "provision", "sources",
)  # fmt: skip

Keys = dict[str, Any]


class Grid(NamedTuple):
    """The machine table: named columns and rows of values, None where unknown.

    `sources` are the ids behind each row, for the formats that cite them.
    """

    columns: tuple[str, ...]
    rows: list[list[object]]
    sources: list[tuple[str, ...]]

    def picking(self, names: list[str]) -> Grid:
        """The table with these columns only, in this order."""
        at = [self.columns.index(name) for name in names]
        return Grid(tuple(names), [[row[i] for i in at] for row in self.rows], self.sources)


def grid_of_standings(standings: list[Standing], record: Record) -> Grid:
    """One row a State: the keys that hold one value."""
    rows = []
    for one in standings:
        found = of_standing(one, record)
        rows.append([found[key] for key in SCALARS])
    return Grid(SCALARS, rows, [one.sources for one in standings])


def grid_of_events(inquiry: Inquiry, iso3s: list[str]) -> Grid:
    """One row an event of the States' courses; sources as ids, joined by blanks."""
    found = [event for iso3 in iso3s for event in of_timeline(inquiry, iso3)["events"]]
    ids = [tuple(source["id"] for source in event["sources"]) for event in found]
    rows = [
        [" ".join(own) if key == "sources" else event[key] for key in EVENT_SCALARS]
        for event, own in zip(found, ids, strict=True)
    ]
    return Grid(EVENT_SCALARS, rows, ids)


def envelope(inquiry: Inquiry) -> Keys:
    """What every answer says about itself; `states` is left to the caller."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool_version": __version__,
        "data_version": inquiry.record.version,
        "as_of": str(inquiry.as_of),
        "readings": dict(inquiry.readings.items()),
        "assumptions": inquiry.said,
    }


def of_standing(standing: Standing, record: Record) -> Keys:
    """Every key of one State, in the published order."""
    return {
        "iso3": standing.iso3,
        "iso2": standing.iso2,
        "name": standing.name,
        "status": standing.status,
        "possible_statuses": list(standing.possible_statuses),
        "bound": standing.bound,
        "contested": standing.contested,
        "signed_on": _day(standing.signed_on),
        "instrument": standing.instrument,
        "deposited_on": _day(standing.deposited_on),
        "deposited_between": _between(standing.deposited_on),
        "in_force_on": _day(standing.in_force_on),
        "in_force_between": _between(standing.in_force_on),
        "received_on": _day(standing.received_on),
        "reference": standing.notice.reference if standing.notice else None,
        "revoked_on": _day(standing.revoked_on),
        "period_end_on": _day(standing.period_end_on),
        "effective_on": _day(standing.effective_on),
        "effective_basis": standing.effective_basis,
        "days_to_effective": standing.days_to_effective,
        "conflicts": [
            of_conflict(engaged.conflict, engaged.suspends, record)
            for engaged in standing.conflicts
        ],
        "notes": [{"code": note.code, "text": note.text} for note in notes(standing)],
        "sources": of_sources(standing.sources, record),
    }


def of_conflict(conflict: Conflict, suspends: bool, record: Record) -> Keys:
    """A conflict; its dates are ISO 8601 with the precision that is known."""
    return {
        "name": conflict.name,
        "kind": conflict.kind,
        "start": str(conflict.start),
        "end": str(conflict.end) if conflict.end else None,
        "occupation": conflict.occupation is not None,
        "suspends": suspends,
        "sources": of_sources(conflict.sources, record),
        "end_sources": of_sources(conflict.end_sources, record),
    }


def of_sources(ids: Iterable[str], record: Record) -> list[Keys]:
    """The sources with these ids; `title_from` is ``address`` where the page has another title."""
    return [
        {"id": source.id, "title": source.title, "title_from": source.title_from, "url": source.url}
        for source in map(record.source, ids)
    ]


def text(value: object) -> str:
    """A scalar as it stands in a table: empty where unknown, yes or no for a truth value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _day(date: PartialDate | None) -> str | None:
    return str(date.day) if date and date.day else None


def _between(date: PartialDate | None) -> Keys | None:
    if date is None or date.day:
        return None
    return {"earliest": str(date.earliest), "latest": str(date.latest)}


def of_timeline(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its events and spans; a span ends before its `to`."""
    record = inquiry.record
    return {
        **of_standing(inquiry.standing(iso3), record),
        "events": [
            {
                "date": str(event.date) if event.date else None,
                "date_precision": event.date.precision if event.date else None,
                "iso3": iso3,
                "kind": event.kind,
                "title": event.title,
                "basis": event.basis,
                "provision": event.provision,
                "sources": of_sources(event.sources, record),
            }
            for event in inquiry.events(iso3)
        ],
        "spans": [
            {
                "iso3": iso3,
                "phase": span.phase,
                "basis": span.basis,
                "from": str(span.start) if span.start else None,
                "to": str(span.end) if span.end else None,
            }
            for span in inquiry.spans(iso3)
        ],
    }


def of_explanation(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its derivation, its firmness, the open points and what remains."""
    from ottawa_cli.rules.steps import steps

    record, explanation = inquiry.record, inquiry.explanation(iso3)
    firmness = explanation.sensitivity
    return {
        **of_standing(explanation.standing, record),
        "steps": [
            {
                "id": step.id,
                "provision": step.provision,
                "basis": step.basis,
                "before": step.before,
                "after": step.after,
                "text": step.text,
                "reading": step.reading,
                "sources": of_sources(step.sources, record),
            }
            for step in steps(explanation.standing)
        ],
        "robustness": {
            "combinations": firmness.combinations,
            "firm": firmness.firm,
            "changes": [
                {
                    "choices": dict(change.choices),
                    **_of_finding(change.finding),
                }
                for change in firmness.changes
            ],
            "unsettled": [_of_unsettled(fact) for fact in firmness.unsettled],
        },
        "points": [
            {
                "letter": point.letter,
                "reading": point.reading,
                "question": point.question,
                "default": point.default,
                "other": point.other,
            }
            for point in explanation.points
        ],
        "remaining": [
            {"provision": provision, "text": text, "sources": of_sources(ids, record)}
            for provision, text, ids in explanation.remaining
        ],
    }


def _of_unsettled(unsettled: Unsettled) -> Keys:
    """A fact that decides: the days between which it lies, and what follows from which."""
    return {
        "fact": unsettled.fact,
        "conflict": unsettled.conflict,
        "earliest": str(unsettled.date.earliest),
        "latest": str(unsettled.date.latest),
        "outcomes": [
            {
                "earliest": str(first),
                "latest": str(last),
                **_of_finding(finding),
            }
            for first, last, finding in unsettled.findings
        ],
    }


def _of_finding(finding: Finding) -> Keys:
    return {
        "status": finding.status,
        "bound": finding.bound,
        "effective_on": str(finding.effective_on) if finding.effective_on else None,
    }
