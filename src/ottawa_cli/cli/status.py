"""`ottawa status`: where States stand on a day."""

from ottawa_cli import render
from ottawa_cli.cli import options


@options.asking(filters=True, every=True)
def run(asked: options.Asked, state: options.States = None, all: options.All = False) -> None:
    """Where States stand on a day: bound or not, since when, until when, and why.

    Without a STATE: every State with a notice or a suspension communication, and a
    tally of the whole roll.

    \b
    ottawa status lithuania
    ottawa status --all --only withdrawn
    ottawa status ukraine --notice ukraine=2025-07-18
    """
    inquiry, iso3s, named = asked.about(state, options.communicating, all=all)
    standings = [*filter(asked.filters.keep, inquiry.standings(iso3s))]
    asked.delivery.send(
        document=lambda: render.report_status.status(
            inquiry, standings, asked.sources, tally=not named, searched=str(asked.filters)
        ),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "states": [standing.to_dict() for standing in standings],
        },
        table="status",
    )
    options.tell_unused(inquiry, iso3s)
