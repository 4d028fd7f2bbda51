"""The picture for reports: every text whole, on the page and clear of every other.

Measured twice: by the widths the drawing itself counts with, and in a browser by the
widths it really draws.
"""

import datetime as dt
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest
from conftest import tool

from ottawa_cli import AssumedConflict, Assumptions, Inquiry, Record
from ottawa_cli.render import report_parts, report_timeline, svg
from ottawa_cli.render.chart import LEGEND

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
AS_OF = dt.date(2026, 11, 23)
SIX = ["EST", "FIN", "LVA", "LTU", "POL", "UKR"]
WAR = Assumptions(
    notices={"EST": (dt.date(2024, 8, 31),), "THA": (dt.date(2025, 6, 26),)},
    conflicts={"EST": (AssumedConflict(dt.date(2025, 2, 1), dt.date(2026, 3, 1)),)},
)
Case = tuple[list[str], Assumptions]


def cases(record: Record) -> dict[str, Case]:
    forty = sorted(record.iso3s, key=lambda iso3: -len(record.name(iso3)))[:40]
    return {
        "one": (["LTU"], Assumptions()),
        "at war": (["UKR"], Assumptions(at_war=frozenset({"UKR"}))),
        "six": (SIX, Assumptions()), "what-if": (["EST", "THA"], WAR), "forty": (forty, WAR),
        "unknown day": (["LBN"], Assumptions()), "never joined": (["RUS"], Assumptions()),
    }  # fmt: skip


NAMES = ["one", "at war", "six", "what-if", "forty", "unknown day", "never joined"]


def inquiry(record: Record, name: str) -> tuple[Inquiry, list[str]]:
    iso3s, assumed = cases(record)[name]
    return Inquiry(record, AS_OF, assumptions=assumed), iso3s


def drawn(record: Record, name: str) -> str:
    asked, iso3s = inquiry(record, name)
    return svg.render(report_timeline.picture(asked, iso3s), report_parts.footer(asked))


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_or_overlaps_by_the_drawing_s_own_widths(record: Record, name: str) -> None:
    asked, iso3s = inquiry(record, name)
    drawing = svg.Drawing(report_timeline.picture(asked, iso3s), report_parts.footer(asked))
    for one in drawing.captions:
        assert one.left >= 0, one
        assert one.left + one.width <= svg.WIDTH, one
        assert one.size <= one.y <= drawing.height, one
    for one, other in combinations(drawing.captions, 2):
        apart = one.left + one.width <= other.left or other.left + other.width <= one.left
        above = one.y <= other.y - other.size or other.y <= one.y - one.size
        assert apart or above, (one, other)


def test_bars_are_to_scale(record: Record) -> None:
    asked, iso3s = inquiry(record, "one")
    chart = report_timeline.picture(asked, iso3s)
    drawing = svg.Drawing(chart, None)
    start, end = chart.window
    day = (drawing.right - drawing.left) / (end - start).days
    for at in (dt.date(2025, 6, 27), dt.date(2025, 12, 27), AS_OF):
        assert drawing.x(at) == pytest.approx(drawing.left + (at - start).days * day, abs=0.01)


def test_it_speaks_and_stands_alone(record: Record) -> None:
    text = drawn(record, "six")
    root = ET.fromstring(text)
    space = {"s": svg.NAMESPACE}
    title, told = root.find("s:title", space), root.find("s:desc", space)
    assert title is not None
    assert title.text == "The Anti-Personnel Mine Ban Convention on 2026-11-23"
    assert told is not None
    assert told.text
    assert "Lithuania: bound from before" in told.text
    assert "notice running (bound) from 2025-06-27 to 2025-12-27" in told.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert not re.search(r"<script|href|@import|url\((?!#)", text)
    assert "prefers-color-scheme: dark" in text
    assert "Information, not legal advice." in text


def test_phases_differ_without_colour(record: Record) -> None:
    """In grey, each phase is told by being solid, patterned, thin, dashed or empty."""
    solid, empty = {"party", "conflict"}, {"withdrawn", "signatory"}
    assert solid | empty | set(svg.PATTERNS) == set(LEGEND)
    assert len({path for path, _ in svg.PATTERNS.values()}) == len(svg.PATTERNS)
    assert svg.THIN < svg.TALL
    assert 'stroke-dasharray="5 3"' in drawn(record, "what-if")


MEASURE = """
<script>
const page = [...document.querySelectorAll("svg")].map(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].map(text => {
    const box = text.getBoundingClientRect();
    return [text.textContent, box.left - frame.left, box.top - frame.top,
            box.right - frame.left, box.bottom - frame.top, frame.width, frame.height];
  });
});
const out = document.createElement("pre");
out.id = "measured";
out.textContent = JSON.stringify(page);
document.body.replaceChildren(out);
</script>
"""


def browse(page: Path, profile: Path) -> str:
    """What the page is after a browser has drawn it."""
    done = subprocess.run(
        [tool(*BROWSERS), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={profile}", "--window-size=1200,800",
         "--virtual-time-budget=2000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    return done.stdout


def test_no_text_is_cut_or_overlaps_in_a_browser(record: Record, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    pictures = "".join(drawn(record, name).split("\n", 1)[1] for name in NAMES)
    page.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><body>{pictures}{MEASURE}", encoding="utf-8"
    )
    found = re.search(r'<pre id="measured">(.*?)</pre>', browse(page, tmp_path / "profile"), re.S)
    assert found
    measured = json.loads(found[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    assert len(measured) == len(NAMES)
    for picture in measured:
        assert len(picture) > 5
        for text, left, top, right, bottom, width, height in picture:
            assert 0 <= left < right <= width, text
            assert 0 <= top < bottom <= height, text
        for one, other in combinations(picture, 2):
            apart = one[3] <= other[1] or other[3] <= one[1]
            above = one[4] <= other[2] + 3 or other[4] <= one[2] + 3  # boxes hold descenders
            assert apart or above, (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_its_colours_without_a_style_sheet(record: Record, name: str) -> None:
    for shape in ET.fromstring(drawn(record, name)).iter():
        for part in ("fill", "stroke"):
            colour = shape.get(part, "none")
            assert re.fullmatch(r"none|#[0-9a-f]{6}|url\(#\w+\)", colour)
            if colour.startswith("#"):
                assert f"{part}-" in shape.get("class", "")  # what a dark page changes
