"""The record as a site, beside the documentation: a page for each State and treaty, and the data.

    zensical build --strict                          # the documentation, into site/
    python scripts/site.py                           # beside it site/record/, for today
    python scripts/site.py --as-of 2026-11-23 --output site

What it writes is the reports and the machine formats of the commands, linked to each other, to be
served from a folder as it lies there. Feed, sitemap and the description of the dataset need whole
addresses: they begin with `site_url` in mkdocs.yml, the one place that says where the site is.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from functools import partial
from html import escape
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import typer
import yaml

from ottawa_cli import Inquiry, load
from ottawa_cli.render import delimited, html, ics, json_text, report_count, report_parts
from ottawa_cli.render import machine_keys as keys
from ottawa_cli.render.document import Citations, Document, Footer, Items, Table
from ottawa_cli.render.report_explanation import explanation
from ottawa_cli.render.report_status import status
from ottawa_cli.render.report_timeline import timeline
from ottawa_cli.rules.state_counts import Change

ROOT = Path(__file__).parent.parent
SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
ADDRESS = SETTINGS["site_url"].rstrip("/") + "/"
TODAY = str(dt.datetime.now(dt.UTC).date())
DATA = f"v{keys.SCHEMA_VERSION}"  # the folder of what programs read
TABLES = ("states.json", "states.csv", "events.csv", "count.csv")  # of each treaty
LATEST = 60  # changes of each treaty that the feed tells
TITLE = "Who is bound: the record of treaties that States leave"
File = tuple[str, str]  # its path in `record`, and its text
Ways = dict[str, str]  # words -> the address that they lead to


def main(as_of: str = TODAY, output: Path = ROOT / "site") -> None:
    """Build the site of the record, for a day, in the folder of the documentation."""

    def write(path: str, text: str) -> None:
        file = output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    record = load()
    inquiries = [Inquiry(record, as_of, treaty=treaty.id) for treaty in record.treaties]
    reports, latest = [], []
    for inquiry in inquiries:
        count, first, last = inquiry.count(), inquiry.treaty.opened_on, inquiry.as_of
        changes = count.changes(first, last)
        report = report_count.document(
            inquiry, [(inquiry, count)], changes, first, last, whole=False, cite=True
        )
        reports.append(report)
        latest += changes[-LATEST:]
        for path, text in of_treaty(inquiry, changes, report):
            write(f"record/{path}", text)
    write("record/index.html", overview(inquiries, reports))
    write("record/changes.atom", feed(latest, inquiries[0].as_of))
    leaving = {iso3 for treaty in record.treaties for iso3 in record.with_communications(treaty.id)}
    every = Inquiry(record, as_of, treaty="all")
    write("record/calendar.ics", ics.render(every, sorted(leaving)))
    index = output / "search.json"  # of the documentation
    if index.exists():
        content = json.loads(index.read_text(encoding="utf-8"))
        items = [*content["items"], *(item for inquiry in inquiries for item in searched(inquiry))]
        content["items"] = list({item["location"]: item for item in items}.values())
        write("search.json", json.dumps(content))
    names = sorted(file.relative_to(output).as_posix() for file in output.rglob("*.html"))
    places = [ADDRESS + name.removesuffix("index.html") for name in names if name != "404.html"]
    urls = "".join(f"<url><loc>{place}</loc></url>\n" for place in places)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    write("sitemap.xml", f'<urlset xmlns="{space}">\n{urls}</urlset>\n')


def of_treaty(inquiry: Inquiry, changes: list[Change], counted: Document) -> Iterator[File]:
    """All States, those that leave, and each State, as pages and for programs."""
    record, id, standings = inquiry.record, inquiry.treaty.id, inquiry.standings()
    names = {standing.name: f"{standing.iso3.lower()}.html" for standing in standings}
    roll = merged(status(inquiry, standings, sources=False, tally=True), counted)
    ways = {"Those that leave": "changes.html"}
    ways |= {table: f"../{DATA}/{id}/{table}" for table in TABLES}
    yield page(f"{id}/index.html", roll, f"count --treaty {id}", ways, names)
    back = {f"The {inquiry.treaty.short}": "index.html"}
    course = timeline(inquiry, record.with_communications(id), sources=True, general=True)
    ways = {**back, "Feed": "../changes.atom"}
    yield page(f"{id}/changes.html", course, f"timeline --treaty {id}", ways, names)
    envelope, place, courses = keys.envelope(inquiry), f"{DATA}/{id}", list[keys.Keys]()
    for iso3, path in zip(record.iso3s, names.values(), strict=True):
        document = merged(
            status(inquiry, [inquiry.standing(iso3)], sources=True, tally=False),
            explanation(inquiry, iso3, sources=True),
            timeline(inquiry, [iso3], sources=True, general=False),
        )
        ways = {**back, "JSON": f"../{place}/{iso3}.json"}
        others = [treaty for treaty in record.treaties if treaty.id != id]
        ways |= {f"Under the {other.short}": f"../{other.id}/{path}" for other in others}
        yield page(f"{id}/{path}", document, f"explain {iso3} --treaty {id}", ways, {})
        courses.append(keys.of_timeline(inquiry, iso3))
        state = {**courses[-1], **keys.of_explanation(inquiry, iso3)}
        yield f"{place}/{iso3}.json", json_text.render({**envelope, "states": [state]}, False)
    states = [standing.to_dict() for standing in standings]
    rows = [keys.of_counted(change, record) for change in changes]
    yield f"{place}/states.json", json_text.render({**envelope, "states": states}, False)
    yield f"{place}/states.csv", delimited.csv(keys.grid({"states": states}, "status"))
    yield f"{place}/events.csv", delimited.csv(keys.grid({"states": courses}, "timeline"))
    yield f"{place}/count.csv", delimited.csv(keys.grid({"changes": rows}, "changes"))


def overview(inquiries: list[Inquiry], reports: list[Document]) -> str:
    """The page of all treaties: how many States each binds, over time, and whether each State."""
    record, treaties = inquiries[0].record, [inquiry.treaty for inquiry in inquiries]
    names = {treaty.name: f"{treaty.id}/index.html" for treaty in treaties}
    counts = [f"{name}: {report[0].lead}" for name, report in zip(names, reports, strict=True)]
    rows = []
    for iso3 in record.iso3s:
        standings = [inquiry.standing(iso3) for inquiry in inquiries]
        bound = [f"{report_parts.BOUND_WORDS[found.bound]} ({found.status})" for found in standings]
        rows.append((record.name(iso3), *bound))
        names[record.name(iso3)] = f"{treaties[0].id}/{iso3.lower()}.html"
    document = (
        Items("How many States", tuple(counts), leads=True),
        *(report[1] for report in reports),  # the pictures
        Table(("State", *(treaty.short for treaty in treaties)), tuple(rows), "Is it bound?"),
        report_parts.footer(inquiries[0], "who is bound, by which treaty?"),
    )
    ways = {"Every State": "#table-0", "Calendar": "calendar.ics", "Feed": "changes.atom"}
    tables = [
        f"{ADDRESS}record/{DATA}/{treaty.id}/{name}" for treaty in treaties for name in TABLES
    ]
    described = {  # as schema.org does it
        "@context": "https://schema.org", "@type": "Dataset", "name": TITLE,
        "description": "; ".join(treaty.title for treaty in treaties), "url": f"{ADDRESS}record/",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "version": record.version, "dateModified": str(record.revised_on),
        "temporalCoverage": f"{min(treaty.opened_on for treaty in treaties)}/..",
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": guess_type(table)[0], "contentUrl": table}
            for table in tables
        ],
    }  # fmt: skip
    head = '<link rel="alternate" type="application/atom+xml" href="changes.atom">'
    head += f'<script type="application/ld+json">{json.dumps(described)}</script></head>'
    _, text = page("index.html", document, "status --all", ways, names)
    return text.replace("</head>", head, 1)


def searched(inquiry: Inquiry) -> Iterator[dict[str, Any]]:
    """What the search of the documentation finds of a treaty: each State, and where it stands."""
    for standing in inquiry.standings():
        yield {
            "location": f"record/{inquiry.treaty.id}/{standing.iso3.lower()}.html",
            "level": 1,
            "title": standing.name,
            "text": escape(report_parts.heading(inquiry, standing).lead),
            "path": ["The record", inquiry.treaty.short],
            "tags": [],
        }


def page(path: str, document: Document, command: str, ways: Ways, names: Ways) -> File:
    """A page: over the document the `ways` to others, in it links from `names`, at its end the day
    and the command that asks anew."""
    *blocks, foot = document
    assert isinstance(foot, Footer)
    foot = foot._replace(links=partial(dict, {**foot.links(), **names}))
    day = foot.day.removeprefix("On ")
    anew = f"Ask anew, for this day or another: ottawa {command} --as-of {day}"
    blocks.append(Items("This page", (f"It was made for {day}.", anew)))
    up = "../" * path.count("/")
    ways = {"ottawa": f"{up}../index.html", "The record": f"{up}index.html", **ways}
    links = " · ".join(f'<a href="{url}">{escape(words)}</a>' for words, url in ways.items())
    top = f'<body><nav aria-label="Site"><p>{links}</p></nav>'
    return path, html.render((*blocks, foot)).replace("<body>", top, 1)


def merged(*documents: Document) -> Document:
    """Documents of one matter as one: each block once, the sources of all, the first footer."""
    every = [block for document in documents for block in document]
    lists = [block.entries for block in every if isinstance(block, Citations)]
    cited = {entry.id: entry for entries in lists for entry in entries}
    blocks = dict.fromkeys(block for block in every if not isinstance(block, Citations | Footer))
    return (*blocks, Citations("Sources", tuple(cited.values())), documents[0][-1])


def feed(changes: list[Change], as_of: dt.date) -> str:
    """Changes as an Atom feed, the latest first; one of an unsettled day stands at its last."""
    entries = []
    for state, kind, event, after in changes:
        treaty, day = state.treaty, report_parts.dated(event.date)
        last = min(event.date.latest if event.date else after.date, as_of)
        words = report_count.WORDS[kind].format(period=treaty.clause.period)
        id = uuid.uuid5(uuid.NAMESPACE_URL, f"{treaty.id} {state.iso3} {kind} {day}").urn
        entries.append(
            f"<entry><updated>{last}T00:00:00Z</updated>"
            f"<title>{escape(state.name)}: {words}, {day} ({treaty.short})</title><id>{id}</id>"
            f"<link href='{ADDRESS}record/{treaty.id}/{state.iso3.lower()}.html'/>"
            f"<content>{escape(event.title)}. {event.basis.capitalize()}.</content></entry>\n"
        )
    id, own = uuid.uuid5(uuid.NAMESPACE_URL, TITLE).urn, f"{ADDRESS}record/changes.atom"
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom">\n<title>{TITLE}</title><id>{id}</id>\n'
        f"<updated>{as_of}T00:00:00Z</updated><author><name>ottawa</name></author>\n"
        f'<link rel="self" href="{own}"/>\n{"".join(sorted(entries, reverse=True))}</feed>\n'
    )


if __name__ == "__main__":
    typer.run(main)
