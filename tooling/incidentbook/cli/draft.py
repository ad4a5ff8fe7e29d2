"""``inc draft``: a first version for people to go on with."""

from __future__ import annotations

from pathlib import Path

import click

from incidentbook.cli import _context
from incidentbook.drafts import playbook as playbooks
from incidentbook.drafts import postmortem as postmortems
from incidentbook.errors import EditError
from incidentbook.records.policy.services import Services
from incidentbook.repository import Repository

POSTMORTEM_EPILOG = """\b
Examples:
  inc draft post-mortem INC-2025-001            to the screen
  inc draft post-mortem INC-2025-001 --write    to its place in postmortems/
"""
PLAYBOOK_EPILOG = """\b
Examples:
  inc draft playbook --type security
  inc draft playbook --type availability --service checkout --write
  inc draft playbook --type performance --output latency.md
"""
output_option = click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")
write_option = click.option("--write", is_flag=True, help="Write to its place in the knowledge base.")
force_option = click.option("--force", is_flag=True, help="Take the place of a file that is there.")


@click.group(epilog=f"{POSTMORTEM_EPILOG}  inc draft playbook --type security\n")
def command() -> None:
    """First versions: a post-mortem from a record, a playbook for a kind of incident."""


@command.command("post-mortem", epilog=POSTMORTEM_EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@output_option
@write_option
@force_option
@click.pass_context
def post_mortem(ctx: click.Context, incident_id: str, output: Path | None, *, write: bool, force: bool) -> None:
    """Draft the post-mortem of an incident from its record. Where there is one already, hand that out."""
    repo = _context.load(ctx)
    incident = _context.incident(repo, incident_id)
    there = repo.postmortem_entry_of(incident.id)
    if there is not None and not write:
        click.echo(f"{incident.id} has a post-mortem, which this is: {there.path}", err=True)
        _hand_out(repo, there.path, there.text, output, write=False, force=force)
        return
    place, text = postmortems.draft(repo, incident)
    _hand_out(repo, there.path if there else place, text, output, write=write, force=force)


@command.command("playbook", epilog=PLAYBOOK_EPILOG)
@click.option("--type", "kind", type=click.Choice(playbooks.kinds()), required=True, help="For what sort of incident.")
@click.option("--title", default="", help="What it is for, in a line. Default: what the draft is for.")
@click.option("--service", "services", multiple=True, metavar="SLUG", help="For which service; may be given again.")
@click.option("--owner", default="", metavar="TEAM", help="Who keeps it alive. Default: the team of the service.")
@output_option
@write_option
@force_option
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
    _hand_out(repo, place, text, output, write=write, force=force)


def _hand_out(repo: Repository, place: str, text: str, output: Path | None, *, write: bool, force: bool) -> None:
    """Write a draft where it is wanted, or to the screen; a record that is there is not lost to it."""
    if write and output is not None:
        raise click.UsageError("--write knows the place: leave out --output.")
    if output is None and not write:
        click.echo(text, nl=False)
        click.echo(f"its place: {place} (--write puts it there)", err=True)
        return
    target = repo.root / place if write else output
    assert target is not None  # noqa: S101 - one of the two was given
    if target.is_file() and not force and target.read_bytes() != text.encode("utf-8"):
        raise EditError(f"{target} is there already; nothing was written", hint="--force writes over it.")
    if write:
        target.parent.mkdir(parents=True, exist_ok=True)
    _context.write_output(target, text)
