"""ottawa: who is bound by a disarmament treaty on a day, until when, and why.

>>> from ottawa_cli import Inquiry, load
>>> inquiry = Inquiry(load(), as_of="2025-12-26")
>>> inquiry.standing("Lithuania").status
'withdrawing'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ottawa_cli.cases.evaluator import Evaluator
    from ottawa_cli.dataset import DatasetError, Record, UnknownTreaty, load
    from ottawa_cli.dataset.clauses import clause, clauses
    from ottawa_cli.dates import PartialDate
    from ottawa_cli.inquiry.assumptions import AssumedConflict, Assumptions, ScenarioError
    from ottawa_cli.inquiry.inquiry import Inquiry
    from ottawa_cli.model import Clause, Treaty, UnknownClause
    from ottawa_cli.names import UnknownState
    from ottawa_cli.rules.article_20 import Engagement, Withdrawal, withdrawal
    from ottawa_cli.rules.notes import Note, notes
    from ottawa_cli.rules.readings import READINGS, ReadingError, Readings
    from ottawa_cli.rules.standing import Standing
    from ottawa_cli.rules.steps import Step, steps

_HOME = {
    "clause": "dataset.clauses", "clauses": "dataset.clauses", "Clause": "model",
    "Treaty": "model", "UnknownClause": "model", "UnknownTreaty": "dataset",
    "DatasetError": "dataset", "Record": "dataset", "load": "dataset",
    "Engagement": "rules.article_20", "Withdrawal": "rules.article_20",
    "withdrawal": "rules.article_20",
    "Evaluator": "cases.evaluator", "Inquiry": "inquiry.inquiry", "PartialDate": "dates",
    "READINGS": "rules.readings", "ReadingError": "rules.readings", "Readings": "rules.readings",
    "Note": "rules.notes", "Standing": "rules.standing", "Step": "rules.steps",
    "notes": "rules.notes", "steps": "rules.steps",
    "AssumedConflict": "inquiry.assumptions", "Assumptions": "inquiry.assumptions",
    "ScenarioError": "inquiry.assumptions", "UnknownState": "names",
}  # fmt: skip
__all__ = [
    "READINGS", "AssumedConflict", "Assumptions", "Clause", "DatasetError", "Engagement",
    "Evaluator", "Inquiry", "Note", "PartialDate", "ReadingError", "Readings", "Record",
    "ScenarioError", "Standing", "Step", "Treaty", "UnknownClause", "UnknownState",
    "UnknownTreaty", "Withdrawal", "__version__", "clause", "clauses", "load", "notes", "steps",
    "withdrawal",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import each public name when it is first used: the command line needs few of them."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"ottawa_cli.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
