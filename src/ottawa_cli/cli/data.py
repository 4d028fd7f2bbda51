"""`ottawa data`: the record itself."""

from typing import Annotated, Optional

import typer

from ottawa_cli import render
from ottawa_cli.cli import options, output
from ottawa_cli.cli.commands import SETTINGS, Command, Group
from ottawa_cli.cli.exits import INVALID, tell
from ottawa_cli.dataset import DatasetError, Record, from_yaml, load, shipped_path

app = typer.Typer(**SETTINGS, cls=Group)


@app.callback()
def _data() -> None:
    """The record itself: check it, its clauses and format, where it is.

    \b
    ottawa data check my-notice.yaml
    ottawa data clauses
    ottawa data schema > record.schema.json
    cp "$(ottawa data path)" my-record.yaml
    """


DEFAULT = "Default: the shipped record."


@app.command("check", cls=Command)
def check(
    file: Annotated[
        Optional[str], typer.Argument(metavar="[FILE]", help=DEFAULT, show_default=False)
    ] = None,
) -> None:
    """Check a dataset or a supplement.

    Every fault goes to stderr, one a line, as file:line:column: what is wrong, what is
    expected; the exit status is then 3.

    \b
    ottawa data check
    ottawa data check my-notice.yaml
    """
    path = str(shipped_path()) if file is None else file
    try:
        record = from_yaml() if file is None else load(file)
    except DatasetError as error:
        tell("\n".join(str(fault) for fault in error.faults))
        raise typer.Exit(INVALID) from None
    output.write_text(f"{path}: no fault found. {_summary(record)}\n")


@app.command("clauses", cls=Command)
@options.asking(states=False)
def clauses(asked: options.Asked) -> None:
    """List the withdrawal clauses that evaluate applies.

    Each with its words, its sources and the practice on which its way of counting rests; and
    those that are not computed, with the reason.

    \b
    ottawa data clauses
    ottawa data clauses --format csv --output clauses.csv
    """
    asked.delivery.send(
        document=render.report_clauses.document,
        content=render.report_clauses.content,
        table="clauses",
    )


@app.command("schema", cls=Command)
def schema() -> None:
    """Print the JSON Schema of a dataset.

    It is of 2020-12 and holds for supplements too: editors can use it.

    \b
    ottawa data schema > record.schema.json
    """
    import json

    from ottawa_cli.dataset.schema import schema

    output.write_text(json.dumps(schema(), indent=2) + "\n")


@app.command("path", cls=Command)
def path() -> None:
    """Say where the shipped YAML file is.

    \b
    cp "$(ottawa data path)" my-record.yaml
    """
    output.write_text(f"{shipped_path()}\n")


def _summary(record: Record) -> str:
    parts = ("states", "communications", "conflicts", "events", "sources")
    counts = {part: len(record.raw[part]) for part in parts}
    for further in record.further.values():
        for part in ("communications", "events", "sources"):
            counts[part] += len(further[part])
    listed = ", ".join(f"{number} {part}" for part, number in counts.items())
    treaties = f"{len(record.treaties)} treaties, " * (len(record.treaties) > 1)
    return f"Version {record.version}: {treaties}{listed}, {len(record.names.words)} names."
