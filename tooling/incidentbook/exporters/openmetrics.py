"""Figures as OpenMetrics text 1.0, which Prometheus and whatever speaks its language scrape or take from a file.

Every family is a gauge in a base unit, told by its suffix: durations in ``_seconds``, shares in ``_ratio`` (0.9912, not 99.12).
What a figure needs beside it has families of its own: ``_n`` on how many incidents it rests, ``_left_out`` by reason, ``_low``
and ``_high`` for the 95 % interval, ``_target`` for what policy asks. A figure without a value (N/A) has no sample, since nothing
stands for it: not zero, and NaN spreads through every sum. Its ``_n`` is there all the same.

The format: OpenMetrics 1.0.0 (https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from incidentbook.figures import Figure, Value
from incidentbook.frozen import frozen
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.records.money import Money
from incidentbook.records.vocabulary import IncidentType, Severity

PREFIX = "incidentbook"
MEDIA_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
_UNITS = {
    "seconds": ("seconds", 1.0),
    "hours": ("seconds", 3600.0),
    "days": ("seconds", 86400.0),
    "percent": ("ratio", 0.01),
    "times": ("ratio", 1.0),
    "per 30 days": ("per_30_days", 1.0),
}
_BY_SERVICE = ("availability", "error-budget", "error-budget-left", "burn-rate")
_SEVERITIES = {severity.label: severity.value for severity in Severity}
_UNFIT = re.compile(r"[^a-zA-Z0-9_]+")
_ROLLING = re.compile(r"([0-9]+) (day|hour|minute|second)s? to ")
_DIGITS = 15  # a share of 99.95 % is 0.9995 and not 0.9995000000000001
Labels = dict[str, str]


@frozen
class Sample:
    """One number of a family."""

    labels: Labels
    value: float


@frozen
class Family:
    """A metric family: all samples of one name.

    Attributes:
        name: with the unit at its end.
        help: what it means.
        type: ``gauge``, or ``info`` whose one sample says what its labels say.
        unit: as in the name; empty for a plain number.

    """

    name: str
    help: str
    type: str = "gauge"
    unit: str = ""
    samples: list[Sample] = field(default_factory=list)


def render(measurements: Sequence[Measurement], name: str) -> str:
    """Return the measurements of a knowledge base called ``name`` as one exposition, which ends with ``# EOF``."""
    found: dict[str, Family] = {}
    for measurement in measurements:
        for family, sample in (*_origin(measurement, name), *_figures(measurement)):
            found.setdefault(family.name, family).samples.append(sample)
    lines = (line for family in found.values() for line in _lines(family))
    return "\n".join([*lines, "# EOF", ""])


def _lines(family: Family) -> Iterator[str]:
    yield f"# TYPE {family.name} {family.type}"
    if family.unit:
        yield f"# UNIT {family.name} {family.unit}"
    yield f"# HELP {family.name} {_escaped(family.help)}"
    suffix = "_info" if family.type == "info" else ""
    for sample in family.samples:
        labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in sample.labels.items())
        yield f"{family.name}{suffix}{{{labels}}} {_number(sample.value)}"


def _escaped(text: str) -> str:
    """Escape what the format escapes in labels, which is what it escapes in help texts too."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return repr(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))


def window_label(window: Window) -> str:
    """Return a window's label as a series keeps it from day to day: ``30d`` for the 30 days that end now, else ``2025-01``."""
    rolling = _ROLLING.match(window.label)
    return f"{rolling[1]}{rolling[2][0]}" if rolling else window.label


def _origin(measurement: Measurement, name: str) -> Iterator[tuple[Family, Sample]]:
    """Say what the figures of a window were computed from."""
    window, labels = measurement.window, _labels(measurement)
    said = {
        "knowledge_base": name,
        "commit": measurement.commit,
        "time_zone": window.zone,
        "partial": str(window.partial).lower(),
    }
    yield (
        Family(f"{PREFIX}_measurement", "What the figures of a window were computed from.", "info"),
        Sample(labels | said, 1),
    )
    moments = {
        "window_start": ("When the window begins.", window.start),
        "window_end": ("When the window ends.", window.end),
        "as_of": ('"Now": what is open or overdue is so at this instant.', measurement.now),
    }
    for key, (text, moment) in moments.items():
        yield _gauge(f"{key}_timestamp", text, "seconds"), Sample(labels, moment.timestamp())


