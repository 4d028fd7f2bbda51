"""`ottawa bound`: yes, no or unknown, made for `if`."""

from typing import Annotated

import typer

from ottawa_cli.cli import completions, options, output
from ottawa_cli.cli.commands import SETTINGS, Command
from ottawa_cli.cli.exits import CANNOT_TELL, NO, OK

app = typer.Typer(**SETTINGS)


@app.command("bound", cls=Command)
@options.asking(formats=())
def run(
    asked: options.Asked,
    state: Annotated[
        str,
        typer.Argument(metavar="STATE", help=options.STATE, autocompletion=completions.states),
    ],
) -> None:
    """Whether a State is bound on a day: prints yes, no or unknown, exits 0, 1 or 4.

    \b
    if ottawa bound finland --as-of 2026-01-09; then echo still bound; fi
    """
    question = asked.ask([state])
    bound = question.inquiry.finding(question.iso3s[0]).bound
    word, status = {True: ("yes", OK), False: ("no", NO), None: ("unknown", CANNOT_TELL)}[bound]
    output.write_text(f"{word}\n")
    question.tell_unused(question.iso3s, projected=False)
    raise typer.Exit(status)
