"""What-ifs: a State of the record and assumptions go in, a State comes out.

The rules never know that they read a what-if; every assumed fact is marked.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeVar

from ottawa_cli.dates import exact, parse_day
from ottawa_cli.model import Communication, Conflict, Deposit, Event, State
from ottawa_cli.rules.article_17 import entry_into_force

KINDS = ("IAC", "NIAC", "OCC")  # as classified: international, non-international, occupation only


class ScenarioError(ValueError):
    """Assumptions that contradict each other or the record; the message says which."""


class AssumedConflict(NamedTuple):
    """An armed conflict from `start` to `end` (None: no end); `kind` IAC, NIAC, OCC or None."""

    start: dt.date
    end: dt.date | None = None
    kind: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``FROM..[TO][@KIND]``. Raises ScenarioError or DateError."""
        span, at, kind = text.strip().partition("@")
        first, dots, last = span.partition("..")
        kind = kind.upper()
        if not dots or not first.strip() or (at and kind not in KINDS):
            wanted = "FROM..[TO][@KIND], as in 2014-02-27..2026-12-31@IAC, KIND one of"
            raise ScenarioError(f"conflict {text!r}: write {wanted} {', '.join(KINDS)}")
        start, last = parse_day(first.strip()), last.strip()
        return cls(start, parse_day(last) if last else None, kind or None).checked()

    def checked(self) -> Self:
        """The same. Raises ScenarioError where it ends before it starts."""
        if self.end is not None and self.end < self.start:
            what = f"a conflict cannot end on {self.end}, before it starts on {self.start}"
            raise ScenarioError(what)
        return self

    def as_fact(self) -> Conflict:
        """The conflict as the record has one. Raises ScenarioError where it ends too early."""
        self.checked()
        return Conflict(
            name=f"assumed armed conflict {self}",
            kind="IAC" if self.kind == "OCC" else self.kind,
            start=exact(self.start),
            end=exact(self.end) if self.end else None,
            occupation="only" if self.kind == "OCC" else None,
            assumed=True,
        )

    def __str__(self) -> str:
        kind = f", {self.kind}" if self.kind else ""
        return f"from {self.start} {f'to {self.end}' if self.end else 'with no known end'}{kind}"


Fact = TypeVar("Fact", State, Deposit, Communication, Conflict, Event)
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Assumptions(NamedTuple):
    """What-ifs by State: receipts, revocations, dated conflicts, and `at_war`:
    States taken as engaged in armed conflict on the day asked about."""

    notices: Mapping[str, tuple[dt.date, ...]] = NOTHING
    revocations: Mapping[str, tuple[dt.date, ...]] = NOTHING
    conflicts: Mapping[str, tuple[AssumedConflict, ...]] = NOTHING
    at_war: Collection[str] = ()

    @property
    def iso3s(self) -> list[str]:
        """The States the assumptions name, each kind in the order it was given."""
        named = (*self.notices, *self.revocations, *self.conflicts, *self.at_war)
        return list(dict.fromkeys(named))

    def lay_over(self, state: State, as_of: dt.date) -> tuple[State, list[str]]:
        """`state` under the assumptions, and a sentence for each that was made.

        Raises ScenarioError where they contradict each other or the record.
        """
        sentences: list[str] = []
        recorded = state
        if state.iso3 in self.notices:
            state = _with_notices(state, self.notices[state.iso3], sentences)
        if state.iso3 in self.revocations:
            state = _with_revocations(state, self.revocations[state.iso3], sentences)
        if state.iso3 in self.conflicts:
            state = _with_conflicts(state, self.conflicts[state.iso3], sentences)
        if state.iso3 in self.at_war:
            state = _at_war(state, as_of, sentences)
        if state is not recorded:
            state = _without_what_followed(state)
        return state, sentences


def _without_what_followed(state: State) -> State:
    """`state` without what tells of the recorded course alone: no source publishes the day of
    effect of a what-if, or what came after it."""
    events = (e for e in state.events if e.kind not in {"published-effect", "aftermath"})
    return _general(state)._replace(
        deposits=tuple(map(_general, state.deposits)),
        communications=tuple(map(_general, state.communications)),
        conflicts=tuple(map(_general, state.conflicts)),
        events=tuple(map(_general, events)),
    )


def _general(fact: Fact) -> Fact:
    """`fact` with the notes that hold under what-ifs too."""
    return fact._replace(notes=tuple(note for note in fact.notes if note.under_what_ifs))


def _with_notices(state: State, days: tuple[dt.date, ...], sentences: list[str]) -> State:
    replaced = [c.received_on.earliest for c in state.communications_of("withdrawal")]
    tail = " (replaces the recorded notice)" if replaced else ""
    in_force = [
        deposit.in_force_on or entry_into_force(deposit.deposited_on.earliest, state.treaty.joining)
        for deposit in state.deposits
    ]
    for day in days:
        if day < min(in_force, default=dt.date.max):
            what = f"{state.name} is not a State Party on {day}: it has nothing to withdraw from"
            raise ScenarioError(what)
        what = f"the depositary receives an instrument of withdrawal on {day}"
        sentences.append(f"{state.name}: {what}{tail}")
    assumed = tuple(Communication("withdrawal", exact(day), assumed=True) for day in days)
    return state._replace(
        communications=state.communications_of("suspension") + assumed,
        notice_replaced_on=min(replaced, default=None),
    )


def _with_revocations(state: State, days: tuple[dt.date, ...], sentences: list[str]) -> State:
    notices = sorted(c.received_on for c in state.communications_of("withdrawal"))
    if days and not notices:
        what = f"{state.name} has given no notice that could be revoked on {days[0]}"
        raise ScenarioError(what)
    if len(days) > len(notices):
        many = f"{len(notices)} notice{'s' if len(notices) > 1 else ''}"
        raise ScenarioError(f"{state.name} has {many} to revoke and {len(days)} revocations")
    first = notices[0]
    for day in days:
        if day < first.earliest:
            what = f"a revocation on {day} comes before the notice of {state.name} ({first})"
            raise ScenarioError(what)
        sentences.append(f"{state.name}: the notice of withdrawal is revoked on {day}")
    assumed = tuple(Communication("revocation", exact(day), assumed=True) for day in days)
    return state._replace(communications=state.communications + assumed)


def _with_conflicts(
    state: State, conflicts: tuple[AssumedConflict, ...], sentences: list[str]
) -> State:
    recorded = "; ".join(conflict.name for conflict in state.conflicts)
    tail = f" (replaces the recorded conflicts: {recorded})" if recorded else ""
    assumed = tuple(conflict.as_fact() for conflict in conflicts)
    sentences += [f"{state.name}: armed conflict {conflict}{tail}" for conflict in conflicts]
    return state._replace(conflicts=assumed, conflicts_replaced=state.conflicts)


def _at_war(state: State, as_of: dt.date, sentences: list[str]) -> State:
    """`state` with a conflict that is on on `as_of`: a recorded one, or else an assumed one.

    A recorded one only possibly on, by its partial dates, is not enough to be taken as engaged.
    """
    if any(conflict.surely_on(as_of) for conflict in state.conflicts):
        return state
    assumed = AssumedConflict(as_of)
    sentences.append(f"{state.name}: armed conflict {assumed}")
    return state._replace(conflicts=(*state.conflicts, assumed.as_fact()))
