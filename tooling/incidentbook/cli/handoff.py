"""``inc handoff``: a role goes on, and nothing known is lost."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.cli._roles import give

EPILOG = """\b
Examples:
  inc handoff incident-commander platform --notes "Failover is running; next update at 14:30"
"""


@click.command(epilog=EPILOG)
@click.argument("role")
@click.argument("holder")
@click.option(
    "--notes", required=True, help="What was tried, what is known, what is due: all that the next holder needs."
)
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, role: str, holder: str, notes: str, at: str, named: str, *, as_json: bool) -> None:
    """Hand ROLE over to the team HOLDER, with what they need to know."""
    give(ctx, role, holder, notes, at, named, as_json=as_json, is_handoff=True)
