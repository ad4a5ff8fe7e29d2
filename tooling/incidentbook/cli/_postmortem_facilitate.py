"""``inc postmortem facilitate``: a guide for whoever leads the meeting."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from incidentbook.cli import _context, _named
from incidentbook.drafts import facilitation
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import parse_duration

EPILOG = """\b
Examples:
  inc postmortem facilitate INC-2025-001
  inc postmortem facilitate INC-2025-001 --duration 90m --output guide.md
"""
_MOST = dt.timedelta(hours=8)


class Duration(click.ParamType[str]):
    """How long a meeting takes: whole minutes, up to eight hours."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text as written."""
        length = parse_duration(value)
        if length is None or not dt.timedelta(minutes=1) <= length <= _MOST:
            self.fail(f"{value!r} is no duration of a meeting: write 45m or 2h; at most 8h.", param, ctx)
        return str(value)


@click.command("facilitate", epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@click.option(
    "--duration", type=Duration(), metavar="DURATION", help="Of the meeting. Default: as scheduled, else 60m."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")
@_context.as_of_option
@click.pass_context
def facilitate(
    ctx: click.Context, incident_id: str, duration: str | None, output: Path | None, as_of: str | None
) -> None:
    """Write a guide to the post-mortem meeting as Markdown: people, agenda, preparation, and questions drawn from the record.

    The template can be changed: `inc postmortem templates --write`. Nothing gets in that readers of the post-mortem may not see.
    """
    repo, now = _context.then(_context.load(ctx), as_of)
    incident = _named.incident(repo, incident_id)
    entry = _named.postmortem(repo, incident.id)
    found = entry.record if entry else None
    postmortem = found or Postmortem(incidents=(incident.id,), disclosure=incident.disclosure)
    length = parse_duration(duration) or (postmortem.meeting.length if postmortem.meeting else dt.timedelta(hours=1))
    path = entry.path if entry and found else ""
    text = facilitation.guide(repo, postmortem, path, length, now)
    if postmortem.facilitator in facilitation.commanders(postmortem, repo.incident):
        name = repo.knowledge_base.team_name(postmortem.facilitator)
        click.echo(f"warning: {name} commanded the incident: somebody else had better facilitate", err=True)
    if output:
        _context.write_output(output, text)
    else:
        click.echo(text, nl=False)
