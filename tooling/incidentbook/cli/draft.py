"""``inc draft``: a first version for people to go on with."""

from __future__ import annotations

from pathlib import Path

import click

from incidentbook.cli import _context, _drafts
from incidentbook.cli._postmortem_new import new
from incidentbook.drafts import playbook as playbooks
from incidentbook.records.policy.services import Services

PLAYBOOK_EPILOG = """\b
Examples:
  inc draft playbook --type security
  inc draft playbook --type availability --service checkout --write
  inc draft playbook --type performance --output latency.md
"""


@click.group(epilog=f"{PLAYBOOK_EPILOG}  inc draft post-mortem INC-2025-001        the same as inc postmortem new\n")
def command() -> None:
    """First versions: a post-mortem from a record, a playbook for a kind of incident."""


command.add_command(new, "post-mortem")


@command.command("playbook", epilog=PLAYBOOK_EPILOG)
@click.option("--type", "kind", type=click.Choice(playbooks.kinds()), required=True, help="For what sort of incident.")
@click.option("--title", default="", help="What it is for, in a line. Default: what the draft is for.")
@click.option("--service", "services", multiple=True, metavar="SLUG", help="For which service; may be given again.")
@click.option("--owner", default="", metavar="TEAM", help="Who keeps it alive. Default: the team of the service.")
@_drafts.options
@click.pass_context
def playbook(
    ctx: click.Context,
    kind: str,
    title: str,
    services: tuple[str, ...],
    owner: str,
    output: Path | None,
    *,
    write: bool,
    force: bool,
) -> None:
    """Draft a playbook: each step with who acts, what they do, what they should see, and what to do when they do not."""
    repo = _context.load(ctx)
    _context.known(services, repo.policy(Services).services, "--service")
    if owner and repo.knowledge_base.teams:
        _context.known([owner], repo.knowledge_base.teams, "--owner")
    own = output is not None and output.resolve().parent == (repo.root / "playbooks" / kind).resolve()
    slug = output.stem if output is not None and own else ""
    place, text = playbooks.draft(repo, kind, title=" ".join(title.split()), services=services, owner=owner, slug=slug)
    _drafts.hand_out(repo, place, text, output, write=write, force=force)
