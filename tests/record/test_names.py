"""What people call States: each name its State, and no name another's."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Ottawa

from ottawa_cli import Record, UnknownState
from ottawa_cli.names import fold, resolve

VECTORS = Path(__file__).parent.parent / "vectors"


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
    assert resolve(record, row["name"]) == row["iso3"], row["why"]


@pytest.mark.parametrize("row", rows("names-refuse.csv"), ids=lambda row: f"{row['name']!r}")
def test_refuses(record: Record, row: dict[str, str]) -> None:
    with pytest.raises(UnknownState):
        resolve(record, row["name"])


@pytest.mark.parametrize(
    ("name", "iso3"),
    {
        "Russie": "RUS", "Литва": "LTU", "Ivory Coast": "CIV", "Holy See": "VAT",
        "Czech Republic": "CZE", "Cape Verde": "CPV", "Burma": "MMR", "The Gambia": "GMB",
        "UK": "GBR", "Türkiye": "TUR", "turkiye": "TUR",
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
            assert resolve(record, name) == iso3
            assert resolve(record, f"  {name.upper()} ") == iso3 or name.upper().lower() != name


def test_the_index_is_the_same_however_it_is_made(record: Record) -> None:
    assert record.index == index_of(record.raw)


def test_refused_words_get_their_answer_and_no_state(record: Record) -> None:
    for entry in record.raw["refused_names"]:
        for name in entry["names"]:
            with pytest.raises(UnknownState) as refusal:
                resolve(record, name)
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
        resolve(record, name)
    assert refusal.value.suggestions == []
    assert "not among the 197 States" in str(refusal.value)


def test_every_typo_of_one_letter_is_refused_or_right(record: Record) -> None:
    """A name with a letter left out, doubled or swapped never answers for another State."""
    shown = {iso3: fold(record.name(iso3)) for iso3 in record.iso3s}
    # Real names one letter apart; each is exact on the reviewed table.
    twins = {("NGA", "NER"), ("NER", "NGA"), ("DMA", "DOM"), ("IRN", "IRQ"), ("IRQ", "IRN")}
    for iso3, name in shown.items():
        for at in range(len(name)):
            for typo in (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ):
                found = record.index.get(fold(typo), iso3)
                assert found == iso3 or (iso3, found) in twins, (name, typo, found)


def test_very_long_names_are_refused_at_once(record: Record) -> None:
    with pytest.raises(UnknownState, match="characters"):
        resolve(record, "a" * 100_000)
