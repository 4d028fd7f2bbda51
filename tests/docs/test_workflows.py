"""The workflows hold to least privilege, and to actions that cannot be moved under them."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import tool

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))


@pytest.fixture(params=WORKFLOWS, ids=[file.name for file in WORKFLOWS])
def text(request: pytest.FixtureRequest) -> str:
    return request.param.read_text(encoding="utf-8")


@pytest.fixture
def workflow(text: str) -> dict[Any, Any]:
    return yaml.safe_load(text)


def steps(workflow: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        assert "uses" not in job, "a reusable workflow would bring steps of its own"
        yield from job["steps"]


def test_there_is_a_workflow() -> None:
    assert WORKFLOWS


def test_every_action_is_pinned_to_a_full_commit_and_names_its_release(
    text: str, workflow: dict[Any, Any]
) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    pins = re.findall(r"uses: (\S+) # v\d+\.\d+\.\d+$", text, re.MULTILINE)
    assert pins == used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use) for use in used)


def test_permissions_are_to_read_and_for_one_step_to_publish(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        if "permissions" in job:  # to publish, and that job does nothing else
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
            assert [step["uses"].split("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]


def test_no_secret_is_used_and_the_checkout_keeps_none(text: str, workflow: dict[Any, Any]) -> None:
    assert "secrets" not in text
    assert "pull_request_target" not in text
    checkouts = [s for s in steps(workflow) if s.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_text_from_outside_reaches_a_shell(workflow: dict[Any, Any]) -> None:
    assert all("${{" not in step["run"] for step in steps(workflow) if "run" in step)


def test_the_checks_run_everywhere_the_package_says_it_does() -> None:
    checks = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    job = checks["jobs"]["checks"]
    assert job["strategy"]["matrix"]["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [c.rpartition(" ")[2] for c in project["classifiers"] if ":: Python :: 3." in c]
    assert job["strategy"]["matrix"]["python"] == named
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]


@pytest.mark.parametrize(
    ("address", "settled"),
    [("https://ottawa.example/", "no"), ("https://somewhere.org/ottawa/", "yes")],
)
def test_nothing_is_published_before_the_address_is_settled(
    tmp_path: Path, address: str, settled: str
) -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))["jobs"]
    asked = next(step for step in jobs["build"]["steps"] if step.get("id") == "address")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    said = re.sub(r"(?m)^site_url: .*", f"site_url: {address}", text)
    (tmp_path / "mkdocs.yml").write_text(said, encoding="utf-8")
    out = tmp_path / "out"
    subprocess.run([tool("bash"), "-euc", asked["run"]], cwd=tmp_path, check=True,
                   env={"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(out)})  # fmt: skip
    assert out.read_text() == f"settled={settled}\n"
    assert jobs["publish"]["if"] == "needs.build.outputs.settled == 'yes'"
