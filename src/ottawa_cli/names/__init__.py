"""What people call States: exact, reviewed tables. A name resolves or is refused, not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from ottawa_cli.names.spelling import fold

    return fold(text)


def slug(name: str) -> str:
    """A name as one word of lower-case letters and hyphens, which resolves as the name does."""
    return fold(name).replace(" ", "-")


def resolve(record: Record, name: str) -> str:
    """The alpha-3 code of the State that answers to `name`. Raises UnknownState.

    The record decides what a word means; only where it does not hold the word, the names in
    the languages of the world do.
    """
    if len(name) > LONGEST:
        raise UnknownState(f"no State has a name of {len(name)} characters", [])
    quick = name.lower()
    if name.isascii() and quick in record.index:
        return record.index[quick]
    word = fold(name)
    if word in record.index and not _only_like_a_code(name, word):
        return record.index[word]
    answers = {
        fold(refused): entry["answer"]
        for entry in record.raw.get("refused_names", ())
        for refused in entry["names"]
    }
    if word in answers:
        raise UnknownState(answers[word], [])
    several = {fold(w): codes for w, codes in record.raw.get("ambiguous_names", {}).items()}
    meant: list[str] = several.get(word) or [
        record.index.get(fold(one), one) for one in record.elsewhere(word)
    ]
    if len(meant) == 1 and meant[0] in record.iso3s:
        return meant[0]
    raise _unknown(record, name, word, meant, answers)


def _only_like_a_code(name: str, word: str) -> bool:
    """Whether a name is two letters of a code but for its accents: Áo, in Vietnamese Austria."""
    from unicodedata import normalize

    return len(word) == 2 and word.isascii() and not normalize("NFKC", name).isascii()


def _unknown(
    record: Record, name: str, word: str, meant: list[str], answers: dict[str, str]
) -> UnknownState:
    shown = name if len(name) <= 60 else name[:57] + "..."
    states = [f"{record.name(one)} ({one})" for one in meant if one in record.iso3s]
    if len(meant) > 1:
        others = [one for one in meant if one not in record.iso3s]
        kind = "places" if others else "States"
        question = " or ".join((*states, *others))
        return UnknownState(f"{shown!r} is the name of several {kind}: {question}?", states)
    if meant:
        told = f"{shown!r} is {meant[0]}, not among the {len(record.iso3s)} States of this record."
        return UnknownState(answers.get(fold(meant[0]), told), [])
    near = _near(word, [*record.index, *answers])
    near = [refused for refused in answers if f" {refused} " in f" {word} "] or near
    if near and near[0] in answers:  # more like what is refused than like any State
        return UnknownState(f"no State answers to {shown!r}. {answers[near[0]]}", [])
    codes = dict.fromkeys(record.index[match] for match in near if match in record.index)
    names = [record.name(code) for code in codes][:3]
    question = f" Did you mean {' or '.join(names)}?" if names else ""
    return UnknownState(f"no State answers to {shown!r}.{question}", names)


def _near(word: str, known: list[str]) -> list[str]:
    """The known words spelt much like `word`, nearest first."""
    if not 3 < len(word) <= 60:
        return []
    from difflib import get_close_matches

    return get_close_matches(word, known, n=6, cutoff=0.8)
