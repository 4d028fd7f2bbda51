"""What rests on a what-if says so everywhere, and no what-if goes unused in silence."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
import vobject
from conftest import Ottawa

from ottawa_cli.render.svg import COLOURS

DAY = "--as-of=2026-11-23"
REVOKED = ("--revoke", "poland=2025-12-01")
TOO_LATE = ("--revoke", "poland=2026-03-01")
AT_WAR = ("--conflict", "lithuania=2025-12-01..2026-06-01")
SPACE = {"s": "http://www.w3.org/2000/svg"}


def state(ottawa: Ottawa, *words: str) -> dict[str, Any]:
    """The only State of a JSON answer."""
    done = ottawa(*words, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    (found,) = json.loads(done.stdout)["states"]
    answer: dict[str, Any] = found
    return answer


def bases(found: dict[str, Any]) -> dict[str, str]:
    return {step["id"]: step["basis"] for step in found["steps"]}


def rows(ottawa: Ottawa, *words: str) -> dict[str, tuple[str, str]]:
    """What `status` says of each date: the date and its basis."""
    lines = ottawa("status", *words).stdout.splitlines()
    head = next(number for number, line in enumerate(lines) if "Basis" in line)
    cells = [re.split(r"\s{2,}", line) for line in lines[head + 1 : lines.index("", head)]]
    return {cell[0]: (cell[1], cell[2]) for cell in cells}


# --- what a what-if takes the place of -----------------------------------------------------

END = "ukraine=2014-02-27..2027-03-31"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--conflict", END), True),
        (("--conflict", END, "--conflict", "ukraine=2014-02-27..@OCC"), False),
        (("--conflict", "ukraine=2014-02-27.."), False),
        ((), False),
    ],
    ids=["the end of all", "one goes on", "no end", "no what-if"],
)
def test_the_assumed_end_of_one_war_is_not_silently_that_of_another(
    ottawa: Ottawa, words: tuple[str, ...], told: bool
) -> None:
    for command in ("status", "explain", "leave"):
        notes = state(ottawa, command, "ukraine", *words, DAY)["notes"]
        texts = [note["text"] for note in notes if note["code"] == "conflicts-replaced"]
        assert len(texts) == told
        assert all("Occupation of Crimea and other Ukrainian territory" in text for text in texts)


def test_a_conflict_assumed_without_its_start_is_told_what_to_write(ottawa: Ottawa) -> None:
    done = ottawa("status", "--conflict", "ukraine=..2027-03-31")
    assert (done.returncode, done.stdout) == (2, "")
    assert "conflict '..2027-03-31': write FROM..[TO][@KIND]" in done.stderr


# --- the basis of what rests on a what-if ------------------------------------------------

RESTING = {  # what-ifs, and the steps that are assumed under them; the others are not
    ("poland", *REVOKED): {"revocation", "standing"},
    ("poland", *TOO_LATE): {"revocation"},
    ("lithuania", *AT_WAR): {"conflict-test", "conflict-end", "effect", "standing"},
    ("lithuania", "--conflict", "lithuania=2024-01-01..2025-01-01"): set(),
    ("ukraine", "--notice", "ukraine=2025-07-18"): {
        "receipt", "form", "notice-period", "conflict-test", "occupation", "conflict-end",
        "standing",
    },
    ("poland", "--notice", "poland=2027-01-01"): {
        "receipt", "form", "notice-period", "conflict-test", "effect", "standing",
    },
    ("norway", "--notice", "norway=2027-01-01"): {
        "receipt", "form", "notice-period", "conflict-test", "effect",
    },
}  # fmt: skip


@pytest.mark.parametrize("words", RESTING, ids=" ".join)
def test_a_step_is_assumed_where_it_rests_on_a_what_if(
    ottawa: Ottawa, words: tuple[str, ...]
) -> None:
    found = bases(state(ottawa, "explain", *words, DAY))
    assert {id for id, basis in found.items() if basis == "assumed"} == RESTING[words]
    last = ottawa("explain", *words, DAY).stdout.split("How firm")[0].strip().splitlines()[-1]
    assert f"({found['standing']})" in last


def test_a_day_to_come_that_no_date_is_given_for_is_assumed_too(ottawa: Ottawa) -> None:
    found = rows(ottawa, "ukraine", "--notice", "ukraine=2025-07-18", DAY)
    assert found["Effect projected"] == ("no date", "assumed")


def test_a_recorded_revocation_saved_by_an_assumed_conflict_rests_on_it(
    ottawa: Ottawa, tmp_path: Any
) -> None:
    """It comes after the six months: without the conflict it would be too late."""
    own = tmp_path / "own.yaml"
    own.write_text(
        "extends: shipped\nsources:\n"
        '  OWN: {title: "T", publisher: "P", url: "https://example.org/", date: 2026-03-02}\n'
        "communications:\n- {state: POL, kind: revocation, received_on: 2026-03-01,"
        " sources: [OWN]}\n", encoding="utf-8",
    )  # fmt: skip
    words = ("explain", "poland", "--data", str(own), DAY)
    assert bases(state(ottawa, *words))["revocation"] == "recorded"
    saved = bases(state(ottawa, *words, "--conflict", "poland=2026-02-01.."))
    assert saved["revocation"] == saved["standing"] == "assumed"
    assert saved["receipt"] == "recorded"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("poland", *REVOKED), [("withdrawing", "computed"), ("party", "assumed")]),
        (("poland", *TOO_LATE), [("withdrawing", "computed"), ("withdrawn", "computed")]),
        (("lithuania", *AT_WAR), [("suspended", "assumed"), ("withdrawn", "assumed")]),
        (("poland", "--notice", "poland=2025-08-20"),
         [("withdrawing", "assumed"), ("withdrawn", "assumed")]),
        (("poland", "--notice", "poland=2025-10-20"),  # bound meanwhile, for the notice is gone
         [("party", "assumed"), ("withdrawing", "assumed"), ("withdrawn", "assumed")]),
        (("ukraine", "--notice", "ukraine=2025-07-18", "--conflict",
          "ukraine=2014-02-27..2026-06-01"), [("suspended", "assumed"), ("withdrawn", "assumed")]),
    ],
)  # fmt: skip
def test_a_span_is_assumed_and_drawn_so_in_both_pictures(
    ottawa: Ottawa, words: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    spans = state(ottawa, "timeline", *words, DAY)["spans"]
    assert [(span["phase"], span["basis"]) for span in spans][-len(expected) :] == expected
    told = ET.fromstring(ottawa("timeline", *words, DAY, "--format", "svg").stdout)
    described = (told.findtext("s:desc", "", SPACE)).split(": ", 1)[1].split(". ")[0].split("; ")
    known = ["(assumed)" in bar for bar in described if ", projected" not in bar]
    assert known[-len(expected) :] == [basis == "assumed" for _, basis in expected]
    polygons = told.findall("s:polygon", SPACE)
    dashed = any(shape.get("stroke-dasharray") for shape in polygons)
    assert dashed is any(basis == "assumed" for _, basis in expected)
    # In characters: an assumed bar has a gap in every second place, a recorded one has none.
    lines = ottawa("timeline", *words, DAY, COLUMNS="300").stdout.splitlines()
    (bar,) = (line for line in lines if line.lower().startswith(f"{words[0]}  "))
    glyph = {"party": "░", "withdrawing": "▒", "suspended": "▓", "withdrawn": "█"}
    for phase, basis in expected:
        assert (f"{glyph[phase]} {glyph[phase]}" in bar) is (basis == "assumed"), phase


def test_an_assumed_bar_stands_apart_within_a_broken_line(ottawa: Ottawa) -> None:
    """A broken line alone is lost on a hatched or a dark bar."""

    def running(*words: str) -> set[tuple[bool, float]]:
        """Of each notice's area whether its outline is broken, and by how much it is lower."""
        picture = ET.fromstring(ottawa("timeline", *words, DAY, "--format", "svg").stdout)
        shapes = picture.findall("s:polygon", SPACE)
        return {
            (bool(line.get("stroke-dasharray")), height(line) - height(area))
            for area, line in pairwise(shapes)
            if area.get("fill") == COLOURS["withdrawing"][0]
        }

    def height(shape: ET.Element) -> float:
        down = [float(point.split(",")[1]) for point in shape.get("points", "").split()]
        return round(max(down) - min(down))

    assert running("poland") == {(False, 0)}
    assert running("norway", "--notice", "norway=2026-01-01") == {(True, 8), (False, 0), (True, 5)}


