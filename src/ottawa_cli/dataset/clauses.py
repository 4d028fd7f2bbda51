"""The withdrawal clauses of data/clauses.yaml."""

from functools import cache

from ottawa_cli.dataset.build import as_clause
from ottawa_cli.dataset.shipped import raw_clauses
from ottawa_cli.model import Clause, Source, UnknownClause


@cache
def clauses() -> dict[str, Clause]:
    """Every clause that is computed, by its id."""
    return {id: as_clause(id, entry) for id, entry in raw_clauses()["clauses"].items()}


def clause(id: str | None = None) -> Clause:
    """The clause of that id, in any case, or the first one of the file. Raises UnknownClause."""
    known = clauses()
    wanted = next(iter(known)) if id is None else id.strip().upper()
    if wanted in known:
        return known[wanted]
    refused = {name: entry for entry in raw_clauses()["not_computed"] for name in entry["ids"]}
    if wanted in refused:
        raise UnknownClause(f"{wanted} is not computed: {refused[wanted]['answer'].rstrip('.')}")
    from difflib import get_close_matches

    near = get_close_matches(wanted, [*known, *refused], 1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UnknownClause(f"no clause {id!r}: {hint}'ottawa data clauses' lists them")


def clause_source(id: str) -> Source:
    """A source of the clauses. Raises KeyError."""
    return Source(id, **raw_clauses()["sources"][id])
