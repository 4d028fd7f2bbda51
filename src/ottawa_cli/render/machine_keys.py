"""The one vocabulary of machine formats: a result as plain keys and values.

JSON, CSV, TSV and --field all read these; a date that is not settled to
the day is null here and a pair of ends under `..._between`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ottawa_cli import __version__
from ottawa_cli.dataset.record import Record
from ottawa_cli.inquiry.inquiry import Inquiry, SourcedStanding
from ottawa_cli.inquiry.keys import (
    STANDING,
    Keys,
    as_text,
    between,
    ends,
    fields,
    of_sources,
    settled,
)
from ottawa_cli.model import State
from ottawa_cli.rules.notes import notes

if TYPE_CHECKING:
    from ottawa_cli.rules.counting import Counted
    from ottawa_cli.rules.leaving import Leaving
    from ottawa_cli.rules.standing import Finding

SCHEMA_VERSION = 2
# The keys of a State that hold no one value; those that do are the columns of a table.
MANY = {"possible_statuses", "conflicts", "notes", "sources"}
ENDS = {  # a pair of ends in JSON -> its columns in a table
    "deposited_between": ("deposited_earliest", "deposited_latest"),
    "in_force_between": ("in_force_earliest", "in_force_latest"),
}
SCALARS = tuple(column for key in STANDING if key not in MANY for column in ENDS.get(key, (key,)))
EVENT_SCALARS = (
    "date", "date_precision", "iso3", "treaty", "kind", "title", "basis", "provision", "sources",
)  # fmt: skip
# The columns of `leave`.
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
STEP = ("id", "provision", "basis", "before", "after", "text", "reading")


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


def grid_of_standings(standings: list[SourcedStanding]) -> Grid:
    """One row a State: the keys that hold one value, pairs of ends, and the addressees by `;`."""
    rows = []
    for standing in standings:
        keys = standing.to_dict()
        for pair, columns in ENDS.items():
            keys |= dict(zip(columns, (keys[pair] or {}).values(), strict=False))
        keys["addressees"] = ";".join(keys["addressees"] or ())
        rows.append([keys.get(column) for column in SCALARS])
    return Grid(SCALARS, rows, [standing.sources for standing in standings])


def grid_of_events(inquiry: Inquiry, iso3s: list[str]) -> Grid:
    """One row an event of the States' courses; sources as ids, joined by blanks."""
    found = [keys for iso3 in iso3s for each in inquiry.each for keys in _of_events(each, iso3)]
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
        "treaties": [each.treaty.id for each in inquiry.each],
        "as_of": str(inquiry.as_of),
        "readings": dict(inquiry.readings.items()),
        "assumptions": inquiry.said,
    }


def text(value: object) -> str:
    """A scalar as it stands in a table: empty where unknown, yes or no for a truth value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return as_text(value) or ""


def of_timeline(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its events and spans; a span ends before its `to`."""
    return {
        **inquiry.standing(iso3).to_dict(),
        "events": list(_of_events(inquiry, iso3)),
        "spans": [
            {
                "iso3": iso3,
                **fields(span, "phase", "basis"),
                "from": as_text(span.start),
                "to": as_text(span.end),
            }
            for span in inquiry.spans(iso3)
        ],
    }


def _of_events(inquiry: Inquiry, iso3: str) -> Iterator[Keys]:
    for event in inquiry.events(iso3):
        yield {
            "date": as_text(event.date),
            "date_precision": event.date.precision if event.date else None,
            "iso3": iso3,
            "treaty": inquiry.treaty.id,
            **fields(event, "kind", "title", "basis", "provision"),
            "sources": of_sources(event.sources, inquiry.record),
        }


def of_leaving(found: Leaving, record: Record) -> Keys:
    """The keys of one State that could leave, in the published order."""
    standing, effect = found.standing, found.earliest_effect_on
    period = (standing.received_on, standing.period_end_on) if found.notice else (None, None)
    return {
        **fields(standing, "iso3", "name"),
        "treaty": standing.state.treaty.id,
        "answer": found.sentence,
        "basis": found.notice.basis if found.notice else None,
        "received_on": settled(period[0]),
        "period_end_on": settled(period[1]),
        "earliest_effect_on": settled(effect),
        "earliest_effect_between": between(effect),
        "waits_for": list(found.waits_for),
        "revoke_before": settled(effect),
        "month_ends": {value: as_text(day) for value, day in found.month_ends} or None,
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
                **fields(after, *NUMBERS),
                "sources": of_sources(event.sources, record),
            }
        case Place(date, state):
            return {**_of_state_on(date, state), **fields(row, "status", "bound")}
    return {"date": str(row.date), **fields(row, *NUMBERS)}


def _of_state_on(date: object, state: State) -> Keys:
    return {"date": str(date), **fields(state, "iso3", "name"), "treaty": state.treaty.id}


def of_explanation(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its derivation, its firmness, the open points and what remains."""
    from ottawa_cli.rules.steps import steps

    record = inquiry.record
    standing, firmness, points, remaining = inquiry.explanation(iso3)
    return {
        **inquiry.standing(iso3).to_dict(),
        "steps": [
            {**fields(step, *STEP), "sources": of_sources(step.sources, record)}
            for step in steps(standing)
        ],
        "robustness": {
            **fields(firmness, "combinations", "firm"),
            "changes": [
                {"choices": dict(change.choices), **_of_finding(change.finding)}
                for change in firmness.changes
            ],
            # A fact that decides: the days it lies between, and what follows from which.
            "unsettled": [
                {
                    **fields(unsettled, "fact", "conflict"),
                    **ends(unsettled.date.earliest, unsettled.date.latest),
                    "outcomes": [
                        {**ends(first, last), **_of_finding(finding)}
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
    return fields(finding, "status", "bound") | {"effective_on": as_text(finding.effective_on)}
