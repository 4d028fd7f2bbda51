"""Where answers go: the right form for a terminal or a pipe, whole or not at all."""

from __future__ import annotations

import os
import sys
from enum import Enum
from typing import Annotated, Any, Optional

import typer

from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import INTERNAL
from ottawa_cli.render.document import Document


class Format(str, Enum):
    """The forms an answer can take."""

    table = "table"
    plain = "plain"
    json = "json"


FormatOption = Annotated[
    Optional[Format],
    typer.Option("--format", help="Default: table on a terminal, plain elsewhere."),
]


def on_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def chosen(format: Format | None) -> Format:
    """The format asked for, or the one that suits where stdout goes."""
    return format or (Format.table if on_terminal() else Format.plain)


def unicode_works() -> bool:
    """Whether stdout can draw with characters beyond ASCII."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    return encoding.startswith("utf") and locale not in {"C", "POSIX"} and not dumb()


def dumb() -> bool:
    """Whether the terminal is one that only takes plain lines."""
    return os.environ.get("TERM") == "dumb"


def write_text(text: str) -> None:
    """Write an answer to stdout."""
    if sys.stdout is None:
        raise Failure(INTERNAL, "stdout is closed: there is nowhere to write the answer.")
    sys.stdout.write(text)
    sys.stdout.flush()


def write_document(document: Document, format: Format) -> None:
    """Write a report in a human format."""
    if format is Format.table:
        _write_table(document)
    else:
        from ottawa_cli.render import plain

        write_text(plain.render(document, unicode_works()))


def _write_table(document: Document) -> None:
    from rich.console import Console

    from ottawa_cli.render import terminal

    if sys.stdout is None:
        raise Failure(INTERNAL, "stdout is closed: there is nowhere to write the answer.")
    console = Console(highlight=False, soft_wrap=False, legacy_windows=False)
    with console.capture() as captured:
        terminal.render(document, console, unicode_works())
    write_text(captured.get())


def write_json(content: dict[str, Any]) -> None:
    """Write an answer as one JSON object, UTF-8 unescaped where stdout can carry it."""
    import json

    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    escaped = not encoding.startswith("utf")
    write_text(json.dumps(content, ensure_ascii=escaped, indent=2) + "\n")
