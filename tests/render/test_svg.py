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
from conftest import Ottawa, tool

from ottawa_cli import AssumedConflict, Assumptions, Inquiry, Record
from ottawa_cli.render import report_count, report_parts, report_timeline, svg

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


LAYOUTS = {"file": svg.FILE, "screen": svg.SCREEN, "phone": svg.PHONE}
NAMES = ["one", "at war", "six", "what-if", "forty", "unknown day", "never joined"]


def inquiry(record: Record, name: str) -> tuple[Inquiry, list[str]]:
    iso3s, assumed = cases(record)[name]
    return Inquiry(record, AS_OF, assumptions=assumed), iso3s


def drawn(record: Record, name: str) -> str:
    asked, iso3s = inquiry(record, name)
    return svg.render(report_timeline.picture(asked, iso3s), report_parts.footer(asked))


def assert_clear(drawing: svg.Page) -> None:
    """Every line of text is on the page, and clear of every other."""
    for line in drawing.captions:
        assert 0 <= line.left <= line.left + line.width <= drawing.layout.width, line
        assert line.size <= line.y <= drawing.height, line
    for line, other in combinations(drawing.captions, 2):
        apart = line.left + line.width <= other.left or other.left + other.width <= line.left
        above = line.y <= other.y - other.size or other.y <= line.y - line.size
        assert apart or above, (line, other)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_or_overlaps_by_the_drawing_s_own_widths(
    record: Record, name: str, layout: svg.Layout
) -> None:
    asked, iso3s = inquiry(record, name)
    chart = report_timeline.picture(asked, iso3s)
    assert_clear(svg.page(chart, layout, report_parts.footer(asked)))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("first", ["1997-12-03", "2025-01-01", "2026-11-23", "2027-06-01"])
def test_no_text_is_cut_or_overlaps_in_the_picture_of_a_count(
    record: Record, first: str, layout: svg.Layout
) -> None:
    asked = Inquiry(record, AS_OF)
    start = dt.date.fromisoformat(first)
    steps = report_count.picture(asked, asked.count(), start, max(start, AS_OF))
    assert_clear(svg.page(steps, layout, report_parts.footer(asked)))


def test_steps_are_to_scale_and_name_what_stands_out(record: Record) -> None:
    asked = Inquiry(record, AS_OF)
    steps = report_count.picture(asked, asked.count(), dt.date(1997, 12, 3), AS_OF)
    drawing = svg.Stairs(steps, svg.FILE)
    assert drawing.level(0) - drawing.level(166) == pytest.approx(svg.Stairs.TALL, abs=0.01)
    assert drawing.level(0) - drawing.level(83) == pytest.approx(svg.Stairs.TALL / 2, abs=0.01)
    root = ET.fromstring(svg.render(steps))
    lines = words(root)
    assert lines[0] == "161 to 162 States are bound by the Mine Ban Convention"
    for phrase in (
        "45: 45 States join 1 Mar 1999", "166: Tonga joins 1 Dec 2025",
        "163: Estonia, Latvia, Lithuania leave 27 Dec 2025", "161: Poland leaves 20 Feb 2026",
        "not settled", "projected",
    ):  # fmt: skip
        assert phrase in lines, phrase
    edges = root.findall(".//s:polyline", {"s": svg.NAMESPACE})[-2:]
    points = " ".join(edge.get("points", "") for edge in edges).split()
    heights = {point.split(",")[1] for point in points}
    assert len(heights) == len({level.bound_least for level in steps.levels})


def test_bars_are_to_scale(record: Record) -> None:
    asked, iso3s = inquiry(record, "one")
    chart = report_timeline.picture(asked, iso3s)
    drawing = svg.page(chart, svg.FILE)
    start, end, _ = chart.window
    day = (drawing.right - drawing.left) / (end - start).days
    for at in (dt.date(2025, 6, 27), dt.date(2025, 12, 27), AS_OF):
        assert drawing.x(at) == pytest.approx(drawing.left + (at - start).days * day, abs=0.01)


def test_it_speaks_and_stands_alone(record: Record) -> None:
    text = drawn(record, "six")
    root = ET.fromstring(text)
    space = {"s": svg.NAMESPACE}
    title, description = root.find("s:title", space), root.find("s:desc", space)
    assert title is not None
    assert title.text == "Five of these six States have left the Mine Ban Convention, 2025–26"
    assert description is not None
    assert description.text
    assert "Lithuania: bound from before" in description.text
    assert "notice running (bound) from 27 Jun 2025 to 27 Dec 2025" in description.text
    assert "withdrawn (not bound), projected from 24 Nov 2026" in description.text
    assert root.get("aria-labelledby") == title.get("id") == "ottawa-title"
    assert root.get("aria-describedby") == description.get("id") == "ottawa-description"
    assert not re.search(r"<script|<style|class=|href|@import|url|<pattern|opacity", text)
    assert "Information, not legal advice." in " ".join(words(root))


