"""`ottawa count`: how many States are bound, since when, and what changed it."""

from collections.abc import Sequence
from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import options, output
from ottawa_cli.cli.commands import SETTINGS, Command, choice, option
from ottawa_cli.cli.exits import USAGE, Failure
from ottawa_cli.rules.counting import PERIODS, Counted

app = typer.Typer(**SETTINGS)
FROM = "The first day counted; default the opening for signature."
TO = "The last day counted; default the day asked about."
EVERY = "The numbers at the end of each year or month, in place of the changes."
PANEL = "One row for each State and year, or --every month: where it stood."


@app.command("count", cls=Command)
@options.asking((*output.FORMATS, "svg"))
def run(
    asked: options.Asked,
    first: Annotated[Optional[str], option("--from", "DATE", FROM)] = None,
    last: Annotated[Optional[str], option("--to", "DATE", TO)] = None,
    every: Annotated[Optional[str], choice("--every", "PERIOD", PERIODS, EVERY)] = None,
    panel: Annotated[bool, typer.Option("--panel", help=PANEL)] = False,
    theme: output.Theme = None,
) -> None:
    """How many States are bound, since when, and what changed it.

    A row for each change, with the numbers after it: who has signed, who has joined and not
    left, who is bound. Where a day is not known the number is a range.

    \b
    ottawa count
    ottawa count --from 2025-01-01 --to 2026-03-01 --format csv
    ottawa count --every year --format csv
    """
    hues = asked.delivery.themed(theme)
    question = asked.ask()
    inquiry, record = question.inquiry, question.inquiry.record
    end = options.day(last) if last is not None else inquiry.as_of
    start = min(inquiry.treaty.opened_on, end) if first is None else options.day(first)
    if start > end:
        raise Failure(USAGE, f"--from {start} comes after the last day counted, {end}.")
    count = inquiry.count()
    told: str
    rows: Sequence[Counted]
    if panel:
        told, rows = "panel", count.panel(every or "year", start, end)
    elif every:
        told, rows = "series", count.every(every, start, end)
    else:
        told, rows = "changes", count.changes(start, end)
    asked.delivery.send(
        document=lambda: render.report_count.document(
            inquiry, count, rows, start, end, whole=first is not None, cite=asked.sources
        ),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "from": str(start),
            "to": str(end),
            "count": render.machine_keys.of_counted(count.on(inquiry.as_of), record),
            told: [render.machine_keys.of_counted(row, record) for row in rows],
        },
        grid=lambda: render.machine_keys.grid_of_count(
            [render.machine_keys.of_counted(row, record) for row in rows], told
        ),
        svg=lambda: render.svg.render(
            render.report_count.picture(inquiry, count, start, end),
            render.report_parts.footer(inquiry),
            hues,
        ),
    )
