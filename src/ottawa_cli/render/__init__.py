"""Results into text: one module a family of formats, each loaded when it is first asked for.

`machine_keys` is the vocabulary of machines; the modules `report_...` are the words for people,
in the blocks of `document`; the other modules draw these.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ottawa_cli.render import citation as citation
    from ottawa_cli.render import ics as ics
    from ottawa_cli.render import machine_keys as machine_keys
    from ottawa_cli.render import report_clauses as report_clauses
    from ottawa_cli.render import report_count as report_count
    from ottawa_cli.render import report_explanation as report_explanation
    from ottawa_cli.render import report_leaving as report_leaving
    from ottawa_cli.render import report_parts as report_parts
    from ottawa_cli.render import report_status as report_status
    from ottawa_cli.render import report_timeline as report_timeline
    from ottawa_cli.render import svg as svg


def __getattr__(name: str) -> ModuleType:
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
