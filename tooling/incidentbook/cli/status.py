"""``inc status``: the board of the current incident, once or live."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from incidentbook.cli import _context, _respond, _view
from incidentbook.cli._grid import WIDEST, Line
from incidentbook.errors import IncidentbookError

EPILOG = """\b
Examples:
  inc status
  inc status --watch
  inc status --all
  inc status --json | jq -r '.incidents[].due[] | select(.late).what'
"""
_PIPE = 80  # columns
_STYLES: dict[str, dict[str, Any]] = {"bold": {"bold": True}, "dim": {"dim": True}, "late": {"fg": "red", "bold": True}}


@click.command(epilog=EPILOG)
@_respond.incident_option
@click.option("--all", "every", is_flag=True, help="Show every incident that is open, in a line each.")
@click.option("--watch", is_flag=True, help="Keep showing it until you press q.")
@click.option(
    "--interval",
    type=click.FloatRange(0.2, 3600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How often the clocks of --watch move. A record that changes is shown at once.",
)
@_context.json_option
@click.pass_context
def command(ctx: click.Context, named: str, interval: float, *, every: bool, watch: bool, as_json: bool) -> None:
    """Show how the current incident stands: its clocks, what is due, who does what, what was said last.

    Where several are open and nothing says which is meant, each gets a line. Private entries are shown, and say so: this is for
    those who work on the incident.
    """
    if named and every:
        raise click.UsageError("Say --incident or --all, not both.")
    if watch and as_json:
        raise click.UsageError("Say --watch or --json, not both.")
    if watch:
        _watch(ctx, named, interval, every=every)
        return
    view = _view.look(_respond.desk(ctx), named, every=every)
    if as_json:
        _context.print_json(_view.plain(view))
        return
    for line in _view.lines(view, _columns()):
        click.echo(_styled(line))


def _columns() -> int:
    if not sys.stdout.isatty():
        return _PIPE
    import shutil  # noqa: PLC0415 - it takes three decompressors along

    return min(shutil.get_terminal_size().columns, WIDEST)


def _styled(line: Line) -> str:
    if os.environ.get("NO_COLOR"):
        return "".join(span.text for span in line).rstrip()
    return "".join(click.style(span.text, **_STYLES[span.style]) if span.style else span.text for span in line)


def _watch(ctx: click.Context, named: str, interval: float, *, every: bool) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "dumb") == "dumb":
        raise IncidentbookError("--watch needs a terminal", hint="`inc status` prints the board once.")
    from incidentbook.cli import _live  # noqa: PLC0415 - Rich, for a live board only

    _live.watch(lambda: _view.look(_respond.desk(ctx), named, every=every), interval)
