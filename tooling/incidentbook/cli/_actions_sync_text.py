"""What ``inc actions sync`` did, or would do, item by item: for programs, and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from incidentbook.frozen import frozen
from incidentbook.records.vocabulary import Disclosure
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from incidentbook.github.run import Done, Seen
    from incidentbook.github.step import Site, Step
    from incidentbook.outputs import actions_sync


@frozen
class Met:
    """What was seen on both sides, and what was done."""

    site: Site
    level: Disclosure
    seen: Seen
    done: Done

    @property
    def writing(self) -> list[Step]:
        """The steps that send something."""
        return [step for step in self.seen.steps if step.writes]

    @property
    def left(self) -> list[str]:
        """The ids of the items of which something is still to be sent."""
        return [step.letter.item.id for step in self.writing if step.letter.item.id not in self.done.sent]


def items(met: Met, recorded: Mapping[str, Sequence[str]], *, dry_run: bool) -> list[actions_sync.Item]:
    """Return what there is to say of each item; those of which there is nothing to say are left out."""
    seen, done, site = met.seen, met.done, met.site
    told: list[actions_sync.Item] = []
    for step in seen.steps:
        item_id = step.letter.item.id
        issue = step.issue or done.issues.get(item_id)
        told.append({
            "id": item_id,
            "issue": site.ref(issue.number) if issue else step.letter.item.issue,
            "url": issue.url if issue else "",
            "sent": step.sent if item_id in done.sent or (dry_run and step.writes) else (),
            "recorded": recorded.get(item_id, []),
            "conflicts": step.conflicts,
            "failed": done.failed.get(item_id, ""),
            "notes": step.notes,
        })  # fmt: skip
    for item_id, said in seen.hidden:
        told.append({
            "id": item_id, "issue": "", "url": "", "sent": (), "recorded": (), "conflicts": (said,), "failed": "", "notes": (),
        })  # fmt: skip
    return [one for one in told if one["sent"] or one["recorded"] or one["conflicts"] or one["failed"] or one["notes"]]


def show(items: Sequence[actions_sync.Item], met: Met, *, dry_run: bool, written: bool) -> None:
    """Print it, and what it comes to; ``written`` says whether the records say so here."""
    would = "would be " if dry_run else ""
    kept = would + ("recorded" if written or dry_run else "proposed")
    for item in items:
        click.secho(printable(f"{item['id']}  {item['url'] or item['issue']}"), bold=True)
        for said in item["sent"]:
            click.echo(f"  {would}sent: {printable(said)}")
        for said in item["recorded"]:
            click.echo(f"  {kept}: {printable(said)}")
        for said in item["conflicts"]:
            click.secho(f"  to be settled: {printable(said)}", fg="yellow")
        if item["failed"]:
            click.secho(f"  failed: {printable(item['failed'])}", fg="red")
        for said in item["notes"]:
            click.echo(f"  note: {printable(said)}")
    for said in met.seen.strangers:
        click.echo(f"note: {said}")
    sent = sum(bool(item["sent"]) for item in items)
    recorded = sum(bool(item["recorded"]) for item in items)
    open_ = sum(bool(item["conflicts"] or item["failed"]) for item in items)
    if not (sent or recorded or open_):
        click.echo(f"{met.site.repository} and the records say the same, as far as {met.level} readers may know them.")
        return
    click.echo(f"{met.site.repository}: {sent} {would}sent, {recorded} {kept}, {open_} to be settled")
    if recorded and written:
        click.echo("Look at it with `git diff`, and commit it; `inc undo` takes it back.")


def pull_request(kept: actions_sync.PullRequest | None) -> None:
    """Print what became of the pull request."""
    if kept is not None:
        click.echo(f"pull request {printable(kept['url'])}: {kept['what']}")


def stopped(met: Met, *, noted: bool) -> None:
    """Say on standard error why it stopped, what was done by then and whether that is ``noted``, and what is left."""
    done = met.done
    click.echo(f"error: {done.stopped}", err=True)
    if done.stopped is not None and done.stopped.hint:
        click.echo(f"  {done.stopped.hint}", err=True)
    sent = len({*done.sent, *done.issues})
    kept = f"{sent} of {len(met.writing)} were sent{' and are noted' if noted else ''}" if sent else "nothing was sent"
    if met.left:
        click.echo(
            f"  {kept}; left: {', '.join(met.left)}. Running it again goes on, and makes no issue twice.", err=True
        )
