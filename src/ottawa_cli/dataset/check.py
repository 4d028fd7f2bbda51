"""Is a dataset right? The form of every field, then what only someone who knows the treaty sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from ottawa_cli.dataset.fields import RECORD, Entry, Path, Problem
from ottawa_cli.dataset.record import Record
from ottawa_cli.dates import PartialDate, parse_day
from ottawa_cli.model import Deposit, State
from ottawa_cli.names import fold
from ottawa_cli.rules.article_17 import CONVENTION_IN_FORCE, entry_into_force
from ottawa_cli.rules.course import course
from ottawa_cli.rules.readings import DEFAULT

OPENED_FOR_SIGNATURE = dt.date(1997, 12, 3)  # Art. 15
BY_SIGNATORIES = frozenset({"ratification", "acceptance", "approval"})  # Art. 16(1)
DISTANT_FUTURE = dt.date.max


def problems(data: Any, form: Entry = RECORD) -> list[Problem]:
    """Every fault of a dataset as (path, what is wrong and what is expected), in file order.

    What depends on a malformed entry is not judged; everything else is.
    """
    found = form.problems(data, ())
    if not isinstance(data, dict):
        return found
    broken = {path[:depth] for path, _ in found for depth in range(1, len(path) + 1)}
    return found + list(_Domain(data, broken).problems())


class _Domain:
    """The checks that know the Convention, on the entries whose form is right."""

    def __init__(self, data: dict[str, Any], broken: set[Path]) -> None:
        self.broken = broken
        self.states: dict[str, Any] = {
            iso3: raw for iso3, raw in self._entries(data, "states") if isinstance(iso3, str)
        }
        self.known = set(data["states"]) if isinstance(data.get("states"), dict) else set()
        self.sources = set(data["sources"]) if isinstance(data.get("sources"), dict) else set()
        self.data = data
        self.used: set[str] = set()

    def _entries(self, data: dict[str, Any], part: str) -> Iterator[tuple[str | int, Any]]:
        """(key, entry) of the sound entries of one part."""
        section = data.get(part)
        if isinstance(section, dict):
            pairs: Any = section.items()
        elif isinstance(section, list):
            pairs = enumerate(section)
        else:
            return
        for key, entry in pairs:
            if (part, key) not in self.broken:
                yield key, entry

    def problems(self) -> Iterator[Problem]:
        yield from self._references()
        yield from self._unused_sources()
        yield from self._codes_and_names()
        yield from self._dates_to_come()
        yield from self._conflicts()
        yield from self._states()

    # --- references ---

    def _references(self) -> Iterator[Problem]:
        """Every code and source id points to an entry."""
        for part in ("communications", "conflicts", "events", "states"):
            for key, entry in self._entries(self.data, part):
                yield from self._walk(entry, (part, key))
        for word, candidates in self._entries(self.data, "ambiguous_names"):
            yield from self._codes(candidates, ("ambiguous_names", word))

    def _walk(self, entry: dict[str, Any], path: Path) -> Iterator[Problem]:
        if "state" in entry:
            yield from self._codes([entry["state"]], (*path, "state"))
        yield from self._codes(entry.get("states", ()), (*path, "states"))
        for index, id in enumerate(entry.get("sources", ())):
            self.used.add(id)
            if id not in self.sources:
                yield (*path, "sources", index), f"unknown source {id}: expected a key of sources"
        for field in ("objections", "phases"):
            for index, inner in enumerate(entry.get(field, ())):
                yield from self._walk(inner, (*path, field, index))
        if "amended_protocol_ii" in entry:
            yield from self._walk(entry["amended_protocol_ii"], (*path, "amended_protocol_ii"))

    def _codes(self, codes: Any, path: Path) -> Iterator[Problem]:
        for code in codes:
            if code not in self.known:
                yield path, f"unknown State {code}: expected an alpha-3 code of states"

    def _unused_sources(self) -> Iterator[Problem]:
        if self.broken:
            return  # a malformed entry may be the one that uses it
        for id in self.data["sources"]:
            if id not in self.used:
                yield ("sources", id), f"source {id} is used by no fact: expected a use, or no entry"

    # --- codes and names ---

    def _codes_and_names(self) -> Iterator[Problem]:
        """No code, name or refused word points two ways."""
        owner: dict[str, str] = {}
        ambiguous = {
            fold(str(w)): set(c) for w, c in self._entries(self.data, "ambiguous_names")
        }
        for iso3, raw in self.states.items():
            places: list[tuple[Path, str]] = [((), iso3), (("iso2",), raw["iso2"])]
            places += [((key,), raw[key]) for key in ("name", "un_name") if key in raw]
            places += [(("other_names", i), n) for i, n in enumerate(raw.get("other_names", ()))]
            for place, text in places:
                word, path = fold(text), ("states", iso3, *place)
                if not word:
                    yield path, f"{text!r} has neither letter nor digit: expected a name"
                elif word in ambiguous and not (place == ("un_name",) and iso3 in ambiguous[word]):
                    yield path, f"{text!r} is listed under ambiguous_names: expected one or the other"
                elif owner.setdefault(word, iso3) != iso3:
                    yield path, f"{text!r} is used twice: {owner[word]} answers to it already"
        for key, refused in self._entries(self.data, "refused_names"):
            for index, word in enumerate(refused["names"]):
                if fold(word) in owner or fold(word) in ambiguous:
                    yield (
                        ("refused_names", key, "names", index),
                        f"{word!r} is a name of {owner.get(fold(word), 'several States')}:"
                        " expected a word that is no State's",
                    )

    # --- dates ---

    def _dates_to_come(self) -> Iterator[Problem]:
        """Nothing is recorded before it happened."""
        if ("version",) in self.broken or "version" not in self.data:
            return
        version = self.data["version"]
        dated = {"communications": "received_on", "events": "date", "conflicts": "start"}
        for part, field in dated.items():
            for key, entry in self._entries(self.data, part):
                value = entry[field]
                first = value if isinstance(value, str) else value["earliest"]
                if first[:10] > version[: len(first)]:
                    yield (
                        (part, key, field),
                        f"{first} lies after the last review ({version}): expected a day up to"
                        " then, or a later version",
                    )

    def _conflicts(self) -> Iterator[Problem]:
        for key, raw in self._entries(self.data, "conflicts"):
            start, end = _date(raw["start"]), _date(raw["end"]) if "end" in raw else None
            if end and end.latest < start.earliest:
                path: Path = ("conflicts", key, "end")
                yield path, f"ends on {end}, before it starts on {start}: expected a later day"
            for index, phase in enumerate(raw.get("phases", ())):
                if _date(phase["start"]).latest < start.earliest:
                    path = ("conflicts", key, "phases", index, "start")
                    yield path, f"starts before its conflict ({start}): expected a later day"

    # --- the law ---

    def _states(self) -> Iterator[Problem]:
        """What Articles 15 to 17 and 20 do not allow."""
        sound = {
            **self.data,
            "states": self.states,
            "conflicts": [],
            "events": [],
            "communications": [],
        }
        record = Record(sound, "")
        received: dict[str, list[tuple[int, Any]]] = {}
        for index, entry in self._entries(self.data, "communications"):
            if entry["state"] in self.states and isinstance(index, int):
                received.setdefault(entry["state"], []).append((index, entry))
        for iso3 in self.states:
            state = record.state(iso3)
            yield from self._joining(state, ("states", iso3))
            if iso3 in received:
                yield from self._leaving(state, record, received[iso3])

    def _joining(self, state: State, path: Path) -> Iterator[Problem]:
        signed = state.signed_on
        if signed and not (
            OPENED_FOR_SIGNATURE <= signed.latest and signed.earliest < CONVENTION_IN_FORCE
        ):
            yield (*path, "signed_on"), (
                f"signed on {signed}: expected a day from {OPENED_FOR_SIGNATURE} to before"
                f" {CONVENTION_IN_FORCE} (Art. 15)"
            )
        for index, deposit in enumerate(state.deposits):
            here = (*path, "deposits", index)
            on = deposit.deposited_on
            if on.latest < OPENED_FOR_SIGNATURE:
                yield (*here, "deposited_on"), (
                    f"deposited on {on}, before the Convention was opened for signature"
                    f" ({OPENED_FOR_SIGNATURE}): expected a later day"
                )
            if index == 0 and signed and signed.earliest > on.latest:
                yield (*path, "signed_on"), f"signed on {signed}, after the deposit ({on})"
            if index == 0 and bool(signed) != (deposit.instrument in BY_SIGNATORIES):
                yield (*here, "instrument"), (
                    f"{deposit.instrument} {'with' if signed else 'without'} a signature: States"
                    " that signed ratify, accept or approve, others accede or succeed (Art. 16)"
                )
            yield from self._in_force(deposit, here)

    def _in_force(self, deposit: Deposit, here: Path) -> Iterator[Problem]:
        if bool(deposit.in_force_on) != bool(deposit.in_force_reason):
            yield here, "in_force_on and in_force_reason: expected both or neither"
        elif deposit.in_force_on and deposit.in_force_on == entry_into_force(
            deposit.deposited_on.earliest
        ):
            yield (*here, "in_force_on"), "is what Art. 17 gives: expected no line, it is computed"

    def _leaving(
        self, state: State, record: Record, received: list[tuple[int, Any]]
    ) -> Iterator[Problem]:
        communications = [record._communication(raw) for _, raw in received]
        index_of = {id(c): index for c, (index, _) in zip(communications, received, strict=True)}
        known = _with(state, communications)
        here: Callable[[Any], Path] = lambda c: ("communications", index_of[id(c)])  # noqa: E731
        one = course(known, DISTANT_FUTURE, DEFAULT)
        for instrument, why in one.idle:
            yield (*here(instrument), "received_on"), {
                "not-in-force": f"received on {instrument.received_on}, when the Convention was not"
                f" in force for {state.name}: expected a day on which it was a party",
                "already-pending": f"received on {instrument.received_on}, while an earlier notice"
                " stands: expected a revocation before it",
            }[why]
        revoking = [n.revocation for spell in one.spells for n in spell.notices if n.revocation]
        for communication in communications:
            received_on = communication.received_on
            if communication.kind == "revocation" and communication not in revoking:
                yield (*here(communication), "received_on"), (
                    f"revokes on {received_on} no notice received by then: expected one before it"
                )
            if communication.kind == "suspension" and one.status_on(received_on.latest) in {
                "not-party", "signatory", "joining", "withdrawn",
            }:  # fmt: skip
                yield (*here(communication), "received_on"), (
                    f"received on {received_on}, when {state.name} was not bound"
                )
            for field, day in (
                ("circulated_on", communication.circulated_on),
                ("requested_on", communication.requested_on),
            ):
                if day and day < received_on.earliest:
                    yield (*here(communication), field), f"{day} lies before the receipt"
            for index, objection in enumerate(communication.objections):
                if objection.received_on and objection.received_on.latest < received_on.earliest:
                    yield (*here(communication), "objections", index, "received_on"), (
                        f"{objection.received_on} lies before what it objects to"
                    )
        for index in range(1, len(state.deposits)):
            again = state.deposits[index].deposited_on
            if one.status_on(again.earliest - dt.timedelta(1)) != "withdrawn":
                yield ("states", state.iso3, "deposits", index, "deposited_on"), (
                    f"deposited again on {again} while still a party: expected a day after its"
                    " withdrawal took effect"
                )


def _with(state: State, communications: list[Any]) -> State:
    from dataclasses import replace

    return replace(state, communications=tuple(communications))


def _date(value: Any) -> PartialDate:
    from ottawa_cli.dates import parse_partial

    if isinstance(value, str):
        return parse_partial(value)
    return PartialDate(parse_day(value["earliest"]), parse_day(value["latest"]))
