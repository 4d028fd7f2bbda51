"""Which of the points that the text leaves open an answer touches, and what remains after leaving.

What there is to say on each is a matter of sources, and stands in a commentary beside the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ottawa_cli.rules.result import Standing
from ottawa_cli.rules.steps import steps


class Point(NamedTuple):
    """An open point: its letter on the explanation page, the question, the authority on both sides.

    `reading` is the key of the reading it is chosen by, or None where no reading chooses.
    """

    letter: str
    reading: str | None
    question: str
    default: str
    other: str


class Duty(NamedTuple):
    """What a withdrawal leaves in place, with ``{state}`` for the State's name.

    `consented` is told in the place of `text` of a State that has consented to be bound by
    Amended Protocol II, with ``{day}`` for the day.
    """

    provision: str
    text: str
    consented: str = ""


class Commentary(NamedTuple):
    """What the sources say on each open point, by its key, and on what remains."""

    points: Mapping[str, Point]
    remaining: tuple[Duty, ...]


def points(standing: Standing, moved_by: Iterable[str], commentary: Commentary) -> list[Point]:
    """The open points an answer touches: what its steps turn on, and the readings that move it."""
    touched = {*moved_by, *(step.reading for step in steps(standing))}
    if standing.revoked_on:
        touched.add("revocation")
    if standing.contested:
        touched.add("suspension")
    papers = (standing.signed_on, standing.deposited_on, standing.received_on, standing.revoked_on)
    if any(date and date.day is None for date in papers):
        touched.add("unknown-day")
    return [point for key, point in commentary.points.items() if key in touched]


Remaining = tuple[str, str, tuple[str, ...]]  # provision, sentence, source ids


def remaining(standing: Standing, commentary: Commentary) -> list[Remaining]:
    """What a withdrawal leaves in place; nothing without one."""
    if standing.notice is None or set(standing.possible_statuses) == {"party"}:
        return []
    state, found = standing.state, list[Remaining]()
    for duty in commentary.remaining:
        consented = bool(duty.consented and state.amended_protocol_ii_on)
        text = duty.consented if consented else duty.text
        told = text.format(state=state.name, day=state.amended_protocol_ii_on)
        sources = state.amended_protocol_ii_sources if consented else ()
        found.append((duty.provision, told, sources))
    return found
