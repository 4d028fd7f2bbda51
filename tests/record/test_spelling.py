"""The form in which names are compared: what does not matter, and what does."""

from __future__ import annotations

import pytest

from ottawa_cli.names.spelling import fold

FOLDED = {
    "  The  Gambia ": "gambia",
    "Guinea-Bissau": "guinea bissau",
    "Congo (Brazzaville)": "congo brazzaville",
    # Dots of abbreviations go, other dots separate.
    "U.K.": "uk", "D.R.C.": "drc", "D.R. Congo": "dr congo", "D.R.Congo": "dr congo",
    "L T": "l t", "ST": "st", "U.S.A": "usa",
    "St. Kitts & Nevis": "saint kitts and nevis", "St Lucia": "saint lucia", "Stlucia": "stlucia",
    # Turkish i, with and without its dot, in either case.
    "Türkiye": "turkiye", "TÜRKİYE": "turkiye", "turkiye": "turkiye", "TURKIYE": "turkiye",
    "Turkıye": "turkiye",
    "Łotwa": "lotwa", "Azərbaycan": "azerbaycan", "ＬＩＴＨＵＡＮＩＡ": "lithuania",
    # Vowel signs and tone marks of Indic, Thai, Khmer script are letters of their own and stay.
    "भारत": "भारत", "ไทย": "ไทย", "កម្ពុជា": "កម្ពុជា",
    "刚果（金）": "刚果 金", "大韓民國": "大韓民國", "한국": "한국",
    "!!!": "", "": "", "the": "the", "the the Gambia": "gambia",
}  # fmt: skip
ALIKE = [
    ("Côte d’Ivoire", "COTE D'IVOIRE"),
    ("ЙЕМЕН", "и\u0306емен"),
    ("Україна", "УКРАІ\u0308НА"),
    ("ΕΛΛΆΣ", "Ελλάς"),
    ("Oʻzbekiston", "O'zbekiston"),
    ("الأُرْدُن", "الاردن"),
    ("ﾄﾞｲﾂ", "ドイツ"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_a_name_folds_to_what_matters_in_it_and_stays_so(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(("name", "other"), ALIKE)
def test_case_accents_and_ways_of_typing_do_not_matter(name: str, other: str) -> None:
    assert fold(name) == fold(other) != ""


def test_the_voicing_of_japanese_tells_one_word_from_another() -> None:
    assert fold("ドイツ") != fold("トイツ")
