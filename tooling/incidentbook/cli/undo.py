"""``inc undo``: take the last entry of this checkout back."""

from __future__ import annotations

import click

from incidentbook.cli import _context
from incidentbook.response import journal

EPILOG = """\b
Examples:
  inc undo        takes the last `inc log`, `inc ack`, … of this checkout back
"""


@click.command(epilog=EPILOG)
@_context.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Take back what this checkout wrote last, unless the record has changed since. Again: the one before."""
    done = journal.undo(_context.root_of(ctx))
    if as_json:
        _context.print_json({"path": done.path, "undone": done.what})
    else:
        left = "removed" if done.before is None else "is as it was before"
        click.echo(f"Took back “{done.what}”: {done.path} {left}.")
