"""What a picture says of itself: the story that the standings tell."""

import re

import pytest
from conftest import Ottawa

LEFT = "have left the Mine Ban Convention"
BOUND = "bound by the Mine Ban Convention"
CONTESTED = "its suspension is contested"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("", f"Five States {LEFT}, 2025–26"),
        ("--as-of 2025-12-26", "Five States are leaving the Mine Ban Convention,"
         " projected for 2025–26"),
        ("--as-of 2025-12-28", f"Three States {LEFT}, 27 Dec 2025; two are leaving it,"
         " projected for 2026"),
        ("--as-of 2026-01-15", f"Four States {LEFT}, 2025–26; Poland is leaving it,"
         " projected for 20 Feb 2026"),
        ("--as-of 2020-01-01", "No State is leaving the Mine Ban Convention"),
        ("--kind objection", f"Ukraine is {BOUND}; {CONTESTED}"),
        ("estonia latvia", f"Estonia and Latvia {LEFT}, 27 Dec 2025"),
        ("estonia finland latvia lithuania poland", f"These five States {LEFT}, 2025–26"),
        ("estonia finland latvia lithuania norway", f"Four of these five States {LEFT}, 2025–26"),
        ("norway poland", "Poland has left the Mine Ban Convention, 20 Feb 2026"),
        ("norway russia", f"Norway is {BOUND}; Russia has not joined it"),
        ("lebanon", f"Lebanon may or may not be {BOUND}"),
        ("ukraine", f"Ukraine is {BOUND}; {CONTESTED}"),
        ("ukraine --reading suspension=as-communicated",
         f"Ukraine claims to have suspended the Mine Ban Convention; {CONTESTED}"),
        ("--notice norway=2026-12-01",
         "Norway would leave the Mine Ban Convention, projected for 1 Jun 2027, on assumed facts"),
        ("--notice norway=2026-12-01 --revoke norway=2027-01-01", f"Norway is {BOUND},"
         " on assumed facts"),
        ("--notice ukraine=2026-12-01", "Ukraine would be kept from leaving the Mine Ban Convention"
         f" by armed conflict, on assumed facts; {CONTESTED}"),
        ("--notice ukraine=2026-01-01", "Ukraine is kept from leaving the Mine Ban Convention"
         f" by armed conflict, on assumed facts; {CONTESTED}"),
    ],
)  # fmt: skip
def test_a_title_says_what_is_seen(ottawa: Ottawa, words: str, title: str) -> None:
    day = () if "--as-of" in words else ("--as-of", "2026-11-23")
    picture = ottawa("timeline", *words.split(), *day, "--format", "svg").stdout
    (found,) = re.findall("<title[^>]*>([^<]*)", picture)
    assert found == title
    drawn = re.findall('<text [^>]*font-size="22"[^>]*>([^<]*)', picture)
    assert " ".join(drawn) == title
