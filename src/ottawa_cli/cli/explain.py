"""`ottawa explain`: the derivation of one State's standing, step by step."""

from typing import Annotated

from ottawa_cli import render
from ottawa_cli.cli import options
from ottawa_cli.cli.commands import Text
from ottawa_cli.cli.exits import USAGE, Failure


@options.asking()
def run(
    asked: options.Asked,
    state: Annotated[Text, options.state("STATE")] = None,
) -> None:
    """The derivation step by step, how firm it is, what is open and what remains.

    \b
    ottawa explain lithuania
    ottawa explain --notice estonia=2024-08-31 --conflict estonia=2025-03-01..
    """
    inquiry, iso3s = asked.ask([state] if state else [])
    if len(iso3s) != 1:
        raise Failure(USAGE, "explain takes one State.\nTry 'ottawa explain --help'.")
    (iso3,) = iso3s
    asked.delivery.send(
        document=lambda: render.report_explanation.explanation(inquiry, iso3, asked.sources),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "states": [render.machine_keys.of_explanation(inquiry, iso3)],
        },
        table="status",
    )
    options.tell_unused(inquiry, iso3s)
