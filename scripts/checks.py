"""Everything that must hold before a change lands. `.ci/run` runs it.

    bash .ci/run                 # all of it
    bash .ci/run style core      # only these steps
    bash .ci/run --list          # what the steps are
    bash .ci/run --without-tools # and leave out what needs a tool that is missing

The steps work on a copy of the files that git tracks, as they are now, so that nothing
ignored or forgotten can help; each environment is made afresh. README's commands come
first and alone. The other steps share the processors, and the first fault ends them all.
Only the standard library is used here. Exit status: 0 all held, 1 something did not,
2 there is no such step.
"""

from __future__ import annotations

import contextlib
import functools
import html.parser
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The versions of Python that the package says it supports, oldest first.
PYTHONS = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if ":: Python :: 3." in one]
OWN = "{}.{}".format(*sys.version_info)
WINDOWS = os.name == "nt"
# Thousands of computed cases each, alike on every Python: README's command runs them, once.
LONG = [
    "tests/record/test_forms_agree.py", "tests/record/test_mutations.py",
    "tests/rules/test_oracle.py", "tests/rules/test_partial_dates.py",
    "tests/rules/test_turning_points.py",
]  # fmt: skip
# They need a pseudo-terminal or a named pipe of Unix.
TERMINAL = ["tests/shells", "tests/terminal", "tests/record/test_hostile_files.py"]
# What tests of the outside world need, by the name of its Debian package.
TOOLS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"),
    "fish": ("fish",), "jq": ("jq",), "man-db": ("man",), "zsh": ("zsh",),
}  # fmt: skip


class Fault(Exception):
    """Something that must hold does not."""


class Stopped(Exception):
    """Another step has failed, so this one need not go on."""


class Workshop:
    """The folder that all steps work in: the copy of the tree, and what was started there."""

    def __init__(self, folder: Path, spare_tools: bool = False) -> None:
        self.folder, self.tree = folder, folder / "tree"
        self.spare_tools = spare_tools  # go on where one is missing
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COLUMNS", "COVERAGE", "OTTAWA_", "PYTHON", "VIRTUAL_ENV"))
        }
        if WINDOWS:
            self.environment["PYTHONUTF8"] = "1"
        self._running: set[subprocess.Popen[str]] = set()
        self.stopped = False
        self._lock = threading.Lock()
        self.dev_lock = threading.Lock()
        self.dev: Path | None = None

    def start(self, command: list[str], cwd: Path, told: int | None,
              variables: Mapping[str, str]) -> subprocess.Popen[str]:  # fmt: skip
        """Start a command, in a group of its own where the system has such."""
        with self._lock:
            if self.stopped:
                raise Stopped
            process = subprocess.Popen(
                command, cwd=cwd, env={**self.environment, **variables}, text=True,
                stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT,
                start_new_session=not WINDOWS,
            )  # fmt: skip
            self._running.add(process)
            return process

    def end(self, process: subprocess.Popen[str]) -> None:
        """End a command and, where the system can, all that it started."""
        if process.poll() is None and WINDOWS:
            process.kill()
        elif process.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it may end by itself just now
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._running.discard(process)

    def stop(self) -> None:
        """End what is running, and let nothing start."""
        with self._lock:
            self.stopped = True
            running = list(self._running)
        for process in running:
            self.end(process)


