"""The one vocabulary of machine formats: a result as plain keys and values.

JSON, CSV, TSV and --field all read these; a date that is not settled to
the day is null here and a pair of ends under `..._between`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ottawa_cli import __version__
from ottawa_cli.dataset.record import Record
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.inquiry.keys import STANDING, Keys, between, fields, of_sources, settled, written
from ottawa_cli.rules.notes import notes

if TYPE_CHECKING:
    from ottawa_cli.rules.leaving import Leaving
    from ottawa_cli.rules.state_counts import Counted

SCHEMA_VERSION = 2
NUMBERS = ("signatories", "joined", "bound_least", "bound_most")
COLUMNS = {  # of the machine table of a command, and of what a count tells
    # The keys of a State but those that hold several things; a pair is two.
    "status": tuple(
        key.replace("between", end)
        for key in STANDING
        if key not in {"possible_statuses", "conflicts", "notes", "sources"}
        for end in (("earliest", "latest") if key.endswith("between") else ("between",))
    ),
    "timeline": (
        "date", "date_precision", "iso3", "treaty", "kind", "title", "basis", "provision",
        "sources",
    ),
    "leave": (
        "iso3", "name", "treaty", "received_on", "period_end_on", "earliest_effect_on", "waits_for",
        "revoke_before", "notes",
    ),
    "changes": ("date", "iso3", "name", "treaty", "kind", "basis", *NUMBERS),
    "series": ("date", *NUMBERS),
    "panel": ("date", "iso3", "name", "treaty", "status", "bound"),
    "clauses": (
        "id", "treaty", "article", "depositary", "starts", "period", "first_of_month", "day",
        "notice_by", "years_after", "membership_years", "later_day", "conflict", "settles", "quote",
        "practice", "note", "not_computed", "sources",
    ),
}  # fmt: skip
STEP = ("id", "provision", "basis", "before", "after", "text", "reading")
OUTCOME = ("status", "bound", "effective_on")
# What stands between the entries of a list in a cell.
JOINED = {"addressees": ";", "notes": ";", "settles": ";", "sources": " ", "waits_for": "; "}


class Grid(NamedTuple):
    """The machine table: of each row's keys those that are its columns.

    `cited_by` is the key of a source that stands for it in a cell.
    """

    columns: tuple[str, ...]
    keys: list[Keys]
    cited_by: str = "id"

    @property
    def rows(self) -> list[list[str]]:
        """The texts in the cells of each row."""
        return [[_cell(name, keys, self.cited_by) for name in self.columns] for keys in self.keys]

    @property
    def sources(self) -> list[list[str]]:
        """The ids of the sources behind each row, for the formats that cite them."""
        return [[source["id"] for source in keys.get("sources", ())] for keys in self.keys]


def _cell(column: str, keys: Keys, cited_by: str) -> str:
    """A key as it stands in a table: one end of a pair, or the entries of a list in a row."""
    pair, _, end = column.rpartition("_")
    if end in {"earliest", "latest"}:
        return text((keys[f"{pair}_between"] or {}).get(end))
    value = keys[column]
    if isinstance(value, dict):
        value = [f"{key}={chosen}" for key, chosen in value.items()]
    if isinstance(value, list):
        shown = {"notes": "code", "sources": cited_by}.get(column)
        return JOINED[column].join(dict.fromkeys(e[shown] if shown else e for e in value))
    return text(value)


def text(value: object) -> str:
    """A scalar as it stands in a table: empty where unknown, yes or no for a truth value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def grid(content: Keys, table: str) -> Grid:
    """The machine table of a JSON object: a row for each entry of its last key, a list, or of the
    courses of States for each of their events. `table` is the key of its columns."""
    *_, last = content
    rows = content[last]
    if table == "timeline":
        rows = [event for state in rows for event in state["events"]]
    return Grid(COLUMNS[table], rows, cited_by="url" if table == "clauses" else "id")


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


def of_timeline(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its events and spans; a span ends before its `to`."""
    return {
        **inquiry.standing(iso3).to_dict(),
        "events": _of_events(inquiry, iso3),
        "spans": [
            {
                "iso3": iso3,
                "phase": phase,
                "basis": basis,
                "from": written(start),
                "to": written(end),
            }
            for phase, start, end, basis in inquiry.spans(iso3)
        ],
    }


def _of_events(inquiry: Inquiry, iso3: str) -> list[Keys]:
    return [
        {
            "date": written(event.date),
            "date_precision": event.date.precision if event.date else None,
            "iso3": iso3,
            "treaty": inquiry.treaty.id,
            **fields(event, "kind", "title", "basis", "provision"),
            "sources": of_sources(map(inquiry.record.source, event.sources)),
        }
        for event in inquiry.events(iso3)
    ]


def of_leaving(leaving: Leaving, record: Record) -> Keys:
    """The keys of one State that could leave, in the published order."""
    standing, notice = leaving.standing, leaving.notice
    effect = settled(leaving.earliest_effect_on)
    return {
        **fields(standing, "iso3", "name"),
        "treaty": standing.state.treaty.id,
        "answer": leaving.sentence,
        "basis": notice.basis if notice else None,
        "received_on": settled(standing.received_on) if notice else None,
        "period_end_on": settled(standing.period_end_on) if notice else None,
        "earliest_effect_on": effect,
        "earliest_effect_between": between(leaving.earliest_effect_on),
        "waits_for": list(leaving.waits_for),
        "revoke_before": effect,
        "month_ends": {value: written(day) for value, day in leaving.month_ends} or None,
        "notes": [note._asdict() for note in notes(standing)],
        "sources": of_sources(map(record.source, standing.sources)),
    }


def of_counted(row: Counted, record: Record) -> Keys:
    """A row of a count: a day's numbers, a State's place, or a change and the numbers after it."""
    from ottawa_cli.rules.state_counts import Change, Place

    match row:
        case Change(state, kind, event, after):
            date, sources = str(event.date), of_sources(map(record.source, event.sources))
            own = {
                "kind": kind,
                "basis": event.basis,
                **fields(after, *NUMBERS),
                "sources": sources,
            }
        case Place(day, state):
            date, own = str(day), fields(row, "status", "bound")
        case _:
            return fields(row, "date", *NUMBERS)
    return {"date": date, **fields(state, "iso3", "name"), "treaty": state.treaty.id, **own}


def of_explanation(inquiry: Inquiry, iso3: str) -> Keys:
    """The keys of one State with its derivation, its firmness, the open points and what remains."""
    from ottawa_cli.rules.steps import steps

    source = inquiry.record.source
    standing, firmness, points, remaining = inquiry.explanation(iso3)
    return {
        **inquiry.standing(iso3).to_dict(),
        "steps": [
            {**fields(step, *STEP), "sources": of_sources(map(source, step.sources))}
            for step in steps(standing)
        ],
        "robustness": {
            **fields(firmness, "combinations", "firm"),
            "changes": [
                {"choices": dict(change.choices), **fields(change.finding, *OUTCOME)}
                for change in firmness.changes
            ],
            # A fact that decides: the days it lies between, and what follows from which.
            "unsettled": [
                {
                    **fields(unsettled, "fact", "conflict"),
                    **fields(unsettled.date, "earliest", "latest"),
                    "outcomes": [
                        {"earliest": str(first), "latest": str(last), **fields(finding, *OUTCOME)}
                        for first, last, finding in unsettled.findings
                    ],
                }
                for unsettled in firmness.unsettled
            ],
        },
        "points": [point._asdict() for point in points],
        "remaining": [
            {"provision": provision, "text": text, "sources": of_sources(map(source, ids))}
            for provision, text, ids in remaining
        ],
    }
