#!/usr/bin/env python3
"""Take the names of States from CLDR: into data/states.yaml, and into data/names.tsv.

For maintainers; the tool itself needs neither Babel nor this script. There are two tables.

``other_names`` in data/states.yaml is the reviewed one. Taken are the names in the six
languages of the United Nations and in the languages the State itself uses officially, as
CLDR records them. Names are only ever added. A name that several States answer to, that
the record refuses, or that another State already has is reported and left out; so are the
names declined in review (see DECLINED).

data/names.tsv holds the names in all other languages, and is asked only where the record
has no answer. It is made anew each time: a word that the record has, in whatever sense,
is not in it, and one that belongs to two has both. What review found wrong in CLDR is in
CORRECTED.

Everything added is meant to be read by a person before it is committed.

    pip install -e '.[names]'                                # brings Babel
    python scripts/cldr_names.py data/states.yaml            # show what is missing
    python scripts/cldr_names.py data/states.yaml --write    # add it

Babel leaves out CLDR's alternates ("Ivory Coast", "Burma", "UK"), and says nothing of how
far a name was agreed on. For these and for data/names.tsv, unpack the npm package
cldr-localenames-full, of the version that the head of data/names.tsv gives or a later one,
and name its folder:

    npm pack cldr-localenames-full@47 && tar xzf cldr-localenames-full-*.tgz
    python scripts/cldr_names.py data/states.yaml --package package

Nothing is fetched here. Exit status: 0 nothing missing, or written; 1 names are
missing; 2 the file cannot be used.
"""

from __future__ import annotations

import argparse
import functools
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

from ottawa_cli.names.spelling import fold

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

CORRECTED: dict[str, tuple[str, ...]] = {
    # The word for the Congo or for Korea alone, or with "country", given to one of the two.
    "COD; COG": (
        "A’ Chongo", "Congob", "Hukongo", "Kãgo", "Kángó", "Khongo", "Kongo Man", "Kongoo",
        "Kongu", "Konngo", "Kóongo", "Kòŋgo", "Kũgu", "Kungu", "Kuŋgù", "kɔngó", "Kɔŋgɔ",
        "Réewum Kongo", "Repoblikan’i Kongo", "Ukongo", "ڪانگو", "ကွန်ဂို", "ኮንጎ", "ⴽⵓⵏⴳⵓ", "ꖏꖐ",
    ),
    # Yoruba has the two the other way round: compare Gúúsù Sudan, Àríwá Macedonia.
    "KOR; PRK": ("كورېيە", "Ariwa Kọria", "Ariwa Kɔria", "Guusu Kọria", "Guusu Kɔria"),
    # Spelt as most languages spell the other one.
    "DMA; DOM": ("Dòmnikà",),
    "GIN; GNQ": ("Sǝr Guine",),
    "IRL; IRN": ("ilán",),
    "LBN; LBY": ("Liba",),
    "LTU; LVA": ("ليتهويا",),
    "LVA": ("لتونی",),
    "MDA; MDV": ("Moludave",),
    "NER; NGA": ("Naija",),
    # What the French call French Guiana, and the Hindi speakers the United Nations.
    "French Guiana; GUY": ("Guyane",),
    "United Nations": ("संयुक्त राष्ट्र",),
    # The State's own name, also where CLDR gives it to the territories.
    "PSE": ("Palästina", "Palesitini"),
    # England, which the record refuses by that name.
    "England": (
        "Angeletele", "Angilɛtɛri", "Angletera", "Angɛlɛtɛ́lɛ", "Bungereza", "Bungyereza",
        "Gẹ̀ẹ́sì", "Gɛ̀ɛ́sì", "Huuingereza", "ingilíís", "Ngeretha", "Nlambɔ́ Ngɛlɛn", "Nngalesa",
        "Ǹnam Engəlis", "Ubwongereza", "Uingeeza", "Uingeredha", "Uingereza", "Uwingelesa",
        "Ʉɨngeréesa", "انګلستان", "ئەنگلىيە", "ᎩᎵᏏᏲ",
    ),
    # Wrong, or what others take for something else: Germany, Malé, Nicaragua, Öland, Uganda;
    # and words that tests/vectors/names-refuse.csv refuses, with their like.
    "": (
        "Almanía", "Columbia", "Guiana", "Guni", "Gɨ̀anyɨ", "Hupapua", "Malè", "Nikaraagua", "Oland",
        "Papua", "Papúua", "Papuwa", "Sǝr Anglofoŋ", "Timôr", "Timoriya", "Timowa", "Ugana",
        "Upapua", "Λατινικὴ Ἀμερική",
    ),
}  # fmt: skip
"""Whose a name is that CLDR gives to another: as in data/names.tsv, or nobody's."""

