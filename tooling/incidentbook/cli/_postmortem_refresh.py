"""``inc postmortem refresh``: the computed parts of a post-mortem made anew."""

from __future__ import annotations

import click

from incidentbook import computed, marked
from incidentbook.cli import _context, _named
from incidentbook.errors import NotFoundError
from incidentbook.writer import lock

EPILOG = """\b
Examples:
  inc postmortem refresh INC-2025-001    after a correction of the record
"""


@click.command("refresh", epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@_context.as_of_option
@click.pass_context
def refresh(ctx: click.Context, incident_id: str, as_of: str | None) -> None:
    """Make the computed parts of a post-mortem anew. What people wrote stays, to the byte.

    A computed part stands between two comments, `computed NAME` and `/computed NAME`; what is put between them by hand is lost.
    """
    with lock(_context.root_of(ctx)):
        repo = _context.load(ctx)
        known, now = _context.then(repo, as_of)
        incident = _named.incident(known, incident_id)
        there = _named.postmortem(repo, incident.id)
        if there is None or there.record is None:
            raise NotFoundError(f"{incident.id} has no post-mortem", hint=f"inc postmortem new {incident.id} --write")
        made = computed.refreshed(there.text, computed.case(known, there.record, now))
        parts = len(marked.scan(made)[0])
        if not parts:
            click.echo(f"{there.path} has no computed part", err=True)
        elif made == there.text:
            click.echo(f"{there.path}: all {parts} computed parts are as the record has them", err=True)
        else:
            _context.write_output(repo.root / there.path, made)
