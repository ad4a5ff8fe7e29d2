"""``inc show``: one incident, whole."""

from __future__ import annotations

import click

from incidentbook import reports
from incidentbook.cli import _context, _named
from incidentbook.history import commit_label
from incidentbook.reports import text
from incidentbook.snapshot.store import Store

EPILOG = """\b
Examples:
  inc show INC-2025-001
  inc show INC-2025-001 --as-of 2025-02-01
  inc show INC-2025-001 --json | jq .incident.milestones
"""


@click.command(epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@_context.as_of_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, incident_id: str, as_of: str | None, *, as_json: bool) -> None:
    """Show one incident, whole: facts, computed figures, causes, follow-through.

    Figures are computed as of "now"; each says whether it is of this incident or of a set.
    """
    repo, now = _context.then(_context.load(ctx), as_of)
    incident = _named.incident(repo, incident_id)
    with Store.of(repo.root) as store:
        shared = reports.share(repo, now, commit_label(repo.root), store)
        context = reports.context(shared, incident)
        if as_json:
            _context.print_json(reports.plain(context))
            return
        width = min(_context.console().width, 100)
        click.echo(text.render(reports.build(context), width), nl=False)
