"""The site made from the record: every page and file there, right, and led to."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import crawl
import icalendar
import pytest
from conftest import tool
from jsonschema import Draft202012Validator

from ottawa_cli import Inquiry, Record, load

ROOT = Path(__file__).parent.parent.parent
DAY = dt.date(2026, 11, 23)
ADDRESS = "https://site.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def shown() -> Record:
    return load()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site, beside documentation of one page."""
    spec = importlib.util.spec_from_file_location("site_script", ROOT / "scripts" / "site.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ADDRESS = ADDRESS
    folder = tmp_path_factory.mktemp("site")
    home = '<html lang="en"><head><title>x</title></head><body></body></html>'
    (folder / "index.html").write_text(home, encoding="utf-8")
    (folder / "search.json").write_text('{"items": [{"location": ""}]}', encoding="utf-8")
    module.main(str(DAY), folder)
    return folder


def pages(site: Path) -> dict[str, str]:
    found = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in found}


def test_there_is_a_page_for_each_state_and_treaty(site: Path, shown: Record) -> None:
    names = {f"record/{treaty.id}/{name}.html" for treaty in shown.treaties
             for name in (*map(str.lower, shown.iso3s), "index", "changes")}  # fmt: skip
    assert len(shown.treaties) > 1
    assert set(pages(site)) == names | {"record/index.html", "index.html"}


def test_every_page_says_its_day_and_how_to_ask_anew(site: Path) -> None:
    for name, text in pages(site).items():
        if name != "index.html":
            words = re.sub(r'<span class="day">([^<]*)</span>', r"\1", text)
            assert "It was made for 2026-11-23." in words, name
            assert re.search(r"Ask anew, .*: ottawa \w+.* --as-of 2026-11-23<", words), name
            assert "not legal advice" in text, name


def test_a_state_has_its_picture_standing_derivation_events_and_sources(site: Path) -> None:
    text = pages(site)["record/ccm/ltu.html"]
    assert "Lithuania (LTU) on 2026-11-23: where does it stand under" in text
    assert text.count("<h1") == 1
    for part in ("<svg", "WITHDRAWN.", "Took effect", ">Steps<", ">Events<", ">Sources<"):
        assert part in text
    assert text.count("2025-03-06") > 3


def test_the_overview_says_of_each_state_whether_it_is_bound_and_leads_to_its_page(
    site: Path, shown: Record
) -> None:
    text = pages(site)["record/index.html"]
    assert text.index("161 States are bound") < text.index("<svg") < text.index("<table")
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">.*?</tr>', text)
    assert rows == [f"ottawa/{iso3.lower()}.html" for iso3 in shown.iso3s]
    row = re.search(r'<a href="ottawa/ltu.html">Lithuania</a>.*?</tr>', text)
    assert row and row[0].count("not bound (withdrawn)") == 2
    assert 'href="#table-0">Every State</a>' in text


def test_every_link_within_leads_somewhere(site: Path) -> None:
    found = pages(site)
    ids = {name: set(re.findall(r'\sid="([^"]+)"', text)) for name, text in found.items()}
    followed = 0
    for name, text in found.items():
        for link in set(re.findall(r'\s(?:href|src)="([^"]+)"', text)):
            file, _, anchor = link.partition("#")
            if "://" in file:
                continue
            target = (site / name).parent.joinpath(file).resolve() if file else site / name
            assert target.is_file(), (name, link)
            followed += 1
            assert not anchor or anchor in ids[target.relative_to(site.resolve()).as_posix()]
    assert followed > 2000


