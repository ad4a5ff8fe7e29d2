"""``inc current``: which incident the other commands mean."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond

EPILOG = """\b
Examples:
  inc current
  export INC_CURRENT=$(inc current --json | jq -r .id)
"""


@click.command(epilog=EPILOG)
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, named: str, *, as_json: bool) -> None:
    """Say which incident is meant.

    And why: by $INC_CURRENT, by the branch, or as the only one that is open.
    """
    place = _respond.desk(ctx)
    choice = _respond.chosen(place, named)
    if as_json:
        _context.print_json({"id": choice.id, "path": choice.path, "because": choice.because})
    else:
        click.echo(f"{choice.id} ({choice.because}): {choice.path}")
