#!/usr/bin/env python3
"""Fill ``other_names`` in data/states.yaml with the names CLDR has for each State.

For maintainers; the tool itself needs neither Babel nor this script. Taken are
the names in the six languages of the United Nations and in the languages the
State itself uses officially, as CLDR records them. Names are only ever added.
A name that several States answer to, that the record refuses, or that another
State already has is reported and left out; so are the names declined in review
(see DECLINED). Everything added is meant to be read by a person before it is
committed.

    pip install -e '.[names]'                                # brings Babel
    python scripts/cldr_names.py data/states.yaml            # show what is missing
    python scripts/cldr_names.py data/states.yaml --write    # add it

Babel leaves out CLDR's alternates ("Ivory Coast", "Burma", "UK"). To have them
too, unpack the npm package cldr-localenames-full and name its folder:

    npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz
    python scripts/cldr_names.py data/states.yaml --alternates package

Nothing is fetched here. Exit status: 0 nothing missing, or written; 1 names are
missing; 2 the file cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.languages import get_territory_language_info

from ottawa_cli.names import fold

UN_LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh", "zh_Hant")
"""The languages in which every State is named. Chinese in both scripts."""

MOST_OWN_LANGUAGES = 6
"""Of a State's own languages, how many to take, the most spoken first."""

LEAST_REGIONAL_SHARE = 2.0
"""Per cent of a State's people who must speak a language that is official only in a region."""

ALTERNATES = ("short", "variant")
"""CLDR's kinds of alternate names worth having."""

DECLINED: dict[str, frozenset[str]] = {
    # What several States answer to, or another State's code.
    "COG": frozenset({"Congo"}),
    "GBR": frozenset({"RU", "R.-U.", "DU"}),
    "USA": frozenset({"É.-U."}),
    # Territories rather than the State Party.
    "PSE": frozenset(
        {
            "Palestinian Territories",
            "الأراضي الفلسطينية",
            "Territorios Palestinos",
            "Territoires palestiniens",
            "Палестинские территории",
            "巴勒斯坦领土",
            "巴勒斯坦自治區",
        }
    ),
    # Abbreviated for maps ("Is."); the full forms are in the record.
    "COK": frozenset({"о-ва Кука"}),
    "MHL": frozenset({"Маршалловы о-ва"}),
    "SLB": frozenset({"Соломоновы о-ва"}),
    "SYC": frozenset({"Сейшельские о-ва"}),
}
"""CLDR names of a State that review turned down, as written in CLDR."""

Record = dict[str, Any]
"""The file as PyYAML's BaseLoader reads it: dicts, lists and strings."""

YAML_11_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Plain scalars that other YAML readers do not take as text."""


@dataclass
class Names:
    """Which folded name belongs to what, over the whole record."""

    owners: dict[str, str] = field(default_factory=dict)
    unavailable: dict[str, str] = field(default_factory=dict)

    def claim(self, state: str, name: str) -> bool:
        """Give ``name`` to ``state`` if it is free; warn and return False if it is not."""
        folded = fold(name)
        if not folded:
            reason = "holds no letter"
        elif folded in self.unavailable:
            reason = self.unavailable[folded]
        elif self.owners.setdefault(folded, state) != state:
            reason = f"already means {self.owners[folded]}"
        else:
            reason = None
        if reason:
            print(f"warning: {state}: {name!r} {reason}; left out", file=sys.stderr)
            return False
        return True


def own_languages(iso2: str) -> list[str]:
    """Return the official languages of a State: national and de facto first, then regional."""
    national: list[tuple[float, str]] = []
    regional: list[tuple[float, str]] = []
    for language, facts in get_territory_language_info(iso2).items():
        share = float(facts["population_percent"] or 0)
        if facts["official_status"] in ("official", "de_facto_official"):
            national.append((-share, language))
        elif facts["official_status"] == "official_regional" and share >= LEAST_REGIONAL_SHARE:
            regional.append((-share, language))
    languages = [language for _, language in sorted(national) + sorted(regional)]
    return languages[:MOST_OWN_LANGUAGES]


def cldr_names(iso2: str, alternates: Path | None = None) -> Iterator[str]:
    """Yield the names of a State in CLDR, the usual name of each language first.

    ``iso2`` is the ISO 3166-1 alpha-2 code; ``alternates`` the unpacked
    cldr-localenames-full package. Languages that CLDR does not translate
    territories into yield nothing. Names may repeat.
    """
    for language in (*UN_LANGUAGES, *own_languages(iso2)):
        try:
            name = Locale.parse(language).territories.get(iso2)
        except UnknownLocaleError:
            continue
        if name:
            yield name
        if alternates:
            yield from _alternates(alternates, language, iso2)


def _alternates(package: Path, language: str, iso2: str) -> Iterator[str]:
    """Yield the short and variant names of one State in one language."""
    tag = language.replace("_", "-")
    path = package / "main" / tag / "territories.json"
    if not path.exists():
        return
    document = json.loads(path.read_text(encoding="utf-8"))
    names = document["main"][tag]["localeDisplayNames"]["territories"]
    for kind in ALTERNATES:
        if name := names.get(f"{iso2}-alt-{kind}"):
            yield name


def taken_names(record: Record) -> Names:
    """Collect every name in use in the record. Codes and main names come before other names."""
    names = Names()
    for word in record.get("ambiguous_names", {}):
        names.unavailable[fold(word)] = "means several States"
    for entry in record.get("refused_names", ()):
        for word in entry["names"]:
            names.unavailable[fold(word)] = "is refused in the record"
    states = record["states"]
    for own in ("iso2", "name", "un_name"):
        for iso3, state in states.items():
            names.owners.setdefault(fold(iso3), iso3)
            if own in state:
                names.owners.setdefault(fold(state[own]), iso3)
    for iso3, state in states.items():
        for name in state.get("other_names", ()):
            names.claim(iso3, name)
    return names


def missing_names(record: Record, alternates: Path | None = None) -> dict[str, list[str]]:
    """Return, for each State that lacks any, the CLDR names to add, in CLDR's spelling."""
    names = taken_names(record)
    missing: dict[str, list[str]] = {}
    for iso3, state in record["states"].items():
        for name in cldr_names(state["iso2"], alternates):
            if name in DECLINED.get(iso3, ()) or names.owners.get(fold(name)) == iso3:
                continue
            if names.claim(iso3, name):
                missing.setdefault(iso3, []).append(name)
    return missing


