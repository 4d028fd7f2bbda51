"""An answer explained: its derivation, how firm it is, what is open and what remains."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from ottawa_cli.model import State
from ottawa_cli.rules.open_points import Point, points, remaining
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.result import Standing
from ottawa_cli.rules.sensitivity import Sensitivity, sensitivity
from ottawa_cli.rules.standing import standing


class Explanation(NamedTuple):
    """A standing with everything that speaks for and against it."""

    standing: Standing
    sensitivity: Sensitivity
    points: tuple[Point, ...]
    remaining: tuple[tuple[str, str, tuple[str, ...]], ...]


def explain(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> Explanation:
    """Explain where `state` stands on `as_of`. Raises TooManyUnknownDays."""
    answer = standing(state, as_of, readings)
    firmness = sensitivity(state, as_of, readings)
    moved_by = {key for change in firmness.changes for key, _ in change.choices}
    return Explanation(answer, firmness, tuple(points(answer, moved_by)), tuple(remaining(answer)))
