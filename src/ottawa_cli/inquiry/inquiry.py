"""A question put to the record: on which day, under which readings and assumptions.

This is the Python API. The command line asks nothing that cannot be asked here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, Self

from ottawa_cli.dataset.record import Record
from ottawa_cli.dates import as_day
from ottawa_cli.inquiry.assumptions import Assumptions
from ottawa_cli.model import State
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import Finding, Standing, finding, standing

if TYPE_CHECKING:
    from ottawa_cli.rules.explanation import Explanation
    from ottawa_cli.rules.leaving import Leaving
    from ottawa_cli.rules.state_counts import Count
    from ottawa_cli.rules.timeline import Span, TimelineEntry

NO_ASSUMPTIONS = Assumptions()
EVERY_TREATY = "all"


class SourcedStanding(Standing):
    """A Standing with the record at hand that it was found in."""

    record: Record

    def to_dict(self) -> dict[str, Any]:
        """The keys of one State as the machine formats have them: texts, numbers, lists."""
        from ottawa_cli.inquiry.keys import of_standing

        return of_standing(self, self.record)


class Inquiry:
    """The record asked about one day, `as_of`, under readings and assumptions.

    A day is a `datetime.date` or a text, YYYY-MM-DD. States are given by any name or code they
    answer to, in the assumptions too. `treaty` is any name that a treaty answers to, or ``all``;
    left out, it is that of the file with the roll. `each` holds the question about each treaty
    asked about; what takes one State answers for the first of them. Raises TypeError and
    DateError for what is no day, UnknownTreaty, UnknownState for a name that is no single
    State's, and ScenarioError for assumptions that contradict each other or the record, when the
    State is asked about.
    """

    def __init__(
        self,
        record: Record,
        as_of: dt.date | str,
        readings: Readings = DEFAULT,
        assumptions: Assumptions = NO_ASSUMPTIONS,
        treaty: str | None = None,
    ) -> None:
        for given, kind, made in (
            (record, Record, "load()"),
            (readings, Readings, "Readings(...) or Readings.parse([...])"),
            (assumptions, Assumptions, "Assumptions(...)"),
        ):
            if not isinstance(given, kind):
                raise TypeError(f"{given!r:.60} is no {kind.__name__}: {made} gives one")
        self.record = record
        self.as_of = as_day(as_of)
        self.readings = readings
        self.assumptions = _by_code(record, assumptions)
        every = treaty is not None and treaty.strip().lower() == EVERY_TREATY
        self.treaty = record.treaty_named(treaty) if treaty and not every else record.treaty()
        self.each = [self]
        if every:
            self.each += [
                Inquiry(record, as_of, readings, assumptions, treaty=other.id)
                for other in record.treaties[1:]
            ]
        self._kinds: Collection[str] = ()
        self._since: dt.date | None = None
        self._states: dict[str, tuple[State, list[str]]] = {}
        self._standings: dict[str, SourcedStanding] = {}

    def state(self, name: str) -> State:
        """The State as recorded, with the assumptions laid over it."""
        return self._laid_over(self.record.names.resolve(name))[0]

    def standing(self, name: str) -> SourcedStanding:
        """Where the State stands on the day, and why (Arts. 17 and 20)."""
        iso3 = self.record.names.resolve(name)
        if iso3 not in self._standings:
            state, _ = self._laid_over(iso3)
            answer = standing(state, self.as_of, self.readings)
            if state.first_day and state.first_day.through and not state.exists_on(self.as_of):
                through = self.standing(state.first_day.through)
                sources = tuple(dict.fromkeys((*answer.sources, *through.sources)))
                answer = answer._replace(through=through, sources=sources)
            self._standings[iso3] = SourcedStanding(*answer)
            self._standings[iso3].record = self.record
        return self._standings[iso3]

    def finding(self, name: str) -> Finding:
        """Only the status, the day of effect and whether the State is bound: no reasons."""
        return finding(self.state(name), self.as_of, self.readings)

    def standings(self, names: Iterable[str] | None = None) -> list[SourcedStanding]:
        """The standing of each named State, or of every State on the roll, under each treaty."""
        asked = self.record.iso3s if names is None else list(names)
        return [each.standing(name) for name in asked for each in self.each]

    def explanation(self, name: str) -> Explanation:
        """The standing with its firmness, the open points it touches and what remains."""
        from ottawa_cli.dataset.shipped import commentary
        from ottawa_cli.rules.explanation import explain

        return explain(self.standing(name), commentary())

    def leaving(self, name: str) -> Leaving:
        """The earliest day on which the State could be out, and what that rests on."""
        from ottawa_cli.rules.leaving import leaving

        return leaving(self.standing(name))

    def showing(self, kinds: Collection[str] = (), since: dt.date | None = None) -> Self:
        """The same question, whose `events` are only those of these kinds, from that day on."""
        narrower = copy(self)
        narrower._kinds, narrower._since = kinds, since
        narrower.each = [narrower, *(other.showing(kinds, since) for other in self.each[1:])]
        return narrower

    @property
    def narrowed(self) -> bool:
        """Whether some events are left out."""
        return bool(self._kinds or self._since)

    def shows(self, event: TimelineEntry) -> bool:
        """Whether an event is one of those asked for."""
        since = self._since is None or (event.date is not None and event.date.latest >= self._since)
        return since and (not self._kinds or event.kind in self._kinds)

    def events(self, name: str) -> tuple[TimelineEntry, ...]:
        """The dated events of the State's course, in order."""
        from ottawa_cli.rules.timeline import events

        course = events(self.state(name), self.as_of, self.readings)
        return tuple(filter(self.shows, course))

    def spans(self, name: str) -> tuple[Span, ...]:
        """The times of each standing, from the first to the last; each ends before its `end`."""
        from ottawa_cli.rules.timeline import spans

        return spans(self.state(name), self.as_of, self.readings)

    def count(self) -> Count:
        """How many States of the roll have signed, have joined and are bound, on any day."""
        from ottawa_cli.rules.state_counts import Count

        return Count.of(map(self.state, self.record.iso3s), self.as_of, self.readings)

    @property
    def said(self) -> list[str]:
        """One sentence for each assumption made."""
        laid_over = map(self._laid_over, self.assumptions.iso3s)
        return [sentence for _, sentences in laid_over for sentence in sentences]

    def _laid_over(self, iso3: str) -> tuple[State, list[str]]:
        if iso3 not in self._states:
            recorded = self.record.state(iso3, self.treaty.id)
            self._states[iso3] = self.assumptions.lay_over(recorded, self.as_of)
        return self._states[iso3]


def _by_code(record: Record, given: Assumptions) -> Assumptions:
    """The assumptions by alpha-3 code; what was given under several names of a State, together."""

    def merged(by_name: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
        by_code: dict[str, tuple[Any, ...]] = {}
        for name, items in by_name.items():
            iso3 = record.names.resolve(name)
            by_code[iso3] = tuple(dict.fromkeys((*by_code.get(iso3, ()), *items)))
        return by_code

    return Assumptions(
        notices=merged(_days(given.notices)),
        revocations=merged(_days(given.revocations)),
        conflicts=merged(given.conflicts),
        at_war=[record.names.resolve(name) for name in given.at_war],
    )


def _days(by_name: Mapping[str, Any]) -> dict[str, tuple[dt.date, ...]]:
    """Days by State: given as dates or texts, one or several."""
    return {
        name: tuple(as_day(day) for day in ((days,) if isinstance(days, str | dt.date) else days))
        for name, days in by_name.items()
    }
