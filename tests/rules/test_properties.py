"""What must hold of Article 20(3) whatever the facts: each property in the law's terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ottawa_cli.dataset.clauses import clause
from ottawa_cli.model import Conflict, State
from ottawa_cli.rules import article_20
from ottawa_cli.rules.article_20 import Engagement
from ottawa_cli.rules.history import BOUND_STATUSES
from ottawa_cli.rules.readings import DEFAULT, READINGS, Readings
from ottawa_cli.rules.sensitivity import sensitivity
from ottawa_cli.rules.standing import finding

ONE_DAY = dt.timedelta(days=1)
withdrawal = partial(article_20.withdrawal, clause=clause())
NEVER = dt.date.max

RECEIPTS = st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31))
CHOICES = st.builds(
    Readings, **{key.replace("-", "_"): st.sampled_from(v) for key, v in READINGS.items()}
)
ONE_WAR = st.tuples(
    st.one_of(st.integers(-3, 3), st.integers(-300, 200)),
    st.one_of(st.none(), st.integers(0, 4), st.integers(0, 200)),
    st.sampled_from([None, "IAC", "NIAC", "OCC"]),
)
WARS = st.lists(ONE_WAR, max_size=4)
Wars = list[tuple[int, int | None, str | None]]


def _engaged(received_on: dt.date, wars: Wars) -> list[Engagement]:
    """Wars given by days from about the end of the six months, and by their length."""
    middle = received_on + dt.timedelta(days=183)
    found = []
    for start, length, kind in wars:
        first = middle + dt.timedelta(days=start)
        last = None if length is None else first + dt.timedelta(days=length)
        found.append(Engagement(first, last, "IAC" if kind == "OCC" else kind, kind == "OCC"))
    return found


def _effect(received_on: dt.date, engaged: list[Engagement], chosen: Readings) -> dt.date:
    """The day of effect, the farthest day of all where there is none."""
    return withdrawal(received_on, engaged, None, chosen).effective_on or NEVER


@given(RECEIPTS, WARS, CHOICES)
def test_never_before_six_months_have_passed(
    received_on: dt.date, wars: Wars, chosen: Readings
) -> None:
    effect = _effect(received_on, _engaged(received_on, wars), chosen)
    # 31 August to 28 February is the shortest six months of all: 181 days.
    assert effect - received_on >= dt.timedelta(days=181)
    before = effect - ONE_DAY
    assert (before.year * 12 + before.month) - (received_on.year * 12 + received_on.month) >= 5


@given(RECEIPTS, WARS)
def test_never_before_the_end_of_a_conflict_on_at_expiry(received_on: dt.date, wars: Wars) -> None:
    engaged = _engaged(received_on, wars)
    found = withdrawal(received_on, engaged)
    expiry = found.period_end_on
    assert expiry
    for one in engaged:
        if one.start <= expiry and (one.end is None or one.end >= expiry):
            assert (found.effective_on or NEVER) >= (one.end or NEVER)


@given(RECEIPTS, WARS, CHOICES, st.one_of(st.none(), st.integers(0, 500)))
def test_once_out_never_in_again_and_once_revoked_for_good(
    received_on: dt.date, wars: Wars, chosen: Readings, after: int | None
) -> None:
    assume(chosen.month_end != "refuse")
    revoked_on = None if after is None else received_on + dt.timedelta(days=after)
    found = withdrawal(received_on, _engaged(received_on, wars), revoked_on, chosen)
    statuses = [found.status_on(received_on + dt.timedelta(days=n)) for n in range(700)]
    order = ["withdrawing", "suspended", "party", "withdrawn"]
    assert [order.index(s) for s in statuses] == sorted(order.index(s) for s in statuses)
    bound = [status in BOUND_STATUSES for status in statuses]
    assert all(earlier or not later for earlier, later in pairwise(bound))
    if revoked_on and revoked_on < _effect(received_on, _engaged(received_on, wars), chosen):
        assert set(statuses[after:]) == {"party"}
        assert found.effective_on is None
        assert found.period_end_on is not None, "a revoked notice keeps its computed E"


@given(RECEIPTS)
def test_the_ways_of_counting_differ_by_a_day_at_most(received_on: dt.date) -> None:
    last = _effect(received_on, [], DEFAULT)
    following = _effect(received_on, [], Readings(month_end="next-day"))
    assert following - last in {dt.timedelta(0), ONE_DAY}
    assert (following == last) is (last.day == received_on.day)
    assert _effect(received_on, [], Readings(effect_day="next-day")) == last + ONE_DAY


@given(RECEIPTS, WARS, st.integers(1, 900), st.integers(0, 900))
def test_a_war_over_before_expiry_or_begun_after_the_effect_changes_nothing(
    received_on: dt.date, wars: Wars, gap: int, length: int
) -> None:
    engaged = _engaged(received_on, wars)
    plain = withdrawal(received_on, engaged)
    assert plain.period_end_on
    ended = plain.period_end_on - dt.timedelta(days=gap)
    over = Engagement(ended - dt.timedelta(days=length), ended)
    begun = plain.effective_on + dt.timedelta(days=gap) if plain.effective_on else None
    late = [Engagement(begun, None)] if begun else []
    assert _effect(received_on, [*engaged, over, *late], DEFAULT) == (plain.effective_on or NEVER)


@given(RECEIPTS, WARS, ONE_WAR, CHOICES)
def test_one_more_war_never_makes_the_effect_earlier(
    received_on: dt.date, wars: Wars, more: tuple[int, int | None, str | None], chosen: Readings
) -> None:
    with_it = _effect(received_on, _engaged(received_on, [*wars, more]), chosen)
    assert with_it >= _effect(received_on, _engaged(received_on, wars), chosen)


@given(RECEIPTS, WARS, CHOICES)
def test_each_reading_leans_one_way(received_on: dt.date, wars: Wars, chosen: Readings) -> None:
    """Left: never later than right. And the order in which conflicts are given is no fact."""
    assume(chosen.month_end != "refuse")
    engaged = _engaged(received_on, wars)

    def effect(key: str, value: str) -> dt.date:
        return _effect(received_on, engaged, chosen.choosing(key, value))

    assert effect("conflict-edges", "strict") <= effect("conflict-edges", "inclusive")
    assert effect("conflict-scope", "at-expiry") <= effect("conflict-scope", "until-peace")
    assert effect("conflict-kinds", "international") <= effect("conflict-kinds", "all")
    assert effect("occupation", "excluded") <= effect("occupation", "counts")
    assert effect("effect-day", "same-day") <= effect("effect-day", "next-day")
    assert effect("conflict-end", "same-day") <= effect("conflict-end", "next-day")
    assert effect("defects", "warn") == effect("defects", "invalid"), "the notice has no defect"
    assert _effect(received_on, engaged[::-1], chosen) == _effect(received_on, engaged, chosen)


@settings(max_examples=25)
@given(case=st.tuples(RECEIPTS, WARS, CHOICES, st.integers(-5, 300)))
def test_robustness_says_what_each_single_choice_gives(
    case: tuple[dt.date, Wars, Readings, int],
    party: Callable[..., State],
    conflict: Callable[..., Conflict],
) -> None:
    received_on, wars, chosen, after = case
    engaged = _engaged(received_on, wars)
    state = party(
        [received_on],
        conflicts=tuple(
            conflict(e.start, e.end, "OCC" if e.occupation_only else e.kind) for e in engaged
        ),
    )
    as_of = received_on + dt.timedelta(days=after)
    found = sensitivity(state, as_of, chosen)
    here = finding(state, as_of, chosen)
    singles = {
        change.choices[0]: change.finding for change in found.changes if len(change.choices) == 1
    }
    for key, values in READINGS.items():
        for value in values:
            there = finding(state, as_of, chosen.choosing(key, value))
            assert singles.get((key, value), here) == there, (key, value)
    for change in found.changes:
        there = chosen
        for key, value in change.choices:
            there = there.choosing(key, value)
        assert finding(state, as_of, there) == change.finding
    assert found.combinations == 768
    assert found.firm is (not found.changes)
