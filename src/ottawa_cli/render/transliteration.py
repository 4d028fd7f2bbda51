"""Text for a stream that cannot carry every character: nearest letters, never a lost name."""

from __future__ import annotations

import unicodedata

# What no decomposition gives: letters, quotation marks and strokes.
NEAREST = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "ə": "a", "Ə": "A",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʻ": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
    "―": "-", "−": "-", "•": "-", "→": "->", "←": "<-", "×": "x", "№": "No.", "§": "Sec. ",
}  # fmt: skip


def within(text: str, encoding: str) -> str:
    """`text` with each character that `encoding` lacks replaced by its nearest in it.

    A character with none is written as its number, ``\\u0416``: it can still be read back.
    """
    if _fits(text, encoding):
        return text
    return "".join(_nearest(char, encoding) for char in unicodedata.normalize("NFC", text))


def _nearest(char: str, encoding: str) -> str:
    """The character, what stands for it, its letters without accents, or its number."""
    letters = unicodedata.normalize("NFKD", char)
    unaccented = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for form in (char, NEAREST.get(char, ""), unaccented):
        if form and _fits(form, encoding):
            return form
    return char.encode("ascii", "backslashreplace").decode("ascii")


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