class Bench:
    """Where one step works: it runs commands in the workshop and keeps what they told."""

    def __init__(self, shop: Workshop, live: bool = False) -> None:
        self.shop, self.live = shop, live
        self.folder, self.tree = shop.folder, shop.tree
        self.told: list[str] = []

    def say(self, text: str) -> None:
        if self.live:
            print(text, flush=True)
        else:
            self.told.append(text)

    def run(
        self, *words: str | Path, cwd: Path | None = None, expect: int = 0, minutes: float = 10,
        variables: Mapping[str, str] | None = None,
    ) -> str:  # fmt: skip
        """Run a command to its end and return what it printed, unless that is shown at once.

        Raises Fault where the exit status is not the one expected, or the time is up.
        """
        command = [str(word) for word in words]
        shown = re.sub(r"\s+", " ", " ".join(command)).replace(str(self.folder), "…")
        self.say(f"$ {shown}")
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
            told = None if self.live else file.fileno()
            process = self.shop.start(command, cwd or self.tree, told, variables or {})
            status: int | None
            try:
                status = process.wait(minutes * 60)
            except subprocess.TimeoutExpired:
                status = None
            finally:
                self.shop.end(process)
            file.seek(0)
            answer = file.read()
        if self.shop.stopped:
            raise Stopped
        if status != expect:
            self.told += answer.splitlines()
            outcome = f"no end in {minutes:g} minutes" if status is None else f"status {status}"
            raise Fault(f"{outcome} from: {shown}")
        self.told += answer.splitlines()[-1:]
        return answer

    def environment(self, name: str, python: str, *install: str | Path) -> Path:
        """Make a virtual environment, install into it, and return its Python."""
        folder = self.folder / name
        self.run(python, "-m", "venv", folder)
        inside = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
        self.run(inside, "-m", "pip", "install", "-qq", *install)
        return inside

    def dev(self) -> Path:
        """The Python of the environment that CONTRIBUTING describes, made when first needed."""
        with self.shop.dev_lock:
            if self.shop.dev is None:
                editable = ("-e", f"{self.tree}[dev,docs]")
                self.shop.dev = self.environment("dev", sys.executable, *editable)
            return self.shop.dev


# --- what the machine has ---


def interpreter(version: str) -> str | None:
    """A Python of this version: this one, one on PATH, the launcher's, or pyenv's."""
    candidates = [[sys.executable]]
    if found := shutil.which(f"python{version}"):
        candidates.append([found])
    if WINDOWS and shutil.which("py"):
        candidates.append(["py", f"-{version}"])
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates += [[str(one)] for one in sorted(pyenv.glob(f"versions/{version}.*/bin/python"))]
    ask = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"
    for candidate in candidates:
        try:
            done = subprocess.run(
                [*candidate, "-c", ask], capture_output=True, text=True, check=True, timeout=60
            )
        except (OSError, subprocess.SubprocessError):
            continue  # pyenv's shim for a version not switched on; Debian's without venv
        said, executable = done.stdout.splitlines()
        if said == version:
            return executable
    return None


def missing_tools() -> list[str]:
    """The tools for which there is no command."""
    return [tool for tool, names in TOOLS.items() if not any(map(shutil.which, names))]


# --- the steps: the docstring of each is its title ---


