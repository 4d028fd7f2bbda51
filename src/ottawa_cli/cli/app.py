"""The commands of `ottawa`, each in a module of its own that is loaded only when it runs."""

from contextlib import suppress
from importlib import import_module
from types import SimpleNamespace
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ottawa_cli.cli.commands import SETTINGS, Command, Group

# Each command, which is a module of that name, and what it answers.
COMMANDS = {
    "status": "Where States stand on a day.",
    "timeline": "The dated course of States: a picture and the events.",
    "leave": "The earliest day on which States could be out.",
    "explain": "The derivation step by step, and how firm it is.",
    "bound": "yes, no or unknown: made for `if`.",
    "count": "How many States are bound, since when, and what changed it.",
    "cite": "What to put in a footnote.",
    "evaluate": "Article 20 applied to a table of cases.",
    "data": "The record itself: check a dataset, its schema, where it is.",
}
WORDS = {  # what a stranger may try for a command -> what does it
    "changes": "'ottawa timeline --all --since DATE'",
    "list": "'ottawa status --all'",
    "help": "'ottawa --help'",
}


class LazyGroup(Group):
    """The group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"ottawa_cli.cli.{cmd_name}")
        if hasattr(module, "app"):  # a group of its own
            return typer.main.get_command(module.app)
        app = typer.Typer(**SETTINGS)
        app.command(cmd_name, cls=Command)(module.run)
        return typer.main.get_command(app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        begun = [name for name in COMMANDS if name.startswith(incomplete)]
        names = [SimpleNamespace(value=name, help=COMMANDS[name]) for name in begun]
        return [*names, *TyperCommand.shell_complete(self, ctx, incomplete)]

    def meant(self, word: str, known: list[str]) -> str | None:
        from ottawa_cli.dataset import load
        from ottawa_cli.dates import DateError, parse_day
        from ottawa_cli.names import UnknownState

        if word in WORDS:
            return WORDS[word]
        with suppress(DateError):
            return f"'ottawa status --as-of {parse_day(word)}'"
        try:
            load().names.resolve(word)
        except UnknownState:
            return super().meant(word, known)
        return f"'ottawa status {word}'"


def _version(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from ottawa_cli import __version__
        from ottawa_cli.dataset import load

        typer.echo(f"ottawa {__version__}, data {load().version}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the versions and exit."
        ),
    ] = False,
) -> None:
    """Who is bound by a disarmament treaty on a day, until when, and why.

    \b
    ottawa status lithuania
    ottawa timeline --conflict ukraine
    """


def command() -> Any:
    """The whole command line as one command object."""
    settings = {**SETTINGS, "add_completion": True}
    return typer.main.get_command(typer.Typer(cls=LazyGroup, callback=_root, **settings))
