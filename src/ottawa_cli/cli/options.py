"""The options that every command on States takes, and how their texts become a question."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, NamedTuple, TypeVar

import typer

from ottawa_cli.cli import completions
from ottawa_cli.cli.commands import Text, Texts, choice, option
from ottawa_cli.cli.exits import INVALID, USAGE, Failure, tell
from ottawa_cli.cli.output import FORMATS, Delivery, Sending, format_option
from ottawa_cli.dataset import DatasetError, Record, UnknownTreaty, load
from ottawa_cli.dates import DateError, parse_day
from ottawa_cli.inquiry.assumptions import AssumedConflict, Assumptions, ScenarioError
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.model import UnknownClause
from ottawa_cli.names import UnknownState
from ottawa_cli.rules.possibilities import TooManyUnknownDays
from ottawa_cli.rules.readings import ReadingError, Readings
from ottawa_cli.rules.standing import STATUSES, Standing

T = TypeVar("T")
REFUSED = (DateError, ReadingError, ScenarioError, UnknownClause, UnknownState, UnknownTreaty)


def state(metavar: str) -> Any:
    """An argument that names a State, or several of them."""
    words = "Any usual name or ISO code of a State."
    return typer.Argument(
        metavar=metavar, help=words, show_default=False, autocompletion=completions.states
    )


States = Annotated[Texts, state("[STATE]...")]
All = Annotated[bool, typer.Option("--all", help="Every State of the roll.")]
TODAY = "The day asked about, YYYY-MM-DD or today (in UTC), which is the default."
AsOf = Annotated[Text, option("--as-of", "DATE", TODAY, envvar="OTTAWA_AS_OF")]
HOW = "How an open point is read, as listed below; as=WHO as one reads it who has said so."
ReadingChoices = Annotated[Texts, option("--reading", "KEY=VALUE", HOW, completions.readings)]
UNDER = "The treaty asked about, by any of its names; all for each, where a command can."
Treaty = Annotated[
    Text,
    option("--treaty", "NAME", UNDER, completions.treaties, envvar="OTTAWA_TREATY"),
]
RECEIVED = "Assume the depositary receives an instrument of withdrawal that day."
REVOKED = "Assume the notice is revoked that day."
AT_WAR = "Take the State as engaged in armed conflict; KIND is IAC, NIAC or OCC."
SPAN = "STATE[=FROM..[TO][@KIND]]"
OTHER = "Another dataset, or a supplement to the shipped one."
STATUS = f"Only States with this status, repeatable: {', '.join(STATUSES)}."
BOUND_ANSWERS = {True: "yes", False: "no", None: "unknown"}
IS_BOUND = "Only States that are bound on the day asked about: yes, no or unknown."
AT_WAR_THEN = "Only States with an armed conflict, recorded or assumed, on the day asked about."


class Given(NamedTuple):
    """What every question about States is put with, as it is typed: each field is an option."""

    as_of: AsOf = None
    notice: Annotated[Texts, option("--notice", "STATE=DATE", RECEIVED, completions.dated)] = None
    revoke: Annotated[Texts, option("--revoke", "STATE=DATE", REVOKED, completions.dated)] = None
    conflict: Annotated[Texts, option("--conflict", SPAN, AT_WAR, completions.perhaps_dated)] = None
    reading: ReadingChoices = None
    treaty: Treaty = None
    data: Annotated[Text, option("--data", "FILE", OTHER, envvar="OTTAWA_DATA")] = None


class Filters(NamedTuple):
    """Which States an answer is narrowed to; without any, to none. Each field is an option."""

    only: Annotated[Texts, choice("--only", "STATUS", STATUSES, STATUS)] = None
    bound: Annotated[Text, choice("--bound", "ANSWER", tuple(BOUND_ANSWERS.values()), IS_BOUND)] = (
        None
    )
    in_conflict: Annotated[bool, typer.Option("--in-conflict", help=AT_WAR_THEN)] = False

    def keep(self, standing: Standing) -> bool:
        """Whether the State is one of them."""
        engagements = (found.conflict for found in standing.conflicts)
        return (
            (not self.only or standing.status in self.only)
            and self.bound in {None, BOUND_ANSWERS[standing.bound]}
            and (not self.in_conflict or any(c.surely_on(standing.as_of) for c in engagements))
        )

    def __str__(self) -> str:
        bound = {"yes": "is bound", "no": "is not bound", "unknown": "may be bound or not"}
        conditions = [f"has the status {' or '.join(self.only)}"] if self.only else []
        conditions += [bound[self.bound]] if self.bound else []
        conditions += ["is in an armed conflict"] if self.in_conflict else []
        return " and ".join(conditions)


def tell_unused(inquiry: Inquiry, iso3s: list[str], *, projected: bool = True) -> None:
    """Say on stderr which assumptions an answer about these States makes no use of.

    `projected`: it tells what follows from what is assumed for a later day.
    """

    def looks_ahead(iso3: str) -> bool:
        sent = inquiry.state(iso3).communications
        return any(c.assumed and c.received_on.earliest > inquiry.as_of for c in sent)

    absent = [iso3 for iso3 in inquiry.assumptions.iso3s if iso3 not in iso3s]
    later = [] if projected else [*filter(looks_ahead, iso3s)]
    for unused, when in ((absent, ""), (later, f" for a day after {inquiry.as_of}")):
        if unused:
            names = ", ".join(map(inquiry.record.name, unused))
            tell(f"ottawa: what was assumed about {names}{when} is not in this answer.")


def communicating(inquiry: Inquiry) -> list[str]:
    """The States with a notice or a suspension communication."""
    treaties = [single.treaty.id for single in inquiry.each]
    sending = {iso3 for id in treaties for iso3 in inquiry.record.with_communications(id)}
    return [iso3 for iso3 in inquiry.record.iso3s if iso3 in sending]


class Asked(NamedTuple):
    """What the shared options of a command say: `ask` puts the question about some States."""

    given: Given
    delivery: Delivery
    sources: bool
    filters: Filters
    every: bool = False

    def ask(self, names: list[str] | None = None) -> tuple[Inquiry, list[str]]:
        """The inquiry, about `every` treaty where the command can; and the States it is about:
        these, or else those that assumptions name."""
        given = self.given
        as_of, record = day(given.as_of), load(given.data)
        wars = [text.partition("=") for text in given.conflict or ()]
        assumptions = Assumptions(
            notices=_by_state(_dated("--notice", text) for text in given.notice or ()),
            revocations=_by_state(_dated("--revoke", text) for text in given.revoke or ()),
            conflicts=_by_state(
                (name, AssumedConflict.parse(span)) for name, equals, span in wars if equals
            ),
            at_war=[name.strip() for name, equals, _ in wars if not equals],
        )
        readings = Readings.parse(read_as(given.reading))
        inquiry = Inquiry(record, as_of, readings, assumptions, given.treaty)
        if len(inquiry.each) > 1 and not self.every:
            only = "--treaty all goes with status, timeline and count"
            raise Failure(USAGE, f"{only}: name one treaty.")
        if len(inquiry.each) > 1 and (assumptions.notices or assumptions.revocations):
            raise Failure(USAGE, "--notice and --revoke are of one treaty: name it by --treaty.")
        assumed = inquiry.assumptions.iso3s
        iso3s = list(dict.fromkeys(_named(record, names or []) or assumed))
        for iso3 in (*iso3s, *assumed):
            inquiry.state(iso3)  # contradictions surface before anything is computed
        return inquiry, iso3s

    def about(
        self, state: list[str] | None, without: Callable[[Inquiry], Iterable[str]], *, all: bool
    ) -> tuple[Inquiry, list[str], bool]:
        """The same, but without any State it is about those `without`; and whether any were named.
        With `all`, or a filter, the roll is searched."""
        if state and all:
            raise Failure(USAGE, "--all goes without a STATE.")
        inquiry, iso3s = self.ask(state)
        roll = all or any(self.filters)
        named = bool(state) or (bool(iso3s) and not roll)
        if not named:
            iso3s = [*(inquiry.record.iso3s if roll else without(inquiry))]
        if any(self.filters):
            iso3s = [i for i in iso3s if any(map(self.filters.keep, inquiry.standings([i])))]
        return inquiry, iso3s, named


@contextmanager
def refusing() -> Iterator[None]:
    """What cannot be read or answered ends the command as a Failure."""
    try:
        yield
    except TooManyUnknownDays as error:
        raise Failure(INVALID, f"{error}.") from None
    except DatasetError as error:
        raise Failure(INVALID, _faults(error)) from None
    except REFUSED as error:
        text = str(error)
        raise Failure(USAGE, text if text.endswith((".", "?")) else f"{text}.") from None


def asking(
    formats: tuple[str, ...] = FORMATS,
    *,
    states: bool = True,
    filters: bool = False,
    every: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that put a question and send the answer.

    The function takes an Asked first, and after it the arguments and options of its own.
    Without `formats` it says where its answer goes by itself; without `states` it asks about none;
    with `filters` some States can be picked, and with `every` all treaties be asked about at once.
    """
    groups: list[Any] = [Filters] * filters + [Given] * states + [Sending] * bool(formats)
    shared = {p.name: p for group in groups for p in signature(group).parameters.values()}
    if formats:
        shared["format"] = shared["format"].replace(annotation=format_option(formats))
    if not states:
        del shared["sources"]

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            def texts(group: Any) -> Any:
                return group(**{name: given.pop(name) for name in group._fields if name in shared})

            with refusing():
                sending = texts(Sending)
                delivery = Delivery(formats, sending)
                asked = Asked(texts(Given), delivery, sending.sources, texts(Filters), every)
                function(asked, **given)

        _, *own = signature(function).parameters.values()
        parameters = [
            param.replace(kind=Parameter.KEYWORD_ONLY) for param in (*own, *shared.values())
        ]
        vars(run)["__signature__"] = Signature(parameters)
        run.__annotations__ = {param.name: param.annotation for param in parameters}
        run.__doc__ = function.__doc__
        return run

    return decorate


