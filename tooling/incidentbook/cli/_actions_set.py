"""``inc actions set``, ``commit`` and ``waive``: action items changed where they stand, in the post-mortem."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from incidentbook.cli import _context, _diff, _respond
from incidentbook.duties import deadlines
from incidentbook.entry import Entry
from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.records.action_item import ActionEvidence, ActionItem, ActionStatus, Occurrence, Waiver
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import parse_date, parse_duration, short
from incidentbook.repository import Repository
from incidentbook.response import draft, promises, proof
from incidentbook.response.promises import Wish

if TYPE_CHECKING:
    from incidentbook.outputs import actions_change

SET_EPILOG = """\b
Examples:
  inc actions set AI-2025-001-1 --status in-progress
  inc actions set AI-2025-001-1 --status done --evidence commit:4f1c2ab
  inc actions set AI-2025-001-1 AI-2025-001-2 --due 2025-02-14 --dry-run
  inc actions set AI-2025-001-5 --occurrence 2025-04-01 --evidence drill:D7
  inc actions set AI-2025-001-3 --status accepted-risk --until 2025-06-30 \\
    --reason "Switched off in June"
"""
COMMIT_EPILOG = """\b
Examples:
  inc actions commit AI-2025-001-1 --owner sre   by the last day of policy
  inc actions commit AI-2025-001-1 --due 2025-02-01
"""
WAIVE_EPILOG = """\b
Examples:
  inc actions waive AI-2025-001-1 --until 2025-02-28 --owner platform \\
    --reason "The part comes in February"
"""
_KINDS = ("commit", "pull-request", "test", "drill", "document")
_IDS = click.argument("ids", nargs=-1, required=True, metavar="AI-…")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show the change as a diff, and write nothing.")


def _day(text: str) -> dt.date:
    day = parse_date(text)
    if day is None:
        raise click.BadParameter(f"{text!r} is no day such as 2025-01-31.")
    return day


def _evidence(text: str) -> ActionEvidence:
    kind, _, ref = text.partition(":")
    if kind not in _KINDS or not ref.strip():
        raise click.BadParameter(f"{text!r} is no KIND:REF; kinds are {', '.join(_KINDS)}.")
    return ActionEvidence(kind, " ".join(ref.split()))


@frozen
class Item:
    """An item that is meant: its file, and what policy says of it."""

    entry: Entry[Postmortem]
    item: ActionItem
    deadline: deadlines.Deadline | None


@click.command("set", epilog=SET_EPILOG)
@_IDS
@_context.one_of("--status", [status.value for status in ActionStatus], "How far it is")
@click.option("--owner", metavar="TEAM", default="", help="The team that does it.")
@click.option("--due", type=_day, metavar="DATE", help="The last day on which it is in time.")
@click.option("--completed", type=_day, metavar="DATE", help="The day on which it was done. Default: today.")
@click.option(
    "--evidence", type=_evidence, multiple=True, metavar="KIND:REF", help=f"What shows it: {', '.join(_KINDS)}."
)
@click.option("--until", type=_day, metavar="DATE", help="The last day on which the risk is accepted.")
@click.option(
    "--occurrence", type=_day, metavar="DATE", help="Only this one of a recurring item: done, or why left out."
)
@_respond.reason_option
@_DRY_RUN
@_context.json_by("actions-change-output")
@click.pass_context
def set_(
    ctx: click.Context,
    ids: tuple[str, ...],
    status: str | None,
    owner: str,
    due: dt.date | None,
    completed: dt.date | None,
    evidence: tuple[ActionEvidence, ...],
    until: dt.date | None,
    occurrence: dt.date | None,
    reason: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Change action items where they stand; comments, order and layout of the post-mortem stay.

    What an item lacks for the status is asked for: an owner and a due day to promise it, evidence to be done, a reason to give it
    up. `inc undo` takes it back.
    """
    place = _respond.desk(ctx)
    wish = Wish(
        ActionStatus(status) if status else None, owner and place.team(owner, "--owner"), due, until, completed, evidence,
        " ".join(reason.split()),
    )  # fmt: skip
    if occurrence and (wish.status or wish.owner or due or until):
        raise click.UsageError("--occurrence goes with --completed and --evidence, or with --reason.")
    if wish == Wish() and not occurrence:
        raise click.UsageError("Say what is to change: --status, --owner, --due, …")
    if completed and completed > _today(place):
        raise click.BadParameter(f"{completed} is still to come: nothing was done on it yet.", param_hint="--completed")
    notes = [proof.look(place.root, shown, place.house.knowledge_base.repository_url) for shown in evidence]
    repo = _context.load(ctx)

    def edit(record: draft.Draft, item: Item) -> list[str]:
        if occurrence:
            once = Occurrence(occurrence, wish.completed, wish.evidence, wish.reason)
            return promises.settle(record, item.item.id, once, _today(place))
        latest = item.deadline.last if item.deadline else None
        return promises.change(record, item.item.id, wish, _today(place), latest)

    _change(
        place, _meant(repo, ids), f"set --status {status}" if status else "set", edit, dry_run=dry_run, as_json=as_json
    )
    for shown, note in zip(evidence, notes, strict=True):
        if note:
            click.echo(f"note: {shown.kind} {shown.ref} is {note}", err=True)


