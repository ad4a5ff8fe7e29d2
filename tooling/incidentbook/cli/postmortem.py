"""``inc postmortem``: a post-mortem that is half written, kept up with its record, and in time."""

from __future__ import annotations

import click

from incidentbook.cli import _context
from incidentbook.cli._postmortem_causes import causes
from incidentbook.cli._postmortem_due import due
from incidentbook.cli._postmortem_facilitate import facilitate
from incidentbook.cli._postmortem_new import new
from incidentbook.cli._postmortem_refresh import refresh
from incidentbook.cli._postmortem_schedule import schedule
from incidentbook.drafts import postmortem as drafts
from incidentbook.errors import EditError

EPILOG = """\b
Examples:
  inc postmortem new INC-2025-001 --write   a draft in its place
  inc postmortem due                        the clocks that run
  inc postmortem schedule INC-2025-001 --at "2025-01-16 10:00"
  inc postmortem facilitate INC-2025-001    agenda, questions, who comes
  inc postmortem causes INC-2025-001        what led to what
  inc postmortem refresh INC-2025-001       after a correction of the record
  inc postmortem templates --write          the templates, to change them
"""
TEMPLATES_EPILOG = """\b
Examples:
  inc postmortem templates
  inc postmortem templates --write    into policy/templates/postmortem
"""


@click.group(epilog=EPILOG)
def command() -> None:
    """Post-mortems: begin one, call and lead its meeting, see which are due, and keep computed parts up with the record."""


for _each in (new, due, schedule, facilitate, causes, refresh):
    command.add_command(_each)


@command.command("templates", epilog=TEMPLATES_EPILOG)
@click.option("--write", is_flag=True, help="Copy those that ship into the knowledge base; yours stay as they are.")
@click.pass_context
def templates(ctx: click.Context, *, write: bool) -> None:
    """List which template serves which kind of post-mortem."""
    from incidentbook.writer import write_text  # noqa: PLC0415 - only where something is written

    root = _context.root_of(ctx)
    for path, own in drafts.places(root).values():
        if write and not own:
            target = root / drafts.FOLDER / path.name
            if target.exists():
                raise EditError(f"{target} is in the way")
            target.parent.mkdir(parents=True, exist_ok=True)
            write_text(target, path.read_text(encoding="utf-8"))
    for kind, (path, own) in drafts.places(root).items():
        click.echo(f"{kind:<11}{f'{drafts.FOLDER}/{path.name}' if own else 'ships with incidentbook'}")
