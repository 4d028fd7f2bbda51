"""The record in memory: plain data in, frozen facts out, each built when asked for."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any

from ottawa_cli.dataset.clauses import as_clause, clauses
from ottawa_cli.dataset.shipped import shipped_path
from ottawa_cli.dates import DateError, PartialDate, parse_day, parse_partial
from ottawa_cli.model import (
    Communication,
    Conflict,
    Consent,
    Deadline,
    Deposit,
    Duty,
    Event,
    FirstDay,
    Joining,
    Notes,
    Objection,
    Phase,
    Provisions,
    RecordNote,
    Source,
    State,
    Treaty,
)
from ottawa_cli.names import Names

Raw = dict[str, Any]


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
            shown={iso3: state["name"] for iso3, state in raw["states"].items()},
            words=words,
            ambiguous=raw.get("ambiguous_names", {}),
            refused=raw.get("refused_names", ()),
            elsewhere=lambda: shipped_path("names.tsv").read_bytes(),
        )
        self._treaties: dict[str, Treaty] = {}

    @property
    def treaties(self) -> list[Treaty]:
        """Every treaty of the record, that of the file with the roll first."""
        return [self.treaty(id) for id in (None, *self.further)]

    def treaty(self, id: str | None = None) -> Treaty:
        """A treaty by its id. Raises KeyError."""
        id = id or self.raw["treaty"]["names"][0]
        if id not in self._treaties:
            self._treaties[id] = _treaty(
                self._under(id)["treaty"], self._under(id).get("clauses", {})
            )
        return self._treaties[id]

    def treaty_named(self, name: str) -> Treaty:
        """The treaty that answers to a name, in any case. Raises UnknownTreaty."""
        for treaty in self.treaties:
            if name.strip().lower() in treaty.names:
                return treaty
        known = "; ".join(f"{', '.join(t.names)} ({t.name})" for t in self.treaties)
        raise UnknownTreaty(f"no treaty answers to {name!r}. Those there are: {known}; all.")

    def _under(self, id: str | None) -> Raw:
        """What is on record under a treaty."""
        if id is None or id == self.raw["treaty"]["names"][0]:
            return self.raw
        return self.further[id]

    @property
    def version(self) -> str:
        """The data version: the day of the last review, and ``+`` what names a supplement."""
        return f"{self.reviewed_on}+{self.supplement}" if self.supplement else self.reviewed_on

    @property
    def reviewed_on(self) -> str:
        """Day of the last review of any file, ISO 8601; a supplement does not change it."""
        return max(str(raw["version"]) for raw in (self.raw, *self.further.values()))

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
        return list(self.names.shown)

    def name(self, iso3: str) -> str:
        """The name a State is shown by."""
        return self.names.shown[iso3]

    def states(self, treaty: str | None = None) -> Iterator[State]:
        """Every State, in the order of the roll."""
        return (self.state(iso3, treaty) for iso3 in self.iso3s)

    def state(self, iso3: str, treaty: str | None = None) -> State:
        """One State with its communications, conflicts and events. Raises KeyError."""
        raw, under = self.raw["states"][iso3], self._under(treaty)
        member = under["states"].get(iso3, {})
        signature = member.get("signature", {})
        return State(
            iso3=iso3,
            iso2=raw["iso2"],
            name=raw["name"],
            treaty=self.treaty(treaty),
            first_day=_first_day(raw["first_day"]) if "first_day" in raw else None,
            signed_on=_maybe(signature, "on"),
            signature_sources=tuple(signature.get("sources", ())),
            deposits=tuple(_deposit(d) for d in member.get("deposits", ())),
            communications=tuple(
                self.communication(c) for c in under["communications"] if c["state"] == iso3
            ),
            conflicts=tuple(_conflict(c) for c in self.raw["conflicts"] if iso3 in c["states"]),
            events=tuple(_event(e) for e in under["events"] if iso3 in e["states"]),
            consents=tuple(
                Consent(c["to"], parse_day(c["on"]), tuple(c["sources"]))
                for c in raw.get("consents", ())
            ),
            **_common({"sources": under.get("roll_sources", ()), **member}),
        )

    def with_communications(self, treaty: str | None = None) -> list[str]:
        """The codes of the States with a notice or a communication of suspension."""
        concerned = {c["state"] for c in self._under(treaty)["communications"]}
        return [iso3 for iso3 in self.iso3s if iso3 in concerned]

    def general_events(self, treaty: str | None = None) -> tuple[Event, ...]:
        """The events that concern the treaty at large and no State by itself."""
        return tuple(_event(e) for e in self._under(treaty)["events"] if not e["states"])

    def source(self, id: str) -> Source:
        """One source. Raises KeyError."""
        return Source(id, **self.sources[id])

    @property
    def sources(self) -> Mapping[str, Raw]:
        """Every source of the record by its id, as the files have it."""
        return ChainMap(*(raw["sources"] for raw in (self.raw, *self.further.values())))

    def communication(self, raw: Raw) -> Communication:
        """One communication from its entry in the file."""
        addressees, circulated = raw.get("addressees"), raw.get("circulated", {})
        lasts = raw.get("lasts", {})
        return Communication(
            kind=raw["kind"],
            received_on=partial(raw["received_on"]),
            reference=raw.get("reference"),
            circulated_on=_day(circulated, "on"),
            circulated_sources=tuple(circulated.get("sources", ())),
            addressees=frozenset(addressees) if addressees else None,
            reasons={"true": True, "false": False}.get(raw.get("reasons", "")),
            requested_on=_day(raw, "requested_on"),
            invokes=raw.get("invokes"),
            lasts_while=lasts.get("while"),
            lasts_sources=tuple(lasts.get("sources", ())),
            objections=tuple(
                Objection(
                    iso3=o["state"],
                    name=self.name(o["state"]),
                    received_on=_maybe(o, "received_on"),
                    **_common(o),
                )
                for o in raw.get("objections", ())
            ),
            **_common(raw),
        )


def _treaty(raw: Raw, own: Raw) -> Treaty:
    joining, id = raw["joining"], raw["clause"]
    return Treaty(
        clause=as_clause(id, own[id]) if id in own else clauses()[id],
        names=tuple(raw["names"]),
        title=raw["title"],
        name=raw["name"],
        short=raw["short"],
        chapter=raw["chapter"],
        open_points=tuple(raw["open_points"]),
        sources=tuple(raw["sources"]),
        opened_on=parse_day(raw["opened_on"]),
        joining=Joining(
            ordinal=joining["deposit"],
            completed_on=parse_day(joining["completed_on"]),
            in_force_on=parse_day(joining["in_force_on"]),
            months=int(joining["months"]),
        ),
        provisions=Provisions(**{"conflict": "", **raw["provisions"]}),
        deadlines=tuple(
            Deadline(**{**d, "years": int(d.get("years", 0)), "days": int(d.get("days", 0))})
            for d in raw["deadlines"]
        ),
        remaining=tuple(
            Duty(**{**d, "consents_from": _day(d, "consents_from")}) for d in raw["remaining"]
        ),
    )


def _common(raw: Raw) -> Raw:
    """The fields every fact carries."""
    return {
        "notes": _notes(raw),
        "confidence": raw.get("confidence", "high"),
        "sources": tuple(raw["sources"]),
    }


def _notes(raw: Raw) -> Notes:
    """The note that always holds, and those with limits."""
    always = (RecordNote(raw["note"]),) if "note" in raw else ()
    return always + tuple(
        RecordNote(
            text=note["text"],
            since=_maybe(note, "from"),
            until=_maybe(note, "until"),
            under_what_ifs="under_what_ifs" not in note,
        )
        for note in raw.get("notes", ())
    )


def _first_day(raw: Raw) -> FirstDay:
    return FirstDay(
        on=parse_day(raw["on"]),
        through=raw.get("through"),
        before=raw["before"],
        sources=tuple(raw["sources"]),
    )


def _deposit(raw: Raw) -> Deposit:
    in_force = raw.get("in_force", {})
    return Deposit(
        instrument=raw["instrument"],
        deposited_on=partial(raw["deposited_on"]),
        in_force_on=_day(in_force, "from"),
        in_force_reason=in_force.get("reason"),
        notes=_notes(raw),
        sources=tuple(raw["sources"]),
        in_force_sources=tuple(in_force.get("sources", ())),
    )


def _conflict(raw: Raw) -> Conflict:
    end = raw.get("end", {})
    return Conflict(
        name=raw["name"],
        kind=raw.get("kind"),
        start=partial(raw["start"]),
        end=_maybe(end, "on"),
        end_sources=tuple(end.get("sources", ())),
        occupation=raw.get("occupation"),
        phases=tuple(
            Phase(p["name"], partial(p["start"]), tuple(p["sources"]))
            for p in raw.get("phases", ())
        ),
        classifier=raw.get("classifier"),
        **_common(raw),
    )


def _event(raw: Raw) -> Event:
    return Event(
        date=partial(raw["date"]),
        iso3s=tuple(raw["states"]),
        kind=raw["kind"],
        title=raw["title"],
        vote=tuple((key, int(count)) for key, count in raw.get("vote", {}).items()),
        **_common(raw),
    )


def partial(value: str | dict[str, str]) -> PartialDate:
    """A date as the file writes it: a text, or the earliest and the latest day."""
    if isinstance(value, str):
        return parse_partial(value)
    return PartialDate(parse_day(value["earliest"]), parse_day(value["latest"]))


def _maybe(raw: Raw, key: str) -> PartialDate | None:
    return partial(raw[key]) if key in raw else None


def _day(raw: Raw, key: str) -> Any:
    return parse_day(raw[key]) if key in raw else None
