"""`ottawa bound`: yes, no or unknown, made for `if`."""

import datetime as dt
from typing import Annotated

import typer

from ottawa_cli.cli import options, output
from ottawa_cli.cli.exits import CANNOT_TELL, NO, OK, tell

A_YEAR = dt.timedelta(365)  # past the review of the record: a day that far it cannot know


@options.asking(formats=())
def run(asked: options.Asked, state: Annotated[list[str], options.state("STATE...")]) -> None:
    """Whether a State is bound on a day: prints yes, no or unknown, exits 0, 1 or 4.

    Of several States, a line each: 0 only if all are bound, 4 if of one it cannot be told.

    \b
    if ottawa bound finland --as-of 2026-01-09; then echo still bound; fi
    """
    inquiry, iso3s = asked.ask(state)
    record = inquiry.record
    bound = [inquiry.finding(iso3).bound for iso3 in iso3s]
    output.write_text("".join(f"{options.BOUND_ANSWERS[answer]}\n" for answer in bound))
    for iso3 in iso3s:
        first = inquiry.state(iso3).first_day
        if first and inquiry.as_of < first.on:
            tell(f"ottawa: {record.name(iso3)} was no State yet: its first day is {first.on}.")
    if inquiry.as_of > record.revised_on + A_YEAR:
        last = record.sources_to(inquiry.treaty.id)
        tell(f"ottawa: what happened after {last} may not be in the record.")
    options.tell_unused(inquiry, iso3s, projected=False)
    raise typer.Exit(CANNOT_TELL if None in bound else OK if all(bound) else NO)
