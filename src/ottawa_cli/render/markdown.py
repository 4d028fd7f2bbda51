"""GitHub-flavoured Markdown: the tables and sentences of the report, sources as footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ottawa_cli.render import plain
from ottawa_cli.render.chart_text import uncoloured
from ottawa_cli.render.document import Citations, Document, Footer, Heading, Items, Picture, Table
from ottawa_cli.render.machine_keys import Grid

# What GFM would read as markup inside a line of text.
SPECIAL = re.compile(r"([\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_]))")


def render(document: Document, grid: Grid | None = None) -> str:
    """The document; `grid`, if given, in the place of its keyed tables, or under its head."""
    cited = {e.id for block in document if isinstance(block, Citations) for e in block.entries}
    blocks = list(document)
    if grid is not None:
        blocks = [block for block in document if not (isinstance(block, Table) and block.keyed)]
        rows = zip(grid.rows, map(", ".join, grid.sources), strict=True)
        table = Table((*grid.columns, "Sources"), tuple((*row, ids) for row, ids in rows))
        at = int(isinstance(blocks[0], Heading))
        blocks.insert(at, table if cited else table.uncited)
    tables = (block for block in blocks if isinstance(block, Table))
    rows_with_ids = (row for table in tables if table.cites for row in table.rows)
    marked = cited & {id for row in rows_with_ids for id in row[-1].split(", ")}
    return "\n\n".join("\n".join(_block(block, marked)) for block in blocks) + "\n"


def _block(block: object, marked: set[str]) -> Iterator[str]:
    match block:
        case Heading(title, lead):
            yield f"# {escaped(title)}"
            if lead:
                word, dot, rest = lead.partition(".")
                yield ""
                yield f"**{escaped(word)}{dot}** {escaped(rest)}".rstrip()
        case Table():
            yield from _title(block.title)
            yield from _rows(block, marked)
        case Items(title, items, numbered):
            yield from _title(title)
            for number, item in enumerate(items, 1):
                yield f"{number}. {escaped(item)}" if numbered else f"- {escaped(item)}"
        case Picture(chart):
            yield "```text"
            yield from uncoloured(chart, plain.CHART_WIDTH)
            yield "```"
        case Citations(title, entries):
            texts = {e.id: f": {escaped(e.text)} <{e.url}>" for e in entries}
            notes = [f"[^{id}]{text}" for id, text in texts.items() if id in marked]
            # A footnote without a mark would not be shown.
            listed = [f"- {escaped(id)}{text}" for id, text in texts.items() if id not in marked]
            yield from notes
            if listed:
                yield from ["", *_title(title)] if notes else _title(title)
                yield from listed
        case Footer(lines):
            yield "---"
            yield ""
            yield "  \n".join(escaped(line) for line in lines)


def _title(title: str) -> Iterator[str]:
    if title:
        yield f"## {escaped(title)}"
        yield ""


def _rows(block: Table, marked: set[str]) -> Iterator[str]:
    yield f"| {' | '.join(escaped(name) for name in block.columns)} |"
    yield f"|{'|'.join(' --- ' for _ in block.columns)}|"
    for row in block.rows:
        cells = [escaped(cell) for cell in row]
        if block.cites:
            ids = row[-1].split(", ") if row[-1] else []
            cells[-1] = " ".join(f"[^{id}]" if id in marked else escaped(id) for id in ids)
        yield f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Text that a Markdown reader shows as it is, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
