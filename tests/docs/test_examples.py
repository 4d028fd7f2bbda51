"""Every example of the documentation is run: what it shows is what a reader gets."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import crawl
from conftest import tool

ROOT = Path(__file__).parent.parent.parent
PYTHON = re.compile(r"^```pycon\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_a_console_block_prints_what_it_shows(example: Any) -> None:
    assert example.commands, "a console block without a command"
    for name in ("bash", *example.lacks):
        tool(name)
    assert example.run() == example.body, "stale: run python scripts/examples.py"


def test_a_picture_is_what_its_command_draws() -> None:
    tool("bash")
    pictures = sorted((ROOT / "docs" / "pictures").glob("*"))
    assert pictures
    words = [sys.executable, ROOT / "scripts" / "examples.py", "--check", *pictures]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"stale: run python scripts/examples.py\n{done.stdout}"


def test_what_is_copied_of_a_block_is_what_is_typed(tmp_path: Path) -> None:
    """The site's button copies the text that shows while the block has this attribute."""
    shutil.copy(ROOT / "docs" / "copy.css", tmp_path)
    (tmp_path / "page.html").write_text(
        """<html lang="en"><head><title>x</title><link rel="stylesheet" href="copy.css"></head>
        <body><main><h1>x</h1><pre><code data-md-copying><span class="gp">$ </span>ottawa status
<span class="gp">&gt; </span>--all
<span class="go">Lithuania</span>
</code></pre></main></body></html>""",
        encoding="utf-8",
    )
    words = "document.querySelector('code').innerText.trimEnd()"
    told = crawl.crawl(tmp_path, ["page.html"], tool(*crawl.BROWSERS), words)
    assert told["page.html"]["measured"] == "ottawa status\n--all"


def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path) -> None:
    """The ``pycon`` blocks of one page are one session."""
    text = page.read_text(encoding="utf-8")
    session = "\n".join(textwrap.dedent(block["body"]) for block in PYTHON.finditer(text))
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert outcome.failed == 0, "".join(said)


def test_every_block_says_what_it_is(page: Path) -> None:
    """A block without a language would be an example that nothing runs."""
    fences = re.findall(r"^(```.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    opening = set(fences[::2])
    known = {"```console", "```pycon", "```sh", "```yaml", "```json", "```text", "```python"}
    assert opening <= known
    assert all(fence == "```" for fence in fences[1::2])
