"""CSV, TSV and bare values: the machine table as lines."""

from __future__ import annotations

import csv as stdlib_csv
import io

from ottawa_cli.render.machine_keys import Grid


def csv(grid: Grid) -> str:
    """Comma-separated values: a header, and fields quoted as RFC 4180 has it.

    Lines end in LF: every reader takes that, and the tools of a shell take nothing else.
    """
    out = io.StringIO(newline="")
    stdlib_csv.writer(out, lineterminator="\n").writerows([grid.columns, *grid.rows])
    return out.getvalue()


def tsv(grid: Grid) -> str:
    """Tab-separated values as text/tab-separated-values has them: a header, nothing quoted."""
    return "\t".join(grid.columns) + "\n" + values(grid)


def values(grid: Grid) -> str:
    """The values alone, tab-separated, one row a line; an unknown value is empty."""
    rows = ("\t".join(" ".join(cell.split()) for cell in row) for row in grid.rows)
    return "".join(f"{row}\n" for row in rows)
