"""A sync, from the records to GitHub and back: what is told, in what order it is done, and what is left when it stops."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from incidentbook import disclosure
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.github.client import Client, UnlabelledError
from incidentbook.github.issue import Issue
from incidentbook.github.patience import RefusedError, StoppedError, UnansweredError
from incidentbook.github.plan import plan, unshown
from incidentbook.github.step import Site, Step
from incidentbook.github.text import Letter, part, plain
from incidentbook.records.action_item import ActionItem
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

_UNKNOWN = "nobody knows whether its issue was made ({why}): the next sync looks for it before it makes one"


@frozen
class Seen:
    """What there is to do.

    Attributes:
        steps: one for each item that is told, those with nothing to do among them.
        hidden: what is to be said of issues whose items are not told (any more), by the id of the item.
        strangers: the issues that say that they stand for an item that no record has.

    """

    steps: tuple[Step, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    strangers: tuple[str, ...] = ()


@dataclass(slots=True)
class Done:
    """What was done, while it is being done.

    Attributes:
        issues: the issue of an item, by the item's id, where it was made just now.
        sent: the ids of the items of which everything was sent.
        failed: why something was not sent, by the item's id.
        stopped: why the rest was not tried.
        interrupted: whether that was a person.

    """

    issues: dict[str, Issue] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)
    stopped: StoppedError | None = None
    interrupted: bool = False


def letters(repo: Repository, reader: Disclosure) -> list[Letter]:
    """Return the items that readers of that level may know of, as they are told to them, in the order of the records."""
    view = repo if reader is Disclosure.RESTRICTED else disclosure.view(repo, reader)
    refs = {item.id: item.issue for _, _, item in repo.action_items()}  # which the public view does not tell
    house = repo.knowledge_base

    def letter(entry: Entry[Postmortem], item: ActionItem) -> Letter:
        item = dataclasses.replace(item, issue=refs[item.id])
        incidents = entry.record.incidents if entry.record else ()
        return Letter(item, incidents, entry.path, house.team_name(item.owner) if item.owner else "")

    return [letter(entry, item) for entry, _, item in view.action_items() if item.id]


def see(client: Client, repo: Repository, told: Sequence[Letter], site: Site, label: str) -> Seen:
    """Ask GitHub how issues stand, and return what there is to do. Raises StoppedError, and nothing was done."""
    wanted = {number for letter in told if (number := site.number(letter.item.issue)) is not None}
    issues = client.issues(label, sorted(wanted))
    steps = plan(told, issues, {}, site)
    closers = {number: closer for number in unshown(steps) if (closer := client.closer(number))}
    if closers:
        steps = plan(told, issues, closers, site)
    return Seen(tuple(steps), *_untold(repo, told, issues.values(), site))


def _untold(
    repo: Repository, told: Sequence[Letter], issues: Iterable[Issue], site: Site
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return what is to be said of issues whose items are narrower than the audience, and of those without an item."""
    shown = {letter.item.id for letter in told}
    mine = {item.id: item.issue for _, _, item in repo.action_items() if item.id and item.id not in shown}
    found = {id_: ref for id_, ref in mine.items() if site.number(ref) is not None}
    strangers = []
    for issue in issues:
        said = part(plain(issue.body))
        if said is not None and said.item in mine:
            found[said.item] = site.ref(issue.number)
        elif said is not None and said.item not in shown:
            strangers.append(f"{site.ref(issue.number)} stands for {said.item}, which no record here has")
    hidden = (f"it is narrower than its issue {ref} may be: nothing was sent or taken" for ref in found.values())
    return tuple(zip(found, hidden, strict=True)), tuple(strangers)


def do(client: Client, steps: Sequence[Step], labels: Sequence[str], done: Done, tell: Callable[[Step], None]) -> None:
    """Send what is to be sent, item by item, and note it in ``done``, whatever GitHub does and whoever interrupts it."""
    for step in steps:
        if not step.writes:
            continue
        tell(step)
        item_id = step.letter.item.id
        try:
            if step.issue is None:
                done.issues[item_id] = _make(client, step, labels)
            else:
                client.edit(step.issue.number, **_fields(step))
            done.sent.add(item_id)
        except RefusedError as error:
            done.failed[item_id] = str(error)
        except UnansweredError as error:
            done.failed[item_id] = _UNKNOWN.format(why=error)
        except StoppedError as error:
            if isinstance(error, UnlabelledError):
                done.issues[item_id] = error.issue
            done.stopped = error
            break
        except KeyboardInterrupt:
            done.stopped, done.interrupted = StoppedError("Interrupted"), True
            break


def _make(client: Client, step: Step, labels: Sequence[str]) -> Issue:
    def is_it(issue: Issue) -> bool:
        found = part(plain(issue.body))
        return found is not None and found.item == step.letter.item.id

    return client.create(step.title or "", step.body or "", labels, is_it)


def _fields(step: Step) -> dict[str, str]:
    fields = {"title": step.title, "body": step.body}
    if step.state is not None:
        fields["state"], fields["state_reason"] = step.state
    return {name: value for name, value in fields.items() if value is not None}
