"""A small record: of the shipped file few States, and what concerns none but them."""

from __future__ import annotations

import re

from ottawa_cli.dataset import shipped_path

# With one of everything: notices, objections, successions, days half known, notes of all sorts.
FEW = {
    "AUT", "BEL", "CAN", "CHE", "COD", "COG", "COL", "EST", "FIN", "ISR", "LBN", "LTU", "LVA",
    "MHL", "MNE", "NLD", "NOR", "NZL", "POL", "PSE", "RUS", "SDN", "SRB", "SSD", "TLS", "UKR",
    "YEM",
}  # fmt: skip
MOST = {"conflicts": 15, "events": 25, "refused_names": 5}  # the last among them


def text() -> str:
    """The file, with each entry as it is written in the shipped one."""
    whole = shipped_path().read_text("utf-8")
    codes = set(re.findall(r"(?m)^  ([A-Z]{3}):$", whole))
    kept, *parts = re.split(r"(?m)^(?=\w+:\n(?:- |  \w+: [\[{]|  [A-Z]{3}:\n))", whole)
    for part in parts:
        name = part.partition(":")[0]
        title, *entries = re.split(r"(?m)^(?=- )" if "\n- " in part else r"(?m)^(?=  \S)", part)
        if name == "sources":
            used = set(re.findall(r"[\w-]+", " ".join(re.findall(r"sources: \[(.*?)\]", kept))))
            entries = [entry for entry in entries if entry.partition(":")[0].strip() in used]
        else:
            entries = [entry for entry in entries if codes & _concerned(entry) <= FEW]
        if len(entries) > MOST.get(name, len(entries)):
            entries[MOST[name] - 1 : -1] = []
        kept += title + "".join(entries)
    return kept


def _concerned(entry: str) -> set[str]:
    """What may be the code of a State: a key, or all that a key has."""
    keys = re.findall(r"(?m)^  ([A-Z]{3}):$", entry)
    values = re.findall(r"(?m): \[?([A-Z]{3}(?:, [A-Z]{3})*)\]?$", entry)
    return {*keys, *", ".join(values).split(", ")}
