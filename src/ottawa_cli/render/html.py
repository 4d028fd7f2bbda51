"""HTML: one page that needs nothing else, for screens, phones, printers and screen readers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from ottawa_cli.render import svg
from ottawa_cli.render.document import (
    Block,
    Citations,
    Document,
    Footer,
    Heading,
    Items,
    Picture,
    Table,
)
from ottawa_cli.rules.result import STATUSES

FOLDER = Path(__file__).parent
DAY = r"\d{4}-\d\d-\d\d"  # which stays on one line


def render(document: Document) -> str:
    """The document as a page: no font, picture or script from elsewhere."""
    return Page(document).text


class Page:
    """A page in the making: `links` leads from the words that stand for a source to its address."""

    def __init__(self, document: Document) -> None:
        foot = next((block for block in document if isinstance(block, Footer)), Footer(()))
        self.headings = [block for block in document if isinstance(block, Heading)]
        asked = self.headings[0].title if self.headings else foot.day
        before, _, last = asked.rpartition(", ")
        if last in foot.question:  # a treaty that the question names
            asked = before or asked
        title = ": ".join(filter(None, (asked, foot.question)))
        self.links = dict(foot.links())
        names = "|".join(map(re.escape, sorted(self.links, key=len, reverse=True)))
        other = r"(?<![A-Z,] )(?<!Convention )(?<!Charter )"  # treaty, whose article this would be
        own = rf"(?<!\w)(?:{other}|(?!Art))(?:{names})(?![\w(])"
        self.spans = re.compile(rf"{own}|{DAY}" if names else DAY)
        self.cited = {e.id for b in document if isinstance(b, Citations) for e in b.entries}
        html = ET.Element("html", lang="en")
        head = ET.SubElement(html, "head")
        ET.SubElement(head, "meta", charset="utf-8")
        scale = "width=device-width, initial-scale=1"
        ET.SubElement(head, "meta", name="viewport", content=scale)
        _add(head, "title", title)
        dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_toned(1)}\n}}\n"
        _add(head, "style", f"{_file('page.css')}{_toned(0)}\n{dark}")
        body = ET.SubElement(html, "body")
        main = ET.SubElement(body, "main")
        _add(main, "h1", title, {"id": "title"})
        for block in _ordered(document):
            self._block(body if isinstance(block, Footer) else main, block)
        _add(body, "script", _file("page.js"))
        written = ET.tostring(html, encoding="unicode", method="html")
        self.text = f"<!DOCTYPE html>\n{written}\n"

    def _block(self, parent: ET.Element, block: Block) -> None:
        match block:
            case Heading():
                self._heading(parent, block)
            case Table():
                self._table(parent, block)
            case Items(title, items, numbered):
                _add(parent, "h2", title)
                listed = ET.SubElement(parent, "ol" if numbered else "ul")
                for item in items:
                    says, mark, ids = item.rpartition(" Sources: ")
                    line = ET.SubElement(listed, "li")
                    self._say(line, f"{says}{mark}" if mark else item)
                    if mark:
                        self._cite(ET.SubElement(line, "span"), ids.rstrip("."))
            case Picture(chart):
                number = 1 + sum(1 for _ in parent.iter("figure"))
                figure = ET.SubElement(parent, "figure")
                for name, layout in (("wide", svg.SCREEN), ("narrow", svg.PHONE)):
                    drawing = svg.element(chart, layout=layout, name=f"picture-{number}-{name}")
                    drawing.set("class", f"{drawing.get('class')} {name}")
                    figure.append(drawing)
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

    def _heading(self, parent: ET.Element, block: Heading) -> None:
        """The answer, its first word in the colour of the status; the title, if not the page's."""
        if block is not self.headings[0]:
            _add(parent, "h2", block.title)
        word, dot, rest = block.lead.partition(".")
        sentence = ET.SubElement(parent, "p")
        toned = {"class": f"status tone {block.tone}" if block.tone else "status"}
        _add(sentence, "span", word + dot, toned)
        self._say(ET.SubElement(sentence, "span"), rest)

    def _table(self, parent: ET.Element, block: Table) -> None:
        """A table with its headers; the cells of the first named column name their rows."""
        id = f"table-{sum(1 for _ in parent.iter('table'))}"
        frame = _frame(parent, {"aria-labelledby": id if block.title else "title"})
        table = ET.SubElement(frame, "table", {"class": "sorts"} if all(block.columns) else {})
        if block.title:
            _add(table, "caption", block.title, {"id": id})
        top = ET.SubElement(ET.SubElement(table, "thead"), "tr")
        for name in block.columns:
            kind = {"class": "spare"} if name in block.spare else {}
            _add(top, "th" if name else "td", name, {"scope": "col", **kind} if name else {})
        body = ET.SubElement(table, "tbody")
        for number, row in enumerate(block.rows):
            line = ET.SubElement(body, "tr")
            for at, (name, cell) in enumerate(zip(block.columns, row, strict=True)):
                if name == "Sources":
                    self._cite(ET.SubElement(line, "td", {"class": "ids"}), cell)
                elif at == 0 and name in {"", "State"}:
                    self._say(ET.SubElement(line, "th", {"scope": "row"}), cell)
                elif block.tones and name == "Status":
                    toned = {"class": f"status tone {block.tones[number]}"}
                    _add(ET.SubElement(line, "td"), "span", cell, toned)
                else:
                    kind = {"class": "spare"} if name in block.spare else {}
                    self._say(ET.SubElement(line, "td", kind), cell)

    def _say(self, parent: ET.Element, text: str) -> None:
        """A text, with links from the numbers and provisions in it, and its days unbroken."""
        end = 0
        for words in self.spans.finditer(text):
            _append(parent, text[end : words.start()])
            address = self.links.get(words[0])
            tag, attributes = ("a", {"href": address}) if address else ("span", {"class": "day"})
            _add(parent, tag, words[0], attributes)
            end = words.end()
        _append(parent, text[end:])

    def _cite(self, parent: ET.Element, ids: str) -> None:
        """Ids of sources, joined by commas, with links to those that are told at the end."""
        for id in filter(None, ids.split(", ")):
            _append(parent, ", " if len(parent) else "")
            _add(parent, "a", id, {"href": f"#source-{id}"} if id in self.cited else {})


