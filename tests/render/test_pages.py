"""The pages in a browser: on a phone, with a keyboard, for those who do not see them, sorted."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import crawl
import pytest
from conftest import Ottawa, tool

from ottawa_cli.render import html
from ottawa_cli.render.document import Footer, Heading, Items, Table

DAY = "--as-of=2026-11-23"
ASKED = {
    "status": "status", "roll": "status --only withdrawn --only not-party --only uncertain",
    "state": "status lithuania", "timeline": "timeline", "course": "timeline ukraine",
    "explain": "explain lebanon",
    "why": "explain ukraine", "leave": "leave norway ukraine", "left": "leave ukraine",
    "count": "count", "series": "count --every year", "ccm": "status lithuania --treaty ccm",
    "all": "timeline lithuania --treaty all", "assumed":
    "timeline estonia --notice estonia=2024-08-31 --conflict estonia=2025-03-01..",
}  # fmt: skip
PICTURED = {  # the pages with a picture, and its name
    "timeline": "Five States have left the Mine Ban Convention, 2025–26",
    "course": "Ukraine is bound by the Mine Ban Convention; its suspension is contested",
    "count": "161 to 162 States are bound by the Mine Ban Convention",
    "series": "161 to 162 States are bound by the Mine Ban Convention",
    "all": "Lithuania has left the Mine Ban Convention, 27 Dec 2025; Lithuania has left the"
    " Convention on Cluster Munitions, 6 Mar 2025",
    "assumed": "Estonia has left the Mine Ban Convention, 28 Feb 2025, on assumed facts",
}
# On a phone: what each frame shows and holds, which columns can be seen whole; the first column
# before and after its name is pressed twice; and on a phone and a wide screen what is seen of
# each picture: how it is named and described, what of it is hidden at a side, how high its letters
# are drawn.
MEASURE = """(() => {
  const frames = [...document.querySelectorAll(".scroll")];
  const seen = frames.map(frame => [...frame.querySelectorAll("thead th")].filter(
    cell => cell.offsetWidth && cell.getBoundingClientRect().right <= innerWidth
  ).map(cell => cell.textContent));
  const words = id => id && document.getElementById(id).textContent;
  const drawn = () => [...document.querySelectorAll("figure svg")].filter(
    svg => svg.getClientRects().length
  ).map(svg => {
    const page = document.documentElement.clientWidth;
    const parts = [svg, ...svg.querySelectorAll("text, polygon, path")];
    const texts = [...svg.querySelectorAll("text")];
    return {
      name: words(svg.getAttribute("aria-labelledby")), role: svg.getAttribute("role"),
      described: words(svg.getAttribute("aria-describedby")), frame: !!svg.closest(".scroll"),
      hidden: parts.filter(part => {
        const box = part.getBoundingClientRect();
        return box.left < -1 || box.right > page + 1;
      }).map(part => part.outerHTML.slice(0, 99)),
      letters: Math.min(...texts.map(text =>
        parseFloat(text.getAttribute("font-size")) * text.getScreenCTM().a)),
    };
  });
  const pictures = {phone: drawn()}, phone = frameElement.style.width;
  frameElement.style.width = "1200px";
  pictures.screen = drawn();
  frameElement.style.width = phone;
  const table = document.querySelector(".sorts");
  const column = () => table ? [...table.tBodies[0].rows].map(row => row.cells[0].innerText) : [];
  const button = table && table.querySelector("th button"), order = [column()];
  for (const time of [1, 2]) { button && button.click(); order.push(column()); }
  const name = frame => frame.getAttribute("aria-label")
    || document.getElementById(frame.getAttribute("aria-labelledby")).textContent;
  return {seen, pictures, order, names: frames.map(name), title: document.title,
          sort: table?.querySelector("th").ariaSort,
          ids: [...document.querySelectorAll("[id]")].map(part => part.id),
          reached: frames.filter(frame => frame.tabIndex === 0).length};
})()"""


@pytest.fixture(scope="module")
def pages(ottawa: Ottawa, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = {}
    for name, words in ASKED.items():
        done = ottawa(*words.split(), DAY, "--sources", "--format", "html")
        assert done.stderr == ""
        found[name] = done.stdout
    return found


@pytest.fixture(scope="module")
def visits(
    pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    browser, folder = tool(*crawl.BROWSERS), tmp_path_factory.mktemp("pages")
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    found = crawl.crawl(folder, [f"{name}.html" for name in pages], browser, MEASURE)
    return {page.removesuffix(".html"): visit for page, visit in found.items()}


def test_no_page_has_an_error_or_a_fault_of_accessibility_or_is_wider_than_a_phone(
    visits: dict[str, dict[str, Any]],
) -> None:
    assert not crawl.faults(visits, list(ASKED))
    assert sum(visit["links"] for visit in visits.values()) > 200


def test_a_page_at_fault_is_found(tmp_path: Path) -> None:
    bad = """<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1>
        <p style="width:500px"><img src="none.png"><a href="#none">y</a></p></main>
        <script>console.error("told"); Promise.reject("refused"); none()</script></body></html>"""
    (tmp_path / "bad.html").write_text(bad, encoding="utf-8")
    found = crawl.crawl(tmp_path, ["bad.html"], tool(*crawl.BROWSERS))
    lines = "\n".join(crawl.faults(found, ["bad.html", "none.html"]))
    for part in ("none is not defined", "errors: told", "errors: refused", "dead: /none.png",
                 "dead: /bad.html#none", "image-alt", "html-has-lang", "pixels wide",
                 "the browser told nothing"):  # fmt: skip
        assert part in lines


def test_a_phone_shows_six_columns_of_the_answer_and_all_of_a_course(
    visits: dict[str, dict[str, Any]],
) -> None:
    six = ["State", "Status", "Bound", "In force", "Notice", "Effect"]
    for name in ("status", "roll"):
        assert visits[name]["measured"]["seen"][0][:6] == six
    for name in ("timeline", "course"):
        columns = visits[name]["measured"]["seen"]
        assert columns
        assert all(shown == ["Date", "Basis", "Event", "Sources"] for shown in columns)


def test_frames_are_reached_by_the_keyboard_and_each_has_one_name(
    visits: dict[str, dict[str, Any]],
) -> None:
    for visit in visits.values():
        names = visit["measured"]["names"]
        assert visit["measured"]["reached"] == len(names) == len(set(names))
    assert visits["timeline"]["measured"]["names"][0] == "Estonia"


def test_a_picture_is_seen_whole_and_legible_on_a_phone_and_on_a_screen(
    visits: dict[str, dict[str, Any]],
) -> None:
    """Without a frame that scrolls, and one picture with one name."""
    for name, page in visits.items():
        drawn = page["measured"]["pictures"]
        expected = PICTURED.get(name)
        for screen, least in (("phone", 12), ("screen", 14)):
            assert [picture["name"] for picture in drawn[screen]] == ([expected] * bool(expected))
            for picture in drawn[screen]:
                assert picture["role"] == "img"
                assert picture["described"]
                assert not picture["frame"]
                assert not picture["hidden"], name
                assert picture["letters"] >= least, name
        ids = page["measured"]["ids"]
        assert len(ids) == len(set(ids))


def test_a_table_is_sorted_by_the_column_pressed(visits: dict[str, dict[str, Any]]) -> None:
    before, up, down = visits["roll"]["measured"]["order"]
    assert len(before) == 36
    assert sorted(up) == sorted(before)
    assert up[0] == "Armenia"
    assert down == up[::-1]
    assert visits["roll"]["measured"]["sort"] == "descending"
    assert visits["state"]["measured"].get("sort") is None


def test_the_title_tells_the_question_the_day_and_the_treaty(
    visits: dict[str, dict[str, Any]],
) -> None:
    for name, visit in visits.items():
        title = visit["measured"]["title"]
        assert "2026-11-23" in title
        assert title.endswith("?")
        assert ("the Mine Ban Convention" in title) == (name != "ccm")
        assert title.count("the Convention on Cluster Munitions") == (name in {"ccm", "all"})
        assert ("Lithuania (LTU)" in title) == (name in {"state", "ccm"})


def test_numbers_and_provisions_lead_to_their_sources(pages: dict[str, str]) -> None:
    page = pages["state"].replace("&amp;", "&")
    depositary = re.search(r'<b>U26</b>[^<]*<a href="([^"]+)">', page)
    assert depositary
    for words in ("C.N.362.2025.TREATIES-XXVI.5", "Art. 17(2)", "Art. 20(3), first sentence"):
        assert f'<a href="{depositary[1]}">{words}</a>' in page
    assert "Vienna Convention Art. 62" in pages["why"]  # of another treaty, so without a link
    assert re.search(r'Sources: <span>.*<a href="#source-U26">U26</a>', pages["why"])
    assert "consultations under Art. 4 of the North Atlantic Treaty" in pages["timeline"]


def test_the_tally_and_the_picture_come_before_the_rows(pages: dict[str, str]) -> None:
    assert pages["roll"].index("The whole roll") < pages["roll"].index("<table")
    assert pages["course"].index("<svg") < pages["course"].index("<table")


def test_a_status_has_its_word_and_its_colour(pages: dict[str, str]) -> None:
    assert '<span class="status tone withdrawn">WITHDRAWN.</span>' in pages["state"]
    for status in ("withdrawn", "uncertain", "not-party"):
        assert f'<span class="status tone {status}">{status}</span>' in pages["roll"]
    for status in ("party", "withdrawn", "uncertain"):
        assert len(re.findall(rf"^\.{status} {{", pages["roll"], re.MULTILINE)) == 2


def test_the_picture_is_an_image_with_a_name_and_a_description(pages: dict[str, str]) -> None:
    drawing = re.search(r"<svg.*?</svg>", pages["course"], re.DOTALL)
    assert drawing
    svg = ET.fromstring(drawing[0])
    by_id = {part.get("id"): part.text for part in svg}
    assert svg.get("role") == "img"
    assert "Ukraine" in (by_id[svg.get("aria-labelledby")] or "")
    assert "The day asked about is" in (by_id[svg.get("aria-describedby")] or "")


def test_parts_under_headings_of_their_own_stay_together() -> None:
    """As where a question is asked about several treaties."""
    parts = (
        (Heading(f"State {n}", "Bound."), Table(("State",), ((f"A{n}",),)), Items("Tally", ("x",)))
        for n in (1, 2)
    )
    text = html.render((*(block for part in parts for block in part), Footer(("End.",))))
    found = re.findall(r">(State \d|A\d|End\.)<", text.partition("<body>")[2])
    assert found == ["State 1", "A1", "State 2", "A2", "End."]
