"""`ottawa cite`: what to put in a footnote."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import completions, options, output
from ottawa_cli.cli.commands import SETTINGS, Command, choice

app = typer.Typer(**SETTINGS)
FORMS = ("plain", "markdown", "bibtex", "csl-json")
SUFFIXES = {"txt": "plain", "md": "markdown", "bib": "bibtex", "json": "csl-json"}
HOW = "plain, markdown, bibtex or csl-json (Zotero, pandoc). Default: by the ending of --output,"


@app.command("cite", cls=Command)
@options.asking(formats=())
def run(
    asked: options.Asked,
    state: Annotated[
        str,
        typer.Argument(metavar="STATE", help=options.STATE, autocompletion=completions.states),
    ],
    form: Annotated[Optional[str], choice("--format", "NAME", FORMS, f"{HOW} else plain.")] = None,
    file: output.FileOption = None,
) -> None:
    """What to put in a footnote on the answer about a State.

    The depositary notification first, by number, day, title and address, then the sources.

    \b
    ottawa cite lithuania
    ottawa cite lithuania --format bibtex --output lithuania.bib
    """
    form = form or output.by_ending(output.named(file) or "", SUFFIXES) or "plain"
    delivery = output.Delivery(FORMS, form, None, file, None, None)
    question = asked.ask([state])
    found = render.citation.works(question.inquiry.standing(question.iso3s[0]))
    drawn = getattr(render.citation, form.replace("-", "_"))
    delivery.write(drawn(found))
    question.tell_unused()
