"""HTML: one page that needs nothing else, for screens, phones, printers and screen readers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from operator import itemgetter
from pathlib import Path

from ottawa_cli.render import document as form
from ottawa_cli.render import svg
from ottawa_cli.rules.standing import STATUSES

FOLDER = Path(__file__).parent
DAY = r"\d{4}-\d\d-\d\d"  # which stays on one line


def render(document: form.Document) -> str:
    """The document as a page: no font, picture or script from elsewhere."""
    return Page(document).text


class Page:
    """A page in the making: `links` leads from the words that stand for a source to its address."""

    def __init__(self, document: form.Document) -> None:
        foot = next(
            (block for block in document if isinstance(block, form.Footer)), form.Footer(())
        )
        self.headings = [block for block in document if isinstance(block, form.Heading)]
        asked = self.headings[0].title if self.headings else foot.day
        before, _, last = asked.rpartition(", ")
        if last in foot.question:  # a treaty that the question names
            asked = before or asked
        title = ": ".join(filter(None, (asked, foot.question)))
        self.links = dict(foot.links())
        names = "|".join(map(re.escape, sorted(self.links, key=len, reverse=True)))
        other = r"(?<![A-Z,] )(?<!Convention )(?<!Charter )"  # treaty, whose article this would be
        own = rf"(?<!\w)(?:{other}|(?!Art))(?:{names})(?![\w(]| of the (?!Convention))"
        self.spans = re.compile(rf"{own}|{DAY}" if names else DAY)
        self.cited = {e.id for b in document if isinstance(b, form.Citations) for e in b.entries}
        style, script = ((FOLDER / f"page.{kind}").read_text("utf-8") for kind in ("css", "js"))
        dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_toned(1)}\n}}\n"
        html = ET.Element("html", lang="en")
        head = _add(html, "head")
        _add(head, "meta", charset="utf-8")
        _add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
        _add(head, "title", title)
        _add(head, "style", f"{style}{_toned(0)}\n{dark}")
        body = _add(html, "body")
        main = _add(body, "main")
        _add(main, "h1", title, id="title")
        for block in _ordered(document):
            self._block(body if isinstance(block, form.Footer) else main, block)
        _add(body, "script", script)
        written = ET.tostring(html, encoding="unicode", method="html")
        self.text = f"<!DOCTYPE html>\n{written}\n"

    def _block(self, parent: ET.Element, block: form.Block) -> None:
        match block:
            case form.Heading(title, lead, tone):
                if block is not self.headings[0]:
                    _add(parent, "h2", title)
                word, dot, rest = lead.partition(".")
                sentence = _add(parent, "p")
                kind = f"status tone {tone}" if tone else "status"
                _add(sentence, "span", word + dot, kind)
                self._say(_add(sentence, "span"), rest)
            case form.Table():
                self._table(parent, block)
            case form.Items(title, items, numbered):
                _add(parent, "h2", title)
                listed = _add(parent, "ol" if numbered else "ul")
                for item in items:
                    words, mark, ids = item.rpartition(" Sources: ")
                    line = _add(listed, "li")
                    self._say(line, f"{words}{mark}" if mark else item)
                    if mark:
                        self._cite(_add(line, "span"), ids.rstrip("."))
            case form.Picture(chart):
                number = 1 + sum(1 for _ in parent.iter("figure"))
                figure = _add(parent, "figure")
                for name, layout in (("wide", svg.SCREEN), ("narrow", svg.PHONE)):
                    drawing = svg.page(chart, layout).element(f"picture-{number}-{name}")
                    drawing.set("class", f"{drawing.get('class')} {name}")
                    figure.append(drawing)
            case form.Citations(title, entries):
                _add(parent, "h2", title)
                listed = _add(parent, "ul")
                for entry in entries:
                    line = _add(listed, "li", id=f"source-{entry.id}")
                    _add(line, "b", entry.id).tail = f" {entry.text} "
                    _add(line, "a", entry.url, href=entry.url)
            case form.Footer(lines):
                foot = _add(parent, "footer")
                for words in lines:
                    _add(foot, "p", words)

    def _table(self, parent: ET.Element, block: form.Table) -> None:
        """A table with its headers; the cells of the first named column name their rows. Where
        there is no room it scrolls sideways, by the keyboard too."""
        id = f"table-{sum(1 for _ in parent.iter('table'))}"
        frame = _add(parent, "div", kind="scroll", role="region", tabindex="0")
        frame.set("aria-labelledby", id if block.title else "title")
        table = _add(frame, "table", kind="sorts" if all(block.columns) else "")
        if block.title:
            _add(table, "caption", block.title, id=id)
        top = _add(_add(table, "thead"), "tr")
        kinds = ["spare" if name in block.spare else "" for name in block.columns]
        for name, kind in zip(block.columns, kinds, strict=True):
            if name:
                _add(top, "th", name, kind=kind, scope="col")
            else:
                _add(top, "td")
        body = _add(table, "tbody")
        for number, row in enumerate(block.rows):
            line = _add(body, "tr")
            for at, (name, cell) in enumerate(zip(block.columns, row, strict=True)):
                if name == "Sources":
                    self._cite(_add(line, "td", kind="ids"), cell)
                elif at == 0 and name in {"", "State"}:
                    self._say(_add(line, "th", scope="row"), cell)
                elif block.tones and name == "Status":
                    tone = f"status tone {block.tones[number]}"
                    _add(_add(line, "td"), "span", cell, kind=tone)
                else:
                    self._say(_add(line, "td", kind=kinds[at]), cell)

    def _say(self, parent: ET.Element, text: str) -> None:
        """A text, with links from the numbers and provisions in it, and its days unbroken."""
        end = 0
        for words in self.spans.finditer(text):
            _append(parent, text[end : words.start()])
            if words[0] in self.links:
                _add(parent, "a", words[0], href=self.links[words[0]])
            else:
                _add(parent, "span", words[0], kind="day")
            end = words.end()
        _append(parent, text[end:])

    def _cite(self, parent: ET.Element, ids: str) -> None:
        """Ids of sources, joined by commas, with links to those that are told at the end."""
        for id in filter(None, ids.split(", ")):
            _append(parent, ", " if len(parent) else "")
            _add(parent, "a", id, href=f"#source-{id}" if id in self.cited else "")


def _ordered(document: form.Document) -> list[form.Block]:
    """What a page tells first, under each heading: the answer, how many there are, the picture."""
    part, ranked = 0, list[tuple[int, int, form.Block]]()
    for block in document:
        part += isinstance(block, form.Heading)
        leads = isinstance(block, form.Items) and block.leads
        first = (isinstance(block, form.Heading), leads, isinstance(block, form.Picture), True)
        ranked.append((part, first.index(True), block))
    return [block for _, _, block in sorted(ranked, key=itemgetter(0, 1))]


def _toned(theme: int) -> str:
    """The colours of the statuses, as the picture has them."""
    return "\n".join(
        f".{name} {{ background: {svg.COLOURS[name][theme]};"
        f" border-color: {svg.COLOURS[f'{name}-line'][theme]};"
        f" color: {svg.COLOURS['page' if name == 'withdrawn' else 'ink'][theme]}; }}"
        for name in STATUSES
        if name in svg.COLOURS
    )


def _append(parent: ET.Element, text: str) -> None:
    """Text after all that the element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _add(parent: ET.Element, tag: str, text: str = "", kind: str = "", **more: str) -> ET.Element:
    """A new element at the end of another; `kind` is its class. What is empty is left out."""
    attributes = {"class": kind, **more}
    child = ET.SubElement(parent, tag, {k: v for k, v in attributes.items() if v})
    child.text = text
    return child