def merged(text: str, missing: dict[str, list[str]]) -> str:
    """Return the YAML text with the missing names added; nothing else changes."""
    edits: list[tuple[int, int, str]] = []  # from, to, replacement
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    assert isinstance(root, yaml.MappingNode)  # main() has looked
    states = next(value for key, value in root.value if key.value == "states")
    for iso3_node, state_node in states.value:
        if iso3_node.value not in missing:
            continue
        entries = {key.value: (key, value) for key, value in state_node.value}
        names = missing[iso3_node.value]
        indent = entries["name"][0].start_mark.column
        if "other_names" in entries:
            key, value = entries["other_names"]
            names = [item.value for item in value.value] + names
            start, end, lead = key.start_mark.index, value.end_mark.index, ""
        else:
            _, value = entries.get("un_name", entries["name"])
            start = end = value.end_mark.index
            lead = "\n" + " " * indent
        edits.append((start, end, lead + _flow_list("other_names", names, indent)))
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _flow_list(key: str, names: list[str], indent: int) -> str:
    """Write ``key: [names]``, on one line if it fits in 100 columns."""
    line = f"{key}: [{', '.join(map(_scalar, names))}]"
    if indent + len(line) <= 100:
        return line
    pad = " " * (indent + 2)
    quoted = [_scalar(name).replace(" ", "\0") for name in names]  # break between names only
    filled = textwrap.fill(
        ", ".join(quoted),
        100,
        initial_indent=pad,
        subsequent_indent=pad,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{key}: [\n{filled}\n{' ' * indent}]".replace("\0", " ")


def _scalar(name: str) -> str:
    """Write a name as a YAML scalar, quoted where another reader might not see text."""
    plain = (
        name[0].isalpha()
        and name.lower() not in YAML_11_WORDS
        and not any(sign in name for sign in ",[]{}")
        and ": " not in name
        and " #" not in name
        and name == name.strip()
        and name.isprintable()
    )
    return name if plain else json.dumps(name, ensure_ascii=False)


def main() -> int:
    """Print the missing names; with --write, add them. Return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("states", type=Path, help="path to data/states.yaml")
    parser.add_argument(
        "--alternates",
        type=Path,
        metavar="DIR",
        help="unpacked cldr-localenames-full, for short and variant names",
    )
    parser.add_argument("--write", action="store_true", help="add the names to the file")
    args = parser.parse_args()

    try:
        text = args.states.read_text(encoding="utf-8")
        record = yaml.load(text, Loader=yaml.BaseLoader)
    except (OSError, yaml.YAMLError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if not isinstance(record, dict) or "states" not in record:
        print(f"error: {args.states} has no 'states'; expected data/states.yaml", file=sys.stderr)
        return 2
    if args.alternates and not (args.alternates / "main").is_dir():
        print(f"error: {args.alternates} is not cldr-localenames-full: no main/", file=sys.stderr)
        return 2

    missing = missing_names(record, args.alternates)
    for iso3, names in missing.items():
        print(f"{iso3}: {'; '.join(names)}")
    if args.write and missing:
        args.states.write_text(merged(text, missing), encoding="utf-8")
        return 0
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
