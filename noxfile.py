"""Everything that must hold before a change lands: each session is one check.

    bash .ci/run                      # all of it
    bash .ci/run style docs           # only these sessions
    bash .ci/run --list               # what the sessions are
    bash .ci/run -- --without-tools   # on Linux: leave out the tests for which a tool is missing

`.ci/run` brings nox and a copy of the files that git tracks, as they are now, so that nothing
ignored or forgotten can help. `nox` alone takes the checkout as it lies there.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2026.8.10"  # the first that takes sessions side by side
nox.options.download_python = "never"  # a Python that is absent is reported, not fetched,
nox.options.error_on_missing_interpreters = False  # and no fault
signal.signal(signal.SIGTERM, signal.default_int_handler)  # nox then ends what it has started

# Each Python of pyenv can be found, not only the one that is switched on.
pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *map(str, pyenv.glob("versions/*/bin"))])

WINDOWS = os.name == "nt"
PYPROJECT = nox.project.load_toml()
PROJECT = PYPROJECT["project"]
OWN = "{}.{}".format(*sys.version_info)
# README's command has run the tests on this Python, except where that command does not run.
PYTHONS = [one for one in nox.project.python_versions(PYPROJECT) if WINDOWS or one != OWN]
# What tests of the outside world need, by the name of its Debian package.
TOOLS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"),
    "cairosvg": ("cairosvg",), "libreoffice-draw": ("soffice", "libreoffice"),
    "librsvg2-bin": ("rsvg-convert",), "pandoc": ("pandoc",),
    "fish": ("fish",), "jq": ("jq",), "man-db": ("man",), "zsh": ("zsh",),
}  # fmt: skip


def demanded(session: nox.Session) -> bool:
    """Whether this machine is meant to have all the tools."""
    return sys.platform == "linux" and "--without-tools" not in session.posargs


def missing() -> list[str]:
    """The tools for which there is no command."""
    return [tool for tool, names in TOOLS.items() if not any(map(shutil.which, names))]


def fresh(session: nox.Session, name: str) -> Path:
    """A fresh clone of what is committed. (`.ci/run` has committed its copy.)"""
    clone = Path(session.create_tmp(), name).resolve()
    shutil.rmtree(clone, ignore_errors=True)
    session.run("git", "clone", "--quiet", ".", clone, external=True)
    return clone


def test(session: nox.Session, *words: str) -> None:
    """Run tests and print what they say. Where all tools are demanded, none may be skipped."""
    variables = {"OTTAWA_ALL_TOOLS": "1"} if demanded(session) else {}
    said = session.run("python", "-m", *words, env=variables, silent=True) or ""
    print(said, flush=True)
    if variables and "skipped" in "".join(said.splitlines()[-1:]):
        session.error("a skipped test tests nothing")


@nox.session(venv_backend="none")
def readme(session: nox.Session) -> None:
    """README's two commands as they stand, each in a fresh clone: install and ask, and test."""
    text = Path("README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[:2]
    if len(commands) != 2:
        session.error("README.md does not begin with two commands")
    if WINDOWS:
        session.skip("README's commands are written for a Unix shell")
    kept = re.compile(r"HOME|PATH|PIP_.*|(https?|no)_proxy", re.IGNORECASE)
    environment = {name: value for name, value in os.environ.items() if kept.fullmatch(name)}
    for number, command in enumerate(map(str.strip, commands), start=1):
        folder = fresh(session, f"fresh-{number}")
        session.log(command)
        process = subprocess.Popen(
            ["bash", "-euc", command], cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            if status := process.wait(timeout=20 * 60):
                session.error(f"exit status {status} from: {command}")
        except subprocess.TimeoutExpired:
            session.error(f"no end in 20 minutes: {command}")
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)  # with all that it has started


@nox.session(venv_backend="none")
def tools(session: nox.Session) -> None:
    """The programs that some tests need: installed on Debian where that is allowed."""
    sudo = ["sudo", "-n"] if not WINDOWS and os.geteuid() else []
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if demanded(session) and missing() and all(map(shutil.which, (apt[0], "apt-get"))):
        for words in (["update"], ["install", "-y", "--no-install-recommends", *missing()]):
            session.run(*apt, *words, success_codes=range(256))  # what counts is what is there then
    absent = ", ".join(missing())
    if absent and demanded(session):
        session.error(f"missing: {absent}; install them, or add: -- --without-tools")
    session.log(f"ABSENT, and nothing tested with them: {absent}" if absent else "all present")


@nox.session(allow_parallel=True)
def style(session: nox.Session) -> None:
    """Lint, layout and types; no path of a machine and no registry in any file."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    places = r"(^|[^[:alnum:]])/(home|root|Users|tmp|work|opt)/|py[p]i\.org|python[h]osted"
    session.run("git", "grep", "-nIE", places, external=True, success_codes=[1])


@nox.session(allow_parallel=True, requires=["tools"])
def core(session: nox.Session) -> None:
    """Every branch of the core is taken by the tests of the core."""
    session.install("-e", ".[dev]")
    others = [f"--ignore=tests/{name}" for name in ("docs", "render", "shells", "terminal")]
    one = "-n0"  # process, for nothing else is counted
    test(session, "coverage", "run", "-m", "pytest", "-q", one, "-m", "not long", *others)
    session.run("coverage", "report")


@nox.session(allow_parallel=True, requires=["tools"])
def docs(session: nox.Session) -> None:
    """Examples, generated pages and tables up to date; the site built, each page opened."""
    session.install("-e", ".[dev,docs]", "pandas")
    every = sorted(Path("docs").rglob("*.md"))
    pages = [page for page in every if "[[[cog" in page.read_text(encoding="utf-8")]
    session.run("cog", "--check", *pages)
    for script in ("export_csv", "man_page", "examples"):
        session.run("python", f"scripts/{script}.py", "--check")
    recipes = Path("docs/how-to/recipes.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", recipes, re.MULTILINE | re.DOTALL)
    with session.chdir(session.create_tmp()):
        session.run("ottawa", "status", "--all", "--as-of=2026-11-23", "--output=states.csv")
        session.run("python", "-c", "\n".join(blocks))  # they hold what they say, with asserts
    session.run("zensical", "build", "--strict")
    session.run("python", "scripts/site.py")
    if demanded(session):
        session.run("python", "tests/crawl.py", "site")
        session.run("python", "tests/site_search.py", "site")
    else:
        session.log("NO BROWSER DEMANDED: no page of the site was opened in one")


@nox.session(allow_parallel=True)
def build(session: nox.Session) -> None:
    """Wheel and sdist: the same bytes at another place and hour, and in them what belongs there.

    And a valid CITATION.cff: what judges it does not go with what the tests need.
    """
    session.install("build", "cffconvert", *PYPROJECT["build-system"]["requires"])
    session.run("cffconvert", "--validate")
    first, again = session.cache_dir.resolve() / "dist", session.cache_dir.resolve() / "again"
    for folder in (first, again):
        shutil.rmtree(folder, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", first, fresh(session, "here"))
    elsewhere = fresh(session, "else where")
    for file in elsewhere.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    for kind in ("--sdist", "--wheel"):  # this wheel from the tree, the first one from the sdist
        session.run("python", "-m", "build", kind, "--no-isolation", "--outdir", again, elsewhere,
                    env={"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland"})  # fmt: skip
    for file in sorted(first.iterdir()):
        if file.read_bytes() != (again / file.name).read_bytes():
            session.error(f"two builds of {file.name} differ")
    inside = zipfile.ZipFile(next(first.glob("*.whl"))).namelist()
    expected = [f"/licenses/{name}" for name in PROJECT["license-files"]]
    expected += ["/py.typed", "/render/result.schema.json"]
    expected += ["/data/states.yaml", "/data/names.tsv", "/data/commentary.toml"]
    expected += ["/data/clauses.yaml", "/data/clauses.json"]
    expected += ["/share/man/man1/ottawa.1"]
    if absent := [one for one in expected if not any(name.endswith(one) for name in inside)]:
        session.error(f"not in the wheel: {', '.join(absent)}")


# What a stranger tries first; the exit status it ends with; what the answer holds.
SMOKE = [
    ("--version", 0, "ottawa "),
    ("status lithuania --as-of 2025-12-27", 0, "WITHDRAWN. Not bound."),
    ("status lettland", 0, "Latvia (LVA)"),
    ("timeline --conflict ukraine", 0, "Ukraine (UKR)"),
    ("explain lebanon", 0, "Lebanon (LBN)"),
    ("bound finland --as-of 2026-01-09", 0, "yes\n"),
    ("bound finland --as-of 2026-01-10", 1, "no\n"),
    ("count --every year --format csv", 0, "2025-12-31,133,163,163,163"),
    ("cite lithuania", 0, "Depositary notification C.N.362.2025"),
    ("data check", 0, "197 states"),
    ("data schema", 0, '"$schema"'),
    ("evaluate - --as-of 2026-11-23", 0, "withdrawn,2025-12-27"),
    ("status --all --format json", 0, '"LTU"'),
]
TABLE = "received_on\n2025-06-27\n"  # what `evaluate` reads from its input
TYPED = {  # what bash sets where TAB is pressed
    "_OTTAWA_COMPLETE": "complete_bash", "COMP_WORDS": "ottawa status lith", "COMP_CWORD": "2",
}  # fmt: skip
COMPILED = (  # the record as the wheel carries it is in use: YAML is not even imported
    "import sys; from ottawa_cli.cli.main import run; run(['status', 'lithuania']); "
    "assert 'yaml' not in sys.modules"
)
VALIDATE = (
    "import json, sys, importlib.resources as inside, jsonschema; "
    "schema = inside.files('ottawa_cli') / 'render' / 'result.schema.json'; "
    "answer = json.load(open(sys.argv[1], encoding='utf-8')); "
    "jsonschema.Draft202012Validator(json.loads(schema.read_bytes())).validate(answer); "
    "assert len(answer['states']) == 197"
)


@nox.session(allow_parallel=True, requires=["build"])
@nox.parametrize("kind", ["whl", "tar.gz"], ids=["wheel", "sdist"])
def installed(session: nox.Session, kind: str) -> None:
    """What was built, installed alone and asked from the root of the disk."""
    session.install(*map(str, session.cache_dir.resolve().glob(f"dist/*.{kind}")))
    session.run("python", "-m", "pip", "check")
    answer = Path(session.create_tmp(), "answer.json").resolve()
    session.chdir(answer.anchor)
    for words, status, holds in SMOKE:
        done = subprocess.run(
            [Path(session.bin, "ottawa"), *words.split()], input=TABLE, capture_output=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        session.log(f"ottawa {words}: exit status {done.returncode}")
        if done.returncode != status or holds not in done.stdout:
            session.error(f"not {status} and {holds!r}, but: {done.stdout}{done.stderr}")
    answer.write_text(done.stdout, encoding="utf-8")
    if session.run("ottawa", env=TYPED, silent=True) != "lithuania\n":
        session.error("completion does not complete")
    session.run("python", "-c", COMPILED, silent=True)
    # Where the locale knows only ASCII, and with every warning an error.
    session.run("python", "-X", "utf8=0", "-W", "error", "-m", "ottawa_cli", "status", "--all",
                env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, silent=True)  # fmt: skip
    session.install("jsonschema")
    session.run("python", "-c", VALIDATE, answer)


@nox.session(allow_parallel=True, requires=["tools"])
def oldest(session: nox.Session) -> None:
    """The tests with the oldest versions of the dependencies that are allowed."""
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    found = [re.match(r"([\w.-]+)(?:\[\w+\])?>=([\d.]+)", one) for one in needed]
    pins = [f"{one[1]}=={one[2]}" for one in found if one]
    if len(pins) < len(needed):
        session.error(f"a requirement names no oldest version: {', '.join(needed)}")
    session.install(".[test]", *pins)
    test(session, "pytest", "-q", "-m", "not long")


@nox.session(allow_parallel=True, requires=["tools"], python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests on the other versions of Python, README's command having run them on this one."""
    session.install(".[test]")
    test(session, "pytest", "-q", *([] if session.python == OWN else ["-m", "not long"]))
