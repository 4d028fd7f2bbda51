"""An answer explained: its derivation, how firm it is, what is open and what remains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from ottawa_cli.model import State
from ottawa_cli.rules.open_points import Point, Remaining, points, remaining
from ottawa_cli.rules.readings import Readings
from ottawa_cli.rules.result import Standing
from ottawa_cli.rules.sensitivity import Sensitivity, sensitivity
from ottawa_cli.rules.standing import standing


class Explanation(NamedTuple):
    """A standing with everything that speaks for and against it."""

    standing: Standing
    sensitivity: Sensitivity
    points: tuple[Point, ...]
    remaining: tuple[Remaining, ...]


def explain(
    state: State, as_of: dt.date, readings: Readings, commentary: Mapping[str, Point]
) -> Explanation:
    """Explain where `state` stands on `as_of`. Raises TooManyUnknownDays."""
    answer, moves = standing(state, as_of, readings), sensitivity(state, as_of, readings)
    moved_by = {key for change in moves.changes for key, _ in change.choices}
    touched = tuple(points(answer, moved_by, commentary))
    return Explanation(answer, moves, touched, tuple(remaining(answer)))
