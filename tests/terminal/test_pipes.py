"""The command away from a terminal: pipes, files, full disks, old encodings."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import started_once
from conftest import ROOT, Ottawa

from ottawa_cli import Record
from ottawa_cli.render import transliteration

COMMAND = f"{sys.executable} -m ottawa_cli"
DAY = "--as-of=2026-11-23"


def shell(line: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a line of sh; $OTTAWA is the command."""
    return subprocess.run(
        ["sh", "-c", line], env={**environment, "OTTAWA": COMMAND}, capture_output=True,
        text=True, encoding="utf-8", check=False, cwd="/", timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["status --all", "status --all --format json", "timeline --format svg", "--help",
     "timeline --format csv", "status --help"],
)  # fmt: skip
def test_a_reader_that_leaves_is_no_error(words: str, environment: dict[str, str]) -> None:
    done = shell(f"$OTTAWA {words} | head -n 1", environment)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    gone = shell(f"{{ $OTTAWA {words}; echo $? >&2; }} | true", environment)
    assert gone.stderr.strip() in {"0", "141"}


@pytest.mark.parametrize(
    "words",
    ["status lithuania", "status --all --format json", "--help", "--version", "bound lithuania",
     "timeline --format ics", "status --help", "status --format table"],
)  # fmt: skip
def test_a_full_disk_and_a_closed_stdout_are_errors(
    words: str, environment: dict[str, str]
) -> None:
    full = shell(f"$OTTAWA {words} > /dev/full", environment)
    assert full.returncode == 70
    assert full.stderr == "ottawa: cannot write the output: No space left on device.\n"
    closed = shell(f"$OTTAWA {words} >&-", environment)
    assert closed.returncode == 70
    assert closed.stderr == "ottawa: cannot write the output: stdout is closed.\n"


def test_a_closed_stderr_changes_no_answer(environment: dict[str, str]) -> None:
    done = shell("$OTTAWA bound lithuania --as-of 2025-12-26 2>&-", environment)
    assert (done.returncode, done.stdout) == (0, "yes\n")
    for words, code in {"status lithuannia": 2, "": 2, "data": 2, "data check missing": 3}.items():
        for nowhere in ("2>/dev/full", "2>&-"):
            assert shell(f"$OTTAWA {words} {nowhere}", environment).returncode == code


def names(folder: Path) -> list[str]:
    """The names in a folder, hidden ones too."""
    return [entry.name for entry in folder.iterdir()]


