"""What to put in a footnote: the depositary notifications first, then the sources of the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from ottawa_cli.inquiry.inquiry import SourcedStanding
from ottawa_cli.inquiry.keys import notification
from ottawa_cli.render.markdown import escaped
from ottawa_cli.rules.history import known

GENRE = "Depositary notification"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TEX = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{special: f"\\{special}" for special in "&%$#_{}"},
})  # fmt: skip


class Work(NamedTuple):
    """A work to be cited; `number` is that of a depositary notification, `date` is ISO 8601.

    `note` says by which source a work is known that nobody has a copy of.
    """

    id: str
    title: str
    publisher: str
    date: str | None
    url: str | None
    number: str | None = None
    note: str | None = None

    @property
    def sentences(self) -> str:
        """What it is called, who published it and when, and how it is known."""
        title = f"{GENRE} {self.number}: {self.title}" if self.number else self.title
        published = f"{self.publisher}, {self.date}" if self.date else self.publisher
        return " ".join(f"{part}." for part in (title, published, self.note) if part)


def works(standing: SourcedStanding) -> list[Work]:
    """The works that the answer about a State rests on, each once.

    Where the record has no copy of a notification it has neither its title nor its address: what
    stands in brackets is said here, and the note names the source that tells of it.
    """
    state, record = standing.state, standing.record
    found = {}
    for communication in known(state, standing.as_of):
        if communication.reference:
            copy, circulated = notification(communication, record), communication.circulated_on
            told = record.source((*communication.circulated_sources, *communication.sources)[0])
            found[copy.id if copy else communication.reference] = Work(
                id=communication.reference,
                title=copy.as_cited if copy else f"[{state.name}: {communication.kind}]",
                publisher=copy.publisher if copy else f"{state.clause.depositary} (depositary)",
                date=str(circulated) if circulated else copy and copy.date,
                url=copy and copy.url,
                number=communication.reference,
                note=None if copy else f"As told by: {told.as_cited}",
            )
    for source in map(record.source, standing.sources):
        work = Work(source.id, source.as_cited, source.publisher, source.date, source.url)
        found.setdefault(source.id, work)
    return list(found.values())


def plain(found: list[Work]) -> str:
    """A line each."""
    return "".join(f"{work.sentences}{f' {work.url}' if work.url else ''}\n" for work in found)


def markdown(found: list[Work]) -> str:
    """An item of a list each."""
    return "".join(
        f"- {escaped(work.sentences)}{f' <{work.url}>' if work.url else ''}\n" for work in found
    )


def csl_json(found: list[Work]) -> str:
    """CSL JSON, which Zotero imports and pandoc cites."""
    return json.dumps([_csl(work) for work in found], ensure_ascii=False, indent=2) + "\n"


def _csl(work: Work) -> dict[str, object]:
    keys: dict[str, object] = {
        "id": work.id,
        "type": "report" if work.number else "webpage",
        "title": work.title,
        "author": [{"literal": work.publisher}],
    }
    if work.number:
        keys |= {"genre": GENRE, "number": work.number}
    if work.date:
        keys["issued"] = {"date-parts": [[int(part) for part in work.date.split("-")]]}
    rest = {"URL": work.url, "note": work.note}
    return keys | {key: value for key, value in rest.items() if value}


def bibtex(found: list[Work]) -> str:
    """BibTeX, a miscellaneous work each; the braces keep the letters of a title as they are."""
    return "\n".join("\n".join(_bibtex(work)) + "\n" for work in found)


def _bibtex(work: Work) -> Iterator[str]:
    yield f"@misc{{{work.id},"
    yield f"  author = {{{{{work.publisher.translate(TEX)}}}}},"
    yield f"  title = {{{{{work.title.translate(TEX)}}}}},"
    if work.number:
        yield f"  howpublished = {{{GENRE} {work.number}}},"
    if work.date:
        year, *rest = work.date.split("-")
        yield f"  year = {{{year}}},"
        if rest:
            yield f"  month = {MONTHS[int(rest[0]) - 1]},"
        yield f"  date = {{{work.date}}},"
    if work.url:
        yield f"  url = {{{work.url}}},"
    if work.note:
        yield f"  note = {{{work.note.translate(TEX)}}},"
    yield "}"
