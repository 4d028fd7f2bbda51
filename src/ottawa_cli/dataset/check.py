"""Is a dataset right? The form of every field, then what only someone who knows the treaty sees."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ottawa_cli.dataset.build import Raw, partial_date
from ottawa_cli.dataset.fields import RECORD
from ottawa_cli.dataset.kinds import AT_KEY, Entry, ListOf, Path, Problem
from ottawa_cli.dataset.record import Record
from ottawa_cli.dataset.shipped import raw_clauses
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.model import Communication, State
from ottawa_cli.names.spelling import fold
from ottawa_cli.rules.article_17 import entry_into_force
from ottawa_cli.rules.history import history_of
from ottawa_cli.rules.readings import DEFAULT

BY_SIGNATORIES = frozenset({"ratification", "acceptance", "approval"})
UNBOUND_STATUSES = frozenset({"not-party", "signatory", "joining", "withdrawn"})
PARTS = ("communications", "conflicts", "events", "states", "clauses", "not_computed")
# The day of a fact, by its field, which lies before the last review. A fact without one has the
# day of what it stands in: the communication that is objected to, the deposit that a computed
# entry into force follows from.
DAYS = ("received_on", "start", "date", "on", "deposited_on")
FACTS_INSIDE = frozenset({"objections", "phases", "deposits", "consents"})
INEFFECTIVE = {
    "not-in-force": "when the Convention was not in force for {}: expected a day on which it was a"
    " party",
    "already-pending": "while an earlier notice stands or has taken effect: expected a revocation"
    " or a new deposit before it",
}
LATER = ": expected a later day"
BY_SIGNATURE = (
    "expected ratification, acceptance or approval by a State that signed, accession or succession"
    " by another"
)


def faults_in(
    data: Any, form: Entry = RECORD, beside: Raw | None = None
) -> tuple[list[Problem], dict[str, str]]:
    """Every fault of a dataset as (path, what is wrong and what is expected), and its names.

    What depends on a malformed entry is not looked at; everything else is. The names are
    those of a sound dataset: folded name -> alpha-3 code. `beside` is the record with the roll,
    where the dataset has a further treaty and no roll of its own.
    """
    of_form = form.problems(data, ())
    if not isinstance(data, dict):
        return of_form, {}
    domain = _Domain(data, form, of_form, beside)
    return of_form + list(domain.problems()), domain.owner


class _Domain:
    """The checks that know the Convention, on the entries whose form is right."""

    def __init__(self, data: Raw, form: Entry, of_form: list[Problem], beside: Raw | None) -> None:
        broken = {path[:depth] for path, _ in of_form for depth in range(1, len(path) + 1)}
        self.whole = not broken
        # The entries whose form is right, by part and by their key, or their place in the list.
        self.parts: defaultdict[str, dict[Any, Any]] = defaultdict(dict)
        for part, field in form.fields.items():
            section = data.get(part)
            if isinstance(section, list if isinstance(field.kind, ListOf) else dict):
                pairs = enumerate(section) if isinstance(section, list) else section.items()
                self.parts[part] = {k: entry for k, entry in pairs if (part, k) not in broken}
        self.version: str = "" if ("version",) in broken else data.get("version", "")
        self.treaty: Raw = {} if ("treaty",) in broken else self.parts["treaty"]
        self.states = self.parts["states"]
        self.beside = beside
        # What may be pointed at: a broken entry is still there.
        self.known = _keys(beside or data, "states")
        self.sources = _keys(data, "sources")
        dated = {**(beside["sources"] if beside else {}), **self.parts["sources"]}
        self.dates = {id: source.get("date", "") for id, source in dated.items()}
        self.used: set[str] = set()
        self.owner: dict[str, str] = {}  # folded name -> the State that answers to it
        self.ambiguous: dict[str, list[str]] = {}  # folded name -> those that do

    def problems(self) -> Iterator[Problem]:
        for part in PARTS:
            for key, entry in self.parts[part].items():
                yield from self._fact(entry, (part, key))
        yield from self._fact(self.treaty, ("treaty",))
        for part in ("reviewed", "sources"):
            for key, entry in self.parts[part].items():
                yield from self._to_come(entry, (part, key))
        yield from self._cited(self.parts["roll_sources"].values(), ("roll_sources",))
        if self.whole:  # or else a malformed entry may be the one that uses it
            for id in self.sources - self.used:
                what = f"source {id} is used by no fact: expected a use, or no such entry"
                yield ("sources", id, AT_KEY), what
        yield from self._names()
        yield from self._refused_names()
        yield from self._clauses()
        yield from self._notifications()
        for key, conflict in self.parts["conflicts"].items():
            yield from _at(("conflicts", key), _course(conflict))
        yield from self._states()

    # --- every fact ---

    def _fact(self, fact: Raw, path: Path, day: str = "") -> Iterator[Problem]:
        """What is wrong with a fact and those inside it; `day` is that of the fact around it."""
        for field in ("state", "through"):
            if field in fact:
                yield from self._code(fact[field], (*path, field))
        for index, code in enumerate(fact.get("states", ())):
            yield from self._code(code, (*path, "states", index))
        day = next((_first(fact[field]) for field in DAYS if field in fact), day)
        for field in ("sources", "practice_sources"):
            yield from self._cited(fact.get(field, ()), (*path, field), day)
        yield from self._to_come(fact, path)
        yield from _at((*path, "notes"), _limits(fact.get("notes", ())))
        for field, value in fact.items():
            if isinstance(value, dict) and "sources" in value:
                yield from self._fact(value, (*path, field), day)
            elif field in FACTS_INSIDE:
                for index, inner in enumerate(value):
                    yield from self._fact(inner, (*path, field, index), day)

    def _cited(self, ids: Iterable[str], path: Path, day: str = "") -> Iterator[Problem]:
        """What is wrong with the sources of a fact of that day."""
        for index, id in enumerate(ids):
            where, date = (*path, index), self.dates.get(id, "")
            self.used.add(id)
            if id not in self.sources and id not in self.dates:
                yield where, f"unknown source {id}: expected a key of sources"
            elif date < day[: len(date)]:
                what = f"source {id} is of {date}, older than what it is given for ({day})"
                yield where, f"{what}: expected a source of that day or later"

    def _code(self, code: str, path: Path) -> Iterator[Problem]:
        if code not in self.known:
            yield path, f"unknown State {code}: expected an alpha-3 code of states"

    def _to_come(self, entry: Raw, path: Path) -> Iterator[Problem]:
        """Nothing is recorded before it happened."""
        for field in (*DAYS, "sources_to"):
            first = _first(entry.get(field, ""))
            if self.version and first > self.version[: len(first)]:
                what = f"{first} lies after the last review ({self.version})"
                yield (*path, field), f"{what}: expected a day up to then, or a later version"

    # --- codes and names ---

    def _names(self) -> Iterator[Problem]:
        """No code or name answers for two States, or twice for one."""
        ambiguous = self.ambiguous
        for text, codes in self.parts["ambiguous_names"].items():
            for index, code in enumerate(codes):
                yield from self._code(code, ("ambiguous_names", text, index))
            if ambiguous.setdefault(fold(text), codes) is not codes:
                yield ("ambiguous_names", text, AT_KEY), f"{text!r} is listed twice: expected once"
        for iso3, state in self.states.items():
            places: list[tuple[Path, str]] = [((AT_KEY,), iso3)]
            places += [((key,), state[key]) for key in ("iso2", "name", "un_name") if key in state]
            places += [(("other_names", i), n) for i, n in enumerate(state.get("other_names", ()))]
            for place, text in places:
                word, path = fold(text), ("states", iso3, *place)
                if word in ambiguous:
                    # The Depositary may call a State by a word that is not its alone: "Congo".
                    if place != ("un_name",) or iso3 not in ambiguous[word]:
                        yield path, f"{text!r} is in ambiguous_names: expected one or the other"
                elif not word:
                    yield path, f"{text!r} has neither letter nor digit: expected a name"
                elif (owner := self.owner.setdefault(word, iso3)) != iso3:
                    yield path, f"{text!r} is a name of {owner}: expected names of one State only"

    def _refused_names(self) -> Iterator[Problem]:
        refused: set[str] = set()
        for key, entry in self.parts["refused_names"].items():
            for index, text in enumerate(entry["names"]):
                word, path = fold(text), ("refused_names", key, "names", index)
                if word in self.owner or word in self.ambiguous:
                    owner = self.owner.get(word, "several States")
                    yield path, f"{text!r} is a name of {owner}: expected a word that is no State's"
                elif word in refused:
                    yield path, f"{text!r} is refused already: expected it once"
                refused.add(word)

    # --- clauses and communications ---

    def _clauses(self) -> Iterator[Problem]:
        """A clause has one way to set the day and an id of its own, and the treaty's is there."""
        for id, entry in self.parts["clauses"].items():
            if ("period" in entry) == ("year" in entry):
                yield ("clauses", id), "expected a period or a day of the year, and not both"
        ids = set(self.parts["clauses"])
        for key, entry in self.parts["not_computed"].items():
            for index, id in enumerate(entry["ids"]):
                if id in ids:
                    where = ("not_computed", key, "ids", index)
                    yield where, f"{id} is there already: expected another id"
                ids.add(id)
        id = self.treaty.get("clause", "")
        if self.treaty and id not in self.parts["clauses"] and id not in raw_clauses()["clauses"]:
            what = f"unknown clause {id}: expected a key of clauses, or one of clauses.yaml"
            yield ("treaty", "clause"), what
            self.treaty = {}

    def _notifications(self) -> Iterator[Problem]:
        """A depositary notification speaks of one communication, in the year it is dated."""
        seen: set[str] = set()
        chapter = self.treaty.get("chapter", "")
        for key, entry in self.parts["communications"].items():
            reference, circulated = entry.get("reference"), entry.get("circulated", {}).get("on")
            where = ("communications", key, "reference")
            if reference in seen:
                yield where, f"{reference} is used already: expected another number"
            elif reference and not reference.endswith(f"TREATIES-{chapter}"):
                yield where, f"{reference} is of another treaty: expected one of {chapter}"
            elif reference and circulated and reference.split(".")[3] != circulated[:4]:
                yield where, f"{reference} was circulated on {circulated}: expected the same year"
            if reference:
                seen.add(reference)
            if "lasts" in entry and entry["kind"] != "suspension":
                yield ("communications", key, "lasts"), "goes with a suspension: leave it out"

    # --- the law ---

    def _states(self) -> Iterator[Problem]:
        """What Articles 15 to 17 and 20 do not allow."""
        if not self.treaty:
            return
        for iso3 in self.states.keys() - self.known:
            yield from self._code(iso3, ("states", iso3, AT_KEY))
        indexes: dict[str, list[int]] = {iso3: [] for iso3 in self.states if iso3 in self.known}
        sound: Raw = {**self.parts, "treaty": self.treaty, "communications": [], "events": []}
        sound["conflicts"] = list(self.parts["conflicts"].values())
        named = self.known if self.beside else self.states.keys()
        for index, entry in self.parts["communications"].items():
            objecting = {objection["state"] for objection in entry.get("objections", ())}
            if entry["state"] in indexes and objecting <= named:
                indexes[entry["state"]].append(index)
                sound["communications"].append(entry)
        id: str = self.treaty["names"][0]
        record = Record(self.beside, {}, further={id: sound}) if self.beside else Record(sound, {})
        for iso3, places in indexes.items():
            state = record.state(iso3, id)
            yield from _at(("states", iso3), self._beginning(state))
            if not self.beside:
                yield from _at(("states", iso3), _consents(state))
            yield from _at(("states", iso3), _joining(state))
            if places or len(state.deposits) > 1:
                yield from _leaving(state, places)
            for index, communication in zip(places, state.communications, strict=True):
                yield from _at(("communications", index), _after_receipt(communication))

    def _beginning(self, state: State) -> Iterator[Problem]:
        """A State does nothing before its first day, and follows one that was there before."""
        first = state.first_day
        if first is None:
            return
        if first.on <= state.treaty.opened_on and not self.beside:
            what = f"{first.on} is no later than the Convention: expected no first day"
            yield ("first_day", "on"), what
        if first.through and "first_day" in self.states.get(first.through, {}):
            what = f"{first.through} has a first day itself: expected a State without one"
            yield ("first_day", "through"), what
        days: list[tuple[Path, PartialDate | None]] = [(("signature", "on"), state.signed_on)]
        for index, deposit in enumerate(state.deposits):
            in_force = exact(deposit.in_force_on) if deposit.in_force_on else None
            days.append((("deposits", index, "deposited_on"), deposit.deposited_on))
            days.append((("deposits", index, "in_force", "from"), in_force))
        for place, day in days:
            if day and day.latest < first.on:
                before = f"{day} lies before the first day of {state.name} ({first.on})"
                yield place, before + LATER


