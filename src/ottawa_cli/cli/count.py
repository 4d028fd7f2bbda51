"""`ottawa count`: how many States are bound, since when, and what changed it."""

from typing import Annotated

import typer

from ottawa_cli import render
from ottawa_cli.cli import options, output
from ottawa_cli.cli.commands import Text, choice, option
from ottawa_cli.cli.exits import USAGE, Failure
from ottawa_cli.rules.state_counts import PERIODS, Counted

FROM = "The first day counted; default the opening for signature."
TO = "The last day counted; default the day asked about."
EVERY = "The numbers at the end of each year or month, in place of the changes."
PANEL = "One row for each State and year, or --every month: where it stood."


@options.asking((*output.FORMATS, "svg"), every=True)
def run(
    asked: options.Asked,
    first: Annotated[Text, option("--from", "DATE", FROM)] = None,
    last: Annotated[Text, option("--to", "DATE", TO)] = None,
    every: Annotated[Text, choice("--every", "PERIOD", PERIODS, EVERY)] = None,
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
    inquiry, _ = asked.ask()
    if len(inquiry.each) > 1 and ((every and not panel) or asked.delivery.format == "svg"):
        raise Failure(USAGE, "--every and the picture are of one treaty: name it with --treaty.")
    opened_on = min(single.treaty.opened_on for single in inquiry.each)
    end = options.day(last) if last is not None else inquiry.as_of
    start = min(opened_on, end) if first is None else options.day(first)
    if start > end:
        raise Failure(USAGE, f"--from {start} comes after the last day counted, {end}.")
    counts = [(single, single.count()) for single in inquiry.each]
    rows: list[Counted]
    if panel:
        part = "panel"
        rows = [place for _, count in counts for place in count.panel(every or "year", start, end)]
    elif every:
        part, rows = "series", [*counts[0][1].every(every, start, end)]
    else:
        changes = [change for _, count in counts for change in count.changes(start, end)]
        part, rows = "changes", [*sorted(changes, key=lambda change: change.after.date)]
    keys = render.machine_keys.of_counted
    asked.delivery.send(
        document=lambda: render.report_count.document(
            inquiry, counts, rows, start, end, whole=first is not None, cite=asked.sources
        ),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "from": str(start),
            "to": str(end),
            "count": [
                {"treaty": single.treaty.id, **keys(count.on(inquiry.as_of), inquiry.record)}
                for single, count in counts
            ],
            part: [keys(row, inquiry.record) for row in rows],
        },
        table=part,
        svg=lambda: render.svg.render(
            render.report_count.picture(*counts[0], start, end),
            render.report_parts.footer(inquiry),
            hues,
        ),
    )
