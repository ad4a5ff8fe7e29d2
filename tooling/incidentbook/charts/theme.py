"""One look for all charts: colours by what they mean, for a light and a dark ground, and the Vega-Lite configuration.

A chart names the light colours. Each stands for one role, so that a picture can be given other colours afterwards: those of a
dark ground, or variables of the page that it stands in. Severities go from dark to light (from light to dark on a dark ground),
so that they are told apart without hues, and each mark has a contrast of 3 to 1 with its ground (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incidentbook.frozen import frozen

FONT = "Liberation Sans"  # comes with the renderer, so that every machine measures text alike
FONTS = "'Liberation Sans', Arial, Helvetica, system-ui, sans-serif"  # the first three take the same room
WIDTH, HEIGHT = 640, 240  # pixels of the plot
WHOLE = 700  # pixels of a picture in a page: all have one width, so that their texts have one size


@frozen
class Colour:
    """A colour by its meaning: on a light ground and on a dark one, as ``#rrggbb``."""

    light: str
    dark: str


PALETTE: Mapping[str, Colour] = {
    "ink": Colour("#1f2933", "#e4e9ef"),  # titles, values
    "quiet": Colour("#55606c", "#a9b4c2"),  # what explains
    "line": Colour("#d9dfe6", "#3a434f"),  # grid
    "ground": Colour("#ffffff", "#1e222a"),  # what it stands on, where that is not the page
    "mark": Colour("#0b5cad", "#7cb7f5"),  # values
    "band": Colour("#8fb3d9", "#41618a"),  # what lies within limits or an interval, drawn thinly
    "signal": Colour("#b3470a", "#ffb784"),  # what is unusual, overdue or overspent
    "sev1": Colour("#5f0f14", "#ffc2b8"),
    "sev2": Colour("#b03a1e", "#f08a5d"),
    "sev3": Colour("#b97f10", "#bd8a2b"),
    "sev4": Colour("#7d93ab", "#6f86a0"),
    "unclassified": Colour("#8a8f96", "#7c828b"),
}


def colour(role: str) -> str:
    """Return the colour of a role, as charts name it."""
    return PALETTE[role].light


def dark(text: str) -> str:
    """Return a specification (as text) or a picture in the colours of a dark ground."""
    for found in PALETTE.values():
        text = text.replace(found.light, found.dark)
    return text


def config() -> dict[str, Any]:
    """Return the configuration of every chart."""
    ink, quiet, line = colour("ink"), colour("quiet"), colour("line")
    return {
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 4, "top": 6, "right": 12, "bottom": 4},
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": HEIGHT},
        "axis": {
            "domain": False, "ticks": False, "gridColor": line, "labelColor": quiet, "titleColor": quiet, "labelFontSize": 12,
            "titleFontSize": 12, "titleFontWeight": "normal", "labelPadding": 7, "titlePadding": 10,
        },
        "axisX": {"grid": False, "domain": True, "domainColor": quiet, "tickColor": quiet},
        "axisY": {
            "titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleX": 0, "titleY": -12, "titleBaseline": "bottom",
        },
        "legend": {
            "labelColor": ink, "titleColor": quiet, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
            "orient": "top", "direction": "horizontal", "symbolType": "square", "symbolSize": 110, "columnPadding": 14,
            "offset": 6,
        },
        "title": {
            "anchor": "start", "frame": "bounds", "color": ink, "fontSize": 15, "fontWeight": "bold", "subtitleColor": quiet,
            "subtitleFontSize": 12, "subtitlePadding": 5, "offset": 14,
        },
        "header": {"labelColor": ink, "labelFontSize": 12, "titleColor": quiet},
        "text": {"color": ink, "fontSize": 12},
        "bar": {"color": colour("mark")},
        "line": {"color": colour("mark"), "strokeWidth": 2},
        "point": {"color": colour("mark"), "filled": True, "size": 55, "opacity": 1},
        "rule": {"color": quiet},
        "area": {"color": colour("band")},
    }  # fmt: skip
