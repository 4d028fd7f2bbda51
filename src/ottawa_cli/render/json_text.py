"""JSON: one object, laid out to be read; where its last key holds many entries, each on a line."""

from __future__ import annotations

import json

from ottawa_cli.inquiry.keys import Keys

MOST_LAID_OUT = 12  # States or rows; more are not read but searched, and indenting is slow


def render(content: Keys, ascii_only: bool) -> str:
    """The text of an answer, whose last key is a list, such as `states`."""
    *_, last = content
    if len(content[last]) <= MOST_LAID_OUT:
        return json.dumps(content, ensure_ascii=ascii_only, indent=2) + "\n"
    encode = json.JSONEncoder(ensure_ascii=ascii_only).encode
    head = json.dumps({**content, last: []}, ensure_ascii=ascii_only, indent=2)
    entries = ",\n".join("    " + encode(entry) for entry in content[last])
    return head.removesuffix("]\n}") + f"\n{entries}\n  ]\n}}\n"