@click.command("commit", epilog=COMMIT_EPILOG)
@_IDS
@click.option("--owner", metavar="TEAM", default="", help="The team that promises it.")
@click.option(
    "--due", type=_day, metavar="DATE", help="Default: the day that it has, or the last one that policy allows."
)
@_DRY_RUN
@_context.json_by("actions-change-output")
@click.pass_context
def commit(
    ctx: click.Context, ids: tuple[str, ...], owner: str, due: dt.date | None, *, dry_run: bool, as_json: bool
) -> None:
    """Make promises of proposals: from then on an owner and a due day bind.

    The due day is the last one that policy allows for the severity of the incident and the priority of the item
    (policy/actions.yml), unless the item has one or you give one.
    """
    place = _respond.desk(ctx)
    owner = owner and place.team(owner, "--owner")
    repo = _context.load(ctx)

    def edit(record: draft.Draft, item: Item) -> list[str]:
        if item.item.status is not None and item.item.status.committed:
            raise IncidentbookError(f"{item.item.id} is {item.item.status}, which is a promise already")
        day = due or (None if item.item.due else _by_policy(item, _today(place)))
        wish = Wish(ActionStatus.NOT_STARTED, owner, day)
        return promises.change(record, item.item.id, wish, _today(place))

    _change(place, _meant(repo, ids), "commit", edit, dry_run=dry_run, as_json=as_json)


@click.command("waive", epilog=WAIVE_EPILOG)
@_IDS
@click.option("--until", type=_day, metavar="DATE", required=True, help="The last day on which it holds.")
@click.option("--owner", metavar="TEAM", required=True, help="The team that grants it.")
@click.option("--reason", required=True, help="Why being late is right.")
@_DRY_RUN
@_context.json_by("actions-change-output")
@click.pass_context
def waive(
    ctx: click.Context, ids: tuple[str, ...], until: dt.date, owner: str, reason: str, *, dry_run: bool, as_json: bool
) -> None:
    """Give items leave to be late until a day; CI stays green as long, and turns red the day after."""
    place = _respond.desk(ctx)
    waiver = Waiver(place.team(owner, "--owner"), _respond.said([reason], "Say why."), until)
    repo = _context.load(ctx)

    longest = parse_duration(repo.policy(ActionsPolicy).waiver_max)

    def edit(record: draft.Draft, item: Item) -> list[str]:
        last = item.item.last_day
        if longest is not None and last is not None and until - last > longest:
            most = f"{last + longest} ({short(longest.total_seconds())} after it is due)"
            click.echo(
                f"warning: policy lets {item.item.id} be waived until {most}; accept the risk for longer", err=True
            )
        return promises.waive(record, item.item.id, waiver)

    _change(place, _meant(repo, ids), "waive", edit, dry_run=dry_run, as_json=as_json)


def _today(place: _respond.Desk) -> dt.date:
    return place.now.astimezone(place.house.zone).date()


def _meant(repo: Repository, ids: Sequence[str]) -> list[Item]:
    """Return the items with those ids, each once. Raises click.BadParameter for one that is not there."""
    names = list(dict.fromkeys(name.upper() for name in ids))
    found = {item.id: (entry, item) for entry, _, item in repo.action_items() if item.id}
    _context.known(names, found, "AI-…")
    policy = repo.policy(ActionsPolicy)
    return [
        Item(
            entry,
            item,
            deadlines.deadline(entry.record, item, policy, repo.incident, repo.zone) if entry.record else None,
        )
        for entry, item in map(found.__getitem__, names)
    ]


def _by_policy(item: Item, today: dt.date) -> dt.date | None:
    """Return the last day that policy allows; None where it says nothing. Raises IncidentbookError where it has passed."""
    if item.deadline is not None and item.deadline.last < today:
        raise IncidentbookError(
            f"{item.item.id} should have been due on {item.deadline.last} by policy, and that day has passed",
            hint="Say by when: --due DATE.",
        )
    return item.deadline.last if item.deadline else None


def _change(
    place: _respond.Desk,
    items: Sequence[Item],
    what: str,
    edit: Callable[[draft.Draft, Item], list[str]],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Change all items, or none where one of them refuses; show the diff instead with ``dry_run``."""
    by_path: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_path[item.entry.path].append(item)
    paths = sorted(by_path)
    verb, *options = what.split(" ", 1)
    said = " ".join(["inc actions", verb, *(item.item.id for item in items), *options])
    before: dict[str, str] = {}
    told: list[tuple[ActionItem, Item, list[str]]] = []
    with _respond.editing(place, paths, said, dry_run=dry_run) as drafts:
        for path, record in zip(paths, drafts, strict=True):
            before[path] = record.text
            for item in by_path[path]:
                lines = edit(record, item)
                told.append((promises.find(record, item.item.id)[1], item, lines))
    for after, item, _ in told:
        _warn_late(after, item)
    if dry_run and not as_json:
        texts = {record.path: record.text for record in drafts}
        _diff.show(before, texts)
        return
    committed = [line for record in drafts for line in _respond.said_of(record.committed)]
    if as_json:
        _context.print_json([_plain(place, after, item, lines) for after, item, lines in told])
        return
    for after, _, lines in told:
        click.secho(f"{after.id} {after.title}", bold=True)
        for line in [*lines, f"next: {promises.follows(after, place.now, place.house.zone)}"]:
            click.echo(f"  {line}")
    for line in committed:
        click.echo(line)


def _warn_late(after: ActionItem, item: Item) -> None:
    """Warn of a due day that policy does not allow: the check would say so in the pull request."""
    deadline = item.deadline
    if deadline and after.due and after.due != item.item.due and deadlines.bound(after) and after.due > deadline.last:
        click.echo(
            f"warning: {after.id} is due on {after.due}; policy gives {after.priority} priority after a {deadline.severity} "
            f"until {deadline.last}",
            err=True,
        )


def _plain(place: _respond.Desk, after: ActionItem, item: Item, lines: list[str]) -> actions_change.Changed:
    return {
        "id": after.id,
        "path": item.entry.path,
        "status": after.status.value if after.status else None,
        "due": after.due.isoformat() if after.due else None,
        "wrote": lines,
        "next": promises.follows(after, place.now, place.house.zone),
    }
