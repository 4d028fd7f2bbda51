"""HTML: one page that needs nothing else, for screens, printers and screen readers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

from ottawa_cli.render import svg
from ottawa_cli.render.document import Citations, Document, Footer, Heading, Items, Picture, Table

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --page: #fff; --soft: #57606a; --line: #d0d7de; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --page: #0d1117; --soft: #9da7b3; --line: #3d444d; }
}
body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 62rem; color: var(--ink);
  background: var(--page); font: 1rem/1.5 system-ui, "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0;
  border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; }
.status { font-weight: 700; }
tbody td:not(.short, .status) { min-width: 10.5rem; }
.short { white-space: nowrap; }
a { color: inherit; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--line);
  color: var(--soft); font-size: .875rem; }
footer p { margin: 0; }
li { overflow-wrap: anywhere; }
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; }
@media print {
  :root { color-scheme: only light; --ink: #000; --page: #fff; --soft: #333; --line: #999; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  tr, li, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
}
"""
SHORT = len("between 2026-02-04")  # characters of a cell that stay on one line


def render(document: Document) -> str:
    """The document as a page: no script, no font or picture from elsewhere."""
    titles = [block.title for block in document if isinstance(block, Heading)]
    title = titles[0] if titles else "The Anti-Personnel Mine Ban Convention"
    html = ET.Element("html", lang="en")
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    scale = "width=device-width, initial-scale=1"
    ET.SubElement(head, "meta", name="viewport", content=scale)
    _add(head, "title", f"{title} - ottawa")
    _add(head, "style", STYLE)
    body = ET.SubElement(html, "body")
    main = ET.SubElement(body, "main")
    if not isinstance(document[0], Heading):
        _add(main, "h1", title)
    cited = {e.id for block in document if isinstance(block, Citations) for e in block.entries}
    for block in document:
        _block(body if isinstance(block, Footer) else main, block, cited)
    text = ET.tostring(html, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{text}\n"


def _block(parent: ET.Element, block: object, cited: set[str]) -> None:
    match block:
        case Heading(title, lead):
            _add(parent, "h1", title)
            if lead:
                word, dot, rest = lead.partition(".")
                sentence = ET.SubElement(parent, "p")
                _add(sentence, "span", word + dot, {"class": "status"}).tail = rest
        case Table():
            _table(parent, block, cited)
        case Items(title, items, numbered):
            _add(parent, "h2", title)
            listed = ET.SubElement(parent, "ol" if numbered else "ul")
            for item in items:
                _add(listed, "li", item)
        case Picture(chart):
            ET.SubElement(parent, "figure").append(svg.element(chart))
        case Citations(title, entries):
            _add(parent, "h2", title)
            listed = ET.SubElement(parent, "ul")
            for entry in entries:
                line = ET.SubElement(listed, "li", id=f"source-{entry.id}")
                _add(line, "b", entry.id).tail = f" {entry.text} "
                _add(line, "a", entry.url, {"href": entry.url})
        case Footer(lines):
            foot = ET.SubElement(parent, "footer")
            for words in lines:
                _add(foot, "p", words)


def _table(parent: ET.Element, block: Table, cited: set[str]) -> None:
    """A table with its headers; the cells of the first named column name their rows."""
    frame = ET.SubElement(parent, "div", {"class": "scroll"})
    table = ET.SubElement(frame, "table")
    if block.title:
        _add(table, "caption", block.title)
    top = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for name in block.columns:
        if name:
            _add(top, "th", name, {"scope": "col"})
        else:
            ET.SubElement(top, "td")
    body = ET.SubElement(table, "tbody")
    for number, row in enumerate(block.rows):
        line = ET.SubElement(body, "tr")
        for at, (name, cell) in enumerate(zip(block.columns, row, strict=True)):
            if name == "Sources":
                _links(ET.SubElement(line, "td"), cell.split(", ") if cell else (), cited)
            elif at == 0 and name in {"", "State"}:
                _add(line, "th", cell, {"scope": "row"})
            elif block.tones and at == 1:
                _add(line, "td", cell, {"class": f"status {block.tones[number]}"})
            else:
                _add(line, "td", cell, {"class": "short"} if len(cell) <= SHORT else {})


def _links(cell: ET.Element, ids: Iterable[str], cited: set[str]) -> None:
    for id in ids:
        if len(cell):
            cell[-1].tail = ", "
        _add(cell, "a", id, {"href": f"#source-{id}"} if id in cited else {})


def _add(parent: ET.Element, tag: str, text: str, attributes: Mapping[str, str] = {}) -> ET.Element:
    child = ET.SubElement(parent, tag, dict(attributes))
    child.text = text
    return child
