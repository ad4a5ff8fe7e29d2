"""``inc disclose``: who may read the record."""

from __future__ import annotations

import click

from incidentbook import disclosure
from incidentbook.cli import _context, _respond
from incidentbook.records.vocabulary import Disclosure
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc disclose public         customers may be told in the record's own words
  inc disclose restricted     nobody but those who work on it
"""


@click.command(epilog=EPILOG)
@click.argument("level", type=click.Choice([level.value for level in Disclosure]))
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, level: str, named: str, *, as_json: bool) -> None:
    """Say who may read the record of the current incident. Private entries stay private."""
    place = _respond.desk(ctx)

    def edit(record: Draft) -> list[str]:
        before = disclosure.level_of_incident(place.house, record.incident)
        record.set(("disclosure",), level)
        return [f"{before} → {level}"]

    _respond.change(place, named, f"inc disclose {level}", edit, as_json=as_json)
