"""What people call States: exact, reviewed tables. A name resolves or is refused, not guessed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

LONGEST = 120  # characters; the longest name of the record has half of them


class UnknownState(ValueError):
    """No single State answers to a name; the message says why, `suggestions` what was near."""

    def __init__(self, message: str, suggestions: list[str]) -> None:
        super().__init__(message)
        self.suggestions = suggestions


def slug(name: str) -> str:
    """A name as one word of lower-case letters and hyphens, which resolves as the name does."""
    from ottawa_cli.names.spelling import fold

    return fold(name).replace(" ", "-")


class Names(NamedTuple):
    """What the States of a record answer to.

    `states` has what is on record of each State, by alpha-3 code, its name among it, and `words`
    leads from every folded name to the code. `ambiguous` has the codes of words that several States
    answer to, `refused` the words that no State does, with what to tell. `elsewhere` gives the
    table of names in the languages of the world, which is searched as it stands: to read it into
    memory would cost more than all the rest of an answer.
    """

    states: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, str]
    ambiguous: Mapping[str, list[str]]
    refused: Iterable[Mapping[str, Any]]
    elsewhere: Callable[[], bytes]

    def shown(self, iso3: str) -> str:
        """The name a State is shown by."""
        name: str = self.states[iso3]["name"]
        return name

    def resolve(self, name: str) -> str:
        """The alpha-3 code of the State that answers to `name`. Raises UnknownState.

        The record decides what a word means; only where it does not hold the word, the names in
        the languages of the world do.
        """
        if len(name) > LONGEST:
            raise UnknownState(f"no State has a name of {len(name)} characters", [])
        if name.isascii() and name.lower() in self.words:
            return self.words[name.lower()]
        from ottawa_cli.names.spelling import fold

        word = fold(name)
        if word in self.words and not _only_like_a_code(name, word):
            return self.words[word]
        answers = {
            fold(refused): entry["answer"] for entry in self.refused for refused in entry["names"]
        }
        if word in answers:
            raise UnknownState(answers[word], [])
        ambiguous = {fold(text): codes for text, codes in self.ambiguous.items()}
        meant = ambiguous.get(word) or [
            self.words.get(fold(owner), owner) for owner in _owners(word, self.elsewhere())
        ]
        quoted = repr(name if len(name) <= 60 else name[:57] + "...")
        if not meant:
            raise self._unknown(quoted, word, answers)
        if len(meant) > 1:
            raise self._several(quoted, meant)
        if meant[0] in self.states:
            return meant[0]
        no_state = f"{quoted} is {meant[0]}, not among the {len(self.states)} States of this record"
        raise UnknownState(answers.get(fold(meant[0]), f"{no_state}."), [])

    def _several(self, quoted: str, meant: list[str]) -> UnknownState:
        states = [f"{self.shown(code)} ({code})" for code in meant if code in self.states]
        others = [place for place in meant if place not in self.states]
        kind = "places" if others else "States"
        question = " or ".join((*states, *others))
        return UnknownState(f"{quoted} is the name of several {kind}: {question}?", states)

    def _unknown(self, quoted: str, word: str, answers: dict[str, str]) -> UnknownState:
        near = _near(word, [*self.words, *answers])
        near = [refused for refused in answers if f" {refused} " in f" {word} "] or near
        if near and near[0] in answers:  # more like what is refused than like any State
            return UnknownState(f"no State answers to {quoted}. {answers[near[0]]}", [])
        codes = dict.fromkeys(self.words[match] for match in near if match in self.words)
        names = [*map(self.shown, codes)][:3]
        question = f" Did you mean {' or '.join(names)}?" if names else ""
        return UnknownState(f"no State answers to {quoted}.{question}", names)


def _only_like_a_code(name: str, word: str) -> bool:
    """Whether a name is two letters of a code but for its accents: Áo, in Vietnamese Austria."""
    from unicodedata import normalize

    return len(word) == 2 and word.isascii() and not normalize("NFKC", name).isascii()


def _owners(word: str, table: bytes) -> list[str]:
    """Whose name a folded word is: codes of States, English names of what is none."""
    end = table.find(f"\t{word}\t".encode())
    return table[table.rfind(b"\n", 0, end) + 1 : end].decode().split("; ") if end >= 0 else []


def _near(word: str, known: list[str]) -> list[str]:
    """The known words spelt much like `word`, nearest first."""
    if not 3 < len(word) <= 60:
        return []
    from difflib import get_close_matches

    return get_close_matches(word, known, n=6, cutoff=0.8)
