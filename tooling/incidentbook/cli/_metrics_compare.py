"""``inc metrics compare``: whether what differs between two periods is more than noise."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from incidentbook import periods, slices, trends
from incidentbook.cli import _context, _figures
from incidentbook.periods import Window
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.trends import COUNT, Change

if TYPE_CHECKING:
    from rich.console import Console

    from incidentbook.outputs import metrics_compare as printed

_SIGNS = {"lower": "↓", "higher": "↑", "noise": "·"}
EPILOG = """\b
Examples:
  inc metrics compare                              the last 30 days
  inc metrics compare --period 2025-Q1             with 2024-Q4
  inc metrics compare --period 2025-Q1 --with 2024-Q1
  inc metrics compare --period 2024 --by service   corrected for being many
  inc metrics compare --period 2024 --json | jq '.changes[] | .words'
"""


@click.command("compare", epilog=EPILOG)
@click.option("--period", metavar="PERIOD", help=f"{periods.GRAMMAR}. Default: the window in policy/metrics.yml.")
@click.option("--with", "other", metavar="PERIOD", help="The earlier period. Default: the one before, as long.")
@click.option(
    "--by", "dimension", type=click.Choice(slices.DIMENSIONS), help="Compare each slice along this dimension."
)
@_figures.rev_option
@_context.as_of_option
@_context.json_by("metrics-compare-output")
@_context.audience_option("Count only what a reader of this level may see.")
@click.pass_context
def compare(
    ctx: click.Context,
    period: str | None,
    other: str | None,
    dimension: str | None,
    rev: str | None,
    as_of: str | None,
    *,
    as_json: bool,
    audience: str,
) -> None:
    """Say of each figure whether it changed from one period to the next, or whether that cannot be told from noise.

    Counts by an exact test of two Poisson means (wider where counts vary more than chance), response times by Brunner-Munzel,
    or by log-rank where some are open. All of them are corrected for being many.
    """
    with _figures.state(ctx, rev, as_of, audience) as at:
        after = _one(period or at.repo.policy(MetricsPolicy).windows.get("default", "30d"), at)
        before = _one(other, at, "--with") if other else periods.previous(after, at.repo.zone)
        if before.end > after.start:
            raise click.BadParameter(
                f"{before.label} does not end before {after.label} begins: what lies in both would be compared with itself.",
                param_hint="--with",
            )
        found = trends.changes(at.repo, before, after, at.now, dimension or "", at.store)
        if as_json:
            said: printed.Output = {
                "knowledge_base": at.repo.knowledge_base.name,
                "before": before.plain(),
                "after": after.plain(),
                "by": dimension,
                "as_of": utc_text(at.now),
                "commit": at.commit,
                "changes": [change.plain() for change in found],
            }
            _context.print_output("metrics-compare-output", said)
        else:
            _print(at, before, after, found, dimension)


def _one(text: str, at: _figures.State, option: str = "--period") -> Window:
    windows = periods.parse(text, at.now, at.repo.zone)
    if len(windows) != 1:
        raise click.BadParameter(f"{text} is several periods: choose one, such as 2025-Q1.", param_hint=option)
    return windows[0]


def _print(at: _figures.State, before: Window, after: Window, found: Sequence[Change], dimension: str | None) -> None:
    console = _context.console()
    by = f", by {dimension}" if dimension else ""
    console.print(f"{at.repo.knowledge_base.name}: {before.label} and {after.label}{by}", style="bold")
    for window in (before, after):
        console.print(f"{utc_text(window.start)} to {utc_text(window.end)} ({window.zone})", style="dim")
    console.print(f"{at.as_of}, {at.origin}\n", style="dim")
    for change in found:
        if change.comparison.verdict != "refused":
            _say(console, f"{_SIGNS[change.comparison.verdict]} ", change.words)
            _say(console, "  ", _rests_on(change), style="dim")
    refused = [change for change in found if change.comparison.verdict == "refused"]
    if refused:
        console.print("\nNot compared", style="bold")
    times = len({change.key for change in found if change.key != COUNT})
    for label, reason in dict.fromkeys((change.slice_name, change.comparison.refused) for change in refused):
        names = [change.name for change in refused if (change.slice_name, change.comparison.refused) == (label, reason)]
        what = "every response time" if len(names) == times else ", ".join(names)
        text = f"{label}, {what}" if label else what
        _say(console, "  ", f"{text[:1].upper()}{text[1:]}: {reason}.", style="dim")
    _notes(console, found, dimension)


def _say(console: Console, lead: str, text: str, **more: Any) -> None:
    lines = textwrap.wrap(text, console.width - 2, initial_indent=lead, subsequent_indent="  ")
    console.print("\n".join(lines), **more)


def _notes(console: Console, found: Sequence[Change], dimension: str | None) -> None:
    tested = [change.comparison for change in found if change.comparison.p is not None]
    methods = ", ".join(dict.fromkeys(item.method for item in tested if item.method))
    console.print()
    if tested:
        many = f"; p corrected over {len(tested)} (Benjamini and Hochberg)" if len(tested) > 1 else ""
        _say(console, "", f"By {methods}{many}.", style="dim")
    if dimension and slices.overlap(dimension):
        _say(console, "", f"An incident may count under more than one {dimension}.", style="dim")
    compared = [change for change in found if change.comparison.p is not None]
    for name, text in dict.fromkeys((change.name, change.definition) for change in compared):
        _say(console, "", f"{name}: {text}.", style="dim")


def _rests_on(change: Change) -> str:
    """Say on how many incidents of either period a comparison rests, and how many gave nothing to it."""
    sides = change.comparison.before.n, change.comparison.after.n
    left = [
        f"{count:,} {reason} {when}"
        for when, side in (("before", change.before), ("after", change.after))
        for reason, count in side.items()
    ]
    text = f"n = {sides[0]:,} before, {sides[1]:,} after"
    return f"{text}; left out: {', '.join(left)}" if left else text
