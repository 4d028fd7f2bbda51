"""`ottawa completion`: what lets a shell complete the words of the command line.

The script of a shell asks ``ottawa`` itself, with `_OTTAWA_COMPLETE` set to the name of
the shell; Typer finds out what is being typed, and `offers` says what it may become.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, NamedTuple

import typer
from typer.core import TyperGroup

from ottawa_cli.cli import offers, output
from ottawa_cli.cli.app import SETTINGS, Command, command
from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import USAGE
from ottawa_cli.cli.offers import FILES, Offers

SHELLS = ("bash", "zsh", "fish")
SCRIPTS = Path(__file__).parent.parent / "shells"

app = typer.Typer(**SETTINGS)


@app.command("completion", cls=Command)
def run(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="SHELL",
            help=f"{', '.join(SHELLS[:-1])} or {SHELLS[-1]}.",
            autocompletion=lambda incomplete: offers.among(SHELLS, incomplete),
        ),
    ],
) -> None:
    """Print the script that makes a shell complete commands, options, States and readings.

    The lines above are for ~/.bashrc, for ~/.zshrc (after compinit), and to be run once
    in fish.

    \b
    source <(ottawa completion bash)
    source <(ottawa completion zsh)
    ottawa completion fish > ~/.config/fish/completions/ottawa.fish
    """
    if shell not in SHELLS:
        raise Failure(USAGE, f"no script for {shell!r}: choose {', '.join(SHELLS[:-1])} or"
                      f" {SHELLS[-1]}.")  # fmt: skip
    output.write_text((SCRIPTS / f"ottawa.{shell}").read_text(encoding="utf-8"))


def answer(shell: str, words: list[str]) -> None:
    """Print what the last word may become, for the script of a shell: one offer a line.

    zsh and fish give the words typed so far, the last one unfinished, and take for each
    offer the whole word, and a tab and a description where there is one. bash gives the
    line as it stands and the characters at which it breaks words, and takes what follows
    the last break, quoted. The one line ``<files>`` says that the word is the name of a
    file. Raises Failure for another shell or another number of words.
    """
    if shell == "bash" and len(words) == 2:
        line = split(*words)
        found = offers.files("") if line.redirected else offered(line.words[1:], line.last)
        lines = [line.insertion(value) for value, _ in found]
    elif shell == "zsh" and words:
        found = offered(words[:-1], words[-1])
        lines = [f"{value}\t{what}".rstrip() for value, what in found]
    elif shell == "fish" and words:
        found = offered(words[:-1], split(words[-1], "").last)
        lines = [f"{value}\t{what}".rstrip() for value, what in found]
    else:
        raise Failure(USAGE, "_OTTAWA_COMPLETE is for the scripts of 'ottawa completion'.")
    if any(what == FILES for _, what in found):
        lines = [FILES]
    output.write_bytes("".join(f"{one}\n" for one in lines).encode(errors="surrogateescape"))


def offered(words: list[str], last: str) -> Offers:
    """What the unfinished word `last` may become after `words`, each with a description."""
    option, sign, _ = last.partition("=")
    before = option + sign if sign and option.startswith("--") else ""
    # Typer carries Click inside since 0.26; before, it is a package by its own.
    core = next(c.__module__ for c in TyperGroup.__mro__ if c.__name__ == "Command")
    click = import_module(f"{core.rpartition('.')[0]}.shell_completion")
    shell = SimpleNamespace(cli=command(), ctx_args={}, prog_name="ottawa")
    items = click.ShellComplete.get_completions(shell, list(words), last)
    return [(before + item.value, " ".join((item.help or "").split())) for item in items]


class Line(NamedTuple):
    """A command line up to the cursor, as bash reads it."""

    words: list[str]  # the finished words, without their quotes
    last: str  # the unfinished word, without its quotes
    quote: str  # the quotation mark that is open in it: a quote or nothing
    kept: int  # how many characters of it bash leaves alone
    redirected: bool  # it follows a < or a >

    def insertion(self, value: str) -> str:
        """What bash is to put after the characters it keeps, for the whole word `value`."""
        rest = value[self.kept :]
        if self.quote == "'":
            return rest.replace("'", "'\\''")
        special = '"$`\\' if self.quote else " \t'\"$`\\()<>&|;*?[]{}!#~"
        return "".join(f"\\{c}" if c in special else c for c in rest)


def split(text: str, breaks: str) -> Line:
    """Split a line into words at its spaces, for a word after one of `breaks`.

    What a `>` or a `<` leads to is no word of the command.
    """
    words: list[str] = []
    word, quote, kept = "", "", 0
    begun = redirected = escaped = False
    for char in text:
        if escaped:
            word, escaped = word + char, False
        elif char == "\\" and quote != "'":
            escaped = begun = True
        elif char == quote:
            quote, kept = "", len(word)
        elif quote:
            word += char
        elif char in "'\"":
            quote, kept, begun = char, len(word), True
        elif char in " \t\n<>&|;":
            if char in "<>" and word.isdecimal():
                begun = False  # the number of a stream, as in 2>
            if begun and not redirected:
                words.append(word)
            redirected = char in "<>" or (redirected and not begun)
            word, kept, begun = "", 0, False
        else:
            word, begun = word + char, True
            if char in breaks:
                kept = len(word)
    return Line(words, word, quote, kept, redirected)
