"""What to put in a footnote: the depositary notifications first, then the sources of the answer."""

import json
from typing import NamedTuple

from ottawa_cli.inquiry.inquiry import SourcedStanding
from ottawa_cli.inquiry.keys import notification
from ottawa_cli.model import Source
from ottawa_cli.render.markdown import escaped
from ottawa_cli.rules.history import known_on

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
    cited: dict[str, Work] = {}
    for sent in known_on(state, standing.as_of):
        if sent.reference:
            if copy := notification(sent, record):
                id, work = copy.id, _work(copy)
            else:
                id, publisher = sent.reference, f"{state.clause.depositary} (depositary)"
                first = record.source((*sent.circulated_sources, *sent.sources)[0])
                note = f"As told by: {first.as_cited}"
                work = Work(id, f"[{state.name}: {sent.kind}]", publisher, None, None, note=note)
            date = str(sent.circulated_on) if sent.circulated_on else work.date
            cited[id] = work._replace(id=sent.reference, number=sent.reference, date=date)
    for source in map(record.source, standing.sources):
        cited.setdefault(source.id, _work(source))
    return list(cited.values())


def _work(source: Source) -> Work:
    return Work(source.id, source.as_cited, source.publisher, source.date, source.url)


def plain(cited: list[Work]) -> str:
    """A line each."""
    return "".join(f"{work.sentences} {work.url or ''}".rstrip() + "\n" for work in cited)


def markdown(cited: list[Work]) -> str:
    """An item of a list each."""
    return "".join(
        f"- {escaped(work.sentences)}{f' <{work.url}>' if work.url else ''}\n" for work in cited
    )


def csl_json(cited: list[Work]) -> str:
    """CSL JSON, which Zotero imports and pandoc cites."""
    return json.dumps(list(map(_csl, cited)), ensure_ascii=False, indent=2) + "\n"


def _csl(work: Work) -> dict[str, object]:
    date = [int(part) for part in work.date.split("-")] if work.date else []
    keys = {
        "id": work.id,
        "type": "report" if work.number else "webpage",
        "title": work.title,
        "author": [{"literal": work.publisher}],
        "genre": work.number and GENRE,
        "number": work.number,
        "issued": date and {"date-parts": [date]},
        "URL": work.url,
        "note": work.note,
    }
    return {key: value for key, value in keys.items() if value}


def bibtex(cited: list[Work]) -> str:
    """BibTeX, a miscellaneous work each; the braces keep the letters of a title as they are."""
    return "\n".join(map(_bibtex, cited))


def _bibtex(work: Work) -> str:
    year, *rest = (work.date or "").split("-")
    fields = {
        "author": f"{{{{{work.publisher.translate(TEX)}}}}}",
        "title": f"{{{{{work.title.translate(TEX)}}}}}",
        "howpublished": work.number and f"{{{GENRE} {work.number}}}",
        "year": year and f"{{{year}}}",
        "month": rest and MONTHS[int(rest[0]) - 1],
        "date": work.date and f"{{{work.date}}}",
        "url": work.url and f"{{{work.url}}}",
        "note": work.note and f"{{{work.note.translate(TEX)}}}",
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.id},\n{lines}}}\n"
