"""`ottawa cite`: what goes into a footnote, as text and for the programs that set it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Ottawa, tool

DAY = "--as-of=2026-11-23"
PAGE = "Status of treaties, chapter XXVI, no. 5 (page stamped 3 February 2026)"


@pytest.fixture(scope="module")
def supplement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up notice of the documentation, with a copy of its notification."""
    text = (ROOT / "docs" / "how-to" / "own-record.md").read_text(encoding="utf-8")
    block = re.findall(r"(?ms)^```yaml\n(.*?)^```$", text)[0]
    file = tmp_path_factory.mktemp("own") / "notice.yaml"
    file.write_text(block, encoding="utf-8")
    return file


def test_the_notification_comes_first_and_is_not_given_what_nobody_has_seen(
    ottawa: Ottawa,
) -> None:
    done = ottawa("cite", "lithuania", DAY)
    first, second, *_ = done.stdout.splitlines()
    assert first == (
        "Depositary notification C.N.362.2025.TREATIES-XXVI.5: [Lithuania: withdrawal]."
        f" UN Secretary-General (depositary), 2025-07-03. As told by: {PAGE}."
    )
    assert second.startswith(f"{PAGE}. United Nations Treaty Collection (depositary), 2026-02-03.")
    (work, *_) = json.loads(ottawa("cite", "lithuania", DAY, "--format=csl-json").stdout)
    assert "URL" not in work
    assert work["note"] == f"As told by: {PAGE}"


def test_a_notification_that_is_a_source_is_cited_once_with_its_title_and_address(
    ottawa: Ottawa, supplement: Path
) -> None:
    done = ottawa("cite", "norway", "--as-of=2027-01-01", "--data", str(supplement))
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == (
        "Depositary notification C.N.500.2026.TREATIES-XXVI.5: Norway: withdrawal."
        " Secretary-General of the United Nations (depositary), 2026-12-03."
        " https://treaties.un.org/doc/Publication/CN/2026/CN.500.2026-Eng.pdf"
    )
    assert done.stdout.count("CN.500.2026") == 1
    before = ottawa("cite", "norway", "--as-of=2026-11-30", "--data", str(supplement))
    assert "notification" not in before.stdout


def test_the_sources_are_those_of_the_answer(ottawa: Ottawa) -> None:
    told = ottawa("status", "ukraine", DAY, "--format=json").stdout
    wanted = [source["id"] for source in json.loads(told)["states"][0]["sources"]]
    cited = json.loads(ottawa("cite", "ukraine", DAY, "--format=csl-json").stdout)
    assert [work["id"] for work in cited] == wanted


def test_a_title_read_off_an_address_says_so_in_every_form(ottawa: Ottawa) -> None:
    for form in ("plain", "markdown", "bibtex", "csl-json"):
        told = ottawa("cite", "poland", DAY, "--format", form).stdout
        assert "Polska ratyfikowała konwencję ottawską (title read off the address)" in told


def test_the_ending_of_the_file_chooses_the_form(ottawa: Ottawa, tmp_path: Path) -> None:
    starts = {"bib": "@misc{C.N.", "json": "[\n  {", "md": "- Depositary notification C.N.",
              "txt": "Depositary notification"}  # fmt: skip
    for ending, start in starts.items():
        file = tmp_path / f"lithuania.{ending}"
        assert ottawa("cite", "lithuania", DAY, "--output", str(file)).stdout == ""
        assert file.read_text(encoding="utf-8").startswith(start)
    refused = ottawa("cite", "lithuania", DAY, "--output", str(tmp_path / "lithuania.ris"))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "choose .txt, .md, .bib, .json" in refused.stderr


def test_tex_finds_nothing_to_trip_over(ottawa: Ottawa, supplement: Path) -> None:
    text = supplement.read_text(encoding="utf-8")
    title = r"50% of $5 & #1_a {b} ~c^ \\ d"
    odd = supplement.with_name("odd.yaml")
    odd.write_text(text.replace("Norway: withdrawal", title), encoding="utf-8")
    told = ottawa("cite", "norway", "--as-of=2027-01-01", "--data", str(odd),
                  "--format=bibtex").stdout  # fmt: skip
    assert (
        r"title = {{50\% of \$5 \& \#1\_a \{b\} \textasciitilde{}c\textasciicircum{}"
        r" \textbackslash{} d}}" in told
    )


@pytest.mark.parametrize("ending", ["bib", "json"])
@pytest.mark.parametrize("state", ["lithuania", "poland", "ukraine"])
def test_pandoc_cites_every_work(ottawa: Ottawa, tmp_path: Path, state: str, ending: str) -> None:
    file = tmp_path / f"{state}.{ending}"
    ottawa("cite", state, DAY, "--output", str(file))
    works = json.loads(ottawa("cite", state, DAY, "--format=csl-json").stdout)
    cited = "".join(f"[@{{{work['id']}}}]\n\n" for work in works)
    done = subprocess.run(
        [tool("pandoc"), "--citeproc", "--bibliography", file, "--to=plain", "--wrap=none"],
        input=f"{cited}\n\n# Works\n", capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stderr == ""
    list_of_works = done.stdout.partition("Works\n")[2].casefold().replace("’", "'")
    for work in works:
        words = re.sub("[“”‘’\"']", "", work["title"]).casefold()
        assert words in re.sub("[“”‘’\"']", "", list_of_works), work["title"]
        assert work.get("URL", "").casefold() in list_of_works
        assert work.get("number", "").casefold() in list_of_works