def _figures(measurement: Measurement) -> Iterator[tuple[Family, Sample]]:
    for figure in measurement.figures:
        name, labels = _named(figure)
        yield from _of(figure, name, _meaning(figure, labels), _labels(measurement) | labels)


def _labels(measurement: Measurement) -> Labels:
    """Return the labels of everything in a measurement: its window, and the slice that it is about."""
    found = {"window": window_label(measurement.window)}
    return found | {"slice": measurement.slice} if measurement.slice else found


def _named(figure: Figure) -> tuple[str, Labels]:
    """Return a family's name, without prefix and unit, and the labels of a figure; of one among several, ``…_by_service``."""
    base, _, rest = figure.key.partition(".")
    if not rest or isinstance(figure.value, Money) or figure.unit == "money":
        return base, {}
    dimension, _, value = rest.partition(".")
    if rest.startswith("by-"):
        return f"{base}_{rest}", {}
    if value:
        return f"{base}_by_{dimension}", {dimension.replace("-", "_"): value}
    known = {"severity": {item.value for item in Severity}, "type": {item.value for item in IncidentType}}
    found = next((label for label, values in known.items() if rest in values), "")
    if base in _BY_SERVICE:
        found = "service"
    return (f"{base}_by_{found}", {found: rest}) if found else (f"{base}_{rest}", {})


def _meaning(figure: Figure, labels: Labels) -> str:
    text = figure.definition if labels else f"{figure.name}: {figure.definition}"
    return f"{text[:1].upper()}{text[1:]}."


def _of(figure: Figure, name: str, text: str, labels: Labels) -> Iterator[tuple[Family, Sample]]:
    unit, scale = _UNITS.get(figure.unit, ("", 1.0))
    numbers = {
        "": (text, None if _dimension(figure) else figure.value),  # all of them together have a family of their own
        "_low": (f"Lower end of the 95 % interval. {text}", figure.low),
        "_high": (f"Upper end of the 95 % interval. {text}", figure.high),
        "_target": (f"What policy asks for. {text}", figure.target),
    }
    for suffix, (said, value) in numbers.items():
        number, more = _plain(value)
        if number is not None:
            yield _gauge(f"{name}{suffix}", said, unit), Sample(labels | more, _scaled(number, scale))
    yield _gauge(f"{name}_n", f"On how many incidents or items it rests. {text}"), Sample(labels, figure.n)
    for reason, count in figure.left_out_by.items():
        family = _gauge(f"{name}_left_out", f"How many were left out, by reason. {text}")
        yield family, Sample(labels | {"reason": reason}, count)
    if figure.still_open:
        yield (
            _gauge(f"{name}_open", f"How many that are not over count as far as they have come. {text}"),
            Sample(labels, figure.open),
        )
    yield from _parts(figure, name, text, labels)


def _plain(value: Value) -> tuple[float | None, Labels]:
    if isinstance(value, Money):
        return float(value.amount), {"currency": value.currency}
    return value, {}


def _scaled(number: float, scale: float) -> float:
    return number if scale == 1.0 else float(f"{number * scale:.{_DIGITS}g}")


def _parts(figure: Figure, name: str, text: str, labels: Labels) -> Iterator[tuple[Family, Sample]]:
    """Yield the figure by category: by severity where the parts are those, else by what its name says."""
    unit, scale = _UNITS.get(figure.part_unit, ("", 1.0))
    severities = bool(figure.parts) and set(figure.parts) <= set(_SEVERITIES)
    dimension = _dimension(figure)
    label = dimension or ("severity" if severities else "part")
    family = name if dimension else f"{name}_by_{label}"
    for part, value in figure.parts.items():
        said = _SEVERITIES[part] if severities else part
        yield (
            _gauge(family, text if dimension else f"By {label}. {text}", unit),
            Sample(labels | {label: said}, _scaled(value, scale)),
        )


def _dimension(figure: Figure) -> str:
    """Return what a figure that only has parts (``incidents.by-type``) is told by; empty for any other."""
    return figure.key.partition(".by-")[2].replace("-", "_")


def _gauge(name: str, text: str, unit: str = "") -> Family:
    plain = _UNFIT.sub("_", f"{PREFIX}_{name}").strip("_")
    return Family(f"{plain}_{unit}" if unit else plain, text, unit=unit)
