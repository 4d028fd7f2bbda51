"""What a person sees on a terminal, at fixed widths and days."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from ottawa_cli import AssumedConflict, Assumptions, Inquiry, Record
from ottawa_cli.render import report_explanation, report_status, report_timeline, terminal
from ottawa_cli.render.document import (
    Citations,
    Document,
    Footer,
    Heading,
    Items,
    Picture,
    Table,
)

DAYS = [dt.date(2025, 12, 26), dt.date(2026, 11, 23)]
LOOKS = [(40, True), (80, True), (200, True), (80, False)]
WHO = {
    "lithuania": (["LTU"], Assumptions()),
    "ukraine": (["UKR"], Assumptions(at_war=frozenset({"UKR"}))),
    "lebanon": (["LBN"], Assumptions()),
    "default": (["EST", "FIN", "LVA", "LTU", "POL", "UKR"], Assumptions()),
    "estonia-what-if": (
        ["EST"],
        Assumptions(
            notices={"EST": (dt.date(2024, 8, 31),)},
            conflicts={"EST": (AssumedConflict(dt.date(2025, 2, 1), dt.date(2026, 3, 1)),)},
        ),
    ),
}


def status(record: Record, who: str, day: dt.date) -> Document:
    iso3s, assumed = WHO[who]
    inquiry = Inquiry(record, day, assumptions=assumed)
    return report_status.status(inquiry, inquiry.standings(iso3s), False, tally=False)


def timeline(record: Record, who: str, day: dt.date) -> Document:
    """The head of the report and the picture; the list of events is the record's own text."""
    iso3s, assumed = WHO[who]
    whole = report_timeline.timeline(
        Inquiry(record, day, assumptions=assumed), iso3s, False, general=False
    )
    return tuple(block for block in whole if isinstance(block, Heading | Picture))


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("asked", [status, timeline], ids=["status", "timeline"])
def test_the_terminal(
    record: Record, snapshot: SnapshotAssertion, asked: object, who: str, day: dt.date
) -> None:
    document = asked(record, who, day)
    for width, unicode in LOOKS:
        drawn = terminal.render(document, width, unicode, colored=False)
        assert max(map(len, drawn.splitlines())) <= width
        assert unicode or drawn.isascii()
        assert drawn == snapshot(name=f"{width}{'' if unicode else ' ASCII'}")


@pytest.mark.parametrize("width", [40, 60, 100, 300])
@pytest.mark.parametrize("who", WHO)
def test_no_word_is_lost_at_any_width(record: Record, who: str, width: int) -> None:
    iso3s, assumed = WHO[who]
    inquiry = Inquiry(record, DAYS[1], assumptions=assumed)
    for document in (
        report_status.status(inquiry, inquiry.standings(iso3s), True, tally=True),
        report_timeline.timeline(inquiry, iso3s, True, general=True),
        report_explanation.explanation(inquiry, iso3s[0], True),
    ):
        texts = tuple(block for block in document if not isinstance(block, Picture))
        drawn = terminal.render(texts, width, True, colored=False)
        assert max(map(len, drawn.splitlines())) <= width
        shown = re.sub(r"\s", "", drawn)
        missing = {word for word in words(texts) if word not in shown}
        assert not missing


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("who", WHO)
def test_the_picture_is_still_there_when_all_is_printed(
    record: Record, who: str, width: int
) -> None:
    """Under everything else but the footer, and no taller than a terminal of 24 lines."""
    iso3s, assumed = WHO[who]
    inquiry = Inquiry(record, DAYS[1], assumptions=assumed)
    document = report_timeline.timeline(inquiry, iso3s, False, general=True)
    drawn = terminal.render(document, width, True, colored=False)
    (picture,) = (block for block in document if isinstance(block, Picture))
    seen = terminal.render((picture, document[-1]), width, True, colored=False)
    assert drawn.endswith("\n" + seen)
    assert len(seen.splitlines()) < 24


def test_sentences_take_no_more_than_100_columns(record: Record) -> None:
    inquiry = Inquiry(record, DAYS[1])
    for document in (
        report_status.status(inquiry, inquiry.standings(["UKR"]), True, tally=True),
        report_explanation.explanation(inquiry, "UKR", True),
    ):
        texts = tuple(block for block in document if not isinstance(block, Table | Picture))
        lines = terminal.render(texts, 200, True, colored=False).splitlines()
        assert max(len(line) for line in lines if "://" not in line) in range(90, 101)


def words(document: Document) -> Iterator[str]:
    """Every word of the document but the names of columns, which a stacked table leaves out."""
    for block in document:
        match block:
            case Table():
                yield from " ".join(cell for row in block.rows for cell in row).split()
            case Items(title, items):
                yield from " ".join([title, *items]).split()
            case Citations(_, entries):
                yield from " ".join(part for entry in entries for part in entry).split()
            case Heading(title, lead):
                yield from f"{title} {lead}".split()
            case Footer(lines):
                yield from " ".join(lines).split()


def test_colour_repeats_words_and_adds_none(record: Record) -> None:
    document = status(record, "default", DAYS[1])
    plainly = terminal.render(document, 80, True, colored=False)
    coloured = terminal.render(document, 80, True, colored=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plainly.split()
