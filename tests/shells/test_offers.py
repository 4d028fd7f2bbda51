"""What a shell is offered for a word that is being typed, and what asking for it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import Ottawa

from ottawa_cli import READINGS, Record, dataset
from ottawa_cli.cli import offers
from ottawa_cli.cli.app import COMMANDS
from ottawa_cli.cli.completion import offered, split
from ottawa_cli.names import fold, resolve
from ottawa_cli.render import keys
from ottawa_cli.rules.result import STATUSES

BREAKS = " \t\n\"'><=;|&(:"  # the characters at which bash breaks words


@pytest.fixture(autouse=True)
def one_record(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is read once, as if by one process."""
    monkeypatch.setattr(dataset, "load", lambda path=None: record)


def texts(*words: str) -> list[str]:
    """What is offered for the last of the words."""
    return [text for text, _ in offered(list(words[:-1]), words[-1])]


@pytest.mark.parametrize(
    ("words", "answer"),
    {
        ("",): tuple(COMMANDS),
        ("--",): ("--version", "--help"),
        ("--version", ""): tuple(COMMANDS),
        ("data", ""): ("check", "schema", "path"),
        ("completion", ""): ("bash", "zsh", "fish"),
        ("status", "--as"): ("--as-of",),
        ("bound", "--o"): (),
        ("status", "--format", ""): ("table", "plain", "json", "csv", "tsv", "markdown", "html"),
        ("timeline", "--format", "s"): ("svg",),
        ("evaluate", "--format", ""): ("csv", "tsv", "jsonl"),
        ("status", "--format=m"): ("--format=markdown",),
        ("status", "--color", ""): ("auto", "always", "never"),
        ("status", "--only", ""): STATUSES,
        ("explain", "--field", ""): keys.SCALARS,
        ("timeline", "--field", ""): keys.EVENT_SCALARS,
        ("status", "--as-of", ""): (),
        ("evaluate", "--reading", ""): tuple(f"{k}={v}" for k, vs in READINGS.items() for v in vs),
        ("bound", "--reading", "occupation="): ("occupation=counts", "occupation=excluded"),
        ("status", "lithuania", "lat"): ("latvia",),
        ("bound", "lithuania", "lat"): (),
        ("status", "--notice", "lat"): ("latvia=",),
        ("status", "--notice=lat"): ("--notice=latvia=",),
        ("status", "--revoke", "latvia=2"): (),
        ("explain", "--conflict", "lat"): ("latvia", "latvia="),
        ("explain", "--conflict", "latvia="): (),
    }.items(),
)  # fmt: skip
def test_what_is_offered(words: tuple[str, ...], answer: tuple[str, ...]) -> None:
    assert tuple(texts(*words)) == answer


@pytest.mark.parametrize(
    "words",
    [("status", "--data", ""), ("status", "--output", "re"), ("status", "--output=re"),
     ("evaluate", ""), ("data", "check", "")],
)  # fmt: skip
def test_a_file_is_left_to_the_shell(words: tuple[str, ...]) -> None:
    assert [what for _, what in offered(list(words[:-1]), words[-1])] == ["<files>"]


def test_every_beginning_of_a_name_leads_to_its_state(record: Record) -> None:
    """In whatever case and with or without diacritics; and no offer leads elsewhere."""
    for iso3 in record.iso3s:
        name = record.name(iso3)
        for spelt in {name, name.lower(), name.upper(), fold(name)}:
            for end in range(1, len(spelt) + 1):
                found = offers.states(spelt[:end])
                assert iso3 in [what for _, what in found], spelt[:end]
                for text, what in found:
                    assert text.startswith(spelt[:end])
                    assert resolve(record, text) == what


@pytest.mark.parametrize(
    ("typed", "offer"),
    {
        "cote": "cote d'ivoire", "Cote D": "Cote D'Ivoire", "CÔTE": "CÔTE D'IVOIRE",
        "guinea b": "guinea bissau", "turk": "turkiye", "L": "Laos", "LA": "LAOS",
        "ivory": "ivory coast", "burm": "burma", "suo": "suomi", "Лит": "Литва", "LTU": "LTU",
    }.items(),
)  # fmt: skip
def test_a_name_goes_on_as_it_was_begun(typed: str, offer: str) -> None:
    assert offer in texts("status", typed)


