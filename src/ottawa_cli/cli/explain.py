"""`ottawa explain`: the derivation of one State's standing, step by step."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import offers, options, output
from ottawa_cli.cli.app import SETTINGS, Command
from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import USAGE

app = typer.Typer(**SETTINGS)


@app.command("explain", cls=Command)
def run(
    state: Annotated[
        Optional[str],
        typer.Argument(
            metavar="STATE",
            help="Any usual name or ISO code.",
            show_default=False,
            autocompletion=offers.states,
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
    """The derivation step by step, how firm it is, what is open and what remains.

    \b
    ottawa explain lithuania
    ottawa explain --notice estonia=2024-08-31 --conflict estonia=2025-03-01..
    """
    delivery = output.Delivery(format, field, output_file, color, bom)
    question = options.ask(
        [state] if state else [], as_of=as_of, notice=notice, revoke=revoke, conflict=conflict,
        reading=reading, data=data,
    )  # fmt: skip
    if len(question.iso3s) != 1:
        raise Failure(USAGE, "explain takes one State.\nTry 'ottawa explain --help'.")
    question.standings(question.iso3s)
    inquiry, iso3 = question.inquiry, question.iso3s[0]
    delivery.send(
        document=lambda: render.report.explanation(inquiry, iso3, sources),
        content=lambda: {
            **render.keys.envelope(inquiry),
            "states": [render.keys.of_explanation(inquiry, iso3)],
        },
        grid=lambda: render.keys.grid_of_standings([inquiry.standing(iso3)], inquiry.record),
    )
