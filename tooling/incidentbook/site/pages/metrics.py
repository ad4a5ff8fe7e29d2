"""The figures with their definitions: the window that policy names, month by month, and availability by service."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import metrics, periods
from incidentbook.figures import Figure
from incidentbook.metrics import Measurement
from incidentbook.reports import measurements
from incidentbook.site import parts, pictures, quarters, scales, text
from incidentbook.site.context import Site
from incidentbook.site.page import Page

ORDER = 50
PATH = "metrics.md"


def render(site: Site) -> Iterator[Page]:
    """Yield the one page."""
    measured = site.shared.measurement
    yield Page(
        path=PATH,
        title="Metrics",
        says=parts.join(
            "# Metrics",
            f"{text.escape(measured.window.label[:1].upper() + measured.window.label[1:])}. "
            "Every figure says what it was computed from, on how many incidents it rests and what was left out.",
            scales.response(site),
            "## This quarter against the last",
            quarters.compared(site) or "Nothing is on record.",
            "## Availability by service",
            scales.availability(site, site.at(PATH)),
            "## Charts",
            pictures.section(site, site.at(PATH)),
            "## Month by month",
            _months(site),
            "## Figures and what they mean",
            _figures(measured),
            parts.note(text.escape(measurements.origin(measured))),
        ),
        description=f"Response times, availability and follow-through: {measured.window.label}.",
        hide=("navigation",),
        searchable=False,
    )


def _months(site: Site) -> str:
    shown = site.shared
    windows = periods.parse("monthly", shown.now, site.repo.zone)
    commit, keys = shown.measurement.commit, measurements.SERIES
    found = metrics.series(site.repo, windows, shown.now, commit, shown.memo, keys=keys)
    header, rows = measurements.series_rows(list(found))
    table = parts.table(
        [text.escape(cell) for cell in header], ([text.escape(cell) for cell in row] for row in rows), "numbers"
    )
    note = "\\* not over yet. Times are hours, minutes and seconds; the median is that of the time to resolve."
    return f"{table}\n\n{parts.note(note)}"


def _figures(measured: Measurement) -> str:
    rows = (
        (_name(figure), _value(figure), str(figure.n), _left_out(figure), _meaning(measured, figure))
        for figure in measured.figures
        if not figure.detail
    )
    hidden = sum(figure.detail for figure in measured.figures)
    note = f"{hidden} more, such as P90, rates by severity and burn rates, are in the output of `inc metrics --all`."
    table = parts.table(("Figure", "Value", "n", "Left out", "Definition"), rows, "figures")
    return f"{table}\n\n{parts.note(note)}" if hidden else table


def _name(figure: Figure) -> str:
    return f"**{text.escape(figure.name)}**"


def _value(figure: Figure) -> str:
    return text.escape(measurements.full_value(figure))


def _left_out(figure: Figure) -> str:
    return text.escape(figure.left_out)


def _meaning(measured: Measurement, figure: Figure) -> str:
    return text.escape(measurements.definition(measured, figure))
