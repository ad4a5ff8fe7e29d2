"""``inc assign``: who does what."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.cli._roles import give

EPILOG = """\b
Examples:
  inc assign incident-commander sre
  inc assign scribe devops --at -5m
"""


@click.command(epilog=EPILOG)
@click.argument("role")
@click.argument("holder")
@click.option("--notes", default="", help="What the holder should know.")
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, role: str, holder: str, notes: str, at: str, named: str, *, as_json: bool) -> None:
    """Give ROLE (such as incident-commander) to the team HOLDER; whoever held it until then hands it over."""
    give(ctx, role, holder, notes, at, named, as_json=as_json, is_handoff=False)
