"""``inc renumber``: another number for an incident, and for every place that names it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from incidentbook import files, git_command
from incidentbook.cli import _context, _respond
from incidentbook.errors import NotFoundError
from incidentbook.response import clashes as clash
from incidentbook.response import committing, current, renumber
from incidentbook.response.renumber import Plan
from incidentbook.writer import lock

EPILOG = """\b
Examples:
  inc renumber INC-2025-004                  to the next free number
  inc renumber INC-2025-004 INC-2025-009     to this one
  inc renumber INC-2025-004 --file incidents/2025/INC-2025-004b.yml
  inc renumber --clashes --dry-run           which are taken elsewhere?
"""


@click.command(epilog=EPILOG)
@click.argument("old", default="", metavar="[OLD]")
@click.argument("new", default="", metavar="[NEW]")
@click.option(
    "--file",
    "file",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Which record moves, where several have the number OLD.",
)
@click.option("--clashes", is_flag=True, help="Move every record of ours whose number others have taken meanwhile.")
@click.option("--with", "upstream", metavar="REF", default="@{upstream}", help="Who the others are: origin/main.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context,
    old: str,
    new: str,
    file: Path | None,
    upstream: str,
    *,
    clashes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Give the incident OLD the number NEW, or the next free one: record, post-mortem and all that names it.

    Ids of action items stay. Where two records have the number OLD, what other files say stays with the one that keeps it, and is
    listed for you to judge.
    """
    if clashes == bool(old):
        raise click.UsageError("Say which incident moves: OLD, or --clashes for all that others have taken.")
    place = _respond.desk(ctx)
    done: list[Plan] = []
    with lock(place.root):
        for each in clash.clashes(place.root, upstream) if clashes else [old.upper()]:
            plan = renumber.plan(place.root, each, new.upper(), _relative(place.root, file) if file else "")
            done.append(plan)
            if not dry_run:
                renumber.apply(place.root, plan)
        commit = place.house.knowledge_base.commit and not dry_run
        committed = [_commit(place.root, plan) for plan in done] if commit else []
    said = [line for each in committed for line in _respond.said_of(each)]
    for plan in done:
        _warn(plan, dry_run=dry_run)
    if as_json:
        _context.print_json([_plain(plan, dry_run=dry_run) for plan in done])
        return
    if not done:
        name = git_command.run(place.root, "rev-parse", "--abbrev-ref", upstream).out.strip()
        click.echo(f"No number of ours is taken by another incident in {name or upstream}.")
    for plan in done:
        _tell(plan, dry_run=dry_run)
    for line in said:
        click.echo(line)


def _relative(root: Path, file: Path) -> str:
    """Return a path as the knowledge base has it: from the current folder, or from the root. Raises NotFoundError."""
    for whole in (Path.cwd() / file, root / file):
        place = whole.parent.resolve() / whole.name  # a link is meant itself, and not what it leads to
        if place.is_file() and place.is_relative_to(root):
            return place.relative_to(root).as_posix()
    raise NotFoundError(f"There is no file {file} in the knowledge base")


def _commit(root: Path, plan: Plan) -> committing.Committed:
    known = git_command.run(root, "ls-files", "-z", "--", *plan.paths).out.split("\0")
    paths = [path for path in plan.paths if path in known or files.exists(root, path)]
    return committing.commit(root, paths, f"{plan.new}: was {plan.old}")


def _tell(plan: Plan, *, dry_run: bool) -> None:
    click.secho(f"{plan.old} {'would become' if dry_run else 'is now'} {plan.new}", bold=True)
    for file in plan.files:
        if file.to != file.path:
            click.echo(f"  {file.path} → {file.to}")
    for left, title in ((False, "Changed" if not dry_run else "Would change"), (True, "Left as it is")):
        lines = [
            f"  {file.path if dry_run else file.to}:{each.line}:{each.column}{f'  {each.left}' if left else ''}"
            for file in plan.files
            for each in file.mentions
            if bool(each.left) == left
        ]
        if lines:
            click.secho(title, bold=True)
            click.echo("\n".join(lines))
    if not dry_run:
        click.echo(f"`inc renumber {plan.new} {plan.old}` takes it back.")


def _warn(plan: Plan, *, dry_run: bool) -> None:
    for path in plan.unread:
        click.echo(f"warning: {path} cannot be read, so what it names stays", err=True)
    if not dry_run and os.environ.get(current.VARIABLE, "").upper() == plan.old:
        click.echo(f"warning: {current.VARIABLE} still says {plan.old}: export {current.VARIABLE}={plan.new}", err=True)


def _plain(plan: Plan, *, dry_run: bool) -> dict[str, object]:
    """Return what was done, for a program."""
    places = [(file, each) for file in plan.files for each in file.mentions]
    return {
        "old": plan.old,
        "new": plan.new,
        "dry_run": dry_run,
        "moved": [{"from": file.path, "to": file.to} for file in plan.files if file.to != file.path],
        "mentions": [
            {"path": file.path, "line": each.line, "column": each.column, "left": each.left} for file, each in places
        ],
        "unread": list(plan.unread),
    }
