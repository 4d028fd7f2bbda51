"""What people call States: each name its State, and no name another's."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Ottawa

from ottawa_cli import Record, UnknownState
from ottawa_cli.dataset import shipped_path
from ottawa_cli.names import slug
from ottawa_cli.names.spelling import fold

VECTORS = Path(__file__).parent.parent / "vectors"
FURTHER = shipped_path("names.tsv").read_text(encoding="utf-8")
# The names in further languages: whose (several, in order), the folded name, its languages.
NAMES = [line.split("\t") for line in FURTHER.splitlines() if not line.startswith("#")]


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def index_of(raw: Mapping[str, Any]) -> dict[str, str]:
    """Folded name -> alpha-3 code, from the raw record; ambiguous words are left out."""
    ambiguous = {fold(word) for word in raw.get("ambiguous_names", ())}
    index: dict[str, str] = {}
    for iso3, state in raw["states"].items():
        names = (iso3, state["iso2"], state["name"], state.get("un_name", iso3),
                 *state.get("other_names", ()))  # fmt: skip
        for name in names:
            word = fold(name)
            if word not in ambiguous:
                index[word] = iso3
    return index


@pytest.mark.parametrize("row", rows("names-resolve.csv"), ids=lambda row: f"{row['name']!r}")
def test_resolves(record: Record, row: dict[str, str]) -> None:
    assert record.names.resolve(row["name"]) == row["iso3"], row["why"]


@pytest.mark.parametrize("row", rows("names-refuse.csv"), ids=lambda row: f"{row['name']!r}")
def test_refuses(record: Record, row: dict[str, str]) -> None:
    with pytest.raises(UnknownState):
        record.names.resolve(row["name"])


@pytest.mark.parametrize(
    ("name", "iso3"),
    {
        "Russie": "RUS", "Литва": "LTU", "Ivory Coast": "CIV", "Holy See": "VAT",
        "Czech Republic": "CZE", "Cape Verde": "CPV", "Burma": "MMR", "The Gambia": "GMB",
        "UK": "GBR", "Türkiye": "TUR", "turkiye": "TUR", "Lettland": "LVA", "cote-divoire": "CIV",
    }.items(),
)  # fmt: skip
def test_usual_names_at_the_command_line(ottawa: Ottawa, name: str, iso3: str) -> None:
    run = ottawa("status", name, "--format", "json")
    assert f'"iso3": "{iso3}"' in run.stdout


@pytest.mark.parametrize(
    ("name", "help"),
    {
        "Soviet Union": "no longer exists",
        "Neverland": "no State answers to 'Neverland'",
        "EU": "ask for its member States",
        "Ottawa": "ask for Canada",
        "Kosovo": "not among the 197 States",
        "Taiwan": "not among the 197 States",
        "korea": "South Korea (KOR) or North Korea (PRK)?",
        "congo": "Republic of the Congo (COG) or Democratic Republic of the Congo (COD)?",
        "lithuannia": "Did you mean Lithuania?",
        "Toga": "Togo (TGO) or Tonga (TON)?",
        "Amerika": "the name of several places: United States (USA) or Americas?",
        "Westsahara": "Western Sahara is not among the 197 States",
        "Weihnachtsinsel": "'Weihnachtsinsel' is Christmas Island, not among the 197 States",
    }.items(),
)
def test_refused_with_help_at_the_command_line(ottawa: Ottawa, name: str, help: str) -> None:
    run = ottawa("status", name)
    assert (run.returncode, run.stdout) == (2, "")
    assert help in run.stderr
    assert len(run.stderr.splitlines()) <= 2


def test_every_recorded_name_answers_for_its_state(record: Record) -> None:
    for iso3, raw in record.raw["states"].items():
        for name in (iso3, raw["iso2"], raw["name"], *raw.get("other_names", ())):
            assert record.names.resolve(name) == iso3
            if name.upper().lower() == name:
                assert record.names.resolve(f"  {name.upper()} ") == iso3


def test_the_index_is_the_same_however_it_is_made(record: Record) -> None:
    assert record.names.words == index_of(record.raw)


def test_refused_words_get_their_answer_and_no_state(record: Record) -> None:
    for entry in record.raw["refused_names"]:
        for name in entry["names"]:
            with pytest.raises(UnknownState) as refusal:
                record.names.resolve(name)
            assert str(refusal.value) == entry["answer"]
            assert refusal.value.suggestions == []


@pytest.mark.parametrize(
    "name",
    ["Taiwann", "Republic of Taiwan", "Kosovoo", "Northern Cypruss", "Somaliland Republic",
     "Hong Kong (China)", "Westernn Sahara", "Abkhazzia", "Greenlland", "Crimeaa"],
)  # fmt: skip
def test_no_state_is_suggested_for_a_refused_entity(record: Record, name: str) -> None:
    """Neither misspelt nor with more words around it."""
    with pytest.raises(UnknownState) as refusal:
        record.names.resolve(name)
    assert refusal.value.suggestions == []
    assert "not among the 197 States" in str(refusal.value)


def test_every_typo_of_one_letter_is_refused_or_right(record: Record) -> None:
    """A name with a letter left out, doubled or swapped never answers for another State."""
    shown = {iso3: fold(record.name(iso3)) for iso3 in record.iso3s}
    known = {word: owner for owner, word, _ in NAMES if owner in shown} | dict(record.names.words)
    # Real names one letter apart; each is exact on the reviewed table.
    twins = {("NGA", "NER"), ("NER", "NGA"), ("DMA", "DOM"), ("IRN", "IRQ"), ("IRQ", "IRN")}
    for iso3, name in shown.items():
        for at in range(len(name)):
            for typo in (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ):
                found = known.get(fold(typo), iso3)
                assert found == iso3 or (iso3, found) in twins, (name, typo, found)


# --- names in further languages ---


def test_further_names_are_folded_once_each_and_in_order() -> None:
    words = [word for _, word, _ in NAMES]
    assert [word for word in words if fold(word) != word] == []
    assert len(set(words)) == len(words)
    lines = ["\t".join(entry) for entry in NAMES]
    assert lines == sorted(lines)
    assert re.search(r"Unicode CLDR \d+\.\d+\.\d+ .*Unicode License v3", FURTHER, re.DOTALL)


def test_the_record_goes_before_the_further_names(record: Record) -> None:
    """No word that it holds, in whatever sense, is in the table, not even as a short code."""
    held = {*record.names.words, *map(fold, record.raw["ambiguous_names"])}
    held |= {fold(name) for entry in record.raw["refused_names"] for name in entry["names"]}
    assert {word for _, word, _ in NAMES} & held == set()
    assert [word for _, word, _ in NAMES if re.fullmatch(r"[a-z] ?[a-z]?", word)] == []


def test_a_further_name_is_its_states_or_refused_with_all_it_may_be(record: Record) -> None:
    several = [entry for entry in NAMES if "; " in entry[0]]
    assert len(several) > 40
    for owner, word, _ in (*several, *NAMES[::40]):
        if owner in record.iso3s:
            assert record.names.resolve(word) == owner
            continue
        with pytest.raises(UnknownState) as refusal:
            record.names.resolve(word)
        owners = owner.split("; ")
        states = [f"{record.name(iso3)} ({iso3})" for iso3 in owners if iso3 in record.iso3s]
        assert refusal.value.suggestions == states
        others = [place for place in owners if place not in record.iso3s]
        if len(owners) > 1:
            assert " or ".join((*states, *others)) in str(refusal.value)
        # What is no State of the roll may not lead to one by its English name either.
        assert not record.names.words.keys() & {fold(place) for place in others}


def test_further_names_add_less_than_half_a_megabyte_to_the_wheel() -> None:
    assert len(zlib.compress(FURTHER.encode())) < 500_000


@pytest.mark.parametrize("name", ["Áo", "áo", "Mỹ", "bỉ"])
def test_letters_with_accents_are_no_code(record: Record, name: str) -> None:
    """They are Austria, the United States and Belgium, and not Angola, Malaysia and Burundi."""
    with pytest.raises(UnknownState):
        record.names.resolve(name)
    assert record.names.resolve("ＡＯ") == record.names.resolve(" ao. ") == "AGO"


# --- slugs ---


def test_every_state_is_one_word_of_a_command_line(record: Record) -> None:
    slugs = {slug(record.name(iso3)): iso3 for iso3 in record.iso3s}
    assert len(slugs) == 197
    for word, iso3 in slugs.items():
        assert re.fullmatch("[a-z]+(-[a-z]+)*", word)
        assert record.names.resolve(word) == iso3
    assert {"bosnia-and-herzegovina", "cote-divoire", "sao-tome-and-principe"} < set(slugs)


def test_very_long_names_are_refused_at_once(record: Record) -> None:
    with pytest.raises(UnknownState, match="characters"):
        record.names.resolve("a" * 100_000)
