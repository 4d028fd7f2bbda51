"""What a value of the record must be: texts, days, lists, entries.

Each kind knows itself three times: for the validator, as a JSON Schema and in words.
Plain classes: they are made each time a YAML file is read, and dataclasses would take
longer to make than to use.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ottawa_cli.dates import LAST_YEAR, DateError, parse_day, parse_partial

Json = Mapping[str, Any]
Path = tuple[str | int, ...]
Problem = tuple[Path, str]

AT_KEY = -1  # ends the path of a problem that lies in a key and not in its value
DAY_PATTERN = "(?!0000)[0-8][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
MONTH_OR_YEAR_PATTERN = "(?!0000)[0-8][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?"
# One line of text with something to read in it: control characters could draw on a
# terminal, and marks that turn the direction of writing could make a name look like another.
READABLE = r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"


def _whole(pattern: str) -> str:
    """`pattern` for the whole text, to readers for whom $ also stands before a last line break."""
    return f"^(?:{pattern})(?!\\n)$"


class Kind(ABC):
    """What a value must be, for the validator, the JSON Schema and the documentation alike."""

    holds: str  # in a few words of Markdown
    schema: Json  # JSON Schema (2020-12), entries as references to its `$defs`
    inner: tuple[Kind, ...] = ()  # the kinds of the values inside

    @abstractmethod
    def problems(self, value: object, path: Path) -> list[Problem]:
        """Every departure, as (path, what is wrong and what is expected)."""


class Text(Kind):
    """One line of text, matching `pattern` if one is given; `hint` says what is expected."""

    def __init__(self, pattern: str = READABLE, hint: str = "one line of text") -> None:
        self.pattern, self.hint = pattern, hint
        self.holds = hint.replace("<", "&lt;")
        self.schema = {"type": "string", "pattern": _whole(pattern)}
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


class OneOf(Kind):
    """One of a few words. `also` are what other YAML readers make of them (true, 1)."""

    def __init__(self, *words: str, also: tuple[object, ...] = ()) -> None:
        self.words = words
        self.holds = ", ".join(f"`{word}`" for word in words)
        self.schema = {"enum": [*words, *also]}

    def problems(self, value: object, path: Path) -> list[Problem]:
        if value in self.words:
            return []
        expected = f"one of {', '.join(self.words)}" if len(self.words) > 1 else self.words[0]
        return [(path, f"{quoted(value)}: expected {expected}")]


class Count(Text):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__("[0-9]{1,9}", "a whole number")
        number = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
        self.schema = {"anyOf": [number, self.schema]}


class Day(Kind):
    """An exact day, YYYY-MM-DD."""

    holds = "day"
    schema: Mapping[str, Any] = {"type": "string", "pattern": _whole(DAY_PATTERN), "format": "date"}
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


class Reduced(Day):
    """A day, a month or a year: YYYY-MM-DD, YYYY-MM, YYYY."""

    holds = "date, as far as known"
    schema: Mapping[str, Any] = {
        "anyOf": [
            Day.schema,
            {"type": "string", "pattern": _whole(MONTH_OR_YEAR_PATTERN)},
            {"type": "integer", "minimum": 1, "maximum": LAST_YEAR},
        ]
    }
    expected = "a date"
    parse = staticmethod(parse_partial)


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
        self.what, self.fields = what, fields
        self.title = what.partition(" ")[2]
        # What the `$defs` of the JSON Schema and the field dictionary call it.
        self.id = self.title.replace(" ", "-").lower()
        self.holds = f"[{self.title}](#{self.id})"
        self.schema = {"$ref": f"#/$defs/{self.id}"}
        self.inner = tuple(field.kind for field in fields.values())
        self._required = [key for key, field in fields.items() if field.required]

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not dict:
            return [(path, f"expected {self.what}, a mapping, not a {_kind_name(value)}")]
        faults: list[Problem] = []
        for key, content in value.items():
            field = self.fields.get(key)
            if field is None:
                known = ", ".join(self.fields)
                where = (*path, key, AT_KEY)
                faults.append((where, f"unknown key {quoted(key)}: expected one of {known}"))
            else:
                faults += field.kind.problems(content, (*path, key))
        for key in self._required:
            if key not in value:
                what = f"{self.what} lacks {key!r}: expected {self.fields[key].means}"
                faults.append((path, what))
        return faults

    def definition(self) -> Json:
        """The entry itself as a JSON Schema, for `$defs`."""
        return {
            "type": "object",
            "properties": {
                key: {"description": field.means, **field.kind.schema}
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

    holds = "date or interval"
    schema: Mapping[str, Any] = {"anyOf": [*Reduced.schema["anyOf"], BETWEEN.schema]}
    inner = (BETWEEN,)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if isinstance(value, dict):
            faults = BETWEEN.problems(value, path)
            if not faults and value["earliest"] > value["latest"]:
                faults = [((*path, "latest"), "lies before earliest: expected a later day")]
            return faults
        return super().problems(value, path)


class ListOf(Kind):
    """A list of one kind of value, at least `least` long; of words, none twice."""

    def __init__(self, item: Kind, least: int = 0) -> None:
        self.item, self.least = item, least
        self.unique = isinstance(item, Text | OneOf)
        self.holds = f"list of: {item.holds}"
        sizes = {"minItems": least} if least else {}
        unique = {"uniqueItems": True} if self.unique else {}
        self.schema = {"type": "array", "items": item.schema, **sizes, **unique}
        self.inner = (item,)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not list:
            return [(path, f"expected a list, not a {_kind_name(value)}")]
        if len(value) < self.least:
            return [(path, f"expected a list of {self.least} or more, not of {len(value)}")]
        item = self.item.problems
        faults = [p for i, content in enumerate(value) for p in item(content, (*path, i))]
        if self.unique and len(value) > 1 and not faults and len(set(value)) < len(value):
            first: dict[str, int] = {}
            faults = [
                ((*path, index), f"{quoted(word)} is listed twice: expected once")
                for index, word in enumerate(value)
                if first.setdefault(word, index) != index
            ]
        return faults


class MapOf(Kind):
    """A mapping from keys of one kind to values of one kind."""

    def __init__(self, key: Text, value: Kind) -> None:
        self.key, self.value = key, value
        self.holds = f"{value.holds} by key: {key.hint}"
        self.schema = {
            "type": "object",
            "propertyNames": key.schema,
            "additionalProperties": value.schema,
        }
        self.inner = (value,)

    def problems(self, value: object, path: Path) -> list[Problem]:
        if type(value) is not dict:
            return [(path, f"expected a mapping, not a {_kind_name(value)}")]
        faults: list[Problem] = []
        for key, content in value.items():
            faults += self.key.problems(key, (*path, key, AT_KEY))
            faults += self.value.problems(content, (*path, key))
        return faults


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
