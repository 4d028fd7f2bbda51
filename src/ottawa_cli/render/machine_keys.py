"""The one vocabulary of machine formats: a result as plain keys and values.

JSON, CSV, TSV and --field all read these; a date that is not settled to
the day is null here and a pair of ends under `..._between`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ottawa_cli import __version__
from ottawa_cli.dataset.record import Record
from ottawa_cli.dates import PartialDate
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import State
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.result import ConflictStanding, Standing

if TYPE_CHECKING:
    from ottawa_cli.rules.counting import Counted
    from ottawa_cli.rules.leaving import Leaving
    from ottawa_cli.rules.standing import Finding

SCHEMA_VERSION = 2
# The keys of a State in the published order, and those of them that hold one value.
STANDING = (
    "iso3", "iso2", "name", "status", "possible_statuses", "bound", "contested", "signed_on",
    "instrument", "deposited_on", "deposited_between", "in_force_on", "in_force_between",
    "received_on", "reference", "revoked_on", "period_end_on", "effective_on", "effective_basis",
    "days_to_effective", "conflicts", "notes", "sources",
)  # fmt: skip
MANY = {
    "possible_statuses", "deposited_between", "in_force_between", "conflicts", "notes", "sources",
}  # fmt: skip
SCALARS = tuple(key for key in STANDING if key not in MANY)
EVENT_SCALARS = (
    "date", "date_precision", "iso3", "kind", "title", "basis", "provision", "sources",
)  # fmt: skip
# The columns of `leave`. Every State is asked about under this treaty.
LEAVING = (
    "iso3", "name", "treaty", "received_on", "period_end_on", "earliest_effect_on", "waits_for",
    "revoke_before", "notes",
)  # fmt: skip
NUMBERS = ("signatories", "joined", "bound_least", "bound_most")
COUNTED = {  # what a count tells -> the columns of its rows
    "changes": ("date", "iso3", "name", "treaty", "kind", "basis", *NUMBERS),
    "series": ("date", *NUMBERS),
    "panel": ("date", "iso3", "name", "treaty", "status", "bound"),
}
TREATY = "ottawa"
STEP = ("id", "provision", "basis", "before", "after", "text", "reading")

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
    found = [of_standing(standing, record) for standing in standings]
    rows = [[keys[key] for key in SCALARS] for keys in found]
    return Grid(SCALARS, rows, [standing.sources for standing in standings])


def grid_of_events(inquiry: Inquiry, iso3s: list[str]) -> Grid:
    """One row an event of the States' courses; sources as ids, joined by blanks."""
    found = [keys for iso3 in iso3s for keys in _of_events(inquiry, iso3)]
    ids = [tuple(source["id"] for source in keys["sources"]) for keys in found]
    found = [keys | {"sources": " ".join(own)} for keys, own in zip(found, ids, strict=True)]
    return Grid(EVENT_SCALARS, [list(keys.values()) for keys in found], ids)


def grid_of_count(rows: list[Keys], told: str) -> Grid:
    """One row a change, a day or a State and day: what is `told` of a count."""
    columns = COUNTED[told]
    ids = [tuple(source["id"] for source in keys.get("sources", ())) for keys in rows]
    return Grid(columns, [[keys[name] for name in columns] for keys in rows], ids)


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
    found = {key: _settled(getattr(standing, key, None)) for key in SCALARS}
    found |= {
        "possible_statuses": list(standing.possible_statuses),
        "deposited_between": _between(standing.deposited_on),
        "in_force_between": _between(standing.in_force_on),
        "reference": standing.notice.reference if standing.notice else None,
        "conflicts": [of_conflict(conflict, record) for conflict in standing.conflicts],
        "notes": [note._asdict() for note in notes(standing)],
        "sources": of_sources(standing.sources, record),
    }
    return {key: found[key] for key in STANDING}


def of_conflict(found: ConflictStanding, record: Record) -> Keys:
    """A conflict; its dates are ISO 8601 with the precision that is known."""
    conflict = found.conflict
    return {
        **_fields(conflict, "name", "kind"),
        "start": str(conflict.start),
        "end": _text(conflict.end),
        "occupation": conflict.occupation is not None,
        "suspends": found.suspends,
        "sources": of_sources(conflict.sources, record),
        "end_sources": of_sources(conflict.end_sources, record),
    }


def of_sources(ids: Iterable[str], record: Record) -> list[Keys]:
    """The sources with these ids; `title_from` is ``address`` where the page has another title."""
    return [_fields(record.source(id), "id", "title", "title_from", "url") for id in ids]


