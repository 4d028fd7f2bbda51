"""The picture for those who see no colour or not all of them: computed from what it is drawn with.

Colour blindness is simulated as by Machado, Oliveira and Fernandes (2009), at its full
severity; grey is the luminance alone. Differences are those of CIELAB (1976), where about
2 can just be seen side by side.
"""

from itertools import combinations

import pytest

from ottawa_cli.render import svg
from ottawa_cli.render.chart import LEGEND

Colour = tuple[float, ...]  # red, green and blue, as light
LUMINANCE = (0.2126, 0.7152, 0.0722)
SIGHTS = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "grey": (LUMINANCE, LUMINANCE, LUMINANCE),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                 (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
APART, SEEN = 18, 12  # how far apart two tints are, and a hatch's lines from what they lie on
LEGIBLE = 4.5  # the contrast that WCAG 2 demands of text


def light(name: str, theme: int) -> Colour:
    """A colour as it is seen."""
    code = svg.COLOURS[name][theme]
    channels = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def difference(first: Colour, second: Colour, sight: str) -> float:
    """How far apart two colours look, in CIELAB."""

    def lab(colour: Colour) -> Colour:
        red, green, blue = (
            min(1, max(0, sum(map(float.__mul__, map(float, row), colour))))
            for row in SIGHTS[sight]
        )
        x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
        y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
        x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)

    return sum((a - b) ** 2 for a, b in zip(lab(first), lab(second), strict=True)) ** 0.5


def contrast(first: Colour, second: Colour) -> float:
    dark, bright = sorted(sum(map(float.__mul__, LUMINANCE, c)) + 0.05 for c in (first, second))
    return bright / dark


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ahead", ["", "-ahead"], ids=["known", "projected"])
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_standings_are_told_apart(theme: int, ahead: str, sight: str) -> None:
    for phase in svg.HATCHES:
        lines, tint = light(f"{phase}-line{ahead}", theme), light(phase + ahead, theme)
        assert difference(lines, tint, sight) >= SEEN, phase
    hatches = {phase: svg.HATCHES.get(phase) for phase in LEGEND}
    for first, second in combinations([phase for phase in LEGEND if phase != "conflict"], 2):
        tints = light(first + ahead, theme), light(second + ahead, theme)
        apart = hatches[first] != hatches[second] or difference(*tints, sight) >= APART
        assert apart, (first, second)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_has_not_happened_yet_and_a_conflict_are_paler(theme: int, sight: str) -> None:
    page = light("page", theme)
    for phase in ("withdrawn", "party", "conflict"):
        known, ahead = light(phase, theme), light(f"{phase}-ahead", theme)
        assert difference(known, ahead, sight) >= APART / 2, phase
        assert difference(known, page, sight) > difference(ahead, page, sight), phase
    held = light("suspended-line", theme)
    assert difference(held, page, sight) > difference(light("conflict", theme), page, sight)
    assert svg.THIN * 4 < svg.TALL
    story, calm = (difference(light(p, theme), page, sight) for p in ("withdrawn", "party"))
    assert story > 1.5 * calm


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_letters_are_legible_where_they_stand(theme: int) -> None:
    for ground in ("page", "ahead"):
        for fill in ("ink", "soft"):
            assert contrast(light(fill, theme), light(ground, theme)) >= LEGIBLE
    for phase in LEGEND:
        fill = "page" if phase == "withdrawn" else "ink"
        assert contrast(light(fill, theme), light(phase, theme)) >= LEGIBLE, phase
        assert contrast(light("ink", theme), light(f"{phase}-ahead", theme)) >= LEGIBLE, phase
