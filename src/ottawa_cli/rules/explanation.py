"""An answer explained: how firm it is, which of the points that the text leaves open it touches,
and what remains after leaving.

What there is to say on each point is a matter of sources, and stands in a commentary beside the
record; what remains is the treaty's.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ottawa_cli.rules.sensitivity import Sensitivity, sensitivity
from ottawa_cli.rules.standing import Standing
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


class View(NamedTuple):
    """The readings, as ``KEY=VALUE`` texts, of somebody who has stated its own: what it says, and
    the id of the source of the record that tells it."""

    readings: tuple[str, ...]
    says: str
    source: str


Remaining = tuple[str, str, tuple[str, ...]]  # provision, sentence, source ids


class Explanation(NamedTuple):
    """A standing with everything that speaks for and against it."""

    standing: Standing
    sensitivity: Sensitivity
    points: tuple[Point, ...]
    remaining: tuple[Remaining, ...]


def explain(standing: Standing, commentary: Mapping[str, Point]) -> Explanation:
    """Explain a standing: the points are those that its steps turn on or whose readings move it.

    Raises TooManyUnknownDays.
    """
    firmness = sensitivity(standing.state, standing.as_of, standing.readings)
    touched = {key for change in firmness.changes for key, _ in change.choices}
    touched |= {step.reading for step in steps(standing) if step.reading}
    if standing.revoked_on:
        touched.add("revocation")
    if standing.contested:
        touched.add("suspension")
    papers = (standing.signed_on, standing.deposited_on, standing.received_on, standing.revoked_on)
    if any(date and date.day is None for date in papers):
        touched.add("unknown-day")
    touched &= set(standing.state.treaty.open_points)
    points = tuple(point for key, point in commentary.items() if key in touched)
    return Explanation(standing, firmness, points, tuple(_remaining(standing)))


def _remaining(standing: Standing) -> list[Remaining]:
    """What a withdrawal leaves in place; nothing without one."""
    if standing.notice is None or set(standing.possible_statuses) == {"party"}:
        return []
    state, duties = standing.state, list[Remaining]()
    consents = {consent.to: consent for consent in state.consents}
    for provision, text, consented, _ in state.treaty.remaining:
        consent = consents.get(provision) if consented else None
        sentence = consented if consent else text
        day, sources = (consent.on, consent.sources) if consent else (None, ())
        duties.append((provision, sentence.format(state=state.name, day=day), sources))
    return duties
