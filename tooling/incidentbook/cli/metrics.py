"""``inc metrics``: how response went, in figures that say what they mean."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import metrics, periods
from incidentbook.cli import _context, _figures
from incidentbook.cli._metrics_chart import chart
from incidentbook.cli._metrics_compare import compare
from incidentbook.cli._metrics_restate import restate
from incidentbook.figures import Figure
from incidentbook.metrics import Measurement
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.reports import measurements as written
from incidentbook.repository import Repository

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_NAME, _VALUE, _COUNT, _BAR, _DEFINITION = 36, 30, 5, 12, 260  # characters
_PARTS = 5  # of a figure that are shown
_HEADER = "Value (95 % interval)"
_EIGHTHS = ("", *"▏▎▍▌▋▊▉")
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
  inc metrics --period quarterly --output metrics.csv
  inc metrics --output incidents.prom          OpenMetrics, for Prometheus
  inc metrics --rev 2025-03-31 --period 2025-Q1   as one would have seen it then
  inc metrics --as-of 2025-01-01 --json | jq '.measurements[0].figures'
"""


@click.group(epilog=EPILOG, invoke_without_command=True)
@click.option("--period", metavar="PERIOD", help=f"{periods.GRAMMAR}. Default: the window in policy/metrics.yml.")
@_figures.rev_option
@_context.as_of_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Default: by the ending of --output, else a table."
)
@_context.json_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE instead of the screen.")
@click.option("--all", "every", is_flag=True, help="Show every figure, not only those that most readers look for.")
@_context.audience_option("Count only what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context,
    period: str | None,
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
        repo = at.repo
        length = period or repo.policy(MetricsPolicy).windows.get("default", "30d")
        windows = periods.parse(length, at.now, repo.zone)
        found = metrics.series(repo, windows, at.now, at.commit, at.store)
        measured = list(_context.progress(found, len(windows) * 50, "Measuring"))
        name = repo.knowledge_base.name
    if output is not None:
        _context.write_output(output, _text(chosen, measured, name))
    elif chosen == "table":
        _print(repo, measured, _context.console(), every=every)
    else:
        click.echo(_text(chosen, measured, name), nl=False)


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


def _text(format_: str, measured: Sequence[Measurement], name: str) -> str:
    match format_:
        case "json":
            return written.to_json(measured, name)
        case "csv":
            return written.to_csv(measured)
        case "markdown":
            return written.to_markdown(measured, name)
        case "openmetrics":
            from incidentbook.exporters import openmetrics  # noqa: PLC0415 - one form is wanted at a time

            return openmetrics.render(measured, name)
        case _:
            console = _context.file_console()
            _print(None, measured, console, every=True)
            return console.export_text()


def _print(repo: Repository | None, measured: Sequence[Measurement], console: Console, *, every: bool) -> None:
    name = f"{repo.knowledge_base.name}: " if repo else ""
    if len(measured) > 1:
        _print_series(name, measured, console)
    else:
        _print_one(name, measured[0], console, every=every)


def _print_series(name: str, measured: Sequence[Measurement], console: Console) -> None:
    header, rows = written.series_rows(measured)
    console.print(f"{name}{len(measured)} periods", style="bold", markup=False)
    table = _context.table(*header, right=header[1:])
    for row in rows:
        table.add_row(*row)
    console.print(table)
    note = "* not over yet. Times: h:mm:ss, or days and hours. Median: of TTR. `--format markdown` gives all with definitions."
    console.print(note, style="dim", markup=False)
    console.print(written.origin(measured[-1]), style="dim", markup=False)


def _print_one(name: str, item: Measurement, console: Console, *, every: bool) -> None:
    running = " (running)" if item.window.partial else ""
    console.print(f"{name}{item.window.label}{running}", style="bold", markup=False)
    console.print(written.origin(item), style="dim", markup=False)
    shown = [figure for figure in item.figures if every or not figure.detail]
    wide = max((len(figure.name) for figure in shown), default=0)
    for group, figures in written.grouped(shown):
        console.print()
        _print_group(group, figures, console, min(wide, _NAME), every=every)
    console.print("\nWhat each figure means", style="bold")
    for names, text in written.definitions(shown, item):
        said = text.rstrip(".") if every else textwrap.shorten(text.rstrip("."), _DEFINITION, placeholder=" …")
        lines = textwrap.wrap(f"{names}: {said}.", console.width - 2, initial_indent="- ", subsequent_indent="  ")
        console.print("\n".join(lines), style="dim", markup=False)
    hidden = len(item.figures) - len(shown)
    if hidden:
        console.print(f"\n{hidden} more figures: --all shows them, and so does any file.", style="dim")


def _print_group(group: str, figures: Sequence[Figure], console: Console, wide: int, *, every: bool) -> None:
    table = _context.table(group, _HEADER, "n", right=["n"])
    for column, width in zip(table.columns, (wide, _VALUE, _COUNT), strict=True):
        column.min_width = width
    for figure in figures:
        table.add_row(figure.name, _folded(written.said(figure)), str(figure.n))
        _add_parts(table, figure, len(figure.parts) if every else _PARTS)
    console.print(table)
    for note in written.notes(figures):
        console.print(textwrap.fill(note, console.width - 2, subsequent_indent="  "), style="dim", markup=False)


def _add_parts(table: Table, figure: Figure, count: int) -> None:
    """Add the parts of a figure, each with a bar; of more than ``count`` only the first, as the largest mostly come first."""
    parts = list(figure.said_parts.items())
    most, width = max(figure.parts.values(), default=0), max((len(said) for _, said in parts), default=0)
    for name, said in parts[:count]:
        table.add_row(f"  {name}", f"{said:<{width + 2}}{_bar(figure.parts[name], most)}")
    if len(parts) > count:
        table.add_row(f"  and {len(parts) - count} more", "")


def _folded(parts: Sequence[str]) -> str:
    """Put as many parts on a line as fit, and the others below."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 2 + len(part) <= _VALUE:
            lines[-1] += f"  {part}"
        else:
            lines.append(part)
    return "\n".join(lines)


def _bar(count: float, most: float) -> str:
    """Return a bar of up to twelve blocks; the longest is that of ``most``."""
    eighths = round(_BAR * 8 * count / most) if most else 0
    return f"{'█' * (eighths // 8)}{_EIGHTHS[eighths % 8]}"
