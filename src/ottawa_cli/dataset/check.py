"""Is a dataset right? The form of every field, then what only someone who knows the treaty sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ottawa_cli.dataset.fields import RECORD
from ottawa_cli.dataset.kinds import AT_KEY, Path, Problem
from ottawa_cli.dataset.record import Record, partial
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, Deposit, State
from ottawa_cli.names.spelling import fold
from ottawa_cli.rules.article_17 import (
    CONVENTION_IN_FORCE,
    OPENED_FOR_SIGNATURE,
    entry_into_force,
)
from ottawa_cli.rules.history import History, history_of
from ottawa_cli.rules.readings import DEFAULT

PROTOCOL_AMENDED = "1996-05-03"  # Amended Protocol II to the CCW, by its own title
BY_SIGNATORIES = frozenset({"ratification", "acceptance", "approval"})  # Art. 16(1)
NOT_BOUND = frozenset({"not-party", "signatory", "joining", "withdrawn"})

# The dates of each part that cannot lie ahead of the last review, by their place in an entry;
# of entries inside it, with the field that lists them.
PAST_DATES: dict[str, tuple[str, ...]] = {
    "communications": ("received_on", "circulated.on", "objections.received_on"),
    "conflicts": ("start", "end.on", "phases.start"),
    "events": ("date",),
    "reviewed": ("on", "sources_to"),
    "sources": ("date",),
    "states": (
        "first_day.on",
        "signature.on",
        "deposits.deposited_on",
        "amended_protocol_ii.consented_on",
    ),
}

# The day of a fact, by its field; a fact without one has the day of what it stands in: the
# communication that is objected to, the deposit that a computed entry into force follows from.
DAYS = ("received_on", "start", "date", "on", "deposited_on", "consented_on")
FACTS_INSIDE = frozenset({"objections", "phases", "deposits"})


def faults_in(data: Any) -> tuple[list[Problem], dict[str, str]]:
    """Every fault of a dataset as (path, what is wrong and what is expected), and its names.

    What depends on a malformed entry is not looked at; everything else is. The names are
    those of a sound dataset: folded name -> alpha-3 code.
    """
    found = RECORD.problems(data, ())
    if not isinstance(data, dict):
        return found, {}
    broken = {path[:depth] for path, _ in found for depth in range(1, len(path) + 1)}
    domain = _Domain(data, broken)
    return found + list(domain.problems()), domain.owner


class _Domain:
    """The checks that know the Convention, on the entries whose form is right."""

    def __init__(self, data: dict[str, Any], broken: set[Path]) -> None:
        self.data = data
        self.broken = broken
        self.states: dict[str, Any] = dict(self._entries("states"))
        self.known = self._keys("states")  # a broken entry is still there to be pointed at
        self.sources = self._keys("sources")
        self.dated = {id: raw["date"] for id, raw in self._entries("sources") if "date" in raw}
        self.used: set[str] = set()
        self.owner: dict[str, str] = {}  # folded name -> the State that answers to it

    def _entries(self, part: str) -> Iterator[tuple[Any, Any]]:
        """(key, entry) of the sound entries of one part."""
        section = self.data.get(part)
        pairs: Iterable[tuple[Any, Any]] = ()
        if isinstance(section, dict):
            pairs = section.items()
        elif isinstance(section, list):
            pairs = enumerate(section)
        return ((key, entry) for key, entry in pairs if (part, key) not in self.broken)

    def _keys(self, part: str) -> set[str]:
        section = self.data.get(part)
        return set(section) if isinstance(section, dict) else set()

    def problems(self) -> Iterator[Problem]:
        yield from self._references()
        yield from self._unused_sources()
        yield from self._names()
        yield from self._refused_names()
        yield from self._dates_to_come()
        yield from self._protocol()
        yield from self._notes()
        yield from self._notifications()
        yield from self._conflicts()
        yield from self._states()

    # --- references ---

    def _references(self) -> Iterator[Problem]:
        """Every code and source id points to an entry."""
        for part in ("communications", "conflicts", "events", "states"):
            for key, entry in self._entries(part):
                yield from self._walk(entry, (part, key))
        for word, codes in self._entries("ambiguous_names"):
            yield from self._codes(codes, ("ambiguous_names", word))

    def _walk(self, entry: dict[str, Any], path: Path, day: str = "") -> Iterator[Problem]:
        """The references of a fact and of those inside it; `day` is that of the fact around it."""
        for field in ("state", "through"):
            if field in entry and entry[field] not in self.known:
                yield (*path, field), _unknown_state(entry[field])
        yield from self._codes(entry.get("states", ()), (*path, "states"))
        day = next((_first(entry[field]) for field in DAYS if field in entry), day)
        for index, id in enumerate(entry["sources"]):
            where, date = (*path, "sources", index), self.dated.get(id, "")
            self.used.add(id)
            if id not in self.sources:
                yield where, f"unknown source {id}: expected a key of sources"
            elif date < day[: len(date)]:
                what = f"source {id} is of {date}, older than what it is given for ({day})"
                yield where, f"{what}: expected a source of that day or later"
        for field, value in entry.items():
            if isinstance(value, dict) and "sources" in value:
                yield from self._walk(value, (*path, field), day)
            elif field in FACTS_INSIDE:
                for index, inner in enumerate(value):
                    yield from self._walk(inner, (*path, field, index), day)

    def _codes(self, codes: Iterable[str], path: Path) -> Iterator[Problem]:
        for index, code in enumerate(codes):
            if code not in self.known:
                yield (*path, index), _unknown_state(code)

    def _unused_sources(self) -> Iterator[Problem]:
        if self.broken:
            return  # a malformed entry may be the one that uses it
        for id in self.sources - self.used:
            where = ("sources", id, AT_KEY)
            yield where, f"source {id} is used by no fact: expected a use, or no such entry"

    # --- codes and names ---

    def _names(self) -> Iterator[Problem]:
        """No code or name answers for two States, or twice for one."""
        ambiguous: dict[str, list[str]] = {}
        for word, codes in self._entries("ambiguous_names"):
            if ambiguous.setdefault(fold(word), codes) is not codes:
                yield ("ambiguous_names", word, AT_KEY), f"{word!r} is listed twice: expected once"
        for iso3, raw in self.states.items():
            places: list[tuple[Path, str]] = [((AT_KEY,), iso3), (("iso2",), raw["iso2"])]
            places += [((key,), raw[key]) for key in ("name", "un_name") if key in raw]
            places += [(("other_names", i), n) for i, n in enumerate(raw.get("other_names", ()))]
            for place, text in places:
                word, path = fold(text), ("states", iso3, *place)
                if word in ambiguous:
                    # The Depositary may call a State by a word that is not its alone: "Congo".
                    if place != ("un_name",) or iso3 not in ambiguous[word]:
                        yield path, f"{text!r} is in ambiguous_names: expected one or the other"
                elif not word:
                    yield path, f"{text!r} has neither letter nor digit: expected a name"
                elif self.owner.setdefault(word, iso3) != iso3:
                    owner = self.owner[word]
                    yield path, f"{text!r} is a name of {owner}: expected names of one State only"
        self.ambiguous = ambiguous

    def _refused_names(self) -> Iterator[Problem]:
        refused: set[str] = set()
        for key, entry in self._entries("refused_names"):
            for index, text in enumerate(entry["names"]):
                word, path = fold(text), ("refused_names", key, "names", index)
                if word in self.owner or word in self.ambiguous:
                    owner = self.owner.get(word, "several States")
                    yield path, f"{text!r} is a name of {owner}: expected a word that is no State's"
                elif word in refused:
                    yield path, f"{text!r} is refused already: expected it once"
                refused.add(word)

    # --- dates ---

    def _dates_to_come(self) -> Iterator[Problem]:
        """Nothing is recorded before it happened."""
        if ("version",) in self.broken or "version" not in self.data:
            return
        version = self.data["version"]
        for part in PAST_DATES:
            for key, entry in self._entries(part):
                for place, value in _past_dates(part, entry):
                    first = _first(value)
                    if first > version[: len(first)]:
                        yield (
                            (part, key, *place),
                            f"{first} lies after the last review ({version}): expected a day up to"
                            " then, or a later version",
                        )

    def _protocol(self) -> Iterator[Problem]:
        for iso3, raw in self.states.items():
            day = raw.get("amended_protocol_ii", {}).get("consented_on", PROTOCOL_AMENDED)
            if day < PROTOCOL_AMENDED:
                path = ("states", iso3, "amended_protocol_ii", "consented_on")
                yield (
                    path,
                    (
                        f"{day} lies before {PROTOCOL_AMENDED}, when the Protocol was amended:"
                        " expected a later day"
                    ),
                )

    def _notes(self) -> Iterator[Problem]:
        """A limited note has a limit, and days to hold on."""
        for part in ("communications", "conflicts", "events", "states"):
            for key, entry in self._entries(part):
                here: Path = (part, key)
                yield from _limits(entry, here)
                for index, deposit in enumerate(entry.get("deposits", ())):
                    yield from _limits(deposit, (*here, "deposits", index))

    def _notifications(self) -> Iterator[Problem]:
        """A depositary notification speaks of one communication, in the year it is dated."""
        seen: set[str] = set()
        for key, entry in self._entries("communications"):
            reference, circulated = entry.get("reference"), entry.get("circulated", {}).get("on")
            where = ("communications", key, "reference")
            if reference in seen:
                yield where, f"{reference} is used already: expected another number"
            elif reference and circulated and reference.split(".")[3] != circulated[:4]:
                yield where, f"{reference} was circulated on {circulated}: expected the same year"
            if reference:
                seen.add(reference)

    def _conflicts(self) -> Iterator[Problem]:
        for key, raw in self._entries("conflicts"):
            path: Path = ("conflicts", key)
            start = partial(raw["start"])
            end = partial(raw["end"]["on"]) if "end" in raw else None
            if end and end.latest < start.earliest:
                what = f"ends on {end}, before it starts on {start}: expected a later day"
                yield (*path, "end", "on"), what
            for index, phase in enumerate(raw.get("phases", ())):
                begins = partial(phase["start"])
                if begins.latest < start.earliest or (end and begins.earliest > end.latest):
                    what = f"{begins} lies outside the conflict: expected a day in it"
                    yield (*path, "phases", index, "start"), what

    # --- the law ---

    def _states(self) -> Iterator[Problem]:
        """What Articles 15 to 17 and 20 do not allow."""
        received: dict[str, list[tuple[int, Any]]] = {}
        for index, entry in self._entries("communications"):
            objecting = {entry["state"], *(o["state"] for o in entry.get("objections", ()))}
            if objecting <= self.states.keys():
                received.setdefault(entry["state"], []).append((index, entry))
        sound = {
            "states": self.states,
            "communications": [],
            "conflicts": [entry for _, entry in self._entries("conflicts")],
            "events": [],
        }
        record = Record(sound, {})
        for iso3 in self.states:
            state = record.state(iso3)
            yield from self._beginning(state, ("states", iso3))
            yield from self._joining(state, ("states", iso3))
            if iso3 in received or len(state.deposits) > 1:
                entries = received.get(iso3, [])
                communications = tuple(record.communication(raw) for _, raw in entries)
                indexes = [index for index, _ in entries]
                yield from _leaving(state._replace(communications=communications), indexes)

    def _beginning(self, state: State, path: Path) -> Iterator[Problem]:
        """A State does nothing before its first day, and follows one that was there before."""
        first = state.first_day
        if first is None:
            return
        if first.on <= OPENED_FOR_SIGNATURE:
            what = f"{first.on} is no later than the Convention: expected no first day"
            yield (*path, "first_day", "on"), what
        if first.through and "first_day" in self.states.get(first.through, {}):
            what = f"{first.through} has a first day itself: expected a State without one"
            yield (*path, "first_day", "through"), what
        days: list[tuple[Path, PartialDate | None]] = [(("signature", "on"), state.signed_on)]
        for i, deposit in enumerate(state.deposits):
            in_force = exact(deposit.in_force_on) if deposit.in_force_on else None
            days.append((("deposits", i, "deposited_on"), deposit.deposited_on))
            days.append((("deposits", i, "in_force", "from"), in_force))
        for place, day in days:
            if day and day.latest < first.on:
                what = f"{day} lies before the first day of {state.name} ({first.on})"
                yield (*path, *place), f"{what}: expected a later day"

    def _joining(self, state: State, path: Path) -> Iterator[Problem]:
        signed = state.signed_on
        if signed and not (
            signed.latest >= OPENED_FOR_SIGNATURE and signed.earliest < CONVENTION_IN_FORCE
        ):
            yield (
                (*path, "signature", "on"),
                (
                    f"signed on {signed}: expected a day from {OPENED_FOR_SIGNATURE} to before"
                    f" {CONVENTION_IN_FORCE} (Art. 15)"
                ),
            )
        for index, deposit in enumerate(state.deposits):
            here = (*path, "deposits", index)
            on = deposit.deposited_on
            if on.latest < OPENED_FOR_SIGNATURE:
                yield (
                    (*here, "deposited_on"),
                    (
                        f"deposited on {on}, before the Convention was opened for signature"
                        f" ({OPENED_FOR_SIGNATURE}): expected a later day"
                    ),
                )
            if index == 0 and signed and signed.earliest > on.latest:
                what = f"signed on {signed}, after the deposit ({on}): expected an earlier day"
                yield (*path, "signature", "on"), what
            if index == 0 and bool(signed) != (deposit.instrument in BY_SIGNATORIES):
                yield (
                    (*here, "instrument"),
                    (
                        f"{deposit.instrument} {'with' if signed else 'without'} a signature:"
                        " expected ratification, acceptance or approval by a State that signed,"
                        " accession or succession by another (Art. 16)"
                    ),
                )
            if index and on.earliest <= state.deposits[index - 1].deposited_on.latest:
                what = f"deposited on {on}: expected the deposits in the order of their days"
                yield (*here, "deposited_on"), what
            yield from self._in_force(deposit, here)

    def _in_force(self, deposit: Deposit, here: Path) -> Iterator[Problem]:
        if bool(deposit.in_force_on) != bool(deposit.in_force_reason):
            yield (*here, "in_force"), "from and reason: expected both or neither"
        elif deposit.in_force_on and deposit.in_force_on == entry_into_force(
            deposit.deposited_on.earliest
        ):
            where = (*here, "in_force", "from")
            yield where, "is what Art. 17 gives: expected no day, it is computed"


def _leaving(state: State, indexes: list[int]) -> Iterator[Problem]:
    """What Article 20 and the order of days do not allow; `indexes` are the communications'.

    A day that is not known exactly is at fault only if both its ends are.
    """
    late = set(_leaving_on(state, indexes, lambda day: day.latest))
    yield from (p for p in _leaving_on(state, indexes, lambda day: day.earliest) if p in late)


def _leaving_on(
    state: State, indexes: list[int], end: Callable[[PartialDate], dt.date]
) -> Iterator[Problem]:
    on_end = [c._replace(received_on=exact(end(c.received_on))) for c in state.communications]
    history = history_of(state._replace(communications=tuple(on_end)), dt.date.max, DEFAULT)
    ineffective = {id(instrument): why for instrument, why in history.ineffective}
    revoking = {id(notice.revocation) for notice in history.notices if notice.revocation}
    for index, recorded, communication in zip(indexes, state.communications, on_end, strict=True):
        here: Path = ("communications", index)
        day = recorded.received_on
        if id(communication) in ineffective:
            yield (
                (*here, "received_on"),
                {
                    "not-in-force": f"received on {day}, when the Convention was not in force for"
                    f" {state.name}: expected a day on which it was a party",
                    "already-pending": f"received on {day}, while an earlier notice stands or has"
                    " taken effect: expected a revocation or a new deposit before it",
                }[ineffective[id(communication)]],
            )
        if communication.kind == "revocation" and id(communication) not in revoking:
            what = f"received on {day}, when no notice was pending: expected a notice before it"
            yield (*here, "received_on"), what
        if communication.kind == "suspension":
            status = history.status_on(end(day))
            if status in NOT_BOUND:
                what = f"received on {day}, when {state.name} was not bound: expected a party's"
                yield (*here, "received_on"), what
        yield from _around(recorded, here)
    yield from _again(state, history)


def _around(communication: Communication, here: Path) -> Iterator[Problem]:
    """What follows a receipt does not come before it."""
    received_on = communication.received_on.earliest
    for place, day in (
        (("circulated", "on"), communication.circulated_on),
        (("requested_on",), communication.requested_on),
    ):
        if day and day < received_on:
            yield (*here, *place), f"{day} lies before the receipt: expected a later day"
    for index, objection in enumerate(communication.objections):
        if objection.received_on and objection.received_on.latest < received_on:
            what = f"{objection.received_on} lies before what it objects to: expected a later day"
            yield (*here, "objections", index, "received_on"), what


def _again(state: State, history: History) -> Iterator[Problem]:
    """A State joins again only once it has left."""
    for index, deposit in enumerate(state.deposits[1:], start=1):
        again = deposit.deposited_on
        if history.status_on(again.earliest - dt.timedelta(1)) != "withdrawn":
            yield (
                ("states", state.iso3, "deposits", index, "deposited_on"),
                (
                    f"deposited again on {again} while still a party: expected a day after its"
                    " withdrawal took effect"
                ),
            )


def _limits(entry: dict[str, Any], here: Path) -> Iterator[Problem]:
    for index, note in enumerate(entry.get("notes", ())):
        path = (*here, "notes", index)
        if len(note) == 1:
            yield (
                path,
                "has no limit: expected from, until or under_what_ifs, else its text as note",
            )
        elif {"from", "until"} <= note.keys():
            first, last = partial(note["from"]), partial(note["until"])
            if last.earliest < first.latest:
                yield (*path, "until"), f"{last} lies before {first}: expected a later day"


def _first(date: str | dict[str, str]) -> str:
    """A date as written, or the earliest day of an interval."""
    return date if isinstance(date, str) else date["earliest"]


def _past_dates(part: str, entry: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """(place, date) of the dates of an entry that PAST_DATES names."""
    for name in PAST_DATES[part]:
        field, _, inner = name.partition(".")
        value = entry.get(field)
        if value is None:
            continue
        if not inner:
            yield (field,), value
        elif isinstance(value, dict):
            yield (field, inner), value[inner]
        else:
            for index, each in enumerate(value):
                if inner in each:
                    yield (field, index, inner), each[inner]


def _unknown_state(code: str) -> str:
    return f"unknown State {code}: expected an alpha-3 code of states"
