"""What ``inc actions sync`` did, or would do, item by item: for programs, and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from incidentbook.records.vocabulary import Disclosure
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from incidentbook.github.run import Done, Seen
    from incidentbook.github.step import Site
    from incidentbook.outputs import actions_sync


def items(
    seen: Seen, done: Done, recorded: Mapping[str, Sequence[str]], site: Site, *, dry_run: bool
) -> list[actions_sync.Item]:
    """Return what there is to say of each item; those of which there is nothing to say are left out."""
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


def show(items: Sequence[actions_sync.Item], seen: Seen, level: Disclosure, site: Site, *, dry_run: bool) -> None:
    """Print it, and what it comes to."""
    would = "would be " if dry_run else ""
    for item in items:
        click.secho(printable(f"{item['id']}  {item['url'] or item['issue']}"), bold=True)
        for said in item["sent"]:
            click.echo(f"  {would}sent: {printable(said)}")
        for said in item["recorded"]:
            click.echo(f"  {would}recorded: {printable(said)}")
        for said in item["conflicts"]:
            click.secho(f"  to be settled: {printable(said)}", fg="yellow")
        if item["failed"]:
            click.secho(f"  failed: {printable(item['failed'])}", fg="red")
        for said in item["notes"]:
            click.echo(f"  note: {printable(said)}")
    for said in seen.strangers:
        click.echo(f"note: {said}")
    sent = sum(bool(item["sent"]) for item in items)
    recorded = sum(bool(item["recorded"]) for item in items)
    open_ = sum(bool(item["conflicts"] or item["failed"]) for item in items)
    if not (sent or recorded or open_):
        click.echo(f"{site.repository} and the records say the same, as far as {level} readers may know them.")
        return
    click.echo(f"{site.repository}: {sent} {would}sent, {recorded} {would}recorded, {open_} to be settled")
    if recorded and not dry_run:
        click.echo("Look at it with `git diff`, and commit it; `inc undo` takes it back.")