def test_a_calendar_holds_what_rests_on_a_what_if_as_tentative(ottawa: Ottawa) -> None:
    text = ottawa("timeline", "lithuania", *AT_WAR, DAY, "--format", "ics").stdout
    found = {event.summary.value: event for event in vobject.readOne(text).vevent_list}
    effect = found["Lithuania: Withdrawal took effect"]
    assert effect.status.value == "TENTATIVE"
    assert effect.description.value.startswith("Assumed, Art. 20(3).")
    assert found["Lithuania: Six months over"].status.value == "CONFIRMED"


# --- a what-if of a later day ------------------------------------------------------------

AHEAD = ("norway", "--notice", "norway=2027-01-01")


def test_a_notice_assumed_for_a_later_day_is_projected(ottawa: Ottawa) -> None:
    found = state(ottawa, "status", *AHEAD, DAY)
    assert (found["status"], found["bound"]) == ("party", True)
    assert (found["received_on"], found["period_end_on"], found["effective_on"]) == (
        "2027-01-01", "2027-07-01", "2027-07-01",
    )  # fmt: skip
    assert found["effective_basis"] == "assumed"
    assert found["days_to_effective"] == 220
    assert [note["code"] for note in found["notes"]] == [
        "effect-projected", "assumption-after-day",
    ]  # fmt: skip
    lead = ottawa("status", *AHEAD, DAY).stdout.splitlines()[1]
    assert lead.startswith("PARTY. Bound. ")  # what is assumed comes later
    assert lead.endswith(
        "no notice of withdrawal pending. With the notice assumed for 2027-01-01"
        " withdrawal is projected for 2027-07-01, subject to the condition in Article 20(3)."
    )
    assert rows(ottawa, *AHEAD, DAY)["Notice received"] == ("2027-01-01", "assumed, later")
    field = ottawa("status", *AHEAD, DAY, "--field", "effective_on")
    assert (field.returncode, field.stdout, field.stderr) == (0, "2027-07-01\n", "")
    drawn = ottawa("timeline", *AHEAD, DAY)
    assert "to leave 2027-07-01 (assumed)" in drawn.stdout
    # The same question on the day itself and later has the same days.
    for later in ("2027-01-01", "2027-06-30", "2027-07-01"):
        again = state(ottawa, "status", *AHEAD, "--as-of", later)
        assert again["effective_on"] == "2027-07-01"
        assert again["status"] == ("withdrawn" if later == "2027-07-01" else "withdrawing")


