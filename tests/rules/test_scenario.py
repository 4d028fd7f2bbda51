"""What-ifs: the same facts laid over a State give the same answer as in its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottawa_cli import Assumptions, Inquiry, Record, ScenarioError
from ottawa_cli.dates import DateError, PartialDate, exact
from ottawa_cli.inquiry.assumptions import AssumedConflict
from ottawa_cli.model import Communication, Conflict, Event, State
from ottawa_cli.rules.standing import finding, standing
from ottawa_cli.rules.steps import steps

D = dt.date.fromisoformat
N, E = D("2026-01-10"), D("2026-07-10")
Party = Callable[..., State]
War = tuple[int, int | None, str | None]


def _laid(state: State, as_of: dt.date = E, **what_ifs: Any) -> State:
    whats = {
        key: frozenset({"XXA"}) if key == "at_war" else {"XXA": value}
        for key, value in what_ifs.items()
    }
    return Assumptions(**whats).lay_over(state, as_of)[0]


@given(
    case=st.tuples(
        st.integers(0, 300), st.one_of(st.none(), st.integers(0, 400)),
        st.lists(st.tuples(st.integers(-100, 300), st.one_of(st.none(), st.integers(0, 200)),
                           st.sampled_from([None, "IAC", "NIAC", "OCC"])),
                 min_size=1, max_size=3),
        st.integers(0, 700),
    )
)  # fmt: skip
def test_a_what_if_is_the_same_facts(
    case: tuple[int, int | None, list[War], int], party: Party, conflict: Callable[..., Conflict]
) -> None:
    """Laid over a State with other facts of its own, which it replaces, and recorded.

    The standing is that of the day; what an assumed fact of a later day leads to is told too.
    """
    received, revoked, wars, after = case
    notice = N + dt.timedelta(days=received)
    revocations = [] if revoked is None else [notice + dt.timedelta(days=revoked)]
    spans = [(N + dt.timedelta(s), None if n is None else N + dt.timedelta(s + n), kind)
             for s, n, kind in wars]  # fmt: skip
    recorded = party([notice], revocations, conflicts=tuple(conflict(*span) for span in spans))
    other = party([D("2020-01-01")], [D("2020-02-01")], conflicts=(conflict(D("2000-01-01")),))
    as_of = N + dt.timedelta(days=after)
    assumed = _laid(
        other, as_of, notices=(notice,), revocations=tuple(revocations),
        conflicts=tuple(AssumedConflict(*span) for span in spans),
    )  # fmt: skip
    laid, plain = standing(assumed, as_of), standing(recorded, as_of)
    ahead = standing(recorded, max([as_of, notice, *revocations]))
    bare = finding(assumed, as_of)
    assert bare[::2] == finding(recorded, as_of)[::2] == (plain.status, plain.bound)
    assert bare.effective_on == ahead.effective_on
    assert (laid.status, laid.bound) == (plain.status, plain.bound)
    for field in ("received_on", "revoked_on", "period_end_on", "effective_on"):
        assert getattr(laid, field) == getattr(ahead, field)
    undone = [day for day in revocations if day <= as_of]
    running = party([notice], undone, conflicts=recorded.conflicts)
    assert [c.suspends for c in laid.conflicts] == [
        c.suspends for c in standing(running, max(as_of, notice)).conflicts]  # fmt: skip
    assert [(c.conflict.start, c.conflict.end, c.conflict.kind, c.conflict.occupation)
            for c in laid.conflicts] == [
        (c.conflict.start, c.conflict.end, c.conflict.kind, c.conflict.occupation)
        for c in plain.conflicts]  # fmt: skip
    # The marks, and nothing else, tell a what-if from a fact.
    assert all(c.assumed for c in assumed.communications)
    assert all(c.assumed for c in assumed.conflicts)
    assert plain.effective_basis == ("computed" if plain.effective_on else None)
    assert laid.effective_basis == ("assumed" if laid.effective_on else None)


def test_what_is_assumed_is_said_and_marked(party: Party) -> None:
    what_if = Assumptions(
        notices={"XXA": (N,)}, revocations={"XXA": (D("2026-03-01"),)},
        conflicts={"XXA": (AssumedConflict(D("2026-02-01"), None, "NIAC"),)},
    )  # fmt: skip
    state, said = what_if.lay_over(party([D("2020-01-01")]), E)
    assert len(said) == 3
    assert all(sentence.startswith("Someland: ") for sentence in said)
    assert "2026-01-10 (replaces the recorded notice)" in said[0]
    assert "revoked on 2026-03-01" in said[1]
    assert "from 2026-02-01 with no known end, NIAC" in said[2]
    basis = {step.id: step.basis for step in steps(standing(state, E))}
    assert basis["receipt"] == basis["revocation"] == basis["form"] == "assumed"
    assert basis["deposit"] == "recorded"


def test_a_suspension_communication_is_kept(
    party: Party, sent: Callable[..., Communication]
) -> None:
    state = party(communications=(sent("suspension", D("2025-07-18")),))
    laid = _laid(state, notices=(N,))
    assert [c.kind for c in laid.communications] == ["suspension", "withdrawal"]
    _, said = Assumptions(notices={"XXA": (N,)}).lay_over(state, E)
    assert said == ["Someland: the depositary receives an instrument of withdrawal on 2026-01-10"]


def test_the_published_day_of_a_replaced_notice_goes_with_it(party: Party) -> None:
    """It would otherwise be held against a notice that is not the one it speaks of."""
    events = (
        Event(exact(D("2020-07-01")), ("XXA",), "published-effect", "Out"),
        Event(exact(D("2019-12-01")), ("XXA",), "parliament", "Vote"),
    )
    laid = _laid(party([D("2020-01-01")], events=events), notices=(N,))
    assert [event.kind for event in laid.events] == ["parliament"]


# --- contradictions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what_ifs", "words"),
    [
        ({"notices": (D("1999-02-28"),)}, "not a State Party on 1999-02-28"),
        ({"notices": (N,), "revocations": (D("2026-01-09"),)}, "comes before the notice"),
        ({"revocations": (N,)}, "no notice that could be revoked"),
        ({"notices": (N,), "revocations": (N, E)}, "has 1 notice to revoke and 2 revocations"),
        ({"notices": (N, E), "revocations": (N, E, E)}, "has 2 notices to revoke and 3 revoc"),
        ({"conflicts": (AssumedConflict(E, D("2026-07-09")),)}, "cannot end on 2026-07-09"),
    ],
)
def test_contradictions(what_ifs: dict[str, Any], words: str, party: Party) -> None:
    with pytest.raises(ScenarioError, match=words):
        _laid(party(), **what_ifs)


def test_a_revocation_is_held_against_the_first_notice(party: Party) -> None:
    with pytest.raises(ScenarioError, match=r"before the notice of Someland \(2026-01-10\)"):
        _laid(party(), notices=(D("2026-03-01"), N), revocations=(D("2026-01-09"),))
    assert _laid(party(), notices=(D("2026-03-01"), N), revocations=(D("2026-02-01"),))


def test_edges_that_are_no_contradiction(party: Party) -> None:
    assert standing(_laid(party(), notices=(D("1999-03-01"),)), E).status == "withdrawn"
    state = _laid(party(), notices=(N,), revocations=(N,))
    assert standing(state, N).status == "party"
    assert standing(_laid(party(), conflicts=(AssumedConflict(E, E),)), E).status == "party"


def test_a_notice_of_a_state_that_never_joined(record: Record) -> None:
    inquiry = Inquiry(record, E, assumptions=Assumptions(notices={"RUS": (N,)}))
    with pytest.raises(ScenarioError, match="not a State Party"):
        inquiry.standing("Russia")


# --- conflicts -----------------------------------------------------------------------


def test_a_conflict_still_on_is_enough(party: Party, conflict: Callable[..., Conflict]) -> None:
    """`at_war` adds nothing where the record has a conflict on that day, and says nothing."""
    for war in (
        conflict(D("2014-02-27")), conflict(E), conflict(D("2014-02-27"), E),
        conflict(PartialDate(D("2014-02-01"), D("2014-02-28"))),
    ):  # fmt: skip
        state = party([N], conflicts=(war,))
        assert Assumptions(at_war=frozenset({"XXA"})).lay_over(state, E) == (state, [])


def test_no_conflict_on_gives_an_assumed_one_without_end(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    past, future = conflict(D("2014-02-27"), D("2026-07-09")), conflict(D("2026-07-11"))
    for wars in ((), (past,), (future,)):
        state, said = Assumptions(at_war=frozenset({"XXA"})).lay_over(party([N], conflicts=wars), E)
        *kept, added = state.conflicts
        assert tuple(kept) == wars
        assert (added.start, added.end, added.kind, added.assumed) == (exact(E), None, None, True)
        assert said == ["Someland: armed conflict from 2026-07-10 with no known end"]
        assert added.name == "assumed armed conflict from 2026-07-10 with no known end"
        assert standing(state, E).status == "suspended"


def test_given_conflicts_replace_the_recorded_ones(
    party: Party, conflict: Callable[..., Conflict]
) -> None:
    state = party([N], conflicts=(conflict(D("2014-02-27")),))
    again = Assumptions(conflicts={"XXA": (AssumedConflict(D("2026-02-01")),)})
    (said,) = again.lay_over(state, E)[1]
    assert said == (
        "Someland: armed conflict from 2026-02-01 with no known end"
        " (replaces the recorded conflicts: conflict from 2014-02-27)"
    )
    assert again.lay_over(party([N]), E)[1] == [said.partition(" (")[0]]
    laid = _laid(state, conflicts=(AssumedConflict(D("2026-02-01"), D("2026-03-01")),))
    assert standing(state, E).status == "suspended"
    found = standing(laid, E)
    # The day rests on the what-if even though the assumed conflict bars nothing.
    assert (found.status, found.effective_basis) == ("withdrawn", "assumed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-02-27..", AssumedConflict(D("2014-02-27"))),
        ("2014-02-27..2026-12-31", AssumedConflict(D("2014-02-27"), D("2026-12-31"))),
        (" 2014-02-27 .. 2014-02-27@niac", AssumedConflict(D("2014-02-27"), D("2014-02-27"),
                                                           "NIAC")),
        ("2014-02-27..@OCC", AssumedConflict(D("2014-02-27"), None, "OCC")),
    ],
)  # fmt: skip
def test_a_conflict_in_words(text: str, expected: AssumedConflict) -> None:
    assert AssumedConflict.parse(text) == expected
    assert str(expected.start) in str(expected)


@pytest.mark.parametrize(
    "text", ["", "2014-02-27", "..2014-02-27", "2014-02-27..@WAR", "2014-02-27..@", "2014..2015",
             "2014-02-27..2014-02-26", "2014-02-30.."],
)  # fmt: skip
def test_a_conflict_that_cannot_be_read(text: str) -> None:
    with pytest.raises((ScenarioError, DateError)) as error:
        AssumedConflict.parse(text)
    if isinstance(error.value, ScenarioError) and "cannot end" not in str(error.value):
        assert "FROM..[TO][@KIND]" in str(error.value)
        assert str(error.value).endswith("KIND one of IAC, NIAC, OCC")


# --- nothing leaks -------------------------------------------------------------------


def test_nothing_assumed_reaches_another_state_or_the_record(record: Record) -> None:
    as_of = D("2026-11-23")
    plain = Inquiry(record, as_of)
    what_if = Inquiry(record, as_of, assumptions=Assumptions(
        notices={"UKR": (D("2025-07-18"),)}, revocations={"POL": (D("2025-09-01"),)},
        conflicts={"THA": (AssumedConflict(D("2014-02-27")),)}, at_war=frozenset({"EST"}),
    ))  # fmt: skip
    named = ["UKR", "POL", "THA", "EST"]
    assert what_if.assumptions.iso3s == named
    for iso3 in record.iso3s:
        same = what_if.standing(iso3) == plain.standing(iso3)
        assert same is (iso3 not in named), iso3
    assert len(what_if.said) == 4
    assert Inquiry(record, as_of).standing("UKR") == plain.standing("UKR")


def test_no_assumption_is_no_change(record: Record) -> None:
    for iso3 in record.iso3s:
        state = record.state(iso3)
        assert Assumptions().lay_over(state, E) == (state, [])
        assert state._replace() == state
