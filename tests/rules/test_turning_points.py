"""What an answer turns on: each reading is told where it acts, and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import pytest
from explained import explain
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ottawa_cli import Assumptions, Record
from ottawa_cli.dataset.clauses import clause
from ottawa_cli.dates import PartialDate, exact
from ottawa_cli.inquiry.assumptions import AssumedConflict
from ottawa_cli.model import Communication, Conflict, Deposit, State
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_20 import Engagement, Withdrawal
from ottawa_cli.rules.notes import called_for, notes
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings
from ottawa_cli.rules.sensitivity import sensitivity
from ottawa_cli.rules.standing import Standing, finding, standing
from ottawa_cli.rules.steps import Step, steps

withdrawal = partial(article_20.withdrawal, clause=clause())
D = dt.date.fromisoformat
N, E = D("2026-01-10"), D("2026-07-10")
Party = Callable[..., State]
War = Callable[..., Conflict]
Sent = Callable[..., Communication]
CHOICES = st.builds(
    Readings, **{key.replace("-", "_"): st.sampled_from(v) for key, v in READINGS.items()}
)


def _step(found: Standing, id: str) -> Step:
    (step,) = (step for step in steps(found) if step.id == id)
    return step


def _ids(found: Standing) -> list[str]:
    return [step.id for step in steps(found)]


def _between(first: str, last: str) -> PartialDate:
    return PartialDate(D(first), D(last))


# --- the readings on which conflicts count -------------------------------------------

TURNING = [  # the reading, a conflict that turns on it, and who answers by the narrow value
    ("conflict-kinds", "international", ("2020-01-01", None, "NIAC")),
    ("occupation", "excluded", ("2020-01-01", None, "OCC")),
    ("conflict-edges", "strict", ("2026-07-10", None, "IAC")),
]


@pytest.mark.parametrize(("key", "narrow", "war"), TURNING)
def test_a_reading_that_counts_a_conflict_or_not(
    key: str, narrow: str, war: tuple[str, str | None, str], party: Party, conflict: War
) -> None:
    """The conflict, its sources and the reading are named both ways; nothing else is."""
    one = conflict(D(war[0]), None, war[2], name="the war")
    state = party([N], conflicts=(one,))
    for readings, verb, bound in (
        (DEFAULT, "counts", True), (DEFAULT.choosing(key, narrow), "does not count", False),
    ):  # fmt: skip
        found = standing(state, E, readings)
        step = _step(found, key)
        value = dict(readings.items())[key]
        assert step.text.startswith(f"By the reading {key}={value} ")
        assert step.text.endswith(f" {verb}: the war.")
        assert (step.reading, step.basis, step.sources) == (key, "recorded", ("C1",))
        assert found.bound is bound
        assert [c.suspends for c in found.conflicts] == [bound]
        assert ("the war" in _step(found, "conflict-test").text) is bound
        others = {other for other, _, _ in TURNING if other != key} | {"conflict-scope"}
        assert not others & set(_ids(found))
        assert key in {point.reading for point in explain(state, E, readings).points}


def test_a_conflict_that_two_readings_leave_out_is_named_by_both(
    party: Party, conflict: War
) -> None:
    state = party([N], conflicts=(conflict(E, None, "NIAC", name="the war"),))
    found = standing(state, E, Readings(conflict_kinds="international", conflict_edges="strict"))
    for key in ("conflict-kinds", "conflict-edges"):
        assert "does not count: the war" in _step(found, key).text
    # Only one of them leaves it out here, and the other has nothing to say.
    found = standing(state, E, Readings(conflict_kinds="international"))
    assert "conflict-kinds" in _ids(found)
    assert "conflict-edges" not in _ids(found)


def test_a_conflict_that_turns_on_no_reading_names_none(party: Party, conflict: War) -> None:
    for kind in ("IAC", None):
        found = standing(party([N], conflicts=(conflict(D("2020-01-01"), None, kind),)), E)
        assert _ids(found)[-3:] == ["conflict-test", "conflict-end", "standing"]
        assert [step.reading for step in steps(found)[-3:]] == [None, None, None]
    over = conflict(D("2020-01-01"), D("2026-07-09"), "NIAC")
    found = standing(party([N], conflicts=(over,)), E, Readings(conflict_kinds="international"))
    assert "conflict-kinds" not in _ids(found)


def test_a_later_conflict_is_not_said_to_be_on_at_the_expiry(party: Party, conflict: War) -> None:
    wars = (
        conflict(D("2026-06-01"), D("2026-08-01"), name="the first"),
        conflict(D("2026-07-20"), D("2026-10-01"), name="the later"),
    )
    state = party([N], conflicts=wars)
    for value, verb, end in (
        ("at-expiry", "does not count", "2026-08-01"), ("until-peace", "counts", "2026-10-01"),
    ):  # fmt: skip
        found = standing(state, E, Readings(conflict_scope=value))
        assert "the later" not in _step(found, "conflict-test").text
        step = _step(found, "conflict-scope")
        assert f"conflict-scope={value} " in step.text
        assert step.text.endswith(f" {verb}: the later.")
        assert step.reading == "conflict-scope"
        assert _step(found, "conflict-end").after == str(found.effective_on) == end
        assert end in _step(found, "conflict-end").text


def test_a_conflict_begun_that_day_may_count_as_a_later_one(party: Party, conflict: War) -> None:
    """Kept out of the test by conflict-edges=strict, and let in again by until-peace."""
    wars = (
        conflict(D("2026-06-01"), D("2026-07-15"), name="the first"),
        conflict(E, D("2026-08-01"), name="the second"),
    )
    chosen = Readings(conflict_edges="strict", conflict_scope="until-peace")
    found = standing(party([N], conflicts=wars), E, chosen)
    assert _step(found, "conflict-test").text.endswith(": the first.")
    assert _step(found, "conflict-scope").text.endswith(" counts: the second.")
    assert "conflict-edges" not in _ids(found)
    assert str(found.effective_on) == "2026-08-01"


@pytest.mark.parametrize("scope", READINGS["conflict-scope"])
def test_a_later_conflict_over_on_the_same_day_changes_nothing(
    scope: str, party: Party, conflict: War
) -> None:
    wars = (conflict(D("2026-06-01"), D("2026-09-01")), conflict(D("2026-08-01"), D("2026-09-01")))
    found = standing(party([N], conflicts=wars), E, Readings(conflict_scope=scope))
    assert str(found.effective_on) == "2026-09-01"
    assert "conflict-scope" not in _ids(found)
    assert "later-conflict-not-counted" not in [note.code for note in notes(found)]
    assert [c.suspends for c in found.conflicts] == [True, False]


def test_a_later_conflict_is_not_said_to_be_left_out_by_its_kind(
    party: Party, conflict: War
) -> None:
    """It would not count whatever its kind, unless by conflict-scope."""
    wars = (conflict(D("2026-06-01"), D("2026-09-01")), conflict(D("2026-08-01"), None, "NIAC"))
    state = party([N], conflicts=wars)
    assert "conflict-kinds" not in _ids(
        standing(state, E, Readings(conflict_kinds="international"))
    )
    wide = Readings(conflict_kinds="international", conflict_scope="until-peace")
    assert "conflict-kinds" in _ids(standing(state, E, wide))


def test_occupation_only_counts_as_international_whatever_its_kind(
    party: Party, conflict: War
) -> None:
    war = conflict(D("2020-01-01"), None, "NIAC", occupation="only")
    state = party([N], conflicts=(war,))
    found = standing(state, E, Readings(conflict_kinds="international"))
    assert found.status == "suspended"
    assert "conflict-kinds" not in _ids(found)
    assert standing(state, E, Readings(occupation="excluded")).status == "withdrawn"


def test_conflicts_put_in_the_place_of_the_recorded_ones_are_an_assumption(
    party: Party, conflict: War
) -> None:
    state = party([N], conflicts=(conflict(D("2014-02-27")),))
    what_if = Assumptions(conflicts={"XXA": (AssumedConflict(D("2026-01-01"), D("2026-02-01")),)})
    found = standing(what_if.lay_over(state, E)[0], E)
    assert (found.status, _step(found, "conflict-test").basis) == ("withdrawn", "assumed")
    assert "on record" not in _step(found, "conflict-test").text
    plain = standing(party([N]), E)
    assert _step(plain, "conflict-test").basis is None  # no source tells of peace


# --- a conflict that ends on the day of expiry ---------------------------------------


def test_a_conflict_that_ends_on_the_day_of_expiry(party: Party, conflict: War) -> None:
    """It meets the test and moves nothing, unless the effect waits for the day after its end."""
    state = party([N], conflicts=(conflict(D("2026-06-01"), E, name="the war"),))
    found = standing(state, E)
    assert (found.status, str(found.effective_on)) == ("withdrawn", "2026-07-10")
    assert [c.suspends for c in found.conflicts] == [False]
    assert "is engaged in armed conflict: the war" in _step(found, "conflict-test").text
    end = _step(found, "conflict-end")
    assert (end.before, end.after, end.reading) == ("2026-07-10", "2026-07-10", "conflict-end")
    assert "moves nothing" in end.text

    after = standing(state, E, Readings(conflict_end="next-day"))
    assert (after.status, str(after.effective_on)) == ("suspended", "2026-07-11")
    assert [c.suspends for c in after.conflicts] == [True]
    assert _step(after, "conflict-end").reading == "conflict-end"
    assert "2026-07-10; by the reading conflict-end=next-day" in _step(after, "conflict-end").text

    both = standing(state, E, Readings(conflict_end="next-day", effect_day="next-day"))
    assert (both.status, str(both.effective_on)) == ("withdrawing", "2026-07-11")
    assert [c.suspends for c in both.conflicts] == [False]
    assert _step(both, "conflict-end").reading is None, "no value of conflict-end moves the effect"


def test_each_conflict_is_held_against_the_earliest_day_by_itself(
    party: Party, conflict: War
) -> None:
    wars = (conflict(D("2026-01-01"), E), conflict(D("2026-01-01"), D("2026-07-11")),
            conflict(D("2026-01-01"), D("2026-09-01")), conflict(D("2026-01-01")),
            conflict(D("2026-07-11")))  # fmt: skip
    found = standing(party([N], conflicts=wars), E)
    assert [c.suspends for c in found.conflicts] == [False, True, True, True, False]


def test_a_conflict_over_by_the_day_asked_for_holds_nothing_back(
    party: Party, conflict: War, sent: Sent
) -> None:
    notice = sent("withdrawal", N, requested_on=D("2026-12-31"))
    war = conflict(D("2026-06-01"), D("2026-09-01"), "NIAC")
    found = standing(party(communications=(notice,), conflicts=(war,)), D("2026-08-01"))
    assert (found.status, str(found.effective_on)) == ("withdrawing", "2026-12-31")
    assert [c.suspends for c in found.conflicts] == [False]
    assert _step(found, "conflict-end").reading is None
    assert _step(found, "effect").reading is None
    late = standing(
        party(communications=(notice,), conflicts=(conflict(D("2026-06-01"), D("2027-02-01")),)), E
    )
    assert str(late.effective_on) == "2027-02-01"
    assert [c.suspends for c in late.conflicts] == [True]


# --- the effect ----------------------------------------------------------------------


def test_the_effect_names_effect_day_only_where_it_turns_on_it(party: Party, conflict: War) -> None:
    assert _step(standing(party([N]), E), "effect").reading == "effect-day"
    held = standing(party([N], conflicts=(conflict(D("2026-06-01"), D("2026-09-01")),)), E)
    assert _step(held, "effect").reading is None
    edge = standing(party([N], conflicts=(conflict(D("2026-06-01"), D("2026-07-11")),)), E)
    assert _step(edge, "effect").reading is None, "E + 1 by either value"


NEAR = st.integers(-3, 12)


@st.composite
def _facts(draw: st.DrawFn) -> dict[str, Any]:
    received_on = draw(st.sampled_from([
        D("2026-01-10"), D("2024-08-31"), D("2025-08-29"), D("2026-03-31"), D("2026-02-28"),
    ]))  # fmt: skip
    expiry = withdrawal(received_on).period.day

    def day(spread: st.SearchStrategy[int] = NEAR) -> dt.date:
        return expiry + dt.timedelta(days=draw(spread))

    wars = []
    for _ in range(draw(st.integers(0, 3))):
        start = day()
        length = draw(st.one_of(st.none(), st.integers(0, 6)))
        end = None if length is None else start + dt.timedelta(days=length)
        wars.append((start, end, draw(st.sampled_from([None, "IAC", "NIAC", "OCC"]))))
    return {
        "received_on": received_on,
        "reasons": draw(st.sampled_from([None, None, False])),
        "requested_on": day() if draw(st.integers(0, 3)) == 0 else None,
        "again": day() if draw(st.integers(0, 3)) == 0 else None,
        "revoked_on": day() if draw(st.integers(0, 2)) == 0 else None,
        "wars": wars,
        "as_of": day(st.integers(-10, 25)),
    }  # fmt: skip


def _state(facts: dict[str, Any], party: Party, conflict: War, sent: Sent) -> State:
    first = sent("withdrawal", facts["received_on"], reasons=facts["reasons"],
                 requested_on=facts["requested_on"])  # fmt: skip
    again = (sent("withdrawal", facts["again"]),) if facts["again"] else ()
    return party(
        revocations=[facts["revoked_on"]] if facts["revoked_on"] else [],
        communications=(first, *again),
        conflicts=tuple(conflict(*war) for war in facts["wars"]),
    )


@pytest.mark.long
@settings(max_examples=400)
@given(facts=_facts(), chosen=CHOICES)
def test_every_reading_that_moves_the_answer_is_named_by_a_step(
    facts: dict[str, Any], chosen: Readings, party: Party, conflict: War, sent: Sent
) -> None:
    """The reader finds in the derivation each single choice that moves the effect, or the answer
    to whether the State is bound. Where no day is given at all, there is nothing to act on.
    """
    assume(chosen.month_end != "refuse")
    state, as_of = _state(facts, party, conflict, sent), facts["as_of"]
    here = finding(state, as_of, chosen)[1:]
    named = {step.reading for step in steps(standing(state, as_of, chosen))}
    for key, values in READINGS.items():
        if any(finding(state, as_of, chosen.choosing(key, v))[1:] != here for v in values):
            assert key in named, key


@pytest.mark.long
@settings(max_examples=300)
@given(facts=_facts(), chosen=CHOICES)
def test_a_day_names_a_reading_only_where_it_turns_on_it(
    facts: dict[str, Any], chosen: Readings, party: Party, conflict: War, sent: Sent
) -> None:
    facts = {**facts, "again": None, "revoked_on": None}
    state, as_of = _state(facts, party, conflict, sent), facts["as_of"]
    here = finding(state, as_of, chosen).effective_on
    for step in steps(standing(state, as_of, chosen)):
        if step.id in {"effect", "conflict-end"} and step.reading:
            others = [chosen.choosing(step.reading, v) for v in READINGS[step.reading]]
            assert any(finding(state, as_of, other).effective_on != here for other in others)


@pytest.mark.long
@settings(max_examples=300)
@given(facts=_facts(), chosen=CHOICES)
def test_a_conflict_suspends_exactly_where_the_state_is_suspended(
    facts: dict[str, Any], chosen: Readings, party: Party, conflict: War, sent: Sent
) -> None:
    """On some day of a life without a revocation, and each conflict for itself."""
    facts = {**facts, "again": None, "revoked_on": None, "reasons": None}
    assume(chosen.month_end != "refuse")
    received = facts["received_on"]

    def suspended(wars: list[Any]) -> bool:
        found = withdrawal(
            received,
            [Engagement(s, e, "IAC" if k == "OCC" else k, k == "OCC") for s, e, k in wars],
            None, chosen, requested_on=facts["requested_on"],
        )  # fmt: skip
        return "suspended" in {found.status_on(received + dt.timedelta(n)) for n in range(150, 230)}

    found = standing(_state(facts, party, conflict, sent), received + dt.timedelta(300), chosen)
    flags = [c.suspends for c in found.conflicts]
    assert any(flags) is suspended(facts["wars"])
    if chosen.conflict_scope == "at-expiry":
        assert flags == [suspended([war]) for war in facts["wars"]]


# --- robustness ----------------------------------------------------------------------


def _enumerated(state: State, as_of: dt.date, chosen: Readings) -> list[Any]:
    """Every combination, each computed for itself."""
    here, found = finding(state, as_of, chosen), []
    for values in product(*READINGS.values()):
        there = finding(state, as_of, Readings(*values))
        if there != here:
            current = dict(chosen.items())
            found.append((
                tuple((k, v) for k, v in zip(READINGS, values, strict=True) if current[k] != v),
                there,
            ))  # fmt: skip
    reached, changes = {here}, []
    for choices, there in sorted(found, key=lambda each: len(each[0])):
        if len(choices) == 1 or there not in reached:
            changes.append((choices, there))
            reached.add(there)
    return changes


@pytest.mark.long
@settings(max_examples=40)
@given(facts=_facts(), chosen=CHOICES, unknown=st.sampled_from([None, "start", "received"]))
def test_what_is_computed_once_is_what_each_combination_gives(
    facts: dict[str, Any], chosen: Readings, unknown: str | None, party: Party, conflict: War,
    sent: Sent,
) -> None:  # fmt: skip
    state, as_of = _state(facts, party, conflict, sent), facts["as_of"]
    if unknown == "start" and state.conflicts:
        war = state.conflicts[0]
        start = PartialDate(war.start.earliest - dt.timedelta(4), war.start.earliest)
        state = state._replace(conflicts=(war._replace(start=start), *state.conflicts[1:]))
    if unknown == "received":
        *others, first = state.communications[::-1]
        days = PartialDate(first.received_on.earliest - dt.timedelta(2), first.received_on.latest)
        first = first._replace(received_on=days)
        state = state._replace(communications=(first, *others))
    found = sensitivity(state, as_of, chosen)
    assert [tuple(change) for change in found.changes] == _enumerated(state, as_of, chosen)
    assert found.combinations == 768


def test_the_record_is_enumerated_whole(record: Record) -> None:
    for iso3 in ("LBN", "UKR", "LTU", "THA", "CYP", "NOR"):
        state, as_of = record.state(iso3), D("2026-11-23")
        notices = {iso3: (D("2026-01-10"),)} if iso3 in {"THA", "CYP"} else {}
        state, _ = Assumptions(notices=notices).lay_over(state, as_of)
        found = sensitivity(state, as_of)
        if iso3 != "LBN":  # its many days are tried one by one in the tests of partial dates
            assert [tuple(c) for c in found.changes] == _enumerated(state, as_of, DEFAULT)
        assert found.firm is (iso3 == "NOR")
        assert bool(found.unsettled) is (iso3 == "LBN")


# --- partial dates of a conflict -----------------------------------------------------


def test_steps_go_on_where_only_a_reading_differs_by_the_exact_day(
    party: Party, conflict: War
) -> None:
    """Begun on the 9th or on the 10th: engaged either way, and on the 10th by conflict-edges."""
    war = conflict(_between("2026-07-09", "2026-07-10"), name="the war")
    found = standing(party([N], conflicts=(war,)), E)
    assert found.status == "suspended"
    assert _ids(found)[-4:] == ["conflict-test", "conflict-edges", "conflict-end", "standing"]
    assert _step(found, "conflict-edges").text.startswith("On some of the possible days: By the")
    assert _step(found, "conflict-edges").reading == "conflict-edges"
    both = conflict(E, None, "NIAC")
    found = standing(party([N], conflicts=(war, both)), E)
    assert _ids(found)[-5:] == [
        "conflict-test", "conflict-kinds", "conflict-edges", "conflict-end", "standing",
    ]  # fmt: skip


CONDITIONAL = {  # what the note says: whether suspended, and until when
    "no date": "would be suspended, with no date, while the conflict lasts",
    "unsettled": "would be suspended until the conflict ends, on a day the record does not settle",
    "in time": "would take effect on 2026-07-10: the conflict is over in time",
    "perhaps": "might be suspended: the record does not settle whether the conflict is on then",
}


def _conditional(state: State, readings: Readings = DEFAULT) -> str | None:
    """What a notice received on the day of N would meet, as the note tells it."""
    texts = [n.text for n in notes(standing(state, N, readings)) if n.code == "conditional-notice"]
    if not texts:
        return None
    (text,) = texts
    for word, tail in CONDITIONAL.items():
        if tail in text:
            return word
    return text.partition("would be suspended until ")[2][:10]


@pytest.mark.long
@settings(max_examples=300)
@given(
    start=st.tuples(st.integers(-8, 6), st.integers(0, 6)),
    end=st.one_of(st.none(), st.tuples(st.integers(-6, 9), st.integers(0, 6))),
    chosen=st.builds(Readings, conflict_edges=st.sampled_from(["inclusive", "strict"]),
                     conflict_end=st.sampled_from(["same-day", "next-day"]),
                     effect_day=st.sampled_from(["same-day", "next-day"])),
)  # fmt: skip
@example(start=(0, 0), end=(-3, 5), chosen=DEFAULT)
@example(start=(0, 1), end=(0, 0), chosen=DEFAULT._replace(conflict_end="next-day"))
def test_the_conditional_answer_on_every_exact_day(
    start: tuple[int, int], end: tuple[int, int] | None, chosen: Readings, party: Party,
    conflict: War,
) -> None:  # fmt: skip
    """One conflict of partial edges, against each pair of days on which it can have been."""

    def days(span: tuple[int, int]) -> list[dt.date]:
        return [E + dt.timedelta(days=span[0] + n) for n in range(span[1] + 1)]

    starts, ends = days(start), days(end) if end else [None]
    possible = [(s, e) for s, e in product(starts, ends) if e is None or s <= e]
    assume(possible)
    war = conflict(PartialDate(starts[0], starts[-1]),
                   PartialDate(ends[0], ends[-1]) if ends[0] and ends[-1] else None)  # fmt: skip
    effects: set[dt.date | None] = set()
    suspended = set()
    for first, last in possible:
        found = withdrawal(N, [Engagement(first, last)], None, chosen)
        effects.add(found.effective_on)
        suspended.add(found.effective_on != found.earliest_effect_on)
    expected: str | None = None
    if suspended == {True, False}:
        expected = "perhaps"
    elif suspended == {True}:
        expected = "unsettled"
        if len(effects) == 1:
            (effect,) = effects
            expected = str(effect) if effect else "no date"
    assert _conditional(party(conflicts=(war,)), chosen) == expected


def test_one_conflict_surely_on_settles_it_for_another(party: Party, conflict: War) -> None:
    sure = conflict(D("2020-01-01"))
    perhaps = conflict(_between("2026-07-01", "2026-07-31"))
    assert _conditional(party(conflicts=(perhaps,))) == "perhaps"
    assert _conditional(party(conflicts=(perhaps, sure))) == "no date"
    ended = conflict(D("2020-01-01"), D("2026-08-01"))
    assert _conditional(party(conflicts=(ended,))) == "2026-08-01"
    assert _conditional(party(conflicts=(perhaps, ended))) == "unsettled"
    assert _conditional(party(conflicts=(conflict(D("2020-01-01"), E),))) == "in time"


def test_the_conditional_answer_takes_the_same_conflicts(party: Party, conflict: War) -> None:
    narrow_by_kind = {
        "NIAC": Readings(conflict_kinds="international"),
        "OCC": Readings(occupation="excluded"),
    }
    for kind, narrow in narrow_by_kind.items():
        for start in (D("2020-01-01"), _between("2026-07-01", "2026-07-31")):
            state = party(conflicts=(conflict(start, None, kind),))
            assert _conditional(state) == ("no date" if isinstance(start, dt.date) else "perhaps")
            assert _conditional(state, narrow) is None
            other = Readings(conflict_kinds="international", occupation="excluded")
            assert _conditional(state, other) is None


def test_only_a_conflict_surely_on_answers_for_one_that_is_assumed(
    party: Party, conflict: War
) -> None:
    """`--conflict STATE`: by its partial dates, a conflict may have been over or not yet begun."""

    def added(war: Conflict) -> bool:
        laid, said = Assumptions(at_war=frozenset({"XXA"})).lay_over(party(conflicts=(war,)), E)
        assert (len(laid.conflicts), len(said)) in {(1, 0), (2, 1)}
        return len(laid.conflicts) == 2

    assert not added(conflict(_between("2026-06-10", "2026-07-10")))
    assert added(conflict(_between("2026-06-10", "2026-07-11")))
    assert not added(conflict(D("2020-01-01"), _between("2026-07-10", "2026-08-01")))
    assert added(conflict(D("2020-01-01"), _between("2026-07-09", "2026-08-01")))


def test_a_step_rests_on_a_what_if_where_it_does_on_some_of_the_days(
    party: Party,
) -> None:
    """Received in August or September: engaged, by assumption, from the middle of February."""
    what_if = Assumptions(conflicts={"XXA": (AssumedConflict(D("2027-02-15")),)})
    state, _ = what_if.lay_over(party([_between("2026-08-01", "2026-09-30")]), E)
    found = standing(state, D("2026-12-01"))
    test = _step(found, "conflict-test")
    assert (test.basis, test.before) == ("assumed", "2027-02-01/2027-03-30")
    assert _step(found, "receipt").basis == "recorded"


# --- an assumed end ------------------------------------------------------------------


def _codes_with(party: Party, as_of: str, *wars: AssumedConflict, **more: Any) -> list[str]:
    what_if = Assumptions(notices={"XXA": (N,)}, conflicts={"XXA": wars})
    found = standing(what_if.lay_over(party(**more), D(as_of))[0], D(as_of))
    return [note.code for note in notes(found)]


def test_an_assumed_end_that_decides_the_date_is_said_before_and_after(party: Party) -> None:
    code = "rests-on-assumed-conflict-end"
    held = AssumedConflict(D("2026-06-01"), D("2026-09-01"))
    for as_of in ("2026-07-09", "2026-08-31", "2026-09-01", "2027-01-01"):
        assert code in _codes_with(party, as_of, held)
    assert code not in _codes_with(party, "2026-08-01", AssumedConflict(D("2026-06-01"), E))
    no_end = AssumedConflict(D("2026-06-01"))
    assert code not in _codes_with(party, "2026-08-01", held, no_end)
    assert "conflict-ongoing" in _codes_with(party, "2026-08-01", held, no_end)


def test_an_end_that_is_recorded_or_comes_too_early_is_no_assumption(
    party: Party, conflict: War
) -> None:
    recorded = Engagement(N, D("2026-09-01"), conflict=conflict(N, D("2026-09-01")))
    shorter, as_long = Engagement(N, D("2026-08-01")), Engagement(N, D("2026-09-01"))
    code = "rests-on-assumed-conflict-end"

    def called(found: Withdrawal) -> bool:
        return code in called_for(found, E)

    assert not called(withdrawal(N, [recorded]))
    assert not called(withdrawal(N, [recorded, shorter]))
    assert called(withdrawal(N, [recorded, as_long]))
    asked = withdrawal(N, [shorter], requested_on=D("2026-12-31"))
    assert (str(asked.effective_on), called(asked)) == ("2026-12-31", False)


def test_nothing_is_nothing_and_not_unknown() -> None:
    refused = withdrawal(D("2024-08-31"), readings=Readings(month_end="refuse"))
    for found in (withdrawal(N), refused):
        assert (found.holding, found.disregarded, found.void) == ((), (), False)


# --- what remains --------------------------------------------------------------------


def test_what_remains_is_told_where_a_withdrawal_may_be_under_way(party: Party, sent: Sent) -> None:
    perhaps = party([N], [_between("2026-07-01", "2026-07-31")])
    assert explain(perhaps, D("2026-12-01")).remaining
    void = party(communications=(sent("withdrawal", N, reasons=False),))
    assert explain(void, E).remaining
    assert explain(void, E, Readings(defects="invalid")).remaining == ()


def test_the_point_of_the_record_is_told_for_an_unknown_day(party: Party) -> None:
    deposit = Deposit("accession", _between("2026-02-04", "2026-08-31"))
    found = explain(party(deposits=(deposit,)), D("2026-11-23"))
    assert [point.letter for point in found.points] == ["c"]
    known = explain(party(deposits=(Deposit("accession", exact(D("2026-02-04"))),)), E)
    assert known.points == ()