def test_a_conflict_at_the_expiry_of_a_later_notice(ottawa: Ottawa) -> None:
    war = (*AHEAD, "--conflict", "norway=2027-06-01..", DAY)
    found = state(ottawa, "status", *war)
    assert (found["status"], found["effective_on"]) == ("party", None)
    assert [conflict["suspends"] for conflict in found["conflicts"]] == [True]
    told = ottawa("status", *war).stdout
    assert "With the notice assumed for 2027-01-01 no date of effect can be given." in told
    assert "would hold the withdrawal back" in told


@pytest.mark.parametrize(
    ("day", "revoked", "status", "effect", "words"),
    [
        ("2025-10-01", "2025-12-01", "withdrawing", None,
         "The revocation assumed for 2025-12-01 would keep it from taking effect."),
        ("2025-10-01", "2026-03-01", "withdrawing", "2026-02-20",
         "The revocation assumed for 2026-03-01 comes too late."),
        ("2026-11-23", "2026-12-01", "withdrawn", "2026-02-20",
         "The revocation assumed for 2026-12-01 comes too late."),
        ("2025-01-01", "2025-12-01", "party", None,
         "The notice recorded for 2025-08-20 is revoked on 2025-12-01 and never takes effect."),
    ],
)  # fmt: skip
def test_a_revocation_assumed_for_a_later_day_is_projected(
    ottawa: Ottawa, day: str, revoked: str, status: str, effect: str | None, words: str
) -> None:
    asked = ("poland", "--revoke", f"poland={revoked}", "--as-of", day)
    found = state(ottawa, "status", *asked)
    assert (found["status"], found["bound"]) == (status, status != "withdrawn")
    assert (found["revoked_on"], found["effective_on"]) == (revoked, effect)
    assert "assumption-after-day" in [note["code"] for note in found["notes"]]
    told = ottawa("status", *asked).stdout
    assert words in told.splitlines()[1]
    assert ("Effect projected" in told) is (status == "withdrawing" and effect is not None)
    assert "no date" not in told


