"""A figure of `inc metrics` over the stretch of time, named by its key (``postmortem-coverage``, ``updates-in-time``)."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return the figure's value; shares are in per cent."""
    figure = asked.measurement.figure(asked.computed.figure)
    if figure is None or not isinstance(figure.value, int | float):
        return Found(None, 0, figure.name if figure else f"figure {asked.computed.figure!r}")
    unit = "percent" if figure.unit == "percent" else "count"
    return Found(float(figure.value), figure.n, figure.name, unit=unit)
