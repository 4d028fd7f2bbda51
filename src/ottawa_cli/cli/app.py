"""The commands of `ottawa`, each in a module of its own that is loaded only when it runs."""

from importlib import import_module
from types import SimpleNamespace
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import USAGE, tell

# name -> (module, what it answers)
COMMANDS = {
    "status": ("status", "Where States stand on a day."),
    "timeline": ("timeline", "The dated course of States: a picture and the events."),
    "explain": ("explain", "The derivation step by step, and how firm it is."),
    "bound": ("bound", "yes, no or unknown: made for `if`."),
    "evaluate": ("evaluate", "Article 20 applied to a table of cases."),
    "data": ("data", "The record itself: check a dataset, its schema, where it is."),
    "completion": ("completion", "The script that lets bash, zsh or fish complete words."),
}
SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def parted(text: str) -> tuple[list[str], str]:
    """The examples of a help text, which stand in blocks that begin with \\b, and the rest."""
    paragraphs = text.split("\n\n")
    blocks = [one.splitlines()[1:] for one in paragraphs if one.startswith("\b")]
    words = [one for one in paragraphs if not one.startswith("\b")]
    return [line for block in blocks for line in block], "\n\n".join(words)


class _Leading:
    """Help that leads with the examples."""

    help: str | None

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        examples, words = parted(self.help or "")
        with formatter.section("Examples"):
            for line in examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words)


class Command(_Leading, TyperCommand):
    """A command."""


class Group(_Leading, TyperGroup):
    """A group of commands. Without one of them it prints its help as an error."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            tell(ctx.get_help())
            raise typer.Exit(USAGE)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-") and not ctx.resilient_parsing:
            meant = self.meant(args[0], known)
            raise Failure(USAGE, f"no command {args[0]!r}.{f' Did you mean {meant}?' * bool(meant)}"
                          f"\nTry '{ctx.command_path} --help'.")  # fmt: skip
        return super().resolve_command(ctx, args)

    def meant(self, word: str, known: list[str]) -> str | None:
        """What was meant by a word that is no command."""
        from difflib import get_close_matches

        return next(iter(get_close_matches(word, known, 1)), None)


class LazyGroup(Group):
    """The group that knows its commands by name and imports one only to run it."""

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

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        names = [
            SimpleNamespace(value=name, help=words)
            for name, (_, words) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*names, *TyperCommand.shell_complete(self, ctx, incomplete)]

    def meant(self, word: str, known: list[str]) -> str | None:
        from ottawa_cli.dataset import load
        from ottawa_cli.names import UnknownState, resolve

        try:
            resolve(load(), word)
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
    """Who is bound by the Anti-Personnel Mine Ban Convention on a day, until when, and why.

    \b
    ottawa status lithuania
    ottawa timeline --conflict ukraine
    """


def command() -> Any:
    """The whole command line as one command object."""
    app = typer.Typer(cls=LazyGroup, callback=_root, **SETTINGS)
    return typer.main.get_command(app)
