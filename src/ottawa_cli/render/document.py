"""A report before it has a form: blocks that every human format draws in its own way."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ottawa_cli.render.chart import Chart, StepCurve


class Heading(NamedTuple):
    """A State (or a group of them) and where it stands. `tone` is a status or empty."""

    title: str
    lead: str = ""
    tone: str = ""


class Table(NamedTuple):
    """Rows under columns. `tones` gives each row a status for colour; `wraps` names the
    columns that may take several lines on a terminal. A column named Sources holds
    source ids joined by ", " and is the last. `keyed`: the machine table holds the same
    facts, and takes its place where columns of that were asked for. `spare` names the
    columns that a page as narrow as a phone does without."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    tones: tuple[str, ...] = ()
    wraps: tuple[str, ...] = ()
    keyed: bool = False
    spare: tuple[str, ...] = ()

    @property
    def cites(self) -> bool:
        """Whether its last column holds sources."""
        return self.columns[-1] == "Sources"

    @property
    def uncited(self) -> "Table":
        """The table without its sources."""
        rows = tuple(row[:-1] for row in self.rows)
        return self._replace(columns=self.columns[:-1], rows=rows) if self.cites else self


class Items(NamedTuple):
    """A titled list of sentences. `leads`: a page tells it before any table."""

    title: str
    items: tuple[str, ...]
    numbered: bool = False
    leads: bool = False


class Picture(NamedTuple):
    """Bars, or steps, over a time axis."""

    chart: "Chart | StepCurve"


class Citation(NamedTuple):
    """A source as it is cited: its id, what and who and when, and its address."""

    id: str
    text: str
    url: str


class Citations(NamedTuple):
    """The sources of the report."""

    title: str
    entries: tuple[Citation, ...]


class Footer(NamedTuple):
    """What every report says about itself. `question` is what it answers, on which `day`;
    `links` gives the addresses of the notifications and provisions that it may name."""

    lines: tuple[str, ...]
    question: str = ""
    day: str = ""
    links: Callable[[], Mapping[str, str]] = dict


Block = Heading | Table | Items | Picture | Citations | Footer
Document = tuple[Block, ...]
