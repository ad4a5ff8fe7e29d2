"""``inc show``: one incident, whole."""

from __future__ import annotations

from pathlib import Path

import click

from incidentbook import reports
from incidentbook.cli import _context
from incidentbook.errors import NotFoundError, UnreadableError
from incidentbook.history import commit_label
from incidentbook.reports import text
from incidentbook.repository import Repository

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
    repo = _context.load(ctx)
    incident = repo.incident(incident_id) or repo.incident(incident_id.upper())
    if incident is None:
        for entry in repo.unreadable:
            if entry.kind == "incident" and Path(entry.path).stem == incident_id.upper():
                raise UnreadableError(
                    f"{entry.path} is there and cannot be read", hint=f"`inc check {entry.path}` says why."
                )
        raise NotFoundError(f"There is no incident {incident_id}", hint=_closest(repo, incident_id))
    shared = reports.share(repo, _context.now(repo, as_of), commit_label(repo.root))
    context = reports.context(shared, incident)
    if as_json:
        _context.print_json(reports.plain(context))
        return
    width = min(_context.console().width, 100)
    click.echo(text.render(reports.build(context), width), nl=False)


def _closest(repo: Repository, incident_id: str) -> str:
    import difflib  # noqa: PLC0415

    close = difflib.get_close_matches(incident_id, [item.id for item in repo.all_incidents()], 1, cutoff=0.8)
    return f"Did you mean {close[0]}?" if close else "`inc list` shows all of them."
