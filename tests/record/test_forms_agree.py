"""The validator and the JSON Schema accept and refuse the same documents."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from ottawa_cli import READINGS, Record
from ottawa_cli.dataset.fields import CLAUSES, FURTHER_TREATY, MEMBER, RECORD, SUPPLEMENT
from ottawa_cli.dataset.kinds import BETWEEN, Entry
from ottawa_cli.dataset.schema import entries, schema
from ottawa_cli.dataset.shipped import raw_clauses

pytestmark = pytest.mark.long


def validator(form: Entry | None = None) -> jsonschema.Draft202012Validator:
    """By the schema: of a record or a supplement, or of another form."""
    other = {"if": {}, "then": form.schema} if form else {}
    checked = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator({**schema(), **other}, format_checker=checked)


VALIDATOR, OF_RANGES = validator(), validator(BETWEEN)
BY_FORM = {form.id: validator(form) for form in (CLAUSES, FURTHER_TREATY)}
# What may stand in the place of any value. A schema cannot compare the two ends of an
# interval, so those that are upside down are not among them.
WRONG_OR_RIGHT: tuple[Any, ...] = (
    "", " ", "x", "LTU", "lt", "LT\n", "NO", "no", "true", "false", "1", "0", "-1", "1_000", "0o7",
    "9" * 9, "9" * 5000, "2025", "2025-06", "2025-13", "2025-00", "2025-06-27", "2025-06-31",
    "2025-02-29", "2024-02-29", "2025-6-27", "20250627", "2025-06-27T00:00:00", "2025-06-27\n",
    "0000-01-01", "0001-01-01", "8999-12-31", "9000-01-01", "٢٠٢٥", "2025-06-2٧", "high", "IAC",
    "both", "withdrawal", "shipped", "https://example.org/x", "http://", "ftp://example.org",
    "javascript:alert(1)", "C.N.1.2025.TREATIES-XXVI.5", "C.N.1.2025.TREATIES-XXVI.6",
    "two\nlines", "a\x1b[31mred", "turned \u202e round", "Côte d'Ivoire", "x" * 300, "a: b",
    [], ["x"], ["LTU"], ["LTU", "LTU"], ["LTU", "EST"], ["U26"], [[]], [{}], ["", ""],
    {}, {"x": "y"}, {"earliest": "2025-01-01", "latest": "2025-02-01"},
    {"earliest": "2025-01-01"}, {"earliest": "2025", "latest": "2026"},
    {"earliest": "2025-01-01", "latest": "2025-02-01", "about": "2025-01-15"},
    {"on": "2025-01-01", "sources_to": "2025"}, {"for": "83"}, {"for": "many"},
)  # fmt: skip


def small(record: Record) -> dict[str, Any]:
    """A record with every field of the format in it."""
    raw = record.raw
    states = {iso3: raw["states"][iso3] for iso3 in ("LBN", "LTU", "SSD", "UKR")}
    whole = {
        **raw,
        "communications": copy.deepcopy(raw["communications"][3:6]),
        "conflicts": [c for c in raw["conflicts"] if "UKR" in c["states"] or "end" in c][:3],
        "events": [e for e in raw["events"] if "vote" in e][:1],
        "states": states,
        "treaty": copy.deepcopy(raw["treaty"]),
        "refused_names": raw["refused_names"][:2],
        "ambiguous_names": {"congo": ["COG", "COD"]},
        "sources": {id: raw["sources"][id] for id in list(raw["sources"])[:2]},
    }
    whole = copy.deepcopy(whole)
    whole["communications"][0] |= {"requested_on": "2026-01-20", "confidence": "low"}
    whole["conflicts"][0] |= {"occupation": "also", "note": "x", "phases": [
        {"name": "a", "start": "2022-02-24", "sources": ["U26"]}]}  # fmt: skip
    whole["conflicts"][0]["end"] = {"on": "2026", "sources": ["U26"]}
    limited = {"text": "x", "from": "2022-02", "until": "2025", "under_what_ifs": "false"}
    whole["events"][0] |= {"note": "x", "notes": [limited], "confidence": "medium"}
    protocol = {"to": "Protocol", "on": "1998-06-03", "sources": ["U26"]}
    whole["states"]["LTU"] |= {"un_name": "Lithuania", "consents": [protocol]}
    whole["sources"]["U26"] |= {"title_from": "address", "archived": "x", "date": "2026-02-03"}
    return whole


def under_a_further_treaty(whole: dict[str, Any]) -> dict[str, Any]:
    """What of a record a further treaty has of its own."""
    members = {
        iso3: {key: value for key, value in state.items() if key in MEMBER.fields}
        for iso3, state in whole["states"].items()
    }
    own = {key: value for key, value in whole.items() if key in FURTHER_TREATY.fields}
    reviewed = without(whole["reviewed"], ("conflicts",))
    more = {"extends": "shipped", "roll_sources": ["U26"], "reviewed": reviewed}
    return {**own, **more, "states": members}


def few_clauses() -> dict[str, Any]:
    """Of the clauses one, with every field that any has."""
    raw = raw_clauses()
    clause: dict[str, Any] = {}
    for each in raw["clauses"].values():
        clause |= each
    clause["settles"] = {key: values[0] for key, values in READINGS.items()}
    sources = {id: raw["sources"][id] for id in clause["sources"]}
    return copy.deepcopy({
        **raw, "clauses": {"X-1": clause}, "not_computed": raw["not_computed"][:1],
        "sources": sources,
    })  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, dict | list):
        for key, each in pairs:
            yield from places(each, (*path, key))


WHOLE = {"reviewed", "treaty"}  # no lists of entries


def put(document: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy of `document` with `new` at `path`."""
    if not path:
        return new
    changed = copy.copy(document)
    changed[path[0]] = put(document[path[0]], path[1:], new) if path[1:] else new
    return changed


