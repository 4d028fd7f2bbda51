"""One spelling for all the ways people write the name of a State.

`fold` is applied to both sides: to the names in the table and to what a reader types. Two names
are the same exactly when they fold to the same string; nothing is compared approximately.
"""

from __future__ import annotations

import re
import unicodedata

# Typed as apostrophes, or written in a name where others type one: quotation
# marks, primes, the okina of Polynesian languages, the Hebrew geresh.
_APOSTROPHES = dict.fromkeys(
    "\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\ua78c\u05f3`\u00b4\uff07", "'"
)
# An acute accent on its own decomposes to a space and a mark: replaced first.
_BEFORE = str.maketrans(_APOSTROPHES)
# Letters that Unicode does not decompose, written the way keyboards without them write them; and
# Arabic letters that Arabic, Persian and Urdu keyboards encode differently. Applied after
# casefold, so lower case is enough.
_LETTERS = str.maketrans({
    **_APOSTROPHES,  # again: some come out of decomposition
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h",
    "ə": "e", "æ": "ae", "œ": "oe", "þ": "th",
    "\u0671": "\u0627",  # alef wasla: alef
    "\u0649": "\u064a", "\u06cc": "\u064a",  # alef maksura, Persian yeh: yeh
    "\u06a9": "\u0643",  # Persian kaf: kaf
    "\u06c1": "\u0647", "\u0629": "\u0647", "\u06c3": "\u0647",  # Urdu heh, teh marbuta: heh
    "\u0640": None,  # tatweel, only stretches a word
    "\u17b4": None, "\u17b5": None,  # Khmer inherent vowels, invisible
    "\u034f": None,  # combining grapheme joiner
    **{chr(code): None for code in range(0xFE00, 0xFE10)},  # variation selectors
})  # fmt: skip
# After _plain() only ASCII can be a separator.
_SEPARATOR = r"\x00-/:-@\[-`{-\x7f"
_SEPARATORS = re.compile(rf"[{_SEPARATOR}]+")
_INNER_APOSTROPHE = re.compile(rf"(?<=[^{_SEPARATOR}])'(?=[^{_SEPARATOR}])")
_ABBREVIATION = re.compile(
    rf"(?:(?<=[{_SEPARATOR}])|^)[^{_SEPARATOR}](?:\.[^{_SEPARATOR}])+(?=[{_SEPARATOR}]|$)"
)
_ARTICLES = re.compile(r"^(?:the )+(?=.)")


def fold(text: str) -> str:
    """Reduce a name to the form in which names are compared.

    Case, accents, punctuation and a leading "the" do not matter; "&" is "and", a leading "St."
    is "Saint", and the dots of an abbreviation go. Letters are never reordered, guessed or left
    out, so names that differ in a letter stay different. Folding again changes nothing. It is
    empty when `text` holds no letter or digit.
    """
    text = text.lower() if text.isascii() else _plain(text)
    if "&" in text or "`" in text:
        text = text.replace("`", "'").replace("&", " and ")
    if "'" in text:
        text = _INNER_APOSTROPHE.sub("", text)
    if "." in text:
        text = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    text = _SEPARATORS.sub(" ", text).strip(" ")
    if text.startswith("the "):
        text = _ARTICLES.sub("", text)
    if text.startswith("st "):
        text = "saint " + text[3:]
    return text


def _plain(text: str) -> str:
    """Casefold and strip a text that is not ASCII, leaving ``'``, ``.`` and ``&`` as found."""
    text = unicodedata.normalize("NFKD", text.translate(_BEFORE)).casefold()
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    # NFC puts Hangul and kana together again; what it recomposes was kept whole.
    return unicodedata.normalize("NFC", text.translate(_KEPT))


class _Kept(dict[int, str]):
    """What stays of each decomposed character: itself, nothing, or a separator."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        stays = char.isascii() or category[0] in "LN" or category == "Mc"
        if category == "Mn":
            # Canonical combining classes: 1 strikes a letter through, 10 to 36 are Hebrew, Arabic
            # and Syriac points, 200 and up are accents. The rest (vowel signs, viramas, nuktas,
            # tone marks, kana voicing) tell one word from another.
            placed = unicodedata.combining(char)
            stays = not (placed == 1 or 10 <= placed <= 36 or placed >= 200)
        gone = "" if category in ("Mn", "Cf", "Me") else " "
        return self.setdefault(code, char if stays else gone)


_KEPT = _Kept()
