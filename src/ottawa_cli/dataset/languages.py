"""Names in all the languages of CLDR: a table beside the record, for a word that the record lacks.

It is searched as it stands: to read it into a table would cost more than all the rest of an answer.
"""

from __future__ import annotations

from ottawa_cli.dataset import shipped_path


def meanings(word: str) -> list[str]:
    """Whose name a folded word is: codes of States, English names of what is none."""
    text = shipped_path("names.tsv").read_bytes()
    at = text.find(f"\t{word}\t".encode())
    return text[text.rfind(b"\n", 0, at) + 1 : at].decode().split("; ") if at >= 0 else []
