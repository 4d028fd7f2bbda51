"""The Python API: one question about States by any of their names."""

import datetime as dt

import pytest

from ottawa_cli import AssumedConflict, Assumptions, Inquiry, Record, UnknownState

DAY = dt.date(2026, 11, 23)
NOTICE = (dt.date(2025, 7, 18),)
WAR = (AssumedConflict(dt.date(2014, 2, 27), dt.date(2026, 12, 31), "IAC"),)


@pytest.mark.parametrize("name", ["UKR", "ua", "Ukraine", "Україна"])
def test_assumptions_take_any_name(record: Record, name: str) -> None:
    inquiry = Inquiry(record, DAY, assumptions=Assumptions({name: NOTICE}, conflicts={name: WAR}))
    found = inquiry.standing("Ukraine")
    assert (found.status, str(found.effective_on)) == ("suspended", "2026-12-31")
    assert inquiry.assumptions.iso3s == ["UKR"]


def test_what_is_given_for_one_state_under_two_names_goes_together(record: Record) -> None:
    later = (dt.date(2025, 8, 18), *NOTICE)
    inquiry = Inquiry(record, DAY, assumptions=Assumptions({"UKR": NOTICE, "Ukraine": later}))
    assert set(inquiry.assumptions.notices["UKR"]) == {*NOTICE, *later}
    assert len(inquiry.said) == 2


@pytest.mark.parametrize(
    "assumptions",
    [
        Assumptions({"Neverland": NOTICE}),
        Assumptions(revocations={"korea": NOTICE}),
        Assumptions(conflicts={"Kosovo": WAR}),
        Assumptions(at_war=frozenset({"EU"})),
    ],
)
def test_an_assumption_about_no_state_is_refused_not_dropped(
    record: Record, assumptions: Assumptions
) -> None:
    with pytest.raises(UnknownState):
        Inquiry(record, DAY, assumptions=assumptions)


def test_the_outcome_is_the_standing_without_reasons(record: Record) -> None:
    inquiry = Inquiry(record, DAY, assumptions=Assumptions({"UKR": NOTICE, "EST": NOTICE}))
    for iso3 in record.iso3s:
        bare, full = inquiry.finding(iso3), inquiry.standing(iso3)
        assert bare.status == full.status
        assert bare.bound == full.bound
        assert bare.effective_on == full.effective_on