def without(document: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.copy(document)
    if path[1:]:
        changed[path[0]] = without(document[path[0]], path[1:])
    else:
        del changed[path[0]]
    return changed


def alone(document: Any, path: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The document without the entries beside the one on the path, and where that is then.

    Both judge each entry alone: the others would only be judged again.
    """
    if len(path) < 2 or path[0] in WHOLE:
        return document, path
    part, key, *rest = path
    entries = document[part]
    bare = {name: type(each)() if isinstance(each, list | dict) and name not in WHOLE else each
            for name, each in document.items()}  # fmt: skip
    if isinstance(entries, list):
        return {**bare, part: [entries[key]]}, (part, 0, *rest)
    return {**bare, part: {key: entries[key]}}, path


def agree(document: Any, form: Entry) -> bool:
    """Whether both accept the document; fails where only one does."""
    ours = form.problems(document, ())
    theirs = next(BY_FORM.get(form.id, VALIDATOR).iter_errors(document), None)
    assert bool(ours) == (theirs is not None), (ours[:2], theirs and theirs.message)
    return not ours


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_small_record_has_every_field(record: Record) -> None:
    """So that each field is mutated below."""
    both = [*places(small(record)), *places(few_clauses())]
    written = {key for path in both for key in path if isinstance(key, str)}
    for entry in entries():
        missing = set(entry.fields) - written - {"extends", "abstained", "not_voting", "absent"}
        assert missing <= {"extends", "roll_sources"}, entry.what


def test_both_accept_the_shipped_record(record: Record) -> None:
    assert agree(record.raw, RECORD)
    assert agree(raw_clauses(), CLAUSES)


@pytest.mark.parametrize(
    "form", [RECORD, FURTHER_TREATY, SUPPLEMENT, CLAUSES], ids=lambda form: form.id
)
def test_both_judge_every_mutation_alike(record: Record, form: Entry) -> None:
    """Each value replaced, left out, or given a key it should not have."""
    whole = few_clauses() if form is CLAUSES else small(record)
    if form is SUPPLEMENT:
        whole = {"extends": "shipped", **without(without(whole, ("reviewed",)), ("treaty",))}
    if form is FURTHER_TREATY:
        whole = under_a_further_treaty(whole)
    assert agree(whole, form)
    lot = random.Random(1997)
    verdicts = []
    for place in places(whole):
        document, path = alone(whole, place)
        for new in lot.sample(WRONG_OR_RIGHT, 5):
            if path[-1:] in (("earliest",), ("latest",)) and isinstance(new, str):
                continue
            if path or isinstance(new, dict):
                verdicts.append(agree(put(document, path, new), form))
        if path:
            verdicts.append(agree(without(document, path), form))
        inside = document
        for step in path:
            inside = inside[step]
        if isinstance(inside, dict):
            verdicts += [
                agree(put(document, (*path, key), "x"), form)
                for key in ("colour", "", "Note", "NO")
            ]
    assert len(verdicts) > (200 if form is CLAUSES else 1000)
    assert 20 < sum(verdicts) < len(verdicts) / 2


@pytest.mark.parametrize("text", [t for t in WRONG_OR_RIGHT if isinstance(t, str)])
def test_both_read_dates_alike(text: str) -> None:
    document = {"earliest": text, "latest": text}
    assert bool(BETWEEN.problems(document, ())) == (not OF_RANGES.is_valid(document))


def test_other_yaml_readers_are_served(record: Record) -> None:
    """Editors read 1964, 1 and true as what they look like: the schema takes both."""
    document = small(record)
    document["schema_version"] = 1
    document["conflicts"][0]["start"] = 1964
    document["communications"][0]["reasons"] = True
    document["events"][0]["vote"] = {"for": 107}
    assert VALIDATOR.is_valid(document)
    document["communications"][0]["reasons"] = 1.5
    assert not VALIDATOR.is_valid(document)
