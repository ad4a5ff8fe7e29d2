"""``inc actions sync``: promises as GitHub issues, and what became of them there as a change to look at."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import click

from incidentbook.cli import _actions_sync_text, _context, _diff, _respond
from incidentbook.cli._actions_sync_text import Met
from incidentbook.errors import FINDINGS, INTERRUPTED, IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.records.policy.actions import ActionsPolicy, GitHub
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from incidentbook.github.connection import Connection
    from incidentbook.outputs import actions_sync

EPILOG = """\b
Examples:
  inc actions sync --dry-run         what would be sent and written
  inc actions sync                   both ways; look at it with git diff
  inc actions sync --pull-request    what comes back as a pull request
  inc actions sync --repository acme/ops --audience internal
  inc actions sync --wait 1h --pull-request --json  for a nightly run
"""
_TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")
_TOKEN = re.compile(r"[!-~]+")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")


@frozen
class Wanted:
    """What is asked for; ``level`` is None where the repository decides."""

    policy: GitHub
    repository: str
    level: Disclosure | None
    dry_run: bool


def _seconds(text: str) -> float:
    found = parse_duration(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is no duration such as 90s, 5m or 1h.")
    return found.total_seconds()


@click.command("sync", epilog=EPILOG)
@click.option(
    "--repository", metavar="OWNER/NAME", default="", help="Whose issues. Default: policy/actions.yml, github."
)
@click.option(
    "--audience", type=click.Choice([level.value for level in Disclosure]),
    help="What is sent at most. Default: policy, else public where the repository is public, else internal.",
)  # fmt: skip
@click.option(
    "--wait", type=_seconds, default="5m", show_default=True, metavar="DURATION",
    help="The longest to wait in all for GitHub's rate limits.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and the diff; send and write nothing.")
@click.option(
    "--pull-request", is_flag=True,
    help="Propose what comes back as the one pull request that is kept for it; write no file here.",
)  # fmt: skip
@_context.json_by("actions-sync-output")
@click.pass_context
def sync(
    ctx: click.Context,
    repository: str,
    audience: str | None,
    wait: float,
    *,
    dry_run: bool,
    pull_request: bool,
    as_json: bool,
) -> None:
    """Keep a GitHub issue for each promise, and take back what became of it there.

    Each open promise gets an issue, which says what the record says. An issue that a pull request or a commit has closed makes
    its item done, with that as evidence; a milestone's day and the team of whoever is assigned come back, too. All of it is
    written into the post-mortems, for you to look at and commit, or proposed with --pull-request. Where both sides have changed
    nothing is guessed: it is reported, and the command leaves with 1. The token comes from GITHUB_TOKEN or GH_TOKEN.
    """
    place = _respond.desk(ctx)
    repo = _context.load(ctx)
    policy = repo.policy(ActionsPolicy).github or GitHub()
    name = repository or policy.repository
    if not _NAME.fullmatch(name):
        raise click.UsageError(
            "Say whose issues: --repository OWNER/NAME, or github: {repository: …} in policy/actions.yml."
        )
    _context.known(sorted({*policy.teams.values()}), repo.knowledge_base.teams, "policy/actions.yml, github.teams")
    wanted = Wanted(policy, name, _level(audience or policy.audience), dry_run=dry_run)
    connection = _connection(wait)
    from incidentbook.cli import _actions_propose, _actions_taken  # noqa: PLC0415 - only this command needs GitHub

    kept = None
    try:
        desk = _actions_propose.ready(connection, place.root) if pull_request else None
        met = _meet(connection, repo, wanted)
        write = not (dry_run or pull_request)
        change = _actions_taken.change(place, repo, met.seen.steps, met.done, met.site, write=write)
        met.done.failed.update(change.failed)
        items = _actions_sync_text.items(met, change.told, dry_run=dry_run)
        if desk is not None and not (dry_run or met.done.interrupted):
            kept = _actions_propose.propose(desk, change, items, met.site, met.done)
    finally:
        connection.close()
    if as_json:
        output: actions_sync.Output = {
            "knowledge_base": repo.knowledge_base.name, "repository": met.site.repository, "audience": met.level.value,
            "dry_run": dry_run, "items": items, "pull_request": kept, "strangers": met.seen.strangers,
            "stopped": str(met.done.stopped or ""), "left": met.left,
        }  # fmt: skip
        _context.print_output("actions-sync-output", output)
    else:
        if dry_run:
            _diff.show(change.before, change.after)
        _actions_sync_text.show(items, met, dry_run=dry_run, written=write)
        _actions_sync_text.pull_request(kept)
    if met.done.stopped is not None:
        _actions_sync_text.stopped(met, noted=write or kept is not None)
    if met.done.interrupted:
        ctx.exit(INTERRUPTED)
    if met.done.stopped or any(item["conflicts"] or item["failed"] for item in items):
        ctx.exit(FINDINGS)


def _meet(connection: Connection, repo: Repository, wanted: Wanted) -> Met:
    """Look at both sides, send what is to be sent, and return both. Raises StoppedError, and nothing was done."""
    from incidentbook.github import run  # noqa: PLC0415 - as above
    from incidentbook.github.client import Client  # noqa: PLC0415 - likewise
    from incidentbook.github.step import Site  # noqa: PLC0415 - likewise

    _progress(f"asking {wanted.repository} for its issues")
    client = Client(connection, wanted.repository)
    found = client.look()
    level = wanted.level or (Disclosure.INTERNAL if found.private else Disclosure.PUBLIC)
    if not found.private and level is not Disclosure.PUBLIC:
        click.echo(f"warning: {wanted.repository} is public, and what is {level} is sent there, as you said", err=True)
    teams = {login.casefold(): team for login, team in wanted.policy.teams.items()}
    site = Site(found.name, repo.zone, teams)
    labels = wanted.policy.labels or GitHub().labels
    seen = run.see(client, repo, run.letters(repo, level), site, labels[0])
    met = Met(site, level, seen, run.Done())
    if not wanted.dry_run:
        count = iter(range(1, len(met.writing) + 1))
        of = len(met.writing)
        run.do(
            client,
            seen.steps,
            labels,
            met.done,
            lambda step: _progress(f"{step.letter.item.id} ({next(count)} of {of})"),
        )
    return met


def _level(text: str) -> Disclosure | None:
    """Read the audience that is asked for; None where the repository decides. One that nobody can read sends nothing."""
    if not text:
        return None
    found = next((level for level in Disclosure if level.value == text), None)
    if found is None:
        raise IncidentbookError(f"policy/actions.yml: the audience {printable(text)!r} is none; nothing was sent")
    return found


def _connection(wait: float) -> Connection:
    token = next((found for variable in _TOKENS if (found := os.environ.get(variable, "").strip())), "")
    if not _TOKEN.fullmatch(token):
        what = "holds no token" if token else "is not set"
        raise IncidentbookError(
            f"GITHUB_TOKEN, or GH_TOKEN, {what}", hint="A token that may write issues of the repository is enough."
        )
    try:
        from incidentbook.github import connection  # noqa: PLC0415 - PyGithub is for this command only
    except ModuleNotFoundError as error:
        if error.name != "github":
            raise
        raise IncidentbookError(
            "PyGithub is not installed, and this command needs it", hint="pip install 'incidentbook[github]'"
        ) from error
    api = os.environ.get("GITHUB_API_URL", "").strip() or connection.API
    return connection.Connection(token, api=api, longest=wait, tell=lambda said: click.echo(said, err=True))


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{said} …", err=True)
