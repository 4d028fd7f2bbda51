"""What people call States: an exact, reviewed table. A name resolves or it is refused; never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ottawa_cli.dataset.record import Record


LONGEST = 120  # characters; the longest name of the record has half of them


class UnknownState(ValueError):
    """No single State answers to a name; the message says why, `suggestions` what was near."""

    def __init__(self, message: str, suggestions: list[str]) -> None:
        super().__init__(message)
        self.suggestions = suggestions


def fold(text: str) -> str:
    """The form in which names are compared: no case, accents, punctuation or leading "the"."""
    from ottawa_cli.folding import fold

    return fold(text)


def build_index(raw: dict[str, Any]) -> dict[str, str]:
    """Folded name -> alpha-3 code, from the raw record; ambiguous words are left out."""
    ambiguous = {fold(word) for word in raw.get("ambiguous_names", ())}
    index: dict[str, str] = {}
    for iso3, state in raw["states"].items():
        names = (iso3, state["iso2"], state["name"], state.get("un_name", iso3),
                 *state.get("other_names", ()))  # fmt: skip
        for name in names:
            word = fold(name)
            if word not in ambiguous:
                index[word] = iso3
    return index


def resolve(record: Record, name: str) -> str:
    """The alpha-3 code of the State that answers to `name`. Raises UnknownState."""
    if len(name) > LONGEST:
        raise UnknownState(f"no State has a name of {len(name)} characters", [])
    quick = name.lower()
    if name.isascii() and quick in record.index:
        return record.index[quick]
    word = fold(name)
    if word in record.index:
        return record.index[word]
    raise _unknown(record, name, word)


def _unknown(record: Record, name: str, word: str) -> UnknownState:
    shown = name if len(name) <= 60 else name[:57] + "..."
    candidates = {fold(w): codes for w, codes in record.raw.get("ambiguous_names", {}).items()}
    if word in candidates:
        names = [f"{record.name(code)} ({code})" for code in candidates[word]]
        return UnknownState(f"{shown!r} is the name of several States: {' or '.join(names)}?", names)
    for refused in record.raw.get("refused_names", ()):
        if word in map(fold, refused["names"]):
            return UnknownState(refused["answer"], [])
    near = suggest(record, word)
    question = f" Did you mean {' or '.join(near)}?" if near else ""
    return UnknownState(f"no State answers to {shown!r}.{question}", near)


def suggest(record: Record, word: str) -> list[str]:
    """Up to three States whose names are spelt much like `word`, nearest first."""
    if not 3 < len(word) <= 60:
        return []
    from difflib import get_close_matches

    near = get_close_matches(word, record.index, n=6, cutoff=0.75)
    codes = dict.fromkeys(record.index[match] for match in near)
    return [record.name(code) for code in codes][:3]
