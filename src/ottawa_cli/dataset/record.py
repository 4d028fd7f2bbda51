"""The record in memory: plain data in, frozen facts out, each built when asked for."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap, defaultdict
from collections.abc import Iterator, Mapping

from ottawa_cli.dataset.build import Raw, as_clause, build
from ottawa_cli.dataset.shipped import raw_clauses, shipped_path
from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.model import Communication, Event, Source, State, Treaty
from ottawa_cli.names import Names

OF_THE_ROLL = ("iso2", "name", "first_day", "consents")  # fields of a State under every treaty


class UnknownTreaty(ValueError):
    """No treaty of the record answers to a name; the message lists those that there are."""


class Record:
    """The parties, notices, conflicts and sources of one dataset, already validated.

    `raw` is what stands in the file, every scalar a text: the roll, the conflicts and one treaty;
    `further` are the files of further treaties, by their id. `words` leads from each folded name
    to the code of its State; `origin` is the file, where it is not the shipped one; `supplement`
    is what names the supplement in it, if there is one: its own version or its file. Facts are
    built when asked for, so that a question about one State costs one State.

    What takes a `treaty` takes its id; left out, it is that of the file with the roll.
    """

    def __init__(
        self,
        raw: Raw,
        words: Mapping[str, str],
        origin: str = "",
        supplement: str | None = None,
        further: Mapping[str, Raw] | None = None,
    ) -> None:
        self.raw = raw
        self.further = further or {}
        self.origin = origin
        self.supplement = supplement
        self.names = Names(
            states=raw["states"],
            words=words,
            ambiguous=raw.get("ambiguous_names", {}),
            refused=raw.get("refused_names", ()),
            elsewhere=lambda: shipped_path("names.tsv").read_bytes(),
        )
        self._files = {raw["treaty"]["names"][0]: raw, **self.further}  # by the treaty's id
        # Every source of the record by its id, as the files have it.
        self.sources: Mapping[str, Raw] = ChainMap(
            *(f.get("sources", {}) for f in self._files.values())
        )
        self._treaties: dict[str, Treaty] = {}
        self._sources: dict[str, Source] = {}
        self._by_state: dict[tuple[str, str | None], dict[str, list[Raw]]] = {}

    @property
    def treaties(self) -> list[Treaty]:
        """Every treaty of the record, that of the file with the roll first."""
        return [self.treaty(id) for id in self._files]

    def treaty(self, id: str | None = None) -> Treaty:
        """A treaty by its id. Raises KeyError."""
        id = id or next(iter(self._files))
        if id not in self._treaties:
            raw = self._files[id]
            known = raw_clauses()["clauses"] | raw.get("clauses", {})
            clause = as_clause(raw["treaty"]["clause"], known[raw["treaty"]["clause"]])
            self._treaties[id] = build(Treaty, {**raw["treaty"], "clause": clause})
        return self._treaties[id]

    def treaty_named(self, name: str) -> Treaty:
        """The treaty that answers to a name, in any case. Raises UnknownTreaty."""
        for treaty in self.treaties:
            if name.strip().lower() in treaty.names:
                return treaty
        known = "; ".join(f"{', '.join(t.names)} ({t.name})" for t in self.treaties)
        raise UnknownTreaty(f"no treaty answers to {name!r}. Those there are: {known}; all.")

    def _under(self, treaty: str | None) -> Raw:
        """What is on record under a treaty."""
        return self._files[treaty] if treaty else self.raw

    @property
    def version(self) -> str:
        """The data version: the day of the last review, and ``+`` what names a supplement."""
        return f"{self.reviewed_on}+{self.supplement}" if self.supplement else self.reviewed_on

    @property
    def reviewed_on(self) -> str:
        """Day of the last review of any file, ISO 8601; a supplement does not change it."""
        return max(str(raw["version"]) for raw in self._files.values())

    @property
    def revised_on(self) -> dt.date:
        """Day of the last review, or of a supplement whose version is a later day."""
        reviewed_on = parse_day(self.reviewed_on)
        try:
            return max(reviewed_on, parse_day(self.supplement or ""))
        except DateError:
            return reviewed_on

    def sources_to(self, treaty: str | None = None) -> str:
        """How far the sources of the least up-to-date part reach: YYYY-MM or YYYY-MM-DD."""
        reviewed = self.raw["reviewed"] | self._under(treaty)["reviewed"]
        return min(str(review["sources_to"]) for review in reviewed.values())

    @property
    def iso3s(self) -> list[str]:
        """The alpha-3 codes of all States, in the order of their names."""
        return list(self.raw["states"])

    def name(self, iso3: str) -> str:
        """The name a State is shown by."""
        return self.names.shown(iso3)

    def states(self, treaty: str | None = None) -> Iterator[State]:
        """Every State, in the order of the roll."""
        return (self.state(iso3, treaty) for iso3 in self.iso3s)

    def state(self, iso3: str, treaty: str | None = None) -> State:
        """One State with its communications, conflicts and events. Raises KeyError."""
        roll, under = self.raw["states"][iso3], self._under(treaty)
        entry = {
            "sources": under.get("roll_sources", ()),
            **under["states"].get(iso3, {}),
            **{key: roll[key] for key in OF_THE_ROLL if key in roll},
            "iso3": iso3,
            "treaty": self.treaty(treaty),
            "communications": map(self.communication, self._about(iso3, "communications", treaty)),
            "conflicts": self._about(iso3, "conflicts"),
            "events": self._about(iso3, "events", treaty),
        }
        return build(State, entry)

    def _about(self, iso3: str, part: str, treaty: str | None = None) -> list[Raw]:
        """The entries of a part that concern a State."""
        if (part, treaty) not in self._by_state:
            by_state = self._by_state[part, treaty] = defaultdict(list)
            for entry in self._under(treaty)[part]:
                for concerned in entry["states"] if "states" in entry else [entry["state"]]:
                    by_state[concerned].append(entry)
        return self._by_state[part, treaty][iso3]

    def with_communications(self, treaty: str | None = None) -> list[str]:
        """The codes of the States with a notice or a communication of suspension."""
        return [iso3 for iso3 in self.iso3s if self._about(iso3, "communications", treaty)]

    def general_events(self, treaty: str | None = None) -> tuple[Event, ...]:
        """The events that concern the treaty at large and no State by itself."""
        events = self._under(treaty)["events"]
        return tuple(build(Event, event) for event in events if not event["states"])

    def source(self, id: str) -> Source:
        """One source. Raises KeyError."""
        if id not in self._sources:
            self._sources[id] = Source(id, **self.sources[id])
        return self._sources[id]

    def communication(self, entry: Raw) -> Communication:
        """One communication from its entry in the file."""
        objections = [
            {**objection, "name": self.name(objection["state"])}
            for objection in entry.get("objections", ())
        ]
        return build(Communication, {**entry, "objections": objections})
