"""Colours that everybody can tell apart: computed, so that a new token cannot quietly break it."""

from itertools import combinations

import pytest

from tracking.look import THEMES, Theme, icon
from tracking.model import Standing

TEXT, MARK = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11: the least contrast of text, and of what one must see
APART, BARELY = 15.0, 8.0  # CIE76 distance of two standings: in full sight, and for who lacks one kind of cone
# Machado, Oliveira, Fernandes 2009, table 1, severity 1.0: what who lacks red, green or blue cones sees, in linear RGB.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
# Met and on track share a colour on purpose: both are good news, and the icons differ in shape and ground.
COLOURS = [s for s in Standing if s is not Standing.ON_TRACK]
Colour = tuple[float, float, float]


def linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def seen(colour: Colour, blindness: str) -> Colour:
    red, green, blue = (sum(m * c for m, c in zip(row, colour, strict=True)) for row in BLINDNESS[blindness])
    return red, green, blue


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* under D65."""
    red, green, blue = (min(max(c, 0.0), 1.0) for c in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: Colour, other: Colour) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def texts(t: Theme) -> dict[str, str]:
    return {"ink": t.ink, "ink2": t.ink2, "ink3": t.ink3, "accent": t.accent} | {
        s.value: c for s, c in t.standing.items()
    }


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_the_page_and_on_a_panel(theme: str) -> None:
    t = THEMES[theme]
    found = {(n, g): contrast(c, g) for n, c in texts(t).items() for g in (t.ground, t.panel)}
    assert {pair: round(c, 2) for pair, c in found.items() if c < TEXT - 0.005} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_mark_stands_out_from_what_it_is_drawn_on(theme: str) -> None:
    t = THEMES[theme]
    lines = {n: contrast(c, t.ground) for n, c in {"accent": t.accent, "path": t.ink3, "older": t.old}.items()}
    tinted = {s.value: contrast(t.standing[s], t.tint[s]) for s in Standing}
    glyphs = {f"solid {s.value}": contrast(t.glyph[s], t.standing[s]) for s in t.glyph}
    assert {n: round(c, 2) for n, c in (lines | tinted | glyphs).items() if c < MARK} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_no_two_standings_look_the_same_however_one_sees_colours(theme: str) -> None:
    colour = {s: linear(THEMES[theme].standing[s]) for s in COLOURS}
    near = {}
    for one, other in combinations(COLOURS, 2):
        ways = {name: (seen(colour[one], name), seen(colour[other], name)) for name in BLINDNESS}
        near |= {(one, other, "full"): distance(colour[one], colour[other]) / APART}
        near |= {(one, other, name): distance(*pair) / BARELY for name, pair in ways.items()}
    assert {k: round(v, 2) for k, v in near.items() if v < 1} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_each_standing_has_a_shape_of_its_own(theme: str) -> None:
    """So that none is told by its colour alone, not even in print."""
    shapes = {s: icon(s, THEMES[theme]).split('<path d="')[1].split('"')[0] for s in Standing}
    assert len(set(shapes.values())) == len(Standing)
