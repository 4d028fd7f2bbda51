"""The readings: points that the text leaves open, as named choices.

The letter of each is the paragraph of the explanation page that argues both sides.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, Self


class ReadingError(ValueError):
    """No such reading, or no such value; the message lists the choices."""


class Readings(NamedTuple):
    """One choice for every open point; the default is the first value of each."""

    month_end: Literal["last-day", "next-day", "refuse"] = "last-day"
    effect_day: Literal["same-day", "next-day"] = "same-day"
    conflict_edges: Literal["inclusive", "strict"] = "inclusive"
    conflict_scope: Literal["at-expiry", "until-peace"] = "at-expiry"
    conflict_kinds: Literal["all", "international"] = "all"
    occupation: Literal["counts", "excluded"] = "counts"
    conflict_end: Literal["same-day", "next-day"] = "same-day"
    defects: Literal["warn", "invalid"] = "warn"
    suspension: Literal["no-effect", "as-communicated"] = "no-effect"

    @classmethod
    def parse(cls, choices: Iterable[str]) -> Self:
        """Readings from ``KEY=VALUE`` texts. Raises ReadingError, also where two clash."""
        chosen: dict[str, Any] = {}
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
        return zip(READINGS, self, strict=True)

    def changed(self) -> list[tuple[str, str]]:
        """(key, value) of the readings that are not the default."""
        return [(key, value) for key, value in self.items() if value != READINGS[key][0]]

    def choosing(self, key: str, value: str) -> Self:
        """The same readings but for one choice."""
        changed: dict[str, Any] = {key.replace("-", "_"): value}
        return self._replace(**changed)


READINGS: dict[str, tuple[str, ...]] = {
    field.replace("_", "-"): values.__args__ for field, values in Readings.__annotations__.items()
}
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
