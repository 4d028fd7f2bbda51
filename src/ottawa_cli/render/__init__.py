"""Results into text: one module a family of formats, each loaded when it is first asked for.

`keys` is the vocabulary of machines, `report` the words for people in the blocks of
`document`; the other modules draw these.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ottawa_cli.render import ics, keys, report, svg

__all__ = ["ics", "keys", "report", "svg"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
