"""`ottawa data clauses`: the withdrawal clauses in words, and as keys for machines."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator
from typing import Any

from ottawa_cli import __version__
from ottawa_cli.dataset.clauses import clause_source, clauses
from ottawa_cli.dataset.shipped import raw_clauses
from ottawa_cli.inquiry.keys import fields
from ottawa_cli.model import Clause
from ottawa_cli.render.document import Document, Footer, Heading, Items, Table
from ottawa_cli.render.machine_keys import Grid
from ottawa_cli.render.report_parts import ADVICE, citations

COLUMNS = (
    "id", "treaty", "article", "depositary", "starts", "period", "first_of_month", "day",
    "notice_by", "years_after", "membership_years", "later_day", "conflict", "settles", "quote",
    "practice", "note", "not_computed", "sources",
)  # fmt: skip
LATER = {"stated": "or a later day that the notice states", "open": "or a later day"}
BARRED = {"any": "armed conflict", "NIAC": "non-international armed conflict"}


def rule(clause: Clause) -> Iterator[str]:
    """What a clause says of the day of effect, part by part."""
    if year := clause.year:
        before = " of the year before" if year.years_after else ""
        yield f"on {_said(year.day)}, by a notice up to {_said(year.notice_by)}{before}"
    else:
        yield f"{clause.period} from receipt"
    if clause.first_of_month:
        yield "then the first of the month that follows"
    if clause.membership_years:
        yield f"no notice in the first {clause.membership_years} years"
    if clause.later_day:
        yield LATER[clause.later_day]
    if clause.conflict in BARRED:
        yield f"barred by {BARRED[clause.conflict]} when that time is over"
    yield from (f"settled: {key}={value}" for key, value in clause.settles)


def document() -> Document:
    """The clauses, their words, what is not computed, and the sources of it all."""
    known, refused = clauses().values(), raw_clauses()["not_computed"]
    rows = [
        (one.id, f"{one.treaty}, Art. {one.article}", "; ".join(rule(one)), ", ".join(_told(one)))
        for one in known
    ]
    cited = [id for one in known for id in _told(one)]
    cited += [id for entry in refused for id in entry["sources"]]
    columns = ("Id", "Treaty", "When", "Sources")
    return (
        Heading("Withdrawal clauses", f"Reviewed {raw_clauses()['version']}."),
        Table(columns, tuple(rows), wraps=columns, keyed=True),
        Items("Their words", tuple(" ".join([f"{c.id}:", c.quote, c.note or ""]) for c in known)),
        Items("The practice", tuple(f"{one.id}: {one.practice}" for one in known)),
        Items("Not computed", tuple(f"{', '.join(e['ids'])}: {e['answer']}" for e in refused)),
        citations(clause_source(id) for id in dict.fromkeys(cited)),
        Footer((ADVICE,)),
    )


def content() -> dict[str, Any]:
    """The clauses as keys, each with its sources."""
    return {
        "tool_version": __version__,
        "version": raw_clauses()["version"],
        "clauses": [
            {
                **keys,
                "sources": [
                    fields(clause_source(id), "id", "title", "title_from", "url")
                    for id in keys["sources"]
                ],
            }
            for keys in _keys()
        ],
    }


def grid() -> Grid:
    """One row a clause; its sources by their addresses."""
    found = list(_keys())
    rows = []
    for keys in found:
        settles = ";".join(f"{key}={value}" for key, value in keys["settles"].items())
        urls = " ".join(dict.fromkeys(clause_source(id).url for id in keys["sources"]))
        rows.append([{**keys, "settles": settles, "sources": urls}[key] for key in COLUMNS])
    return Grid(COLUMNS, rows, [tuple(keys["sources"]) for keys in found])


def _said(day: str) -> str:
    """A day of the year, MM-DD, in words."""
    return f"{int(day[3:])} {month_name[int(day[:2])]}"


def _told(clause: Clause) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*clause.sources, *clause.practice_sources)))


def _keys() -> Iterator[dict[str, Any]]:
    """The keys of each clause, and of each that is not computed, null where it says nothing."""
    empty: dict[str, Any] = {**dict.fromkeys(COLUMNS), "settles": {}}
    for one in clauses().values():
        keys = {key: getattr(one, key) for key in COLUMNS if key in Clause._fields}
        year = one.year._asdict() if one.year else {}
        own = {"period": one.period or None, "membership_years": one.membership_years or None,
               "settles": dict(one.settles), "sources": list(_told(one))}  # fmt: skip
        yield {**empty, **keys, **year, **own}
    for entry in raw_clauses()["not_computed"]:
        own = {"not_computed": entry["answer"], "sources": entry["sources"]}
        yield {**empty, "id": entry["ids"][0], **own}
