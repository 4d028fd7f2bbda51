"""What the tests of the rules share: facts in few words, and a State made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from ottawa_cli import Record
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Conflict, Deposit, State, Treaty

# The same cases on every machine and in every run: a failure is a finding, not luck.
settings.register_profile(
    "rules", max_examples=300, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
settings.load_profile("rules")

Day = dt.date | PartialDate
Facts = Callable[..., State]


def _partial(day: Day) -> PartialDate:
    return day if isinstance(day, PartialDate) else exact(day)


@pytest.fixture(scope="session")
def conflict() -> Callable[..., Conflict]:
    """An armed conflict: `conflict(start, end=None, kind=None, **other fields)`."""

    def make(start: Day, end: Day | None = None, kind: str | None = None, **more: Any) -> Conflict:
        if kind == "OCC":
            kind, more = "IAC", {"occupation": "only", **more}
        name = more.pop("name", f"conflict from {start}")
        last = None if end is None else _partial(end)
        ends = ("E1",) if last else ()
        return Conflict(
            name, _partial(start), kind, last, sources=("C1",), end_sources=ends, **more
        )

    return make


@pytest.fixture(scope="session")
def sent() -> Callable[..., Communication]:
    """A communication to the depositary: `sent("withdrawal", day, **other fields)`."""

    def make(kind: str, day: Day, **more: Any) -> Communication:
        return Communication(kind, _partial(day), sources=("N1",), **more)

    return make


@pytest.fixture(scope="session")
def treaty(record: Record) -> Treaty:
    """The treaty whose States the rules are tried on."""
    return record.treaty()


@pytest.fixture(scope="session")
def party(sent: Callable[..., Communication], treaty: Treaty) -> Facts:
    """A State for which the Convention entered into force on 1 March 1999.

    `notices` and `revocations` are days; anything else is a field of State.
    """

    def make(notices: Iterable[Day] = (), revocations: Iterable[Day] = (), **fields: Any) -> State:
        joined = Deposit("accession", exact(dt.date(1998, 6, 1)), sources=("D1",))
        fields.setdefault("deposits", (joined,))
        fields.setdefault("signature_sources", ("G1",) if "signed_on" in fields else ())
        fields["communications"] = (
            *(sent("withdrawal", day) for day in notices),
            *(sent("revocation", day) for day in revocations),
            *fields.get("communications", ()),
        )
        # ISO 3166 leaves these codes to users: they are no State's.
        return State("XXA", "XA", "Someland", treaty, sources=("S1",), **fields)

    return make
