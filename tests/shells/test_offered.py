"""What a shell is offered for a word that is being typed, and what asking for it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import Ottawa

from ottawa_cli import READINGS, Record, dataset
from ottawa_cli.cli import completions
from ottawa_cli.cli.app import COMMANDS
from ottawa_cli.dataset.shipped import views
from ottawa_cli.names import slug
from ottawa_cli.render import machine_keys
from ottawa_cli.rules.standing import STATUSES


def offered(ottawa: Ottawa, *words: str) -> list[str]:
    """What bash is offered for the last of the words."""
    line = ["ottawa", *words]
    done = ottawa(
        _OTTAWA_COMPLETE="complete_bash", COMP_WORDS="\n".join(line), COMP_CWORD=str(len(words))
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "answer"),
    {
        ("",): tuple(COMMANDS),
        ("--",): ("--version", "--install-completion", "--show-completion", "--help"),
        ("--version", ""): tuple(COMMANDS),
        ("data", ""): ("check", "clauses", "schema", "path"),
        ("status", "--as"): ("--as-of",),
        ("status", "!"): (), ("status", "\udcff"): (),  # no letter, and a byte that is no text
        ("bound", "--o"): (),
        ("status", "--format", ""): ("table", "plain", "json", "csv", "tsv", "markdown", "html"),
        ("timeline", "--format", "s"): ("svg",),
        ("evaluate", "--format", ""): ("csv", "tsv", "jsonl"),
        ("status", "--color", ""): ("auto", "always", "never"),
        ("status", "--only", ""): STATUSES,
        ("explain", "--field", ""): machine_keys.COLUMNS["status"],
        ("timeline", "--field", ""): machine_keys.COLUMNS["timeline"],
        ("count", "--field", "j"): ("joined",),
        ("count", "--every", ""): ("year", "month"),
        ("status", "--as-of", ""): (),
        ("evaluate", "--reading", ""): (
            *(f"{k}={v}" for k, vs in READINGS.items() for v in vs),
            *(f"as={who}" for who in views()),
        ),
        ("status", "--reading", "occupation", "="): ("counts", "excluded"),
        ("status", "--reading", "occupation", "=", "e"): ("excluded",),
        ("status", "lithuania", "lat"): ("latvia",),
        ("bound", "lithuania", "lat"): ("latvia",),
        ("explain", "lithuania", "lat"): (),
        ("timeline", "--kind", "notice"): ("notice-period-end",),
        ("leave", "--bound", "u"): ("unknown",),
        ("status", "--notice", "lat"): ("latvia=", "latvia=YYYY-MM-DD"),
        ("status", "--revoke", "latvia", "=", "2"): (),
        ("status", "--revoke", "latvia=2"): (),
        ("explain", "--conflict", "lat"): ("latvia", "latvia="),
        ("explain", "--conflict", "latvia="): (),
        ("status", "--data", ""): (),  # names of files, which the shell knows
        ("status", "--output", "re"): (),
        ("evaluate", ""): (),
        ("data", "check", ""): (),
        ("status", "neverland"): (),
        ("status", "lit"): ("lithuania",),  # and not lituania, lituanie, litauen
    }.items(),
)  # fmt: skip
def test_what_is_offered(ottawa: Ottawa, words: tuple[str, ...], answer: tuple[str, ...]) -> None:
    assert tuple(offered(ottawa, *words)) == answer


def test_every_beginning_of_a_name_leads_to_its_state(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No offer needs quotes, and none leads elsewhere."""
    monkeypatch.setattr(dataset, "load", lambda path=None: record)
    for iso3 in record.iso3s:
        spelt = slug(record.name(iso3))
        for end in range(1, len(spelt) + 1):
            found = completions.states(spelt[:end])
            assert spelt in found
            assert all(name.startswith(spelt[:end]) for name in found)
            assert all(name.replace("-", "").isalpha() for name in found)
        assert record.names.resolve(spelt) == iso3


@pytest.mark.parametrize(
    ("typed", "offer"),
    {
        "cote": "cote-divoire", "Cote-D": "Cote-Divoire", "CÔTE": "CÔTE-divoire",
        "guinea-b": "guinea-bissau", "turk": "turkiye", "L": "Laos",
        "bosnia-": "bosnia-and-herzegovina",
        "ivory": "ivory-coast", "burm": "burma", "suo": "suomi", "Лит": "Литва", "LTU": "LTU",
    }.items(),
)  # fmt: skip
def test_a_name_goes_on_as_it_was_begun(
    record: Record, monkeypatch: pytest.MonkeyPatch, typed: str, offer: str
) -> None:
    monkeypatch.setattr(dataset, "load", lambda path=None: record)
    found = completions.states(typed)
    assert any(record.names.resolve(name) == record.names.resolve(offer) for name in found)
    assert all(name.startswith(typed) for name in found)


def test_a_name_costs_no_renderer_and_no_library(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ottawa_cli"],
        env={**environment, "_OTTAWA_COMPLETE": "complete_bash",
             "COMP_WORDS": "ottawa\nstatus\nlith", "COMP_CWORD": "2"},
        capture_output=True, text=True, check=True, cwd="/",
    )  # fmt: skip
    assert done.stdout == "lithuania\n"
    loaded = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "ottawa_cli.cli.completions" in loaded
    assert not {"rich", "jsonschema", "importlib.metadata"} & loaded
