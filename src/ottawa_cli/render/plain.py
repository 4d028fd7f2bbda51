"""Plain text: the same facts as the terminal, aligned, never cut, wrapped or coloured."""

from __future__ import annotations

from collections.abc import Iterator

from ottawa_cli.render.document import Citations, Document, Footer, Heading, Items, Picture, Table

CHART_WIDTH = 80  # of the picture; text is never wrapped


def render(document: Document, unicode: bool = True, width: int = CHART_WIDTH) -> str:
    """The document as lines of text, blocks apart by a blank line."""
    return "\n\n".join("\n".join(_block(block, unicode, width)) for block in document) + "\n"


def _block(block: object, unicode: bool, width: int) -> Iterator[str]:
    match block:
        case Heading(title, lead):
            yield title
            if lead:
                yield lead
        case Table():
            yield from _table(block)
        case Items(title, items, numbered):
            yield f"{title}:"
            for number, item in enumerate(items, 1):
                yield f"{number}. {item}" if numbered else f"- {item}"
        case Picture(chart):
            from ottawa_cli.render import chart_text

            yield from chart_text.uncoloured(chart, width, unicode)
        case Citations(title, entries):
            yield f"{title}:"
            for entry in entries:
                yield f"[{entry.id}] {entry.text} {entry.url}"
        case Footer(lines):
            yield from lines


def _table(block: Table) -> Iterator[str]:
    """Columns padded to their widest cell."""
    if block.title:
        yield f"{block.title}:"
    rows = [block.columns, *block.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield line.rstrip()
