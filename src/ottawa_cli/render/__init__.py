"""Results into text: one module a family of formats, each loaded when it is first asked for.

`machine_keys` is the vocabulary of machines; the modules `report_...` are the words for people,
in the blocks of `document`; the other modules draw these.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ottawa_cli.render import (  # noqa: F401
        citation,
        ics,
        machine_keys,
        report_clauses,
        report_count,
        report_explanation,
        report_leaving,
        report_parts,
        report_status,
        report_timeline,
        svg,
    )


def __getattr__(name: str) -> ModuleType:
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