def test_a_withdrawal_held_back_today_and_revoked_later(ottawa: Ottawa) -> None:
    asked = ("ukraine", "--notice", "ukraine=2025-12-01", "--revoke", "ukraine=2027-01-01", DAY)
    found = state(ottawa, "status", *asked)
    assert found["status"] == "suspended"
    assert any(conflict["suspends"] for conflict in found["conflicts"])
    lead = ottawa("status", *asked).stdout.splitlines()[1]
    assert "an armed conflict holds it back. The revocation assumed for 2027-01-01 would" in lead


def test_the_next_notice_is_told_where_the_last_one_was_revoked(ottawa: Ottawa) -> None:
    what_if = ("--notice", "norway=2025-01-01", "--revoke", "norway=2025-03-01",
               "--notice", "norway=2027-01-01")  # fmt: skip
    for day, received in (
        ("2024-01-01", "2025-01-01"), ("2025-02-01", "2025-01-01"), ("2025-03-01", "2027-01-01"),
    ):  # fmt: skip
        found = state(ottawa, "status", "norway", *what_if, "--as-of", day)
        assert found["received_on"] == received, day
        assert found["status"] == ("withdrawing" if day == "2025-02-01" else "party")


# --- what no answer makes use of ---------------------------------------------------------

FINLAND = ("--notice", "finland=2027-01-01", DAY)
UNUSED = "ottawa: what was assumed about Finland is not in this answer.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("status", "estonia"), ("status", "estonia", "latvia", "--format", "json"),
        ("status", "--only", "withdrawn"), ("timeline", "estonia", "--format", "svg"),
        ("explain", "estonia"), ("bound", "estonia"), ("bound", "norway"),
    ],
)  # fmt: skip
def test_an_assumption_about_another_state_is_said(ottawa: Ottawa, words: tuple[str, ...]) -> None:
    done, plain = ottawa(*words, *FINLAND), ottawa(*words, DAY)
    assert done.stderr == UNUSED
    assert (done.returncode, plain.stderr) == (plain.returncode, "")
    if words[0] == "bound" or "json" in words:
        ours, theirs = (re.sub(r'"assumptions": \[.*?\]', "", one.stdout, flags=re.DOTALL)
                        for one in (done, plain))  # fmt: skip
        assert ours == theirs


def test_an_assumption_in_the_answer_is_not_called_unused(ottawa: Ottawa) -> None:
    for words in (("status",), ("status", "--all"), ("status", "finland"), ("timeline",),
                  ("explain",), ("bound", "finland")):  # fmt: skip
        done = ottawa(*words, "--notice", "finland=2025-07-10", DAY)
        assert done.stderr == "", words


def test_bound_says_that_a_later_day_is_left_out(ottawa: Ottawa) -> None:
    done = ottawa("bound", *AHEAD, DAY)
    assert (done.returncode, done.stdout) == (0, "yes\n")
    assert done.stderr == (
        "ottawa: what was assumed about Norway for a day after 2026-11-23 is not in this answer.\n"
    )
    assert ottawa("bound", *AHEAD, "--as-of", "2027-07-01").stderr == ""


