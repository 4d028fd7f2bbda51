"""The readings: points that the text leaves open, as named choices.

Each key has a default, its first value. The letter is the paragraph of the
explanation page that argues both sides.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Self

READINGS: dict[str, tuple[str, ...]] = {
    "month-end": ("last-day", "next-day", "refuse"),
    "effect-day": ("same-day", "next-day"),
    "conflict-edges": ("inclusive", "strict"),
    "conflict-scope": ("at-expiry", "until-peace"),
    "conflict-kinds": ("all", "international"),
    "occupation": ("counts", "excluded"),
    "conflict-end": ("same-day", "next-day"),
    "defects": ("warn", "invalid"),
    "suspension": ("no-effect", "as-communicated"),
}


class ReadingError(ValueError):
    """No such reading, or no such value; the message lists the choices."""


class Readings(NamedTuple):
    """One choice for every open point; the fields are the keys of READINGS."""

    month_end: str = "last-day"
    effect_day: str = "same-day"
    conflict_edges: str = "inclusive"
    conflict_scope: str = "at-expiry"
    conflict_kinds: str = "all"
    occupation: str = "counts"
    conflict_end: str = "same-day"
    defects: str = "warn"
    suspension: str = "no-effect"

    @classmethod
    def parse(cls, choices: Iterable[str]) -> Self:
        """Readings from ``KEY=VALUE`` texts. Raises ReadingError, also where two clash."""
        chosen: dict[str, str] = {}
        for choice in choices:
            key, _, value = (part.strip() for part in choice.partition("="))
            if key not in READINGS:
                raise ReadingError(f"{key!r} is not a reading: choose one of {', '.join(READINGS)}")
            if value not in READINGS[key]:
                raise ReadingError(
                    f"{value!r} is not a value of {key}: choose one of {', '.join(READINGS[key])}"
                )
            if chosen.setdefault(key, value) != value:
                raise ReadingError(f"{key} is given twice: {chosen[key]} and {value}")
        return cls(**{key.replace("-", "_"): value for key, value in chosen.items()})

    def items(self) -> Iterator[tuple[str, str]]:
        """(key, value) of every reading, in the order of READINGS."""
        for key in READINGS:
            yield key, getattr(self, key.replace("-", "_"))

    def changed(self) -> list[tuple[str, str]]:
        """(key, value) of the readings that are not the default."""
        if self == DEFAULT:
            return []
        return [(key, value) for key, value in self.items() if value != READINGS[key][0]]

    def choosing(self, key: str, value: str) -> Self:
        """The same readings but for one choice."""
        return self._replace(**{key.replace("-", "_"): value})


DEFAULT = Readings()


class Watched(Readings):
    """Readings that note which of them the rules look at."""

    def __init__(self, *values: str) -> None:
        self.looked_at: set[str] = set()

    def __getattribute__(self, name: str) -> Any:
        if name in Readings._fields:
            self.looked_at.add(name)
        return super().__getattribute__(name)

    def choosing(self, key: str, value: str) -> Self:
        """The same, watched together."""
        other = super().choosing(key, value)
        other.looked_at = self.looked_at
        return other
