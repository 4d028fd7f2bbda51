"""What a value of the record must be: texts, days, lists, entries.

Each kind knows itself three times: for the validator, for the JSON Schema and in words.
Plain classes: they are made each time a YAML file is read, and dataclasses would take
longer to make than to use.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

from ottawa_cli.dates import LAST_YEAR, DateError, parse_day, parse_partial

Json = dict[str, Any]
Path = tuple[str | int, ...]
Problem = tuple[Path, str]

AT_KEY = -1  # ends the path of a problem that lies in a key and not in its value
DAY_PATTERN = "(?!0000)[0-8][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
MONTH_OR_YEAR_PATTERN = "(?!0000)[0-8][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?"
# One line of text with something to read in it: control characters could draw on a
# terminal, and marks that turn the direction of writing could make a name look like another.
READABLE = r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"


class Kind(ABC):
    """What a value must be; `inner` are the kinds of the values inside."""

    inner: tuple[Kind, ...] = ()

    @abstractmethod
    def problems(self, value: object, path: Path) -> list[Problem]:
        """Every departure, as (path, what is wrong and what is expected)."""

    @abstractmethod
    def schema(self) -> Json:
        """The same as a JSON Schema (2020-12), entries as references to its `$defs`."""

    @abstractmethod
    def holds(self) -> str:
        """The same in a few words of Markdown."""


class Text(Kind):
    """One line of text, matching `pattern` if one is given; `hint` says what is expected."""

    def __init__(self, pattern: str = READABLE, hint: str = "one line of text") -> None:
        self.pattern = pattern
        self.hint = hint
        self._matches = re.compile(pattern).fullmatch

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not str:
            return [(path, f"expected {self.hint}, not a {_kind_name(value)}")]
        if self._matches(value):
            return []
        if not value:
            return [(path, f"empty: expected {self.hint}, or no such line")]
        if self.pattern is READABLE and "\n" in value:
            return [(path, "holds a line break: expected one line (a folded text begins with >-)")]
        return [(path, f"{quoted(value)}: expected {self.hint}")]

    def holds(self) -> str:
        return self.hint.replace("<", "&lt;")

    def schema(self) -> Json:
        return {"type": "string", "pattern": _whole(self.pattern)}


class OneOf(Kind):
    """One of a few words. `also` are what other YAML readers make of them (true, 1)."""

    def __init__(self, *words: str, also: tuple[object, ...] = ()) -> None:
        self.words = words
        self.also = also

    def problems(self, value: object, path: Path) -> list[Problem]:
        if value in self.words:
            return []
        expected = f"one of {', '.join(self.words)}" if len(self.words) > 1 else self.words[0]
        return [(path, f"{quoted(value)}: expected {expected}")]

    def holds(self) -> str:
        return ", ".join(f"`{word}`" for word in self.words)

    def schema(self) -> Json:
        return {"enum": [*self.words, *self.also]}


class Count(Text):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__("[0-9]{1,9}", "a whole number")

    def schema(self) -> Json:
        number = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
        return {"anyOf": [number, super().schema()]}


class Day(Kind):
    """An exact day, YYYY-MM-DD."""

    expected = "a day as YYYY-MM-DD"
    parse: Callable[[str], object] = staticmethod(parse_day)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not str:
            return [(path, f"expected {self.expected}, not a {_kind_name(value)}")]
        try:
            self.parse(value)
        except DateError as error:
            return [(path, _in_one_line(error))]
        return []

    def holds(self) -> str:
        return "day"

    def schema(self) -> Json:
        return {"type": "string", "pattern": _whole(DAY_PATTERN), "format": "date"}


class Reduced(Day):
    """A day, a month or a year: YYYY-MM-DD, YYYY-MM, YYYY."""

    expected = "a date"
    parse = staticmethod(parse_partial)

    def holds(self) -> str:
        return "date, as far as known"

    def schema(self) -> Json:
        text = {"type": "string", "pattern": _whole(MONTH_OR_YEAR_PATTERN)}
        year = {"type": "integer", "minimum": 1, "maximum": LAST_YEAR}
        return {"anyOf": [super().schema(), text, year]}


class Field(NamedTuple):
    """A field of an entry: what it holds and what it means."""

    kind: Kind
    means: str
    required: bool = False


def required(kind: Kind, means: str) -> Field:
    """A field that no entry may leave out."""
    return Field(kind, means, required=True)


class Entry(Kind):
    """A mapping with known fields and no others; `what` it is begins with an article."""

    def __init__(self, what: str, /, **fields: Field) -> None:
        self.what = what
        self.fields = fields
        self.inner = tuple(field.kind for field in fields.values())
        self._required = [key for key, field in fields.items() if field.required]

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not dict:
            return [(path, f"expected {self.what}, a mapping, not a {_kind_name(value)}")]
        found: list[Problem] = []
        for key, each in value.items():
            field = self.fields.get(key)
            if field is None:
                known = ", ".join(self.fields)
                where = (*path, key, AT_KEY)
                found.append((where, f"unknown key {quoted(key)}: expected one of {known}"))
            else:
                found += field.kind.problems(each, (*path, key))
        for key in self._required:
            if key not in value:
                what = f"{self.what} lacks {key!r}: expected {self.fields[key].means}"
                found.append((path, what))
        return found

    @property
    def title(self) -> str:
        """What it is, without the article."""
        return self.what.partition(" ")[2]

    @property
    def id(self) -> str:
        """What the `$defs` of the JSON Schema and the field dictionary call it."""
        return self.title.replace(" ", "-").lower()

    def holds(self) -> str:
        return f"[{self.title}](#{self.id})"

    def schema(self) -> Json:
        return {"$ref": f"#/$defs/{self.id}"}

    def definition(self) -> Json:
        """The entry itself as a JSON Schema, for `$defs`."""
        return {
            "type": "object",
            "properties": {
                key: {"description": field.means, **field.kind.schema()}
                for key, field in self.fields.items()
            },
            "required": self._required,
            "additionalProperties": False,
        }


BETWEEN = Entry(
    "an interval of days",
    earliest=required(Day(), "the first day it can have been"),
    latest=required(Day(), "the last day it can have been"),
)


class Partial(Reduced):
    """A day, a month, a year, or a mapping of the earliest and the latest day it can be."""

    inner = (BETWEEN,)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if isinstance(value, dict):
            found = BETWEEN.problems(value, path)
            if not found and value["earliest"] > value["latest"]:
                found = [((*path, "latest"), "lies before earliest: expected a later day")]
            return found
        return super().problems(value, path)

    def holds(self) -> str:
        return "date or interval"

    def schema(self) -> Json:
        return {"anyOf": [*super().schema()["anyOf"], BETWEEN.schema()]}


class ListOf(Kind):
    """A list of one kind of value, at least `least` long; of words, none twice."""

    def __init__(self, item: Kind, least: int = 0) -> None:
        self.item = item
        self.inner = (item,)
        self.least = least
        self.unique = isinstance(item, Text | OneOf)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not list:
            return [(path, f"expected a list, not a {_kind_name(value)}")]
        if len(value) < self.least:
            return [(path, f"expected a list of {self.least} or more, not of {len(value)}")]
        item = self.item.problems
        found = [p for i, each in enumerate(value) for p in item(each, (*path, i))]
        if self.unique and len(value) > 1 and not found and len(set(value)) < len(value):
            first: dict[str, int] = {}
            found = [
                ((*path, index), f"{quoted(each)} is listed twice: expected once")
                for index, each in enumerate(value)
                if first.setdefault(each, index) != index
            ]
        return found

    def holds(self) -> str:
        return f"list of: {self.item.holds()}"

    def schema(self) -> Json:
        least = {"minItems": self.least} if self.least else {}
        unique = {"uniqueItems": True} if self.unique else {}
        return {"type": "array", "items": self.item.schema(), **least, **unique}


class MapOf(Kind):
    """A mapping from keys of one kind to values of one kind."""

    def __init__(self, key: Text, value: Kind) -> None:
        self.key = key
        self.value = value
        self.inner = (value,)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not dict:
            return [(path, f"expected a mapping, not a {_kind_name(value)}")]
        found: list[Problem] = []
        for key, each in value.items():
            found += self.key.problems(key, (*path, key, AT_KEY))
            found += self.value.problems(each, (*path, key))
        return found

    def holds(self) -> str:
        return f"{self.value.holds()} by key: {self.key.hint}"

    def schema(self) -> Json:
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.value.schema(),
        }


def _whole(pattern: str) -> str:
    """`pattern` for the whole text, to readers for whom $ also stands before a last line break."""
    return f"^(?:{pattern})(?!\\n)$"


def _kind_name(value: object) -> str:
    names: dict[type, str] = {dict: "mapping", list: "list", str: "text"}
    return names.get(type(value), type(value).__name__)


def quoted(value: object) -> str:
    """A value as it can stand in a one-line message."""
    if not isinstance(value, str):
        return f"a {_kind_name(value)}"
    return repr(value if len(value) <= 60 else value[:57] + "...")


def _in_one_line(error: DateError) -> str:
    """What is wrong with a date, in one line of bearable length."""
    text = str(error)
    return text if len(text) <= 160 else f"{text[:57]}...: expected a date as YYYY-MM-DD"