def _ordered(document: Document) -> list[Block]:
    """What a page tells first, under each heading: the answer, how many there are, the picture."""
    placed, part = [], 0
    for block in document:
        part += isinstance(block, Heading)
        leads = (isinstance(block, Heading), isinstance(block, Items) and block.leads)
        first = (*leads, isinstance(block, Picture), True)
        placed.append((part, first.index(True), block))
    return [block for _, _, block in sorted(placed, key=lambda one: one[:2])]


def _toned(theme: int) -> str:
    """The colours of the statuses, as the picture has them."""
    return "\n".join(
        f".{name} {{ background: {svg.COLOURS[name][theme]};"
        f" border-color: {svg.COLOURS[f'{name}-line'][theme]};"
        f" color: {svg.COLOURS['page' if name == 'withdrawn' else 'ink'][theme]}; }}"
        for name in STATUSES
        if name in svg.COLOURS
    )


def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _frame(parent: ET.Element, name: Mapping[str, str]) -> ET.Element:
    """What scrolls sideways where there is no room, by the keyboard too."""
    reached = {"class": "scroll", "role": "region", "tabindex": "0"}
    return ET.SubElement(parent, "div", reached | dict(name))


def _append(parent: ET.Element, text: str) -> None:
    """Text after all that the element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _add(parent: ET.Element, tag: str, text: str, attributes: Mapping[str, str] = {}) -> ET.Element:
    child = ET.SubElement(parent, tag, dict(attributes))
    child.text = text
    return child