def test_another_name_is_offered_only_where_no_usual_one_fits(record: Record) -> None:
    assert texts("status", "") == [record.name(iso3) for iso3 in record.iso3s]
    assert texts("status", "lit") == ["lithuania"]  # and not lituania, lituanie, litauen
    assert offered(["status"], "suom") == [("suomi", "Finland (FIN)")]
    assert texts("status", "neverland") == []


@pytest.mark.parametrize(
    ("line", "words", "last", "inserted"),
    [
        ("ottawa status lith", ["ottawa", "status"], "lith", "lithuania"),
        ("ottawa status ", ["ottawa", "status"], "", ""),
        (r"ottawa status cote\ d", ["ottawa", "status"], "cote d", r"cote\ d\'ivoire"),
        ('ottawa status "cote d', ["ottawa", "status"], "cote d", "cote d'ivoire"),
        ("ottawa status 'cote d", ["ottawa", "status"], "cote d", r"cote d'\''ivoire"),
        ("ottawa 'a b' \"c d\" ", ["ottawa", "a b", "c d"], "", ""),
        ("ottawa '' x", ["ottawa", ""], "x", "xy"),
        ("ottawa status --notice=es", ["ottawa", "status"], "--notice=es", "estonia="),
        ("ottawa bound 2>log >&2 <in es", ["ottawa", "bound"], "es", "estonia"),
    ],
)
def test_a_line_of_bash(line: str, words: list[str], last: str, inserted: str) -> None:
    found = split(line, BREAKS)
    assert (found.words, found.last, found.redirected) == (words, last, False)
    whole = {"lith": "lithuania", "cote d": "cote d'ivoire", "x": "xy", "es": "estonia",
             "--notice=es": "--notice=estonia="}.get(last, "")  # fmt: skip
    assert found.insertion(whole) == inserted


@pytest.mark.parametrize("line", ["ottawa status > re", "ottawa status 2>", "ottawa data &> x"])
def test_what_a_redirection_leads_to_is_a_file(line: str) -> None:
    assert split(line, BREAKS).redirected


@pytest.mark.parametrize("words", [("bash",), ("bash", "one", "two", "three"), ("tcsh", "x")])
def test_another_shell_gets_an_error_and_no_offer(ottawa: Ottawa, words: tuple[str, ...]) -> None:
    done = ottawa(*words[1:], _OTTAWA_COMPLETE=words[0])
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("variables", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], ids=str)
def test_bytes_that_are_no_text_come_back_as_typed(
    variables: dict[str, str], environment: dict[str, str]
) -> None:
    for shell, words, answer in (
        ("zsh", [b"status", b"--output=\xff"], b"<files>\n"), ("zsh", [b"status", b"\xff"], b""),
        ("fish", [b"status", b"\xff"], b""), ("bash", [b"ottawa status \xff", b" "], b""),
        ("zsh", [b"status", b"--format=\xff"], b""), ("zsh", [b"\xff", b"sta"], None),
        ("zsh", ["cô".encode(), b"sta"], None), ("zsh", [b"status", "cô".encode()], None),
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "ottawa_cli", *words], check=False, capture_output=True, cwd="/",
            env={**environment, "PYTHONCOERCECLOCALE": "0", **variables, "_OTTAWA_COMPLETE": shell},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
        assert answer is None or done.stdout == answer


def test_a_name_costs_no_renderer_and_no_library(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ottawa_cli", "status", "lith"],
        env={**environment, "_OTTAWA_COMPLETE": "fish"}, capture_output=True, text=True,
        check=True, cwd="/",
    )  # fmt: skip
    assert done.stdout == "lithuania\tLTU\n"
    loaded = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "ottawa_cli.cli.offers" in loaded
    assert not {"rich", "jsonschema", "importlib.metadata"} & loaded
