"""``inc undo``: take the last entry of this checkout back."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.response import committing, journal
from incidentbook.writer import lock

EPILOG = """\b
Examples:
  inc undo        takes the last `inc log`, `inc ack`, … of this checkout back
"""


@click.command(epilog=EPILOG)
@_context.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Take back what this checkout wrote last, unless the record has changed since. Again: the one before."""
    place = _respond.desk(ctx)
    done = journal.undo(place.root)
    paths = [write.path for write in done.writes]
    committed = committing.Committed()
    if place.house.knowledge_base.commit:
        with lock(place.root):
            message = committing.message(paths[0], f"take back {done.what.removeprefix('inc ')}")
            committed = committing.commit(place.root, paths, message)
    said = _respond.said_of(committed)
    if as_json:
        _context.print_json({"paths": paths, "undone": done.what, "commit": committed.name or None})
        return
    removed = done.writes[0].before is None
    left = "removed" if removed else "is as it was before" if len(paths) == 1 else "are as they were before"
    click.echo(f"Took back “{done.what}”: {' and '.join(paths)} {left}{''.join(f', {line}' for line in said)}.")
