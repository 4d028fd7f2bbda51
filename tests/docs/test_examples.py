"""Every example of the documentation is run: what it shows is what a reader gets."""

from __future__ import annotations

import doctest
import re
import textwrap
from pathlib import Path
from typing import Any

from conftest import tool

PYTHON = re.compile(r"^```pycon\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_a_console_block_prints_what_it_shows(example: Any) -> None:
    assert example.commands, "a console block without a command"
    for name in ("bash", *example.lacks):
        tool(name)
    assert example.run() == example.body, "stale: run python scripts/examples.py"


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
