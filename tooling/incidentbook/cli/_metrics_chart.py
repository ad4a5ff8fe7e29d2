"""``inc metrics chart``: figures as pictures that say what they show, for a page, a document or a terminal."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import periods
from incidentbook.cli import _context, _figures, _named
from incidentbook.errors import IncidentbookError
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from rich.console import Console

    from incidentbook.charts.data import Data
    from incidentbook.charts.scope import Levels, Scope

_FORMATS = {".svg": "svg", ".png": "png", ".json": "vega-lite", ".txt": "text"}
EPILOG = """\b
Examples:
  inc metrics chart                                which charts there are
  inc metrics chart durations                      in the terminal
  inc metrics chart durations --output ttr.svg     light and dark in one file
  inc metrics chart durations --of tta --period 2024 --output tta.png
  inc metrics chart rate --rev 2025-03-31 --output rate.svg
  inc metrics chart incidents --output spec.json   Vega-Lite, for other tools
"""


@click.command("chart", epilog=EPILOG)
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="List the charts, with what each needs.")
@click.option("--period", metavar="PERIOD", help=f"{periods.GRAMMAR}. Default: the last 24 calendar months.")
@click.option("--of", "duration", metavar="KEY", help="The response time of policy/metrics.yml to draw: ttr, tta, …")
@click.option("--mark", metavar="INC-ID", help="Point at this incident.")
@_figures.rev_option
@_context.as_of_option
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE: .svg, .png, .json or .txt."
)
@click.option("--dark", is_flag=True, help="A PNG on a dark ground; an SVG suits itself to the reader.")
@_context.json_by("metrics-chart-output")
@_context.audience_option("Show only what a reader of this level may see.")
@click.pass_context
def chart(
    ctx: click.Context,
    name: str | None,
    period: str | None,
    duration: str | None,
    mark: str | None,
    rev: str | None,
    as_of: str | None,
    output: Path | None,
    audience: str,
    *,
    listed: bool,
    dark: bool,
    as_json: bool,
) -> None:
    """Draw a chart: incidents by month, durations, rates, days between, error budgets, action items.

    Each says what it shows, on how many incidents it rests and what was left out. Below the least n it is not drawn.
    """
    from incidentbook import charts  # noqa: PLC0415 - a plain `inc metrics` draws nothing

    if name is None or listed:
        _list(as_json=as_json)
        return
    _context.known([name], charts.registry(), "NAME")
    form = _form(output)
    with _figures.state(ctx, rev, as_of, audience) as at:
        scope = _scope(at, period, duration or "", mark or "")
        if name == "action-items":
            scope.levels = _levels(ctx, at, scope, rev, as_of, whole=audience == Disclosure.RESTRICTED.value)
        data = charts.gather(name, scope)
        if output is not None:
            _context.write_output(output, _made(data, at, form, dark=dark))
            return
        title = at.repo.knowledge_base.name
    if as_json:
        _context.print_output("metrics-chart-output", data.plain())
    else:
        _print(title, data, _context.console())


def _form(output: Path | None) -> str:
    if output is None:
        return "text"
    if output.suffix.lower() not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise click.BadParameter(f"The ending of {output} names no form of a chart ({known}).", param_hint="--output")
    return _FORMATS[output.suffix.lower()]


def _list(*, as_json: bool) -> None:
    from incidentbook import charts  # noqa: PLC0415 - as above

    found = charts.registry()
    if as_json:
        _context.print_json(
            [{"name": name, "title": module.TITLE, "needs": module.NEEDS} for name, module in found.items()]
        )
        return
    table = _context.table("Chart", "What it shows", "Needs", fold="Needs")
    for name, module in found.items():
        table.add_row(name, module.TITLE, module.NEEDS)
    _context.console().print(table)


def _scope(at: _figures.State, period: str | None, duration: str, mark: str) -> Scope:
    from incidentbook.charts import scope  # noqa: PLC0415 - as above
    from incidentbook.records.policy.metrics import MetricsPolicy  # noqa: PLC0415

    if duration:
        _context.known([duration], at.repo.policy(MetricsPolicy).durations, "--of")
    if mark:
        mark = _named.incident(at.repo, mark).id
    zone = at.repo.zone
    window = scope.whole(periods.parse(period, at.now, zone)) if period else scope.usual(at.now, zone)
    return scope.Scope(at.repo, window, at.now, at.commit, duration=duration, highlight=mark, memo=at.store)


def _levels(
    ctx: click.Context, at: _figures.State, scope: Scope, rev: str | None, as_of: str | None, *, whole: bool
) -> Levels:
    """Return the burn-down of the action items that the reader may see, from Git, or why there is none."""
    from incidentbook.charts import past  # noqa: PLC0415 - reads the whole past
    from incidentbook.charts.scope import Levels  # noqa: PLC0415
    from incidentbook.cli import _past  # noqa: PLC0415

    try:
        known = _past.known(ctx, rev, as_of)
    except IncidentbookError as error:
        return Levels(refused=str(error), advice=error.hint)
    if known.standing:
        return Levels(refused=known.standing.rstrip("."), advice=_past.MOVE)
    shown = None if whole else {item.id for _, _, item in at.repo.action_items()}
    return past.levels(known.past, scope.window, shown)


def _made(data: Data, at: _figures.State, form: str, *, dark: bool) -> str | bytes:
    from incidentbook.charts import draw  # noqa: PLC0415 - as above

    match form:
        case "svg":
            return draw.to_svg(data, at.store)
        case "png":
            return draw.to_png(data, dark=dark)
        case "vega-lite":
            return json.dumps(draw.specification(data), indent=2, ensure_ascii=False) + "\n"
        case _:
            console = _context.file_console()
            _print(at.repo.knowledge_base.name, data, console)
            return console.export_text()


def _print(name: str, data: Data, console: Console) -> None:
    from incidentbook.charts import text  # noqa: PLC0415 - as above

    console.print(f"{name}: {data.title}", style="bold")
    if data.refused:
        console.print(textwrap.fill(f"Not drawn: {data.refused}.", console.width))
        if data.advice:
            console.print(textwrap.fill(data.advice, console.width))
        console.print()
    else:
        console.print(data.summary)
        console.print()
        for line in text.lines(data, console.width):
            console.print(line, no_wrap=True, overflow="crop")
        console.print()
    for line in data.foot(pictured=False):
        console.print(textwrap.fill(line, console.width), style="dim")
