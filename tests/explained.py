"""An answer explained with the shipped commentary."""

import datetime as dt

from ottawa_cli.dataset.shipped import commentary
from ottawa_cli.model import State
from ottawa_cli.rules import explanation
from ottawa_cli.rules.readings import DEFAULT, Readings
from ottawa_cli.rules.standing import standing

COMMENTARY = commentary()


def explain(state: State, as_of: dt.date, readings: Readings = DEFAULT) -> explanation.Explanation:
    return explanation.explain(standing(state, as_of, readings), COMMENTARY)