def read_as(texts: Iterable[str] | None) -> list[str]:
    """The ``KEY=VALUE`` texts of readings, those of ``as=WHO`` written out."""
    choices: list[str] = []
    for text in texts or ():
        key, _, who = (part.strip() for part in text.partition("="))
        if key != "as":
            choices.append(text)
            continue
        from ottawa_cli.dataset.shipped import views

        known = views()
        if who.lower() not in known:
            raise ReadingError(f"as={who}: no view is on record; choose one of {', '.join(known)}")
        choices += known[who.lower()].readings
    return choices


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


def day(text: str | None) -> dt.date:
    """The day asked about: the one given, or today in UTC. Raises DateError for no day at all."""
    if text is None or text.strip().lower() == "today":
        return dt.datetime.now(dt.UTC).date()
    return parse_day(text)


def _faults(error: DatasetError) -> str:
    """The faults of a dataset in two lines: the first, and where to see the others."""
    first, others = error.faults[0], len(error.faults) - 1
    if not first.line:
        return f"{first}."
    more = f" and {others} more" if others else ""
    return f"{first}.\nThe dataset has 1 fault{more}: run 'ottawa data check {first.file}'."


def _dated(option: str, text: str) -> tuple[str, dt.date]:
    """The name and the day of a STATE=DATE text."""
    name, equals, day = text.rpartition("=")
    if not equals or not name:
        raise ScenarioError(f"{option} {text!r}: write STATE=DATE, as in estonia=2025-08-31")
    return name, parse_day(day.strip())


def _by_state(facts: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """What is assumed about each State, by its name."""
    by_state: dict[str, tuple[T, ...]] = {}
    for name, fact in facts:
        by_state[name.strip()] = (*by_state.get(name.strip(), ()), fact)
    return by_state
