"""What a release promises: one version, told alike everywhere, and metadata that is true."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ottawa_cli import __version__

ROOT = Path(__file__).parent.parent
NAME = "ottawa-cli"
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
# Keep a Changelog's headings, and one for the record.
HEADINGS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Data"]
Metadata = dict[str, list[str]]
VERSION = r"\d+\.\d+\.\d+"


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def metadata() -> Metadata:
    """The metadata of the installed distribution, as a wheel carries it: all values of a field."""
    message = importlib.metadata.metadata(NAME)
    return {field: message.get_all(field) or [] for field in message}


# --- the version ---


def test_the_code_has_one_version(pyproject: dict[str, Any]) -> None:
    assert re.fullmatch(VERSION, __version__)
    assert pyproject["project"]["dynamic"] == ["version"]
    assert "version" not in pyproject["project"]
    assert importlib.metadata.version(NAME) == __version__


def test_the_code_writes_its_version_once(pyproject: dict[str, Any]) -> None:
    source = ROOT / pyproject["tool"]["hatch"]["version"]["path"]
    quoted = f'"{__version__}"'
    written = [
        (file, file.read_text(encoding="utf-8").count(quoted))
        for file in [*sorted((ROOT / "src").rglob("*.py")), ROOT / "pyproject.toml"]
    ]
    assert [(file, times) for file, times in written if times] == [(source, 1)]


# --- the changelog ---


def sections() -> list[tuple[str, str, str]]:
    """Version, day (empty for what is not released) and text of each section, in its order."""
    found = re.split(r"^## \[([^\]]+)\](?: - (\S+))?$", CHANGELOG, flags=re.MULTILINE)
    return list(zip(found[1::3], (day or "" for day in found[2::3]), found[3::3], strict=True))


def test_every_heading_of_the_changelog_is_a_section() -> None:
    assert len(re.findall(r"^## ", CHANGELOG, re.MULTILINE)) == len(sections())


def test_the_changelog_tells_of_this_version() -> None:
    """Under its own heading, or as the one to come."""
    versions = [version for version, _, _ in sections()]
    if __version__ not in versions:
        version, _, text = sections()[0]
        assert version == "Unreleased"
        assert f"to be {__version__}" in text


def test_versions_and_days_of_the_changelog_descend() -> None:
    released = [(version, day) for version, day, _ in sections() if version != "Unreleased"]
    numbers = [[int(part) for part in version.split(".")] for version, _ in released]
    days = [dt.date.fromisoformat(day) for _, day in released]
    assert all(re.fullmatch(VERSION, version) for version, _ in released)
    assert numbers == sorted(numbers, reverse=True)
    assert days == sorted(days, reverse=True)
    if numbers:
        assert [int(part) for part in __version__.split(".")] >= numbers[0]


def test_every_version_says_what_changed_in_the_record() -> None:
    for version, _, text in sections():
        headings = re.findall(r"^### (.*)$", text, re.MULTILINE)
        assert headings == [one for one in HEADINGS if one in headings], version
        assert "Data" in headings, version


# --- what stands beside the code ---


def test_the_security_policy_is_found_and_says_how_to_report() -> None:
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", policy, re.MULTILINE)
    assert {"Reporting", "Supported versions"} <= set(headings)
    assert "`ottawa --version`" in policy
    assert "(SECURITY.md)" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


# --- the metadata ---


def test_the_metadata_says_what_it_is(metadata: Metadata) -> None:
    assert metadata["Name"] == [NAME]
    assert metadata["License-Expression"] == ["MIT AND CC0-1.0 AND Unicode-3.0"]
    assert sorted(metadata["License-File"]) == [
        "LICENSE", "data/LICENSE", "data/LICENSE.unicode",
    ]  # fmt: skip
    assert metadata["Description-Content-Type"] == ["text/markdown"]
    assert "Typing :: Typed" in metadata["Classifier"]


def test_each_python_named_is_allowed_and_the_first_is_the_oldest(metadata: Metadata) -> None:
    named = [one.rpartition(" ")[2] for one in metadata["Classifier"] if ":: Python :: 3." in one]
    numbers = [int(version.partition(".")[2]) for version in named]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert metadata["Requires-Python"] == [f">={named[0]}"]


def requirements(metadata: Metadata) -> dict[str, str]:
    """What an installation without extras brings: names and the versions allowed."""
    plain = [one for one in metadata["Requires-Dist"] if "extra ==" not in one]
    found = [re.fullmatch(r"([\w.-]+)(.*)", one) for one in plain]
    return {match[1].lower(): match[2] for match in found if match}


def test_it_depends_on_four_packages_and_on_no_unknown_past(metadata: Metadata) -> None:
    needed = requirements(metadata)
    assert set(needed) == {"typer", "rich", "python-dateutil", "pyyaml"}
    assert all(">=" in versions for versions in needed.values())


def test_a_build_needs_the_versions_that_a_run_needs(
    metadata: Metadata, pyproject: dict[str, Any]
) -> None:
    """The build hook reads the record with the package itself."""
    building = [one.lower() for one in pyproject["build-system"]["requires"]]
    needed = {f"{name}{versions}" for name, versions in requirements(metadata).items()}
    assert {one for one in building if not one.startswith("hatchling")} < needed


def test_the_command_is_ottawa() -> None:
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="ottawa")
    assert script.value == "ottawa_cli.cli.main:main"
    assert callable(script.load())
