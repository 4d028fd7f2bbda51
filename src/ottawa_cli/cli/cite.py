"""`ottawa cite`: what to put in a footnote."""

from typing import Annotated

from ottawa_cli import render
from ottawa_cli.cli import options, output
from ottawa_cli.cli.commands import Text, choice

FORMS = ("plain", "markdown", "bibtex", "csl-json")
SUFFIXES = {"txt": "plain", "md": "markdown", "bib": "bibtex", "json": "csl-json"}
HOW = "plain, markdown, bibtex or csl-json (Zotero, pandoc). Default: by the ending of --output,"


@options.asking(formats=())
def run(
    asked: options.Asked,
    state: Annotated[str, options.state("STATE")],
    form: Annotated[Text, choice("--format", "NAME", FORMS, f"{HOW} else plain.")] = None,
    file: output.FileOption = None,
) -> None:
    """What to put in a footnote on the answer about a State.

    The depositary notification first, by number, day, title and address, then the sources.

    \b
    ottawa cite lithuania
    ottawa cite lithuania --format bibtex --output lithuania.bib
    """
    form = form or output.by_ending(output.named(file) or "", SUFFIXES) or "plain"
    delivery = output.Delivery(FORMS, output.Sending(format=form, file=file))
    inquiry, iso3s = asked.ask([state])
    works = render.citation.works(inquiry.standing(iso3s[0]))
    drawn = getattr(render.citation, form.replace("-", "_"))
    delivery.write(drawn(works))
    options.tell_unused(inquiry, iso3s)
