"""What is made from the record and lies beside it: never out of date, never different."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import importlib.util
import json
import re
import shutil
import sys
import types
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest
import yaml

from ottawa_cli import Inquiry, Record, __version__, dataset, load
from ottawa_cli.dataset import shipped
from ottawa_cli.dataset.schema import dictionary

ROOT = Path(__file__).parent.parent.parent


def module(path: Path) -> Any:
    """A Python file as a module, from wherever it is."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


# --- the compiled form ---


def assert_the_same(record: Record, other: Record) -> None:
    assert record.raw == other.raw
    assert record.names.words == other.names.words
    assert list(record.raw["states"]) == list(other.raw["states"])  # the order of the roll too
    assert record.version == other.version
    assert list(record.states()) == list(other.states())


Config = TypeVar("Config")


class BuildHook(Generic[Config]):
    """Stands for hatchling's class, which the build has and the tests need not."""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The build hook of this checkout, about to build a wheel."""
    interface = types.ModuleType("hatchling.builders.hooks.plugin.interface")
    vars(interface)["BuildHookInterface"] = BuildHook
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    made = module(ROOT / "hatch_build.py").CustomBuildHook()
    made.root, made.target_name = str(ROOT), "wheel"
    return made


def test_the_build_hook_puts_both_forms_and_the_names_into_the_wheel(
    hook: Any, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build: dict[str, Any] = {"force_include": {}}
    hook.initialize("standard", build)
    inside = {name: Path(path) for path, name in build["force_include"].items()}
    names = {
        "states.yaml", "cluster-munitions.yaml", "names.tsv", "states.json", "commentary.toml",
        "clauses.yaml", "clauses.json",
    }  # fmt: skip
    assert set(inside) == {f"ottawa_cli/data/{name}" for name in names}
    compiled = json.loads(inside["ottawa_cli/data/states.json"].read_text("utf-8").splitlines()[0])
    files = (inside[f"ottawa_cli/data/{name}.yaml"] for name in ("states", "cluster-munitions"))
    source = b"".join(file.read_bytes() for file in files)
    assert compiled["sha256"] == hashlib.sha256(source).hexdigest()
    (tmp_path / "data").mkdir()
    for name in names:
        shutil.copy(inside[f"ottawa_cli/data/{name}"], tmp_path / "data" / name)
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path)
    monkeypatch.setattr(dataset, "compiled", shipped.compiled)  # in the place of the tests' own
    assert_the_same(load(), record)
    (tmp_path / "data" / "states.json").unlink()
    assert_the_same(load(), record)


def test_an_editable_install_goes_on_reading_the_yaml(hook: Any) -> None:
    build: dict[str, Any] = {"force_include": {}}
    hook.initialize("editable", build)
    assert build["force_include"] == {}


def test_no_compiled_form_lies_in_a_checkout() -> None:
    assert not (ROOT / "src" / "ottawa_cli" / "data" / shipped.COMPILED).exists()


# --- the field dictionary ---


def test_the_field_dictionary_is_up_to_date() -> None:
    page = (ROOT / "docs" / "reference" / "record.md").read_text("utf-8")
    found = re.search(r"\n\]\]\] -->\n(.*?)<!-- \[\[\[end\]\]\] -->", page, re.DOTALL)
    assert found
    assert found[1] == dictionary() + "\n", "run: cog -r docs/reference/record.md"


def test_the_field_dictionary_links_to_its_own_headings() -> None:
    text = dictionary()
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"(?m)^## (.*)$", text)}
    assert set(re.findall(r"\(#([^)]*)\)", text)) <= headings


# --- the flat tables ---


@pytest.fixture(scope="module")
def export() -> Any:
    return module(ROOT / "scripts" / "export_csv.py")


def test_the_flat_tables_are_up_to_date(export: Any, record: Record) -> None:
    written = {path.name: path.read_bytes().decode() for path in export.FLAT.iterdir()}
    assert written == export.files(record), "run: python scripts/export_csv.py"


def test_the_description_fits_the_tables(export: Any) -> None:
    package = json.loads((export.FLAT / "datapackage.json").read_text("utf-8"))
    assert re.fullmatch("[a-z0-9.-]+", package["name"])
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert all(source["title"] and source["path"] for source in package["sources"])
    ids = {row["id"] for row in table(export, "sources")}
    for resource in package["resources"]:
        rows = table(export, resource["name"])
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert all(list(row) == columns for row in rows)
        keys = [tuple(row[column] for column in resource["schema"]["primaryKey"]) for row in rows]
        assert len(keys) == len(set(keys)), resource["name"]
        if "sources" in columns:
            assert all(row["sources"] and set(row["sources"].split()) <= ids for row in rows)
        for sources in (column for column in columns if column.endswith("_sources")):
            assert all(set(row[sources].split()) <= ids for row in rows)


def test_the_flat_tables_tell_each_date_with_its_own_sources(export: Any) -> None:
    for name, date, sources in (
        ("states", "signed_on", "signature_sources"),
        ("states", "deposited_on", "deposit_sources"),
        ("communications", "circulated_on", "circulated_sources"),
        ("conflicts", "end", "end_sources"),
    ):
        rows = table(export, name)
        assert any(row[date] for row in rows)
        assert all(bool(row[date]) == bool(row[sources]) for row in rows)
    row, other = (row for row in table(export, "states") if row["iso3"] == "MHL")
    assert (row["treaty"], other["treaty"]) == ("ottawa", "ccm")
    assert row["signature_sources"] == "U26 U14 D18"
    assert row["deposit_sources"] == "U26 ICBL-MHL"


def test_the_flat_tables_say_which_titles_are_read_off_an_address(export: Any) -> None:
    package = json.loads((export.FLAT / "datapackage.json").read_text("utf-8"))
    rows = table(export, "sources")
    assert {row["title_from"] for row in rows} == {"", "address"}
    for row, source in zip(rows, package["sources"], strict=True):
        marked = source["title"].endswith("(title read off the address)")
        assert marked == (row["title_from"] == "address"), row["id"]


def test_the_flat_tables_say_what_the_record_says(export: Any, record: Record) -> None:
    rows = table(export, "states")
    states = {row["iso3"]: row for row in rows if row["treaty"] == "ottawa"}
    ccm = [row for row in rows if row["treaty"] == "ccm"]
    assert sum(bool(row["signed_on"]) for row in ccm) == 108
    assert sum(bool(row["deposited_on"]) for row in ccm) == 113
    assert list(states) == record.iso3s
    assert sum(bool(row["signed_on"]) for row in states.values()) == 133
    assert states["LTU"]["deposited_on"] == "2003-05-12"
    assert states["LBN"]["deposited_on"] == "2026-02-04/2026-08-25"
    assert states["CIV"]["name"] == "Côte d'Ivoire"
    kinds = [row["kind"] for row in table(export, "communications")]
    assert sorted(kinds) == ["suspension"] + ["withdrawal"] * 6


def table(export: Any, name: str) -> list[dict[str, str]]:
    with (export.FLAT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- citation, changelog, versions ---


def test_the_citation_names_both_versions(record: Record) -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    (dataset,) = citation["references"]
    assert dataset["type"] == "data"  # of the types that the format has for a reference
    assert citation["version"] == __version__
    assert dataset["version"] == record.version
    assert str(dataset["date-released"]) == record.version


def test_the_changelog_begins_with_this_version(record: Record) -> None:
    text = (ROOT / "data" / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"(?m)^## (\d{4}-\d{2}-\d{2})$", text)
    assert versions[0] == record.version
    assert versions == sorted(versions, reverse=True)


def test_version_names_both_versions(record: Record, ottawa: Any) -> None:
    assert ottawa("--version").stdout == f"ottawa {__version__}, data {record.version}\n"


# --- freshness ---


def test_each_part_says_when_it_was_reviewed(record: Record) -> None:
    assert set(record.raw["reviewed"]) == {"communications", "conflicts", "events", "states"}
    for review in record.raw["reviewed"].values():
        assert dt.date.fromisoformat(review["on"]) <= dt.date.fromisoformat(record.version)
        assert review["sources_to"] <= review["on"]


@pytest.mark.parametrize("words", [("status", "lithuania"), ("status",), ("timeline", "poland"),
                                   ("explain", "ukraine")])  # fmt: skip
def test_a_day_after_the_sources_is_said_to_be_one(
    record: Record, ottawa: Any, words: tuple[str, ...]
) -> None:
    late = ottawa(*words, "--as-of", "2030-01-01").stdout
    assert f"Record reviewed {record.reviewed_on}" in late
    assert f"What happened after {record.sources_to()} may not be in the record." in late
    early = ottawa(*words, "--as-of", "2026-08-31").stdout
    assert f"Record reviewed {record.reviewed_on}" in early
    assert "is not in the record." not in early


def test_the_reach_is_that_of_the_least_reviewed_part(record: Record) -> None:
    reviewed = {**record.raw["reviewed"], "conflicts": {"on": "2026-11-23", "sources_to": "2025"}}
    older = Record({**record.raw, "reviewed": reviewed}, {})
    assert older.sources_to() == "2025"
    assert Inquiry(older, dt.date(2026, 1, 1)).record.sources_to() == "2025"


# --- where it is ---


def test_the_path_is_that_of_the_yaml(ottawa: Any) -> None:
    assert Path(ottawa("data", "path").stdout.strip()).read_text("utf-8").startswith("# The record")


def test_the_schema_is_printed_as_json(ottawa: Any) -> None:
    schema = json.loads(ottawa("data", "schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:")


def test_check_of_the_shipped_record(record: Record, ottawa: Any) -> None:
    run = ottawa("data", "check")
    assert (run.returncode, run.stderr) == (0, "")
    assert len(run.stdout.splitlines()) == 1
    for part in (f"Version {record.version}", "197 states", "7 communications"):
        assert part in run.stdout


@pytest.mark.parametrize("words", [("data", "bogus"), ("data", "check", "--x")])
def test_usage_errors_are_two_plain_lines(ottawa: Any, words: tuple[str, ...]) -> None:
    run = ottawa(*words)
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 2
