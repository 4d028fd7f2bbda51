"""`ottawa timeline`: the dated course of States."""

from __future__ import annotations

import typer

from ottawa_cli.cli import options, output
from ottawa_cli.cli.app import SETTINGS
from ottawa_cli.cli.output import Format

app = typer.Typer(**SETTINGS)


@app.command("timeline")
def run(
    state: options.Names = None,
    as_of: options.AsOf = None,
    notice: options.Notices = None,
    revoke: options.Revocations = None,
    conflict: options.Conflicts = None,
    reading: options.ReadingChoices = None,
    data: options.Data = None,
    sources: options.WithSources = False,
    format: output.FormatOption = None,
) -> None:
    """The dated course of States: bars over a time axis, and the events under them.

    Without a STATE: every State with a notice or a suspension communication.

    \b
    ottawa timeline lithuania
    ottawa timeline --conflict ukraine
    """
    question = options.ask(
        state, as_of=as_of, notice=notice, revoke=revoke, conflict=conflict, reading=reading,
        data=data,
    )  # fmt: skip
    inquiry, record = question.inquiry, question.inquiry.record
    iso3s = question.iso3s or record.with_communications()
    options.standings_or_fail(question, iso3s)
    chosen = output.chosen(format)
    if chosen is Format.json:
        from ottawa_cli.render import keys

        states = [keys.of_timeline(inquiry, iso3) for iso3 in iso3s]
        output.write_json({**keys.envelope(inquiry), "states": states})
        return
    from ottawa_cli.render import report

    document = report.timeline(inquiry, iso3s, sources, general=not question.iso3s)
    output.write_document(document, chosen)
