"""``inc actions sync``: promises as GitHub issues, and what became of them there as a change to look at."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections import defaultdict
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from incidentbook.cli import _actions_sync_text, _check_report, _context, _diff, _respond
from incidentbook.errors import FINDINGS, IncidentbookError
from incidentbook.records.policy.actions import ActionsPolicy, GitHub
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.response import draft, promises
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from incidentbook.github.client import Client
    from incidentbook.github.run import Done
    from incidentbook.github.step import Site, Step, Taken
    from incidentbook.outputs import actions_sync

EPILOG = """\b
Examples:
  inc actions sync --dry-run         what would be sent and written
  inc actions sync                   both ways; look at it with git diff
  inc actions sync --repository acme/ops --audience internal
  inc actions sync --wait 1h --json  for a nightly run
"""
_TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")
_TOKEN = re.compile(r"[!-~]+")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")


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
@_context.json_option
@click.pass_context
def sync(
    ctx: click.Context, repository: str, audience: str | None, wait: float, *, dry_run: bool, as_json: bool
) -> None:
    """Keep a GitHub issue for each promise, and take back what became of it there.

    Each open promise gets an issue, which says what the record says. An issue that a pull request or a commit has closed makes
    its item done, with that as evidence; a milestone's day and the team of whoever is assigned come back, too. All of it is
    written into the post-mortems, for you to look at and commit. Where both sides have changed nothing is guessed: it is
    reported, and the command leaves with 1. The token comes from GITHUB_TOKEN or GH_TOKEN.
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
    level = _level(audience or policy.audience)
    client = _client(name, wait)
    from incidentbook.github import run  # noqa: PLC0415 - only this command needs it
    from incidentbook.github.step import Site  # noqa: PLC0415 - likewise

    try:
        _progress(f"asking {name} for its issues")
        found = client.look()
        level = level or (Disclosure.INTERNAL if found.private else Disclosure.PUBLIC)
        if not found.private and level is not Disclosure.PUBLIC:
            click.echo(f"warning: {name} is public, and what is {level} is sent there, as you said", err=True)
        site = Site(found.name, repo.zone, {login.casefold(): team for login, team in policy.teams.items()})
        labels = policy.labels or GitHub().labels
        seen = run.see(client, repo, run.letters(repo, level), site, labels[0])
        writing = [step for step in seen.steps if step.writes]
        count = iter(range(1, len(writing) + 1))
        if dry_run:
            done = run.Done()
        else:
            done = run.do(
                client,
                seen.steps,
                labels,
                lambda step: _progress(f"{step.letter.item.id} ({next(count)} of {len(writing)})"),
            )
    finally:
        client.close()
    taking = {step.letter.item.id: _taken(step, done, site) for step in seen.steps}
    recorded, failed = _record(place, repo, seen.steps, taking, dry_run=dry_run, as_json=as_json)
    done.failed.update(failed)
    items = _actions_sync_text.items(seen, done, recorded, site, dry_run=dry_run)
    left = [step.letter.item.id for step in writing if step.letter.item.id not in done.sent]
    if as_json:
        output: actions_sync.Output = {
            "knowledge_base": repo.knowledge_base.name, "repository": site.repository, "audience": level.value,
            "dry_run": dry_run, "items": items, "strangers": seen.strangers,
            "stopped": str(done.stopped or ""), "left": left,
        }  # fmt: skip
        _context.print_output("actions-sync-output", output)
    else:
        _actions_sync_text.show(items, seen, level, site, dry_run=dry_run)
    if done.stopped is not None:
        sent = {*done.sent, *done.issues}
        kept = f"{len(sent)} of {len(writing)} were sent and are noted" if sent else "nothing was sent"
        click.echo(f"error: {done.stopped}", err=True)
        if done.stopped.hint:
            click.echo(f"  {done.stopped.hint}", err=True)
        click.echo(f"  {kept}; left: {', '.join(left)}. Running it again goes on, and makes no issue twice.", err=True)
    if done.stopped or any(item["conflicts"] or item["failed"] for item in items):
        ctx.exit(FINDINGS)


def _level(text: str) -> Disclosure | None:
    """Read the audience that is asked for; None where the repository decides. One that nobody can read sends nothing."""
    if not text:
        return None
    found = next((level for level in Disclosure if level.value == text), None)
    if found is None:
        raise IncidentbookError(f"policy/actions.yml: the audience {printable(text)!r} is none; nothing was sent")
    return found


def _client(name: str, wait: float) -> Client:
    token = next((found for variable in _TOKENS if (found := os.environ.get(variable, "").strip())), "")
    if not _TOKEN.fullmatch(token):
        what = "holds no token" if token else "is not set"
        raise IncidentbookError(
            f"GITHUB_TOKEN, or GH_TOKEN, {what}", hint="A token that may write issues of the repository is enough."
        )
    try:
        from incidentbook.github import client  # noqa: PLC0415 - PyGithub is for this command only
    except ModuleNotFoundError as error:
        if error.name != "github":
            raise
        raise IncidentbookError(
            "PyGithub is not installed, and this command needs it", hint="pip install 'incidentbook[github]'"
        ) from error
    api = os.environ.get("GITHUB_API_URL", "").strip() or client.API
    return client.Client(token, name, api=api, longest=wait, tell=lambda said: click.echo(said, err=True))


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{said} …", err=True)


def _taken(step: Step, done: Done, site: Site) -> Taken:
    """Return what is proposed to the record, with the issue that was made just now."""
    import dataclasses  # noqa: PLC0415 - as above

    made = done.issues.get(step.letter.item.id)
    return dataclasses.replace(step.taken, issue=site.ref(made.number)) if made else step.taken


def _record(
    place: _respond.Desk,
    repo: Repository,
    steps: tuple[Step, ...],
    taking: dict[str, Taken],
    *,
    dry_run: bool,
    as_json: bool,
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Write what is proposed into the post-mortems, or show the diff; return what was written, and why what was not."""
    from incidentbook.github.step import Taken  # noqa: PLC0415 - as above

    by_path: dict[str, list[str]] = defaultdict(list)
    for step in steps:
        if taking[step.letter.item.id] != Taken():
            by_path[step.letter.path].append(step.letter.item.id)
    told: dict[str, list[str]] = {}
    failed: dict[str, str] = {}
    if not by_path:
        return told, failed
    paths = sorted(by_path)
    today = place.now.astimezone(repo.zone).date()
    writing = draft.changing_together(place.root, paths, "inc actions sync", commit=repo.knowledge_base.commit)
    with nullcontext(tuple(draft.read(place.root, path) for path in paths)) if dry_run else writing as drafts:
        before = {record.path: record.text for record in drafts}
        for record in drafts:
            for item_id in by_path[record.path]:
                try:
                    told[item_id] = _write(record, item_id, taking[item_id], today)
                except IncidentbookError as error:
                    failed[item_id] = str(error)
    if dry_run and not as_json:
        colour = _check_report.colour(terminal=sys.stdout.isatty())
        for line in _diff.unified(before, {record.path: record.text for record in drafts}, colour=colour):
            click.echo(line, nl=False, color=True)
    return told, failed


def _write(record: draft.Draft, item_id: str, taken: Taken, today: dt.date) -> list[str]:
    lines = promises.refer(record, item_id, taken.issue) if taken.issue else []
    evidence = (taken.evidence,) if taken.evidence else ()
    wish = promises.Wish(taken.status, taken.owner, taken.due, completed=taken.completed, evidence=evidence)
    return lines + (promises.change(record, item_id, wish, today) if wish != promises.Wish() else [])
