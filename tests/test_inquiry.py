"""The Python API: one question about States by any of their names."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Ottawa

from ottawa_cli import (
    AssumedConflict,
    Assumptions,
    Inquiry,
    Readings,
    Record,
    UnknownState,
    load,
)

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


def test_days_as_text(record: Record) -> None:
    inquiry = Inquiry(record, "2026-11-23", assumptions=Assumptions({"UKR": ["2025-07-18"]}))
    assert inquiry.as_of == DAY
    assert str(inquiry.standing("UKR").received_on) == "2025-07-18"
    one = Inquiry(record, DAY, assumptions=Assumptions({"UKR": "2025-07-18"}))
    assert one.said == inquiry.said


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        (20261123, "20261123 is no day: give a datetime.date, or a text as in '2025-06-27'"),
        (None, "None is no day"),
        (dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC), "is no day"),
        ("23.11.2026", "'23.11.2026' is not a date: write YYYY-MM-DD"),
        ("2026-02-30", "2026-02-30 is not a day of the calendar"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(record: Record, as_of: Any, why: str) -> None:
    with pytest.raises((TypeError, ValueError), match=re.escape(why)):
        Inquiry(record, as_of)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("states.yaml", DAY), "'states.yaml' is no Record: load() gives one"),
        ((None, DAY), "None is no Record"),
        (("record", DAY, {"month-end": "next-day"}), "is no Readings: Readings(...)"),
        (("record", DAY, Readings(), {"UKR": NOTICE}), "is no Assumptions: Assumptions(...)"),
    ],
)
def test_what_is_of_another_type_is_refused(record: Record, given: Any, why: str) -> None:
    first, *rest = given
    with pytest.raises(TypeError, match=re.escape(why)):
        Inquiry(record if first == "record" else first, *rest)


def test_a_standing_as_keys_and_values(ottawa: Ottawa, record: Record) -> None:
    told = ottawa("status", "--all", "--as-of=2026-11-23", "--format=json").stdout
    standings = Inquiry(record, "2026-11-23").standings()
    assert [standing.to_dict() for standing in standings] == json.loads(told)["states"]


def test_the_deadlines_that_entry_into_force_starts(record: Record) -> None:
    found = {name: Inquiry(record, DAY).standing(name).to_dict() for name in ("TON", "LBN", "CHN")}
    deadlines = {
        name: (keys["first_report_due_on"], keys["stockpiles_due_on"])
        for name, keys in found.items()
    }
    assert deadlines == {
        "TON": ("2026-05-30", "2029-12-01"), "LBN": (None, None), "CHN": (None, None),
    }  # fmt: skip
    left = Inquiry(record, DAY, assumptions=Assumptions({"TON": "2026-01-01"})).standing("TON")
    assert (left.first_report_due_on, left.stockpiles_due_on) == (dt.date(2026, 5, 30), None)


def test_the_form_of_a_notice(record: Record) -> None:
    inquiry = Inquiry(record, DAY)
    estonia, poland, ukraine = (inquiry.standing(n).to_dict() for n in ("EST", "POL", "UKR"))
    assert estonia["addressees"] == ["depositary", "security-council", "states-parties"]
    assert (estonia["reasons"], poland["reasons"], poland["addressees"]) == (None, True, None)
    assert (estonia["circulated_on"], ukraine["circulated_on"]) == ("2025-07-03", None)
    before = Inquiry(record, "2025-07-02").standing("EST").to_dict()
    assert (before["reference"], before["circulated_on"]) == (estonia["reference"], None)


def test_the_address_of_a_notification_is_that_of_a_source_and_never_made_up(
    record: Record, tmp_path: Path
) -> None:
    assert {s.to_dict()["reference_url"] for s in Inquiry(record, DAY).standings()} == {None}
    own = Path(__file__).parents[1] / "docs" / "how-to" / "own-record.md"
    blocks = re.findall(r"(?ms)^```yaml\n(.*?)^```$", own.read_text(encoding="utf-8"))
    supplement = tmp_path / "notice.yaml"
    supplement.write_text(next(b for b in blocks if "extends: shipped" in b), encoding="utf-8")
    (given,) = [
        keys for keys in (s.to_dict() for s in Inquiry(load(supplement), "2027-01-01").standings())
        if keys["reference_url"]
    ]  # fmt: skip
    assert given["reference"].startswith("C.N.500.2026")
    assert given["reference_url"].endswith("/CN.500.2026-Eng.pdf")
