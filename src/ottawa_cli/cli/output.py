"""Where answers go: the right form for a terminal, a pipe or a file, whole or not at all.

A command makes a `Delivery` of the options in `Sending` before it computes anything, and at
the end gives `Delivery.send` one callable for each form it has. Only the one that was asked
for is called, and only its renderer is imported.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ottawa_cli.cli import completions
from ottawa_cli.cli.commands import Text, Texts, choice, option
from ottawa_cli.cli.exits import USAGE, Failure

if TYPE_CHECKING:
    from ottawa_cli.render.document import Document
    from ottawa_cli.render.machine_keys import Grid

FORMATS = ("table", "plain", "json", "csv", "tsv", "markdown", "html")
WIDEST = 1000  # columns
COLORS = ("auto", "always", "never")
SUFFIXES = {
    "csv": "csv", "htm": "html", "html": "html", "ics": "ics", "json": "json", "md": "markdown",
    "svg": "svg", "tsv": "tsv", "txt": "plain",
}  # fmt: skip
SHEET = "write .csv, and open that or run 'libreoffice --convert-to {0} answers.csv'"
PICTURE = "write a timeline as .svg and run 'rsvg-convert -f {0} picture.svg -o picture.{0}'"
ELSEWHERE = {"ods": SHEET, "pdf": PICTURE, "png": PICTURE, "xls": SHEET, "xlsx": SHEET}

ONLY = (
    "Only this value, a line each, tab-separated; with csv, tsv and markdown, only this column;"
    " repeatable."
)
FileOption = Annotated[
    Text, option("--output", "FILE", "Write to FILE, in UTF-8, whole or not at all.")
]
WHEN = "auto, always or never. NO_COLOR and TERM=dumb are honoured."
SOURCES = "Add the sources to the human formats."
MARK = "Start csv and tsv with the mark that Excel looks for."
DEFAULT = "Default: table on a terminal, by the ending of --output, else plain."
MEANING = {"ics": "ics (a calendar)", "svg": "svg (the picture)"}
HUES = "Colours of the svg picture: light (default), dark, or auto, as the reader's screen has it."
Theme = Annotated[Text, choice("--theme", "NAME", ("light", "dark", "auto"), HUES)]


class Sending(NamedTuple):
    """Where an answer is to go, and how, as it is typed: each field is an option."""

    sources: Annotated[bool, typer.Option("--sources", help=SOURCES)] = False
    format: Text = None  # of which each command has its own: `format_option`
    fields: Annotated[Texts, option("--field", "NAME", ONLY, completions.fields)] = None
    file: FileOption = None
    color: Annotated[Text, choice("--color", "WHEN", COLORS, WHEN)] = None
    bom: Annotated[bool, typer.Option("--bom", help=MARK)] = False


def format_option(formats: tuple[str, ...]) -> Any:
    """The option that names one of these forms."""
    words = ", ".join(MEANING.get(name, name) for name in formats)
    listed = " or ".join(words.rsplit(", ", 1))
    return Annotated[Text, choice("--format", "NAME", formats, f"{listed}. {DEFAULT}", _made)]


class Delivery:
    """How an answer is to leave: in which form, with which columns, to which file, how coloured.

    Raises Failure for a form, colour or combination that does not exist. `formats` are
    the forms the command has; `file` None or ``-`` is stdout.
    """

    def __init__(self, formats: tuple[str, ...], sending: Sending) -> None:
        self.fields = sending.fields or []
        self.file = named(sending.file)
        self.color = sending.color or "auto"
        self.format = sending.format or self._fitting(formats)
        self.bom = sending.bom
        if self.fields and self.format not in {"values", "csv", "tsv", "markdown"}:
            problem = f"--field does not go with --format {self.format}"
            choices = "choose csv, tsv or markdown, or leave --format out."
            raise Failure(USAGE, f"{problem}: {choices}")
        if self.bom and self.format not in {"csv", "tsv"}:
            raise Failure(USAGE, "--bom goes with --format csv or tsv.")
        if self.file or self.bom or self.format in {"ics", "svg", "html"}:
            self.encoding = "utf-8"
        elif self.format in {"table", "plain"} and plain_locale():
            self.encoding = "ascii"
        else:
            self.encoding = getattr(sys.stdout, "encoding", None) or "ascii"
        self.is_utf = self.encoding.lower().startswith(("utf", "u8"))
        self.unicode = self.is_utf and (bool(self.file) or not dumb())

    def themed(self, theme: str | None) -> str:
        """The colours of the svg picture. Raises Failure where there is none to have them."""
        if theme and self.format != "svg":
            raise Failure(USAGE, "--theme goes with --format svg.")
        return theme or "light"

    def send(
        self,
        *,
        document: "Callable[[], Document]",
        content: Callable[[], dict[str, Any]],
        table: str,
        **drawn: Callable[[], str],
    ) -> None:
        """Write the answer in the form asked for.

        `document` is the report for readers, `content` the JSON object, whose machine table has
        the columns of `table`; `drawn` are the whole texts of further forms, by their name.
        """
        form, there = self.format, sys.stdout.isatty() and not self.file
        if form in drawn:
            text = drawn[form]()
        elif form == "json":
            from ottawa_cli.render import json_text

            text = json_text.render(content(), ascii_only=not self.is_utf)
        elif form == "table":
            from ottawa_cli.render import terminal

            colored = self._colored(there)
            text = terminal.render(document(), _columns(there), self.unicode, colored)
        elif form == "plain":
            from ottawa_cli.render import plain

            width = _columns(there=False) or plain.CHART_WIDTH
            text = plain.render(document(), self.unicode, width)
        elif form == "html":
            from ottawa_cli.render import html

            text = html.render(document())
        elif form == "markdown":
            from ottawa_cli.render import markdown

            text = markdown.render(
                document(), self._grid(content(), table) if self.fields else None
            )
        else:
            from ottawa_cli.render import delimited

            draw = getattr(delimited, form)  # values, csv or tsv
            text = "\ufeff" * self.bom + draw(self._grid(content(), table))
        self.write(text)

    def _fitting(self, formats: tuple[str, ...]) -> str:
        """The form nobody named: by what was asked for, and by where it goes."""
        if self.fields:
            return "values"
        if self.file:
            known = {ending: form for ending, form in SUFFIXES.items() if form in formats}
            return by_ending(self.file, known) or "plain"
        return "table" if sys.stdout.isatty() or self.color == "always" else "plain"

    def _grid(self, content: dict[str, Any], table: str) -> "Grid":
        """The machine table, or the columns of it that were asked for, in that order."""
        from ottawa_cli.render import machine_keys

        grid = machine_keys.grid(content, table)
        for name in self.fields:
            if name not in grid.columns:
                parts = [part.strip() for part in name.split(",")]
                near = [column for column in grid.columns if name and name in column]
                hint = f"The fields are: {', '.join(grid.columns)}."
                if near:
                    hint = f"Did you mean {' or '.join(near)}? {hint}"
                if set(parts) <= set(grid.columns):
                    hint = f"Did you mean {' '.join(f'--field {part}' for part in parts)}?"
                raise Failure(USAGE, f"there is no field {name!r}.\n{hint}")
        return grid._replace(columns=tuple(self.fields)) if self.fields else grid

    def _colored(self, there: bool) -> bool:
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR") or dumb():
            return False
        return there or os.environ.get("FORCE_COLOR", "0").lower() not in {"", "0", "false"}

    def write(self, text: str) -> None:
        """Write the text to where the answer goes."""
        if self.file:
            from ottawa_cli.cli import files

            with files.opened(self.file) as file:
                file.write(text)
            return
        if not self.is_utf:
            from ottawa_cli.render import transliteration

            text = transliteration.within(text, self.encoding)
        write_bytes(text.encode(self.encoding))


def named(file: str | None) -> str | None:
    """The file that --output names; None for stdout."""
    if file == "":
        raise Failure(USAGE, "--output '': name a file, or - for stdout.")
    return None if file in {"-", "/dev/stdout"} else file


def by_ending(file: str, known: dict[str, str]) -> str | None:
    """The form that the ending of a file's name stands for; None for a name without one.

    Raises Failure for an ending that is not `known`, with the command that makes such a file.
    """
    ending = Path(file).suffix[1:].lower()
    if not ending or ending in known:
        return known.get(ending)
    choices = f"choose {', '.join(f'.{form}' for form in known)}, or say --format."
    problem = f"no format goes by the ending {'.' + ending!r} here"
    raise Failure(USAGE, f"{problem}: {choices}{_made(ending)}")


def _made(kind: str) -> str:
    """The command that makes a file of a kind that is not written here, as one more line."""
    return f"\nFor .{kind} {ELSEWHERE[kind].format(kind)}." if kind in ELSEWHERE else ""


def dumb() -> bool:
    """Whether the terminal is one that only takes plain lines."""
    return os.environ.get("TERM") == "dumb"


def plain_locale() -> bool:
    """Whether the user's locale knows nothing beyond ASCII."""
    locales = filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG")))
    return next(locales, "") in {"C", "POSIX"}


def _columns(there: bool) -> int | None:
    """The width that the user set, or else that of the terminal, if the answer goes there."""
    if there or os.environ.get("COLUMNS"):
        return min(shutil.get_terminal_size().columns, WIDEST)
    return None


def write_bytes(data: bytes) -> None:
    """Write an answer to stdout, whole."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # a stand-in without bytes under it, as in a notebook
        sys.stdout.write(data.decode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    else:
        stream.write(data)
        stream.flush()
    sys.stdout.flush()


def write_text(text: str) -> None:
    """Write a short answer to stdout; what names a file in it, byte for byte as the system does."""
    write_bytes(os.fsencode(text))
