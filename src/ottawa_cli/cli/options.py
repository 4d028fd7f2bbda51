"""The options that every command on States takes, and how their texts become a question."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, NamedTuple, Optional

import typer

from ottawa_cli.cli import completions
from ottawa_cli.cli.commands import choice, option
from ottawa_cli.cli.exits import INVALID, USAGE, Failure, tell
from ottawa_cli.cli.output import FORMATS, Delivery, sending_options
from ottawa_cli.dataset import DatasetError, Record, UnknownTreaty, load
from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.inquiry.assumptions import AssumedConflict, Assumptions, ScenarioError
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.names import UnknownState
from ottawa_cli.rules.possibilities import TooManyUnknownDays
from ottawa_cli.rules.readings import ReadingError, Readings
from ottawa_cli.rules.standing import STATUSES, Standing

STATE = "Any usual name or ISO code of a State."
Names = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar="[STATE]...", help=STATE, show_default=False, autocompletion=completions.states
    ),
]
All = Annotated[bool, typer.Option("--all", help="Every State of the roll.")]
TODAY = "The day asked about, YYYY-MM-DD or today (in UTC), which is the default."
AsOf = Annotated[Optional[str], option("--as-of", "DATE", TODAY, envvar="OTTAWA_AS_OF")]
HOW = "How an open point is read, as listed below; as=WHO as one reads it who has said so."
ReadingChoices = Annotated[
    Optional[list[str]], option("--reading", "KEY=VALUE", HOW, completions.readings)
]
RECEIVED = "Assume the depositary receives an instrument of withdrawal that day."
REVOKED = "Assume the notice is revoked that day."
AT_WAR = "Take the State as engaged in armed conflict; KIND is IAC, NIAC or OCC."
SPAN = "STATE[=FROM..[TO][@KIND]]"
UNDER = "The treaty asked about, by any of its names; all for each, where a command can."
OTHER = "Another dataset, or a supplement to the shipped one."
STATUS = f"Only States with this status, repeatable: {', '.join(STATUSES)}."
IS_BOUND = "Only States that are bound on the day asked about: yes, no or unknown."
AT_WAR_THEN = "Only States with an armed conflict, recorded or assumed, on the day asked about."
FILTERS = {  # what narrows an answer to some of the States: the fields of `Filters`
    "only": Annotated[Optional[list[str]], choice("--only", "STATUS", STATUSES, STATUS)],
    "bound": Annotated[
        Optional[str], choice("--bound", "ANSWER", ("yes", "no", "unknown"), IS_BOUND)
    ],
    "in_conflict": Annotated[bool, typer.Option("--in-conflict", help=AT_WAR_THEN)],
}
Treaty = Annotated[
    Optional[str],
    option("--treaty", "NAME", UNDER, completions.treaties, envvar="OTTAWA_TREATY"),
]
QUESTION = {  # what every question about States is put with: the texts of `Asked`
    "as_of": AsOf,
    "notice": Annotated[
        Optional[list[str]], option("--notice", "STATE=DATE", RECEIVED, completions.dated)
    ],
    "revoke": Annotated[
        Optional[list[str]], option("--revoke", "STATE=DATE", REVOKED, completions.dated)
    ],
    "conflict": Annotated[
        Optional[list[str]], option("--conflict", SPAN, AT_WAR, completions.perhaps_dated)
    ],
    "reading": ReadingChoices,
    "treaty": Treaty,
    "data": Annotated[Optional[str], option("--data", "FILE", OTHER, envvar="OTTAWA_DATA")],
}
SOURCES = Annotated[bool, typer.Option("--sources", help="Add the sources to the human formats.")]


class Question(NamedTuple):
    """What was asked: the inquiry, and the States it is about (none named: empty)."""

    inquiry: Inquiry
    iso3s: list[str]

    def tell_unused(self, *, projected: bool = True) -> None:
        """Say on stderr which assumptions the answer makes no use of.

        `projected`: it tells what follows from what is assumed for a later day.
        """
        inquiry, iso3s, assumed = self.inquiry, self.iso3s, self.inquiry.assumptions.iso3s
        absent = [iso3 for iso3 in assumed if iso3 not in iso3s]
        later = [] if projected else [iso3 for iso3 in iso3s if self._looks_ahead(iso3)]
        for unused, when in ((absent, ""), (later, f" for a day after {inquiry.as_of}")):
            if unused:
                names = ", ".join(map(inquiry.record.name, unused))
                tell(f"ottawa: what was assumed about {names}{when} is not in this answer.")

    def _looks_ahead(self, iso3: str) -> bool:
        sent = self.inquiry.state(iso3).communications
        return any(c.assumed and c.received_on.earliest > self.inquiry.as_of for c in sent)


def communicating(inquiry: Inquiry) -> list[str]:
    """The States with a notice or a suspension communication."""
    found = {
        iso3 for each in inquiry.each for iso3 in inquiry.record.with_communications(each.treaty.id)
    }
    return [iso3 for iso3 in inquiry.record.iso3s if iso3 in found]


class Filters(NamedTuple):
    """Which States an answer is narrowed to; without any, to none."""

    only: Sequence[str] | None = None
    bound: str | None = None
    in_conflict: bool | None = None

    def keep(self, standing: Standing) -> bool:
        """Whether the State is one of them."""
        bound = {True: "yes", False: "no", None: "unknown"}[standing.bound]
        conflicts = (found.conflict for found in standing.conflicts)
        return (
            (not self.only or standing.status in self.only)
            and self.bound in {None, bound}
            and (not self.in_conflict or any(c.surely_on(standing.as_of) for c in conflicts))
        )

    def __str__(self) -> str:
        bound = {"yes": "is bound", "no": "is not bound", "unknown": "may be bound or not"}
        said = [f"has the status {' or '.join(self.only)}"] if self.only else []
        said += [bound[self.bound]] if self.bound else []
        return " and ".join([*said, "is in an armed conflict"] if self.in_conflict else said)


class Asked(NamedTuple):
    """What the shared options of a command say: `ask` puts the question about some States."""

    texts: dict[str, Any]
    delivery: Delivery
    sources: bool
    filters: Filters
    every: bool = False

    def ask(self, names: list[str] | None = None) -> Question:
        """The question about these States, or else about those that assumptions name; about
        `every` treaty, where the command can."""
        given = self.texts
        as_of, record = day(given["as_of"]), open_record(given["data"])
        assumptions = Assumptions(
            notices=_dated("--notice", given["notice"]),
            revocations=_dated("--revoke", given["revoke"]),
            conflicts=_conflicts(given["conflict"]),
            at_war=[text.strip() for text in given["conflict"] or () if "=" not in text],
        )
        readings = Readings.parse(read_as(given["reading"]))
        inquiry = Inquiry(record, as_of, readings, assumptions, given["treaty"])
        if len(inquiry.each) > 1 and not self.every:
            only = "--treaty all goes with status, timeline and count"
            raise Failure(USAGE, f"{only}: name one treaty.")
        if len(inquiry.each) > 1 and (assumptions.notices or assumptions.revocations):
            raise Failure(USAGE, "--notice and --revoke are of one treaty: name it by --treaty.")
        assumed = inquiry.assumptions.iso3s
        iso3s = list(dict.fromkeys(_named(record, names or []) or assumed))
        for iso3 in (*iso3s, *assumed):
            inquiry.state(iso3)  # contradictions surface before anything is computed
        return Question(inquiry, iso3s)

    def about(
        self, state: list[str] | None, without: Callable[[Inquiry], Iterable[str]], *, all: bool
    ) -> tuple[Question, bool]:
        """The question about the States named, or else those that assumptions name, or else those
        `without`; and whether any were named. With `all`, or a filter, the roll is searched."""
        if state and all:
            raise Failure(USAGE, "--all goes without a STATE.")
        question, roll = self.ask(state), all or any(self.filters)
        inquiry = question.inquiry
        named = bool(state) or (bool(question.iso3s) and not roll)
        found = question.iso3s if named else inquiry.record.iso3s if roll else without(inquiry)
        if any(self.filters):
            found = [
                iso3 for iso3 in found if any(map(self.filters.keep, inquiry.standings([iso3])))
            ]
        return Question(inquiry, list(found)), named


def asking(
    formats: tuple[str, ...] = FORMATS, *, filters: bool = False, every: bool = False
) -> Callable[[Callable[..., None]], Any]:
    """Make a command of a function, with the options that put a question and send the answer.

    The function takes an Asked first, and after it the arguments and options of its own.
    Without `formats` it says where its answer goes by itself; with `filters` some States can be
    picked, and with `every` all treaties be asked about at once. What cannot be read or answered
    ends it as a Failure.
    """
    sending = sending_options(formats)
    shared = {**QUESTION, "sources": SOURCES, **sending} if formats else QUESTION
    shared = {**FILTERS, **shared} if filters else shared

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            names = (*FILTERS, *QUESTION, "sources", *sending)
            texts = {name: given.pop(name, None) for name in names}
            delivery = Delivery(formats, *(texts[name] for name in sending))
            narrowed = Filters(*(texts[name] for name in FILTERS))
            asked = Asked(texts, delivery, bool(texts["sources"]), narrowed, every)
            try:
                function(asked, **given)
            except TooManyUnknownDays as error:
                raise Failure(INVALID, f"{error}.") from None
            except (DateError, ReadingError, UnknownState, UnknownTreaty, ScenarioError) as error:
                text = str(error)
                raise Failure(USAGE, text if text.endswith((".", "?")) else f"{text}.") from None

        return with_options(run, function, shared)

    return decorate


def sending(function: Callable[..., None]) -> Callable[..., None]:
    """Make a command of a function that takes a Delivery, with the options that say where to."""
    shared = sending_options(FORMATS)

    def run(**given: Any) -> None:
        function(Delivery(FORMATS, *(given.pop(name, None) for name in shared)), **given)

    return with_options(run, function, shared)


def with_options(
    run: Callable[..., None], function: Callable[..., None], shared: dict[str, Any]
) -> Callable[..., None]:
    """`run` as Typer sees it: with the parameters of `function` after its first, and the shared."""
    _, *own = signature(function).parameters.values()
    added = [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=None)
        for name, kind in shared.items()
    ]
    parameters = [*(each.replace(kind=Parameter.KEYWORD_ONLY) for each in own), *added]
    vars(run)["__signature__"] = Signature(parameters)
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    run.__doc__ = function.__doc__
    return run


def read_as(texts: Iterable[str] | None) -> list[str]:
    """The ``KEY=VALUE`` texts of readings, those of ``as=WHO`` written out."""
    found: list[str] = []
    for text in texts or ():
        key, _, who = (part.strip() for part in text.partition("="))
        if key != "as":
            found.append(text)
            continue
        from ottawa_cli.dataset.shipped import views

        known = views()
        if who.lower() not in known:
            raise ReadingError(f"as={who}: no view is on record; choose one of {', '.join(known)}")
        found += known[who.lower()].readings
    return found


def _named(record: Record, names: list[str]) -> list[str]:
    """The codes of the States named. Raises UnknownState, with a hint where quotes are missing."""
    try:
        return [record.names.resolve(name) for name in names]
    except UnknownState:
        from ottawa_cli.names.spelling import fold

        together = " ".join(names)
        if len(names) > 1 and fold(together) in record.names.words:
            hint = f"no State answers to {names[0]!r}. Did you mean the one State {together!r}?"
            raise UnknownState(f"{hint} Put a name of several words in quotes.", []) from None
        for name in names:
            with suppress(DateError):
                hint = f"{name} is no State: did you mean --as-of {parse_day(name)}?"
                raise UnknownState(hint, []) from None
        raise


def day(as_of: str | None) -> dt.date:
    """The day asked about: the one given, or today in UTC. Raises Failure for no day at all."""
    if as_of is None or as_of.strip().lower() == "today":
        return dt.datetime.now(dt.UTC).date()
    try:
        return parse_day(as_of)
    except DateError as error:
        raise Failure(USAGE, f"{error}.") from None


def open_record(data: str | None) -> Record:
    """The record in the file `data`, or the shipped one. Raises Failure with every fault."""
    try:
        return load(data)
    except DatasetError as error:
        raise Failure(INVALID, _faults(error)) from None


def _faults(error: DatasetError) -> str:
    """The faults of a dataset in two lines: the first, and where to see the others."""
    first, rest = error.faults[0], len(error.faults) - 1
    if not first.line:
        return f"{first}."
    more = f" and {rest} more" if rest else ""
    return f"{first}.\nThe dataset has 1 fault{more}: run 'ottawa data check {first.file}'."


def _dated(option: str, texts: Iterable[str] | None) -> dict[str, tuple[dt.date, ...]]:
    """STATE=DATE texts as days by State."""
    found: dict[str, tuple[dt.date, ...]] = {}
    for text in texts or ():
        name, equals, day = text.rpartition("=")
        if not equals or not name:
            raise ScenarioError(f"{option} {text!r}: write STATE=DATE, as in estonia=2025-08-31")
        found[name.strip()] = (*found.get(name.strip(), ()), parse_day(day.strip()))
    return found


def _conflicts(texts: Iterable[str] | None) -> dict[str, tuple[AssumedConflict, ...]]:
    """STATE=FROM..[TO][@KIND] texts as conflicts by State."""
    found: dict[str, tuple[AssumedConflict, ...]] = {}
    for text in texts or ():
        name, equals, span = text.partition("=")
        if equals:
            found[name.strip()] = (*found.get(name.strip(), ()), AssumedConflict.parse(span))
    return found
