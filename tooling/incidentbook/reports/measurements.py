"""Measurements as JSON, CSV, Markdown and rows for a terminal table. Every figure keeps its definition, n and window."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from incidentbook.figures import Figure, brief
from incidentbook.metrics import Measurement
from incidentbook.records.time import as_of_text, utc_text

_COLUMNS = (
    "period", "from", "to", "time_zone", "partial", "group", "key", "name", "value", "unit", "low_95", "high_95", "method",
    "no_interval", "target", "n", "missing", "excluded", "open", "counts_open",
    "parts", "note", "definition", "as_of", "commit", "slice",
)  # fmt: skip
_AS_THEY_ARE = (
    "group", "key", "name", "method", "no_interval", "target", "n", "missing", "open", "note", "definition",
)  # fmt: skip
SCHEMA = "urn:incidentbook:schema:metrics-output:v1"  # schemas/metrics-output.schema.json says what `to_json` returns
SERIES = ("incidents", "mttd", "mtta", "mttr", "median-ttr", "availability")


def to_json(measurements: Sequence[Measurement], name: str) -> str:
    """Return all measurements as one JSON object."""
    value = {"schema": SCHEMA, "knowledge_base": name, "measurements": [item.plain() for item in measurements]}
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def to_csv(measurements: Sequence[Measurement]) -> str:
    """Return one row a figure and window (RFC 4180, with LF line ends); durations in seconds, shares in per cent."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for measurement in measurements:
        for figure in measurement.figures:
            writer.writerow(_row(measurement, figure))
    return out.getvalue()


def _row(measurement: Measurement, figure: Figure) -> dict[str, object]:
    window = figure.window or measurement.window
    plain = figure.plain()
    value = plain["value"]
    return {
        "period": measurement.window.label,
        "slice": measurement.slice,
        "from": utc_text(window.start),
        "to": utc_text(window.end),
        "time_zone": window.zone,
        "partial": str(window.partial).lower(),
        "counts_open": str(figure.counts_open).lower(),
        **{key: plain[key] for key in _AS_THEY_ARE},
        "value": value["amount"] if isinstance(value, dict) else value,
        "unit": value["currency"] if isinstance(value, dict) else figure.unit,
        "low_95": figure.low,
        "high_95": figure.high,
        "excluded": _pairs(figure.excluded),
        "parts": _pairs(figure.parts),
        "as_of": utc_text(measurement.now),
        "commit": measurement.commit,
    }


def _pairs(counts: object) -> str:
    return "; ".join(f"{name}={count}" for name, count in counts.items()) if isinstance(counts, dict) else ""


def to_markdown(measurements: Sequence[Measurement], name: str) -> str:
    """Return a Markdown document: one table for each window, definitions included."""
    out = [f"# Metrics: {name}", ""]
    for item in measurements:
        part = f", {item.slice}" if item.slice else ""
        out += [f"## {item.window.label}{part}{' (running)' if item.window.partial else ''}", "", origin(item), ""]
        out += ["| Figure | Value (95 % interval) | n | Left out | Definition |", "| --- | --- | --- | --- | --- |"]
        for figure in item.figures:
            aside = "; ".join(part for part in (figure.left_out, figure.still_open) if part) or "-"
            cells = (figure.name, full_value(figure), str(figure.n), aside, definition(item, figure))
            out.append("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |")
        out.append("")
    return "\n".join(out)


def origin(measurement: Measurement) -> str:
    """Say what the figures were computed from: window, zone, "now" and whether that is still to come, commit."""
    window = measurement.window
    text = f"{utc_text(window.start)} to {utc_text(window.end)} ({window.zone}), "
    text += as_of_text(measurement.now, to_come=measurement.to_come)
    return f"{text}, commit {measurement.commit}" if measurement.commit else f"{text}, not in Git"


def said(figure: Figure) -> list[str]:
    """Return the value, then its 95 % interval and its target as far as there are any."""
    parts = [figure.text]
    if figure.interval:
        parts.append(f"({figure.interval})")
    if figure.target is not None:
        parts.append(f"(objective {figure.target:g} %)")
    return parts


def full_value(figure: Figure) -> str:
    """Return the value with its interval, target and parts, on one line."""
    parts = ", ".join(f"{name}: {count}" for name, count in figure.parts.items())
    return " ".join([*said(figure), *([f"({parts})"] if parts else [])])


def definition(measurement: Measurement, figure: Figure) -> str:
    """Return what was computed, with the window where it is not the measurement's own, and the note."""
    text = figure.definition
    if figure.window is not None and figure.window != measurement.window:
        text += f", {utc_text(figure.window.start)} to {utc_text(figure.window.end)}"
    return f"{text}; {figure.note}" if figure.note else text


def series_rows(measurements: Sequence[Measurement]) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of the overview of several windows: few columns, so that it fits 80 characters."""
    several, sliced = len({item.window.label for item in measurements}) > 1, any(item.slice for item in measurements)
    header = ["Slice" if sliced else "Period", "n", "SEV 1-4", "MTTD", "MTTA", "MTTR", "Median"]
    header += [] if sliced else ["Available"]  # of everything together
    rows = []
    for item in measurements:
        found = [item.figure(key) for key in SERIES]
        count = found[0]
        severities = "/".join(str(number) for number in count.parts.values()) if count else ""
        cells = [brief(figure.value, figure.unit) if figure else "" for figure in found]
        period = item.window.label + ("*" if item.window.partial else "")
        label = period if not item.slice else f"{item.slice}, {period}" if several else item.slice
        rows.append([label, cells[0], severities, *cells[1:]][: len(header)])
    return header, rows


def grouped(figures: Iterable[Figure]) -> Iterator[tuple[str, list[Figure]]]:
    """Yield the figures by the heading under which they are shown, in their order."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.group, []).append(figure)
    yield from found.items()


def notes(figures: Sequence[Figure]) -> list[str]:
    """Return what stands below a group: what was left out of which figure, how intervals were computed, and why there is none."""
    left: dict[str, list[str]] = {}
    lasting: dict[str, list[str]] = {}
    for figure in figures:
        if figure.left_out:
            left.setdefault(figure.left_out, []).append(figure.name)
        if figure.still_open:
            lasting.setdefault(figure.still_open, []).append(figure.name)
    out = [
        f"Left out: {text}." if len(names) == len(figures) else f"Left out of {', '.join(names)}: {text}."
        for text, names in left.items()
    ]
    out += [f"In {', '.join(names)}: {text}." for text, names in lasting.items()]
    methods = dict.fromkeys(figure.method for figure in figures if figure.method and figure.interval)
    refused = dict.fromkeys(figure.refused for figure in figures if figure.refused and figure.value is not None)
    out += [f"Interval: {method}." for method in methods]
    return [*out, *(f"No interval: {reason}." for reason in refused)]


def definitions(figures: Iterable[Figure], measurement: Measurement) -> list[tuple[str, str]]:
    """Return (names, definition) for every definition once, however many of ``figures`` share it."""
    names: dict[str, list[str]] = {}
    for figure in figures:
        names.setdefault(definition(measurement, figure), []).append(figure.name)
    return [(", ".join(shared), text) for text, shared in names.items()]
