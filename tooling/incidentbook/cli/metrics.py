"""``inc metrics``: how response went, in figures that say what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from incidentbook import metrics, periods, slices
from incidentbook.cli import _context, _figures, _metrics_text
from incidentbook.cli._metrics_chart import chart
from incidentbook.cli._metrics_compare import compare
from incidentbook.cli._metrics_restate import restate
from incidentbook.memo import remembered
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.reports import measurements as written

FORMATS = ("table", "json", "csv", "markdown", "openmetrics")
_ENDINGS = {
    ".json": "json", ".csv": "csv", ".md": "markdown", ".txt": "table", ".prom": "openmetrics", ".om": "openmetrics",
}  # fmt: skip
EPILOG = """\b
Examples:
  inc metrics                                  the window that policy names
  inc metrics --period monthly                 the last twelve months
  inc metrics --all                            P90, P95 and the like, too
  inc metrics --period 2024-10-01..2024-12-31
  inc metrics --period 2024 --by service
  inc metrics --period quarterly --output metrics.csv
  inc metrics --output incidents.prom          OpenMetrics, for Prometheus
  inc metrics --rev 2025-03-31 --period 2025-Q1   as it was seen then
  inc metrics --as-of 2025-01-01 --json | jq '.measurements[0].figures'
"""


@click.group(epilog=EPILOG, invoke_without_command=True)
@click.option("--period", metavar="PERIOD", help=f"{periods.GRAMMAR}. Default: the window in policy/metrics.yml.")
@click.option(
    "--by", "dimension", type=click.Choice(slices.DIMENSIONS), help="Tell the incidents apart along this dimension."
)
@_figures.rev_option
@_context.as_of_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Default: by the ending of --output, else a table."
)
@_context.json_by("metrics-output")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE instead of the screen.")
@click.option("--all", "every", is_flag=True, help="Show every figure, not only those that most readers look for.")
@_context.audience_option("Count only what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context,
    period: str | None,
    dimension: str | None,
    rev: str | None,
    as_of: str | None,
    format_: str | None,
    *,
    as_json: bool,
    output: Path | None,
    every: bool,
    audience: str,
) -> None:
    """Measure the response: counts, times, availability, cost, follow-through.

    Every figure comes with its definition, n, what was left out and why, window and commit.
    """
    if ctx.invoked_subcommand is not None:
        return
    chosen = format_ or ("json" if as_json else _by_ending(output))
    with _figures.state(ctx, rev, as_of, audience) as at:
        length = period or at.whole.policy(MetricsPolicy).windows.get("default", "30d")
        windows = periods.parse(length, at.now, at.whole.zone)
        measured = _measured(at, windows, dimension or "")
        name = at.whole.knowledge_base.name
    if output is not None:
        _context.write_output(output, _text(chosen, measured, windows, name, dimension or ""))
    elif chosen == "table":
        _metrics_text.show(f"{name}: ", measured, windows, _context.console(), every=every, dimension=dimension or "")
    else:
        click.echo(_text(chosen, measured, windows, name, dimension or ""), nl=False)


def _measured(at: _figures.State, windows: Sequence[Window], dimension: str) -> list[Measurement]:
    """Measure, or take what was measured of the same files at the same instant."""

    def make() -> list[dict[str, Any]]:
        return [measurement.plain() for measurement in _measure(at, windows, dimension)]

    if not at.content:
        return list(_measure(at, windows, dimension))
    instants = [at.now.isoformat(), metrics.counted_until(at.whole, at.now).isoformat()]
    asked = [at.content, [window.plain() for window in windows], instants, dimension, metrics.identity()]
    found = remembered(at.store, "measurements 3", asked, make)
    to_come = at.whole.is_to_come(at.now)
    return [Measurement.from_plain(plain, at.commit, to_come=to_come) for plain in found]


def _measure(at: _figures.State, windows: Sequence[Window], dimension: str) -> Iterator[Measurement]:
    if dimension:
        parts = (metrics.sliced(at.repo, window, at.now, at.commit, dimension, at.store) for window in windows)
        found: Iterator[Measurement] = (measurement for part in parts for measurement in part)
    else:
        found = metrics.series(at.repo, list(windows), at.now, at.commit, at.store)
    return _context.progress(found, len(windows) * 50, "Measuring")


command.add_command(chart)
command.add_command(compare)
command.add_command(restate)


def _by_ending(output: Path | None) -> str:
    if output is None:
        return "table"
    if output.suffix not in _ENDINGS:
        known = ", ".join(_ENDINGS)
        raise click.BadParameter(
            f"The ending of {output} names no format ({known}); add --format.", param_hint="--output"
        )
    return _ENDINGS[output.suffix]


def _text(format_: str, measured: Sequence[Measurement], windows: Sequence[Window], name: str, dimension: str) -> str:
    match format_:
        case "json":
            return written.to_json(measured, name)
        case "csv":
            return written.to_csv(measured)
        case "markdown":
            return written.to_markdown(measured, name) + ("" if measured else f"\n{slices.nobody(dimension)}\n")
        case "openmetrics":
            from incidentbook.exporters import openmetrics  # noqa: PLC0415 - one form is wanted at a time

            return openmetrics.render(measured, name)
        case _:
            console = _context.file_console()
            _metrics_text.show("", measured, windows, console, every=True, dimension=dimension)
            return console.export_text()