def test_the_keys_of_each_state_are_those_of_the_commands(site: Path, shown: Record) -> None:
    schema = json.loads((ROOT / "docs/reference/result.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    for treaty in shown.treaties:
        folder = site / "record" / "v2" / treaty.id
        inquiry = Inquiry(shown, DAY, treaty=treaty.id)
        for iso3 in ("LTU", "LBN", "UKR", "USA"):
            answer = json.loads((folder / f"{iso3}.json").read_text(encoding="utf-8"))
            validator.validate(answer)
            assert answer["as_of"] == "2026-11-23"
            found = inquiry.standing(iso3).to_dict()
            assert {key: answer["states"][0][key] for key in found} == found
            assert answer["states"][0]["steps"]
        assert len(list(folder.glob("???.json"))) == 197
        rows = list(csv.DictReader((folder / "states.csv").read_text("utf-8").splitlines()))
        assert [row["iso3"] for row in rows] == shown.iso3s
        for name in ("events", "count"):
            table = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
            assert len(table) > 300


def test_the_calendar_has_the_events_of_every_treaty_once(site: Path) -> None:
    text = (site / "record" / "calendar.ics").read_bytes()
    events = list(icalendar.Calendar.from_ical(text).walk("VEVENT"))
    days = [(str(one["dtstart"].dt), str(one["summary"])) for one in events]
    assert any(on == "2025-12-27" and "took effect" in what for on, what in days)

    assert any(on == "2025-03-06" and "took effect" in what for on, what in days)

    uids = [str(one["uid"]) for one in events]
    assert len(uids) == len(set(uids))


def test_the_feed_tells_the_changes_the_latest_first(site: Path) -> None:
    feed = ET.parse(site / "record" / "changes.atom").getroot()
    entries = feed.findall(f"{ATOM}entry")
    told = [str(one.findtext(f"{ATOM}updated")) for one in entries]
    assert told == sorted(told, reverse=True)
    assert max(told) <= "2026-11-24"
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids)) > 50
    titles = [str(one.findtext(f"{ATOM}title")) for one in entries]
    assert "Poland: withdrawal effective, 2026-02-20 (Mine Ban Convention)" in titles
    assert "Poland: six months over, 2026-02-20 (Mine Ban Convention)" in titles
    assert any("(Convention on Cluster Munitions)" in title for title in titles)
    for one in entries:
        link = one.find(f"{ATOM}link")
        assert link is not None
        assert (site / link.attrib["href"].removeprefix(ADDRESS)).is_file()


def test_the_search_of_the_documentation_finds_each_state(site: Path) -> None:
    first, *items = json.loads((site / "search.json").read_text(encoding="utf-8"))["items"]
    assert first == {"location": ""}
    assert len(items) == len({item["location"] for item in items}) == 2 * 197
    assert all((site / item["location"]).is_file() for item in items)
    said = {(item["title"], item["path"][1]): item["text"] for item in items}
    assert said["Latvia", "Mine Ban Convention"].startswith("WITHDRAWN. Not bound.")
    assert said["Latvia", "Convention on Cluster Munitions"].startswith("NOT-PARTY. Not bound.")


def test_the_sitemap_lists_every_page(site: Path) -> None:
    found = ET.parse(site / "sitemap.xml").getroot().iter(f"{SITEMAP}loc")
    places = {str(one.text) for one in found}
    assert places == {ADDRESS + name.removesuffix("index.html") for name in pages(site)}


def test_the_dataset_is_described_for_search_engines(site: Path, shown: Record) -> None:
    text = pages(site)["record/index.html"]
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    described: dict[str, Any] = json.loads(found[1])
    assert (described["@type"], described["version"]) == ("Dataset", shown.version)
    files = [one["contentUrl"].removeprefix(ADDRESS) for one in described["distribution"]]
    assert len(files) == 4 * len(shown.treaties)
    kinds = {one["encodingFormat"] for one in described["distribution"]}
    assert kinds == {"text/csv", "application/json"}
    assert all((site / file).is_file() for file in files)


def test_pages_of_each_kind_in_a_browser(site: Path) -> None:
    """All of them are opened by the checks of the documentation."""
    some = ["index", "ottawa/index", "ottawa/changes", "ccm/ltu", "ottawa/lbn", "ottawa/usa"]
    names = [f"record/{name}.html" for name in some]
    told = crawl.crawl(site, names, tool(*crawl.BROWSERS))
    assert not crawl.faults(told, names)