def words(root: ET.Element) -> list[str]:
    """What is to be read in a picture: its texts, without the halos under them."""
    texts = root.iterfind(".//s:text", {"s": svg.NAMESPACE})
    return [text.text or "" for text in texts if not text.get("aria-hidden")]


def test_it_says_what_is_seen(record: Record) -> None:
    text = drawn(record, "six")
    lines = words(ET.fromstring(text))
    assert lines[:2] == [
        "Five of these six States have left the Mine Ban Convention, 2025–26",
        "Anti-Personnel Mine Ban Convention, as of 23 Nov 2026",
    ]
    for phrase in (
        "projected", "left 27 Dec 2025", "notice 10 Jul 2025", "suspension contested",
        "suspension communicated 18 Jul 2025", "Russia v Ukraine, from Feb 2014, no known end",
    ):  # fmt: skip
        assert phrase in lines, phrase
    assert any(line.startswith("Source: ottawa, data version") for line in lines)
    assert "C.N.360.2025.TREATIES-XXVI.5" in " ".join(lines)
    assert "not settled" not in text  # the legend has what occurs, and no more
    sizes = [float(size) for size in re.findall(r'font-size="([^"]+)"', text)]
    assert min(sizes) >= 14


def test_an_unsettled_stretch_says_what_it_may_be(record: Record) -> None:
    lines = words(ET.fromstring(drawn(record, "unknown day")))
    assert "not settled: joining or party" in " ".join(lines)


MEASURE = """
<script>
const page = [...document.querySelectorAll("svg")].map(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text:not([aria-hidden])")].map(text => {
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
        for box, other in combinations(picture, 2):
            apart = box[3] <= other[1] or other[3] <= box[1]
            above = box[4] <= other[2] + 3 or other[4] <= box[2] + 3  # boxes hold descenders
            assert apart or above, (box, other)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_file_has_the_colours_of_one_theme(record: Record, name: str, theme: str) -> None:
    asked, iso3s = inquiry(record, name)
    text = svg.render(report_timeline.picture(asked, iso3s), None, theme)
    ours = {pair[theme == "dark"] for pair in svg.COLOURS.values()}
    for shape in ET.fromstring(text).iter():
        for part in ("fill", "stroke"):
            colour = shape.get(part, "none")
            assert re.fullmatch(r"none|#[0-9a-f]{6}", colour)
            assert not colour.startswith("#") or colour in ours


def test_a_light_colour_becomes_only_one_dark_colour() -> None:
    """By which a style sheet replaces it, whatever it stands for."""
    pairs = set(svg.COLOURS.values())
    assert len({light for light, _ in pairs}) == len(pairs)


def test_dark_colours_stand_in_a_style_sheet_only_where_they_are_asked_for(ottawa: Ottawa) -> None:
    sheet = "@media screen and (prefers-color-scheme: dark)"
    for words, has in (((), False), (("--theme", "dark"), False), (("--theme", "auto"), True)):
        picture = ottawa("timeline", "poland", *words, "--format", "svg").stdout
        assert (sheet in picture) is has
    assert sheet in ottawa("timeline", "poland", "--format", "html").stdout
    refused = ottawa("timeline", "poland", "--theme", "dark", "--format", "plain")
    assert (refused.returncode, refused.stderr) == (2, "ottawa: --theme goes with --format svg.\n")


def test_a_conflict_of_several_is_drawn_once(ottawa: Ottawa) -> None:
    lines = words(ET.fromstring(ottawa("timeline", "russia", "ukraine", "--format", "svg").stdout))
    text = " ".join(lines)
    assert text.count("Russia v Ukraine") == 1
    assert "Russia v Ukraine, from Feb 2014, no known end" in lines
    assert text.count("Occupation of Crimea") == 1
    crimea = "Occupation of Crimea and other Ukrainian territory, from Feb 2014, no known end"
    assert f"{crimea} (also of Ukraine)" in text


def test_days_are_spelled_and_names_of_files_are_not() -> None:
    assert svg.spelled("left 2025-12-27, from 2014-02") == "left 27 Dec 2025, from Feb 2014"
    assert svg.spelled("in 2025-13, 2025-12-27.yaml") == "in 2025-13, 2025-12-27.yaml"
