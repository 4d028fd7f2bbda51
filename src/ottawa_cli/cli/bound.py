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
        found = inquiry.state(iso3)
        if found.first_day and inquiry.as_of < found.first_day.on:
            tell(f"ottawa: {found.name} was no State yet: its first day is {found.first_day.on}.")
        if found.communications_of("suspension") and inquiry.standing(iso3).contested:
            tell(f"ottawa: the suspension is contested: 'ottawa status {iso3}' has both views.")
    if inquiry.as_of > record.revised_on + A_YEAR:
        last = record.sources_to(inquiry.treaty.id)
        tell(f"ottawa: what happened after {last} may not be in the record.")
    options.tell_unused(inquiry, iso3s, projected=False)
    raise typer.Exit(CANNOT_TELL if None in bound else OK if all(bound) else NO)
