"""A report before it has a form: blocks that every human format draws in its own way."""

from __future__ import annotations

from dataclasses import dataclass

from ottawa_cli.render.chart import Chart


@dataclass(frozen=True, slots=True)
class Heading:
    """A State (or a group of them) and where it stands. `tone` is a status or empty."""

    title: str
    lead: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `tones` gives each row a status for colour; `wraps` names the
    columns that may take several lines on a terminal."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    tones: tuple[str, ...] = ()
    wraps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A titled list of sentences."""

    title: str
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars over a time axis."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class Footer:
    """What every report says about itself."""

    lines: tuple[str, ...]


Block = Heading | Table | Items | Picture | Footer
Document = tuple[Block, ...]
