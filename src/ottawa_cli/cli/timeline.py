"""`ottawa timeline`: the dated course of States."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import options, output
from ottawa_cli.cli.commands import Text, Texts, choice, option
from ottawa_cli.cli.exits import USAGE, Failure, tell
from ottawa_cli.dataset.fields import EVENT_KINDS
from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.rules.timeline import KINDS

EVERY_KIND = (*KINDS, *EVENT_KINDS)
KIND = f"Only events of this kind, repeatable: {', '.join(EVERY_KIND)}."
SINCE = "Only events from that day on."
LISTS = "Whether to list events and notes. Default: yes, but of several States not on a terminal."


@options.asking((*output.FORMATS, "ics", "svg"), filters=True, every=True)
def run(
    asked: options.Asked,
    state: options.States = None,
    all: options.All = False,
    kind: Annotated[Texts, choice("--kind", "KIND", EVERY_KIND, KIND)] = None,
    since: Annotated[Text, option("--since", "DATE", SINCE)] = None,
    theme: output.Theme = None,
    events: Annotated[Optional[bool], typer.Option("--events/--no-events", help=LISTS)] = None,
    no_picture: Annotated[bool, typer.Option("--no-picture", help="Only the lists.")] = False,
) -> None:
    """The dated course of States: bars over a time axis, and the events under them.

    Without a STATE: every State with a notice or a suspension communication.

    \b
    ottawa timeline lithuania
    ottawa timeline --all --since 2026-01-01
    ottawa timeline --conflict ukraine
    """
    hues = asked.delivery.themed(theme)
    inquiry, iso3s, named = asked.about(state, options.communicating, all=all)
    inquiry = inquiry.showing(kind or (), None if since is None else options.day(since))
    if inquiry.narrowed and not named:
        iso3s = [iso3 for iso3 in iso3s if any(single.events(iso3) for single in inquiry.each)]
    general = not (named or any(asked.filters))
    whole = no_picture or inquiry.narrowed or asked.sources or asked.delivery.format != "table"
    lists = (whole or len(iso3s) < 2) if events is None else events
    asked.delivery.send(
        document=lambda: render.report_timeline.timeline(
            inquiry, iso3s, asked.sources, general, lists=lists, pictured=not no_picture
        ),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "states": [
                render.machine_keys.of_timeline(single, iso3)
                for iso3 in iso3s
                for single in inquiry.each
            ],
        },
        table="timeline",
        ics=lambda: _calendar(inquiry, iso3s),
        svg=lambda: render.svg.render(
            render.report_timeline.picture(inquiry, iso3s, general=general),
            render.report_parts.footer(inquiry),
            hues,
        ),
    )
    options.tell_unused(inquiry, iso3s)
    if events is None and not lists:
        tell("ottawa: for the events and notes of each State add --events, or name one.")


def _calendar(inquiry: Inquiry, iso3s: list[str]) -> str:
    try:
        return render.ics.render(inquiry, iso3s)
    except ImportError:
        missing = "--format ics needs the icalendar library: pip install icalendar."
        raise Failure(USAGE, missing) from None
