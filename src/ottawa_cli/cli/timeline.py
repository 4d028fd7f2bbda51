"""`ottawa timeline`: the dated course of States."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import options
from ottawa_cli.cli.commands import SETTINGS, Command, choice
from ottawa_cli.cli.exits import USAGE, Failure
from ottawa_cli.cli.output import FORMATS
from ottawa_cli.inquiry.inquiry import Inquiry

app = typer.Typer(**SETTINGS)
THEMES = ("light", "dark", "auto")
HUES = "Colours of the svg picture: light (default), dark, or auto, as the reader's screen has it."
Theme = Annotated[Optional[str], choice("--theme", "NAME", THEMES, HUES)]


@app.command("timeline", cls=Command)
@options.asking((*FORMATS, "ics", "svg"))
def run(asked: options.Asked, state: options.Names = None, theme: Theme = None) -> None:
    """The dated course of States: bars over a time axis, and the events under them.

    Without a STATE: every State with a notice or a suspension communication.

    \b
    ottawa timeline lithuania
    ottawa timeline --conflict ukraine
    """
    if theme and asked.delivery.format != "svg":
        raise Failure(USAGE, "--theme goes with --format svg.")
    question = asked.ask(state)
    inquiry, record = question.inquiry, question.inquiry.record
    iso3s = question.iso3s or record.with_communications(inquiry.treaty.id)
    asked.delivery.send(
        document=lambda: render.report_timeline.timeline(
            inquiry, iso3s, asked.sources, general=not question.iso3s
        ),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "states": [render.machine_keys.of_timeline(inquiry, iso3) for iso3 in iso3s],
        },
        grid=lambda: render.machine_keys.grid_of_events(inquiry, iso3s),
        ics=lambda: _calendar(inquiry, iso3s),
        svg=lambda: render.svg.render(
            render.report_timeline.picture(inquiry, iso3s, general=not question.iso3s),
            render.report_parts.footer(inquiry),
            theme or "light",
        ),
    )
    question.tell_unused(iso3s)


def _calendar(inquiry: Inquiry, iso3s: list[str]) -> str:
    try:
        return render.ics.render(inquiry, iso3s)
    except ImportError:
        missing = "--format ics needs the icalendar library: pip install icalendar."
        raise Failure(USAGE, missing) from None