def text(value: object) -> str:
    """A scalar as it stands in a table: empty where unknown, yes or no for a truth value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text(value) or ""


def of_timeline(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its events and spans; a span ends before its `to`."""
    return {
        **of_standing(inquiry.standing(iso3), inquiry.record),
        "events": list(_of_events(inquiry, iso3)),
        "spans": [
            {
                "iso3": iso3,
                **_fields(span, "phase", "basis"),
                "from": _text(span.start),
                "to": _text(span.end),
            }
            for span in inquiry.spans(iso3)
        ],
    }


def _of_events(inquiry: Inquiry, iso3: str) -> Iterator[Keys]:
    for event in inquiry.events(iso3):
        yield {
            "date": _text(event.date),
            "date_precision": event.date.precision if event.date else None,
            "iso3": iso3,
            **_fields(event, "kind", "title", "basis", "provision"),
            "sources": of_sources(event.sources, inquiry.record),
        }


def of_leaving(found: Leaving, record: Record) -> Keys:
    """The keys of one State that could leave, in the published order."""
    standing, effect = found.standing, found.earliest_effect_on
    period = (standing.received_on, standing.period_end_on) if found.notice else (None, None)
    return {
        **_fields(standing, "iso3", "name"),
        "treaty": TREATY,
        "answer": found.sentence,
        "basis": found.notice.basis if found.notice else None,
        "received_on": _settled(period[0]),
        "period_end_on": _settled(period[1]),
        "earliest_effect_on": _settled(effect),
        "earliest_effect_between": _between(effect),
        "waits_for": list(found.waits_for),
        "revoke_before": _settled(effect),
        "month_ends": {value: _text(day) for value, day in found.month_ends} or None,
        "notes": [note._asdict() for note in notes(standing)],
        "sources": of_sources(standing.sources, record),
    }


def grid_of_leavings(found: list[Leaving], record: Record) -> Grid:
    """One row a State; conflicts and the codes of notes joined by semicolons."""
    rows = []
    for one in found:
        keys = of_leaving(one, record)
        keys["waits_for"] = "; ".join(keys["waits_for"])
        keys["notes"] = ";".join(dict.fromkeys(note["code"] for note in keys["notes"]))
        rows.append([keys[key] for key in LEAVING])
    return Grid(LEAVING, rows, [one.standing.sources for one in found])


def of_counted(row: Counted, record: Record) -> Keys:
    """A row of a count: a day's numbers, a State's place, or a change and the numbers after it."""
    from ottawa_cli.rules.counting import Change, Place

    match row:
        case Change(state, kind, event, after):
            return {
                **_of_state_on(event.date, state),
                "kind": kind,
                "basis": event.basis,
                **_fields(after, *NUMBERS),
                "sources": of_sources(event.sources, record),
            }
        case Place(date, state):
            return {**_of_state_on(date, state), **_fields(row, "status", "bound")}
    return {"date": str(row.date), **_fields(row, *NUMBERS)}


def _of_state_on(date: object, state: State) -> Keys:
    return {"date": str(date), **_fields(state, "iso3", "name"), "treaty": TREATY}


def of_explanation(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its derivation, its firmness, the open points and what remains."""
    from ottawa_cli.rules.steps import steps

    record = inquiry.record
    standing, firmness, points, remaining = inquiry.explanation(iso3)
    return {
        **of_standing(standing, record),
        "steps": [
            {**_fields(step, *STEP), "sources": of_sources(step.sources, record)}
            for step in steps(standing)
        ],
        "robustness": {
            **_fields(firmness, "combinations", "firm"),
            "changes": [
                {"choices": dict(change.choices), **_of_finding(change.finding)}
                for change in firmness.changes
            ],
            # A fact that decides: the days it lies between, and what follows from which.
            "unsettled": [
                {
                    **_fields(unsettled, "fact", "conflict"),
                    **_ends(unsettled.date.earliest, unsettled.date.latest),
                    "outcomes": [
                        {**_ends(first, last), **_of_finding(finding)}
                        for first, last, finding in unsettled.findings
                    ],
                }
                for unsettled in firmness.unsettled
            ],
        },
        "points": [point._asdict() for point in points],
        "remaining": [
            {"provision": provision, "text": text, "sources": of_sources(ids, record)}
            for provision, text, ids in remaining
        ],
    }


def _of_finding(finding: Finding) -> Keys:
    return _fields(finding, "status", "bound") | {"effective_on": _text(finding.effective_on)}


def _fields(found: object, *names: str) -> Keys:
    return {name: getattr(found, name) for name in names}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _settled(value: object) -> object:
    """A value; of a date its day, or None where that is not settled."""
    return _text(value.day) if isinstance(value, PartialDate) else value


def _between(date: PartialDate | None) -> Keys | None:
    return None if date is None or date.day else _ends(date.earliest, date.latest)


def _ends(earliest: object, latest: object) -> Keys:
    return {"earliest": str(earliest), "latest": str(latest)}
