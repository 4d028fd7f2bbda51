"""A State under a treaty whose clause says other things than that of the record's treaty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from ottawa_cli.dataset.clauses import clause
from ottawa_cli.model import Communication, Conflict, State
from ottawa_cli.rules.notes import notes
from ottawa_cli.rules.readings import Readings
from ottawa_cli.rules.standing import standing

D = dt.date.fromisoformat
IN_FORCE = D("1999-03-01")  # of `party`


def under(id: str, state: State) -> State:
    return state._replace(treaty=state.treaty._replace(clause=clause(id)))


def test_a_notice_in_the_first_three_years_is_void_and_a_note_says_until_when(
    party: Callable[..., State],
) -> None:
    early = under("paris-28", party(notices=[D("2002-02-28")]))
    found = standing(early, D("2010-01-01"))
    assert (found.status, found.effective_on, found.bound) == ("party", None, True)
    (note,) = [note for note in notes(found) if note.code == "notice-too-early"]
    assert note.text == (
        "The notice of 2002-02-28 came before 2002-03-01, the first day on which one counts: it has"
        " no effect."
    )
    in_time = standing(under("paris-28", party(notices=[D("2002-03-01")])), D("2010-01-01"))
    assert (in_time.status, str(in_time.effective_on)) == ("withdrawn", "2003-03-01")


def test_a_later_day_counts_where_the_clause_does_not_set_the_day(
    party: Callable[..., State], sent: Callable[..., Communication]
) -> None:
    asks = party(communications=(
        sent("withdrawal", D("2020-05-04"), requested_on=D("2023-01-01")),
    ))  # fmt: skip
    days = {id: str(standing(under(id, asks), D("2021-01-01")).effective_on)
            for id in ("rome-127", "apmbc-20", "icsid-71", "iwc-xi")}  # fmt: skip
    assert days == {
        "rome-127": "2023-01-01",
        "apmbc-20": "2023-01-01",
        "icsid-71": "2020-11-05",
        "iwc-xi": "2021-06-30",
    }


def test_what_a_clause_settles_no_reading_changes(party: Callable[..., State]) -> None:
    leaves = under("icsid-71", party(notices=[D("2012-01-24")]))
    for value in ("same-day", "next-day"):
        found = standing(leaves, D("2012-07-24"), Readings(effect_day=value))
        assert (found.status, str(found.effective_on)) == ("withdrawing", "2012-07-25")
        assert "reading-not-default" not in {note.code for note in notes(found)}


def test_a_war_of_which_the_clause_does_not_speak_would_not_meet_a_notice(
    party: Callable[..., State], conflict: Callable[..., Conflict]
) -> None:
    codes = {}
    for kind in (None, "NIAC"):
        at_war = party(conflicts=(conflict(D("2024-01-01"), D("2024-05-01"), kind),))
        for id in ("apmbc-20", "rome-127", "apii-25"):
            found = standing(under(id, at_war), D("2024-02-01"))
            codes[kind, id] = [note.code for note in notes(found)]
    noted = [asked for asked, of_notes in codes.items() if "conditional-notice" in of_notes]
    assert noted == [(None, "apmbc-20"), ("NIAC", "apmbc-20"), ("NIAC", "apii-25")]
