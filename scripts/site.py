"""The record as a site, beside the documentation: a page for each State and treaty, and the data.

    zensical build --strict                          # the documentation, into site/
    python scripts/site.py                           # beside it site/record/, for today
    python scripts/site.py --as-of 2026-11-23 --output site

What it writes is the reports and the machine formats of the commands, linked to each other, to be
served from a folder as it lies there. Feed, sitemap and the description of the dataset need whole
addresses: they begin with `site_url` in mkdocs.yml, the one place that says where the site is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import yaml

from ottawa_cli import Inquiry, Record, load
from ottawa_cli.render import delimited, html, ics, json_text, report_count, report_parts
from ottawa_cli.render import document as form
from ottawa_cli.render import machine_keys as keys
from ottawa_cli.render.report_explanation import explanation
from ottawa_cli.render.report_status import status
from ottawa_cli.render.report_timeline import timeline
from ottawa_cli.rules.counting import Counted

ROOT = Path(__file__).parent.parent
VERSION = f"v{keys.SCHEMA_VERSION}"  # in the address of what programs read
KINDS = {"csv": "text/csv", "json": "application/json"}
LATEST = 60  # changes of each treaty that the feed tells
TITLE = "Who is bound: the record of treaties that States leave"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
Ways = Mapping[str, str]  # words -> the address that they lead to
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Site:
    """A site in the making: `folder` is its root, `address` is what its addresses begin with."""

    def __init__(self, record: Record, as_of: dt.date, folder: Path, address: str) -> None:
        self.record, self.as_of, self.folder, self.address = record, as_of, folder, address
        self.asked = [Inquiry(record, as_of, treaty=treaty.id) for treaty in record.treaties]
        self.counts = {inquiry.treaty.id: inquiry.count() for inquiry in self.asked}
        for inquiry in self.asked:
            for iso3 in record.iso3s:
                self.state(inquiry, iso3)
            self.treaty(inquiry)
        self.overview()
        every = Inquiry(record, as_of, treaty="all")
        concerned = {i for treaty in record.treaties for i in record.with_communications(treaty.id)}
        self.write("calendar.ics", ics.render(every, sorted(concerned)))
        self.write("changes.atom", self.feed())
        pages = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
        places = [page.removesuffix("index.html") for page in pages if page != "404.html"]
        body = "".join(f"<url><loc>{address}{place}</loc></url>\n" for place in places)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        self.write("../sitemap.xml", f'{XML}<urlset xmlns="{space}">\n{body}</urlset>\n')

    def write(self, name: str, text: str) -> None:
        """A file of the site, by its path from `record`."""
        file = self.folder / "record" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def page(self, name: str, document: form.Document, words: str, ways: Ways, own: Ways) -> str:
        """A page: over the document the ways to others, at its end the day, and the `words` that
        ask anew; the names in `own` lead to their pages."""
        *blocks, foot = document
        assert isinstance(foot, form.Footer)
        foot = foot._replace(links=partial(dict, {**foot.links(), **own}))
        anew = f"Ask anew, for this day or another: ottawa {words} --as-of {self.as_of}"
        blocks.append(form.Items("This page", (f"It was made for {self.as_of}.", anew)))
        up = "../" * name.count("/")
        ways = {"ottawa": f"{up}../index.html", "The record": f"{up}index.html", **ways}
        links = " · ".join(f'<a href="{url}">{escape(text)}</a>' for text, url in ways.items())
        body = f'<body><nav aria-label="Site"><p>{links}</p></nav>'
        text = html.render((*blocks, foot)).replace("<body>", body, 1)
        self.write(name, text)
        return text

    def state(self, inquiry: Inquiry, iso3: str) -> None:
        """The page of a State under a treaty, and its keys."""
        id = inquiry.treaty.id
        told = merged(
            status(inquiry, [inquiry.standing(iso3)], sources=True, tally=False),
            explanation(inquiry, iso3, sources=True),
            timeline(inquiry, [iso3], sources=True, general=False),
        )
        data = f"{VERSION}/{id}/{iso3}.json"
        ways = {f"The {inquiry.treaty.short}": "index.html", "JSON": f"../{data}"}
        for treaty in self.record.treaties:
            if treaty.id != id:
                ways[f"Under the {treaty.short}"] = f"../{treaty.id}/{iso3.lower()}.html"
        self.page(f"{id}/{iso3.lower()}.html", told, f"explain {iso3} --treaty {id}", ways, {})
        found = {**keys.of_timeline(inquiry, iso3), **keys.of_explanation(inquiry, iso3)}
        self.write(data, json_text.render({**keys.envelope(inquiry), "states": [found]}, False))

    def treaty(self, inquiry: Inquiry) -> None:
        """The pages of a treaty, all States and those that leave; and its tables."""
        record, id = self.record, inquiry.treaty.id
        rows = self.counts[id].changes(inquiry.treaty.opened_on, self.as_of)
        told = merged(
            status(inquiry, inquiry.standings(), sources=False, tally=True),
            self.counted(inquiry, rows),
        )
        states = [standing.to_dict() for standing in inquiry.standings()]
        counted = [keys.of_counted(row, record) for row in rows]
        files = {
            "states.json": json_text.render({**keys.envelope(inquiry), "states": states}, False),
            "states.csv": delimited.csv(keys.grid_of_standings(inquiry.standings())),
            "events.csv": delimited.csv(keys.grid_of_events(inquiry, record.iso3s)),
            "count.csv": delimited.csv(keys.grid_of_count(counted, "changes")),
        }
        for name, text in files.items():
            self.write(f"{VERSION}/{id}/{name}", text)
        ways = {"Those that leave": "changes.html"}
        ways |= {name: f"../{VERSION}/{id}/{name}" for name in files}
        own = {record.name(iso3): f"{iso3.lower()}.html" for iso3 in record.iso3s}
        self.page(f"{id}/index.html", told, f"count --treaty {id}", ways, own)
        concerned = record.with_communications(id)
        course = timeline(inquiry, concerned, sources=True, general=True)
        ways = {f"The {inquiry.treaty.short}": "index.html", "Feed": "../changes.atom"}
        own = {record.name(iso3): own[record.name(iso3)] for iso3 in concerned}
        self.page(f"{id}/changes.html", course, f"timeline --treaty {id}", ways, own)

    def counted(self, inquiry: Inquiry, rows: Sequence[Counted]) -> form.Document:
        """How many States are bound, over time, and these changes of it."""
        count, first = self.counts[inquiry.treaty.id], inquiry.treaty.opened_on
        flags = {"whole": False, "cite": True}
        asked = [(inquiry, count)]
        return report_count.document(inquiry, asked, rows, first, self.as_of, **flags)

    def overview(self) -> None:
        """How many States are bound by each treaty, over time, and what there is to have."""
        told = [(inquiry.treaty, self.counted(inquiry, ())) for inquiry in self.asked]
        rows = [
            (treaty.name, one.lead) for treaty, (one, *_) in told if isinstance(one, form.Heading)
        ]
        drawn = [one for _, blocks in told for one in blocks if isinstance(one, form.Picture)]
        foot = report_parts.footer(self.asked[0], "who is bound, by which treaty?")
        document = (*drawn, form.Table(("", "How many States"), tuple(rows)), foot)
        ways = {"Calendar": "calendar.ics", "Feed": "changes.atom"}
        own = {treaty.name: f"{treaty.id}/index.html" for treaty in self.record.treaties}
        text = self.page("index.html", document, "status", ways, own)
        alternate = '<link rel="alternate" type="application/atom+xml" href="changes.atom">'
        described = f'<script type="application/ld+json">{json.dumps(self.dataset())}</script>'
        self.write("index.html", text.replace("</head>", f"{alternate}{described}</head>", 1))

    def dataset(self) -> dict[str, Any]:
        """The record as schema.org describes a dataset."""
        treaties = self.record.treaties
        files = sorted(
            file for kind in KINDS for file in (self.folder / "record").glob(f"v*/*/*s.{kind}")
        )
        paths = [
            (file.relative_to(self.folder).as_posix(), KINDS[file.suffix[1:]]) for file in files
        ]
        return {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": TITLE,
            "description": "; ".join(treaty.title for treaty in treaties),
            "url": f"{self.address}record/",
            "version": self.record.version,
            "license": LICENCE,
            "dateModified": str(self.record.revised_on),
            "temporalCoverage": f"{min(treaty.opened_on for treaty in treaties)}/..",
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": self.address + path}
                for path, kind in paths
            ],
        }

    def feed(self) -> str:
        """The latest changes under every treaty, as an Atom feed."""
        found = sorted(entry for inquiry in self.asked for entry in self.entries(inquiry))
        body = "".join(text for _, text in reversed(found))
        id, link = uuid.uuid5(uuid.NAMESPACE_URL, TITLE).urn, f"{self.address}record/changes.atom"
        return (
            f'{XML}<feed xmlns="http://www.w3.org/2005/Atom">\n<title>{TITLE}</title>\n<id>{id}</id>'
            f'\n<link rel="self" href="{link}"/>\n<updated>{self.as_of}T00:00:00Z</updated>\n'
            f"<author><name>ottawa</name></author>\n{body}</feed>\n"
        )

    def entries(self, inquiry: Inquiry) -> Iterator[tuple[str, str]]:
        """The latest changes under a treaty; one of an unsettled day stands at its last."""
        treaty, count = inquiry.treaty, self.counts[inquiry.treaty.id]
        for state, kind, event, after in count.changes(treaty.opened_on, self.as_of)[-LATEST:]:
            day, words = report_parts.dated(event.date), report_count.WORDS[kind]
            title = f"{state.name}: {words}, {day} ({treaty.short})"
            last = min(event.date.latest if event.date else after.date, self.as_of)
            id = uuid.uuid5(uuid.NAMESPACE_URL, f"{treaty.id} {state.iso3} {kind} {day}").urn
            link = f"{self.address}record/{treaty.id}/{state.iso3.lower()}.html"
            yield (
                f"{last} {title}",
                (
                    f"<entry><title>{escape(title)}</title><id>{id}</id><link href='{link}'/>"
                    f"<updated>{last}T00:00:00Z</updated><content>{escape(event.title)}."
                    f" {event.basis.capitalize()}.</content></entry>\n"
                ),
            )


def merged(*documents: form.Document) -> form.Document:
    """Documents of one matter as one: each block once, the sources of all, the first footer."""
    blocks: list[form.Block] = []
    cited = {}
    for block in (block for document in documents for block in document):
        if isinstance(block, form.Citations):
            cited |= {entry.id: entry for entry in block.entries}
        elif not isinstance(block, form.Footer) and block not in blocks:
            blocks.append(block)
    return (*blocks, form.Citations("Sources", tuple(cited.values())), documents[0][-1])


def main() -> None:
    """Build the site and say how much it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    today = dt.datetime.now(dt.UTC).date()
    parser.add_argument("--as-of", type=dt.date.fromisoformat, default=today, metavar="DATE")
    parser.add_argument("--output", type=Path, default=ROOT / "site", metavar="FOLDER")
    given = parser.parse_args()
    began = time.perf_counter()
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    Site(load(), given.as_of, given.output, settings["site_url"])
    sizes = [file.stat().st_size for file in (given.output / "record").rglob("*.*")]
    seconds = time.perf_counter() - began
    print(f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, in {seconds:.1f} s, for {given.as_of}")


if __name__ == "__main__":
    main()
