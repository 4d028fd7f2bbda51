"""`ottawa data clauses`: the withdrawal clauses in words, and as keys for machines."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator

from ottawa_cli import __version__
from ottawa_cli.dataset.clauses import clause_source, clauses
from ottawa_cli.dataset.shipped import raw_clauses
from ottawa_cli.inquiry.keys import Keys, fields, of_sources
from ottawa_cli.model import Clause
from ottawa_cli.render.document import Document, Footer, Heading, Items, Table
from ottawa_cli.render.machine_keys import COLUMNS, grid
from ottawa_cli.render.report_parts import ADVICE, citations

LATER = {"stated": "or a later day that the notice states", "open": "or a later day"}
BARRED = {"any": "armed conflict", "NIAC": "non-international armed conflict"}


def rule(clause: Clause) -> Iterator[str]:
    """What a clause says of the day of effect, part by part."""
    if year := clause.year:
        before = " of the year before" if year.years_after else ""
        yield f"on {_in_words(year.day)}, by a notice up to {_in_words(year.notice_by)}{before}"
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


def _in_words(day: str) -> str:
    """A day of the year, MM-DD, in words."""
    return f"{int(day[3:])} {month_name[int(day[:2])]}"


def document() -> Document:
    """The clauses, their words, what is not computed, and the sources of it all."""
    computed, refused = clauses().values(), raw_clauses()["not_computed"]
    ids_of_rows = grid(content(), "clauses").sources  # the clauses that are computed come first
    rows = []
    for clause, ids in zip(computed, ids_of_rows, strict=False):
        article = f"{clause.treaty}, Art. {clause.article}"
        rows.append((clause.id, article, "; ".join(rule(clause)), ", ".join(ids)))
    columns = ("Id", "Treaty", "When", "Sources")
    words = tuple(" ".join([f"{c.id}:", c.quote, c.note or ""]) for c in computed)
    reasons = tuple(f"{', '.join(entry['ids'])}: {entry['answer']}" for entry in refused)
    return (
        Heading("Withdrawal clauses", f"Reviewed {raw_clauses()['version']}."),
        Table(columns, tuple(rows), wraps=columns, keyed=True),
        Items("Their words", words),
        Items("The practice", tuple(f"{clause.id}: {clause.practice}" for clause in computed)),
        Items("Not computed", reasons),
        citations(map(clause_source, dict.fromkeys(id for ids in ids_of_rows for id in ids))),
        Footer((ADVICE,)),
    )


def content() -> Keys:
    """The clauses as keys, each with its sources."""
    version = raw_clauses()["version"]
    return {"tool_version": __version__, "version": version, "clauses": list(_keys())}


def _keys() -> Iterator[Keys]:
    """The keys of each clause, and of each that is not computed, null where it says nothing."""
    columns = COLUMNS["clauses"]
    empty: Keys = {**dict.fromkeys(columns), "settles": {}}
    for clause in clauses().values():
        ids = dict.fromkeys((*clause.sources, *clause.practice_sources))
        yield {
            **empty,
            **fields(clause, *(column for column in columns if column in Clause._fields)),
            **(clause.year._asdict() if clause.year else {}),
            "period": clause.period or None,
            "membership_years": clause.membership_years or None,
            "settles": dict(clause.settles),
            "sources": of_sources(map(clause_source, ids)),
        }
    for entry in raw_clauses()["not_computed"]:
        sources = of_sources(map(clause_source, entry["sources"]))
        id, answer = entry["ids"][0], entry["answer"]
        yield {**empty, "id": id, "not_computed": answer, "sources": sources}
