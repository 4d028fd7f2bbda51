"""Every link inside the project leads somewhere: to a file that exists, to an anchor in it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
ANCHOR = re.compile(r"<a id=\"([^\"]+)\"></a>")
HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def _prose(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def _anchors(page: Path) -> list[str]:
    """Explicit anchors, and the ones a renderer makes of headings."""
    text = _prose(page)
    headings = [re.sub(r"<[^>]*>|[`*]", "", heading) for heading in HEADING.findall(text)]
    slugs = [re.sub(r"[^\w\- ]", "", heading).strip().lower() for heading in headings]
    return ANCHOR.findall(text) + [re.sub(r"[ -]+", "-", slug) for slug in slugs]


def test_relative_links_resolve(page: Path) -> None:
    broken = []
    for found in LINK.finditer(_prose(page)):
        target = found["target"]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        inside = ROOT / "docs" if page.is_relative_to(ROOT / "docs") else ROOT  # what the site has
        missing = not file.exists() or not file.is_relative_to(inside)
        if missing or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert not broken


def test_every_link_by_label_has_its_address(page: Path) -> None:
    """A label without an address shows as brackets; an address without a use is a leftover."""
    text = re.sub(r"`[^`]*`", "", _prose(page))
    defined = re.findall(r"^\[([^\]]+)\]: \S+", text, re.MULTILINE)
    used = re.findall(r"\]\[([^\]]+)\]", text)
    assert sorted(set(used)) == sorted(defined)


def test_anchors_of_a_page_are_unique(page: Path) -> None:
    recurring = page.name == "CHANGELOG.md"  # headings, that is, to which nothing leads
    anchors = ANCHOR.findall(_prose(page)) if recurring else _anchors(page)
    assert len(anchors) == len(set(anchors))


def test_the_site_has_every_page_in_its_menu() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed: list[str] = []
    for entry in site["nav"]:
        for target in entry.values():
            listed += [target] if isinstance(target, str) else [
                page for inner in target for page in inner.values()
            ]  # fmt: skip
    pages = {file.relative_to(ROOT / "docs").as_posix() for file in (ROOT / "docs").rglob("*.md")}
    assert sorted(listed) == sorted({*pages, "record/index.html"})


def test_the_pictures_of_a_page_are_told_to_those_who_do_not_see_them(page: Path) -> None:
    for told, name in re.findall(r"!\[([^\]]*)\]\(([^)\s]+\.svg)\)", _prose(page)):
        text = (page.parent / name).read_text(encoding="utf-8")
        assert f">{told}</title>" in text


def test_the_site_fetches_no_font() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert site["theme"]["font"] is False
    assert not {"extra_javascript", "extra"} & set(site)
    assert all((ROOT / "docs" / name).is_file() for name in site["extra_css"])
