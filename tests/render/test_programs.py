"""The picture in the programs that documents are made with: every letter of it is drawn."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from conftest import tool
from PIL import Image

from ottawa_cli import AssumedConflict, Assumptions, Inquiry, Record
from ottawa_cli.render import report_parts, report_timeline, svg

AS_OF = dt.date(2026, 11, 23)
WHAT_IF = Assumptions(
    notices={"UKR": (dt.date(2025, 12, 1),)},
    conflicts={"LTU": (AssumedConflict(dt.date(2025, 12, 1), dt.date(2026, 6, 1)),)},
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Each program by its names, with the words that make picture.png of picture.svg.
PROGRAMS = {
    ("soffice", "libreoffice"): (
        "-env:UserInstallation={folder}/profile", "--headless", "--convert-to", "png",
        "picture.svg",
    ),
    ("rsvg-convert",): ("picture.svg", "--output", "picture.png"),
    ("cairosvg",): ("picture.svg", "--output", "picture.png"),
    BROWSERS: (
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--user-data-dir={folder}/profile", "--force-device-scale-factor=1",
        "--window-size={size}", "--screenshot=picture.png", "{folder}/picture.svg",
    ),
}  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("names", PROGRAMS, ids=lambda names: names[0])
def test_every_letter_is_drawn(
    record: Record, names: tuple[str, ...], theme: str, tmp_path: Path
) -> None:
    """A stretch of each text's colour is where that text stands, and the page is the page."""
    program = tool(*names)
    asked = Inquiry(record, AS_OF, assumptions=WHAT_IF)
    chart = report_timeline.picture(asked, ["LBN", "LTU", "POL", "UKR"])
    footer = report_parts.footer(asked)
    drawing = svg.page(chart, svg.FILE, footer)
    picture = svg.render(chart, footer, theme)
    (tmp_path / "picture.svg").write_text(picture, encoding="utf-8")
    size = f"{svg.FILE.width},{drawing.height}"
    words = [word.format(folder=tmp_path.as_uri() if "env" in word else tmp_path, size=size)
             for word in PROGRAMS[names]]  # fmt: skip
    done = subprocess.run(
        [program, *words], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "picture.png") as file:
        drawn = file.convert("RGB").resize((svg.FILE.width, drawing.height))
    dark = theme == "dark"
    assert near(drawn, (2, 2, 8, 8), svg.COLOURS["page"][dark]) < 8
    for caption in drawing.captions:
        box = (caption.left, caption.y - caption.size, caption.left + caption.width, caption.y)
        assert near(drawn, box, svg.COLOURS[caption.fill][dark]) < 60, caption


def near(drawn: Image.Image, box: tuple[float, float, float, float], colour: str) -> float:
    """How near a part of a picture comes to a colour, from 0 to 765."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    left, top, right, bottom = map(round, box)
    colours = [c for _, c in drawn.crop((left, top, right, bottom)).getcolors(1_000_000) or ()]
    return min(sum(map(abs, map(int.__sub__, colour, wanted))) for colour in colours)
