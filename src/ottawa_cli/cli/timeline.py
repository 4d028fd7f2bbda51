"""`ottawa timeline`: the dated course of States."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import offers, options, output
from ottawa_cli.cli.app import SETTINGS, Command
from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import USAGE
from ottawa_cli.inquiry import Inquiry

app = typer.Typer(**SETTINGS)
FORMATS = (*output.FORMATS, "ics", "svg")
PictureFormatOption = Annotated[
    Optional[str],
    typer.Option("--format", metavar="NAME",
                 autocompletion=lambda incomplete: offers.among(FORMATS, incomplete),
                 help="table, plain, json, csv, tsv, markdown, html, ics (a calendar) or svg (the"
                 " picture). Default: table on a terminal, by the ending of --output, else plain."),
]  # fmt: skip


@app.command("timeline", cls=Command)
def run(
    state: options.Names = None,
    as_of: options.AsOf = None,
    notice: options.Notices = None,
    revoke: options.Revocations = None,
    conflict: options.Conflicts = None,
    reading: options.ReadingChoices = None,
    data: options.Data = None,
    sources: options.WithSources = False,
    format: PictureFormatOption = None,
    field: output.FieldOption = None,
    output_file: output.FileOption = None,
    color: output.ColorOption = None,
    bom: output.BomOption = False,
) -> None:
    """The dated course of States: bars over a time axis, and the events under them.

    Without a STATE: every State with a notice or a suspension communication.

    \b
    ottawa timeline lithuania
    ottawa timeline --conflict ukraine
    """
    delivery = output.Delivery(format, field, output_file, color, bom, FORMATS)
    question = options.ask(
        state, as_of=as_of, notice=notice, revoke=revoke, conflict=conflict, reading=reading,
        data=data,
    )  # fmt: skip
    inquiry, record = question.inquiry, question.inquiry.record
    iso3s = question.iso3s or record.with_communications()
    question.standings(iso3s)
    delivery.send(
        document=lambda: render.report.timeline(
            inquiry, iso3s, sources, general=not question.iso3s
        ),
        content=lambda: {
            **render.keys.envelope(inquiry),
            "states": [render.keys.of_timeline(inquiry, iso3) for iso3 in iso3s],
        },
        grid=lambda: render.keys.grid_of_events(inquiry, iso3s),
        ics=lambda: _calendar(inquiry, iso3s),
        svg=lambda: _picture(inquiry, iso3s),
    )


def _calendar(inquiry: Inquiry, iso3s: list[str]) -> str:
    try:
        return render.ics.render(inquiry, iso3s)
    except ImportError:
        raise Failure(
            USAGE,
            "--format ics needs the icalendar library: pip install icalendar.",
        ) from None


def _picture(inquiry: Inquiry, iso3s: list[str]) -> str:
    return render.svg.render(render.report.picture(inquiry, iso3s), render.report.footer(inquiry))
