"""`ottawa status`: where States stand on a day."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import offers, options, output
from ottawa_cli.cli.app import SETTINGS, Command
from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import USAGE
from ottawa_cli.rules.result import STATUSES

app = typer.Typer(**SETTINGS)


@app.command("status", cls=Command)
def run(
    state: options.Names = None,
    all: Annotated[bool, typer.Option("--all", help="All 197 States of the roll.")] = False,
    only: Annotated[
        Optional[list[str]],
        typer.Option(
            "--only",
            metavar="STATUS",
            autocompletion=lambda incomplete: offers.among(STATUSES, incomplete),
            help=f"Only States with this status, repeatable: {', '.join(STATUSES)}.",
        ),
    ] = None,
    as_of: options.AsOf = None,
    notice: options.Notices = None,
    revoke: options.Revocations = None,
    conflict: options.Conflicts = None,
    reading: options.ReadingChoices = None,
    data: options.Data = None,
    sources: options.WithSources = False,
    format: output.FormatOption = None,
    field: output.FieldOption = None,
    output_file: output.FileOption = None,
    color: output.ColorOption = None,
    bom: output.BomOption = False,
) -> None:
    """Where States stand on a day: bound or not, since when, until when, and why.

    Without a STATE: every State with a notice or a suspension communication, and a
    tally of the whole roll.

    \b
    ottawa status lithuania
    ottawa status --all --only withdrawn
    ottawa status ukraine --notice ukraine=2025-07-18
    """
    wanted = [output.one_of("--only", status.lower(), STATUSES) for status in only or ()]
    delivery = output.Delivery(format, field, output_file, color, bom)
    question = options.ask(
        state, as_of=as_of, notice=notice, revoke=revoke, conflict=conflict, reading=reading,
        data=data,
    )  # fmt: skip
    inquiry, record = question.inquiry, question.inquiry.record
    if state and all:
        raise Failure(USAGE, "--all goes without a STATE.")
    named = bool(state) or (bool(question.iso3s) and not (all or only))
    iso3s = (
        question.iso3s if named else record.iso3s if all or only else record.with_communications()
    )
    question.standings(iso3s if named else record.iso3s)
    if only:
        iso3s = [iso3 for iso3 in iso3s if inquiry.standing(iso3).status in wanted]
    standings = inquiry.standings(iso3s)
    delivery.send(
        document=lambda: render.report.status(
            inquiry, iso3s, sources, tally=not named, only=wanted
        ),
        content=lambda: {
            **render.keys.envelope(inquiry),
            "states": [render.keys.of_standing(one, record) for one in standings],
        },
        grid=lambda: render.keys.grid_of_standings(standings, record),
    )
