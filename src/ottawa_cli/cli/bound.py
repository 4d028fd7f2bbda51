"""`ottawa bound`: yes, no or unknown, made for `if`."""

from typing import Annotated

import typer

from ottawa_cli.cli import offers, options, output
from ottawa_cli.cli.app import SETTINGS, Command
from ottawa_cli.cli.main import CANNOT_TELL, NO, OK

app = typer.Typer(**SETTINGS)


@app.command("bound", cls=Command)
def run(
    state: Annotated[
        str,
        typer.Argument(
            metavar="STATE",
            autocompletion=offers.states,
            help="Any usual name or ISO code.",
        ),
    ],
    as_of: options.AsOf = None,
    notice: options.Notices = None,
    revoke: options.Revocations = None,
    conflict: options.Conflicts = None,
    reading: options.ReadingChoices = None,
    data: options.Data = None,
) -> None:
    """Whether a State is bound on a day: prints yes, no or unknown, exits 0, 1 or 4.

    \b
    if ottawa bound finland --as-of 2026-01-09; then echo still bound; fi
    """
    question = options.ask(
        [state], as_of=as_of, notice=notice, revoke=revoke, conflict=conflict, reading=reading,
        data=data,
    )  # fmt: skip
    bound = question.outcome(question.iso3s[0]).bound
    word, status = {True: ("yes", OK), False: ("no", NO), None: ("unknown", CANNOT_TELL)}[bound]
    output.write_text(f"{word}\n")
    raise typer.Exit(status)
