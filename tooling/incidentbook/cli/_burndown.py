"""``inc actions burndown``: how many action items were open, overdue and done, month by month, by what Git says."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from incidentbook import periods
from incidentbook.chronicle import burndown as chronicle
from incidentbook.chronicle.burndown import MONTHS, WEEKS, Level
from incidentbook.chronicle.lives import Lives, lives
from incidentbook.cli import _context, _past
from incidentbook.history import short_name
from incidentbook.periods import Window
from incidentbook.records.time import as_of_text, utc_text
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from incidentbook.outputs import actions_burndown as printed

_WIDTH = 20  # columns of the longest bar
EPILOG = """\b
Examples:
  inc actions burndown                            the last twelve months
  inc actions burndown --period 2025-Q1 --by week
  inc actions burndown --rev 2025-03-31           as it was seen then
  inc actions burndown --audience public          only what the public may see
  inc actions burndown --json | jq '.levels[-1].overdue'
"""
DEFINITION = (
    "Open: committed to and not finished. Overdue: late at the end of the stretch by its due day of then, no waiver holding. "
    "All from Git, not from what items say of their past."
)


@click.command(epilog=EPILOG)
@click.option("--period", metavar="PERIOD", default="monthly", show_default=True, help=f"{periods.GRAMMAR}.")
@click.option(
    "--by", type=click.Choice((MONTHS, WEEKS)), help="Divide one period so; by its length where nothing is said."
)
@click.option("--rev", metavar="COMMIT|DATE", help='Tell it up to this commit, whose time is "now" then.')
@_context.as_of_option
@_context.json_by("actions-burndown-output")
@_context.audience_option("Count only what a reader of this level may see.")
@click.pass_context
def burndown(
    ctx: click.Context, period: str, by: str | None, rev: str | None, as_of: str | None, *, as_json: bool, audience: str
) -> None:
    """Show how many action items were open, overdue and done at each month's or week's end, from Git.

    Nobody reports it: what an item said at a time is what the branch held then. N/A where the past does not reach back.
    """
    with _context.no_collection():
        known = _past.known(ctx, rev, as_of)
        found = lives(known.past, None if known.standing else known.now)
        if audience != Disclosure.RESTRICTED.value:
            found = _shown(ctx, found, rev, as_of, audience)
        _tell(known, found, period, by, as_json=as_json)


def _shown(ctx: click.Context, found: Lives, rev: str | None, as_of: str | None, audience: str) -> Lives:
    """Return the lives of the items that are in the audience's view; what has no id is in nobody's."""
    from incidentbook.cli import _figures  # noqa: PLC0415 - takes SQLite along, which Git's past has no use for

    with _figures.state(ctx, rev, as_of, audience) as at:
        names = {item.id for _, _, item in at.repo.action_items()}
    items = {name: life for name, life in found.items.items() if name in names}
    return dataclasses.replace(found, items=items, left_out={})


def _tell(known: _past.Known, found: Lives, period: str, by: str | None, *, as_json: bool) -> None:
    windows = periods.parse(period, known.now, known.repo.zone)
    if by and len(windows) > 1:  # the whole span, in the asked steps
        windows = [Window(windows[0].start, windows[-1].end, windows[0].label, windows[0].zone)]
    if len(windows) == 1:
        windows = chronicle.stretches(windows[0], by or "")
    levels = [Level(window) for window in windows] if known.standing else chronicle.levels(found, windows)
    left = ", ".join(f"{count} {reason}" for reason, count in found.left_out.items())
    cut = ["Items that stood where history begins count as open or done there, and not as new."] if known.begins else []
    notes = [*known.notes, *filter(None, [known.remedy]), *cut, *([f"Left out: {left}."] if left else [])]
    if as_json:
        said: printed.Output = {
            "commit": known.past.tip,
            "as_of": utc_text(known.now),
            "begins": utc_text(found.begins) if found.begins else None,
            "definition": DEFINITION,
            "items": len(found.items),
            "left_out": found.left_out,
            "notes": notes,
            "levels": [level.plain() for level in levels],
        }
        _context.print_output("actions-burndown-output", said)
        return
    _print(known, levels, len(found.items), notes)


def _print(known: _past.Known, levels: Sequence[Level], items: int, notes: Sequence[str]) -> None:
    from rich.text import Text  # noqa: PLC0415 - JSON output does not need it

    console = _context.console()
    console.print(f"{known.repo.knowledge_base.name}: action items, burn-down", style="bold")
    tip = short_name(known.root, known.past.tip)
    count = f"{items:,} item{'' if items == 1 else 's'} ever"
    told = f"{count}; {as_of_text(known.now, to_come=known.to_come)}; from Git at {tip}; {levels[0].window.zone}"
    console.print(told, style="dim")
    console.print()
    if known.standing:
        console.print(f"N/A: {known.standing}\n\n{known.remedy}")
        return
    columns = ("To end of", "New", "Done", "Reopened", "Dropped", "Open", "Overdue")
    table = _context.table(*columns, "", right=columns[1:])
    most = max((level.open or 0 for level in levels), default=0)
    for level in levels:
        counts = (level.committed, level.finished, level.reopened, level.dropped, level.open, level.overdue)
        label = level.window.label + ("*" if level.window.partial else "")
        table.add_row(label, *("N/A" if count is None else str(count) for count in counts), _bar(level, most, Text()))
    console.print(table)
    starred = "* not over yet. " if any(level.window.partial for level in levels) else ""
    console.print(f"\n{starred}Bar: open items, those that are overdue first. {DEFINITION}", style="dim")
    for note in notes:
        console.print(note, style="dim")


def _bar(level: Level, most: int, text: Any) -> Any:
    """Return a bar as long as there are open items, its first part for those that are overdue."""
    if not level.open or not most:
        return text
    columns = max(round(level.open / most * _WIDTH), 1)
    late = min(-(-(level.overdue or 0) * columns // level.open), columns)
    return text.append("█" * late, style="red").append("░" * (columns - late))
