"""Colours: readable on both grounds, apart for whoever sees no red, green or blue, and the same in the site's stylesheet."""

from __future__ import annotations

import itertools
import re

import pytest

from incidentbook.charts import theme
from incidentbook.site import THEME

SEVERITIES = ("sev1", "sev2", "sev3", "sev4")
MARKS = ("mark", "signal", *SEVERITIES, "unclassified")
# What is left of linear red, green and blue for people without one kind of cone: G. M. Machado and others, "A
# physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009), severity 1.0.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
Rgb = tuple[float, float, float]


def linear(colour: str) -> Rgb:
    """Return linear red, green and blue of ``#rrggbb`` (IEC 61966-2-1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    bright, faint = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True)) for colour in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (faint + 0.05)


def lab(colour: Rgb) -> Rgb:
    """Return the CIE L*a*b* (D65) of linear red, green and blue."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(w * max(c, 0.0) for w, c in zip(row, colour, strict=True)) for row in to_xyz]
    scaled = [value / white for value, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, seen: str) -> float:
    """Return how far apart two colours look (CIE 1976 difference; 2.3 is just noticeable) to whom ``seen`` says."""
    looks = [
        lab(tuple(sum(w * c for w, c in zip(row, linear(colour), strict=True)) for row in SEEN[seen]))
        for colour in (one, other)
    ]  # type: ignore[arg-type]
    return sum((a - b) ** 2 for a, b in zip(*looks, strict=True)) ** 0.5


def test_the_measures_are_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab(linear("#ff0000")) == pytest.approx((53.23, 80.11, 67.22), abs=0.1)
    assert apart("#ff0000", "#00a000", "no red") < apart("#ff0000", "#00a000", "all") / 2


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_text_and_marks_stand_out_from_their_ground(ground: str) -> None:
    on = getattr(theme.PALETTE["ground"], ground)
    for role in ("ink", "quiet", "signal", "mark"):
        assert contrast(getattr(theme.PALETTE[role], ground), on) >= 4.5, role
    for role in MARKS:
        assert contrast(getattr(theme.PALETTE[role], ground), on) >= 3, role


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize("seen", SEEN)
def test_severities_and_signals_are_told_apart_by_everybody(ground: str, seen: str) -> None:
    for one, other in [*itertools.combinations(SEVERITIES, 2), ("mark", "signal")]:
        found = apart(getattr(theme.PALETTE[one], ground), getattr(theme.PALETTE[other], ground), seen)
        assert found > 12, (one, other, found)


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_severities_are_in_order_without_any_hue(ground: str) -> None:
    contrasts = [
        contrast(getattr(theme.PALETTE[role], ground), getattr(theme.PALETTE["ground"], ground)) for role in SEVERITIES
    ]
    assert contrasts == sorted(contrasts, reverse=True)


def test_each_colour_has_one_role() -> None:
    lights, darks = zip(*((found.light, found.dark) for found in theme.PALETTE.values()), strict=True)
    assert len(set(lights)) == len(set(darks)) == len(theme.PALETTE)
    assert not set(lights) & set(darks)  # a picture can be made dark once only
    assert theme.dark('"#0b5cad"') == '"#7cb7f5"'


def test_the_stylesheet_of_the_site_has_the_same_colours() -> None:
    css = (THEME / "assets" / "incidentbook.css").read_text(encoding="utf-8")
    light, dark = css.split('[data-md-color-scheme="slate"] {')[:2]
    for role, found in theme.PALETTE.items():
        for text, colour in ((light, found.light), (dark, found.dark)):
            (said,) = re.findall(rf"--ib-chart-{role}: (#[0-9a-f]+);", text)
            assert (said if len(said) == 7 else "#" + "".join(digit * 2 for digit in said[1:])) == colour, role
