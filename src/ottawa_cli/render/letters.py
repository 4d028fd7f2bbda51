"""Text for a stream that cannot carry every character: nearest letters, never a lost name."""

from __future__ import annotations

import codecs
import unicodedata

# What no decomposition gives: letters, quotation marks and strokes.
NEAREST = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "ə": "a", "Ə": "A",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʻ": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
    "―": "-", "−": "-", "…": "...", "•": "-", "→": "->", "←": "<-", "×": "x", "№": "No.",
    "§": "Sec. ", "\xa0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip


def within(text: str, encoding: str) -> str:
    """`text` with each character that `encoding` lacks replaced by its nearest in it.

    A character with none is written as its number, ``\\u0416``: it can still be read back.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_nearest(char, encoding) for char in unicodedata.normalize("NFC", text))
    return text


def _nearest(char: str, encoding: str) -> str:
    for form in (char, NEAREST.get(char, ""), _base(char)):
        if form and _fits(form, encoding):
            return form
    return char.encode("ascii", "backslashreplace").decode("ascii")


def _base(char: str) -> str:
    """The letters of a character without their accents."""
    parts = unicodedata.normalize("NFKD", char)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _fits(text: str, encoding: str) -> bool:
    try:
        codecs.encode(text, encoding)
    except UnicodeEncodeError:
        return False
    return True
