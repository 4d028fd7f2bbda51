"""Write the manual page man/ottawa.1 from the commands themselves.

    python scripts/man_page.py            # write it
    python scripts/man_page.py --check    # exit 1 where it is stale

Commands, options and examples come from the command line's own help, the exit statuses
and variables from the tables of docs/reference/command-line.md. The day on the page is
that of the record's last review, so that the same sources give the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from ottawa_cli import __version__, load
from ottawa_cli.cli.app import command
from ottawa_cli.cli.commands import split_examples

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "man" / "ottawa.1"
REFERENCE = ROOT / "docs" / "reference" / "command-line.md"
LINK = r"\[[^]]*\]\([^)]*\) "  # in Markdown, where a cell refers to another page
SHARED = 3  # an option of so many commands is described once, for all of them


def text(words: str) -> str:
    """Running text: what troff would take for its own is escaped, `code` is bold."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    lines = re.sub(r"`([^`]+)`", r"\\fB\1\\fP", escaped).splitlines()
    return "\n".join(f"\\&{line}" if line.startswith((".", "\\(aq")) else line for line in lines)


def paragraphs(words: str) -> str:
    """Paragraphs of running text."""
    return "\n.PP\n".join(text(" ".join(one.split())) for one in words.split("\n\n") if one)


def examples(lines: list[str]) -> str:
    """Lines as they are typed."""
    return ".PP\n.RS 4\n.nf\n" + "\n".join(text(line) for line in lines) + "\n.fi\n.RE"


def commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with the words that call it."""
    context = typer.Context(group, info_name=path)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if hasattr(found, "list_commands"):
            yield from commands(found, f"{path} {name}")
        else:
            yield f"{path} {name}", found


def options(found: Any) -> list[tuple[str, str]]:
    """Each option of a command but --help: how it is written, and what it does."""
    return [
        (_written(one), one.help or "") for one in found.params if one.param_type_name == "option"
    ]


def _written(option: Any) -> str:
    name = f"\\fB{text(', '.join(option.opts))}\\fP"
    if option.is_flag:
        return name
    value = option.metavar or "|".join(option.type.choices)
    return f"{name} \\fI{text(value)}\\fP"


def arguments(found: Any) -> str:
    """The arguments of a command as its synopsis shows them."""
    return " ".join(
        one.metavar if one.required or one.metavar.startswith("[") else f"[{one.metavar}]"
        for one in found.params
        if one.param_type_name == "argument"
    )


def described(items: list[tuple[str, str]]) -> list[str]:
    """A list of terms, each with what it means."""
    return [f".TP\n{term}\n{text(words)}" for term, words in items]


def table(heading: str) -> list[tuple[str, str]]:
    """The rows of the table under a heading of the reference: first cell in bold, the others."""
    page = REFERENCE.read_text(encoding="utf-8")
    part = page.partition(f"{heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return [
        (
            f"\\fB{text(row[0].strip('`'))}\\fP",
            ": ".join(re.sub(LINK, "", cell) for cell in row[1:]),
        )
        for row in rows[2:]
    ]


def page() -> str:
    """The manual page."""
    root = command()
    found = dict(commands(root, "ottawa"))
    common = Counter(option for one in found.values() for option in options(one))
    shared = [option for option, count in common.items() if count >= SHARED]
    leading, about = split_examples(root.help)
    lines = [
        '.\\" Made by scripts/man_page.py from the commands; do not edit.',
        f'.TH OTTAWA 1 "{load().reviewed_on}" "ottawa {__version__}" "User Commands"',
        ".SH NAME",
        f"ottawa \\- {text(about[0].lower() + about[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
    ]
    for path, one in found.items():
        several = "[\\fIOPTION\\fP]... " if options(one) else ""
        lines += [f"\\fB{text(path)}\\fP {several}{text(arguments(one))}".rstrip(), ".br"]
    lines += ["\\fBottawa\\fP [\\fIOPTION\\fP]", ".SH OPTIONS", *described(options(root))]
    lines += [".SH EXAMPLES", examples(leading), ".SH COMMANDS"]
    for path, one in found.items():
        own, about = split_examples(one.help)
        lines += [f".SS {text(path)}", examples(own), ".PP", paragraphs(about)]
        lines += described([option for option in options(one) if option not in shared])
        also = [term for term, words in options(one) if (term, words) in shared]
        if also:
            names = ", ".join(term.partition(" \\fI")[0] for term in also)
            lines += [".PP", f"Also takes {names}."]
    lines += [".SH COMMON OPTIONS", *described(shared)]
    lines += [".SH READINGS", text("The first value of each is the default.")]
    lines += described(table("## Readings"))
    lines += [".SH EXIT STATUS", *described(table("Exit status"))]
    lines += [".SH ENVIRONMENT", *described(table("## Environment"))]
    lines += [".SH NOTES", "Information, not legal advice."]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check compare it. Returns the exit status."""
    made = page()
    if "--check" in arguments:
        return 0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == made else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