NOT_PLACES = frozenset({"QO", "XA", "XB", "ZZ"})
"""CLDR's codes for what is no territory: outlying Oceania, pseudo-accents, unknown."""

LIKE_THEIR_STATE = frozenset({"018", "057"})
"""Regions that many languages call as they call South Africa and Micronesia: the State is meant."""

Record = dict[str, Any]
"""The file as PyYAML's BaseLoader reads it: dicts, lists and strings."""

HEAD = """\
# Names of States in all languages of CLDR, besides those in states.yaml, which go before these.
# Made by scripts/cldr_names.py; not edited by hand. CONTRIBUTING tells how to correct a name.
# Source: Unicode CLDR {version} (npm package cldr-localenames-full), names approved or contributed.
# Copyright 2004-2025 Unicode, Inc.; Unicode License v3 (SPDX: Unicode-3.0): see LICENSE.unicode.
# Each line, by tabs: whose name it is (codes of States, English names of what is no State of
# the record; where there are several, the name is refused), the name as it is compared, languages.
"""

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
    names = _territories(package, language.replace("_", "-"))
    for kind in ALTERNATES:
        if name := names.get(f"{iso2}-alt-{kind}"):
            yield name


@functools.cache
def _territories(package: Path, tag: str) -> dict[str, str]:
    """What one language calls territories: by ISO 3166-1 alpha-2 code or UN M.49 number."""
    path = package / "main" / tag / "territories.json"
    if not path.exists():
        return {}
    document = json.loads(path.read_text(encoding="utf-8"))
    names: dict[str, str] = document["main"][tag]["localeDisplayNames"]["territories"]
    return {key: name for key, name in names.items() if name != key.partition("-")[0]}


def table(record: Record, package: Path) -> str:
    """Return the text of data/names.tsv: the names of all languages that the record lacks."""
    states = {state["iso2"]: iso3 for iso3, state in record["states"].items()}
    english = _territories(package, "en")
    owners: dict[str, set[str]] = {}  # folded name -> codes of States, English names of others
    languages: dict[str, set[str]] = {}
    for folder in sorted((package / "main").iterdir()):
        for key, name in _territories(package, folder.name).items():
            code, _, alternate = key.partition("-alt-")
            if code in NOT_PLACES or code in LIKE_THEIR_STATE:
                continue
            owner = states.get(code, english[code])
            if code == "PS" and not alternate:
                owner = english[code]  # the territories; the State is the short name
            if name not in DECLINED.get(owner, ()):
                owners.setdefault(fold(name), set()).add(owner)
                languages.setdefault(fold(name), set()).add(folder.name.partition("-")[0])
    for owner, corrected in CORRECTED.items():
        for name in corrected:
            if fold(name) in owners:
                owners[fold(name)] = set(filter(None, owner.split("; ")))
            else:
                print(f"warning: {name!r} is corrected, and not in CLDR", file=sys.stderr)
    taken = taken_names(record)
    regions = {name for code, name in english.items() if code.isdigit()}
    lines = [
        f"{'; '.join(sorted(found))}\t{word}\t{' '.join(sorted(languages[word]))}\n"
        for word, found in owners.items()
        if found - regions and not _too_short(word)
        and word not in taken.owners and word not in taken.unavailable
    ]  # fmt: skip
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return HEAD.format(version=version) + "".join(sorted(lines))


def _too_short(word: str) -> bool:
    """Whether a folded name is nothing, or one or two letters of an alphabet, like a code."""
    return not word or (len(word.replace(" ", "")) < 3 and word.upper() != word)


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
        "--package",
        type=Path,
        metavar="DIR",
        help="unpacked cldr-localenames-full: short and variant names, and names.tsv",
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
    if args.package and not (args.package / "main").is_dir():
        print(f"error: {args.package} is not cldr-localenames-full: no main/", file=sys.stderr)
        return 2

    missing = missing_names(record, args.package)
    for iso3, names in missing.items():
        print(f"{iso3}: {'; '.join(names)}")
    if args.write and missing:
        text = merged(text, missing)
        args.states.write_text(text, encoding="utf-8")
    differs = False
    if args.package:
        made = table(yaml.load(text, Loader=yaml.BaseLoader), args.package)
        path = args.states.with_name("names.tsv")
        differs = not path.exists() or path.read_text(encoding="utf-8") != made
        if differs and args.write:
            path.write_text(made, encoding="utf-8", newline="\n")
        elif differs:
            print(f"{path}: not as CLDR, the record and the corrections make it")
    return 1 if (missing or differs) and not args.write else 0


if __name__ == "__main__":
    sys.exit(main())
