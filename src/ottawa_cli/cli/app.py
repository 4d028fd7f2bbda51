"""The commands of `ottawa`, each in a module of its own that is loaded only when it runs."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

# name -> (module, what it answers)
COMMANDS = {
    "status": ("status", "Where States stand on a day."),
    "timeline": ("timeline", "The dated course of States: a picture and the events."),
    "explain": ("explain", "The derivation step by step, and how firm it is."),
    "bound": ("bound", "yes, no or unknown: made for `if`."),
    "evaluate": ("evaluate", "Article 20 applied to a table of cases."),
    "data": ("data", "The record itself: check a dataset, its JSON Schema, where it is."),
}
SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"ottawa_cli.cli.{COMMANDS[cmd_name][0]}")
        return typer.main.get_command(module.app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _version(value: bool) -> None:
    if value:
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
    """Who is bound by the Anti-Personnel Mine Ban Convention on a day, until when, and why.

    \b
    ottawa status lithuania
    ottawa timeline --conflict ukraine
    """


def command() -> Any:
    """The whole command line as one command object."""
    app = typer.Typer(cls=LazyGroup, no_args_is_help=True, callback=_root, **SETTINGS)
    return typer.main.get_command(app)
