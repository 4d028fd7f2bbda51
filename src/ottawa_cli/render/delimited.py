"""CSV, TSV and bare values: the machine table as lines."""

from __future__ import annotations

import csv as stdlib_csv
import io

from ottawa_cli.render import machine_keys
from ottawa_cli.render.machine_keys import Grid


def csv(grid: Grid) -> str:
    """Comma-separated values: a header, and fields quoted as RFC 4180 has it.

    Lines end in LF: every reader takes that, and the tools of a shell take nothing else.
    """
    out = io.StringIO(newline="")
    writer = stdlib_csv.writer(out, lineterminator="\n")
    writer.writerow(grid.columns)
    writer.writerows([machine_keys.text(value) for value in row] for row in grid.rows)
    return out.getvalue()


def tsv(grid: Grid) -> str:
    """Tab-separated values as text/tab-separated-values has them: a header, nothing quoted."""
    return "\t".join(grid.columns) + "\n" + values(grid)


def values(grid: Grid) -> str:
    """The values alone, tab-separated, one row a line; an unknown value is empty."""
    lines = ("\t".join(" ".join(machine_keys.text(v).split()) for v in row) for row in grid.rows)
    return "".join(line + "\n" for line in lines)
