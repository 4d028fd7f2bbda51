"""What every command is made of: its settings, and help that leads with the examples."""

from collections.abc import Callable, Sequence
from typing import Any, Optional

import typer
from typer.core import TyperCommand, TyperGroup

from ottawa_cli.cli.exits import USAGE, Failure, tell

Text = Optional[str]  # what an option may be given as,
Texts = Optional[list[str]]  # and one that may be repeated
SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def split_examples(text: str) -> tuple[list[str], str]:
    """The examples of a help text, which stand in blocks that begin with \\b, and the rest."""
    paragraphs = text.split("\n\n")
    blocks = [paragraph.splitlines()[1:] for paragraph in paragraphs if paragraph[:1] == "\b"]
    words = [paragraph for paragraph in paragraphs if paragraph[:1] != "\b"]
    return [line for block in blocks for line in block], "\n\n".join(words)


def option(
    name: str,
    metavar: str,
    help: str,
    completing: Callable[..., list[str]] | None = None,
    **more: Any,
) -> Any:
    """An option that takes a text; `completing` gives what a shell offers for it."""
    return typer.Option(name, metavar=metavar, help=help, autocompletion=completing, **more)


def choice(
    name: str,
    metavar: str,
    choices: tuple[str, ...],
    help: str,
    elsewhere: Callable[[str], str] = lambda word: "",
) -> Any:
    """An option that takes one of a few words, or several of them where it is repeatable.

    Another word is a Failure that says what may be meant, and what `elsewhere` says of the word:
    how to come by what it asks for.
    """

    def checked(given: str) -> str:
        word = given.lower()
        if word not in choices:
            listed = f"{', '.join(choices[:-1])} or {choices[-1]}"
            near = nearest(word, choices)
            hint = f" Did you mean {near}?" if near else ""
            raise Failure(USAGE, f"{name} {word!r}: choose {listed}.{hint}{elsewhere(word)}")
        return word

    def begun(incomplete: str) -> list[str]:
        return [word for word in choices if word.startswith(incomplete)]

    return option(name, metavar, help, begun, parser=checked)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The one of some words that another may have been meant for."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, 1)), None)


class _ExamplesFirst:
    """Help that leads with the examples."""

    help: str | None

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        examples, words = split_examples(self.help or "")
        with formatter.section("Examples"):
            for line in examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words)


class Command(_ExamplesFirst, TyperCommand):
    """A command. One that takes readings lists their keys and values under its options."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        if any(param.name == "reading" for param in self.params):
            from ottawa_cli.rules.readings import READINGS

            with formatter.section("Readings, the first value being the default"):
                formatter.write_dl([(key, ", ".join(values)) for key, values in READINGS.items()])


class Group(_ExamplesFirst, TyperGroup):
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
            hint = f" Did you mean {meant}?" if meant else ""
            raise Failure(USAGE, f"no command {args[0]!r}.{hint}\nTry '{ctx.command_path} --help'.")
        return super().resolve_command(ctx, args)

    def meant(self, word: str, known: list[str]) -> str | None:
        """What was meant by a word that is no command."""
        return nearest(word, known)
