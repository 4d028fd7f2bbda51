"""JSON: one object, laid out to be read; where there are many States, each on a line of its own."""

from __future__ import annotations

import json

from ottawa_cli.render.machine_keys import Keys

MOST_LAID_OUT = 12  # States; more are not read but searched, and indenting is slow


def render(content: Keys, ascii_only: bool) -> str:
    """The text of an answer, whose last key is `states`."""
    *_, last = content
    assert last == "states"
    if len(content["states"]) <= MOST_LAID_OUT:
        return json.dumps(content, ensure_ascii=ascii_only, indent=2) + "\n"
    encode = json.JSONEncoder(ensure_ascii=ascii_only).encode
    head = json.dumps({**content, "states": []}, ensure_ascii=ascii_only, indent=2)
    states = ",\n".join("    " + encode(state) for state in content["states"])
    return head.removesuffix("]\n}") + f"\n{states}\n  ]\n}}\n"
