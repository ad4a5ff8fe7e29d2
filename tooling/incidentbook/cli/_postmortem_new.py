"""Beginning a post-mortem: one command under two names, ``inc postmortem new`` and ``inc draft post-mortem``."""

from __future__ import annotations

from pathlib import Path

import click

from incidentbook.cli import _context, _drafts, _named
from incidentbook.drafts import postmortem as drafts

EPILOG = """\b
Examples:
  inc postmortem new INC-2025-001             to the screen
  inc postmortem new INC-2025-001 --write     to its place in postmortems/
  inc postmortem new INC-2025-001 --output post-mortem.md
  inc postmortem new INC-2025-001 --kind short
"""


@click.command("new", epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@click.option("--kind", type=click.Choice(drafts.KINDS), help="Which template. Default: by what the incident is.")
@_drafts.options
@_context.as_of_option
@click.pass_context
def new(
    ctx: click.Context,
    incident_id: str,
    kind: str | None,
    output: Path | None,
    as_of: str | None,
    *,
    write: bool,
    force: bool,
) -> None:
    """Begin the post-mortem of an incident: what the record knows stands in it, and questions where only people can answer.

    Where there is a post-mortem already, that is handed out.
    """
    repo = _context.load(ctx)
    known, now = _context.then(repo, as_of)
    incident = _named.incident(known, incident_id)
    there = _named.postmortem(repo, incident.id)
    # the text of a file in which something is later cannot be cut as its facts are
    if there is not None and there is known.postmortem_entry_of(incident.id) and not write:
        click.echo(f"{incident.id} has a post-mortem, which this is: {there.path}", err=True)
        _drafts.hand_out(repo, there.path, there.text, output, write=False, force=force)
        return
    place, text = drafts.draft(known, incident, now, kind or "")
    _drafts.hand_out(repo, there.path if there else place, text, output, write=write, force=force)