# --- days to come, and revocations that come too late -------------------------------------


def test_what_is_computed_for_a_day_to_come_is_not_told_as_done(ottawa: Ottawa) -> None:
    before, after = (
        rows(ottawa, "lithuania", "--as-of", day) for day in ("2025-12-26", "2025-12-27")
    )
    assert before["Effect projected"] == ("2025-12-27", "computed, later")
    assert before["Six months over"] == ("2025-12-27", "computed, later")
    assert after["Took effect"] == ("2025-12-27", "computed")
    told = ottawa("timeline", "lithuania", "--as-of", "2025-12-26").stdout
    assert re.search(r"2025-12-27 +computed, later +Withdrawal projected", told)
    steps = ottawa("explain", "lithuania", "--as-of", "2025-12-26").stdout
    assert "Art. 20(3) (computed, later). 2025-12-27. The withdrawal is projected" in steps
    machine = state(ottawa, "timeline", "lithuania", "--as-of", "2025-12-26")
    assert {event["basis"] for event in machine["events"]} == {"recorded", "computed"}


def test_a_revocation_too_late_does_not_look_like_one(ottawa: Ottawa) -> None:
    found = rows(ottawa, "poland", *TOO_LATE, DAY)
    assert found["Revocation too late"] == ("2026-03-01", "assumed")
    assert "Notice revoked" not in found
    told = ottawa("timeline", "poland", *TOO_LATE, DAY).stdout
    assert "Revocation received by the depositary, too late" in told
    assert "revocation too late 2026-03-01 (assumed)" in told
    picture = ottawa("timeline", "poland", *TOO_LATE, DAY, "--format", "svg").stdout
    assert ">revocation too late<" in picture
    assert ">1 Mar 2026 (assumed)<" in picture
    for text in (told, picture):
        assert " revoked, " not in text
        assert " revoked (" not in text
    in_time = ottawa("timeline", "poland", *REVOKED, DAY).stdout
    assert "revoked 2025-12-01 (assumed)" in in_time
    assert "Revocation of the notice received by the depositary" in in_time


# --- how firm ----------------------------------------------------------------------------


def test_lebanon_is_not_firm_and_says_on_which_side_what_happens(ottawa: Ottawa) -> None:
    """In force by 1 November for a deposit in May, a month later for one in June."""
    answer = state(ottawa, "explain", "lebanon", DAY)
    found, between = answer["robustness"], answer["deposited_between"]
    assert (found["firm"], found["changes"]) == (False, [])
    first, last = between["earliest"], between["latest"]
    assert found["unsettled"] == [{
        "fact": "deposited_on", "conflict": None, **between,
        "outcomes": [
            {"earliest": first, "latest": "2026-05-31", "status": "party", "bound": True,
             "effective_on": None},
            {"earliest": "2026-06-01", "latest": last, "status": "joining", "bound": False,
             "effective_on": None},
        ],
    }]  # fmt: skip
    assert (
        "The record does not settle the day of deposit, and it decides whether Lebanon is bound:"
        f" party, bound if it lies from {first} to 2026-05-31;"
        f" joining, not bound if it lies from 2026-06-01 to {last}."
    ) in ottawa("explain", "lebanon", DAY).stdout
    settled = state(ottawa, "explain", "lebanon", "--as-of", "2027-02-01")["robustness"]
    assert (settled["firm"], settled["unsettled"]) == (True, [])  # a party, whichever day it was


def test_no_combinations_are_told_where_there_is_nothing_to_try(ottawa: Ottawa) -> None:
    told = ottawa("explain", "norway", DAY).stdout
    assert "combinations" not in told
    assert "No notice and no armed conflict: there is nothing that a reading could change." in told
    assert state(ottawa, "explain", "norway", DAY)["robustness"] == {
        "combinations": 768, "firm": True, "changes": [], "unsettled": [],
    }  # fmt: skip
    assert "768 combinations of readings tried" in ottawa("explain", "lithuania", DAY).stdout
