"""`ottawa explain` in words: the steps, how firm the answer is, what is open and what remains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ottawa_cli.inquiry.inquiry import Inquiry
from ottawa_cli.render import report_parts as parts
from ottawa_cli.render.document import Document, Items
from ottawa_cli.rules.explanation import Point
from ottawa_cli.rules.sensitivity import Sensitivity, Unsettled
from ottawa_cli.rules.standing import Finding, Standing
from ottawa_cli.rules.steps import Step, steps

QUESTION = "why does it stand so under {}?"
FACTS = (
    "Readings were varied, and days that the record leaves open; other facts, recorded or"
    " assumed, were not."
)
NOTHING = "No notice and no armed conflict: there is nothing that a reading could change."
DAYS = {  # of a fact that is not settled
    "signed_on": "signature",
    "deposited_on": "deposit",
    "received_on": "receipt of the notice",
    "revoked_on": "revocation",
    "start": "the beginning of",
    "end": "the end of",
}


def explanation(inquiry: Inquiry, iso3: str, sources: bool) -> Document:
    """Why a State stands where it stands, how firm that is, what is open and what remains."""
    standing, firmness, points, remaining = inquiry.explanation(iso3)
    derivation = steps(standing)
    derived = tuple(_step(step, standing.as_of, sources) for step in derivation)
    duties = tuple(f"{provision}: {text}" for provision, text, _ in remaining)
    blocks = (
        parts.heading(inquiry, standing),
        Items("Steps", derived, numbered=True),
        Items("How firm", tuple(_firmness(standing, firmness))),
        Items("Open points", tuple(map(_point, points))),
        Items("What remains", duties),
        parts.noted(standing),
    )
    own = (*(step.sources for step in derivation), *(ids for _, _, ids in remaining))
    cited = (*standing.sources, *(id for ids in own for id in ids))
    return parts.report(inquiry, QUESTION, blocks, cited, sources)


def _step(step: Step, as_of: dt.date, sources: bool) -> str:
    """A step: the provision, the dates it leads from and to, the sentence and the basis."""
    dates = reading = cited = later = ""
    if step.after:
        days = dict.fromkeys(parts.dated(date) for date in (step.before, step.after) if date)
        dates = f" {' -> '.join(days)}."
        later = ", later" if step.after > str(as_of) else ""
    if step.reading and step.reading not in step.text:
        reading = f" Turns on the reading {step.reading}."
    if sources and step.sources:
        cited = f" Sources: {', '.join(step.sources)}."
    basis = f" ({step.basis}{later})" if step.basis else ""
    return f"{step.provision}{basis}.{dates} {step.text}{reading}{cited}"


def _firmness(standing: Standing, firmness: Sensitivity) -> Iterator[str]:
    """Which unsettled facts and which choices of readings change the answer, and to what."""
    yield from (_unsettled(standing, unsettled) for unsettled in firmness.unsettled)
    if standing.notice or standing.conflicts:
        yield from _by_readings(standing, firmness)
        yield FACTS
    elif not firmness.unsettled:
        yield NOTHING


def _unsettled(standing: Standing, unsettled: Unsettled) -> str:
    """On which side of an unknown day what happens."""
    fact = " ".join(filter(None, [DAYS[unsettled.fact], unsettled.conflict]))
    findings = [finding for _, _, finding in unsettled.findings]
    decided = "the answer together with another day"
    if len({finding.bound for finding in findings}) > 1:
        decided = f"whether {standing.name} is bound"
    elif len({finding.status for finding in findings}) > 1:
        decided = "the status"
    elif any(finding.effective_on for finding in findings):
        decided = "the day of effect"
    sides = "; ".join(
        f"{_in_words(finding)} if it {'is' if first == last else f'lies from {first} to'} {last}"
        for first, last, finding in unsettled.findings
    )
    return f"The record does not settle the day of {fact}, and it decides {decided}: {sides}."


def _in_words(finding: Finding) -> str:
    """A status, whether the State is bound, and the date of effect, in words."""
    date = ""
    if finding.effective_on:
        date = f", effect {parts.dated(finding.effective_on)}"
    elif finding.status in {"withdrawing", "suspended", "uncertain"}:
        date = ", no date"
    return f"{finding.status}, {parts.BOUND_WORDS[finding.bound]}{date}"


def _by_readings(standing: Standing, firmness: Sensitivity) -> Iterator[str]:
    """Which choices of readings change the answer, and to what."""
    tried = f"{firmness.combinations} combinations of readings tried"
    if not firmness.changes:
        yield f"{tried}: none changes the status or the date."
        return
    alone = [(choices[0][0], finding) for choices, finding in firmness.changes if len(choices) == 1]
    if alone:
        named = parts.listed(dict.fromkeys(key for key, _ in alone))
        yield f"{tried}: no reading but {named} changes the status or the date by itself."
    else:
        yield f"{tried}: no single one changes the status or the date, but together they can."
    for key in dict.fromkeys(key for key, finding in alone if finding.bound != standing.bound):
        yield f"{key} decides whether {standing.name} is bound."
    for choices, finding in firmness.changes:
        chosen = parts.listed(f"{key}={value}" for key, value in choices)
        yield f"{chosen}{' together' if len(choices) > 1 else ''}: {_in_words(finding)}."


def _point(point: Point) -> str:
    reading = f", reading {point.reading}" if point.reading else ""
    sides = f"By default: {point.default} Against: {point.other}"
    return f"({point.letter}{reading}) {point.question} {sides}"