ENCODINGS = [
    {"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp437"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "C",
     "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]  # fmt: skip


@pytest.mark.parametrize("variables", ENCODINGS, ids=str)
def test_an_old_encoding_loses_no_name(
    variables: dict[str, str], environment: dict[str, str]
) -> None:
    asked = [
        "status --all", "status --all --field name", "status --all --format json",
        "status --all --format csv", "status --all --format markdown", "explain lebanon --sources",
        "timeline --format table --sources", "timeline --format html --sources",
    ]  # fmt: skip
    commands = [[*words.split(), DAY] for words in asked]
    for done in started_once(*commands, cwd="/", env={**environment, **variables}):
        assert (done.returncode, done.stderr) == (0, b""), done.args
        encoding = variables.get("PYTHONIOENCODING", "utf-8")
        text = done.stdout.decode("utf-8" if "html" in done.args else encoding)
        if "status" in done.args:
            spelt = ["Türkiye", "Turkiye", "T\\u00fcrkiye"]
            assert sum(name in text for name in spelt) == 1, done.args
            assert "T?rkiye" not in text


FILES = ["données.yaml".encode(), "données.yaml".encode("latin-1"), b"\xff\n\x1b[2J"]
LOCALES = [{}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "latin-1"}, ENCODINGS[-1]]


@pytest.mark.parametrize("variables", LOCALES, ids=str)
@pytest.mark.parametrize("name", FILES, ids=ascii)
def test_a_file_of_any_name_is_spoken_of(
    name: bytes, variables: dict[str, str], environment: dict[str, str], record: Record,
    tmp_path: Path,
) -> None:  # fmt: skip
    """Whatever the locale: the name itself on stdout, no byte that is no text in a report."""
    (tmp_path / os.fsdecode(name)).write_text("extends: shipped\n", encoding="utf-8")
    wrong = b"wrong " + name
    (tmp_path / os.fsdecode(wrong)).write_text("extends: nothing\n", encoding="utf-8")
    asked = [b"timeline", b"lithuania", b"--data", name, b"--format"]
    checked, *told, refused = started_once(
        [b"data", b"check", name], [*asked, b"plain"], [*asked, b"ics"], [b"data", b"check", wrong],
        cwd=os.fsencode(tmp_path), env={**environment, **variables},
    )  # fmt: skip
    assert (checked.returncode, checked.stderr) == (0, b"")
    version = f": no fault found. Version {record.reviewed_on}+"
    assert checked.stdout.startswith(name + version.encode())
    for done in told:
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout
        assert b"\x1b" not in done.stdout
    assert (refused.returncode, refused.stdout) == (3, b"")
    assert len(refused.stderr.splitlines()) == 1  # a fault a line, whatever is in the name
    assert b"\x1b" not in refused.stderr


@pytest.mark.parametrize("variables", LOCALES, ids=str)
def test_an_installation_may_be_anywhere(
    variables: dict[str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    home = os.fsdecode(os.fsencode(tmp_path) + "/été/".encode() + b"\xff")
    shutil.copytree(ROOT / "src" / "ottawa_cli", Path(home) / "ottawa_cli")
    (Path(home) / "ottawa_cli" / "data").mkdir()
    shutil.copy(ROOT / "data" / "states.yaml", Path(home) / "ottawa_cli" / "data")
    done = subprocess.run(
        ["sh", "-c", f'cat "$({COMMAND} data path)"'], check=False, cwd="/", capture_output=True,
        env={**environment, **variables, "PYTHONPATH": home}, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (ROOT / "data" / "states.yaml").read_bytes()


def test_the_nearest_letters() -> None:
    assert transliteration.within("Türkiye Côte d’Ivoire “Łódź” – São…", "ascii") == (
        'Turkiye Cote d\'Ivoire "Lodz" - Sao...'
    )
    assert transliteration.within("Türkiye – Łódź", "cp1252") == "Türkiye – Lódz"
    assert transliteration.within("Україна", "ascii").encode().decode("unicode_escape") == "Україна"


def test_off_a_terminal_nothing_is_wrapped_or_coloured(process: Ottawa) -> None:
    for words in (["status"], ["status", "--format", "table"]):
        text = process(*words, DAY, FORCE_COLOR="0", TERM="xterm").stdout
        assert "\x1b" not in text
        assert max(map(len, text.splitlines())) > 200  # a note, whole on its line
    assert "\x1b[" in process("status", DAY, "--color", "always").stdout
    assert "\x1b[" in process("status", DAY, "--format", "table", FORCE_COLOR="1").stdout


def test_a_file_appears_whole_or_not_at_all(process: Ottawa, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    assert process("status", DAY, "--output", str(file), PYTHONIOENCODING="ascii").returncode == 0
    before = file.read_bytes()
    assert before.decode("utf-8").startswith("iso3,")
    file.chmod(0o640)
    again = process("status", "turkey", DAY, "--output", str(file), PYTHONIOENCODING="ascii")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert "Türkiye" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    failed = process("status", "lithuannia", DAY, "--output", str(file))
    assert failed.returncode == 2
    assert "Türkiye" in file.read_text(encoding="utf-8")
    assert names(tmp_path) == ["report.csv"]


def test_a_new_file_is_as_the_umask_has_it_and_its_name_as_long_as_any(
    environment: dict[str, str], tmp_path: Path
) -> None:
    name = "数" * 83 + ".csv"  # 253 bytes, of the 255 that a name may have
    for umask, mode in (("022", 0o644), ("077", 0o600), ("002", 0o664)):
        done = shell(f"cd {tmp_path}; umask {umask}; $OTTAWA status --output {name}", environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert names(tmp_path) == [name]
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode
        (tmp_path / name).unlink()


def test_a_link_is_followed_and_a_device_is_left_a_device(ottawa: Ottawa, tmp_path: Path) -> None:
    file, link = tmp_path / "real.txt", tmp_path / "link.txt"
    file.write_text("old", encoding="utf-8")
    link.symlink_to(file)
    file.chmod(0o604)
    assert ottawa("status", DAY, "--output", str(link)).returncode == 0
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    dangling = tmp_path / "dangling.txt"
    dangling.symlink_to(tmp_path / "new.txt")
    assert ottawa("status", DAY, "--output", str(dangling)).returncode == 0
    assert dangling.is_symlink()
    assert (tmp_path / "new.txt").is_file()
    assert "Estonia" in file.read_text(encoding="utf-8")
    assert ottawa("status", DAY, "--output", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()
    assert ottawa("status", DAY, "--output", "-").stdout.startswith("On 2026-11-23:")


def test_stdout_by_its_name_is_stdout(environment: dict[str, str], tmp_path: Path) -> None:
    """And not the file that it leads to, whose other lines would be lost."""
    lines = ["status lithuania", "evaluate cases.csv"]
    (tmp_path / "cases.csv").write_text("received_on\n", encoding="utf-8")
    for line in lines:
        ask = f"$OTTAWA {line} --as-of 2026-11-23 --output /dev/stdout"
        done = shell(f"cd {tmp_path}; {{ echo a; {ask}; echo b; }} > all; cat all", environment)
        assert (done.returncode, done.stderr) == (0, "")
        first, *_, last = done.stdout.splitlines()
        assert (first, last) == ("a", "b")
        assert len(done.stdout.splitlines()) > 2


def test_the_reader_of_a_named_pipe_may_leave(environment: dict[str, str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = shell(
        f"cd {tmp_path}; true < pipe & $OTTAWA status --all --format json --output pipe; echo $?",
        environment,
    )
    assert (done.stdout, done.stderr) == ("141\n", "")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("status", "--output", ""), 2, "--output '': name a file, or - for stdout."),
        (("evaluate", "-", "--output", ""), 2, "--output '': name a file, or - for stdout."),
        (("status", "--format", ""), 2, "--format '': choose table, plain, "),
        (("evaluate", "-", "--format", ""), 2, "--format '': choose csv, tsv or jsonl."),
        (("status", "--color", ""), 2, "--color '': choose auto, always or never."),
        (("status", "--data", ""), 3, ".: cannot be read: Is a directory."),
        (("data", "check", ""), 3, ".: cannot be read: Is a directory"),
    ],
)
def test_an_empty_text_is_not_taken_for_none(
    ottawa: Ottawa, words: tuple[str, ...], code: int, said: str
) -> None:
    """As where a script names a variable that nobody set."""
    done = ottawa(*words, stdin="received_on\n")
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.removeprefix("ottawa: ").startswith(said)


@pytest.mark.parametrize(
    "name", ["missing/report.csv", ".", "missing/", "/dev/full", "/proc/report.csv", "x" * 256]
)
def test_a_file_that_cannot_be_written_is_an_error(
    ottawa: Ottawa, tmp_path: Path, name: str
) -> None:
    done = ottawa("status", DAY, "--output", name, cwd=str(tmp_path))
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.startswith(f"ottawa: cannot write {name}: ")
    assert len(done.stderr.splitlines()) <= 2
    assert names(tmp_path) == []


def test_a_disk_that_fills_up_leaves_the_old_file(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "report.json").write_text("old", encoding="utf-8")
    # A limit on the size of files stands for a full disk: the write fails half-way.
    done = shell(
        f"cd {tmp_path}; ulimit -f 8; trap '' XFSZ;"
        " $OTTAWA status --all --format json --output report.json", environment,
    )  # fmt: skip
    assert done.returncode == 70
    assert done.stderr.startswith("ottawa: cannot write report.json: ")
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["report.json"]
