"""`ottawa status`: where States stand on a day."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import options
from ottawa_cli.cli.commands import SETTINGS, Command, choice
from ottawa_cli.cli.exits import USAGE, Failure
from ottawa_cli.rules.result import STATUSES

app = typer.Typer(**SETTINGS)
ONLY = f"Only States with this status, repeatable: {', '.join(STATUSES)}."


@app.command("status", cls=Command)
@options.asking()
def run(
    asked: options.Asked,
    state: options.Names = None,
    all: Annotated[bool, typer.Option("--all", help="All 197 States of the roll.")] = False,
    only: Annotated[
        Optional[list[str]],
        choice("--only", "STATUS", STATUSES, ONLY),
    ] = None,
) -> None:
    """Where States stand on a day: bound or not, since when, until when, and why.

    Without a STATE: every State with a notice or a suspension communication, and a
    tally of the whole roll.

    \b
    ottawa status lithuania
    ottawa status --all --only withdrawn
    ottawa status ukraine --notice ukraine=2025-07-18
    """
    question = asked.ask(state)
    inquiry, record = question.inquiry, question.inquiry.record
    if state and all:
        raise Failure(USAGE, "--all goes without a STATE.")
    named = bool(state) or (bool(question.iso3s) and not (all or only))
    iso3s = (
        question.iso3s
        if named
        else record.iso3s
        if all or only
        else record.with_communications(inquiry.treaty.id)
    )
    if only:
        iso3s = [iso3 for iso3 in iso3s if inquiry.standing(iso3).status in only]
    standings = inquiry.standings(iso3s)
    asked.delivery.send(
        document=lambda: render.report_status.status(
            inquiry, iso3s, asked.sources, tally=not named, only=only or ()
        ),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "states": [standing.to_dict() for standing in standings],
        },
        grid=lambda: render.machine_keys.grid_of_standings(standings),
    )
    question.tell_unused(iso3s)