def copy(bench: Bench) -> None:
    """A copy of the tree"""
    git = ["git", "-c", "core.quotePath=off", "ls-files"]
    tracked = subprocess.run(git, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if tracked.returncode or not (ROOT / ".git").exists():
        leave = shutil.ignore_patterns(".git", ".venv", ".*cache", "__pycache__", "site")
        shutil.copytree(ROOT, bench.tree, ignore=leave)
        bench.say("no checkout of git: all there is")
        return
    names = [name for name in tracked.stdout.splitlines() if (ROOT / name).exists()]
    for name in names:
        (bench.tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, bench.tree / name)
    others = subprocess.run(
        [*git, "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    bench.say(f"{len(names)} files")
    for name in others.stdout.splitlines():
        bench.say(f"not tracked by git, so left out: {name}")


def readme(bench: Bench) -> None:
    """README's two commands in a fresh copy: install and ask, install and test"""
    text = (bench.tree / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[:2]
    if len(commands) != 2:
        raise Fault("README.md does not begin with two commands")
    if WINDOWS:
        bench.say("not run here: they are written for a Unix shell")
        return
    fresh = bench.folder / "fresh"
    shutil.copytree(bench.tree, fresh)
    for command in commands:
        bench.run("bash", "-euc", command.strip(), cwd=fresh, minutes=20)


def tools(bench: Bench) -> None:
    """The tools that some tests need"""
    missing = missing_tools()
    root = not WINDOWS and os.geteuid() == 0
    spare, may = bench.shop.spare_tools, root or shutil.which("sudo")
    if missing and not spare and may and shutil.which("apt-get"):
        apt = [*([] if root else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive",
               "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]  # fmt: skip
        bench.run(*apt, "update")
        bench.run(*apt, "install", "-y", "--no-install-recommends", *missing)
        missing = missing_tools()
    if missing and not spare and sys.platform == "linux":
        raise Fault(f"missing: {', '.join(missing)}; install them, or say --without-tools")
    bench.say(f"ABSENT, and nothing tested with them: {', '.join(missing)}" if missing else
              f"present: {', '.join(TOOLS)}")  # fmt: skip


def style(bench: Bench) -> None:
    """Lint, layout and types"""
    python = bench.dev()
    bench.run(python, "-m", "ruff", "check", ".")
    bench.run(python, "-m", "ruff", "format", "--check", ".")
    bench.run(python, "-m", "mypy")


def core(bench: Bench) -> None:
    """Every branch of the core is taken by the tests of the core"""
    others = [f"tests/{part}" for part in ("docs", "render", "shells", "terminal")]
    leave = [*others, *(name for name in LONG if "record" in name)]
    python = bench.dev()
    ignored = [f"--ignore={name}" for name in leave]
    bench.run(python, "-m", "coverage", "run", "-m", "pytest", "-q", *ignored)
    bench.run(python, "-m", "coverage", "report")


def docs(bench: Bench) -> None:
    """Examples, generated pages and tables up to date; the site built, its links followed"""
    python = bench.dev()
    pages = [page for page in sorted(bench.tree.rglob("*.md"))
             if "[[[cog" in page.read_text(encoding="utf-8")]  # fmt: skip
    bench.run(python, "-m", "cogapp", "--check", *pages)
    bench.run(python, "scripts/export_csv.py", "--check")
    bench.run(python, "scripts/examples.py", "--check")
    bench.run(python, "-m", "zensical", "build", "--strict")
    if broken := list(broken_links(bench.tree / "site")):
        raise Fault("links of the site that lead nowhere:\n" + "\n".join(broken))


class Page(html.parser.HTMLParser):
    """The anchors of a page, and where its links go."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name == "id":
                self.anchors.add(value)
            if value and name in {"href", "src"}:
                self.links.add(value)


def broken_links(site: Path) -> Iterator[str]:
    """Each link within a built site to a file or an anchor that is not there."""
    read = functools.cache(Page)
    pages = [file for file in sorted(site.rglob("*.html")) if file.name != "404.html"]
    if not pages:
        yield f"{site}: no page"
    for page in pages:
        for link in sorted(read(page).links):
            to = urllib.parse.urlsplit(link)
            if to.scheme or to.netloc:
                continue
            target = (page.parent / urllib.parse.unquote(to.path)).resolve() if to.path else page
            target = target / "index.html" if target.is_dir() else target
            anchor = urllib.parse.unquote(to.fragment) if target.suffix == ".html" else ""
            if not target.is_file() or (anchor and anchor not in read(target).anchors):
                yield f"{page.relative_to(site)}: {link}"


INSIDE = {
    "ottawa_cli/py.typed", "ottawa_cli/data/states.yaml", "ottawa_cli/data/names.tsv",
    "ottawa_cli/render/result.schema.json",
}  # fmt: skip
# What a stranger tries first, and the exit status it ends with.
SMOKE = {
    ("--version",): 0,
    ("status", "lithuania"): 0,
    ("status", "lettland"): 0,
    ("timeline", "--conflict", "ukraine"): 0,
    ("explain", "lebanon"): 0,
    ("bound", "finland", "--as-of", "2026-01-09"): 0,
    ("bound", "finland", "--as-of", "2026-01-10"): 1,
    ("data", "check"): 0,
    ("data", "schema"): 0,
    ("status", "--all", "--format", "json"): 0,  # the last one is checked against the schema
}
COMPILED = (  # the record as the wheel carries it is in use: YAML is not even imported
    "import sys; from ottawa_cli.cli.main import run; run(['status', 'lithuania']); "
    "assert 'yaml' not in sys.modules"
)
VALIDATE = (
    "import json, sys, jsonschema; schema, answer = (json.load(open(name, encoding='utf-8'))"
    " for name in sys.argv[1:]); "
    "jsonschema.validate(answer, schema, jsonschema.Draft202012Validator); "
    "assert len(answer['states']) == 197; print('197 States, valid')"
)


def package(bench: Bench) -> None:
    """Wheel and sdist: the same bytes each time, installed alone, asked from /"""
    python = bench.dev()
    wheel, sdist = build_twice(bench, python)
    inside = zipfile.ZipFile(wheel)
    licences = [f".dist-info/licenses/{name}" for name in PROJECT["license-files"]]
    absent = INSIDE - set(inside.namelist())
    absent |= {one for one in licences if not any(n.endswith(one) for n in inside.namelist())}
    if absent:
        raise Fault(f"not in the wheel: {', '.join(sorted(absent))}")
    schema = bench.folder / "result.schema.json"
    schema.write_bytes(inside.read("ottawa_cli/render/result.schema.json"))
    for kind, file in (("wheel", wheel), ("sdist", sdist)):
        alone = bench.environment(f"alone-{kind}", sys.executable, file)
        bench.run(alone, "-m", "pip", "check")
        anywhere = Path(alone.anchor)
        for words, status in SMOKE.items():
            answer = bench.run(alone.parent / "ottawa", *words, cwd=anywhere, expect=status)
        bench.run(alone, "-c", COMPILED, cwd=anywhere)
        said = bench.folder / f"{kind}.json"
        said.write_text(answer, encoding="utf-8")
        bench.run(python, "-c", VALIDATE, schema, said)
        # Where the locale knows only ASCII, and with every warning an error.
        bench.run(
            alone, "-X", "utf8=0", "-W", "error", "-m", "ottawa_cli", "status", "--all",
            cwd=anywhere, variables={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        )  # fmt: skip


def build_twice(bench: Bench, python: Path) -> tuple[Path, Path]:
    """The wheel and the sdist, once it is known that another build gives the same bytes.

    The second is made from files of another age, at another place and hour, and its wheel
    from the tree where the first was made from the sdist.
    """
    first, second, elsewhere = (bench.folder / name for name in ("dist", "again", "else where"))
    shutil.copytree(bench.tree, elsewhere, ignore=shutil.ignore_patterns("site", ".*cache"))
    for file in elsewhere.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    other = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland"}
    bench.run(python, "-m", "build", "--outdir", first, bench.tree)
    for kind in ("--sdist", "--wheel"):
        bench.run(python, "-m", "build", kind, "--outdir", second, elsewhere, variables=other)
    for file in sorted(first.iterdir()):
        if file.read_bytes() != (second / file.name).read_bytes():
            raise Fault(f"two builds of {file.name} differ")
        bench.say(f"the same bytes twice: {file.name}")
    return next(first.glob("*.whl")), next(first.glob("*.tar.gz"))


def oldest(bench: Bench) -> None:
    """The tests with the oldest versions of the dependencies that are allowed"""
    version, python = next((one, it) for one in PYTHONS if (it := interpreter(one)))
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    pins = pinned(needed)
    constraints = bench.folder / "oldest.txt"
    constraints.write_text("\n".join(pins), encoding="utf-8")
    bench.say(f"Python {version}, {', '.join(pins)}")
    inside = bench.environment("oldest", python, f"{bench.tree}[test]", "-c", constraints)
    test(bench, inside)


def pinned(requirements: list[str]) -> list[str]:
    """Each requirement at the oldest version that it allows."""
    return [re.sub(r"^([\w.-]+)(?:\[\w+\])?>=([\d.]+).*$", r"\1==\2", one) for one in requirements]


def newest(version: str, bench: Bench) -> None:
    """The tests on one version of Python, with the newest dependencies."""
    python = interpreter(version)
    if python is None:
        bench.say(f"ABSENT: no Python {version} on this machine, so nothing was tested on it")
        return
    inside = bench.environment(f"python{version}", python, f"{bench.tree}[test]")
    test(bench, inside, long=WINDOWS and version == OWN)


def test(bench: Bench, python: Path, long: bool = False) -> None:
    """Run the tests; every one of them must run."""
    leave = [*([] if long else LONG), *(TERMINAL if WINDOWS else [])]
    ignored = [f"--ignore={name}" for name in leave]
    every = sys.platform == "linux" and not bench.shop.spare_tools
    variables = {"OTTAWA_ALL_TOOLS": "1"} if every else {}
    answer = bench.run(python, "-m", "pytest", "-q", *ignored, minutes=20, variables=variables)
    if every and "skipped" in answer.splitlines()[-1]:
        raise Fault("a skipped test tests nothing")


# --- all of them ---

Step = Callable[[Bench], None]
STEPS: dict[str, tuple[str, Step]] = {
    **{step.__name__: (step.__doc__ or "", step)
       for step in (readme, tools, style, core, docs, package, oldest)},
    **{f"python{version}": (f"The tests on Python {version}", functools.partial(newest, version))
       for version in PYTHONS},
}  # fmt: skip
ALONE = ("readme", "tools")


def main(arguments: list[str]) -> int:
    """Take the steps asked for, or all. Returns the exit status."""
    if arguments == ["--list"]:
        for name, (title, _) in STEPS.items():
            print(f"{name:<12}{title}")
        return 0
    spare_tools = "--without-tools" in arguments
    arguments = [word for word in arguments if word != "--without-tools"]
    if unknown := sorted(set(arguments) - set(STEPS)):
        print(f"no such step: {', '.join(unknown)}; see --list", file=sys.stderr)
        return 2
    # README's command has tested on this Python, except where it does not run.
    tested = set() if WINDOWS else {f"python{OWN}"}
    chosen = [name for name in STEPS if name in (arguments or set(STEPS) - tested)]
    if any(name in {"oldest", *(f"python{version}" for version in PYTHONS)} for name in chosen):
        chosen.append("tools")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ottawa-checks-", ignore_cleanup_errors=True) as folder:
        shop = Workshop(Path(folder).resolve(), spare_tools)
        try:
            held = take(shop, "copy", copy.__doc__ or "", copy, live=True)
            for name in ALONE:
                held = held and (name not in chosen or take(shop, name, *STEPS[name], live=True))
            held = held and side_by_side(shop, [name for name in chosen if name not in ALONE])
        finally:
            shop.stop()
    print(f"\n{'All held' if held else 'Not all held'}: {time.monotonic() - start:.0f} s")
    return 0 if held else 1


def take(shop: Workshop, name: str, title: str, step: Step, live: bool = False) -> bool:
    """Take one step and show it, as it goes or when it is over. Returns whether all held."""
    start, bench = time.monotonic(), Bench(shop, live)
    heading = f"\n== {name}: {title}"
    if live:
        print(heading, flush=True)
    failed = []
    try:
        step(bench)
    except Stopped:
        print(f"\n== {name}: stopped", flush=True)
        return False
    except (Fault, OSError, subprocess.SubprocessError) as fault:
        failed = [f"FAILED: {fault}"]
    told = [] if live else [heading, *bench.told]
    print("\n".join([*told, *failed, f"-- {name}: {time.monotonic() - start:.0f} s"]), flush=True)
    return not failed


def side_by_side(shop: Workshop, names: list[str]) -> bool:
    """Take steps, as many at once as there are processors. The first fault ends them all."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        taken = [pool.submit(take, shop, name, *STEPS[name]) for name in names]
        for one in as_completed(taken):
            if not one.result():
                shop.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