def _at(path: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of an entry, which stands at that path in the file."""
    return (((*path, *place), text) for place, text in problems)


def _course(conflict: Raw) -> Iterator[Problem]:
    """A conflict starts before it ends, and its phases lie between."""
    start = partial_date(conflict["start"])
    end = partial_date(conflict["end"]["on"]) if "end" in conflict else None
    if end and end.latest < start.earliest:
        yield ("end", "on"), f"ends on {end}, before it starts on {start}" + LATER
    for index, phase in enumerate(conflict.get("phases", ())):
        begins = partial_date(phase["start"])
        if begins.latest < start.earliest or (end and begins.earliest > end.latest):
            what = f"{begins} lies outside the conflict: expected a day in it"
            yield ("phases", index, "start"), what


def _consents(state: State) -> Iterator[Problem]:
    """Consents to treaties that nothing remaining speaks of, or that were not there yet."""
    known = {duty.provision: duty for duty in state.treaty.remaining if duty.consented}
    for index, consent in enumerate(state.consents):
        duty = known.get(consent.to)
        if duty is None:
            what = f"{consent.to!r} is no provision of remaining that tells of consent"
            yield ("consents", index, "to"), f"{what}: expected one of {', '.join(known)}"
        elif duty.consents_from and consent.on < duty.consents_from:
            before = f"{consent.on} lies before {duty.consents_from}, the first day for it"
            yield ("consents", index, "on"), before + LATER


def _joining(state: State) -> Iterator[Problem]:
    """What Articles 15 to 17 and the order of days do not allow."""
    treaty, signed, previous = state.treaty, state.signed_on, None
    opened, in_force, where = treaty.opened_on, treaty.joining.in_force_on, treaty.provisions
    if signed and (signed.latest < opened or signed.earliest >= in_force):
        span = f"from {opened} to before {in_force} ({where.signature})"
        yield ("signature", "on"), f"signed on {signed}: expected a day {span}"
    for index, deposit in enumerate(state.deposits):
        here, on = ("deposits", index), deposit.deposited_on
        if on.latest < opened:
            what = f"deposited on {on}, before the Convention was opened for signature ({opened})"
            yield (*here, "deposited_on"), what + LATER
        if previous is None and signed and signed.earliest > on.latest:
            what = f"signed on {signed}, after the deposit ({on}): expected an earlier day"
            yield ("signature", "on"), what
        if previous is None and bool(signed) != (deposit.instrument in BY_SIGNATORIES):
            what = f"{deposit.instrument} {'with' if signed else 'without'} a signature"
            yield (*here, "instrument"), f"{what}: {BY_SIGNATURE} ({where.deposit})"
        if previous and on.earliest <= previous.latest:
            what = f"deposited on {on}: expected the deposits in the order of their days"
            yield (*here, "deposited_on"), what
        previous = on
        if bool(deposit.in_force_on) != bool(deposit.in_force_reason):
            yield (*here, "in_force"), "from and reason: expected both or neither"
        elif deposit.in_force_on == entry_into_force(on.earliest, treaty.joining):
            what = f"is what {where.entry_into_force} gives: expected no day, it is computed"
            yield (*here, "in_force", "from"), what


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
        day, kind, what = recorded.received_on, communication.kind, ""
        if id(communication) in ineffective:
            what = INEFFECTIVE[ineffective[id(communication)]].format(state.name)
        elif kind == "revocation" and id(communication) not in revoking:
            what = "when no notice was pending: expected a notice before it"
        elif kind == "suspension" and history.status_on(end(day)) in UNBOUND_STATUSES:
            what = f"when {state.name} was not bound: expected a party's"
        if what:
            yield ("communications", index, "received_on"), f"received on {day}, {what}"
    for index, deposit in enumerate(state.deposits[1:], start=1):
        again = deposit.deposited_on
        if history.status_on(again.earliest - dt.timedelta(1)) != "withdrawn":
            where = ("states", state.iso3, "deposits", index, "deposited_on")
            what = "while still a party: expected a day after its withdrawal took effect"
            yield where, f"deposited again on {again} {what}"


def _after_receipt(communication: Communication) -> Iterator[Problem]:
    """What follows a receipt does not come before it."""
    received_on = communication.received_on.earliest
    for place, day in (
        (("circulated", "on"), communication.circulated_on),
        (("requested_on",), communication.requested_on),
    ):
        if day and day < received_on:
            yield place, f"{day} lies before the receipt" + LATER
    for index, objection in enumerate(communication.objections):
        if (objected := objection.received_on) and objected.latest < received_on:
            what = f"{objected} lies before what it objects to"
            yield ("objections", index, "received_on"), what + LATER


def _limits(notes: Iterable[Raw]) -> Iterator[Problem]:
    """A limited note has a limit, and days to hold on."""
    for index, note in enumerate(notes):
        if len(note) == 1:
            what = "expected from, until or under_what_ifs, else its text as note"
            yield (index,), f"has no limit: {what}"
        elif {"from", "until"} <= note.keys():
            first, last = partial_date(note["from"]), partial_date(note["until"])
            if last.earliest < first.latest:
                yield (index, "until"), f"{last} lies before {first}" + LATER


def _keys(data: Raw, part: str) -> set[str]:
    section = data.get(part)
    return set(section) if isinstance(section, Mapping) else set()


def _first(date: str | dict[str, str]) -> str:
    """A date as written, or the earliest day of an interval."""
    return date if isinstance(date, str) else date["earliest"]
